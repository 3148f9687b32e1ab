#include <array>
#include <string>

#include "base/text.h"
#include "path/path.h"
#include "path/possible.h"
#include "path/wildcard.h"

namespace belay::path {

namespace {

/// The next component of `rest`, which loses it; slashes before it are skipped.
std::string_view take_component(std::string_view& rest) {
  while (!rest.empty() && rest.front() == '/') rest.remove_prefix(1);
  const std::string_view part = rest.substr(0, rest.find('/'));
  rest.remove_prefix(part.size());
  return part;
}

bool at_end(std::string_view rest) { return rest.empty() || rest == "/"; }

struct Comparison {
  bool wildcards = false;
  Fold fold = Fold::no;

  [[nodiscard]] bool component(std::string_view pattern, std::string_view part) const {
    return wildcards ? wildcard_match(pattern, part, fold) : simple_match(pattern, part, fold);
  }
};

enum class End : std::uint8_t {
  both,        ///< pattern and path end together
  path_first,  ///< the path may end before the pattern: it names a folder above
};

/// Components of `pattern` against those of `path`; `**` is any number of them.
bool match_components(std::string_view pattern, std::string_view path, const Comparison& how, End end) {
  std::string_view after_stars = pattern;  // behind the last `**`
  std::string_view resume;                 // and where its run ends so far
  bool stars = false;
  for (;;) {
    if (at_end(path)) {
      if (end == End::path_first) return true;
      while (!at_end(pattern)) {
        if (take_component(pattern) != "**") return false;
      }
      return true;
    }
    std::string_view rest_of_pattern = pattern;
    const std::string_view wanted = take_component(rest_of_pattern);
    if (wanted == "**") {
      stars = true;
      pattern = after_stars = rest_of_pattern;
      resume = path;
      continue;
    }
    std::string_view rest_of_path = path;
    const std::string_view part = take_component(rest_of_path);
    if (!wanted.empty() && how.component(wanted, part)) {
      pattern = rest_of_pattern;
      path = rest_of_path;
      continue;
    }
    if (!stars) return false;
    (void)take_component(resume);
    path = resume;
    pattern = after_stars;
  }
}

/// Users' homes where only the name of the user is open; those of the password database come by Places. Lower case: `/users/dev` is one on
/// macOS, and nobody has another thing there.
constexpr std::array<std::string_view, 5> kHomeFolders{"/root", "/home/*", "/users/*", "/var/home/*", "/var/root"};

/// Calls `found` with every folder that the anchor may stand for; patterns for any_home. True at the first that answers so.
template <class Found>
bool any_base(Anchor anchor, const Places& places, bool only_known, Found found) {
  const auto all = [&](const std::vector<std::string>& folders) {
    for (const std::string& folder : folders) {
      if (!folder.empty() && found(std::string_view(folder), Fold::no)) return true;
    }
    return false;
  };
  switch (anchor) {
    case Anchor::anywhere: return found(std::string_view("**"), Fold::no);
    case Anchor::root: return found(std::string_view(), Fold::no);
    case Anchor::home: return all(places.homes);
    case Anchor::any_home:
      for (const std::string_view folder : kHomeFolders) {
        const bool open = folder.back() == '*';
        if (!(only_known && open) && found(folder, Fold::yes)) return true;
      }
      return all(places.homes);
    case Anchor::project: return !places.project.empty() && found(std::string_view(places.project), Fold::no);
    case Anchor::cwd: return !places.cwd.empty() && found(std::string_view(places.cwd), Fold::no);
    case Anchor::tmp: return all(places.tmp);
  }
  return false;
}

/// Whether `path` lies below the folder `base` (the rest in `rest`), or is one of the folders that `base` lies in.
enum class Below : std::uint8_t { no, yes, above };
Below strip_base(std::string_view base, Fold letters, std::string_view path, std::string_view& rest) {
  const Comparison how{false, letters};
  while (!at_end(base)) {
    if (at_end(path)) return Below::above;
    if (!how.component(take_component(base), take_component(path))) return Below::no;
  }
  rest = path;
  return Below::yes;
}

Comparison comparison_of(const GlobView& glob) {
  return {glob.kind == GlobKind::wildcards, glob.fold_case ? Fold::yes : Fold::no};
}

bool is_open(char c) { return c == '*' || c == '?' || c == '[' || c == ']' || c == '\\' || c == model::kHole; }

/// A slash that may be absent with the open component behind it.
bool may_vanish(std::string_view s, std::size_t at) { return s[at] == '/' && at + 1 < s.size() && is_open(s[at + 1]); }

enum class Compared : std::uint8_t { different, open, same };

/// From the front, as far as nothing is open in either and both go on; case is not looked at.
Compared compare_begin(std::string_view pattern, std::string_view path) {
  for (std::size_t i = 0; i < pattern.size() && i < path.size(); ++i) {
    if (is_open(pattern[i]) || path[i] == model::kHole) return Compared::open;
    if (base::to_lower(pattern[i]) == base::to_lower(path[i])) continue;
    return may_vanish(pattern, i) || may_vanish(path, i) ? Compared::open : Compared::different;
  }
  return Compared::same;
}

/// The same from behind.
Compared compare_end(std::string_view pattern, std::string_view path) {
  for (std::size_t i = 1; i <= pattern.size() && i <= path.size(); ++i) {
    const char wanted = pattern[pattern.size() - i];
    const char there = path[path.size() - i];
    if (is_open(wanted) || there == model::kHole) return Compared::open;
    if (base::to_lower(wanted) != base::to_lower(there)) return Compared::different;
  }
  return Compared::same;
}

/// Whether a path may be one of the pattern's at all, by the bytes before and behind whatever is open in either of them. Most patterns are about
/// other places, and this is seen without taking either apart (a
/// seventh of the instructions of a replayed call).
class Glance {
 public:
  Glance(const GlobView& glob, std::string_view path, bool whole) : text_(glob.text), path_(path) {
    if (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
    ends_ = !whole || compare_end(text_, path) != Compared::different;
  }

  [[nodiscard]] bool possible(std::string_view base) const {
    if (!ends_) return false;
    const Compared begin = compare_begin(base, path_);
    if (begin != Compared::same || base.size() >= path_.size() || base == "/") return begin != Compared::different;
    const char next = path_[base.size()];
    if (next != '/') return next == model::kHole;
    return compare_begin(text_, path_.substr(base.size() + 1)) != Compared::different;
  }

 private:
  std::string_view text_;
  std::string_view path_;
  bool ends_ = true;
};

/// For certain: every hole taken for one ordinary component or part of one.
bool certainly(const GlobView& glob, std::string_view path, End end, const Places& places) {
  const Glance glance(glob, path, end == End::both);
  const Comparison how = comparison_of(glob);
  if (glob.anchor == Anchor::anywhere) {
    std::string_view rest = path;
    if (!glance.possible("**")) return false;
    for (;;) {  // at every component: `**/` in front of the pattern
      if (match_components(glob.text, rest, how, End::both)) return true;
      if (at_end(rest)) return false;
      if (end == End::path_first && match_components(glob.text, rest, how, end)) return true;
      (void)take_component(rest);
    }
  }
  if (path.empty() || path.front() != '/') return false;  // begins with a hole: may be anywhere
  return any_base(glob.anchor, places, false, [&](std::string_view base, Fold letters) {
    if (!glance.possible(base)) return false;
    std::string_view rest;
    const Below below = strip_base(base, letters, path, rest);
    if (below == Below::above) return end == End::path_first;
    return below == Below::yes && match_components(glob.text, rest, how, end);
  });
}

/// A whole path of which nothing is known, as in `rm "$f"`.
bool is_anything(const Text& path) { return path.size() == 1 && path.hole_count() == 1 && has(path.trait(0), model::HoleTrait::slash); }

bool perhaps(const GlobView& glob, const Text& path, Until until, const Places& places) {
  const Glance glance(glob, path.view(), until == Until::whole);
  Steps text;
  return any_base(glob.anchor, places, true, [&](std::string_view base, Fold) {
    if (!glance.possible(base)) return false;
    if (is_anything(path)) return true;
    if (text.empty()) text = path_steps(path, glob.fold_case);
    Steps pattern;
    if (base == "**") add_components(pattern, "**");
    else add_literal(pattern, base, glob.fold_case);
    add_components(pattern, glob.text);
    return possible(pattern, text, until);
  });
}

/// Whether each hole stands for every name in turn, so that the one file that a pattern names is met if it is there: `~/.aws/*`, what
/// `find ~ -name credentials` picks. A `*` of a shell leaves out names that begin with a dot.
bool takes_every_name(const GlobView& glob, const Text& path) {
  const bool anywhere = glob.anchor == Anchor::anywhere;
  std::string_view pattern = glob.text;
  if (pattern.ends_with('*') && !pattern.ends_with("/*") && !pattern.ends_with("**")) pattern.remove_suffix(1);  // `credentials*`: of all the names one is that
  if ((anywhere && !names_folder(glob)) || has_wildcard(pattern)) return false;
  const bool hidden = glob.text.substr(glob.text.rfind('/') + 1).starts_with('.');
  const std::string_view v = path.view();
  for (std::size_t at = v.find(model::kHole), hole = 0; at != std::string_view::npos; at = v.find(model::kHole, at + 1), ++hole) {
    // Of a pattern that may stand anywhere nothing is said by a search; and a shell's `*` may be all that an exception excuses.
    if (anywhere && (has(path.trait(hole), model::HoleTrait::slash) || !has(path.trait(hole), model::HoleTrait::each))) return false;
    if (has(path.trait(hole), model::HoleTrait::each)) continue;
    if (!has(path.trait(hole), model::HoleTrait::glob) || v.find('/', at) != std::string_view::npos) return false;
    if (hidden && at > 0 && v[at - 1] == '/') return false;
  }
  return true;
}

/// Whether each of the folders below another has what the pattern names, so that the one that the anchor means has it too: `/‹each›/.aws/credentials`.
bool in_every_folder(const GlobView& glob, const Text& path, const Places& places) {
  const std::size_t hole = path.view().find(model::kHole);
  if (glob.anchor == Anchor::anywhere || path.hole_count() != 1 || !has(path.trait(0), model::HoleTrait::each) || !has(path.trait(0), model::HoleTrait::slash)) return false;
  const std::string_view head = path.view().substr(0, hole);
  const std::string_view rest = path.view().substr(hole + 1);
  if (!rest.starts_with('/')) return false;
  return any_base(glob.anchor, places, false, [&](std::string_view base, Fold) {
    return base.starts_with(head) && base.size() > head.size() && match_components(glob.text, rest.substr(1), comparison_of(glob), End::both);
  });
}

Truth ask(const GlobView& glob, const Text& path, bool above, const Places& places) {
  if (certainly(glob, path.view(), above ? End::path_first : End::both, places)) return Truth::yes;
  if (path.literal()) return Truth::no;
  // A beginning of a pattern that may stand anywhere is in every path of which something is open.
  const Until until = above && glob.anchor != Anchor::anywhere ? Until::beginning : Until::whole;
  if (!perhaps(glob, path, until, places)) return Truth::no;
  return !above && (takes_every_name(glob, path) || in_every_folder(glob, path, places)) ? Truth::yes : Truth::maybe;
}

}  // namespace

bool names_folder(const GlobView& glob) {
  const auto slash = glob.text.rfind('/');
  if (slash == std::string_view::npos) return glob.anchor != Anchor::anywhere;
  const std::string_view folder = glob.text.substr(0, slash);
  return !has_wildcard(folder.substr(folder.rfind('/') + 1));
}

bool met_from_above(const GlobView& glob) {
  if (glob.anchor != Anchor::anywhere) return true;
  std::string_view rest = glob.text;
  const std::string_view first = take_component(rest);
  return first.starts_with('.') && !has_wildcard(first) && !at_end(rest);
}

Truth meets(const GlobView& glob, const Text& path, Reach reach, const Places& places) {
  if (!reach.contents_only) return ask(glob, path, reach.recursive && met_from_above(glob), places);
  // Only what lies in the folder: some name in it, or anything further down.
  Text inside = path.view() == "/" ? Text() : path;
  inside.append("/");
  inside.append_hole(model::HoleTrait::none);
  if (certainly(glob, inside.view(), End::both, places)) return Truth::yes;
  const Truth above = ask(glob, path, reach.recursive && met_from_above(glob), places);
  return above == Truth::yes && ask(glob, path, false, places) == Truth::yes ? Truth::no : above;
}

Truth covers(const GlobView& glob, const Text& path, Reach, const Places& places) {
  return ask(glob, path, glob.anchor != Anchor::anywhere, places);
}

std::vector<std::string> folders_named(const GlobView& glob, const Places& places) {
  std::vector<std::string> out;
  if (glob.anchor == Anchor::anywhere) return out;
  std::string inside;  // of the literal components, all but the last
  std::string_view rest = glob.text;
  while (!at_end(rest)) {
    const std::string_view part = take_component(rest);
    if (has_wildcard(part) || at_end(rest)) break;
    inside.append("/").append(part);
  }
  (void)any_base(glob.anchor, places, true, [&](std::string_view base, Fold) {
    std::string folder = base == "/" ? inside : std::string(base) + inside;
    out.push_back(folder.empty() ? "/" : std::move(folder));
    return false;
  });
  return out;
}

Truth match_plain(std::string_view glob, const Text& text) {
  if (wildcard_match(glob, text.view(), Fold::no)) return Truth::yes;
  if (text.literal()) return Truth::no;
  const std::string_view v = text.view();
  if (compare_begin(glob, v) == Compared::different || compare_end(glob, v) == Compared::different) return Truth::no;
  Steps pattern;
  add_wildcards(pattern, glob, Step::Domain::any);
  return possible(pattern, plain_steps(text), Until::whole) ? Truth::maybe : Truth::no;
}

}  // namespace belay::path
