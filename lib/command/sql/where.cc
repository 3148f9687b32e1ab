#include "command/sql/where.h"

#include <algorithm>

#include "base/text.h"

namespace belay::command::sql {

namespace {

enum class Answer : std::uint8_t { never, depends, always };

Answer opposite(Answer a) { return a == Answer::always ? Answer::never : a == Answer::never ? Answer::always : a; }

/// What one side of a comparison is.
struct Side {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool constant = true;  ///< no name in it
};

/// Condition := And { OR And }; And := Not { AND Not }; Not := NOT Not | `(` Condition `)` | Comparison. What is nested too
/// deep holds always: nobody
/// writes such a condition, unless to hide what it is.
class Condition {
 public:
  Condition(const Tokens& tokens, std::size_t at) : t_(tokens), at_(at) {}

  Answer either() {
    Answer out = both();
    while (eat("OR") || eat_symbol("||")) out = std::max(out, both());
    return out;
  }

 private:
  static constexpr int kDeepest = 64;

  Answer both() {
    Answer out = inverted();
    while (eat("AND") || eat_symbol("&&")) out = std::min(out, inverted());
    return out;
  }

  Answer inverted() {
    bool negative = false;
    while (eat("NOT") || eat_symbol("!")) negative = !negative;
    const Answer out = grouped();
    return negative ? opposite(out) : out;
  }

  Answer grouped() {
    if (t_.kind(at_) == TokenKind::open && !compared(t_.behind(at_))) {
      if (t_.is_one_of(at_ + 1, {"SELECT", "WITH", "VALUES"})) return skip(t_.behind(at_), Answer::depends);
      if (++depth_ > kDeepest) return skip(t_.size(), Answer::always);
      ++at_;
      const Answer out = either();
      --depth_;
      if (t_.kind(at_) == TokenKind::close) ++at_;
      return out;
    }
    return comparison();
  }

  /// `(a) = b`: the parenthesis is part of a value.
  [[nodiscard]] bool compared(std::size_t behind) const {
    return t_.kind(behind) == TokenKind::symbol || t_.is_one_of(behind, {"IS", "LIKE", "ILIKE", "IN", "BETWEEN"}) ||
           (t_.is(behind, "NOT") && behind < t_.size());
  }

  Answer skip(std::size_t to, Answer answer) {
    at_ = to;
    return answer;
  }

  [[nodiscard]] bool ends_side(std::size_t i) const {
    if (i >= t_.size() || t_.kind(i) == TokenKind::close || t_.kind(i) == TokenKind::end || t_.kind(i) == TokenKind::comma)
      return true;
    if (t_.kind(i) == TokenKind::symbol) {
      const std::string_view s = t_.spelling(i);
      return s == "&&" || s == "||" || s.find_first_of("=<>~") != std::string_view::npos;
    }
    return t_.is_one_of(i, {"OR", "AND", "NOT", "IS", "LIKE", "ILIKE", "IN", "BETWEEN", "RETURNING", "ORDER", "LIMIT", "GROUP",
                            "OPTION", "THEN", "SETTINGS", "IF"});
  }

  Side side() {
    Side out{at_, at_, true};
    while (!ends_side(at_)) {
      const TokenKind kind = t_.kind(at_);
      const bool constant_word = kind == TokenKind::word && t_.is_one_of(at_, {"TRUE", "FALSE", "NULL"});
      const bool name = kind == TokenKind::word || kind == TokenKind::name || kind == TokenKind::hole || kind == TokenKind::meta;
      if (name && !constant_word) out.constant = false;
      if (kind != TokenKind::open) {
        ++at_;
        continue;
      }
      const std::size_t behind = t_.behind(at_);
      for (; at_ < behind; ++at_) {
        const TokenKind inner = t_.kind(at_);
        if (inner == TokenKind::word || inner == TokenKind::name || inner == TokenKind::hole) out.constant = false;
      }
    }
    out.end = at_;
    return out;
  }

  Answer comparison() {
    const Side left = side();
    if (left.begin == left.end && !t_.is_one_of(at_, {"IN", "IS", "LIKE"}) && t_.kind(at_) != TokenKind::symbol) return stuck();
    if (t_.kind(at_) == TokenKind::symbol && t_.spelling(at_) != "&&" && t_.spelling(at_) != "||") return compare(left);
    const bool negative = eat("NOT");
    if (eat("LIKE") || eat("ILIKE")) {
      const Side pattern = side();
      const bool all = pattern.end == pattern.begin + 1 && t_.spelling(pattern.begin) == "'%'";
      return all ? (negative ? Answer::never : Answer::always) : Answer::depends;
    }
    if (eat("IS")) return is_test(left);
    if (eat("BETWEEN")) return between(left);
    if (eat("IN")) return skip(t_.kind(at_) == TokenKind::open ? t_.behind(at_) : at_ + 1, Answer::depends);
    return alone(left);
  }

  /// A token that no condition has: passed over so that reading goes on.
  Answer stuck() {
    const bool ends = at_ >= t_.size() || t_.kind(at_) == TokenKind::close || t_.kind(at_) == TokenKind::end;
    if (!ends) ++at_;
    return Answer::depends;
  }

  Answer compare(const Side& left) {
    const std::string_view sign = t_.spelling(at_++);
    const Side right = side();
    if (!left.constant || !right.constant) {
      if (!same(left, right)) return Answer::depends;
      return sign == "=" || sign == "==" || sign == "<=" || sign == ">=" || sign == "<=>" ? Answer::always : Answer::depends;
    }
    if (left.end != left.begin + 1 || right.end != right.begin + 1) return Answer::always;  // constants, not worked out
    const bool equal = same(left, right);
    if (sign == "=" || sign == "==" || sign == "<=>") return equal ? Answer::always : Answer::never;
    if (sign == "<>" || sign == "!=") return equal ? Answer::never : Answer::always;
    return Answer::always;
  }

  Answer is_test(const Side& left) {
    const bool negative = eat("NOT");
    const bool null = t_.is(at_, "NULL");
    const bool truth = t_.is(at_, "TRUE");
    (void)side();
    if (!left.constant) return Answer::depends;
    const bool left_null = t_.is(left.begin, "NULL");
    if (null) return left_null != negative ? Answer::always : Answer::never;
    return truth && !negative ? alone(left) : Answer::depends;
  }

  Answer between(const Side& left) {
    const Side low = side();
    (void)eat("AND");
    const Side high = side();
    return left.constant && low.constant && high.constant ? Answer::always : Answer::depends;
  }

  /// A value that is a condition by itself: `1`, `true`, `'1'`, `EXISTS (SELECT 1)`.
  [[nodiscard]] Answer alone(const Side& value) const {
    if (!value.constant) return Answer::depends;
    if (value.end != value.begin + 1) return Answer::always;
    const std::string_view s = t_.spelling(value.begin);
    return base::iequals(s, "FALSE") || base::iequals(s, "NULL") || s == "0" || s == "'0'" || s == "''" || s == "'f'"
               ? Answer::never
               : Answer::always;
  }

  [[nodiscard]] bool same(const Side& a, const Side& b) const {
    if (a.end - a.begin != b.end - b.begin || a.begin == a.end) return false;
    for (std::size_t i = 0; i < a.end - a.begin; ++i) {
      if (!base::iequals(t_.spelling(a.begin + i), t_.spelling(b.begin + i)) || t_.kind(a.begin + i) == TokenKind::hole)
        return false;
      if (t_.kind(a.begin + i) == TokenKind::open) return false;  // `random() = random()`
    }
    return true;
  }

  bool eat(std::string_view word) {
    if (!t_.is(at_, word)) return false;
    ++at_;
    return true;
  }
  bool eat_symbol(std::string_view symbol) {
    if (t_.kind(at_) != TokenKind::symbol || t_.spelling(at_) != symbol) return false;
    ++at_;
    return true;
  }

  const Tokens& t_;
  std::size_t at_;
  int depth_ = 0;
};

bool changes_rows(const Tokens& t) {
  return t.is(0, "DELETE") || (t.is(0, "UPDATE") && !t.is_one_of(1, {"STATISTICS", "EXTENSION"}));
}

/// A hole where the condition may stand: not a value and not the name of the table.
bool may_be_condition(const Tokens& t, std::size_t i) {
  if (t.kind(i) != TokenKind::hole) return false;
  const TokenKind before = t.kind(i - 1);
  return before == TokenKind::string || before == TokenKind::number || before == TokenKind::name || before == TokenKind::close ||
         before == TokenKind::hole ||
         (before == TokenKind::word && !t.is_one_of(i - 1, {"FROM", "UPDATE", "TABLE", "SET", "ONLY"}));
}

}  // namespace

bool reaches_every_row(const Tokens& statement) {
  const bool rows = changes_rows(statement);
  bool altered = false;  // only with a WHERE: `ON DELETE CASCADE` has none
  std::size_t depth = 0;
  if (!rows && !statement.is(0, "ALTER")) return false;
  for (std::size_t i = 1; i < statement.size(); ++i) {
    const TokenKind kind = statement.kind(i);
    if (kind == TokenKind::open) ++depth;
    if (kind == TokenKind::close && depth > 0) --depth;
    if (rows && may_be_condition(statement, i)) return false;
    if (depth != 0 || kind != TokenKind::word) continue;
    altered = altered || (!rows && statement.is_one_of(i, {"DELETE", "UPDATE"}));
    if ((rows || altered) && statement.is(i, "WHERE")) return Condition(statement, i + 1).either() == Answer::always;
  }
  return rows;
}

}  // namespace belay::command::sql
