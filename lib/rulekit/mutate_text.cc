#include "rulekit/mutate_text.h"

#include <cstddef>

namespace belay::rulekit {

namespace {

using policy::ValueKind;

/// Where alternatives stand in a language of patterns.
struct Syntax {
  char open, separator, close;
  bool whole;  ///< the whole text is a group too
  bool anchors;
};
constexpr Syntax kRegex{'(', '|', ')', true, true};
constexpr Syntax kGlob{'{', ',', '}', false, false};

class Changes {
 public:
  Changes(const Syntax& syntax, std::string_view text) : syntax_(syntax), text_(text) {}

  std::vector<TextChange> all() {
    if (syntax_.whole) groups_.push_back({0});
    while (at_ < text_.size()) step();
    if (syntax_.whole && groups_.size() == 1) close();
    return std::move(out_);
  }

 private:
  /// Where each alternative of a group begins.
  using Group = std::vector<std::size_t>;

  void step() {
    const char c = text_[at_];
    if (c == '\\') return escape();
    if (c == '[') return skip_class();
    if (syntax_.anchors && (c == '^' || c == '$')) without(at_, 1);
    if (c == syntax_.open) groups_.push_back({content()});
    else if (c == syntax_.separator && !groups_.empty()) groups_.back().push_back(at_ + 1);
    else if (c == syntax_.close && groups_.size() > (syntax_.whole ? 1U : 0U)) close();
    ++at_;
  }

  void escape() {
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (syntax_.anchors && std::string_view("bBAz").find(next) != std::string_view::npos && next != '\0') without(at_, 2);
    at_ += 2;
  }

  /// A bracket expression; a `]` that comes first is one of its members.
  void skip_class() {
    std::size_t end = at_ + 1;
    if (end < text_.size() && (text_[end] == '^' || text_[end] == '!')) ++end;
    if (end < text_.size() && text_[end] == ']') ++end;
    while (end < text_.size() && text_[end] != ']') {
      const bool named = text_.substr(end, 2) == "[:";
      if (named) end = std::min(text_.find(":]", end), text_.size()) + 1;
      else if (text_[end] == '\\') ++end;
      ++end;
    }
    at_ = end + 1;
  }

  /// Behind `(`, `(?:`, `(?i:` or `(?P<name>`.
  [[nodiscard]] std::size_t content() const {
    std::size_t begin = at_ + 1;
    if (!syntax_.anchors || begin >= text_.size() || text_[begin] != '?') return begin;
    while (begin < text_.size() && std::string_view(":>)").find(text_[begin]) == std::string_view::npos) ++begin;
    return text_[begin] == ')' ? begin : begin + 1;
  }

  void close() {
    const Group group = groups_.back();
    groups_.pop_back();
    if (group.size() < 2) return;
    for (std::size_t i = 0; i < group.size(); ++i) {
      const bool last = i + 1 == group.size();
      const std::size_t begin = group[i] - (last ? 1U : 0U);
      without(begin, (last ? std::min(at_, text_.size()) : group[i + 1]) - begin);
    }
  }

  void without(std::size_t begin, std::size_t size) {
    std::string left(text_);
    left.erase(begin, size);
    out_.push_back({std::move(left), std::string(text_.substr(begin, size))});
  }

  Syntax syntax_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Group> groups_;
  std::vector<TextChange> out_;
};

bool is_glob(ValueKind kind) {
  return kind == ValueKind::glob || kind == ValueKind::path || kind == ValueKind::option || kind == ValueKind::assignment;
}

/// Where the glob of a value begins; npos when it has none: a text without a wildcard is a name, and so is that of an option.
std::size_t glob_of(ValueKind kind, std::string_view text) {
  if (text.find_first_of("*?[{") == std::string_view::npos) return std::string_view::npos;
  if (kind == ValueKind::glob) return 0;
  if (kind == ValueKind::path) return text.substr(0, 3) == "**/" ? 3 : std::string_view::npos;
  if (kind != ValueKind::option && kind != ValueKind::assignment) return std::string_view::npos;
  const std::size_t equals = text.find('=');
  return equals == std::string_view::npos ? equals : equals + 1;
}

}  // namespace

std::vector<TextChange> changes_of(ValueKind kind, std::string_view text) {
  if (kind == ValueKind::regex) return Changes(kRegex, text).all();
  if (is_glob(kind)) return Changes(kGlob, text).all();
  return {};
}

std::string open_at_begin(ValueKind kind, std::string_view text) {
  std::string out(text);
  const std::size_t begin = glob_of(kind, text);
  if (begin < text.size() && text[begin] != '*') out.insert(begin, 1, '*');
  return out;
}

std::string open_at_end(ValueKind kind, std::string_view text) {
  std::string out(text);
  const bool open = kind == ValueKind::path || glob_of(kind, text) < text.size();
  if (open && !text.empty() && text.back() != '*') out += '*';
  return out;
}

}  // namespace belay::rulekit
