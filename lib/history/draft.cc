#include "audit/clock.h"
#include "base/text.h"
#include "history/suggest.h"

namespace belay::history {

namespace {

using model::OpKind;

constexpr std::size_t kDate = 10;

bool is_id_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// `git push --force-with-lease` -> `git-push-force-with-lease`
std::string slug_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (is_id_char(lower)) out += lower;
    else if (!out.empty() && out.back() != '-') out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  constexpr std::size_t kLongest = 60;
  return out.substr(0, out.size() > kLongest ? kLongest : out.size());
}

/// In the dialect of rule files, which is TOML's basic string.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string with_options(const Pattern& pattern) {
  std::string out = pattern.command;
  for (const std::string& option : pattern.options) out += " " + option;
  return out;
}

std::string line(std::string_view key, const std::string& value) { return std::string(key) + " = " + value + "\n"; }

std::string options_condition(const Pattern& pattern) {
  if (pattern.options.empty()) return {};
  if (pattern.options.size() == 1) return line("option", quoted(pattern.options[0]));
  std::string out;
  for (const std::string& option : pattern.options)
    out += (out.empty() ? "{ option = " : ", { option = ") + quoted(option) + " }";
  return "all = [ " + out + " ]\n";
}

/// Cases without `expect`: one that the rule is for, and near misses.
struct Examples {
  std::string fires;
  std::vector<std::string> passes;
};

std::string run_case(std::string_view command) { return line("run", quoted(command)); }
std::string tool_case(std::string_view tool, std::string_view field, std::string_view value) {
  return line("tool", quoted(tool)) + line("input", "{ " + std::string(field) + " = " + quoted(value) + " }");
}
std::string path_case(std::string_view path, OpKind kind) {
  return line("path", quoted(path)) + line("access", quoted(model::name_of(kind)));
}

/// Each option has a near miss that only it is missing from.
Examples exec_cases(const Pattern& pattern) {
  Examples out{run_case(with_options(pattern)), {}};
  for (std::size_t i = 0; i < pattern.options.size(); ++i) {
    Pattern less = pattern;
    less.options.erase(less.options.begin() + static_cast<std::ptrdiff_t>(i));
    out.passes.push_back(run_case(with_options(less)));
  }
  if (out.passes.empty()) out.passes.push_back(run_case("echo " + pattern.command));
  return out;
}

Examples cases_of(const Pattern& pattern) {
  switch (pattern.on) {
    case OpKind::exec: return exec_cases(pattern);
    case OpKind::read:
    case OpKind::write:
    case OpKind::remove: return {path_case("/srv/" + pattern.name, pattern.on), {path_case("/srv/another/file", pattern.on)}};
    case OpKind::fetch:
      return {tool_case("WebFetch", "url", "https://" + pattern.name + "/"), {tool_case("WebFetch", "url", "https://example.org/")}};
    case OpKind::call: return {tool_case(pattern.name, "x", "y"), {tool_case("mcp:another/tool", "x", "y")}};
    case OpKind::query:
    case OpKind::opaque: break;
  }
  return {};
}

std::string conditions_of(const Pattern& pattern) {
  std::string out = line("on", quoted(model::name_of(pattern.on)));
  switch (pattern.on) {
    case OpKind::exec: return out + line("command", quoted(pattern.command)) + options_condition(pattern);
    case OpKind::read:
    case OpKind::write:
    case OpKind::remove: return out + line("path", quoted("**/" + pattern.name));
    case OpKind::fetch: return out + line("host", quoted(pattern.name));
    case OpKind::call: return out + line("tool", quoted(pattern.name));
    case OpKind::query:
    case OpKind::opaque: break;
  }
  return out;
}

std::string what_of(const Pattern& pattern) {
  if (pattern.on == OpKind::exec) return with_options(pattern);
  return std::string(model::name_of(pattern.on)) + " " + pattern.name;
}

std::string counted(std::uint64_t n, std::string_view noun) {
  return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

std::string indented(const std::string& lines) {
  std::string out;
  for (const std::string_view one : base::split(lines, '\n')) {
    if (!one.empty()) out += "  " + std::string(one) + "\n";
  }
  return out;
}

}  // namespace

std::string draft_id(const Group& group) {
  const Pattern& pattern = group.pattern;
  const bool subject = !(pattern.on == OpKind::exec ? pattern.command : pattern.name).empty();
  const bool drafted = subject && pattern.on != OpKind::query && pattern.on != OpKind::opaque;
  const std::string slug = slug_of(what_of(pattern));
  return drafted && !slug.empty() ? "seen." + slug : std::string();
}

std::string group_comment(const Group& group) {
  std::string out = "# " + counted(group.calls, "call") + " in " + counted(group.sessions.size(), "session") + ", " +
                    audit::iso_time(group.first).substr(0, kDate) + " to " + audit::iso_time(group.last).substr(0, kDate) + ": " +
                    std::string(model::name_of(group.verdict)) + " by " + base::printable(group.rule);
  if (group.enforced < group.calls) out += ", observed only in " + std::to_string(group.calls - group.enforced);
  out += "\n";
  for (const std::string& example : group.examples) out += "#   " + example + "\n";
  return out;
}

std::string draft_rule(const Group& group, const std::string& id) {
  const Pattern& pattern = group.pattern;
  const Examples cases = cases_of(pattern);
  const std::string action = quoted(model::name_of(group.verdict));
  std::string out = "[[rule]]\n" + line("id", quoted(id)) + line("action", action) + line("mode", quoted("observe"));
  out += line("severity", quoted(model::name_of(group.severity)));
  out += line("summary", quoted(what_of(pattern) + ", seen in " + counted(group.calls, "call")));
  out += conditions_of(pattern);
  out += "\n  [[rule.case]]\n" + indented(cases.fires) + "  expect = " + action + "\n";
  for (const std::string& one : cases.passes) out += "\n  [[rule.case]]\n" + indented(one) + "  expect = \"pass\"\n";
  return out;
}

}  // namespace belay::history
