#include <algorithm>

#include "command/expand.h"
#include "command/pattern.h"

namespace belay::command {

namespace {

constexpr HoleTrait kName = HoleTrait::glob | HoleTrait::blank | HoleTrait::empty;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

/// A field that is being put together: the text with live pattern characters as holes, and the same as a pattern.
class Builder {
 public:
  Builder(std::string_view separators, bool glob) : separators_(separators), glob_(glob) {}

  void add(const Piece& piece) {
    if (piece.breaks) return between_items(piece.quoted);
    const std::string_view text = piece.text.view();
    std::size_t hole = 0;
    for (std::size_t i = 0; i < text.size();) {
      if (const std::size_t plain = plain_run(text.substr(i), piece); plain != 0) {
        add_plain(text.substr(i, plain));
        i += plain;
        continue;
      }
      const char c = text[i];
      if (c == model::kHole) add_hole(piece, piece.text.trait(hole++));
      else if (separates(c, piece)) separate(c);
      else i += live(text, i, piece.splits);
      ++i;
    }
    if (piece.quoted) exists_ = true;
    if (exists_) after_blank_ = false;
  }

  std::vector<Field> take() {
    finish();
    return std::move(fields_);
  }

 private:
  /// An empty item of an unquoted list is a field when the separator is no blank.
  void between_items(bool quoted) {
    const bool counts = !quoted && !separators_.empty() && !is_blank(separators_.front());
    if (counts && !exists_) fields_.emplace_back();
    finish();
  }

  [[nodiscard]] bool separates(char c, const Piece& piece) const {
    return !piece.quoted && piece.splits && separators_.find(c) != std::string_view::npos;
  }

  /// How many bytes at the front of `text` stand for themselves.
  [[nodiscard]] std::size_t plain_run(std::string_view text, const Piece& piece) const {
    const auto stands_out = [&](char c) {
      const bool may_be_pattern = glob_ && !piece.quoted && (c == '*' || c == '?' || c == '[');
      return c == model::kHole || may_be_pattern || separates(c, piece);
    };
    return static_cast<std::size_t>(std::find_if(text.begin(), text.end(), stands_out) - text.begin());
  }

  void add_plain(std::string_view bytes) {
    field_.text.append(bytes);
    field_.pattern += quote_pattern(bytes);
    exists_ = true;
  }

  void add_hole(const Piece& piece, HoleTrait trait) {
    // An unquoted value that may hold blanks may be any number of words.
    const bool several = model::has(trait, HoleTrait::blank) || model::has(trait, HoleTrait::empty);
    const bool words = !piece.quoted && piece.splits && several && !model::has(trait, HoleTrait::glob);
    field_.text.append_hole(words ? trait | HoleTrait::words : trait);
    field_.known = false;
    exists_ = true;
  }

  /// Blanks around another separator belong to it.
  void separate(char c) {
    if (exists_) {
      finish();
      after_blank_ = is_blank(c);
    } else if (!is_blank(c)) {
      if (!after_blank_) fields_.emplace_back();
      after_blank_ = false;
    }
  }

  /// One byte of unquoted text, or a whole pattern element; how many bytes more were used.
  std::size_t live(std::string_view text, std::size_t i, bool splits) {
    const char c = text[i];
    const std::size_t bracket = glob_ && c == '[' ? bracket_length(text.substr(i)) : 0;
    const std::string_view ends = splits ? separators_ : std::string_view();
    const bool within = bracket != 0 && text.substr(i, bracket).find('/') == std::string_view::npos &&
                        text.substr(i, bracket).find_first_of(ends) == std::string_view::npos;
    if (!glob_ || (c != '*' && c != '?' && !within)) {
      add_plain(text.substr(i, 1));
      return 0;
    }
    exists_ = true;
    field_.live = true;
    const std::size_t length = within ? bracket : 1;
    field_.pattern += text.substr(i, length);
    const bool again = c == '*' && !field_.text.empty() && field_.text.view().back() == model::kHole &&
                       model::has(field_.text.trait(field_.text.hole_count() - 1), HoleTrait::glob);
    if (!again) field_.text.append_hole(c == '*' ? kName : HoleTrait::glob | HoleTrait::blank);
    return length - 1;
  }

  void finish() {
    if (field_.text.size() > kMaxVariable) field_.text = Text::hole(HoleTrait::any);
    if (exists_) fields_.push_back(std::move(field_));
    field_ = Field();
    exists_ = false;
    after_blank_ = false;
  }

  std::string_view separators_;
  bool glob_;
  Field field_;
  bool exists_ = false;
  bool after_blank_ = false;  ///< a blank ended the field before
  std::vector<Field> fields_;
};

}  // namespace

std::vector<Field> split_pieces(const Pieces& pieces, std::string_view separators, bool glob) {
  Builder builder(separators, glob);
  for (const Piece& piece : pieces) builder.add(piece);
  return builder.take();
}

namespace {

constexpr std::size_t kMostNames = 256;    ///< that a word may become
constexpr std::size_t kMostListed = 4096;  ///< among which they are looked for: a home has hundreds

bool is_live(std::string_view component) {
  for (std::size_t i = 0; i < component.size(); ++i) {
    if (component[i] == '\\') ++i;
    else if (component[i] == '*' || component[i] == '?' || bracket_length(component.substr(i)) != 0) return true;
  }
  return false;
}

/// Whether a name is `*`, `.*`, `.[!.]*` …: everything in the folder, which is better kept as that than listed.
bool takes_all(std::string_view component) {
  return component.find_first_not_of("*.?") == std::string_view::npos || component == ".[!.]*";
}

std::string plain(std::string_view component) {
  std::string out;
  for (std::size_t i = 0; i < component.size(); ++i) {
    if (component[i] == '\\' && i + 1 < component.size()) ++i;
    out.push_back(component[i]);
  }
  return out;
}

/// A path as far as it is made out: as it will be written, and where it lies.
struct Partial {
  std::string written;
  std::string place;
};

/// What `component` may be behind `at`; false when the folder cannot be read.
bool extend(const Partial& at, std::string_view component, bool last, const World& world, std::vector<Partial>& out) {
  const auto next = [&](const std::string& name) {
    return Partial{at.written + name + (last ? "" : "/"), at.place + (at.place.ends_with('/') ? "" : "/") + name};
  };
  if (!is_live(component)) {
    const Partial one = next(plain(component));
    const auto node = world.files->lookup(one.place);
    if (!node) return false;
    if (node->kind != base::NodeKind::missing) out.push_back(one);
    return true;
  }
  const auto names = world.files->list(at.place, kMostListed);
  if (!names) return false;
  for (const std::string& name : *names) {
    if (!matches_pattern(component, name, {false, true})) continue;
    Partial one = next(name);
    const auto node = last ? base::Result<base::Node>() : world.files->lookup(one.place);
    if (!last && (!node || node->kind == base::NodeKind::file)) continue;
    out.push_back(std::move(one));
  }
  return out.size() <= kMostNames;
}

/// Every folder that was found, and everything in it.
std::vector<Text> with_last(const std::vector<Partial>& folders, const Text& whole) {
  const Text last = whole.substr(whole.view().rfind('/') + 1);  // npos + 1 is 0
  std::vector<Text> out;
  for (const Partial& folder : folders) {
    out.emplace_back(folder.written);
    out.back().append(last);
  }
  return out;
}

}  // namespace

std::vector<Text> match_names(const Field& field, const Text& cwd, const World& world) {
  const std::vector<Text> whole{field.text};
  if (!field.live || !field.known || world.files == nullptr || !cwd.literal()) return whole;
  std::string_view rest = field.pattern;
  std::vector<Partial> found{{"", cwd.bytes()}};
  if (rest.starts_with('/')) found = {{"/", "/"}}, rest.remove_prefix(1);
  while (!found.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string_view component = rest.substr(0, slash);
    const bool last = slash == std::string_view::npos;
    if (component.empty()) return whole;
    if (last && takes_all(component)) return with_last(found, field.text);
    std::vector<Partial> next;
    for (const Partial& one : found) {
      if (!extend(one, component, last, world, next)) return whole;
    }
    found = std::move(next);
    if (last) break;
    rest.remove_prefix(slash + 1);
  }
  std::vector<Text> out;
  for (const Partial& one : found) out.emplace_back(one.written);
  return out.empty() ? whole : out;
}

}  // namespace belay::command
