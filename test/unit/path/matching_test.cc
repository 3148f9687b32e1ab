#include <fnmatch.h>

#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "path/path.h"

/// Patterns of paths against fnmatch(3), which nobody here wrote, and against what holes may be filled with.
namespace belay::path {
namespace {

using model::HoleTrait;
using model::Text;
using model::Truth;

class Draw {
 public:
  std::string component(std::string_view pieces) {
    std::string out;
    for (std::size_t i = 0, size = 1 + below(3); i < size; ++i) out += pieces[below(pieces.size())];
    return out == "." || out == ".." || out.find("**") != std::string::npos ? "a" : out;
  }
  /// `**` in some places.
  std::string pattern() {
    std::string out;
    for (std::size_t i = 0, size = 1 + below(3); i < size; ++i) out += "/" + (below(4) == 0 ? std::string("**") : component("aabbB*?."));
    return out;
  }
  Text path(bool holes) {
    constexpr std::array<HoleTrait, 5> traits{HoleTrait::none, HoleTrait::slash, HoleTrait::empty, HoleTrait::slash | HoleTrait::empty, HoleTrait::glob};
    Text out;
    for (std::size_t i = 0, size = 1 + below(3); i < size; ++i) {
      out.append("/");
      const bool open = holes && below(2) == 0;
      if (!open || below(3) == 0) out.append(component("aabbB."));
      if (open) out.append_hole(traits[below(traits.size())]);
      if (open && below(3) == 0) out.append(component("ab."));
    }
    return out;
  }
  /// What the text may be when it is known.
  std::string filled(const Text& text) {
    std::string out;
    std::size_t hole = 0;
    for (const char c : text.view()) {
      if (c != model::kHole) {
        out += c;
        continue;
      }
      const HoleTrait trait = text.trait(hole++);
      if (has(trait, HoleTrait::empty) && below(2) == 0) continue;
      out += component("aabbB.");
      if (has(trait, HoleTrait::slash) && below(2) == 0) out += "/" + component("aabbB.");
    }
    return out;
  }

 private:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  std::mt19937 random_{20260425};  // NOLINT(cert-msc51-cpp): the same run every time
};

/// `**` as none to four components.
std::vector<std::string> without_stars(const std::string& pattern) {
  const std::size_t at = pattern.find("/**");
  if (at == std::string::npos) return {pattern};
  std::vector<std::string> out;
  std::string stars;
  for (int n = 0; n <= 4; ++n, stars += "/*") {
    for (std::string& one : without_stars(pattern.substr(0, at) + stars + pattern.substr(at + 3))) out.push_back(std::move(one));
  }
  return out;
}

bool by_fnmatch(const std::string& pattern, const std::string& path) {
  for (const std::string& one : without_stars(pattern)) {
    if (one.empty() ? path == "/" : ::fnmatch(one.c_str(), path.c_str(), FNM_PATHNAME) == 0) return true;
  }
  return false;
}

/// As `lexical` leaves it.
bool is_clean(std::string_view path) {
  return path.size() > 1 && path.back() != '/' && path.find("//") == std::string_view::npos && path.find("/./") == std::string_view::npos &&
         path.find("/../") == std::string_view::npos && !path.ends_with("/.") && !path.ends_with("/..");
}

TEST_CASE("path: patterns are those of fnmatch") {
  Draw draw;
  int matched = 0;
  for (int round = 0; round < 40000; ++round) {
    const std::string pattern = draw.pattern();
    const Text path = draw.path(false);
    if (!is_clean(path.view())) continue;
    const auto globs = compile_glob(pattern, Case::exact);
    INFO(pattern << " on " << path.view());
    REQUIRE(globs);
    const bool wanted = by_fnmatch(pattern, path.bytes());
    matched += wanted ? 1 : 0;
    CHECK(meets(globs->front(), path, {}, Places{}) == (wanted ? Truth::yes : Truth::no));
  }
  CHECK(matched > 2000);
}

TEST_CASE("path: what no filling of a hole can be is no, what all may be is not") {
  Draw draw;
  int possible = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::string pattern = draw.pattern();
    const Text path = draw.path(true);
    const auto globs = compile_glob(pattern, Case::exact);
    REQUIRE(globs);
    const Truth said = meets(globs->front(), path, {}, Places{});
    for (int n = 0; n < 8; ++n) {
      const std::string filled = draw.filled(path);
      if (!is_clean(filled) || meets(globs->front(), Text(filled), {}, Places{}) != Truth::yes) continue;
      INFO(pattern << " on " << path.display() << ", say " << filled);
      CHECK(said != Truth::no);
      ++possible;
    }
  }
  CHECK(possible > 2000);
}

TEST_CASE("path: what no filling of a hole in plain text can be is no") {
  Draw draw;
  int possible = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::string pattern = draw.pattern();
    const Text text = draw.path(true);
    const Truth said = match_plain(pattern, text);
    for (int n = 0; n < 8; ++n) {
      const std::string filled = draw.filled(text);
      if (match_plain(pattern, Text(filled)) != Truth::yes) continue;
      INFO(pattern << " on " << text.display() << ", say " << filled);
      CHECK(said != Truth::no);
      ++possible;
    }
  }
  CHECK(possible > 2000);
}

TEST_CASE("path: what a recursive operation meets from above") {
  struct Row {
    const char* pattern;
    const char* path;
    Truth plain, recursive;
  };
  constexpr Row kRows[] = {
      {"/srv/data/db", "/srv/data/db", Truth::yes, Truth::yes},
      {"/srv/data/db", "/srv/data", Truth::no, Truth::yes},
      {"/srv/data/db", "/srv", Truth::no, Truth::yes},
      {"/srv/data/db", "/", Truth::no, Truth::yes},
      {"/srv/data/db", "/srv/dat", Truth::no, Truth::no},
      {"/srv/data/db", "/srv/data/db/x", Truth::no, Truth::no},
      {"/srv/*/db", "/srv/any", Truth::no, Truth::yes},
      {"/srv/**/db", "/srv/a/b", Truth::no, Truth::yes},
      {"**/.claude/settings.json", "/w/.claude", Truth::no, Truth::yes},
      {"**/.claude/settings.json", "/w/.claude/settings.json", Truth::yes, Truth::yes},
      {"**/.claude/settings.json", "/w/.claude/other", Truth::no, Truth::no},
      {"**/.claude/settings.json", "/w", Truth::no, Truth::no},
      {"**/config/master.key", "/w/config", Truth::no, Truth::no},
  };
  for (const Row& row : kRows) {
    INFO(row.pattern << " on " << row.path);
    const auto globs = compile_glob(row.pattern, Case::exact);
    REQUIRE(globs);
    CHECK(meets(globs->front(), Text(row.path), {}, Places{}) == row.plain);
    CHECK(meets(globs->front(), Text(row.path), {true, false}, Places{}) == row.recursive);
  }
}

TEST_CASE("path: a hole that is every name in turn meets the one that a pattern names") {
  struct Row {
    const char* pattern;
    const char* before;
    model::HoleTrait hole;
    const char* behind;
    Truth said;
  };
  using enum model::HoleTrait;
  const Row rows[] = {
      {"/srv/x/credentials", "/srv/x/", glob, "", Truth::yes},
      {"/srv/x/credentials", "/srv/x/cred", glob, "", Truth::yes},
      {"/srv/x/credentials", "/srv/x/", blank, "", Truth::maybe},
      {"/srv/x/credentials", "/srv/", glob, "/credentials", Truth::maybe},
      {"/srv/x/credentials", "/srv/", each | slash, "/credentials", Truth::yes},
      {"/srv/x/credentials", "/srv/", each | slash, "/other", Truth::no},
      {"~/.aws/*", "/", each | slash, "/.aws/credentials", Truth::yes},
      {"~/.aws/*", "/", slash, "/.aws/credentials", Truth::maybe},
      {"~/.aws/*", "/srv/", each | slash, "/.aws/credentials", Truth::no},
      {"/srv/x/.netrc", "/srv/x/", glob, "", Truth::maybe},
      {"/srv/x/.netrc", "/srv/x/", each, "", Truth::yes},
      {"/srv/x/a*b", "/srv/x/", glob, "", Truth::maybe},
      {"**/x/credentials", "/srv/x/", glob, "", Truth::maybe},
  };
  for (const Row& row : rows) {
    Text path(row.before);
    path.append_hole(row.hole);
    path.append(row.behind);
    INFO(row.pattern << " on " << path.display());
    const auto globs = compile_glob(row.pattern, Case::exact);
    REQUIRE(globs);
    Places places;
    places.homes = {"/home/dev"};
    CHECK(meets(globs->front(), path, {}, places) == row.said);
  }
}

}  // namespace
}  // namespace belay::path
