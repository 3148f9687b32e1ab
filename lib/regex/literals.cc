#include "regex/literals.h"

#include <re2/filtered_re2.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "base/text.h"
#include "regex/options.h"

namespace belay::regex {

namespace {

constexpr int kGoodAtom = 3;   ///< shorter ones are in too many texts
constexpr int kLeastAtom = 2;  ///< better than none at all

/// Asks RE2 whether a pattern could match a text that has just some of its atoms.
class Atoms {
 public:
  Atoms(std::string_view pattern, int least) : filter_(least) {
    int id = 0;
    if (filter_.Add(re2::StringPiece(pattern.data(), pattern.size()), pattern_options(), &id) != RE2::NoError) return;
    filter_.Compile(&atoms_);
  }

  [[nodiscard]] const std::vector<std::string>& all() const { return atoms_; }
  /// Nothing can match a text in which only the atoms with `present` set occur.
  [[nodiscard]] bool excluded(const std::vector<bool>& present) const {
    std::vector<int> ids;
    for (std::size_t i = 0; i < present.size(); ++i) {
      if (present[i]) ids.push_back(static_cast<int>(i));
    }
    std::vector<int> potentials;
    filter_.AllPotentials(ids, &potentials);
    return potentials.empty();
  }

 private:
  re2::FilteredRE2 filter_;
  std::vector<std::string> atoms_;
};

/// Indices from the shortest atom up; equal lengths by text, so that the result does not depend on RE2's order.
std::vector<std::size_t> by_length(const std::vector<std::string>& atoms) {
  std::vector<std::size_t> order(atoms.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return atoms[a].size() != atoms[b].size() ? atoms[a].size() < atoms[b].size() : atoms[a] < atoms[b];
  });
  return order;
}

/// Leaves out one atom after the other, the shortest first, as long as a text without the remaining ones is still excluded.
std::vector<std::string> blocking_set(const Atoms& atoms) {
  const auto& all = atoms.all();
  std::vector<bool> present(all.size(), false);
  if (all.empty() || !atoms.excluded(present)) return {};
  for (const std::size_t i : by_length(all)) {
    present[i] = true;
    if (!atoms.excluded(present)) present[i] = false;
  }
  std::vector<std::string> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!present[i]) out.push_back(all[i]);
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// An atom without which nothing matches, the longest of them.
std::vector<std::string> single(const Atoms& atoms) {
  const auto& all = atoms.all();
  const auto order = by_length(all);
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    std::vector<bool> present(all.size(), true);
    present[*i] = false;
    if (atoms.excluded(present)) return {all[*i]};
  }
  return {};
}

std::size_t shortest(const std::vector<std::string>& set) {
  std::size_t least = set.empty() ? 0 : set.front().size();
  for (const auto& s : set) least = std::min(least, s.size());
  return least;
}

}  // namespace

std::vector<std::string> required_literals(std::string_view pattern) {
  for (const int least : {kGoodAtom, kLeastAtom}) {
    const Atoms atoms(pattern, least);
    auto set = blocking_set(atoms);
    if (set.empty()) continue;
    auto one = single(atoms);
    return shortest(one) >= shortest(set) ? one : set;
  }
  return {};
}

std::string glob_literal(std::string_view glob) {
  std::string_view best;
  std::size_t begin = 0;
  const auto close_run = [&](std::size_t end, std::size_t next) {
    if (end - begin > best.size()) best = glob.substr(begin, end - begin);
    begin = next;
  };
  std::size_t i = 0;
  while (i < glob.size()) {
    const char c = glob[i];
    std::size_t next = i + 1;
    if (c == '[') {
      const bool negated = glob.substr(next, 1) == "!" || glob.substr(next, 1) == "^";
      const auto end = glob.find(']', next + (negated ? 2 : 1));
      next = end == std::string_view::npos ? glob.size() : end + 1;
    }
    // A backslash may quote what follows: whatever it does, it is in no run.
    if (c == '\\') next = std::min(i + 2, glob.size());
    if (c == '*' || c == '?' || c == '[' || c == '\\') close_run(i, next);
    i = next;
  }
  close_run(glob.size(), glob.size());
  return base::lower(best);
}

bool contains_folded(std::string_view text, std::string_view literal) {
  if (literal.empty()) return true;
  if (text.size() < literal.size()) return false;
  const char low = literal.front();
  const char high = low >= 'a' && low <= 'z' ? static_cast<char>(low - 'a' + 'A') : low;
  const std::size_t last = text.size() - literal.size();
  for (std::size_t i = 0; i <= last; ++i) {
    if (text[i] != low && text[i] != high) continue;
    std::size_t n = 1;
    while (n < literal.size() && base::to_lower(text[i + n]) == literal[n]) ++n;
    if (n == literal.size()) return true;
  }
  return false;
}

}  // namespace belay::regex
