#include "command/sql/document.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "command/sql/normal.h"

namespace belay::command::sql {

namespace {

bool is_name(char c) { return base::is_name_char(c) || c == '$' || static_cast<unsigned char>(c) >= 0x80; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

int hex_value(char c) {
  if (base::is_digit(c)) return c - '0';
  const char low = base::to_lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

class Reader {
 public:
  Reader(const Text& text, Telling& telling) : slices_(text), v_(text.view()), telling_(telling) {}

  void run() {
    while (at_ < v_.size()) step();
    finish();
  }

 private:
  void step() {
    const char c = v_[at_];
    if (is_blank(c)) return blank();
    if (looking_at("//") || looking_at("/*")) return comment();
    if (c == '"' || c == '\'' || c == '`') return string();
    if (c == '[' && !out_.empty() && (is_name(out_.view().back()) || out_.view().back() == ')' || out_.view().back() == ']'))
      return member();
    if (looking_at("?.")) return plain(".", 2);
    if (is_name(c) || c == model::kHole || c == '\\') return name();
    if (c == ';' && depth_ == 0) {
      ++at_;
      return finish();
    }
    if (c == '(' || c == '{' || c == '[') ++depth_;
    if ((c == ')' || c == '}' || c == ']') && depth_ > 0) --depth_;
    plain(std::string_view(&c, 1), 1);
  }

  [[nodiscard]] bool looking_at(std::string_view s) const { return v_.substr(at_, s.size()) == s; }

  void plain(std::string_view s, std::size_t size) {
    out_.append(s);
    at_ += size;
  }

  /// Between two words one blank stays; a line end outside parentheses ends the statement, unless a member follows.
  void blank() {
    bool line = false;
    for (; at_ < v_.size() && is_blank(v_[at_]); ++at_) line = line || v_[at_] == '\n';
    if (at_ >= v_.size()) return;
    if (line && depth_ == 0 && v_[at_] != '.' && v_[at_] != '?') return finish();
    if (!out_.empty() && is_name(out_.view().back()) && is_name(v_[at_])) out_.append(" ");
  }

  void comment() {
    const bool line = v_[at_ + 1] == '/';
    const std::size_t end = line ? v_.find('\n', at_) : v_.find("*/", at_ + 2);
    at_ = end == std::string_view::npos ? v_.size() : end + (line ? 0 : 2);
  }

  /// `\u0064rop` is `drop`.
  void name() {
    while (at_ < v_.size() && (is_name(v_[at_]) || v_[at_] == model::kHole || v_[at_] == '\\')) {
      if (v_[at_] == '\\') escape(out_);
      else slices_.append(at_++, 1, out_);
    }
  }

  /// One escape of a string or name. Beyond ASCII nothing is spelt that a rule looks for.
  void escape(Text& to) {
    const std::size_t digits = at_ + 1 < v_.size() && v_[at_ + 1] == 'u' ? 4 : at_ + 1 < v_.size() && v_[at_ + 1] == 'x' ? 2 : 0;
    std::size_t i = at_ + 2;
    std::size_t end = i + digits;
    if (digits == 4 && i < v_.size() && v_[i] == '{') end = std::min(v_.find('}', i), v_.size()), ++i;
    unsigned value = 0;
    for (; digits != 0 && i < end && i < v_.size() && hex_value(v_[i]) >= 0; ++i)
      value = value * 16 % 0x1000000 + static_cast<unsigned>(hex_value(v_[i]));
    if (digits == 0) {
      if (at_ + 1 < v_.size()) slices_.append(at_ + 1, 1, to);
      at_ = std::min(at_ + 2, v_.size());
      return;
    }
    const char c = value > 0 && value < 0x80 ? static_cast<char>(value) : '?';
    to.append(std::string_view(&c, 1));
    at_ = std::min(i < v_.size() && v_[i] == '}' ? i + 1 : i, v_.size());
  }

  /// The string at at_, decoded. `${…}` of a template is not known.
  Text literal() {
    const char quote = v_[at_++];
    Text out;
    while (at_ < v_.size() && v_[at_] != quote) {
      if (v_[at_] == '\\') {
        escape(out);
      } else if (quote == '`' && looking_at("${")) {
        out.append_hole(model::HoleTrait::any);
        at_ = std::min(v_.find('}', at_), v_.size() - 1) + 1;
      } else {
        slices_.append(at_++, 1, out);
      }
    }
    if (at_ < v_.size()) ++at_;
    return out;
  }

  void skip_blank() {
    while (at_ < v_.size() && is_blank(v_[at_])) ++at_;
  }

  /// `"a" + 'b'`: what they make.
  Text joined() {
    Text out = literal();
    for (std::size_t before = at_;; before = at_) {
      skip_blank();
      if (at_ < v_.size() && v_[at_] == '+') {
        ++at_;
        skip_blank();
        if (at_ < v_.size() && (v_[at_] == '"' || v_[at_] == '\'')) {
          out.append(literal());
          continue;
        }
      }
      at_ = before;
      return out;
    }
  }

  void string() {
    const Text value = joined();
    skip_blank();
    const bool key =
        at_ < v_.size() && v_[at_] == ':' && !out_.empty() && (out_.view().back() == '{' || out_.view().back() == ',');
    if (key) return out_.append(value);
    if (called("load(")) telling_.sink.effect({EffectKind::script, value, false});
    if (called("execSync(") || called("exec(")) telling_.sink.effect({EffectKind::shell, value, false});
    if (called("run(") || called("runProgram(") || called("runNonMongoProgram(")) run_words(value);
    if (called("removeFile(")) run_words(Text("rm -f"), value);
    if (called("cat(")) telling_.sink.effect({EffectKind::read, value, false});
    if (called("eval(") || called("Function(")) read_document_script(value, telling_);
    out_.append(kData);
  }

  /// `run("rm", "-rf", "x")` of the shell before mongosh: the strings up to the end of the call are the words of a command.
  void run_words(const Text& program) {
    Text line(program);
    const std::size_t begin = at_;
    while (at_ < v_.size() && v_[at_] == ',') {
      ++at_;
      skip_blank();
      const bool text = at_ < v_.size() && (v_[at_] == '"' || v_[at_] == '\'');
      if (!text) break;
      append_word(joined(), line);
      skip_blank();
    }
    if (begin == at_ || at_ >= v_.size() || v_[at_] != ')') line.append(begin == at_ ? Text() : unknown_word());
    telling_.sink.effect({EffectKind::shell, std::move(line), false});
  }

  /// A line of `command` and one word.
  void run_words(Text command, const Text& word) {
    append_word(word, command);
    telling_.sink.effect({EffectKind::shell, std::move(command), false});
  }

  static Text unknown_word() {
    Text out(" ");
    out.append_hole(model::HoleTrait::any);
    return out;
  }

  /// In quotes, if it has none itself.
  static void append_word(const Text& word, Text& line) {
    const bool quotes = word.view().find('\'') == std::string_view::npos;
    line.append(quotes ? " '" : " ");
    line.append(word);
    if (quotes) line.append("'");
  }

  [[nodiscard]] bool called(std::string_view function) const { return out_.view().ends_with(function); }

  /// `x["name"]` is `x.name`, `x[0]` stays, anything else is a member that is not known.
  void member() {
    ++at_;
    skip_blank();
    const bool text = at_ < v_.size() && (v_[at_] == '"' || v_[at_] == '\'' || v_[at_] == '`');
    Text inside = text ? joined() : Text();
    skip_blank();
    const std::size_t close = std::min(v_.find(']', at_), v_.size());
    const std::string_view rest = v_.substr(at_, close - at_);
    if (!text && !rest.empty() && std::all_of(rest.begin(), rest.end(), [](char c) { return base::is_digit(c); })) {
      out_.append("[");
      out_.append(rest);
      out_.append("]");
    } else {
      out_.append(".");
      if (text && rest.empty()) out_.append(inside);
      else out_.append_hole(model::HoleTrait::none);
    }
    at_ = std::min(close + 1, v_.size());
  }

  void finish() {
    telling_.statement(std::exchange(out_, Text()));
    depth_ = 0;
  }

  Slices slices_;
  std::string_view v_;
  Telling& telling_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  Text out_;
};

}  // namespace

void read_document_script(const Text& text, Telling& telling) { Reader(text, telling).run(); }

}  // namespace belay::command::sql
