#include "command/value.h"

#include <algorithm>

namespace belay::command {

namespace {

HoleTrait trait_of(char hole) {
  switch (hole) {
    case kPieceInCode: return HoleTrait::none;
    case kEachInCode: return HoleTrait::slash | HoleTrait::blank | HoleTrait::each | HoleTrait::glob;
    case kPickedInCode: return HoleTrait::slash | HoleTrait::blank | HoleTrait::each;
    default: return HoleTrait::slash | HoleTrait::blank | HoleTrait::empty;
  }
}

char hole_of(HoleTrait trait) {
  if (trait == HoleTrait::none || trait == HoleTrait::made) return kPieceInCode;
  if (!has(trait, HoleTrait::each)) return kHoleInCode;
  return has(trait, HoleTrait::glob) ? kEachInCode : kPickedInCode;
}

}  // namespace

Text text_in_tree(std::string_view text) {
  if (!has_hole_in_code(text)) return Text(text);
  Text out;
  for (;;) {
    const std::size_t hole = text.find_first_of(kHolesInCode);
    out.append(text.substr(0, hole));
    if (hole == std::string_view::npos) return out;
    out.append_hole(trait_of(text[hole]));
    text.remove_prefix(hole + 1);
  }
}

std::string code_of(const Text& text) {
  std::string out = text.bytes();
  std::size_t hole = 0;
  for (char& c : out) {
    if (c == model::kHole) c = hole_of(text.trait(hole++));
  }
  return out;
}

void add_sources(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& from) {
  for (const std::uint32_t s : from) {
    if (std::find(to.begin(), to.end(), s) == to.end()) to.push_back(s);
  }
}

namespace {

/// Nothing that it may be is unknown, or only what the environment says.
bool others_known(const Value& value) {
  return value.environment || std::none_of(value.alternatives.begin(), value.alternatives.end(), is_hole_alone);
}

}  // namespace

bool is_hole_alone(const Text& text) { return !text.empty() && text.size() == text.hole_count(); }

void Value::merge(const Value& other) {
  if (environment || other.environment) environment = others_known(*this) && others_known(other);
  for (const Text& text : other.alternatives) {
    if (std::find(alternatives.begin(), alternatives.end(), text) == alternatives.end()) alternatives.push_back(text);
  }
  if (alternatives.size() > kMaxAlternatives) {
    alternatives = unknown().alternatives;
    environment = false;
  }
  taint = taint | other.taint;
  add_sources(sources, other.sources);
}

void Value::note_environment() {
  environment = alternatives.size() > 1 && std::count_if(alternatives.begin(), alternatives.end(), is_hole_alone) == 1;
}

void Value::drop_environment() {
  if (environment && alternatives.size() > 1) std::erase_if(alternatives, is_hole_alone);
}

void Value::append(const Value& tail) {
  environment = false;
  taint = taint | tail.taint;
  add_sources(sources, tail.sources);
  if (tail.alternatives.size() == 1) {
    for (Text& text : alternatives) text.append(tail.alternatives.front());
    return;
  }
  if (alternatives.size() * tail.alternatives.size() > kMaxAlternatives) {
    alternatives = unknown().alternatives;
    return;
  }
  std::vector<Text> product;
  for (const Text& head : alternatives) {
    for (const Text& end : tail.alternatives) {
      product.push_back(head);
      product.back().append(end);
    }
  }
  alternatives = std::move(product);
}

namespace {

bool is_number(std::string_view key) {
  return !key.empty() && key.find_first_not_of("0123456789") == std::string_view::npos && key.size() < 18;
}

/// Bash lists an associative array by the buckets of its hash table (hashlib.c: FNV-1, 1024 buckets).
std::uint32_t bucket(std::string_view key) {
  std::uint32_t hash = 2166136261U;
  for (const char c : key) hash = (hash * 16777619U) ^ static_cast<std::uint32_t>(static_cast<signed char>(c));
  return hash % 1024U;
}

bool comes_before(const std::string& a, const std::string& b, bool map) {
  if (map) return bucket(a) <= bucket(b);  // the latest of a bucket comes first
  if (!is_number(a) || !is_number(b)) return is_number(a);
  return std::stoull(a) < std::stoull(b);
}

}  // namespace

Value& Variable::slot(const std::string& key) {
  for (auto& [name, held] : elements) {
    if (name == key) return held;
  }
  auto at = elements.begin();
  while (at != elements.end() && !comes_before(key, at->first, is_map)) ++at;
  return elements.insert(at, {key, Value(Text())})->second;
}

const Value* Variable::element(std::string_view key) const {
  for (const auto& [name, held] : elements) {
    if (name == key) return &held;
  }
  return nullptr;
}

void Variable::erase(std::string_view key) {
  std::erase_if(elements, [&](const auto& one) { return one.first == key; });
}

void Variable::merge(const Variable& other) {
  if (other.unset) {
    maybe_unset = true;
  } else if (unset) {
    *this = other;
    maybe_unset = true;
  } else {
    value.merge(other.value);
    maybe_unset = maybe_unset || other.maybe_unset;
  }
  is_array = is_array || other.is_array;
  const auto same_key = [](const auto& a, const auto& b) { return a.first == b.first; };
  if (others.empty() && other.others.empty() && std::equal(elements.begin(), elements.end(), other.elements.begin(), other.elements.end(), same_key)) {
    for (std::size_t i = 0; i < elements.size(); ++i) elements[i].second.merge(other.elements[i].second);
    return;
  }
  if (!is_map && !other.is_map && !open_anywhere() && !other.open_anywhere()) return merge_contents(other);
  for (const auto& [key, theirs] : other.elements) {
    if (Value& mine = slot(key); mine == Value(Text())) mine = theirs;
    else mine.merge(theirs);
  }
  slot(std::string(kAnyElement)) = Value::unknown(HoleTrait::any);
}

void Variable::merge_contents(const Variable& other) {
  std::vector<Elements> more = other.others;
  more.push_back(other.elements);
  for (Elements& one : more) {
    if (one != elements && std::find(others.begin(), others.end(), one) == others.end()) others.push_back(std::move(one));
  }
  if (others.size() >= kMaxContents) collapse();
}

void Variable::push(const Value& item, bool many) {
  const auto add = [&](Elements& to) {
    const bool open = many || (!to.empty() && !is_number(to.back().first));
    const std::size_t next = to.empty() || open ? 0 : std::stoull(to.back().first) + 1;
    to.emplace_back(open ? std::string(kLaterElement) : std::to_string(next), item);
  };
  add(elements);
  for (Elements& one : others) add(one);
}

void Variable::collapse() {
  if (others.empty()) return;
  for (const Elements& one : std::exchange(others, {})) {
    std::size_t same = 0;
    while (same < std::min(elements.size(), one.size()) && elements[same].first == one[same].first) ++same;
    elements.resize(same);
    for (std::size_t i = 0; i < same; ++i) elements[i].second.merge(one[i].second);
  }
  if (elements.empty() || elements.back().first != kLaterElement) elements.emplace_back(kLaterElement, Value::unknown(HoleTrait::any));
}

}  // namespace belay::command
