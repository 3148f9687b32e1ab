#include "policy/condition_table.h"
#include "rulekit/pages.h"

namespace belay::rulekit {

namespace {

using policy::Condition;
using policy::Conjunction;
using policy::Key;
using policy::Related;
using policy::Rule;
using policy::Value;

constexpr std::size_t kManyValues = 12;  ///< more are shown as the first of them and how many there are

/// Code in Markdown, whatever it holds.
std::string code(std::string_view text) {
  const std::string fence = text.find('`') == std::string_view::npos ? "`" : "``";
  const std::string pad = fence.size() > 1 ? " " : "";
  return fence + pad + std::string(text) + pad + fence;
}

std::string any_of(const std::vector<Value>& values) {
  std::string out;
  const std::size_t shown = values.size() > kManyValues ? kManyValues : values.size();
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == values.size();
    out += (i == 0 ? "" : last ? " or " : ", ") + code(values[i].text);
  }
  if (shown < values.size()) out += " and " + std::to_string(values.size() - shown) + " more";
  return out;
}

struct Phrase {
  Key key;
  std::string_view before;
};
/// What is said before the values of a condition.
constexpr Phrase kPhrases[] = {
    {Key::program, "the program is "},
    {Key::option, "it has the option "},
    {Key::arg, "an argument matches "},
    {Key::path, "the path matches "},
    {Key::except, "the path does not match "},
    {Key::covers, "the path is, or contains, "},
    {Key::host, "the host matches "},
    {Key::method, "the method is "},
    {Key::url, "the URL contains the pattern "},
    {Key::body, "the body contains the pattern "},
    {Key::engine, "the engine is "},
    {Key::target, "the host or name of the database matches "},
    {Key::statement, "the statement contains the pattern "},
    {Key::tool, "the tool is "},
    {Key::input, "the input contains the pattern "},
    {Key::content, "the text that is written contains the pattern "},
    {Key::env, "this variable is set for it: "},
    {Key::as, "it runs as "},
    {Key::stdin_, "its input comes from "},
    {Key::via, "it is started through "},
    {Key::match, "the canonical line contains the pattern "},
    {Key::unless, "the canonical line does not contain the pattern "},
    {Key::reason, "it cannot be known because of "},
    {Key::folder, "it works in "},
};

std::string in_words(const Condition& condition) {
  if (condition.key == Key::recursive) return condition.flag ? "everything below the path is affected" : "nothing below the path is affected";
  for (const auto& phrase : kPhrases) {
    if (phrase.key == condition.key) return std::string(phrase.before) + any_of(condition.values);
  }
  return std::string(policy::row_of(condition.key).name) + " " + any_of(condition.values);
}

std::string joined(const Conjunction& conditions) {
  std::string out;
  for (const auto& condition : conditions) out += (out.empty() ? "" : ", and ") + in_words(condition);
  return out;
}

void add_groups(std::string_view head, const std::vector<Conjunction>& groups, std::string& out) {
  if (groups.empty()) return;
  out += "* " + std::string(head) + "\n";
  for (const auto& group : groups) out += "  * " + joined(group) + "\n";
}

void add_related(std::string_view head, const std::vector<Related>& all, std::string& out) {
  for (const auto& related : all) {
    out += "* " + std::string(head) + " `" + std::string(model::name_of(related.on)) + "`";
    if (!related.conditions.empty()) out += ": " + joined(related.conditions);
    if (!related.not_host.empty()) out += ", to another host than " + any_of(related.not_host);
    out += "\n";
  }
}

void add_when(const policy::When& when, std::string& out) {
  const auto add = [&](std::string_view what, const std::vector<Value>& values) {
    if (!values.empty()) out += "* " + std::string(what) + any_of(values) + "\n";
  };
  add("the agent is ", when.agents);
  add("the user is ", when.users);
  add("the user is a member of ", when.groups);
  add("this machine is ", when.hosts);
  add("the project is ", when.repositories);
  if (when.unattended) out += *when.unattended ? "* nobody can be asked\n" : "* somebody can be asked\n";
}

}  // namespace

std::string conditions_in_words(const Rule& rule) {
  std::string out;
  if (!rule.commands.empty()) out += "* the program and its first words are " + any_of(rule.commands) + "\n";
  for (const auto& condition : rule.conditions) out += "* " + in_words(condition) + "\n";
  for (const auto& group : rule.all) out += "* " + joined(group) + "\n";
  add_groups("one of these holds:", rule.any, out);
  add_groups("and none of these, for certain:", rule.none, out);
  add_related("its data flows into a", rule.reaches, out);
  add_related("the same call also holds a", rule.also, out);
  add_when(rule.when, out);
  return out;
}

}  // namespace belay::rulekit
