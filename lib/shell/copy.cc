#include <type_traits>
#include <utility>

#include "shell/parser.h"

namespace belay::shell {
namespace {

std::vector<Part> copy_parts(const std::vector<Part>& parts);

std::unique_ptr<Word> copy_operand(const std::unique_ptr<Word>& word) {
  return word ? std::make_unique<Word>(copy(*word)) : nullptr;
}

Parameter copy_node(const Parameter& p) {
  Parameter out;
  out.name = p.name;
  out.braced = p.braced;
  out.length = p.length;
  out.indirect = p.indirect;
  out.splits = p.splits;
  out.separator = p.separator;
  out.computed = p.computed;
  out.colon = p.colon;
  out.op = p.op;
  out.transform = p.transform;
  out.index = copy_operand(p.index);
  out.operand = copy_operand(p.operand);
  out.operand2 = copy_operand(p.operand2);
  return out;
}
DoubleQuoted copy_node(const DoubleQuoted& quoted) { return {copy_parts(quoted.parts), quoted.locale}; }
Arithmetic copy_node(const Arithmetic& arithmetic) { return {copy_operand(arithmetic.expression)}; }
ExtGlob copy_node(const ExtGlob& glob) {
  ExtGlob out{glob.kind, {}};
  for (const Word& word : glob.alternatives) out.alternatives.push_back(copy(word));
  return out;
}
Literal copy_node(const Literal& literal) { return literal; }
Quoted copy_node(const Quoted& quoted) { return quoted; }
CommandSubst copy_node(const CommandSubst& substitution) { return substitution; }
ProcessSubst copy_node(const ProcessSubst& substitution) { return substitution; }

std::vector<Part> copy_parts(const std::vector<Part>& parts) {
  std::vector<Part> out;
  out.reserve(parts.size());
  for (const Part& part : parts) out.push_back(copy(part));
  return out;
}

}  // namespace

Part copy(const Part& part) {
  return std::visit([&](const auto& node) { return Part{part.span, copy_node(node)}; }, part.node);
}

Word copy(const Word& word) { return {copy_parts(word.parts), word.span}; }

}  // namespace belay::shell
