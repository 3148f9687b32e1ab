#include "regex/possible.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "base/encoding.h"
#include "base/text.h"

namespace belay::regex {

namespace {

constexpr std::size_t kMaxSteps = 1U << 14U;
constexpr int kMaxDepth = 64;

ByteSet range(unsigned first, unsigned last) {
  ByteSet out;
  for (unsigned c = first; c <= last; ++c) out.set(c);
  return out;
}

ByteSet word_bytes() { return range('0', '9') | range('A', 'Z') | range('a', 'z') | range('_', '_'); }

/// RE2's \s has no vertical tab.
ByteSet blanks() { return range('\t', '\n') | range('\f', '\r') | range(' ', ' '); }

/// \d, \w, \s and their opposites.
std::optional<ByteSet> class_escape(char c) {
  switch (c) {
    case 'd': return range('0', '9');
    case 'D': return ~range('0', '9');
    case 'w': return word_bytes();
    case 'W': return ~word_bytes();
    case 's': return blanks();
    case 'S': return ~blanks();
    default: return std::nullopt;
  }
}

std::optional<char> control_escape(char c) {
  switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'f': return '\f';
    case 'v': return '\v';
    case 'a': return '\a';
    default: return std::nullopt;
  }
}

ByteSet both_cases(ByteSet set) {
  for (unsigned c = 'a'; c <= 'z'; ++c) {
    const unsigned big = c - 'a' + 'A';
    if (set[c] || set[big]) set.set(c).set(big);
  }
  return set;
}

unsigned number_of(char c) { return static_cast<unsigned char>(c); }

}  // namespace

/// Writes steps for what it reads; each function returns false at what it does not know.
class PossibleParser {
 public:
  explicit PossibleParser(std::string_view pattern) : rest_(pattern) {}

  std::optional<Possible> run() {
    if (!alternatives(0) || !rest_.empty()) return std::nullopt;
    add({Step::Kind::found, 0, 0});
    return std::move(out_);
  }

 private:
  using Step = Possible::Step;
  using Kind = Step::Kind;

  struct Repeat {
    std::uint32_t least = 1;
    std::optional<std::uint32_t> most = 1;
  };

  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(out_.steps_.size()); }
  void add(Step step) { out_.steps_.push_back(step); }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  char next() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  /// Every alternative but the last is `split, alternative, jump to the end`.
  bool alternatives(int depth) {
    if (depth > kMaxDepth) return false;
    const bool fold = fold_;
    std::vector<std::uint32_t> jumps;
    for (;;) {
      const std::uint32_t begin = here();
      if (!sequence(depth)) return false;
      if (!take('|')) break;
      insert(begin, {Kind::split, begin + 1, here() + 2});
      jumps.push_back(here());
      add({Kind::jump, 0, 0});
    }
    for (const std::uint32_t jump : jumps) out_.steps_[jump].next = here();
    fold_ = fold;
    return here() < kMaxSteps;
  }

  /// Puts a step before what was written from `at` on.
  void insert(std::uint32_t at, Step step) {
    move(at, here(), 1);
    out_.steps_.insert(out_.steps_.begin() + at, step);
  }

  /// Targets inside [begin, end] of the steps written from `begin` on lie `by` further.
  void move(std::uint32_t begin, std::uint32_t end, std::uint32_t by) {
    for (std::uint32_t i = begin; i < end; ++i) {
      Step& step = out_.steps_[i];
      if (step.next >= begin) step.next += by;
      if (step.kind == Kind::split && step.other >= begin) step.other += by;
    }
  }

  bool sequence(int depth) {
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
      const std::uint32_t begin = here();
      if (!atom(depth)) return false;
      while (const auto times = repeat()) {
        if (!apply(begin, *times)) return false;
      }
      if (here() >= kMaxSteps) return false;
    }
    return true;
  }

  std::optional<Repeat> repeat() {
    std::optional<Repeat> times;
    if (take('*')) times = Repeat{0, std::nullopt};
    else if (take('+')) times = Repeat{1, std::nullopt};
    else if (take('?')) times = Repeat{0, 1};
    else times = counted();
    if (times) take('?');  // lazy or not finds the same
    return times;
  }

  /// `{n}`, `{n,}`, `{n,m}`; any other brace is a letter.
  std::optional<Repeat> counted() {
    const auto close = rest_.find('}');
    if (!rest_.starts_with('{') || close == std::string_view::npos) return std::nullopt;
    const std::string_view inside = rest_.substr(1, close - 1);
    const auto comma = inside.find(',');
    const auto least = count(inside.substr(0, comma));
    if (!least) return std::nullopt;
    Repeat times{*least, *least};
    if (comma != std::string_view::npos) {
      times.most = count(inside.substr(comma + 1));
      if (!times.most && comma + 1 != inside.size()) return std::nullopt;
    }
    rest_.remove_prefix(close + 1);
    return times;
  }

  static std::optional<std::uint32_t> count(std::string_view digits) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
  }

  /// The steps from `begin` on, as often as said.
  bool apply(std::uint32_t begin, const Repeat& times) {
    const std::vector<Step> once(out_.steps_.begin() + begin, out_.steps_.end());
    const auto copies = std::uint64_t{times.most ? std::max(*times.most, times.least) : times.least + 1};
    if (begin + copies * (once.size() + 2) >= kMaxSteps) return false;
    out_.steps_.resize(begin);
    for (std::uint32_t i = 0; i < times.least; ++i) again(once, begin);
    if (!times.most) {
      const std::uint32_t split = here();
      add({Kind::split, split + 1, 0});
      again(once, begin);
      add({Kind::jump, split, 0});
      out_.steps_[split].other = here();
      return true;
    }
    for (std::uint32_t i = times.least; i < *times.most; ++i) {
      const std::uint32_t split = here();
      add({Kind::split, split + 1, 0});
      again(once, begin);
      out_.steps_[split].other = here();
    }
    return true;
  }

  void again(const std::vector<Step>& once, std::uint32_t written_at) {
    const std::uint32_t by = here() - written_at;
    for (Step step : once) {
      step.next += by;
      if (step.kind == Kind::split) step.other += by;
      add(step);
    }
  }

  bool bytes(const ByteSet& set) {
    out_.sets_.push_back(fold_ ? both_cases(set) : set);
    add({Kind::bytes, here() + 1, static_cast<std::uint32_t>(out_.sets_.size() - 1)});
    return true;
  }
  bool byte(char c) {
    if (fold_ && number_of(c) >= 0x80U) return false;
    return bytes(range(number_of(c), number_of(c)));
  }
  bool place(Kind kind) {
    add({kind, here() + 1, 0});
    return true;
  }

  bool atom(int depth) {
    const char c = next();
    switch (c) {
      case '(': return group(depth);
      case '[': return set();
      case '.': return bytes(ByteSet().set());
      case '^': return place(Kind::begin);
      case '$': return place(Kind::end);
      case '\\': return escape();
      case '*':
      case '+':
      case '?': return false;
      default: return byte(c);
    }
  }

  bool group(int depth) {
    const bool outer = fold_;
    if (take('?')) {
      while (!rest_.empty() && rest_.front() != ':' && rest_.front() != ')') {
        const char flag = next();
        if (flag == 'i') fold_ = true;
        else if (flag != 's') return false;
      }
      if (take(')')) return true;  // `(?i)`: for the rest of the group around it
      if (!take(':')) return false;
    }
    const bool read = alternatives(depth + 1) && take(')');
    fold_ = outer;
    return read;
  }

  bool escape() {
    if (rest_.empty()) return false;
    const char c = next();
    if (c == 'A') return place(Kind::begin);
    if (c == 'z') return place(Kind::end);
    if (c == 'b' || c == 'B') return place(Kind::jump);
    if (c == 'C') return bytes(ByteSet().set());
    if (const auto set = class_escape(c)) return bytes(*set);
    const auto value = literal_escape(c);
    return value && byte(*value);
  }

  /// The byte that `\c` stands for: a control, `\xHH`, or punctuation itself.
  std::optional<char> literal_escape(char c) {
    if (const auto control = control_escape(c)) return control;
    if (c == 'x') {
      const int high = rest_.size() < 2 ? -1 : base::hex_digit(rest_[0]);
      const int low = high < 0 ? -1 : base::hex_digit(rest_[1]);
      if (low < 0) return std::nullopt;
      rest_.remove_prefix(2);
      return static_cast<char>(high * 16 + low);
    }
    const bool letter = base::is_alpha(c) || base::is_digit(c) || number_of(c) >= 0x80U;
    return letter ? std::nullopt : std::optional<char>(c);
  }

  bool set() {
    const bool negated = take('^');
    ByteSet out;
    for (bool first = true; first || !rest_.starts_with(']'); first = false) {
      if (rest_.empty() || rest_.starts_with("[:")) return false;
      if (!member(out)) return false;
    }
    rest_.remove_prefix(1);
    if (fold_) out = both_cases(out);
    if (!negated) return bytes(out);
    out_.sets_.push_back(~out);
    add({Kind::bytes, here() + 1, static_cast<std::uint32_t>(out_.sets_.size() - 1)});
    return true;
  }

  /// One byte, one range, or one class of a set.
  bool member(ByteSet& out) {
    if (rest_.size() >= 2 && rest_[0] == '\\') {
      if (const auto known = class_escape(rest_[1])) {
        out |= *known;
        rest_.remove_prefix(2);
        return true;
      }
    }
    const auto first = member_byte();
    if (!first) return false;
    auto last = first;
    if (rest_.size() >= 2 && rest_[0] == '-' && rest_[1] != ']') {
      rest_.remove_prefix(1);
      last = member_byte();
    }
    if (!last || number_of(*last) < number_of(*first)) return false;
    out |= range(number_of(*first), number_of(*last));
    return true;
  }

  std::optional<char> member_byte() {
    if (rest_.empty()) return std::nullopt;
    const char c = next();
    if (c != '\\') return c;
    return rest_.empty() ? std::nullopt : literal_escape(next());
  }

  std::string_view rest_;
  bool fold_ = false;
  Possible out_;
};

/// All places of the pattern at once. Holes may be empty: the text may begin behind those that it begins with, and end before its last ones.
class PossibleRun {
 public:
  PossibleRun(const Possible& pattern, std::string_view text)
      : pattern_(pattern),
        text_(text),
        begins_until_(std::min(text.find_first_not_of('\0'), text.size())),
        ends_from_(text.find_last_not_of('\0') + 1),
        now_(pattern.steps_.size()) {}

  bool run(const std::vector<ByteSet>& fillings) {
    std::size_t hole = 0;
    add(0, 0);
    for (std::size_t i = 0; i < text_.size() && !found_; ++i) {
      if (text_[i] != '\0') {
        step(text_[i], i + 1);
      } else {
        fill(hole < fillings.size() ? fillings[hole] : ByteSet().set(), i + 1);
        ++hole;
      }
    }
    return found_;
  }

 private:
  using Kind = Possible::Step::Kind;

  /// The step and all that follow it without a byte, `at` bytes into the text.
  void add(std::uint32_t first, std::size_t at) {
    waiting_.push_back(first);
    while (!waiting_.empty()) {
      const std::uint32_t number = waiting_.back();
      waiting_.pop_back();
      if (now_[number]) continue;
      now_[number] = true;
      const Possible::Step& step = pattern_.steps_[number];
      if ((step.kind == Kind::begin && at > begins_until_) || (step.kind == Kind::end && at < ends_from_)) continue;
      if (step.kind == Kind::bytes) places_.push_back(number);
      else if (step.kind == Kind::found) found_ = true;
      else waiting_.push_back(step.next);
      if (step.kind == Kind::split) waiting_.push_back(step.other);
    }
  }

  void step(char c, std::size_t at) {
    std::vector<std::uint32_t> before;
    before.swap(places_);
    now_.assign(now_.size(), false);
    for (const std::uint32_t number : before) {
      const Possible::Step& step = pattern_.steps_[number];
      if (pattern_.sets_[step.other][number_of(c)]) add(step.next, at);
    }
    add(0, at);
  }

  /// Any number of bytes of the filling: what was reached stays, and what can be reached from there is added until nothing is new.
  void fill(const ByteSet& filling, std::size_t at) {
    for (std::size_t i = 0; i < places_.size() && !found_; ++i) {
      const Possible::Step& step = pattern_.steps_[places_[i]];
      if ((pattern_.sets_[step.other] & filling).any()) add(step.next, at);
    }
  }

  const Possible& pattern_;
  std::string_view text_;
  std::size_t begins_until_;
  std::size_t ends_from_;
  std::vector<bool> now_;
  std::vector<std::uint32_t> places_;  ///< of the steps in `now_` those that wait for a byte
  std::vector<std::uint32_t> waiting_;
  bool found_ = false;
};

std::optional<Possible> Possible::compile(std::string_view pattern) { return PossibleParser(pattern).run(); }

bool Possible::found_in(std::string_view text, const std::vector<ByteSet>& fillings) const {
  return PossibleRun(*this, text).run(fillings);
}

}  // namespace belay::regex
