#include "command/program/config_file.h"

#include <string>
#include <string_view>

#include "base/text.h"
#include "command/program/settings.h"

namespace belay::command::program {

namespace {

/// git-config(1), "Syntax".
class ConfigFile {
 public:
  ConfigFile(std::string_view language, const Text& text, const Change& change, Effects& effects)
      : language_(language), text_(text), v_(text.view()), change_(change), effects_(effects) {}

  void run() {
    constexpr std::string_view kMark = "\xef\xbb\xbf";
    if (v_.starts_with(kMark)) at_ = kMark.size();
    while (more()) {
      skip_blanks();
      if (!more()) return;
      if (peek() == '[') section();  // a setting may stand behind it
      else if (peek() == '\n') ++at_;
      else if (peek() == '#' || peek() == ';') line_end();
      else setting();
    }
  }

 private:
  [[nodiscard]] bool more() const { return at_ < v_.size(); }
  [[nodiscard]] char peek() const { return v_[at_]; }
  /// A carriage return belongs to the end of its line.
  [[nodiscard]] bool returns() const { return peek() == '\r' && v_.substr(at_ + 1, 1) == "\n"; }
  void skip_blanks() {
    while (more() && (peek() == ' ' || peek() == '\t' || peek() == '\r')) ++at_;
  }
  void line_end() { at_ = std::min(v_.find('\n', at_), v_.size()); }

  /// `[section]`, `[section.sub]`, `[section "sub"]`: in quotes a backslash stands for what follows it.
  void section() {
    section_.clear();
    bool quotes = false;
    for (++at_; more() && peek() != '\n'; ++at_) {
      if (!quotes && peek() == ']') return (void)++at_;
      if (peek() == '"') {
        if (!quotes) section_ = std::string(base::trim(section_)) + ".";
        quotes = !quotes;
        continue;
      }
      if (quotes && peek() == '\\' && at_ + 1 < v_.size()) ++at_;
      section_ += peek();
    }
  }

  void setting() {
    const std::size_t begin = at_;
    at_ = std::min(v_.find_first_of("=\n#;", at_), v_.size());
    const std::string key(base::trim(v_.substr(begin, at_ - begin)));
    if (!more() || peek() != '=') return line_end();  // without a value it is a truth value
    ++at_;
    skip_blanks();
    Text setting(section_ + "." + key + "=");
    setting.append(value());
    if (!section_.empty()) apply_setting(language_, setting, change_, effects_);
  }

  /// Up to the end of a line that does not end in a backslash: without quotes, comments, and blanks at its end.
  Text value() {
    Text out;
    std::size_t kept = 0;  // with what stands in quotes
    bool quotes = false;
    for (; more() && peek() != '\n'; ++at_) {
      if (!quotes && (peek() == '#' || peek() == ';')) {
        line_end();
        break;
      }
      if (returns()) continue;
      if (peek() == '"') {
        quotes = !quotes;
        kept = out.size();
        continue;
      }
      if (peek() == '\\' && at_ + 1 < v_.size()) {
        escape(out);
        kept = out.size();
        continue;
      }
      const bool blank = peek() == ' ' || peek() == '\t';
      out.append(text_.substr(at_, 1));
      if (!blank || quotes) kept = out.size();
    }
    return out.substr(0, kept);
  }

  void escape(Text& out) {
    ++at_;
    if (returns()) ++at_;
    switch (peek()) {
      case '\n': return;  // the value goes on with the next line
      case 'n': return out.append("\n");
      case 't': return out.append("\t");
      case 'b': return out.append("\b");
      default: return out.append(text_.substr(at_, 1));
    }
  }

  std::string_view language_;
  const Text& text_;
  std::string_view v_;
  const Change& change_;
  Effects& effects_;
  std::size_t at_ = 0;
  std::string section_;
};

}  // namespace

void read_config_file(std::string_view language, const Text& text, const Change& change, Effects& effects) {
  ConfigFile(language, text, change, effects).run();
}

}  // namespace belay::command::program
