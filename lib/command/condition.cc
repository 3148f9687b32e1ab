#include "command/condition.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "command/evaluator.h"
#include "command/pattern.h"

namespace belay::command {

namespace {

using Truth = std::optional<bool>;

Truth negated(Truth value) { return value ? Truth(!*value) : std::nullopt; }

std::optional<std::int64_t> integer(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  if (s.starts_with('+')) s.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc() && end == s.data() + s.size() && !s.empty() ? std::optional(value) : std::nullopt;
}

bool is_comparison(std::string_view op) {
  constexpr std::array<std::string_view, 6> kOperators{"-eq", "-ne", "-lt", "-le", "-gt", "-ge"};
  return std::find(kOperators.begin(), kOperators.end(), op) != kOperators.end();
}

Truth compare(std::string_view op, std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
  if (!a || !b) return std::nullopt;
  if (op == "-eq") return *a == *b;
  if (op == "-ne") return *a != *b;
  if (op == "-lt") return *a < *b;
  if (op == "-le") return *a <= *b;
  if (op == "-gt") return *a > *b;
  return *a >= *b;
}

/// What is known of files is what was there before the call: that decides nothing.
Truth unary(std::string_view op, const Text& operand) {
  const bool certain = operand.literal() || operand.size() > operand.hole_count();
  if (op == "-n") return certain ? Truth(!operand.empty()) : std::nullopt;
  if (op == "-z") return certain ? Truth(operand.empty()) : std::nullopt;
  return std::nullopt;
}

Truth binary(const Text& left, std::string_view op, const Text& right) {
  if (!left.literal() || !right.literal()) return std::nullopt;
  if (op == "=" || op == "==") return left == right;
  if (op == "!=") return left != right;
  return is_comparison(op) ? compare(op, integer(left.view()), integer(right.view())) : std::nullopt;
}

bool is_binary(const Text& op) {
  const std::string_view v = op.view();
  return v == "=" || v == "==" || v == "!=" || v == "<" || v == ">" || v == "-nt" || v == "-ot" || v == "-ef" || is_comparison(v);
}

/// POSIX decides by the number of arguments.
Truth test_of(std::span<const Text> a) {
  if (std::any_of(a.begin(), a.end(), [](const Text& t) { return model::has(t.traits(), model::HoleTrait::words); }))
    return std::nullopt;
  if (a.empty()) return false;
  if (a.size() == 1) return unary("-n", a[0]);
  if (a.size() == 3 && is_binary(a[1])) return binary(a[0], a[1].view(), a[2]);
  if (a[0].view() == "!") return negated(test_of(a.subspan(1)));
  if (a.size() == 2) return unary(a[0].view(), a[1]);
  if ((a.size() == 3 || a.size() == 4) && a[0].view() == "(" && a.back().view() == ")")
    return test_of(a.subspan(1, a.size() - 2));
  return std::nullopt;
}

}  // namespace

Truth evaluate_test(std::span<const Text> argv) {
  std::span<const Text> operands = argv.subspan(1);
  if (argv.front().view() == "[") {
    if (operands.empty() || operands.back().view() != "]") return std::nullopt;
    operands = operands.first(operands.size() - 1);
  }
  return test_of(operands);
}

namespace {

/// `[[ … ]]` over its words in order of writing.
class Condition {
 public:
  Condition(const std::vector<shell::Word>& words, Evaluator& shell, Frame& frame)
      : words_(words), shell_(shell), frame_(frame) {}

  Truth run() {
    const Truth value = disjunction();
    return at_ == words_.size() ? value : std::nullopt;
  }

 private:
  std::string_view peek(std::size_t ahead = 0) const {
    if (at_ + ahead >= words_.size()) return {};
    const auto& parts = words_[at_ + ahead].parts;
    const auto* plain = parts.size() == 1 ? std::get_if<shell::Literal>(&parts.front().node) : nullptr;
    return plain != nullptr ? std::string_view(plain->text) : std::string_view();
  }

  Truth disjunction() {
    Truth left = conjunction();
    while (peek() == "||") {
      ++at_;
      const Truth right = conjunction();
      if (left == Truth(true) || right == Truth(true)) left = true;
      else left = left && right ? Truth(false) : std::nullopt;
    }
    return left;
  }

  Truth conjunction() {
    Truth left = term();
    while (peek() == "&&") {
      ++at_;
      const Truth right = term();
      if (left == Truth(false) || right == Truth(false)) left = false;
      else left = left && right ? Truth(true) : std::nullopt;
    }
    return left;
  }

  Truth term() {
    if (at_ >= words_.size()) return std::nullopt;
    if (peek() == "!") {
      ++at_;
      return negated(term());
    }
    if (peek() == "(") {
      ++at_;
      const Truth value = disjunction();
      ++at_;
      return value;
    }
    const std::string_view op = peek(1);
    const bool operands = at_ + 2 < words_.size();
    if (operands && (op == "=" || op == "==" || op == "!=")) return pattern(op == "!=");
    if (operands && is_comparison(op)) return numbers(op);
    if (operands && (op == "=~" || op == "<" || op == ">" || op == "-nt" || op == "-ot" || op == "-ef"))
      return undecided(op == "=~");
    if (peek().size() == 2 && peek().front() == '-' && at_ + 1 < words_.size() && op != "&&" && op != "||" && op != ")")
      return about();
    return unary("-n", text(words_[at_++]));
  }

  Text text(const shell::Word& word) {
    Value value = shell_.expander(frame_).text(word);
    return value.alternatives.size() == 1 ? value.alternatives.front() : Text::hole(model::HoleTrait::any);
  }

  Truth pattern(bool negative) {
    const Text left = text(words_[at_]);
    const Value right = shell_.expander(frame_).pattern(words_[at_ + 2]);
    at_ += 3;
    if (!left.literal() || right.literal() == nullptr || frame_.state.ignores_case) return std::nullopt;
    return matches_pattern(*right.literal(), left.view(), {true, false}) != negative;
  }

  /// Both sides are expressions.
  Truth numbers(std::string_view op) {
    const Text left = text(words_[at_]);
    const Text right = text(words_[at_ + 2]);
    at_ += 3;
    Expander expander = shell_.expander(frame_);
    const auto number = [&](const Text& t) { return t.literal() ? expander.calculate(t.view()) : std::nullopt; };
    return compare(op, number(left), number(right));
  }

  /// Regular expressions, the order of texts in a locale, ages of files.
  Truth undecided(bool regex) {
    static_cast<void>(text(words_[at_]));
    static_cast<void>(shell_.expander(frame_).pattern(words_[at_ + 2]));
    at_ += 3;
    if (regex) {
      Variable matched;
      matched.is_array = true;
      matched.slot(std::string(kAnyElement)) = Value::unknown(model::HoleTrait::any);
      frame_.state.variables["BASH_REMATCH"] = std::move(matched);
    }
    return std::nullopt;
  }

  Truth about() {
    const std::string_view op = peek();
    const Text operand = text(words_[at_ + 1]);
    at_ += 2;
    if (op != "-v") return unary(op, operand);
    if (operand.view().find('[') != std::string_view::npos) static_cast<void>(shell_.expander(frame_).calculate(operand.view()));
    const Variable* variable = operand.literal() ? frame_.state.find(operand.view()) : nullptr;
    if (variable == nullptr || variable->maybe_unset || variable->is_array) return std::nullopt;
    return !variable->unset;
  }

  const std::vector<shell::Word>& words_;
  Evaluator& shell_;
  Frame& frame_;
  std::size_t at_ = 0;
};

}  // namespace

Truth evaluate_condition(const std::vector<shell::Word>& words, Evaluator& shell, Frame& frame) {
  return Condition(words, shell, frame).run();
}

}  // namespace belay::command
