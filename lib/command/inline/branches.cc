#include <algorithm>

#include "command/inline/walker.h"

/// What branches and loops leave behind. The body of each is read once, with what it assigns; behind it a variable is what any of the
/// branches made of it, or what it was before when none of them need have been taken.
namespace belay::command::inline_code {

namespace {

constexpr std::size_t kMostBranches = 64;
constexpr std::size_t kLongestCondition = 200;

constexpr std::string_view kLoops = "for foreach while until";
constexpr std::string_view kTries = "try begin";
constexpr std::string_view kFirst =
    "try begin if unless for foreach while until except catch rescue when case default else elsif elseif";
constexpr std::string_view kFurther = "elif else elsif elseif except catch rescue when case default";

bool says_nothing(const Value& v) { return v.kind == ValueKind::name && lists("None nil null undefined nullptr NULL", v.name); }

void restore(const std::string& name, const std::optional<Value>& value, Session& session) {
  if (value) session.variables.insert_or_assign(name, *value);
  else session.variables.erase(name);
}

bool same(const Value& a, const Value& b) { return a.is_text() && b.is_text() && a.name == b.name && a.text == b.text; }

bool begins_with(const Value& list, const Value& part) {
  return list.items.size() >= part.items.size() && std::equal(part.items.begin(), part.items.end(), list.items.begin(), same);
}

/// Does a brace follow on the line, as where blocks are not ended by a word?
bool has_braces(const Tokens& t, std::size_t k, std::size_t end) {
  for (++k; k + 1 < end && !t.all[k].line_start && !t.all[k].is(";"); k = std::max(k, t.partner[k]) + 1) {
    if (t.all[k].is("{")) return true;
  }
  return false;
}

}  // namespace

/// Of what a variable was and what it may have become.
Value Walker::merged(const Value& before, Value after) const {
  if (says_nothing(before) || same(before, after)) return after;
  if (says_nothing(after)) return before;
  if (acts(before) && acts(after)) return either(before, std::move(after));
  if (acts(before) || acts(after)) return acts(after) ? after : before;
  if (before.kind == ValueKind::list && after.kind == ValueKind::list && begins_with(after, before)) return after;
  if (after.kind == ValueKind::choice &&
      std::any_of(after.items.begin(), after.items.end(), [&](const Value& one) { return same(one, before); }))
    return after;
  if (before.cell != after.cell) return either(before, std::move(after));
  Value was = before;  // the same thing, that may be in either state
  was.apart();
  after.apart();
  Value out = either(std::move(was), std::move(after));
  out.cell = before.cell;
  out.shares = before.shares;
  out.refers = before.refers;
  return out;
}

/// A word that begins a branch stands here, first in its statement.
void Walker::enter_branch() {
  const Token& t = peek();
  if (brackets_ > 0 || !lists(kFirst, t.text) || !begins_statement(at_)) return;
  const auto& open = session_.branches;
  if (open.size() > base_ && open.back().owner == this && open.back().head == at_) return;  // one that goes on
  const bool tries = lists(kTries, t.text);
  if (tries && !d_.has(Trait::python_prefixes) && !d_.has(Trait::ends_blocks) && !peek(1).is("{")) return;
  const std::size_t end = open.size() < kMostBranches ? branch_end(at_) : at_;
  if (end > at_) enter_branch(end);
}

void Walker::enter_branch(std::size_t end) {
  Branch& b = session_.branches.emplace_back();
  b.owner = this;
  b.head = at_;
  b.end = end;
  b.loop = lists(kLoops, peek().text);
  b.tries = b.complete = lists(kTries, peek().text);
}

bool Walker::begins_statement(std::size_t k) const {
  if (k == 0 || t_.all[k].line_start || (d_.has(Trait::ends_blocks) && !d_.has(Trait::percent_literals))) return true;
  const Token& before = t_.all[k - 1];
  if (before.is("}") || before.is("{")) return !d_.has(Trait::ends_blocks);
  return before.is(";") || before.is(":") || (before.word && lists("then do begin", before.text));
}

/// The first token behind the branch that the word at `k` begins.
std::size_t Walker::branch_end(std::size_t k) const {
  if (d_.has(Trait::ends_blocks)) return block_end(k + 1, true, lists(kLoops, t_.all[k].text));
  if (d_.has(Trait::python_prefixes)) {
    std::size_t colon = k + 1;
    const std::size_t limit = std::min(end_ - 1, k + kLongestCondition);
    for (; colon < limit && !t_.all[colon].is(":"); ++colon) {
      if (t_.all[colon].line_start) return k;
      if (t_.partner[colon] > colon) colon = t_.partner[colon];
    }
    return colon < limit ? suite_end(k, colon) : k;
  }
  if (lists(d_.words, "end") && !has_braces(t_, k, end_)) return block_end(k + 1, true, true);
  if (lists("case default", t_.all[k].text)) return arm_end(k);
  std::size_t body = k + 1;
  if (t_.all[k].text == "else" && t_.all[body].named("if")) ++body;
  const bool bare = t_.all[k].text == "else" && body == k + 1;
  const bool parens = t_.all[body].is("(") && t_.partner[body] > body;
  if (parens) body = t_.partner[body] + 1;
  const std::size_t limit = std::min(end_ - 1, k + kLongestCondition);
  if (!bare && !parens) {  // `if x {`
    while (body < limit && !t_.all[body].is("{") && !t_.all[body].is(";")) body = std::max(body, t_.partner[body]) + 1;
  }
  if (body >= end_ - 1) return k;
  if (t_.all[body].is("{")) return std::min(t_.partner[body] + 1, end_ - 1);
  if (!bare && !parens) return k;
  for (std::size_t j = body; j < end_ - 1; j = std::max(j, t_.partner[j]) + 1) {  // one statement
    const Token& t = t_.all[j];
    if (t.is(";")) return j + 1;
    if (is_closer(t) || (j > body && (t.named("else") || (t.line_start && d_.has(Trait::newline_ends))))) return j;
  }
  return end_ - 1;
}

/// `case x: …` up to the next of its kind.
std::size_t Walker::arm_end(std::size_t k) const {
  for (std::size_t j = k + 1; j < end_ - 1; j = std::max(j, t_.partner[j]) + 1) {
    if (is_closer(t_.all[j]) || (lists("case default", t_.all[j].text) && t_.all[j].kind == TokenKind::name)) return j;
  }
  return end_ - 1;
}

/// Closes the branches that end here; with `all`, whatever this reader has opened.
void Walker::settle(bool all) {
  auto& open = session_.branches;
  while (open.size() > base_) {
    Branch& b = open.back();
    if (b.owner == this && !all && at_ < b.end) return;
    const Token& t = peek();
    const bool goes_on =
        b.owner == this && !all && at_ == b.end && !at_end() && !b.loop && t.kind == TokenKind::name && lists(kFurther, t.text);
    const std::size_t end = goes_on ? branch_end(at_) : 0;
    if (end <= at_) {
      leave_branch();
      continue;
    }
    gather(b);
    for (const auto& [name, before] : b.before) {
      const auto taken = b.taken.find(name);
      if (!b.tries || taken == b.taken.end()) restore(name, before, session_);
      else restore(name, before ? merged(*before, taken->second.value) : taken->second.value, session_);  // as far as it came
    }
    b.head = at_;
    b.end = end;
    b.complete =
        b.tries || (t.text == "else" && !peek(1).named("if")) || t.text == "default" || (t.text == "case" && peek(1).text == "_");
    ++b.arms;
    return;
  }
}

/// Notes what the branch that ends made of its variables.
void Walker::gather(Branch& branch) {
  for (const std::string& name : branch.assigned) {
    const auto now = session_.variables.find(name);
    if (now == session_.variables.end()) continue;
    auto& taken = branch.taken[name];
    taken.value = taken.arms++ == 0 ? now->second : merged(taken.value, now->second);
  }
  branch.assigned.clear();
}

void Walker::leave_branch() {
  gather(session_.branches.back());
  Branch done = std::move(session_.branches.back());
  session_.branches.pop_back();
  for (const auto& [name, before] : done.before) {
    const auto taken = done.taken.find(name);
    restore(name, before, session_);
    if (taken == done.taken.end()) continue;
    const bool surely = done.complete && taken->second.arms == done.arms;
    Value value = std::move(taken->second.value);
    bind(name, before && !surely ? merged(*before, std::move(value)) : std::move(value));
  }
}

/// A variable is about to be given another value.
void note_branch(const std::string& name, Session& session) {
  Branch& b = session.branches.back();
  if (!b.assigned.insert(name).second || b.before.contains(name)) return;
  const auto it = session.variables.find(name);
  b.before.emplace(name, it == session.variables.end() ? std::nullopt : std::optional<Value>(it->second));
}

}  // namespace belay::command::inline_code
