#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/budget.h"
#include "base/text.h"
#include "command/expand.h"

/// Arithmetic (bash(1) ARITHMETIC EVALUATION): 64 bit integers, all operators, assignments included. A number that is not known stays unknown
/// through every operator; what an assignment behind an undecided `&&`, `||` or `?` changes is unknown too.
namespace belay::command {

namespace {

using Number = std::optional<std::int64_t>;

struct Operator {
  std::string_view text;
  int level;  ///< of precedence: higher binds tighter
};
/// Longer spellings first. `&&`, `||`, `?:`, assignments and `**` are read elsewhere.
constexpr std::array kBinary{Operator{"<<", 8}, Operator{">>", 8}, Operator{"<=", 7}, Operator{">=", 7},
                             Operator{"==", 6}, Operator{"!=", 6}, Operator{"<", 7},  Operator{">", 7},
                             Operator{"&", 5},  Operator{"^", 4},  Operator{"|", 3},  Operator{"+", 9},
                             Operator{"-", 9},  Operator{"*", 10}, Operator{"/", 10}, Operator{"%", 10}};
constexpr std::array<std::string_view, 11> kAssignments{"<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|=", "="};

std::int64_t wrap(std::uint64_t value) { return static_cast<std::int64_t>(value); }

Number power(std::int64_t base, std::int64_t exponent) {
  if (exponent < 0) return std::nullopt;
  std::uint64_t out = 1;
  for (auto factor = static_cast<std::uint64_t>(base); exponent > 0; exponent >>= 1, factor *= factor) {
    if ((exponent & 1) != 0) out *= factor;
  }
  return wrap(out);
}

/// Sums and shifts wrap around as the machine's do.
Number apply(std::string_view op, Number left, Number right) {
  if (!left || !right) return std::nullopt;
  const std::int64_t a = *left;
  const std::int64_t b = *right;
  const auto ua = static_cast<std::uint64_t>(a);
  const auto ub = static_cast<std::uint64_t>(b);
  if (op == "+") return wrap(ua + ub);
  if (op == "-") return wrap(ua - ub);
  if (op == "*") return wrap(ua * ub);
  if (op == "/" || op == "%") {
    if (b == 0) return std::nullopt;
    if (b == -1) return op == "/" ? wrap(0 - ua) : 0;
    return op == "/" ? a / b : a % b;
  }
  if (op == "<<") return wrap(ua << (ub & 63U));
  if (op == ">>") return a >> (ub & 63U);
  if (op == "<") return a < b;
  if (op == ">") return a > b;
  if (op == "<=") return a <= b;
  if (op == ">=") return a >= b;
  if (op == "==") return a == b;
  if (op == "!=") return a != b;
  if (op == "&") return a & b;
  if (op == "^") return a ^ b;
  if (op == "|") return a | b;
  return std::nullopt;
}

int digit_value(char c, int base) {
  if (base::is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + (base <= 36 ? 10 : 36);
  return c == '@' ? 62 : c == '_' ? 63 : 99;
}

/// `10`, `010`, `0x1f`, `2#101`.
Number constant(std::string_view digits) {
  int base = 10;
  if (const auto hash = digits.find('#'); hash != std::string_view::npos) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + hash, base);
    if (error != std::errc() || end != digits.data() + hash || base < 2 || base > 64) return std::nullopt;
    digits.remove_prefix(hash + 1);
  } else if (digits.starts_with("0x") || digits.starts_with("0X")) {
    base = 16;
    digits.remove_prefix(2);
  } else if (digits.size() > 1 && digits.front() == '0') {
    base = 8;
  }
  if (digits.empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : digits) {
    const int digit = digit_value(c, base);
    if (digit >= base) return std::nullopt;
    value = value * static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(digit);
  }
  return wrap(value);
}

class Calculator {
 public:
  Calculator(std::string_view text, Expander& names, int depth) : text_(text), names_(names), depth_(depth) {}

  Number run() {
    if (next() == '\0') return 0;
    const Number value = comma();
    return next() == '\0' && !failed_ ? value : std::nullopt;
  }

 private:
  /// Whether what is being read is evaluated for certain, perhaps, or not at all.
  enum class Mode : std::uint8_t { live, doubt, skip };

  char next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(std::string_view token) {
    static_cast<void>(next());
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }
  Number fail() {
    failed_ = true;
    at_ = text_.size();
    return std::nullopt;
  }

  Number comma() {
    Number value = assignment();
    while (!failed_ && take(",")) value = assignment();
    return value;
  }

  Number assignment() {
    if (!budget_.spend()) return fail();
    const std::size_t begin = at_;
    if (const auto target = place(); target) {
      for (const std::string_view op : kAssignments) {
        static_cast<void>(next());
        if (text_.substr(at_, 2) == "==" || !take(op)) continue;
        const Number right = assignment();
        const Number value = op == "=" ? right : apply(op.substr(0, op.size() - 1), load(*target), right);
        store(*target, value);
        return value;
      }
    }
    at_ = begin;
    return choice();
  }

  Number choice() {
    const Number condition = disjunction();
    if (!take("?")) return condition;
    const Number yes = under(!condition        ? Mode::doubt
                             : *condition != 0 ? Mode::live
                                               : Mode::skip,
                             [this] { return assignment(); });
    if (!take(":")) return fail();
    const Number no = under(!condition ? Mode::doubt : *condition == 0 ? Mode::live : Mode::skip, [this] { return choice(); });
    return !condition ? std::nullopt : *condition != 0 ? yes : no;
  }

  Number disjunction() {
    Number left = conjunction();
    while (!failed_ && take("||")) {
      const Number right = under(!left ? Mode::doubt : *left == 0 ? Mode::live : Mode::skip, [this] { return conjunction(); });
      if (left && *left != 0) left = 1;
      else left = left && right ? Number(*right != 0) : std::nullopt;
    }
    return left;
  }

  Number conjunction() {
    Number left = binary(3);
    while (!failed_ && take("&&")) {
      const Number right = under(!left ? Mode::doubt : *left != 0 ? Mode::live : Mode::skip, [this] { return binary(3); });
      if (left && *left == 0) left = 0;
      else left = left && right ? Number(*right != 0) : std::nullopt;
    }
    return left;
  }

  const Operator* binary_operator(int level) {
    static_cast<void>(next());
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("&&") || rest.starts_with("||") || rest.starts_with("**")) return nullptr;
    for (const Operator& op : kBinary) {
      if (rest.starts_with(op.text)) return op.level >= level ? &op : nullptr;
    }
    return nullptr;
  }

  Number binary(int level) {
    Number left = exponent();
    for (const Operator* op = binary_operator(level); op != nullptr && !failed_; op = binary_operator(level)) {
      at_ += op->text.size();
      left = apply(op->text, left, binary(op->level + 1));
    }
    return left;
  }

  Number exponent() {
    const Number left = unary();
    if (!take("**")) return left;
    const Number right = exponent();
    return left && right ? power(*left, *right) : std::nullopt;
  }

  Number unary() {
    if (!budget_.spend()) return fail();
    for (const std::string_view step : {"++", "--"}) {
      const std::size_t begin = at_;
      if (!take(step)) continue;
      if (const auto target = place()) return stepped(*target, step, true);
      at_ = begin;
    }
    if (take("-")) return apply("-", 0, unary());
    if (take("+")) return unary();
    if (take("!")) {
      const Number value = unary();
      return value ? Number(*value == 0) : std::nullopt;
    }
    if (take("~")) {
      const Number value = unary();
      return value ? Number(~*value) : std::nullopt;
    }
    return primary();
  }

  Number primary() {
    if (take("(")) {
      const Number value = comma();
      return take(")") ? value : fail();
    }
    const char c = next();
    if (is_hole_in_code(c)) return unknown();
    if (base::is_digit(c)) {
      const std::size_t begin = at_;
      while (at_ < text_.size() && (base::is_name_char(text_[at_]) || text_[at_] == '#' || text_[at_] == '@')) ++at_;
      const Number value = constant(text_.substr(begin, at_ - begin));
      return value ? value : fail();
    }
    const auto target = place();
    if (!target) return fail();
    for (const std::string_view step : {"++", "--"}) {
      if (take(step)) return stepped(*target, step, false);
    }
    const Number value = load(*target);
    return is_hole_in_code(next()) ? unknown() : value;
  }

  /// Something that is not known, with what stands right beside it.
  Number unknown() {
    while (at_ < text_.size() && (is_hole_in_code(text_[at_]) || base::is_name_char(text_[at_]))) ++at_;
    return std::nullopt;
  }

  Number stepped(const Expander::Place& target, std::string_view step, bool before) {
    const Number old = load(target);
    const Number value = apply(step.substr(1), old, 1);
    store(target, value);
    return before ? value : old;
  }

  /// `name` or `name[subscript]`; the subscript is text still.
  std::optional<Expander::Place> place() {
    if (!base::is_name_start(next())) return std::nullopt;
    const std::size_t begin = at_;
    while (at_ < text_.size() && base::is_name_char(text_[at_])) ++at_;
    Expander::Place out{std::string(text_.substr(begin, at_ - begin)), std::nullopt};
    if (at_ >= text_.size() || text_[at_] != '[') return out;
    int open = 0;
    const std::size_t inside = at_ + 1;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '[') ++open;
      if (text_[at_] == ']' && --open == 0) break;
    }
    out.subscript = std::string(text_.substr(inside, at_ - inside));
    at_ = std::min(at_ + 1, text_.size());
    return out;
  }

  Number load(const Expander::Place& target) { return mode_ == Mode::skip ? Number(0) : names_.number_at(target, depth_); }

  void store(const Expander::Place& target, Number value) {
    if (mode_ == Mode::skip) return;
    if (mode_ == Mode::doubt) value.reset();
    names_.assign_at(target, value ? Value(Text(std::to_string(*value))) : Value::unknown(HoleTrait::none), depth_);
  }

  template <class Read>
  Number under(Mode mode, const Read& read) {
    const Mode outer = mode_;
    if (outer != Mode::live) mode = outer == Mode::skip || mode == Mode::skip ? Mode::skip : Mode::doubt;
    mode_ = mode;
    const Number value = read();
    mode_ = outer;
    return value;
  }

  std::string_view text_;
  Expander& names_;
  int depth_;
  std::size_t at_ = 0;
  bool failed_ = false;
  Mode mode_ = Mode::live;
  base::Budget budget_{500};
};

constexpr int kMostDepth = 8;  // a variable that holds an expression that names a variable …

}  // namespace

Number Expander::calculate(std::string_view expression, int depth) {
  if (depth > kMostDepth) return std::nullopt;
  run_subscripts(expression);
  return Calculator(expression, *this, depth).run();
}

/// A text that is calculated is expanded once more where it is a subscript: `let 'a[$(cmd)]'`, `x='a[$(cmd)]'; (( x ))` run cmd.
void Expander::run_subscripts(std::string_view expression) {
  const std::size_t open = expression.find('[');
  if (open == std::string_view::npos) return;
  const std::string_view rest = expression.substr(open);
  if (rest.find("$(") != std::string_view::npos || rest.find('`') != std::string_view::npos) substitution_.run_prompt(Text(rest));
}

std::optional<std::string> Expander::subscript_of(const Variable& variable, const std::string& written, int depth) {
  run_subscripts("[" + written);
  if (variable.is_map) return written;
  const Number index = calculate(written, depth + 1);
  if (!index) return std::nullopt;
  if (counts_from_one(state_.shell) && *index >= 0) return *index > 0 ? std::optional(std::to_string(*index - 1)) : std::nullopt;
  if (*index >= 0) return std::to_string(*index);
  // Counted from behind the last element.
  if (variable.elements.empty() || variable.open_ended()) return std::nullopt;
  const std::int64_t end = constant(variable.elements.back().first).value_or(0) + 1;
  return *index + end >= 0 ? std::optional(std::to_string(*index + end)) : std::nullopt;
}

Number Expander::number_at(const Place& place, int depth) {
  bool maybe_unset = false;
  std::optional<Value> value;
  if (place.subscript) {
    const Variable* variable = state_.find(place.name);
    if (variable == nullptr) return std::nullopt;
    value = element_of(*variable, *place.subscript, maybe_unset, depth);
  } else {
    value = lookup(place.name, &maybe_unset);
  }
  if (maybe_unset) return std::nullopt;
  if (!value) return 0;
  return value->literal() != nullptr ? calculate(*value->literal(), depth + 1) : std::nullopt;
}

void Expander::assign_at(const Place& place, Value value, int depth) {
  if (!place.subscript) return state_.set(place.name, std::move(value));
  Variable* variable = state_.find(place.name);
  if (variable == nullptr) variable = &state_.variables[place.name];
  if (!variable->is_array && !variable->unset && !variable->value.alternatives.front().empty())
    variable->slot("0") = variable->value;
  variable->unset = false;
  variable->is_array = true;
  const auto key = subscript_of(*variable, *place.subscript, depth);
  variable->slot(key ? *key : std::string(kAnyElement)) = value;
  if (key && *key == "0") variable->value = std::move(value);
}

Value Expander::arithmetic(const shell::Word& expression) {
  const Value expanded = text_of(expression.parts, true);
  std::optional<std::int64_t> value;
  for (const Text& text : expanded.alternatives) {  // more than one: only what they assign counts
    value = calculate(code_of(text), 0);
  }
  if (value && expanded.alternatives.size() == 1) return Value(Text(std::to_string(*value)));
  Value out = Value::unknown(HoleTrait::none);
  out.taint = expanded.taint;
  out.sources = expanded.sources;
  return out;
}

}  // namespace belay::command
