#include <array>
#include <optional>

#include "base/text.h"
#include "path/compose.h"
#include "path/path.h"
#include "path/wildcard.h"

namespace belay::path {

namespace {

using base::Errc;
using base::Result;

constexpr std::size_t kMaxGlobs = 256;
constexpr std::size_t kMaxBytes = 4096;
constexpr std::size_t kNone = std::string_view::npos;

struct AnchorName {
  std::string_view sign;
  Anchor anchor;
};
constexpr std::array<AnchorName, 5> kAnchors{{
    {"~", Anchor::any_home},
    {"{home}", Anchor::home},
    {"{project}", Anchor::project},
    {"{cwd}", Anchor::cwd},
    {"{tmp}", Anchor::tmp},
}};

std::string ticked(std::string_view s) { return "`" + std::string(s) + "`"; }

const AnchorName* anchor_of(std::string_view pattern) {
  for (const auto& row : kAnchors) {
    const bool named = pattern.substr(0, row.sign.size()) == row.sign;
    if (named && (pattern.size() == row.sign.size() || pattern[row.sign.size()] == '/')) return &row;
  }
  return nullptr;
}

/// Bytes at `i` that braces do not split: an escape, a class, or one ordinary byte; 0 for an unclosed bracket.
std::size_t unit_size(std::string_view s, std::size_t i) {
  if (s[i] == '\\') return std::min<std::size_t>(2, s.size() - i);
  if (s[i] != '[') return 1;
  const auto set = read_class(s.substr(i));
  return set ? set->size : 0;
}

/// The alternatives of the group that opens at `open`, and where it ends.
struct Group {
  std::vector<std::string_view> parts;
  std::size_t end = 0;  ///< behind the closing brace
};

std::optional<Group> read_group(std::string_view s, std::size_t open) {
  Group group;
  std::size_t depth = 0, from = open + 1;
  for (std::size_t i = open; i < s.size();) {
    const bool last = s[i] == '}' && depth == 1;
    if (last || (s[i] == ',' && depth == 1)) {
      group.parts.push_back(s.substr(from, i - from));
      from = i + 1;
    }
    if (last) {
      group.end = i + 1;
      return group;
    }
    if (s[i] == '{') ++depth;
    if (s[i] == '}') --depth;
    i += std::max<std::size_t>(unit_size(s, i), 1);
  }
  return std::nullopt;
}

/// Where the first group begins that is not the name of an anchor at the very front.
std::size_t first_group(std::string_view s) {
  const auto* anchor = anchor_of(s);
  std::size_t i = anchor == nullptr ? 0 : anchor->sign.size();
  while (i < s.size() && s[i] != '{') i += std::max<std::size_t>(unit_size(s, i), 1);
  return i < s.size() ? i : kNone;
}

/// Replaces groups by their alternatives, one at a time from the left, in the order in which they are written.
Result<std::vector<std::string>> expand_braces(std::string_view pattern) {
  std::vector<std::string> done;
  std::vector<std::string> open{std::string(pattern)};  // the next one last
  while (!open.empty()) {
    const std::string s = std::move(open.back());
    open.pop_back();
    const std::size_t at = first_group(s);
    if (at == kNone) {
      done.push_back(s);
      continue;
    }
    const auto group = read_group(s, at);
    if (!group) return base::fail(Errc::invalid, "a brace that is never closed");
    if (group->parts.size() < 2) return base::fail(Errc::invalid, "unknown anchor " + ticked(s.substr(at, group->end - at)));
    for (auto part = group->parts.rbegin(); part != group->parts.rend(); ++part) {
      open.push_back(s.substr(0, at) + std::string(*part) + s.substr(group->end));
    }
    if (open.size() + done.size() > kMaxGlobs) return base::fail(Errc::too_large, "more than 256 alternatives");
  }
  return done;
}

Result<void> check_component(std::string_view part) {
  if (part.empty()) return base::fail(Errc::invalid, "an empty component");
  if (part == "." || part == "..")
    return base::fail(Errc::invalid, "the component " + ticked(part) + " never occurs in a folded path");
  for (std::size_t i = 0; i < part.size();) {
    const std::size_t size = unit_size(part, i);
    if (size == 0) return base::fail(Errc::invalid, "a bracket that is never closed");
    if (part[i] == '\\' && size < 2) return base::fail(Errc::invalid, "a backslash at the end of a component");
    if (part[i] == '}') return base::fail(Errc::invalid, "a brace that was never opened");
    i += size;
  }
  return {};
}

/// Runs of `*` inside a component mean what one does.
std::string squeezed(std::string_view part) {
  if (part == "**") return "**";
  std::string out;
  for (std::size_t i = 0; i < part.size();) {
    const std::size_t size = unit_size(part, i);
    if (part[i] != '*' || out.empty() || part[i - 1] != '*') out += part.substr(i, size);
    i += size;
  }
  return out;
}

bool needs_wildcards(std::string_view part) {
  const std::size_t star = part.find('*');
  return part.find_first_of("?[\\") != kNone || (star != kNone && part != "**" && part.find('*', star + 1) != kNone);
}

Result<PathGlob> compile_tail(std::string_view tail, PathGlob glob) {
  std::string_view previous;
  for (const auto part : tail.empty() ? std::vector<std::string_view>{} : base::split(tail, '/')) {
    BELAY_CHECK(check_component(part));
    if (part == "**" && previous == "**") continue;
    if (glob.text.empty() && part == "**" && glob.anchor == Anchor::anywhere && part.size() != tail.size()) continue;
    const std::string compact = squeezed(part);
    if (!glob.text.empty()) glob.text += '/';
    glob.text += compact;
    if (needs_wildcards(compact)) glob.kind = GlobKind::wildcards;
    previous = part;
  }
  if (glob.fold_case) glob.text = base::lower(glob.text);
  // `**` alone is every path: the one pattern that is anchored at the root and anywhere at once.
  if (glob.text == "**" && glob.anchor == Anchor::anywhere) glob.anchor = Anchor::root;
  return glob;
}

Result<PathGlob> compile_one(std::string_view pattern, Case letters) {
  PathGlob glob;
  glob.fold_case = letters == Case::fold;
  if (const auto* row = anchor_of(pattern)) {
    glob.anchor = row->anchor;
    pattern.remove_prefix(row->sign.size());
    if (pattern == "/") return base::fail(Errc::invalid, "an empty component");
  } else if (!pattern.empty() && pattern[0] == '/') {
    glob.anchor = Anchor::root;
  } else if (!pattern.empty() && pattern[0] == '~') {
    return base::fail(Errc::invalid, ticked(pattern.substr(0, pattern.find('/'))) +
                                         " is one user's home: write `~` for any, `{home}` for the actor's");
  } else if (!pattern.empty() && pattern[0] == '!') {
    return base::fail(Errc::invalid, "a leading `!`: exceptions are written in `except`");
  }
  if (glob.anchor == Anchor::anywhere && pattern.empty()) return base::fail(Errc::invalid, "an empty pattern");
  if (glob.anchor != Anchor::anywhere && !pattern.empty()) pattern.remove_prefix(1);
  return compile_tail(pattern, std::move(glob));
}

}  // namespace

Result<std::vector<PathGlob>> compile_glob(std::string_view pattern, Case letters) {
  if (pattern.size() > kMaxBytes) return base::fail(Errc::too_large, "longer than 4096 bytes");
  if (pattern.find(model::kHole) != kNone) return base::fail(Errc::invalid, "a NUL byte");
  const auto form = composed(pattern);
  BELAY_TRY(const auto spelled, expand_braces(form ? *form : pattern));
  std::vector<PathGlob> globs;
  globs.reserve(spelled.size());
  for (const auto& one : spelled) {
    BELAY_TRY(auto glob, compile_one(one, letters));
    globs.push_back(std::move(glob));
  }
  return globs;
}

std::string required_literal(const GlobView& glob) {
  std::string best, run;
  const auto flush = [&] {
    if (!run.empty() && run.back() == '/') run.pop_back();
    if (run.size() > best.size()) best = run;
    run.clear();
  };
  const std::string_view text = glob.text;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = std::max<std::size_t>(unit_size(text, i), 1);
    const char c = text[i];
    if (c == '*' || c == '?' || c == '[') flush();
    else if (c != '/' || !run.empty()) run += base::to_lower(c == '\\' ? text[i + 1] : c);
    i += size;
  }
  flush();
  return best;
}

}  // namespace belay::path
