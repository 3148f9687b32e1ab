#include "command/program/diff.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "command/program/patch_call.h"
#include "command/program/patched.h"
#include "command/program/roles.h"

namespace belay::command::program {

namespace {

/// How many lines a range of `@@ -1,4 +1,6 @@` has, from its sign on: one where no number is said.
std::size_t lines_of(std::string_view head, char sign) {
  const auto begin = head.find(sign);
  if (begin == std::string_view::npos) return 0;
  const std::string_view range = head.substr(begin, head.find(' ', begin) - begin);
  const auto comma = range.find(',');
  std::size_t out = 1;
  if (comma != std::string_view::npos) (void)std::from_chars(range.data() + comma + 1, range.data() + range.size(), out);
  return out;
}

/// `1,3d`, `5c2,4`: a command of ed, or of a plain diff when more numbers follow.
bool is_command(std::string_view v, bool& plain) {
  const std::size_t letter = v.find_first_not_of("0123456789,");
  if (letter == 0 || letter == std::string_view::npos || std::string_view("acd").find(v[letter]) == std::string_view::npos)
    return false;
  plain = letter + 1 < v.size();
  return v.find_first_not_of("0123456789,", letter + 1) == std::string_view::npos;
}

class Patch {
 public:
  Patch(const Text& diff, const Change& change, Effects& effects)
      : diff_(diff), change_(change), effects_(effects), call_(patch_call(effects)) {}

  void run() {
    if (call_.ed) return script(0);
    for (std::size_t begin = 0; begin < diff_.size();) {
      const std::size_t end = std::min(diff_.view().find('\n', begin), diff_.size());
      const bool returns = end > begin && diff_.view()[end - 1] == '\r';
      if (!line(diff_.substr(begin, end - begin - (returns ? 1U : 0U)))) return script(begin);
      begin = end + 1;
    }
    finish();
  }

 private:
  enum class In { header, unified, context_old, context_new, plain };

  /// False for the first line of a script of ed.
  bool line(Text text) {
    const std::size_t blanks = std::min(text.view().find_first_not_of(" \t"), text.size());
    if (in_ != In::header && content(text.substr(std::min(blanks, indent_)))) return true;
    in_ = In::header;
    const std::string_view v = text.view().substr(blanks);
    const bool first = v.starts_with("--- ") || v.starts_with("*** ") || v.starts_with("diff --git ") || v.starts_with("Index:");
    if (first && call_.lenient) indent_ = blanks;
    return header(text.substr(std::min(blanks, indent_)));
  }

  /// Lines of a hunk are content, even those that look like a header (`++ x` added is `+++ x`); it has as many as it says.
  bool content(const Text& text) {
    const std::string_view v = text.view();
    if (in_ == In::unified) {
      if (!v.starts_with('\\') && !counts(v)) return false;
      if (!v.starts_with('\\')) add(!v.starts_with('+'), !v.starts_with('-'), text.substr(1));
      return true;
    }
    if (in_ == In::plain) {
      const bool old = v.starts_with("< ");
      if (old || v.starts_with("> ")) add(old, !old, text.substr(2));
      return old || v.starts_with("> ") || v == "---" || v.starts_with('\\');
    }
    return of_context(text);
  }

  /// `+ `, `- `, `! ` or two blanks before a line. Of a side on which nothing changes the lines may be left out: they are those of the other.
  bool of_context(const Text& text) {
    const std::string_view v = text.view();
    const bool old = in_ == In::context_old;
    const bool marked =
        v.empty() || (v.size() > 1 && v[1] == ' ' && std::string_view(" +-!").find(v[0]) != std::string_view::npos);
    if (marked) add(old, !old, text.substr(2));
    if (marked && (v.empty() || v[0] == ' ')) append_line(text.substr(2), old ? same_before_ : same_after_);
    return marked || v.starts_with('\\');
  }

  static void append_line(const Text& line, Text& to) {
    to.append(line);
    to.append("\n");
  }

  bool counts(std::string_view v) {
    const bool takes_old = !v.starts_with('+');
    const bool takes_new = !v.starts_with('-');
    if ((old_left_ == 0 && new_left_ == 0) || (takes_old && old_left_ == 0) || (takes_new && new_left_ == 0)) return false;
    old_left_ -= takes_old ? 1U : 0U;
    new_left_ -= takes_new ? 1U : 0U;
    return true;
  }

  void add(bool before, bool after, const Text& text) {
    if (hunks_.empty()) return;
    if (before) append_line(text, hunks_.back().before);
    if (after) append_line(text, hunks_.back().after);
  }

  void begin_hunk(In in) {
    complete_hunk();
    hunks_.emplace_back();
    in_ = in;
  }

  void complete_hunk() {
    if (!hunks_.empty() && context_ && hunks_.back().after.empty()) hunks_.back().after = same_before_;
    if (!hunks_.empty() && context_ && hunks_.back().before.empty()) hunks_.back().before = same_after_;
    same_before_ = same_after_ = Text();
  }

  bool header(const Text& text) {
    const std::string_view v = text.view();
    const auto behind = [&](std::size_t n) { return text.substr(n); };
    if (v.starts_with("@@ -")) {
      begin_hunk(In::unified);
      new_left_ = lines_of(v, '+');
      old_left_ = lines_of(v, '-');
      hunks_.back().from_nothing = v.starts_with("@@ -0,0 ");
      hunks_.back().to_nothing = v.find(" +0,0 ") != std::string_view::npos;
    } else if (v.starts_with("***************")) {
      begin_hunk(In::header);
    } else if (context_ && (v.starts_with("*** ") || v.starts_with("--- ")) && (v.ends_with(" ****") || v.ends_with(" ----"))) {
      in_ = v.front() == '*' ? In::context_old : In::context_new;
      if (!hunks_.empty() && v == "*** 0 ****") hunks_.back().from_nothing = true;
      if (!hunks_.empty() && v == "--- 0 ----") hunks_.back().to_nothing = true;
    } else if (v.starts_with("*** ") || v.starts_with("--- ")) {
      names(v.front() == '*', patch_side(call_, behind(4)));
    } else if (v.starts_with("+++ ")) {
      new_ = patch_side(call_, behind(4));
    } else if (v.starts_with("diff --git ")) {
      finish();
      git_ = true;
      named_ = git_name(call_, behind(11));
    } else if (v.starts_with("Index: ")) {
      finish();
      named_ = patch_side(call_, behind(7)).name;
    } else if (v.starts_with('+') && !hunks_.empty()) {
      add(false, true, behind(1));  // more lines than the hunk said
    } else if (git_) {
      extended(text);
    } else {
      return command(v);
    }
    return true;
  }

  bool command(std::string_view v) {
    bool plain = false;
    if (!call_.lenient || !is_command(v, plain)) return true;
    if (plain) begin_hunk(In::plain);
    return plain;
  }

  void names(bool context, PatchSide side) {
    if (!context && context_ && !new_.said()) {
      new_ = std::move(side);
      return;
    }
    if (!hunks_.empty() || new_.said()) finish();
    old_ = std::move(side);
    context_ = context;
  }

  /// The extended headers of git (git-diff(1), "Generating patch text with -p").
  void extended(const Text& text) {
    const std::string_view v = text.view();
    for (const std::string_view word : {"rename from ", "copy from ", "rename to ", "copy to "}) {
      if (!v.starts_with(word)) continue;
      Text name = text.substr(word.size());
      const bool quotes = name.view().starts_with('"');
      if (quotes) name = patch_side({.strip = 0}, name).name;
      (word.find(" to ") == std::string_view::npos ? from_ : to_) = patch_name(call_, name, 1);
      renames_ = renames_ || word.front() == 'r';
    }
    const bool made = v.starts_with("new file mode ");
    const bool removed = v.starts_with("deleted file mode ");
    if (made) old_.absent = true;
    if (removed) new_.absent = true;
    changed_ = changed_ || made || removed || v.starts_with("new mode ") || v.starts_with("GIT binary patch");
  }

  void finish() {
    complete_hunk();
    apply();
    old_ = new_ = {};
    named_ = from_ = to_ = Text();
    git_ = context_ = renames_ = changed_ = false;
    hunks_.clear();
    in_ = In::header;
  }

  void apply() {
    if (call_.reverse) {
      std::swap(old_, new_);
      std::swap(from_, to_);
      for (Hunk& h : hunks_) std::swap(h.before, h.after), std::swap(h.from_nothing, h.to_nothing);
    }
    if (!to_.empty() && !from_.empty()) move();
    const Text& after = !new_.name.empty() || new_.absent ? new_.name : named_;
    const Text& before = !old_.name.empty() || old_.absent ? old_.name : named_;
    const bool something = changed_ || !hunks_.empty() || new_.said();
    if (!something) return;
    if (!call_.file.empty()) return write(call_.file);
    if (new_.absent) return remove(before.empty() ? named_ : before);
    const Text& target = !after.empty() ? after : !named_.empty() ? named_ : before;
    if (!target.empty()) write(target);
    for (const Text& other : {before, named_}) {
      if (call_.lenient && !other.empty() && other != target) write(other);
    }
  }

  [[nodiscard]] std::string why() const { return "file that `" + effects_.name() + "` changes"; }

  void remove(const Text& name) {
    if (!name.empty()) (void)effects_.file(model::OpKind::remove, name, {}, why());
  }

  void move() {
    const std::uint32_t read = effects_.file(model::OpKind::read, from_, {}, why());
    const std::uint32_t written = effects_.write(to_, {}, {}, why());
    effects_.copied(read, written);
    if (renames_) (void)effects_.file(model::OpKind::remove, from_, {}, why());
  }

  void write(const Text& name) {
    const bool made = old_.absent || (hunks_.size() == 1 && hunks_.front().from_nothing);
    const std::optional<Text> known = made ? Text() : effects_.written_text(name);
    const std::optional<Text> whole = known ? patched(*known, hunks_, made) : std::nullopt;
    const Text content = whole ? *whole : readable_part(name.view(), hunks_);
    (void)effects_.write(name, {false, false, true, false, !whole}, content, why());
  }

  void script(std::size_t begin) {
    finish();
    apply_code("vim", diff_.substr(begin), change_, effects_);
  }

  const Text& diff_;
  const Change& change_;
  Effects& effects_;
  const PatchCall call_;
  In in_ = In::header;
  std::size_t indent_ = 0;
  PatchSide old_, new_;
  Text named_;      ///< by `Index:` or the first line of git
  Text from_, to_;  ///< of a renaming or a copy
  bool git_ = false, context_ = false, renames_ = false;
  bool changed_ = false;  ///< without a hunk
  std::vector<Hunk> hunks_;
  Text same_before_, same_after_;            ///< lines of a context diff that stay
  std::size_t old_left_ = 0, new_left_ = 0;  ///< lines that the hunk still has
};

}  // namespace

void apply_patch(const Text& diff, const Change& change, Effects& effects) { Patch(diff, change, effects).run(); }

}  // namespace belay::command::program
