#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/powershell/walker.h"

/// Expressions (about_Operators, about_Operator_Precedence).
namespace belay::command::powershell {

using model::HoleTrait;

namespace {

/// Operators between two values, loosest first; words begin with a dash and may have a `c` or `i` before their name.
struct OperatorRow {
  std::string_view name;
  int level;
};
constexpr std::array kOperators{
    OperatorRow{"-and", 1},   OperatorRow{"-or", 1},          OperatorRow{"-xor", 1},      OperatorRow{"-band", 2},  OperatorRow{"-bor", 2},
    OperatorRow{"-bxor", 2},  OperatorRow{"-eq", 3},          OperatorRow{"-ne", 3},       OperatorRow{"-gt", 3},    OperatorRow{"-ge", 3},
    OperatorRow{"-lt", 3},    OperatorRow{"-le", 3},          OperatorRow{"-like", 3},     OperatorRow{"-notlike", 3}, OperatorRow{"-match", 3},
    OperatorRow{"-notmatch", 3}, OperatorRow{"-contains", 3}, OperatorRow{"-notcontains", 3}, OperatorRow{"-in", 3}, OperatorRow{"-notin", 3},
    OperatorRow{"-replace", 3}, OperatorRow{"-split", 3},     OperatorRow{"-join", 3},     OperatorRow{"-is", 3},    OperatorRow{"-isnot", 3},
    OperatorRow{"-as", 3},    OperatorRow{"-shl", 3},         OperatorRow{"-shr", 3},      OperatorRow{"+", 4},      OperatorRow{"-", 4},
    OperatorRow{"*", 5},      OperatorRow{"/", 5},            OperatorRow{"%", 5},         OperatorRow{"-f", 6},     OperatorRow{"..", 7},
    OperatorRow{"??", 1},     OperatorRow{"?", 0},
};

int level_of(std::string_view name) {
  for (const OperatorRow& row : kOperators) {
    if (row.name == name) return row.level;
  }
  return -1;
}

/// `-ireplace`, `-csplit`: the same with another regard for case.
std::string without_case(std::string word) {
  if (word.size() > 3 && level_of(word) < 0 && (word[1] == 'c' || word[1] == 'i')) {
    std::string bare = "-" + word.substr(2);
    if (level_of(bare) == 3) return bare;
  }
  return word;
}

}  // namespace

/// The operator here with its level, taken; empty when there is none of at least `level`.
std::string Walker::binary_operator(int& level) {
  in_.skip_blank();
  const std::size_t begin = in_.place();
  std::string word;
  if (in_.peek() == '-' && base::is_alpha(in_.peek(1))) {
    in_.advance();
    word = without_case("-" + base::lower(in_.word()));
  } else {
    for (const std::string_view mark : {"..", "??", "+", "-", "*", "/", "%"}) {
      if (!in_.starts(mark)) continue;
      word = mark;
      in_.advance(mark.size());
      break;
    }
  }
  const int found = word.empty() ? -1 : level_of(word);
  if (found < level) return in_.go(begin), std::string();
  level = found;
  return word;
}

Value Walker::expression(int level) {
  if (session_.too_deep() || !session_.spend()) return {};
  ++session_.depth;
  Value left = operand();
  while (session_.spend()) {
    int found = level;
    const std::string op = binary_operator(found);
    if (op.empty()) break;
    in_.skip_blank(true);
    left = operate(op, left, expression(found + 1));
  }
  --session_.depth;
  return left;
}

/// Values with `,` between them.
Value Walker::operand() {
  in_.skip_blank();
  if (in_.peek() == ',') {  // an array of one
    in_.advance();
    in_.skip_blank();
    return Value::list({unary()});
  }
  const Value first = unary();
  Value list = Value::list({first});
  while (true) {
    const std::size_t here = in_.place();
    in_.skip_blank();
    if (in_.peek() != ',') return in_.go(here), list.items.size() == 1 ? first : list;
    in_.advance();
    in_.skip_blank(true);
    list.add("", unary());
  }
}

Value Walker::unary() {
  if (session_.too_deep() || !session_.spend()) return {};
  ++session_.depth;
  Value out;
  if (in_.peek() == '!' || in_.peek() == '+' || (in_.peek() == '-' && !base::is_alpha(in_.peek(1)))) {
    const bool minus = in_.peek() == '-' && base::is_digit(in_.peek(1));
    in_.advance();
    in_.skip_blank();
    out = minus ? operate("+", Value::of(Text("-")), unary()) : unary();
  } else if (in_.peek() == '-') {
    in_.advance();
    const std::string word = without_case("-" + base::lower(in_.word()));
    in_.skip_blank();
    out = operate(word, word == "-join" || word == "-split" ? operand() : unary());
  } else {
    out = postfix(primary());
  }
  --session_.depth;
  return out;
}

Value Walker::primary() {
  switch (in_.peek()) {
    case '\'': return single_quoted();
    case '"': return double_quoted();
    case '(': return sub_expression();
    case '{': return block();
    case '[': return brackets();
    case '$': return in_.peek(1) == '(' ? sub_expression() : variable();
    case '@':
      if (in_.peek(1) == '\'' || in_.peek(1) == '"') return here_string();
      if (in_.peek(1) == '{') return hash();
      if (in_.peek(1) == '(') {
        const Value v = sub_expression();
        return v.kind == ValueKind::list ? v : Value::list({v});
      }
      break;
    default: break;
  }
  if (base::is_digit(in_.peek())) return number();
  if (base::is_name_start(in_.peek())) return Value::of(Text(in_.word()));
  in_.advance();
  return {};
}

/// `( … )`, `$( … )`, `@( … )`: statements.
Value Walker::sub_expression() {
  if (in_.peek() != '(') in_.advance();
  in_.advance();
  if (session_.too_deep()) return in_.go(std::string_view::npos), Value();
  ++session_.depth;
  Value out = statements(')');
  --session_.depth;
  in_.take(")");
  return out;
}

Value Walker::block() {
  const std::size_t open = in_.place();
  const std::size_t close = in_.closing();
  (void)session_.spend();
  in_.go(close + 1);
  return Value::typed(std::string(kBlock), in_.slice(open + 1, close));
}

/// `[type]`: the type, or a cast of what follows.
Value Walker::brackets() {
  const std::size_t close = in_.closing();
  const std::string name = base::lower(in_.between(in_.place() + 1, close));
  in_.go(close + 1);
  if (in_.starts("::") || in_.peek() == '.') return type_named(name);
  in_.skip_blank();
  if (at_end_of_command() || in_.peek() == ',' || in_.peek() == ']') return type_named(name);
  return cast(name, unary());
}

Value Walker::hash() {
  in_.advance(2);
  Value out = Value::list({});
  while (session_.spend()) {
    in_.skip_separators();
    if (!in_.more() || in_.peek() == '}') break;
    const std::size_t before = in_.place();
    const Value key = in_.peek() == '$' || in_.peek() == '\'' || in_.peek() == '"' || in_.peek() == '(' ? primary() : Value::of(Text(in_.word()));
    in_.skip_blank();
    if (in_.take("=")) {
      in_.skip_blank(true);
      out.add(key.is_text() && key.text.literal() ? base::lower(key.text.view()) : std::string("?"), statement());
    }
    if (in_.place() == before) in_.advance();
  }
  in_.take("}");
  return out;
}

Value Walker::list_in(char close) {
  in_.advance();
  Value out = Value::list({});
  while (session_.spend()) {
    in_.skip_blank(true);
    if (!in_.more() || in_.peek() == close) break;
    if (in_.take(",")) continue;
    const std::size_t before = in_.place();
    // Commas separate here, so an operand with its operators ends before one.
    int level = 1;
    Value v = unary();
    while (true) {
      int found = level;
      const std::string op = binary_operator(found);
      if (op.empty() || !session_.spend()) break;
      in_.skip_blank(true);
      v = operate(op, v, unary());
    }
    out.add("", std::move(v));
    if (in_.place() == before) in_.advance();
  }
  in_.advance();
  return out;
}

Value Walker::number() {
  const std::size_t begin = in_.place();
  while (in_.more() && (base::is_name_char(in_.peek()) || (in_.peek() == '.' && base::is_digit(in_.peek(1))))) in_.advance();
  return Value::of(in_.slice(begin, in_.place()));
}

Value Walker::postfix(Value v) {
  while (session_.spend()) {
    if (in_.starts("::")) {
      in_.advance(2);
      v = member(std::move(v), true);
    } else if ((in_.peek() == '.' && in_.peek(1) != '.' && in_.peek(1) != '\\' && in_.peek(1) != '/' &&
                std::string_view(" \t\n;|)}").find(in_.peek(1)) == std::string_view::npos) ||
               (in_.peek() == '?' && in_.peek(1) == '.')) {
      in_.advance(in_.peek() == '?' ? 2 : 1);
      v = member(std::move(v), false);
    } else if (in_.peek() == '[') {
      v = index(v);
    } else if (in_.starts("++") || in_.starts("--")) {
      in_.advance(2);
    } else {
      return v;
    }
  }
  return v;
}

Value Walker::member(Value v, bool is_static) {
  in_.skip_blank(true);
  const bool plain = base::is_name_start(in_.peek());
  const Value name = plain ? Value::of(Text(in_.word())) : primary();
  std::vector<Value> arguments;
  const bool called = in_.peek() == '(' || (in_.peek() == '{' && !is_static);
  if (in_.peek() == '(') arguments = list_in(')').items;
  if (called && in_.peek() == '{') arguments.push_back(block());
  if (!name.is_text() || !name.text.literal()) {
    if (called) session_.effects.opaque(model::OpaqueReason::computed_command, "a method whose name is computed");
    Value out;
    out.inherit(v);
    return out;
  }
  const std::string word = base::lower(name.text.view());
  return called ? call_method(v, word, arguments, session_) : property(v, word, session_);
}

/// `x[2]`, `x[0,3,-1]`, `x[1..4]`.
Value Walker::index(const Value& v) {
  const Value keys = list_in(']');
  Value out = Value::list({});
  for (const Value& one : keys.items) {
    for (const Value& key : items_of(one)) {
      const auto n = integer(key);
      const std::vector<Value> items = items_of(v);
      if (const Value* field = key.is_text() && v.kind == ValueKind::list ? v.field(key.text.view()) : nullptr) {
        out.add("", *field);
      } else if (n && v.is_text() && v.text.literal()) {
        const long at = *n < 0 ? *n + static_cast<long>(v.text.size()) : *n;
        if (at >= 0 && at < static_cast<long>(v.text.size())) out.add("", Value::of(v.text.substr(static_cast<std::size_t>(at), 1)));
      } else if (n && v.kind == ValueKind::list) {
        const long at = *n < 0 ? *n + static_cast<long>(items.size()) : *n;
        if (at >= 0 && at < static_cast<long>(items.size())) out.add("", items[static_cast<std::size_t>(at)]);
      } else {
        Value unknown;
        unknown.inherit(v);
        out.add("", std::move(unknown));
      }
    }
  }
  out.inherit(v);
  return out.items.size() == 1 ? out.items.front() : out;
}

}  // namespace belay::command::powershell
