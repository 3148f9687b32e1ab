#include "command/http/graphql.h"

#include <algorithm>

#include "base/text.h"
#include "command/http/escape.h"

namespace belay::command::http {

namespace {

constexpr std::string_view kData = "‹data›";

bool ignored(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ','; }

std::size_t behind_ignored(std::string_view text) {
  std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (i < text.size() && (ignored(text[i]) || text[i] == '#')) {
    if (text[i] == '#') i = std::min(text.find('\n', i), text.size());
    else ++i;
  }
  return i;
}

class Document {
 public:
  explicit Document(const Text& text) : walk_(text) {}

  Text run() {
    while (!walk_.done()) step();
    return std::move(out_);
  }

 private:
  void step() {
    const char c = walk_.peek();
    if (ignored(c)) return gap();
    if (c == '#') return comment();
    if (c == '"') return string();
    if (base::is_name_start(c) || c == model::kHole) return name();
    punctuation(c);
  }

  void gap() {
    blank_ = true;
    walk_.skip();
  }

  void comment() {
    while (!walk_.done() && walk_.peek() != '\n' && walk_.peek() != '\r') walk_.skip();
    blank_ = true;
  }

  void separate() {
    if (blank_ && !out_.empty()) out_.append(" ");
    blank_ = false;
  }

  void string() {
    separate();
    const bool block = walk_.rest().starts_with("\"\"\"");
    walk_.skip(block ? 3 : 1);
    while (!walk_.done() && !(block ? walk_.rest().starts_with("\"\"\"") : walk_.peek() == '"' || walk_.peek() == '\n')) {
      walk_.skip(walk_.peek() == '\\' ? (block && !walk_.rest().starts_with("\\\"\"\"") ? 1 : block ? 4 : 2) : 1);
    }
    walk_.skip(block ? 3 : 1);
    out_.append(kData);
  }

  /// `alias: field` in a selection is `field`; inside parentheses a name with a colon is an argument.
  void name() {
    const std::string_view rest = walk_.rest();
    std::size_t size = 0;
    while (size < rest.size() && (base::is_name_char(rest[size]) || rest[size] == model::kHole)) ++size;
    if (braces_ > 0 && parentheses_ == 0) {
      const std::size_t colon = size + behind_ignored(rest.substr(size));
      if (colon < rest.size() && rest[colon] == ':') return walk_.skip(colon + 1);
    }
    separate();
    for (; size > 0; --size) walk_.copy(out_);
  }

  void punctuation(char c) {
    separate();
    if (c == '(') ++parentheses_;
    if (c == ')' && parentheses_ > 0) --parentheses_;
    if (c == '{' && parentheses_ == 0) ++braces_;
    if (c == '}' && parentheses_ == 0 && braces_ > 0) --braces_;
    walk_.copy(out_);
  }

  Walk walk_;
  Text out_;
  bool blank_ = false;
  int parentheses_ = 0;
  int braces_ = 0;
};

}  // namespace

bool looks_like_graphql(std::string_view text) {
  std::string_view rest = text.substr(behind_ignored(text));
  for (const std::string_view word : {"query", "mutation", "subscription", "fragment"}) {
    if (!rest.starts_with(word)) continue;
    const char after = rest.size() > word.size() ? rest[word.size()] : ' ';
    if (!base::is_name_char(after) && after != '=' && after != '&') return true;
  }
  if (!rest.starts_with("{")) return false;
  rest = rest.substr(1);
  rest = rest.substr(behind_ignored(rest));
  return !rest.empty() && (base::is_name_start(rest[0]) || rest.starts_with("..."));
}

Text normal_graphql(const Text& document) { return Document(document).run(); }

}  // namespace belay::command::http
