#include "path/possible.h"

#include <algorithm>

#include "base/text.h"
#include "path/wildcard.h"

namespace belay::path {

namespace {

using Kind = Step::Kind;
using Domain = Step::Domain;
using model::HoleTrait;

constexpr std::size_t kMaxStates = 1U << 20U;

Step byte_step(char c) { return {Kind::byte, Domain::any, c, 0, {}}; }
Step range_step(Kind kind, Domain domain) { return {kind, domain, 0, 0, {}}; }

void add_hole(Steps& steps, HoleTrait trait) {
  const Domain domain = has(trait, HoleTrait::slash) ? Domain::any : Domain::no_slash;
  const bool empty = has(trait, HoleTrait::empty) || has(trait, HoleTrait::words);
  if (!empty) steps.push_back(range_step(Kind::one, domain));
  steps.push_back(range_step(Kind::many, domain));
}

bool in_domain(char c, Domain domain) { return domain == Domain::any || c != '/'; }

/// Is there a byte that both steps can be?
bool share_byte(const Step& pattern, const Step& text) {
  const bool exact = text.kind == Kind::byte || text.kind == Kind::skip;
  switch (pattern.kind) {
    case Kind::byte:
    case Kind::skip: return exact ? pattern.c == text.c : in_domain(pattern.c, text.domain);
    case Kind::folders: return exact ? text.c == '/' : text.domain == Domain::any;
    case Kind::set: return !exact || read_class(pattern.body)->contains(text.c);
    case Kind::one:
    case Kind::many: return !exact || in_domain(text.c, pattern.domain);
  }
  return true;
}

bool repeats(const Step& step) { return step.kind == Kind::many; }

/// How many steps may be left out at `step`, itself included; 0: none.
std::size_t leave_out(const Step& step) {
  switch (step.kind) {
    case Kind::many: return 1;
    case Kind::folders: return 2;
    case Kind::skip: return 1 + step.count;
    case Kind::byte:
    case Kind::one:
    case Kind::set: return 0;
  }
  return 0;
}

/// The states (place in the pattern, place in the text) seen so far, and those still to be looked at.
class Product {
 public:
  Product(const Steps& pattern, const Steps& text)
      : pattern_(pattern), text_(text), seen_((pattern.size() + 1) * (text.size() + 1)) {
    constexpr std::size_t kTypical = 64;
    open_.reserve(kTypical);
  }

  bool run(Until until) {
    visit(0, 0);
    while (!open_.empty()) {
      const auto [p, t] = open_.back();
      open_.pop_back();
      if (t == text_.size() && ends(p, until)) return true;
      advance(p, t);
    }
    return false;
  }

 private:
  [[nodiscard]] bool ends(std::size_t p, Until until) const {
    if (p == pattern_.size()) return true;
    const Step& step = pattern_[p];
    return until == Until::beginning && (step.kind == Kind::folders || (step.kind == Kind::byte && step.c == '/'));
  }

  void visit(std::size_t p, std::size_t t) {
    const std::size_t state = p * (text_.size() + 1) + t;
    if (seen_[state]) return;
    seen_[state] = true;
    open_.emplace_back(p, t);
  }

  void advance(std::size_t p, std::size_t t) {
    if (p < pattern_.size()) {
      if (const std::size_t n = leave_out(pattern_[p])) visit(p + n, t);
    }
    if (t < text_.size()) {
      if (const std::size_t n = leave_out(text_[t])) visit(p, t + n);
    }
    if (p == pattern_.size() || t == text_.size() || !share_byte(pattern_[p], text_[t])) return;
    visit(repeats(pattern_[p]) ? p : p + 1, repeats(text_[t]) ? t : t + 1);
    // A repeated step may also end with this byte; leave_out gets there by itself from the state above.
  }

  const Steps& pattern_;
  const Steps& text_;
  std::vector<bool> seen_;
  std::vector<std::pair<std::size_t, std::size_t>> open_;
};

/// Steps that a part of a path gives; true when all of it may be empty.
bool add_part(Steps& steps, std::string_view part, const Text& path, std::size_t& hole, bool fold) {
  bool may_vanish = !part.empty();
  for (const char c : part) {
    if (c == model::kHole) {
      const HoleTrait trait = path.trait(hole++);
      may_vanish = may_vanish && (has(trait, HoleTrait::empty) || has(trait, HoleTrait::words));
      add_hole(steps, trait);
    } else {
      may_vanish = false;
      steps.push_back(byte_step(fold ? base::to_lower(c) : c));
    }
  }
  return may_vanish;
}

void make_room(Steps& steps, std::size_t more) {
  if (steps.capacity() < steps.size() + more) steps.reserve(std::max(steps.size() + more, 2 * steps.capacity()));
}

}  // namespace

void add_literal(Steps& steps, std::string_view bytes, bool fold) {
  make_room(steps, bytes.size());
  for (const char c : bytes) steps.push_back(byte_step(fold ? base::to_lower(c) : c));
}

void add_wildcards(Steps& steps, std::string_view pattern, Domain domain) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const auto set = c == '[' ? read_class(pattern.substr(i)) : std::nullopt;
    if (set) {
      steps.push_back({Kind::set, domain, 0, 0, pattern.substr(i, set->size)});
      i += set->size - 1;
    } else if (c == '*' || c == '?') {
      steps.push_back(range_step(c == '*' ? Kind::many : Kind::one, domain));
    } else {
      if (c == '\\' && i + 1 < pattern.size()) ++i;
      steps.push_back(byte_step(pattern[i]));
    }
  }
}

void add_components(Steps& steps, std::string_view text) {
  make_room(steps, text.size() + 2);
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find('/'));
    if (part == "**") {
      steps.push_back(range_step(Kind::folders, Domain::any));
      steps.push_back(range_step(Kind::many, Domain::any));
    } else {
      steps.push_back(byte_step('/'));
      add_wildcards(steps, part, Domain::no_slash);
    }
    text.remove_prefix(std::min(text.size(), part.size() + 1));
  }
}

Steps path_steps(const Text& path, bool fold) {
  Steps steps;
  std::string_view rest = path.view();
  if (rest == "/") return steps;
  make_room(steps, 2 * rest.size());
  std::size_t hole = 0;
  while (!rest.empty()) {
    const bool rooted = rest[0] == '/';
    if (rooted) rest.remove_prefix(1);
    const std::string_view part = rest.substr(0, rest.find('/'));
    const std::size_t at = steps.size();
    if (rooted) steps.push_back(byte_step('/'));
    if (add_part(steps, part, path, hole, fold) && rooted) {
      steps[at].kind = Kind::skip;
      steps[at].count = static_cast<std::uint32_t>(steps.size() - at - 1);
    }
    rest.remove_prefix(part.size());
  }
  return steps;
}

Steps plain_steps(const Text& text) {
  Steps steps;
  std::size_t hole = 0;
  add_part(steps, text.view(), text, hole, false);
  return steps;
}

bool possible(const Steps& pattern, const Steps& text, Until until) {
  if ((pattern.size() + 1) * (text.size() + 1) > kMaxStates) return true;
  return Product(pattern, text).run(until);
}

}  // namespace belay::path
