#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/powershell/walker.h"

/// Statements, pipelines and redirections.
namespace belay::command::powershell {

using model::HoleTrait;
using model::OpKind;

namespace {

/// Words that begin a statement (about_Reserved_Words); what stands behind them is blocks and parentheses.
constexpr std::array<std::string_view, 34> kKeywords{
    "if",       "elseif",        "else",     "while",   "do",       "until", "for",     "foreach", "switch", "try",
    "catch",    "finally",       "return",   "throw",   "param",    "begin", "process", "end",     "exit",   "break",
    "continue", "trap",          "function", "filter",  "workflow", "class", "enum",    "using",   "data",   "dynamicparam",
    "clean",    "configuration", "parallel", "sequence"};

/// Behind these a value is expected: the rest of the statement is read as one.
constexpr std::array<std::string_view, 4> kValued{"return", "throw", "exit", "until"};

template <class List>
bool among(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool begins_expression(const Cursor& in) {
  const char c = in.peek();
  if (c == '$' || c == '\'' || c == '"' || c == '(' || c == '[' || c == '{' || c == ',' || c == '!' || base::is_digit(c))
    return true;
  if (c == '@') return in.peek(1) == '(' || in.peek(1) == '{' || in.peek(1) == '\'' || in.peek(1) == '"';
  if (c == '-' || c == '+') return true;
  return false;
}

}  // namespace

Value Walker::run() { return statements('\0'); }

Value Walker::statements(char close) {
  Value out = Value::list({});
  bool unknown = false;  // what nobody knows is not nothing
  while (true) {
    in_.skip_separators();
    if (!in_.more() || in_.peek() == close) break;
    const std::size_t before = in_.place();
    if (!session_.spend()) {
      in_.go(std::string_view::npos);
      break;
    }
    const Value v = statement();
    if (v.kind == ValueKind::list) {
      for (const Value& item : v.items) out.add("", item);
    } else if (v.kind != ValueKind::unknown || v.taint.network || v.taint.decoded || !v.sources.empty()) {
      out.add("", v);
    } else {
      unknown = true;
    }
    if (in_.place() == before) in_.advance();  // a bracket that closes nothing
  }
  if (out.items.empty() && unknown) return {};
  if (out.items.size() == 1) return out.items.front();
  return out;
}

/// `clean` is a block of a function, and a fine name for a function too.
bool Walker::block_follows() {
  const std::string_view rest = in_.rest();
  const std::size_t next = rest.find_first_not_of(" \t\n");
  return next != std::string_view::npos && rest[next] == '{';
}

Value Walker::statement() {
  if (base::is_alpha(in_.peek())) {
    const std::size_t begin = in_.place();
    const std::string word = base::lower(in_.word());
    const char next = in_.peek();
    const bool whole = next == ' ' || next == '\t' || next == '\n' || next == '(' || next == '{' || next == ';' || next == '}';
    if (whole && among(kKeywords, word) && (word != "clean" || block_follows())) return keyword(word);
    in_.go(begin);
  }
  if (in_.peek() == ':' && base::is_name_start(in_.peek(1))) {  // a label
    in_.advance();
    (void)in_.word();
    in_.skip_blank(true);
  }
  Value out;
  if ((in_.peek() == '$' || in_.peek() == '[') && assignment(out)) return out;
  return pipeline();
}

Value Walker::keyword(std::string_view word) {
  if (word == "function" || word == "filter" || word == "workflow" || word == "configuration") return definition(), Value();
  if (word == "using" || word == "enum") return skip_rest(), Value();
  in_.skip_blank();
  if (among(kValued, word)) {
    const bool empty = in_.peek() == '\n' || in_.peek() == ';' || in_.peek() == '}' || !in_.more();
    return empty ? Value() : pipeline();
  }
  if (word == "class") {
    in_.go(std::min(in_.rest().find('{'), in_.rest().size()) + in_.place());
    return branch_block();
  }
  if (word == "param") {
    if (in_.peek() == '(') in_.go(in_.closing() + 1);
    return {};
  }
  Value out;
  if (word == "foreach") loop_over();
  while (in_.peek() == '-' && base::is_alpha(in_.peek(1))) {  // switch -Regex
    in_.advance();
    (void)in_.word();
    in_.skip_blank();
  }
  if (in_.peek() == '[') in_.go(in_.closing() + 1);  // catch [Type]
  in_.skip_blank(true);
  if (in_.peek() == '(') parenthesised();
  in_.skip_blank(true);
  if (word == "switch") switch_body();
  else if (in_.peek() == '{') out = branch_block();
  return out;
}

/// `{ pattern { … } default { … } }`: every block may run.
void Walker::switch_body() {
  if (!in_.take("{")) return;
  while (session_.spend()) {
    in_.skip_separators();
    if (!in_.more() || in_.peek() == '}') break;
    const std::size_t before = in_.place();
    if (in_.peek() == '{') (void)branch_block();
    else (void)argument();
    if (in_.place() == before) in_.advance();
  }
  in_.take("}");
}

/// `{ … }` that may run: what is assigned in it may have been assigned.
Value Walker::branch_block() {
  if (in_.peek() != '{' || session_.too_deep()) return {};
  in_.advance();
  ++session_.branches;
  ++session_.depth;
  const Value out = statements('}');
  --session_.depth;
  --session_.branches;
  in_.take("}");
  return out;
}

/// The condition of a branch or loop: commands in it run.
void Walker::parenthesised() {
  in_.advance();
  if (session_.too_deep()) return in_.go(std::string_view::npos);
  ++session_.depth;
  (void)statements(')');
  --session_.depth;
  in_.take(")");
}

/// `foreach ($x in list)`.
void Walker::loop_over() {
  if (in_.peek() != '(') return;
  in_.advance();
  in_.skip_blank(true);
  if (!in_.take("$")) return;
  const std::string name = base::lower(in_.word());
  in_.skip_blank(true);
  (void)in_.word();  // in
  const Value list = statements(')');
  in_.take(")");
  Value each = Value::list({});
  each.kind = ValueKind::choice;
  for (const Value& item : items_of(list)) each.add("", item);
  if (each.items.size() == 1) each = Value(each.items.front());
  if (each.kind == ValueKind::choice && each.items.empty()) each = Value();
  each.inherit(list);
  bind(name, std::move(each), session_);
}

void Walker::definition() {
  in_.skip_blank();
  const std::size_t begin = in_.place();
  while (in_.more() && std::string_view(" \t\n({").find(in_.peek()) == std::string_view::npos) in_.advance();
  const std::string name = base::lower(in_.between(begin, in_.place()));
  Function function;
  in_.skip_blank(true);
  if (in_.peek() == '(') {
    const std::size_t end = in_.closing();
    function.parameters = parameter_names(in_.between(in_.place() + 1, end));
    in_.go(end + 1);
  }
  in_.skip_blank(true);
  if (in_.peek() != '{') return;
  const std::size_t open = in_.place();
  const std::size_t close = in_.closing();
  function.body = in_.slice(open + 1, close);
  session_.functions.insert_or_assign(name, std::move(function));
  in_.go(close + 1);
}

void Walker::skip_rest() { in_.go(std::min(in_.rest().find_first_of(";\n"), in_.rest().size()) + in_.place()); }

bool Walker::assignment(Value& out) {
  const std::size_t begin = in_.place();
  while (in_.peek() == '[') {  // [string]$x = …
    in_.go(in_.closing() + 1);
    in_.skip_blank();
  }
  if (in_.peek() != '$') return in_.go(begin), false;
  const std::size_t at = in_.place() + 1;
  in_.advance();
  const bool braces = in_.take("{");
  while (in_.more() && (is_variable_char(in_.peek()) || in_.peek() == ':' || (braces && in_.peek() != '}'))) in_.advance();
  const std::string name = base::lower(in_.between(at + (braces ? 1 : 0), in_.place()));
  if (braces) in_.take("}");
  const std::size_t behind = in_.place();
  while (in_.peek() == '[' || (in_.peek() == '.' && base::is_alpha(in_.peek(1)))) {  // an element or a property of it
    if (in_.peek() == '[') in_.go(in_.closing() + 1);
    else in_.advance(), (void)in_.word();
  }
  const std::string part(in_.between(behind, in_.place()));
  in_.skip_blank();
  const bool appends = in_.starts("+=");
  const bool defaults = in_.starts("?\?=");  // no trigraph
  if (!appends && !defaults && !(in_.peek() == '=' && in_.peek(1) != '=')) return in_.go(begin), false;
  in_.advance(defaults ? 3 : appends ? 2 : 1);
  in_.skip_blank(true);
  const std::size_t given = in_.place();
  Value value = statement();
  const std::string_view written = base::trim(in_.between(given, in_.place()));
  const bool same = written.size() > 1 && written.front() == '$' && std::all_of(written.begin() + 1, written.end(), is_variable_char);
  if (!same) value.apart();  // what is computed is another list
  if (!part.empty()) return assign_part(name, part, value, appends, session_), true;
  if (appends) value = operate("+", lookup(name, session_), value);
  bind(name, std::move(value), session_);
  out = Value();
  return true;
}

Value Walker::pipeline() {
  Value out = element({}, false);
  while (true) {
    in_.skip_blank();
    redirections(out);
    if (in_.starts("&&") || in_.starts("||")) {
      in_.advance(2);
      in_.skip_blank(true);
      const Value next = element({}, false);
      out = Value::list({out, next});
      continue;
    }
    if (in_.take("&")) return {};  // a background job
    if (in_.peek() == '\n') {      // the next line may go on with `|`
      const std::size_t here = in_.place();
      in_.skip_blank(true);
      if (in_.peek() != '|' || in_.peek(1) == '|') in_.go(here);
    }
    if (!in_.take("|")) return out;
    in_.skip_blank(true);
    out = element(out, true);
  }
}

Value Walker::element(const Value& piped, bool has_piped) {
  if (!session_.spend() || session_.too_deep()) return {};
  ++session_.depth;
  Value out = begins_expression(in_) ? expression() : command(piped, has_piped);
  --session_.depth;
  return out;
}

bool Walker::at_end_of_command() const {
  const char c = in_.peek();
  return !in_.more() || c == '\n' || c == ';' || c == '|' || c == ')' || c == '}' || c == '&';
}

void Walker::redirections(const Value& output) {
  while (redirection(output)) in_.skip_blank();
}

/// `> f`, `2> f`, `*>> f`, `2>&1` (about_Redirection).
bool Walker::redirection(const Value& output) {
  const std::size_t begin = in_.place();
  const char stream = in_.peek();
  const bool numbered = (base::is_digit(stream) || stream == '*') && in_.peek(1) == '>';
  if (numbered) in_.advance();
  if (in_.peek() != '>') return in_.go(begin), false;
  in_.advance();
  in_.take(">");
  if (in_.take("&")) {
    in_.advance();
    return true;
  }
  in_.skip_blank();
  const Value target = argument();
  const bool contents = !numbered || stream == '*' || stream == '1';
  (void)touch(OpKind::write, target, {}, contents ? as_string(output) : Value(), session_);
  return true;
}

}  // namespace belay::command::powershell
