#include "json/tree.h"

#include <algorithm>

namespace belay::json {

Tree::Tree(Value value) {
  if (!value) return;
  kind_ = value.kind();
  text_ = value.text();
  for (Value child = value.first(); child; child = child.next()) {
    if (kind_ == Kind::array) items_.emplace_back(child);
    else members_.emplace_back(std::string(child.key()), Tree(child));
  }
}

Tree Tree::string(std::string_view text) {
  Tree out;
  out.kind_ = Kind::string;
  out.text_ = text;
  return out;
}

Tree Tree::number(std::uint64_t value) {
  Tree out;
  out.kind_ = Kind::number;
  out.text_ = std::to_string(value);
  return out;
}

Tree Tree::boolean(bool value) {
  Tree out;
  out.kind_ = Kind::boolean;
  out.text_ = value ? "true" : "false";
  return out;
}

Tree Tree::array(std::vector<Tree> items) {
  Tree out;
  out.kind_ = Kind::array;
  out.text_.clear();
  out.items_ = std::move(items);
  return out;
}

Tree Tree::object(std::vector<Member> members) {
  Tree out;
  out.kind_ = Kind::object;
  out.text_.clear();
  out.members_ = std::move(members);
  return out;
}

const Tree* Tree::find(std::string_view key) const {
  const auto found = std::find_if(members_.begin(), members_.end(), [&](const Member& m) { return m.first == key; });
  return found == members_.end() ? nullptr : &found->second;
}

Tree* Tree::find(std::string_view key) {
  const auto found = std::find_if(members_.begin(), members_.end(), [&](const Member& m) { return m.first == key; });
  return found == members_.end() ? nullptr : &found->second;
}

std::string_view Tree::string_at(std::string_view key) const {
  const Tree* const value = find(key);
  return value != nullptr && value->is_string() ? std::string_view(value->text_) : std::string_view();
}

Tree& Tree::set(std::string_view key, Tree value) {
  if (Tree* const old = find(key)) return *old = std::move(value);
  return members_.emplace_back(std::string(key), std::move(value)).second;
}

bool Tree::erase(std::string_view key) {
  return std::erase_if(members_, [&](const Member& m) { return m.first == key; }) != 0;
}

bool operator==(const Tree& a, const Tree& b) {
  return a.kind_ == b.kind_ && a.text_ == b.text_ && a.items_ == b.items_ && a.members_ == b.members_;
}

}  // namespace belay::json
