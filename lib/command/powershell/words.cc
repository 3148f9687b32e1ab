#include "base/text.h"
#include "command/powershell/walker.h"

/// Commands and their words (language specification, 8.2; about_Parsing).
namespace belay::command::powershell {

using model::HoleTrait;

Value Walker::command(const Value& piped, bool has_piped) {
  Call call;
  call.piped = piped;
  call.has_piped = has_piped;
  const bool dot = in_.peek() == '.' && std::string_view(" \t'\"$({&").find(in_.peek(1)) != std::string_view::npos;
  if (in_.peek() == '&' || dot) {
    in_.advance();
    in_.skip_blank();
    call.plain = false;
  }
  const bool bare = !(in_.peek() == '\'' || in_.peek() == '"' || in_.peek() == '$' || in_.peek() == '(' || in_.peek() == '{' || in_.peek() == '@');
  call.name = bare ? bare_word() : postfix(primary());
  if (call.name.is_text() && call.name.text.empty() && bare) return {};
  arguments(call);
  return run_command(std::move(call), session_);
}

void Walker::arguments(Call& call) {
  bool ended = false;
  while (true) {
    in_.skip_blank();
    if (at_end_of_command() || !session_.spend()) return;
    const std::size_t before = in_.place();
    if (redirection(Value())) continue;
    if (in_.starts("--%")) return verbatim(call);
    if (in_.starts("--") && ends_word(in_.peek(2))) {
      ended = true;
      in_.advance(2);
      call.arguments.push_back({Value::of(Text("--")), true});
      continue;
    }
    if (!ended && parameter(call)) continue;
    if (in_.peek() == '@' && base::is_name_start(in_.peek(1))) {
      splat(call);
      continue;
    }
    const char c = in_.peek();
    const bool plain = c != '\'' && c != '"' && c != '$' && c != '(' && c != '@' && c != '{';
    call.arguments.push_back({argument(), plain});
    if (in_.place() == before) in_.advance();
  }
}

/// `-Name`, `-Name:value`. A dash before a digit is a number.
bool Walker::parameter(Call& call) {
  if (in_.peek() != '-' || !(base::is_name_start(in_.peek(1)) || in_.peek(1) == '?')) return false;
  const std::size_t begin = in_.place();
  in_.advance();
  while (in_.more() && (base::is_name_char(in_.peek()) || in_.peek() == '?' || in_.peek() == '-')) in_.advance();
  const bool colon = in_.peek() == ':' && in_.peek(1) != ':';
  if (!colon && !ends_word(in_.peek())) {  // a word like any other: `-std=c++20`, `-x.y`
    in_.go(begin);
    return false;
  }
  Argument one;
  one.written = in_.slice(begin, in_.place());
  one.name = base::lower(in_.between(begin + 1, in_.place()));
  call.arguments.push_back(one);
  if (!colon) return true;
  in_.advance();
  in_.skip_blank();
  call.arguments.back().attached = true;
  call.arguments.back().value = argument();
  return true;
}

/// `--%`: the rest of the line goes to the program as it stands.
void Walker::verbatim(Call& call) {
  in_.advance(3);
  while (true) {
    while (in_.peek() == ' ' || in_.peek() == '\t') in_.advance();
    const std::size_t begin = in_.place();
    while (in_.more() && std::string_view(" \t\n|").find(in_.peek()) == std::string_view::npos) in_.advance();
    if (in_.place() == begin) return;
    call.arguments.push_back({Value::of(in_.slice(begin, in_.place())), true});
  }
}

/// `@args`, `@{…}` kept in a variable: its keys are parameters, its items arguments.
void Walker::splat(Call& call) {
  in_.advance();
  const Value v = lookup(base::lower(in_.word()), session_);
  if (v.kind != ValueKind::list) {
    call.arguments.push_back({Value::of(Text::hole(HoleTrait::any))});
    return;
  }
  for (std::size_t i = 0; i < v.items.size(); ++i) {
    if (v.keys[i].empty()) call.arguments.push_back({v.items[i]});
    else call.arguments.push_back({v.items[i], false, true, base::lower(v.keys[i]), Text("-" + v.keys[i])});
  }
}

/// Parts with `,` between them are an array.
Value Walker::argument() {
  Value first = argument_part();
  Value list;
  bool many = false;
  while (true) {
    const std::size_t here = in_.place();
    in_.skip_blank();
    if (in_.peek() != ',') return in_.go(here), many ? list : first;
    in_.advance();
    in_.skip_blank(true);
    if (!many) list = Value::list({first});
    many = true;
    list.add("", argument_part());
  }
}

Value Walker::argument_part() {
  const char c = in_.peek();
  if (c == '\'' || c == '"') return c == '\'' ? postfix(single_quoted()) : postfix(double_quoted());
  if (c == '(' || c == '{') return postfix(primary());
  if (c == '@' && std::string_view("({'\"").find(in_.peek(1)) != std::string_view::npos) return primary();
  if (c != '$') return bare_word();
  Value v = in_.peek(1) == '(' ? postfix(primary()) : postfix(variable());
  if (ends_word(in_.peek()) || in_.peek() == ',') return v;
  return operate("+", as_string(v), bare_word());  // `$env:TEMP\x`
}

bool Walker::ends_word(char c) const { return std::string_view(" \t\n;|&(){},<>").find(c) != std::string_view::npos; }

/// A word without quotes around it; `$x` and quotes inside count.
Value Walker::bare_word() {
  Value out = Value::of(Text());
  Text text;
  const auto flush = [&] {
    if (!text.empty()) out = operate("+", out, Value::of(std::exchange(text, Text())));
  };
  while (in_.more()) {
    const char c = in_.peek();
    if (c == '>' && !text.empty() && text.view() != "2" && text.view() != "*" && text.view() != "1") break;
    if (ends_word(c)) break;
    if (c == '`') {
      escaped(text);
    } else if (c == '\'' || c == '"') {
      flush();
      out = operate("+", out, c == '\'' ? single_quoted() : double_quoted());
    } else if (c == '$' && (is_variable_char(in_.peek(1)) || in_.peek(1) == '(' || in_.peek(1) == '{')) {
      flush();
      out = operate("+", out, as_string(in_.peek(1) == '(' ? sub_expression() : variable()));
    } else {
      text.append(in_.slice(in_.place(), in_.place() + 1));
      in_.advance();
    }
  }
  flush();
  return out;
}

}  // namespace belay::command::powershell
