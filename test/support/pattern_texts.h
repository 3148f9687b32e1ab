#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

/// Texts made from the structure of a pattern, so that most of them match it. Whether one really does is for the matcher to say: this
/// knows nothing of assertions, which it takes for nothing.
namespace pattern_texts {

class Numbers {
 public:
  explicit Numbers(std::uint64_t seed = 7) : state_(seed) {}
  std::uint32_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>((state_ >> 33U) % bound);
  }
  char one_of(std::string_view letters) { return letters[below(letters.size())]; }

 private:
  std::uint64_t state_;
};

/// Of a regular expression in the syntax of RE2 (no \Q…\E, no named classes but `[:alpha:]` and its like, which give letters).
class RegexTexts {
 public:
  RegexTexts(std::string_view pattern, Numbers& numbers) : p_(pattern), numbers_(numbers) {}

  std::string next() {
    out_.clear();
    fold_ = false;
    alternation(0, p_.size());
    return out_;
  }

 private:
  using Bytes = std::bitset<256>;

  /// End of the atom that begins at `at`.
  [[nodiscard]] std::size_t atom_end(std::size_t at) const {
    if (p_[at] == '\\') {
      if (p_.substr(at, 3) == "\\x{") return p_.find('}', at) + 1;
      return at + (p_.substr(at, 2) == "\\x" ? 4 : 2);
    }
    if (p_[at] == '[') return class_end(at);
    if (p_[at] != '(') return at + 1;
    for (std::size_t i = at + 1; i < p_.size();) {
      if (p_[i] == ')') return i + 1;
      i = atom_end(i);
    }
    return p_.size();
  }
  [[nodiscard]] std::size_t class_end(std::size_t at) const {
    std::size_t i = at + (p_.substr(at + 1, 1) == "^" ? 2 : 1);
    for (const std::size_t first = i; i < p_.size(); ++i) {
      if (p_[i] == ']' && i > first) return i + 1;
      if (p_[i] == '\\') ++i;
      else if (p_.substr(i, 2) == "[:") i = p_.find(":]", i) + 1;
    }
    return p_.size();
  }

  void alternation(std::size_t begin, std::size_t end) {
    std::vector<std::size_t> cuts{begin};
    for (std::size_t i = begin; i < end; i = atom_end(i)) {
      if (p_[i] == '|') cuts.push_back(i + 1);
    }
    cuts.push_back(end + 1);
    const std::size_t n = numbers_.below(cuts.size() - 1);
    sequence(cuts[n], cuts[n + 1] - 1);
  }
  void sequence(std::size_t at, std::size_t end) {
    while (at < end) {
      const std::size_t next = atom_end(at);
      std::size_t after = next;
      for (unsigned times = repetitions(after); times > 0; --times) atom(at, next);
      at = after;
    }
  }
  /// How often the atom before `at`; `at` moves behind what says so.
  unsigned repetitions(std::size_t& at) {
    unsigned least = 1;
    unsigned most = 1;
    const char c = at < p_.size() ? p_[at] : '\0';
    if (c == '*' || c == '+' || c == '?') {
      least = c == '+' ? 1 : 0;
      most = c == '?' ? 1 : 3;
      ++at;
    } else if (c == '{') {
      const std::size_t close = p_.find('}', at);
      const std::string text(p_.substr(at + 1, close - at - 1));
      least = most = static_cast<unsigned>(std::stoul(text));
      if (const auto comma = text.find(','); comma != std::string::npos) most = comma + 1 < text.size() ? static_cast<unsigned>(std::stoul(text.substr(comma + 1))) : least + 2;
      at = close + 1;
    }
    if (least != most && at < p_.size() && p_[at] == '?') ++at;  // lazy
    return least + numbers_.below(most - least + 1);
  }
  void atom(std::size_t begin, std::size_t end) {
    switch (p_[begin]) {
      case '(': return group(begin + 1, end - 1);
      case '[': return put(members(begin, end));
      case '\\': return escape(begin);
      case '.': return put(~Bytes());
      case '^':
      case '$': return;
      default: return letter(p_[begin]);
    }
  }
  void group(std::size_t begin, std::size_t end) {
    const bool before = fold_;
    if (p_.substr(begin, 3) == "?P<") begin = p_.find('>', begin) + 1;
    else if (p_[begin] == '?') {
      const std::size_t flags = p_.find_first_of(":)", begin);
      if (p_.substr(begin, flags - begin).find('i') != std::string_view::npos) fold_ = true;
      if (flags >= end) return;  // `(?i)`: from here on
      begin = flags + 1;
    }
    alternation(begin, end);
    fold_ = before;
  }
  void escape(std::size_t at) {
    switch (p_[at + 1]) {
      case 'b': case 'B': case 'A': case 'z': return;
      case 'd': case 'D': case 'w': case 'W': case 's': case 'S': return put(named(p_[at + 1]));
      default: return letter(byte_of(at));
    }
  }
  void letter(char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    out_ += fold_ && is_letter && numbers_.below(2) == 0 ? static_cast<char>(c ^ 0x20) : c;
  }
  /// One of `bytes`, rather one that people type.
  void put(const Bytes& bytes) {
    std::string typed;
    std::string all;
    for (unsigned b = 0; b < 256; ++b) {
      if (!bytes[b]) continue;
      all += static_cast<char>(b);
      if (b >= 0x20 && b < 0x7F) typed += static_cast<char>(b);
    }
    if (all.empty()) return;
    letter(numbers_.one_of(typed.empty() || numbers_.below(20) == 0 ? all : typed));
  }
  [[nodiscard]] char byte_of(std::size_t at) const {
    const char c = p_[at + 1];
    if (c == 'x') return static_cast<char>(std::stoul(std::string(p_.substr(at + (p_[at + 2] == '{' ? 3 : 2), 2)), nullptr, 16));
    return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
  }
  static Bytes named(char name) {
    Bytes out;
    for (unsigned b = 0; b < 128; ++b) {
      const char c = static_cast<char>(b);
      const bool digit = c >= '0' && c <= '9';
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      const bool in = (name | 0x20) == 'd' ? digit : (name | 0x20) == 'w' ? digit || letter || c == '_' : c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
      out[b] = in;
    }
    return name < 'a' ? ~out : out;
  }
  [[nodiscard]] Bytes members(std::size_t begin, std::size_t end) const {
    Bytes out;
    std::size_t i = begin + 1;
    const bool negated = p_[i] == '^';
    if (negated) ++i;
    while (i + 1 < end) {
      if (p_.substr(i, 2) == "[:") {
        out |= named('w');
        i = p_.find(":]", i) + 2;
        continue;
      }
      const std::size_t next = p_[i] == '\\' ? atom_end(i) : i + 1;
      if (p_[i] == '\\' && std::string_view("dDwWsS").find(p_[i + 1]) != std::string_view::npos) {
        out |= named(p_[i + 1]);
        i = next;
        continue;
      }
      const auto low = static_cast<unsigned char>(p_[i] == '\\' ? byte_of(i) : p_[i]);
      auto high = low;
      i = next;
      if (i + 2 < end && p_[i] == '-') {
        high = static_cast<unsigned char>(p_[i + 1] == '\\' ? byte_of(i + 1) : p_[i + 1]);
        i = p_[i + 1] == '\\' ? atom_end(i + 1) : i + 2;
      }
      for (unsigned b = low; b <= high; ++b) out[b] = true;
    }
    return negated ? ~out : out;
  }

  std::string_view p_;
  Numbers& numbers_;
  std::string out_;
  bool fold_ = false;
};

}  // namespace pattern_texts
