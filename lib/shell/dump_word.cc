#include <array>
#include <string_view>

#include "base/text.h"
#include "shell/dump.h"
#include "shell/dump_parts.h"

namespace belay::shell {
namespace {

/// In the order of ParamOp.
constexpr std::array<std::string_view, 26> kOperators{"",  "-", "=",  "?", "+",  "#", "##", "%", "%%", "/",  "//", "/#", "/%",
                                                      ":", "^", "^^", ",", ",,", "~", "~~", "@", "*",  "[]", "",   "",   ""};

class PartDumper {
 public:
  explicit PartDumper(std::string& out) : out_(out) {}

  void operator()(const Literal& node) { out_ += base::printable(node.text); }
  void operator()(const Quoted& node) {
    out_ += '\'';
    out_ += base::printable(node.text);
    out_ += '\'';
  }
  void operator()(const DoubleQuoted& node) {
    out_ += '"';
    dump_parts(node.parts, out_);
    out_ += '"';
  }
  void operator()(const Parameter& node) {
    out_ += "${";
    if (node.length) out_ += '#';
    if (node.computed) out_ += "(?)";
    if (node.separator != 0) out_ += std::string("(s:") + node.separator + ":)";
    if (node.indirect) out_ += '!';
    out_ += node.name;
    if (node.index) {
      out_ += '[';
      dump_word(*node.index, out_);
      out_ += ']';
    }
    if (node.op != ParamOp::none) {
      out_ += node.colon ? " :" : " ";
      out_ += kOperators[static_cast<std::size_t>(node.op)];
      if (node.transform != 0) out_ += node.transform;
    }
    operand(node.operand);
    operand(node.operand2);
    out_ += '}';
  }
  void operator()(const CommandSubst& node) {
    out_ += "$( ";
    if (node.body) dump_list(*node.body, out_);
    out_ += " )";
  }
  void operator()(const Arithmetic& node) {
    out_ += "$((";
    dump_word(*node.expression, out_);
    out_ += "))";
  }
  void operator()(const ProcessSubst& node) {
    out_ += node.direction == ProcessDirection::in ? "<( " : ">( ";
    dump_list(*node.body, out_);
    out_ += " )";
  }
  void operator()(const ExtGlob& node) {
    out_ += node.kind;
    char separator = '(';
    for (const Word& word : node.alternatives) {
      out_ += separator;
      separator = '|';
      dump_word(word, out_);
    }
    out_ += ')';
  }

 private:
  void operand(const std::unique_ptr<Word>& word) {
    if (!word) return;
    out_ += ' ';
    dump_word(*word, out_);
  }

  std::string& out_;
};

}  // namespace

void dump_parts(const std::vector<Part>& parts, std::string& out) {
  for (const Part& part : parts) std::visit(PartDumper(out), part.node);
}
void dump_word(const Word& word, std::string& out) { dump_parts(word.parts, out); }

std::string dump(const Word& word) {
  std::string out;
  dump_word(word, out);
  return out;
}

}  // namespace belay::shell
