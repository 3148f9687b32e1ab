#include "command/inline/compiled.h"
#include "command/inline/functions.h"

/// Values that later calls change: buffers of C, commands of Rust.
namespace belay::command::inline_code {

namespace {

Call without_first(const Call& call, std::size_t count) {
  Call out;
  for (std::size_t i = count; i < call.arguments.size(); ++i) out.add(call.arguments[i]);
  return out;
}

Value fill(const Call& call, Value text, Walker& walker) {
  const Value* buffer = call.positional(0);
  if (buffer != nullptr && buffer->kind == ValueKind::name && buffer->name.front() != '#') walker.bind(buffer->name, text);
  return text;
}

/// Where the words of a command are kept: it may be changed under every name that it has.
std::string key_of(const Value& process) { return "#Builder " + process.text.bytes(); }

}  // namespace

Value gives_printed_into(const Call& call, Walker& walker) { return fill(call, gives_formatted(without_first(call, 1), walker), walker); }
Value gives_printed_into_limited(const Call& call, Walker& walker) { return fill(call, gives_formatted(without_first(call, 2), walker), walker); }

Value gives_copied_into(const Call& call, Walker& walker) {
  const Value* text = call.positional(1);
  return fill(call, text == nullptr ? Value() : *text, walker);
}

Value gives_appended_to(const Call& call, Walker&) {
  const Value* before = call.positional(0);
  const Value* text = call.positional(1);
  if (before == nullptr || text == nullptr || !before->is_text()) return {};
  return joined(*before, *text);  // the name of the buffer is not known any more
}

Value gives_builder(const Call& call, Walker& walker) {
  Session& session = walker.session();
  Value out = Value::typed("#Builder", Text(std::to_string(session.variables.size())));
  const Value* program = call.positional(0);
  walker.bind(key_of(out), Value::list({program == nullptr ? Value() : *program}));
  return out;
}

Value gives_builder_with(const Call& call, Walker& walker) {
  if (!call.callee.self) return {};
  const auto words = walker.session().variables.find(key_of(*call.callee.self));
  if (words != walker.session().variables.end() && words->second.items.size() < kMostWeight) {
    for (const Value& argument : call.arguments) words->second.add("", argument);
  }
  return *call.callee.self;
}

Value gives_builder_started(const Call& call, Walker& walker) {
  if (!call.callee.self) return {};
  const auto words = walker.session().variables.find(key_of(*call.callee.self));
  if (words == walker.session().variables.end()) return {};
  const std::vector<Value> argv = words->second.items;
  run_words(argv, walker.session());
  return {};
}

}  // namespace belay::command::inline_code
