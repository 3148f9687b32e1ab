#include "deploy/policy_text.h"

#include "base/text.h"

namespace belay::deploy {

namespace {

/// Follows strings that go over several lines: what stands in them is no table and no key.
class Inside {
 public:
  [[nodiscard]] bool string() const { return !mark_.empty(); }

  void read(std::string_view line) {
    while (!line.empty()) {
      if (string()) {
        const std::size_t end = line.find(mark_);
        if (end == std::string_view::npos) return;
        line.remove_prefix(end + mark_.size());
        mark_ = {};
        continue;
      }
      const std::size_t at = line.find_first_of("\"'#");
      if (at == std::string_view::npos || line[at] == '#') return;
      line.remove_prefix(at);
      open(line);
    }
  }

 private:
  /// `line` begins with a quote.
  void open(std::string_view& line) {
    for (const std::string_view mark : {std::string_view("\"\"\""), std::string_view("'''")}) {
      if (!line.starts_with(mark)) continue;
      mark_ = mark;
      line.remove_prefix(mark.size());
      return;
    }
    const char quote = line.front();
    std::size_t end = 1;
    while (end < line.size() && line[end] != quote) end += line[end] == '\\' && quote == '"' ? 2U : 1U;
    line.remove_prefix(end < line.size() ? end + 1 : line.size());
  }

  std::string_view mark_;
};

bool is_table(std::string_view line) { return base::trim(line).starts_with('['); }

bool is_policy_table(std::string_view line) {
  line = base::trim(line);
  if (!line.starts_with('[')) return false;
  line = base::trim(line.substr(1));
  if (!line.starts_with("policy")) return false;
  return base::trim(line.substr(6)).starts_with(']');
}

bool is_mode(std::string_view line) {
  line = base::trim(line);
  if (!line.starts_with("mode")) return false;
  return base::trim(line.substr(4)).starts_with('=');
}

/// The line with another value; blanks and comment stay.
std::string replaced(std::string_view line, std::string_view mode) {
  std::size_t begin = line.find('=') + 1;
  while (begin < line.size() && (line[begin] == ' ' || line[begin] == '\t')) ++begin;
  std::size_t end = begin;
  if (end < line.size() && (line[end] == '"' || line[end] == '\'')) {
    end = line.find(line[begin], begin + 1);
    end = end == std::string_view::npos ? line.size() : end + 1;
  } else {
    while (end < line.size() && line[end] != ' ' && line[end] != '#' && line[end] != '\r') ++end;
  }
  return std::string(line.substr(0, begin)) + "\"" + std::string(mode) + "\"" + std::string(line.substr(end));
}

struct Place {
  std::size_t table_end = std::string_view::npos;  ///< where the line after `[policy]` begins
  std::size_t mode = std::string_view::npos;       ///< where the line `mode = …` begins
};

Place find_place(std::string_view text) {
  Place place;
  Inside inside;
  bool in_policy = false;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find('\n', begin);
    end = end == std::string_view::npos ? text.size() : end + 1;
    const std::string_view line = text.substr(begin, end - begin);
    if (!inside.string()) {
      if (is_table(line)) in_policy = is_policy_table(line);
      if (is_policy_table(line)) place.table_end = end;
      if (in_policy && is_mode(line)) place.mode = begin;
    }
    inside.read(line);
    begin = end;
  }
  return place;
}

}  // namespace

std::string with_mode(std::string_view text, std::string_view mode) {
  const Place place = find_place(text);
  const std::string line = "mode = \"" + std::string(mode) + "\"\n";
  std::string out(text);
  if (place.mode != std::string_view::npos) {
    std::size_t end = text.find('\n', place.mode);
    if (end == std::string_view::npos) end = text.size();
    out.replace(place.mode, end - place.mode, replaced(text.substr(place.mode, end - place.mode), mode));
    return out;
  }
  if (place.table_end != std::string_view::npos) {
    if (!out.ends_with('\n') && place.table_end == out.size()) out += '\n';
    return out.insert(place.table_end == text.size() ? out.size() : place.table_end, line);
  }
  if (!out.empty() && !out.ends_with('\n')) out += '\n';
  if (!out.empty()) out += '\n';
  return out + "[policy]\n" + line;
}

}  // namespace belay::deploy
