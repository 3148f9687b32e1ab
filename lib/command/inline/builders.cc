#include "base/text.h"
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

/// Under the name that the buffer has, whatever it held.
Value keep(const Value* buffer, Value text, Walker& walker) {
  if (buffer == nullptr) return text;
  const std::string& name = buffer->kind == ValueKind::name ? buffer->name : buffer->place;
  if (!name.empty() && name.front() != '#') walker.bind(name, text);
  return text;
}

Value fill(const Call& call, Value text, Walker& walker) { return keep(call.positional(0), std::move(text), walker); }

constexpr const char* kFolder = "#folder";  ///< key of the folder among the words of a command

/// Where the words of a command are kept: it may be changed under every name that it has.
std::string key_of(const Value& process) { return "#Builder " + process.text.bytes(); }

}  // namespace

Value gives_printed_into(const Call& call, Walker& walker) { return fill(call, gives_formatted(without_first(call, 1), walker), walker); }
Value gives_printed_into_limited(const Call& call, Walker& walker) { return fill(call, gives_formatted(without_first(call, 2), walker), walker); }

Value gives_copied_into(const Call& call, Walker& walker) {
  const Value* text = call.positional(1);
  return fill(call, text == nullptr ? Value() : *text, walker);
}

Value gives_appended_to(const Call& call, Walker& walker) {
  const Value* before = call.positional(0);
  const Value* text = call.positional(1);
  if (before == nullptr || text == nullptr) return {};
  return fill(call, before->is_text() ? joined(*before, *text) : *text, walker);
}

Value gives_extended(const Call& call, Walker& walker) {
  const Value* more = call.positional(0);
  if (!call.callee.self || more == nullptr) return {};
  const Value& before = *call.callee.self;
  Value after = before;
  if (before.kind == ValueKind::list) after.add("", *more);
  else after = before.is_text() ? joined(before, *more) : *more;
  return keep(&before, std::move(after), walker);
}

Value gives_expanded(const Call& call, Walker& walker) {
  const Value* text = call.positional(0);
  if (text == nullptr || !text->is_text()) return {};
  const std::string_view v = text->text.view();
  Text out;
  for (std::size_t i = 0; i < v.size();) {
    const bool braces = v.substr(i, 2) == "${";
    const std::size_t begin = i + (braces ? 2U : 1U);
    std::size_t end = begin;
    while (end < v.size() && base::is_name_char(v[end])) ++end;
    if (v[i] != '$' || end == begin) {
      out.append(text->text.substr(i++, 1));
      continue;
    }
    out.append(walker.environment(v.substr(begin, end - begin)).as_text());
    i = end + (braces ? 1U : 0U);
  }
  return Value::of(std::move(out));
}

Value gives_open_options(const Call&, Walker&) { return Value::named("#OpenOptions"); }
Value gives_writing_options(const Call&, Walker&) { return Value::named("#WriteOptions"); }

Value gives_builder(const Call& call, Walker& walker) {
  std::size_t number = walker.session().variables.size();
  Value out = Value::typed("#Builder", Text(std::to_string(number)));
  while (walker.session().variables.count(key_of(out)) != 0) out.text = Text(std::to_string(++number));
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

Value gives_builder_in(const Call& call, Walker& walker) {
  if (!call.callee.self) return {};
  const auto words = walker.session().variables.find(key_of(*call.callee.self));
  const Value* folder = call.positional(0);
  if (words != walker.session().variables.end() && folder != nullptr) words->second.set(kFolder, *folder);
  return *call.callee.self;
}

Value gives_builder_started(const Call& call, Walker& walker) {
  if (!call.callee.self) return {};
  const auto words = walker.session().variables.find(key_of(*call.callee.self));
  if (words == walker.session().variables.end()) return {};
  std::vector<Value> argv;
  for (std::size_t i = 0; i < words->second.items.size(); ++i) {
    if (words->second.keys[i] != kFolder) argv.push_back(words->second.items[i]);
  }
  const Value* folder = words->second.field(kFolder);
  Session& session = walker.session();
  const Text text = folder == nullptr ? Text() : with_homes(folder->as_text(), session.effects).front();
  if (folder != nullptr) session.effects.enter(text);
  run_words(argv, session);
  if (folder != nullptr) session.effects.leave();
  return {};
}

}  // namespace belay::command::inline_code
