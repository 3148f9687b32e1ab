#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "values_view.h"

/// Holds what bash did against what belay foresaw. For test/support/values_dump.cc.
namespace belay::values {

using Call = std::vector<std::string>;

/// In order of merit.
enum class Grade { exact, superset, hole, wrong };
inline constexpr std::array kGradeNames{"exact", "superset", "hole", "WRONG"};

/// Whether a hole with `traits` may turn into `text`; several words stand with a blank between them.
inline bool may_be(model::HoleTrait traits, std::string_view text) {
  using model::has;
  using model::HoleTrait;
  if (text.empty()) return has(traits, HoleTrait::empty);
  if (!has(traits, HoleTrait::slash) && text.find('/') != std::string_view::npos) return false;
  return has(traits, HoleTrait::blank) || text.find_first_of(" \t\n") == std::string_view::npos;
}

inline bool matches_word(const Text& pattern, std::size_t at, std::size_t hole, std::string_view text) {
  for (; at < pattern.size(); ++at) {
    if (pattern.view()[at] == model::kHole) {
      for (std::size_t length = 0; length <= text.size(); ++length) {
        if (may_be(pattern.trait(hole), text.substr(0, length)) && matches_word(pattern, at + 1, hole + 1, text.substr(length)))
          return true;
      }
      return false;
    }
    if (text.empty() || text.front() != pattern.view()[at]) return false;
    text.remove_prefix(1);
  }
  return text.empty();
}

inline std::string joined(const Call& call, std::size_t begin, std::size_t count) {
  std::string out;
  for (std::size_t i = begin; i < begin + count; ++i) out += (i == begin ? "" : " ") + call[i];
  return out;
}

/// A hole of words may be any number of them, and a live pattern is one name or several.
inline bool matches_call(const std::vector<Text>& words, std::size_t w, const Call& call, std::size_t c) {
  if (w == words.size()) return c == call.size();
  const Text& word = words[w];
  if (word.literal()) return c < call.size() && call[c] == word.bytes() && matches_call(words, w + 1, call, c + 1);
  const bool many = model::has(word.traits(), model::HoleTrait::words);
  const bool names = model::has(word.traits(), model::HoleTrait::glob);
  if (many && word.size() == word.hole_count() && matches_call(words, w + 1, call, c)) return true;
  for (std::size_t count = 1; c + count <= call.size() && (count == 1 || many || names); ++count) {
    if (names && !many && !matches_word(word, 0, 0, call[c + count - 1])) return false;
    const bool whole = names && !many ? true : matches_word(word, 0, 0, joined(call, c, count));
    if (whole && matches_call(words, w + 1, call, c + count)) return true;
  }
  return false;
}

inline bool same_literally(const Seen& seen, const Call& call) {
  if (!seen.opaque.empty() || seen.words.size() != call.size()) return false;
  return std::equal(call.begin(), call.end(), seen.words.begin(),
                    [](const std::string& a, const Text& b) { return b.literal() && b.bytes() == a; });
}

/// `calls` is a part of `seen` in the same order. Something opaque may be any number of calls.
template <class Same>
bool follows(const std::vector<Seen>& seen, std::size_t s, const std::vector<Call>& calls, std::size_t c, bool opaque_helps,
             const Same& same) {
  if (c == calls.size()) return true;
  for (; s < seen.size(); ++s) {
    if (opaque_helps && !seen[s].opaque.empty()) {
      for (std::size_t n = c; n <= calls.size(); ++n) {
        if (follows(seen, s + 1, calls, n, opaque_helps, same)) return true;
      }
      return false;
    }
    if (same(seen[s], calls[c])) return follows(seen, s + 1, calls, c + 1, opaque_helps, same);
  }
  return false;
}

/// The same where commands run side by side, so that their order says nothing.
template <class Same>
bool contains(std::vector<const Seen*> seen, const std::vector<Call>& calls, const Same& same) {
  for (const Call& call : calls) {
    const auto found = std::find_if(seen.begin(), seen.end(), [&](const Seen* one) { return same(*one, call); });
    if (found == seen.end()) return false;
    seen.erase(found);
  }
  return true;
}

inline bool runs_side_by_side(std::string_view command) {
  for (std::size_t i = 0; i < command.size(); ++i) {
    if (command.substr(i, 2) == "&&" || command.substr(i, 2) == "||") ++i;
    else if (command[i] == '|' || command[i] == '&' || command.substr(i, 2) == "<(" || command.substr(i, 2) == ">(" ||
             command.substr(i, 6) == "coproc")
      return true;
  }
  return false;
}

inline Grade grade(const std::string& command, const std::vector<Seen>& seen, const std::vector<Call>& calls) {
  const auto with_holes = [](const Seen& one, const Call& call) {
    return one.opaque.empty() && matches_call(one.words, 0, call, 0);
  };
  const bool opaque = std::any_of(seen.begin(), seen.end(), [](const Seen& one) { return !one.opaque.empty(); });
  std::vector<const Seen*> all;
  for (const Seen& one : seen) all.push_back(&one);
  const bool unordered = runs_side_by_side(command);
  if (follows(seen, 0, calls, 0, false, same_literally) || (unordered && contains(all, calls, same_literally))) {
    if (opaque) return Grade::hole;
    return seen.size() == calls.size() ? Grade::exact : Grade::superset;
  }
  if (follows(seen, 0, calls, 0, true, with_holes) || (unordered && (opaque || contains(all, calls, with_holes))))
    return Grade::hole;
  return Grade::wrong;
}

}  // namespace belay::values
