#include <algorithm>
#include <span>

#include "base/text.h"
#include "command/output/line_filters.h"
#include "command/inline/readers.h"

namespace belay::command::inline_code {

namespace {

using model::HoleTrait;
using model::OpKind;

/// One script: addresses, then a command letter with its argument (GNU sed manual, "sed scripts").
class Sed {
 public:
  Sed(const Text& code, Session& session)
      : code_(code), s_(code.view()), session_(session), space_(session.effects.input().text.value_or(Text::hole(HoleTrait::any))) {}

  void run() {
    while (more() && session_.budget.spend()) {
      skip(" \t\n;{}");
      if (!more()) return;
      address();
      skip(" \t!");
      if (more()) command(s_[i_++]);
    }
  }

 private:
  [[nodiscard]] bool more() const { return i_ < s_.size(); }
  void skip(std::string_view bytes) {
    while (more() && bytes.find(s_[i_]) != std::string_view::npos) ++i_;
  }
  Text until(std::string_view ends) {
    const std::size_t end = std::min(s_.find_first_of(ends, i_), s_.size());
    Text out = code_.substr(i_, end - i_);
    i_ = end;
    return out;
  }

  /// `/re/I`, `\%re%`, `1,5`, `$`, `2~3`, `+4`.
  void address() {
    while (more()) {
      const char c = s_[i_];
      if (c == '/' || (c == '\\' && i_ + 1 < s_.size())) {
        if (c == '\\') ++i_;
        const char delimiter = s_[i_++];
        (void)part(delimiter);
        skip("IM");
      } else if (base::is_digit(c) || std::string_view("$,~+ \t\0", 7).find(c) != std::string_view::npos) {
        ++i_;
      } else {
        return;
      }
    }
  }

  /// Up to the next delimiter that is neither escaped nor in brackets.
  Text part(char delimiter) {
    const std::size_t begin = i_;
    while (more() && s_[i_] != delimiter) i_ += s_[i_] == '\\' ? 2U : 1U;
    i_ = std::min(i_, s_.size());
    Text out = code_.substr(begin, i_ - begin);
    if (more()) ++i_;
    return out;
  }

  void command(char c) {
    switch (c) {
      case 's': return substitute();
      case 'y':
        if (!more()) return;
        {
          const char delimiter = s_[i_++];
          (void)part(delimiter);
          (void)part(delimiter);
        }
        return;
      case 'e': return execute(argument());
      case 'w':
      case 'W': return file(OpKind::write, argument());
      case 'r':
      case 'R': return file(OpKind::read, argument());
      case 'a':
      case 'i':
      case 'c': return text();
      case '#': (void)until("\n"); return;
      case ':':
      case 'b':
      case 't':
      case 'T': (void)until(";\n}"); return;
      default: return;  // no argument that acts: p d q n …
    }
  }

  Text argument() {
    skip(" \t");
    return until("\n");
  }

  /// What is added is printed, among other lines; with `-i`, into the file.
  void text() {
    const auto& argv = session_.effects.invocation().argv;
    session_.all_known = std::any_of(argv.begin(), argv.end(), [](const Text& word) { return word.view().starts_with("-i") || word.view().starts_with("--in-place"); });
    session_.prints = true;
    do {
      skip(" \t");
      if (more() && s_[i_] == '\\' && i_ + 1 < s_.size() && s_[i_ + 1] != '\n') ++i_;
      const Text line = until("\n");
      const bool goes_on = !line.empty() && line.view().back() == '\\';
      const Text added = goes_on ? line.substr(0, line.size() - 1) : line;
      if (!added.empty()) {
        session_.printed.append(added);
        session_.printed.append("\n");
      }
      if (more()) ++i_;
      if (!goes_on) return;
    } while (more());
  }

  void file(OpKind kind, const Text& path) {
    const std::string why = "command of `" + session_.effects.name() + "`";
    if (kind == OpKind::write) (void)session_.effects.write(path, {}, space_, why);
    else (void)session_.effects.file(kind, path, {}, why);
  }

  void execute(const Text& code) {
    if (!base::trim(code.view()).empty()) return run_code(Value::of(code), session_);
    session_.effects.opaque(model::OpaqueReason::unknown_code, "`" + session_.effects.name() + "` runs the lines that it reads");
  }

  void substitute() {
    if (!more()) return;
    const std::size_t begin = i_ - 1;
    const char delimiter = s_[i_++];
    (void)part(delimiter);
    const Text replacement = part(delimiter);
    const Text edit = code_.substr(begin, i_ - begin);
    space_ = filtered("sed", std::span(&edit, 1), space_).value_or(Text::hole(HoleTrait::any));
    while (more() && (base::is_alpha(s_[i_]) || base::is_digit(s_[i_]))) {
      const char flag = s_[i_++];
      if (flag == 'w') return file(OpKind::write, argument());
      if (flag == 'e') execute(command_in(replacement));
    }
  }

  /// The line that `s///e` runs when all of it is replaced: what is taken from the line is not known.
  static Text command_in(const Text& replacement) {
    Text out;
    std::size_t hole = 0;
    const std::string_view s = replacement.view();
    for (std::size_t i = 0; i < s.size(); ++i) {
      const bool escape = s[i] == '\\' && i + 1 < s.size();
      if (s[i] == model::kHole) {
        out.append_hole(replacement.trait(hole++));
      } else if (s[i] == '&' || (escape && base::is_digit(s[i + 1]))) {
        out.append_hole(HoleTrait::any);
        i += escape ? 1 : 0;
      } else {
        if (escape && s[i + 1] != model::kHole) ++i;
        out.append(s.substr(i, 1));
      }
    }
    return out;
  }

  const Text& code_;
  std::string_view s_;
  Session& session_;
  std::size_t i_ = 0;
  Text space_;  ///< all lines, after the substitutions so far
};

}  // namespace

void read_sed(const Text& code, Session& session) { Sed(code, session).run(); }

}  // namespace belay::command::inline_code
