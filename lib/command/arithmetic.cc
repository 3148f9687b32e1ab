#include <charconv>

#include "base/budget.h"
#include "base/text.h"
#include "command/expand.h"

/// Arithmetic (bash(1) ARITHMETIC EVALUATION) as far as constants go: `+ - * / %`, parentheses, names of variables. Anything else is a number
/// that is not known. Substitutions inside the expression were evaluated while it was expanded.
namespace belay::command {

namespace {

class Calculator {
 public:
  Calculator(std::string_view text, Expander& names) : text_(text), names_(names) {}

  std::optional<std::int64_t> run() {
    const auto value = sum();
    blank();
    return at_ == text_.size() ? value : std::nullopt;
  }

 private:
  using Number = std::optional<std::int64_t>;

  void blank() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
  }
  char next() {
    blank();
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  Number sum() {
    Number left = product();
    for (char op = next(); left && (op == '+' || op == '-'); op = next()) {
      ++at_;
      const Number right = product();
      std::int64_t out = 0;
      if (!right || (op == '+' ? __builtin_add_overflow(*left, *right, &out) : __builtin_sub_overflow(*left, *right, &out))) return std::nullopt;
      left = out;
    }
    return left;
  }

  Number product() {
    Number left = unary();
    for (char op = next(); left && (op == '*' || op == '/' || op == '%'); op = next()) {
      ++at_;
      const Number right = unary();
      std::int64_t out = 0;
      if (!right) return std::nullopt;
      if (op == '*') {
        if (__builtin_mul_overflow(*left, *right, &out)) return std::nullopt;
      } else {
        if (*right == 0 || *right == -1) return std::nullopt;
        out = op == '/' ? *left / *right : *left % *right;
      }
      left = out;
    }
    return left;
  }

  Number unary() {
    if (!depth_.spend()) return std::nullopt;
    const char c = next();
    if (c == '-' || c == '+') {
      ++at_;
      const Number value = unary();
      return value && c == '-' && *value != INT64_MIN ? Number(-*value) : value;
    }
    if (c == '(') {
      ++at_;
      const Number value = sum();
      if (next() != ')') return std::nullopt;
      ++at_;
      return value;
    }
    if (base::is_digit(c)) return digits();
    return base::is_name_start(c) ? name() : std::nullopt;
  }

  Number digits() {
    std::int64_t value = 0;
    const char* begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
    const bool other_base = *begin == '0' && end - begin > 1;
    if (error != std::errc() || other_base) return std::nullopt;
    at_ += static_cast<std::size_t>(end - begin);
    return at_ < text_.size() && (base::is_name_char(text_[at_]) || text_[at_] == '#') ? std::nullopt : Number(value);
  }

  Number name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && base::is_name_char(text_[at_])) ++at_;
    const auto value = names_.lookup(text_.substr(begin, at_ - begin));
    if (!value || value->literal() == nullptr) return std::nullopt;
    std::int64_t out = 0;
    const std::string& s = *value->literal();
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), out);
    return error == std::errc() && end == s.data() + s.size() ? Number(out) : std::nullopt;
  }

  std::string_view text_;
  Expander& names_;
  std::size_t at_ = 0;
  base::Budget depth_{200};
};

}  // namespace

Value Expander::arithmetic(const shell::Word& expression) {
  const Value expanded = text_of(expression.parts, true);
  if (expanded.literal() != nullptr) {
    if (const auto value = Calculator(*expanded.literal(), *this).run()) return Value(Text(std::to_string(*value)));
  }
  Value out = Value::unknown(HoleTrait::none);
  out.taint = expanded.taint;
  out.sources = expanded.sources;
  return out;
}

}  // namespace belay::command
