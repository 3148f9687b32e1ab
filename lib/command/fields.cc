#include <algorithm>

#include "command/expand.h"
#include "command/pattern.h"

namespace belay::command {

namespace {

constexpr HoleTrait kName = HoleTrait::glob | HoleTrait::blank | HoleTrait::empty;

/// A field that is being put together: the text with live pattern characters as holes, and the same as a pattern.
class Builder {
 public:
  Builder(std::string_view separators, bool glob) : separators_(separators), glob_(glob) {}

  void add(const Piece& piece) {
    if (piece.breaks) return finish();
    if (piece.quoted) {
      field_.append(piece.text);
      exists_ = true;
      return;
    }
    std::size_t hole = 0;
    for (std::size_t i = 0; i < piece.text.size(); ++i) {
      const char c = piece.text.view()[i];
      if (c == model::kHole) {
        field_.append_hole(trait(piece, hole++));
        exists_ = true;
      } else if (piece.splits && separators_.find(c) != std::string_view::npos) {
        if (exists_ || !field_.empty()) finish();
        else if (c != ' ' && c != '\t' && c != '\n') fields_.emplace_back();
      } else {
        i += live(piece.text.view(), i);
      }
    }
  }

  std::vector<Text> take() {
    finish();
    return std::move(fields_);
  }

 private:
  static HoleTrait trait(const Piece& piece, std::size_t n) {
    const HoleTrait t = piece.text.trait(n);
    // An unquoted value that may hold blanks may be any number of words.
    return piece.splits && model::has(t, HoleTrait::blank) && !model::has(t, HoleTrait::glob) ? t | HoleTrait::words : t;
  }

  /// One byte of unquoted text, or a whole pattern element; how many bytes more were used.
  std::size_t live(std::string_view text, std::size_t i) {
    exists_ = true;
    const char c = text[i];
    if (glob_ && (c == '*' || c == '?')) {
      const bool again = c == '*' && !field_.empty() && field_.view().back() == model::kHole &&
                         model::has(field_.trait(field_.hole_count() - 1), HoleTrait::glob);
      if (!again) field_.append_hole(c == '*' ? kName : HoleTrait::glob | HoleTrait::blank);
      return 0;
    }
    if (glob_ && c == '[') {
      const auto end = text.find(']', i + 2);
      if (end != std::string_view::npos && text.substr(i, end - i).find('/') == std::string_view::npos) {
        field_.append_hole(HoleTrait::glob | HoleTrait::blank);
        return end - i;
      }
    }
    field_.append(text.substr(i, 1));
    return 0;
  }

  void finish() {
    if (exists_ || !field_.empty()) fields_.push_back(std::move(field_));
    field_ = Text();
    exists_ = false;
  }

  std::string_view separators_;
  bool glob_;
  Text field_;
  bool exists_ = false;
  std::vector<Text> fields_;
};

}  // namespace

std::vector<Text> split_pieces(const Pieces& pieces, std::string_view separators, bool glob) {
  Builder builder(separators, glob);
  for (const Piece& piece : pieces) builder.add(piece);
  return builder.take();
}

namespace {

/// Whether a name is `*`, `.*`, `.[!.]*` …: everything in the folder, which is better kept as that than listed.
bool takes_all(const Text& name) {
  for (const char c : name.view()) {
    if (c != model::kHole && c != '.') return false;
  }
  return true;
}

/// The name with holes as `*`, quoted otherwise; empty when some hole is no pattern character.
std::string as_pattern(const Text& name) {
  std::string out;
  std::size_t hole = 0;
  for (const char c : name.view()) {
    if (c != model::kHole) {
      out += quote_pattern(std::string_view(&c, 1));
      continue;
    }
    const HoleTrait t = name.trait(hole++);
    if (!model::has(t, HoleTrait::glob)) return {};
    out += model::has(t, HoleTrait::empty) ? "*" : "?";  // a bracket takes one character as well
  }
  return out;
}

}  // namespace

std::vector<Text> match_names(const Text& field, const Text& cwd, const World& world) {
  constexpr std::size_t kMostNames = 256;
  std::vector<Text> whole{field};
  if (field.literal() || world.files == nullptr) return whole;
  const auto slash = field.view().rfind('/');
  const Text folder = slash == std::string_view::npos ? cwd : slash == 0 ? Text("/") : field.substr(0, slash);
  const Text name = slash == std::string_view::npos ? field : field.substr(slash + 1);
  if (!folder.literal() || folder.view().front() != '/' || takes_all(name)) return whole;
  const std::string pattern = as_pattern(name);
  if (pattern.empty()) return whole;
  const auto names = world.files->list(folder.bytes(), kMostNames);
  if (!names) return whole;
  std::vector<Text> out;
  for (const std::string& n : *names) {
    if (n.front() == '.' && pattern.front() != '.') continue;
    if (matches_pattern(pattern, n)) out.emplace_back(slash == std::string_view::npos ? n : std::string(field.view().substr(0, slash + 1)) + n);
  }
  // What a bracket takes was widened above: the names found are at least those the shell finds. None at all: the word itself.
  return out.empty() ? whole : out;
}

}  // namespace belay::command
