#include <algorithm>

#include "base/text.h"
#include "command/inline/functions.h"

/// Objects that are told later what to do, and lists.
namespace belay::command::inline_code {

namespace {

Text first_text(const Call& call) {
  const Value* v = call.positional(0);
  return v == nullptr ? Text::hole(model::HoleTrait::any) : v->as_text();
}

}  // namespace

/// Lines of standard input where it is known; else one value that nothing is known of but where it comes from.
Value lines_of_input(const program::Effects& effects) {
  const Input& input = effects.input();
  Value out = Value::list({});
  constexpr std::size_t kMostLines = 64;
  const std::string_view whole = input.text ? input.text->view() : std::string_view();
  for (std::size_t at = 0; at < whole.size() && out.items.size() < kMostLines;) {
    const std::size_t end = std::min(whole.find('\n', at), whole.size());
    if (end > at) out.add("", Value::of(input.text->substr(at, end - at)));
    at = end + 1;
  }
  if (out.items.empty()) out = Value();
  out.sources = input.sources;
  return out;
}

Value gives_input(const Call&, Walker& walker) {
  const Input& input = walker.session().effects.input();
  Value out = input.text ? Value::of(*input.text) : Value();
  out.sources = input.sources;
  return out;
}
Value gives_parser(const Call&, Walker&) { return Value::typed("#Parser", Text()); }

/// `<>`, ARGF: the files that the program is given, one after another, or its input where there is none.
Value gives_given_files(const Call&, Walker& walker) {
  program::Effects& effects = walker.session().effects;
  constexpr std::size_t kMostFiles = 64;
  const Dialect& dialect = walker.dialect();
  Value given = walker.lookup(dialect.parameters.substr(0, dialect.parameters.find(' ')));
  if (given.is_text() && given.text.literal()) given = Value::list({given});  // `@ARGV = ("x")`
  if (given.items.size() <= dialect.parameter_offset) return lines_of_input(effects);
  Value out;
  for (std::size_t i = dialect.parameter_offset; i < std::min(given.items.size(), kMostFiles); ++i) {
    const Value& file = given.items[i];
    if (!file.is_text() || file.text.view().starts_with('-')) continue;
    const auto read = effects.file(model::OpKind::read, file.text, {}, "code of `" + effects.name() + "`");
    if (read != model::kNoOperation) out.sources.push_back(read);
  }
  return out;
}
/// fileinput.input(): the same, unless it is told which.
Value gives_given_or_named_files(const Call& call, Walker& walker) {
  return call.arguments.empty() ? gives_given_files(call, walker) : Value();
}

Value gives_input_lines(const Call&, Walker& walker) { return lines_of_input(walker.session().effects); }

Value gives_serialised(const Call& call, Walker&) {
  const Value* v = call.positional(0);
  return v == nullptr ? Value() : serialised(*v);
}
Value gives_serialised_object(const Call& call, Walker&) { return call.callee.self ? serialised(*call.callee.self) : Value(); }

Value gives_list(const Call& call, Walker&) {
  Value out = Value::list({});
  for (std::size_t i = 0; i < call.arguments.size(); ++i) out.add(call.keys[i], call.arguments[i]);
  return out;
}

Value gives_request(const Call& call, Walker&) {
  Value out = Value::typed("#Request", first_text(call));
  const auto take = [&](std::string key, const Value* v) {
    if (v != nullptr) out.add(std::move(key), *v);
  };
  take("body", call.argument(1, "data"));
  take("headers", call.argument(2, "headers"));
  take("method", call.named("method"));
  return out;
}

Value gives_connection(const Call& call, Walker&) {
  Text url("https://");
  url.append(first_text(call));
  return Value::typed("#Connection", std::move(url));
}
Value gives_session(const Call&, Walker&) { return Value::named("#Session"); }
Value gives_socket(const Call&, Walker&) { return Value::named("#Socket"); }

namespace {

/// What the program was given for an option (`--out x`, `--out=x`) or, without a dash, in any place.
Value given_for(const std::vector<std::string>& flags, const Session& session) {
  Value out;
  const bool option = flags.front().starts_with('-');
  for (std::size_t i = 0; i < session.parameters.size(); ++i) {
    const Text& p = session.parameters[i];
    const std::string_view v = p.view();
    if (!option && !v.starts_with('-'))
      out = out.kind == ValueKind::unknown ? Value::of(p) : either(std::move(out), Value::of(p));
    if (!option) continue;
    for (const std::string& flag : flags) {
      if (v == flag && i + 1 < session.parameters.size()) return Value::of(session.parameters[i + 1]);
      if (v.size() > flag.size() && v.starts_with(flag) && v[flag.size()] == '=') return Value::of(p.substr(flag.size() + 1));
    }
  }
  return out;
}

}  // namespace

/// argparse: add_argument("--out", default="build") and what parse_args() gives.
Value gives_options(const Call& call, Walker& walker) {
  const std::string options = "#options";
  const std::string_view name = call.callee.name;
  if (name.ends_with("parse_args")) return Value::named(options);
  if (name.ends_with("parse_known_args")) return Value::list({Value::named(options), Value()});
  std::vector<std::string> flags;
  for (std::size_t i = 0; const Value* v = call.positional(i); ++i) {
    if (v->is_text() && v->text.literal() && !v->text.empty()) flags.push_back(v->text.bytes());
  }
  if (flags.empty()) return {};
  const auto longest =
      std::max_element(flags.begin(), flags.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
  std::string dest = longest->substr(std::min(longest->find_first_not_of('-'), longest->size()));
  std::replace(dest.begin(), dest.end(), '-', '_');
  if (const Value* named = call.named("dest"); named != nullptr && named->is_text()) dest = named->text.bytes();
  Value value = given_for(flags, walker.session());
  if (const Value* otherwise = call.named("default"); otherwise != nullptr && value.kind == ValueKind::unknown)
    value = *otherwise;
  const Value* type = call.named("type");
  if (type != nullptr && type->name == "pathlib.Path" && value.is_text()) value = Value::typed("#Path", value.text);
  walker.bind(options + "." + dest, std::move(value));
  return {};
}

Value gives_parameter(const Call& call, Walker& walker) {
  if (!call.arguments.empty()) return {};
  return walker.session().parameters.empty() ? Value() : Value::of(walker.session().parameters.front());
}

}  // namespace belay::command::inline_code
