#include <algorithm>

#include "base/text.h"
#include "command/inline/functions.h"

/// Texts in which values take the place of marks: `%s`, `%2$s`, `%(name)s` (printf(3), and what Python, PHP and Ruby add), `{}`, `{1}`, `{name}`
/// (str.format of Python, std::fmt of Rust, std::format of C++).
namespace belay::command::inline_code {

using model::HoleTrait;

namespace {

bool is_text_method(const Call& call) { return call.callee.self && call.callee.self->is_text(); }

Text pattern_of(const Call& call) {
  if (is_text_method(call)) return call.callee.self->text;
  const Value* first = call.positional(0);
  return first == nullptr ? Text::hole(HoleTrait::any) : first->as_text();
}

class Filling {
 public:
  Filling(const Call& call, Walker& walker) : call_(call), walker_(walker), pattern_(pattern_of(call)), s_(pattern_.view()) {
    for (std::size_t i = is_text_method(call) ? 0 : 1; i < call.arguments.size(); ++i) {
      for_each(call.arguments[i], [&](const Value& v) { values_.push_back(v); });
    }
    out_ = Value::of(Text());
  }

  Value percents() {
    while (literal_up_to("%") && !too_long()) {
      if (s_.substr(at_, 2) == "%%") doubled();
      else if (!conversion()) one_byte();
    }
    return taken();
  }

  Value braces() {
    while (literal_up_to("{}") && !too_long()) {
      if (at_ + 1 < s_.size() && s_[at_] == s_[at_ + 1]) doubled();
      else if (!field()) one_byte();
    }
    return taken();
  }

 private:
  static constexpr std::size_t kLongestMark = 40;

  /// False at the end of the pattern.
  bool literal_up_to(std::string_view marks) {
    const std::size_t end = std::min(s_.find_first_of(marks, at_), s_.size());
    out_.text.append(pattern_.substr(at_, end - at_));
    at_ = end;
    return at_ < s_.size();
  }
  void one_byte() { out_.text.append(pattern_.substr(at_++, 1)); }
  void doubled() {
    one_byte();
    ++at_;
  }
  [[nodiscard]] bool too_long() const { return out_.text.size() > kMostText; }
  Value taken() {
    if (too_long()) return {};
    out_.weight = 1 + out_.text.size() / 64;
    return std::move(out_);
  }

  void put(const Value* value, bool character) {
    const long code = character && value != nullptr ? number_of(*value) : -1;
    if (code > 0 && code < 256) out_.text.append(std::string(1, static_cast<char>(code)));
    else out_.text.append(value == nullptr ? Text::hole(HoleTrait::any) : value->as_text());
    if (value != nullptr) out_.inherit(*value);
  }
  [[nodiscard]] const Value* numbered(std::size_t n) const { return n < values_.size() ? &values_[n] : nullptr; }
  const Value* next() { return numbered(next_++); }
  /// Of a key or a field; in Rust of a variable.
  [[nodiscard]] const Value* named(std::string_view name) const {
    if (const Value* given = call_.argument(kNone, name)) return given;
    const auto it = walker_.session().variables.find(std::string(name));
    return walker_.dialect().has(Trait::typed_behind) && it != walker_.session().variables.end() ? &it->second : nullptr;
  }
  static constexpr std::size_t kNone = 1'000'000;  ///< no argument by its place

  static std::string_view digits_at(std::string_view s, std::size_t& k) {
    const std::size_t begin = k;
    while (k < s.size() && base::is_digit(s[k])) ++k;
    return s.substr(begin, k - begin);
  }

  /// `%s`, `%-10.3f`, `%*d`, `%2$s`, `%(name)s`, `%{name}`, `%<name>s`.
  bool conversion() {
    std::size_t k = at_ + 1;
    const Value* value = nullptr;
    bool chosen = false;
    constexpr std::string_view kOpen = "({<";
    constexpr std::string_view kClose = ")}>";
    if (const auto bracket = k < s_.size() ? kOpen.find(s_[k]) : std::string_view::npos; bracket != std::string_view::npos) {
      const std::size_t close = s_.substr(0, k + kLongestMark).find(kClose[bracket], k);
      if (close == std::string_view::npos) return false;
      value = named(s_.substr(k + 1, close - k - 1));
      if (value == nullptr && !base::is_name_start(s_[k + 1])) return false;
      chosen = true;
      k = close + 1;
      if (bracket == 1) return place(value, k, false);
    }
    std::size_t after = k;
    const std::string_view number = digits_at(s_, after);
    if (!number.empty() && s_.substr(after, 1) == "$") {
      value = numbered(static_cast<std::size_t>(std::max(number_of(Value::of(Text(number))) - 1, 0L)));
      chosen = true;
      k = after + 1;
    }
    std::size_t widths = 0;
    for (; k < s_.size() && (base::is_digit(s_[k]) || std::string_view("-+#.*").find(s_[k]) != std::string_view::npos); ++k)
      widths += s_[k] == '*' ? 1U : 0U;
    while (k + 1 < s_.size() && std::string_view("hlLqjz").find(s_[k]) != std::string_view::npos &&
           std::string_view("diouxXeEfgGc").find(s_[k + 1]) != std::string_view::npos)
      ++k;
    if (k >= s_.size() || !base::is_alpha(s_[k]) || k - at_ > kLongestMark) return false;
    next_ += widths;
    if (!chosen) value = next();
    return place(value, k + 1, s_[k] == 'c');
  }

  /// `{}`, `{1}`, `{name:>8}`, `{name.member}`.
  bool field() {
    const std::size_t close = s_.substr(0, at_ + kLongestMark).find('}', at_);
    if (s_[at_] == '}' || close == std::string_view::npos) return false;
    const std::string_view inside = s_.substr(at_ + 1, close - at_ - 1);
    const std::string_view name = inside.substr(0, inside.find_first_of(":!.["));
    std::size_t k = 0;
    const bool number = !name.empty() && digits_at(name, k).size() == name.size();
    const Value* value = number         ? numbered(static_cast<std::size_t>(std::max(number_of(Value::of(Text(name))), 0L)))
                         : name.empty() ? next()
                                        : named(name);
    return place(value, close + 1, false);
  }

  bool place(const Value* value, std::size_t end, bool character) {
    put(value, character);
    at_ = end;
    return true;
  }

  const Call& call_;
  Walker& walker_;
  const Text pattern_;
  std::string_view s_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;
  std::vector<Value> values_;
  Value out_;
};

}  // namespace

Value gives_formatted(const Call& call, Walker& walker) { return Filling(call, walker).percents(); }
Value gives_filled(const Call& call, Walker& walker) { return Filling(call, walker).braces(); }

}  // namespace belay::command::inline_code
