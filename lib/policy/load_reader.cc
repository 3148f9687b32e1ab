#include "policy/load_reader.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace belay::policy {

namespace {

/// Words that other tools use for what a key of ours says; an edit distance would never find them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kOtherNames{{
    {"effect", "action"},
    {"decision", "action"},
    {"verdict", "action"},
    {"message", "summary"},
    {"description", "summary"},
    {"reason", "summary"},
    {"title", "summary"},
    {"name", "id"},
    {"pattern", "match"},
    {"regex", "match"},
    {"match_not", "unless"},
    {"suggestion", "instead"},
    {"test", "case"},
    {"tests", "case"},
    {"cases", "case"},
    {"rules", "rule"},
    {"overrides", "override"},
    {"exclude", "except"},
}};

std::string_view likely(std::string_view key, const std::vector<std::string_view>& expected) {
  const auto known = [&](std::string_view name) { return std::find(expected.begin(), expected.end(), name) != expected.end(); };
  for (const auto& [other, ours] : kOtherNames) {
    if (other == key && known(ours)) return ours;
  }
  return base::nearest_name(key, expected);
}

std::string did_you_mean(std::string_view word) { return word.empty() ? "" : "did you mean `" + std::string(word) + "`?"; }

}  // namespace

std::string quoted_list(const std::vector<std::string_view>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += "`" + std::string(words[i]) + "`";
  }
  return out;
}

void Reader::wrong_type(std::string_view key, const TomlValue& value, std::string_view expected) const {
  report(value.span, {Code::wrong_type, "`" + std::string(key) + "` cannot be " + std::string(name_of(value.kind)),
                      "expected " + std::string(expected), ""});
}

void Reader::wrong_word(std::string_view key, const Value& value, const std::vector<std::string_view>& expected) const {
  report(value.span, {Code::wrong_type, "`" + std::string(key) + "` cannot be `" + value.text + "`",
                      "expected " + quoted_list(expected), did_you_mean(base::nearest_name(value.text, expected))});
}

void Reader::unknown_key(const TomlMember& member, std::string_view place, const std::vector<std::string_view>& expected) const {
  std::string help = did_you_mean(likely(member.key, expected));
  const bool show_all = help.empty() || expected.size() <= 8;
  auto sorted = expected;
  std::sort(sorted.begin(), sorted.end());
  report(member.key_span, {Code::unknown_key, "unknown key `" + member.key + "` in " + std::string(place),
                           show_all ? "expected " + quoted_list(sorted) : "", std::move(help)});
}

void Reader::missing_key(Span span, std::string_view place, std::string_view key) const {
  report(span, {Code::missing_key, std::string(place) + " has no `" + std::string(key) + "`",
                "add `" + std::string(key) + " = …`", ""});
}

std::optional<Value> Reader::text(std::string_view key, const TomlValue& value) const {
  if (value.kind != TomlKind::string) {
    wrong_type(key, value, "a string");
    return std::nullopt;
  }
  if (base::trim(value.text).empty()) {
    report(value.span, {Code::empty_value, "`" + std::string(key) + "` is empty", "", ""});
    return std::nullopt;
  }
  if (value.text.find('\0') != std::string::npos) {
    report(value.span, {Code::bad_text, "`" + std::string(key) + "` contains a NUL character", "",
                        "no argument, path or name can contain one"});
    return std::nullopt;
  }
  return Value{value.text, value.span};
}

std::vector<Value> Reader::texts(const TomlMember& member) const {
  std::vector<Value> out;
  const TomlValue& value = member.value;
  if (value.kind == TomlKind::string) {
    if (auto one = text(member)) out.push_back(*std::move(one));
    return out;
  }
  if (value.kind != TomlKind::array) {
    wrong_type(member, "a string or a list of strings");
    return out;
  }
  if (value.items.empty()) report(value.span, {Code::empty_value, "`" + member.key + "` is an empty list", "", ""});
  for (const auto& item : value.items) {
    if (auto one = text(member.key, item)) out.push_back(*std::move(one));
  }
  return out;
}

std::optional<bool> Reader::flag(const TomlMember& member) const {
  if (member.value.kind == TomlKind::boolean) return member.value.flag;
  wrong_type(member, "`true` or `false`");
  return std::nullopt;
}

bool Reader::is_table(const TomlMember& member) const {
  if (member.value.kind == TomlKind::table) return true;
  wrong_type(member, "a table");
  return false;
}

std::vector<const TomlValue*> Reader::tables(const TomlMember& member) const {
  std::vector<const TomlValue*> out;
  const TomlValue& value = member.value;
  if (value.kind == TomlKind::table) return {&value};
  if (value.kind != TomlKind::array) {
    wrong_type(member, "a table or a list of tables");
    return out;
  }
  if (value.items.empty()) report(value.span, {Code::empty_value, "`" + member.key + "` is an empty list", "", ""});
  for (const auto& item : value.items) {
    if (item.kind == TomlKind::table) out.push_back(&item);
    else wrong_type(member.key, item, "a table or a list of tables");
  }
  return out;
}

}  // namespace belay::policy
