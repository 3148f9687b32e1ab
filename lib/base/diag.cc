#include "base/diag.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace belay::base {

namespace {

std::string_view name_of(Severity s) {
  switch (s) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "error";
}

/// Optimal string alignment: insertions, deletions, substitutions, and two neighbours that changed places, which is how fingers slip.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  const auto same = [&](std::size_t i, std::size_t j) { return to_lower(a[i - 1]) == to_lower(b[j - 1]); };
  std::vector<std::size_t> before;
  std::vector<std::size_t> above(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::vector<std::size_t> row(b.size() + 1, i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same(i, j) ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && same(i - 1, j) && same(i, j - 1);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = std::exchange(above, std::move(row));
  }
  return above[b.size()];
}

/// The window of a long line that keeps the caret visible, and how far it was moved.
struct Window {
  std::string_view text;
  std::size_t skipped;
};

Window around(std::string_view line, std::size_t column, std::size_t width) {
  if (line.size() <= width) return {line, 0};
  const std::size_t skip = column > width / 2 ? std::min(column - width / 2, line.size() - width) : 0;
  return {line.substr(skip, width), skip};
}

std::string snippet(const Diagnostic& d, std::size_t width) {
  const auto at = d.source->position(d.span.begin);
  const std::string number = std::to_string(at.line);
  const std::string gutter(number.size(), ' ');
  auto line = d.source->line(at.line);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  const auto window = around(line, at.column, width > 20 ? width - number.size() - 3 : width);
  const std::size_t caret = at.column - 1 - std::min<std::size_t>(window.skipped, at.column - 1);
  const std::size_t room = window.text.size() > caret ? window.text.size() - caret : 1;
  const std::size_t length = std::clamp<std::size_t>(d.span.end > d.span.begin ? d.span.end - d.span.begin : 1, 1, room);
  std::string shown(window.text);
  std::replace(shown.begin(), shown.end(), '\t', ' ');
  std::string out = gutter + " --> " + d.source->name() + ":" + number + ":" + std::to_string(at.column) + "\n";
  out += gutter + " |\n" + number + " | " + printable(shown) + "\n" + gutter + " | " + std::string(caret, ' ') +
         std::string(length, '^');
  return out + (d.label.empty() ? "" : " " + d.label) + "\n";
}

}  // namespace

bool Diagnostics::has_errors() const {
  return std::any_of(items_.begin(), items_.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
}

std::string render(const Diagnostic& d, std::size_t width) {
  std::string out = std::string(name_of(d.severity)) + "[" + d.code + "]: " + printable(d.message) + "\n";
  std::string gutter = " ";
  if (d.source) {
    out += snippet(d, width);
    gutter = std::string(std::to_string(d.source->position(d.span.begin).line).size() + 1, ' ');
  }
  if (!d.help.empty()) out += gutter + "= help: " + printable(d.help) + "\n";
  return out;
}

std::string_view nearest_name(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const auto candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace belay::base
