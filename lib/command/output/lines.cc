#include "command/output/lines.h"

#include <algorithm>

namespace belay::command {

namespace {

using model::HoleTrait;

HoleTrait without(HoleTrait set, HoleTrait bits) {
  return static_cast<HoleTrait>(static_cast<unsigned>(set) & ~static_cast<unsigned>(bits));
}

/// The same text, whose holes lost those traits.
Text with_less(const Text& text, HoleTrait bits) {
  Text out;
  std::size_t begin = 0;
  for (std::size_t n = 0; n < text.hole_count(); ++n) {
    const std::size_t at = text.view().find(model::kHole, begin);
    out.append(text.view().substr(begin, at - begin));
    out.append_hole(without(text.trait(n), bits));
    begin = at + 1;
  }
  out.append(text.view().substr(begin));
  return out;
}

Text without_end_slashes(Text path) {
  while (path.size() > 1 && path.view().back() == '/') path = path.substr(0, path.size() - 1);
  return path;
}

}  // namespace

Lines lines_of(const Text& text) {
  Lines out;
  std::size_t hole = 0;
  for (std::string_view rest = text.view(); !rest.empty();) {
    const std::string_view bytes = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(bytes.size() + 1, rest.size()));
    Text line;  // piece by piece: Text::substr would count all holes before it
    std::size_t begin = 0;
    for (std::size_t at = bytes.find(model::kHole); at != std::string_view::npos; at = bytes.find(model::kHole, begin)) {
      line.append(bytes.substr(begin, at - begin));
      line.append_hole(text.trait(hole++));
      begin = at + 1;
    }
    line.append(bytes.substr(begin));
    out.push_back(std::move(line));
  }
  return out;
}

Text text_of(const Lines& lines) {
  Text out;
  for (const Text& line : lines) {
    out.append(line);
    out.append("\n");
  }
  return out;
}

bool all_literal(const Lines& lines) {
  return std::all_of(lines.begin(), lines.end(), [](const Text& line) { return line.literal(); });
}

bool is_many(const Text& line) {
  return has(line.traits(), HoleTrait::blank | HoleTrait::words | HoleTrait::each | HoleTrait::glob);
}

Text some_of(const Text& line) { return with_less(line, HoleTrait::glob); }

Text changed(const Text& line) {
  return line.literal() ? Text::hole(HoleTrait::any)
                        : Text::hole(without(line.traits(), HoleTrait::each | HoleTrait::glob) | HoleTrait::empty);
}

Text last_component(const Text& path) {
  const Text whole = without_end_slashes(path);
  if (whole.view() == "/") return whole;
  const std::size_t slash = whole.view().rfind('/');
  const Text last = whole.substr(slash + 1);  // npos + 1 is 0
  // Without its folder a name is no more one of those that lie there.
  const bool moves = slash != std::string_view::npos || has(last.traits(), HoleTrait::slash);
  return moves ? with_less(last, HoleTrait::slash | HoleTrait::each | HoleTrait::glob) : last;
}

Text before_last_component(const Text& path) {
  const Text whole = without_end_slashes(path);
  const std::size_t slash = whole.view().rfind('/');
  const Text last = whole.substr(slash + 1);  // npos + 1 is 0
  if (has(last.traits(), HoleTrait::slash)) {
    // The last slash is in the hole, or before it.
    const std::size_t hole = whole.view().rfind(model::kHole);
    Text out = some_of(whole.substr(0, hole));
    out.append_hole(without(whole.trait(whole.hole_count() - 1), HoleTrait::each | HoleTrait::glob) | HoleTrait::empty);
    return out;
  }
  if (slash == std::string_view::npos) return Text(".");
  return slash == 0 ? Text("/") : without_end_slashes(whole.substr(0, slash));
}

}  // namespace belay::command
