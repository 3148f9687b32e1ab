#include <algorithm>
#include <optional>

#include "base/text.h"
#include "path/path.h"
#include "policy/compile_parts.h"
#include "policy/condition_table.h"
#include "regex/literals.h"
#include "regex/scanner.h"

namespace belay::policy {

namespace {

using image::Scope;
using model::OpKind;

/// What one condition, or several that stand for each other, offers to be found by.
struct Offer {
  std::vector<Literal> literals;
  bool from_above = false;  ///< one of them comes from a path that a recursive operation meets from above

  [[nodiscard]] std::size_t shortest() const {
    std::size_t least = regex::kLongestLiteral;
    for (const auto& l : literals) least = std::min(least, l.text.size());
    return least;
  }
};
using MaybeOffer = std::optional<Offer>;

/// False when the literal is too short to be searched for: then the whole offer is worth nothing.
bool add_literal(std::string text, Scope scope, Offer& into) {
  if (text.size() < regex::kShortestLiteral) return false;
  text.resize(std::min(text.size(), regex::kLongestLiteral));  // a part of what is required is required too
  into.literals.push_back({std::move(text), static_cast<std::uint32_t>(scope)});
  return true;
}

MaybeOffer offer_of_paths(const Condition& condition) {
  Offer out;
  for (const auto& value : condition.values) {
    const auto globs = path::compile_glob(value.text, path::Case::fold);
    if (!globs) return std::nullopt;
    for (const auto& glob : *globs) {
      if (!add_literal(path::required_literal(glob), Scope::path, out)) return std::nullopt;
      out.from_above = out.from_above || path::met_from_above(glob);
    }
  }
  return out;
}

MaybeOffer offer_of_globs(const Condition& condition, Scope scope) {
  Offer out;
  for (const auto& value : condition.values) {
    if (!add_literal(regex::glob_literal(value.text), scope, out)) return std::nullopt;
  }
  return out;
}

MaybeOffer offer_of_regexes(const Condition& condition, Scope scope) {
  Offer out;
  for (const auto& value : condition.values) {
    const auto literals = regex::required_literals(value.text);
    if (literals.empty()) return std::nullopt;
    for (const auto& literal : literals) {
      if (!add_literal(literal, scope, out)) return std::nullopt;
    }
  }
  return out;
}

MaybeOffer offer_of(const Condition& condition) {
  switch (condition.key) {
    case Key::path: return offer_of_paths(condition);
    case Key::program: return offer_of_globs(condition, Scope::program);
    case Key::host: return offer_of_globs(condition, Scope::host);
    case Key::target: return offer_of_globs(condition, Scope::target);
    case Key::tool: return offer_of_globs(condition, Scope::tool);
    case Key::url: return offer_of_regexes(condition, Scope::url);
    case Key::body: return offer_of_regexes(condition, Scope::body);
    case Key::statement: return offer_of_regexes(condition, Scope::statement);
    case Key::input: return offer_of_regexes(condition, Scope::input);
    case Key::content: return offer_of_regexes(condition, Scope::content);
    case Key::match: return offer_of_regexes(condition, Scope::line);
    // Words of closed sets and conditions that hold against the rule select nothing; `covers` and the rest have no text to search.
    case Key::option:
    case Key::arg:
    case Key::except:
    case Key::covers:
    case Key::recursive:
    case Key::method:
    case Key::engine:
    case Key::env:
    case Key::as:
    case Key::stdin_:
    case Key::via:
    case Key::unless:
    case Key::reason:
    case Key::folder: return std::nullopt;
  }
  return std::nullopt;
}

bool better(const Offer& a, const Offer& b) {
  return a.shortest() != b.shortest() ? a.shortest() > b.shortest() : a.literals.size() < b.literals.size();
}

void keep_better(MaybeOffer offer, MaybeOffer& best) {
  if (offer && !offer->literals.empty() && (!best || better(*offer, *best))) best = std::move(offer);
}

MaybeOffer offer_of(const Conjunction& conditions) {
  MaybeOffer best;
  for (const auto& condition : conditions) keep_better(offer_of(condition), best);
  return best;
}

/// One of several tables holds: together they are found by what any of them is found by.
MaybeOffer offer_of_any(const std::vector<Conjunction>& groups) {
  Offer all;
  for (const auto& group : groups) {
    const auto one = offer_of(group);
    if (!one) return std::nullopt;
    all.literals.insert(all.literals.end(), one->literals.begin(), one->literals.end());
    all.from_above = all.from_above || one->from_above;
  }
  return all;
}

MaybeOffer offer_of(const Rule& rule) {
  MaybeOffer best = offer_of(rule.conditions);
  for (const auto& group : rule.all) keep_better(offer_of(group), best);
  if (!rule.any.empty()) keep_better(offer_of_any(rule.any), best);
  return best;
}

/// Programs that are plain names are looked up, not searched for.
std::vector<std::string> plain_programs(const Rule& rule) {
  std::vector<std::string> out;
  for (const auto& condition : rule.conditions) {
    if (condition.key != Key::program) continue;
    out.clear();
    for (const auto& value : condition.values) {
      if (value.text.find_first_of("*?[\\ ") != std::string::npos) return {};
      out.push_back(value.text);
    }
  }
  return out;
}

/// Kinds whose operations this rule wants to see when they have holes: where its maybe may ask, or it says what a maybe does.
std::uint32_t hole_kinds(const Rule& rule) {
  const std::uint32_t kinds = kinds_of(rule);
  if (rule.unsure == Unsure::pass) return 0;
  if (rule.unsure != Unsure::unset) return kinds;
  std::uint32_t asking = 1U << static_cast<unsigned>(OpKind::remove) | 1U << static_cast<unsigned>(OpKind::query);
  if (names_host(rule)) asking |= 1U << static_cast<unsigned>(OpKind::fetch);
  return kinds & asking;
}

}  // namespace

Selection select(const Rule& rule) {
  Selection out;
  for (const auto& command : rule.commands) out.commands.push_back(command.text);
  if (out.commands.empty()) out.commands = plain_programs(rule);
  if (!out.commands.empty()) return out;
  const auto offer = offer_of(rule);
  if (!offer) {
    out.always = true;
    return out;
  }
  out.literals = offer->literals;
  out.recursive = offer->from_above;
  out.hole_kinds = hole_kinds(rule);
  out.holes = out.hole_kinds != 0;
  return out;
}

}  // namespace belay::policy
