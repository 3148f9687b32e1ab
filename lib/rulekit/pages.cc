#include "rulekit/pages.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "policy/expand.h"
#include "rulekit/cases.h"
#include "rulekit/frameworks.h"

namespace belay::rulekit {

namespace {

using model::Verdict;
using policy::Case;
using policy::Profile;
using policy::Rule;

constexpr std::size_t kExamples = 3;  ///< of each kind: cases that are added later do not change the page
constexpr std::string_view kMade = "<!-- Made by `belay rules docs`: change the rule, not this page. -->\n";

/// Text in a cell or a paragraph: nothing of it is Markdown.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : base::printable(text)) {
    if (std::string_view("\\`*_{}[]<>|#~").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// An example in a code block may hold anything but the end of the block.
std::string fenced(std::string_view text, std::string_view language) {
  std::string fence = "```";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  return fence + std::string(language) + "\n" + std::string(text) + (text.ends_with('\n') ? "" : "\n") + fence + "\n";
}

std::string_view says(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "silent";
    case Verdict::log: return "records";
    case Verdict::allow: return "allows";
    case Verdict::ask: return "asks";
    case Verdict::deny: return "denies";
  }
  return "";
}

std::string_view action_in(const Rule& rule, Profile profile) {
  if (profile == Profile::standard) return rule.profile == Profile::strict ? "silent" : says(rule.action);
  return says(rule.strict.value_or(rule.action));
}

std::string kinds_of(const Rule& rule) {
  std::string out(model::name_of(rule.on));
  for (const auto kind : rule.also_on) out += ", " + std::string(model::name_of(kind));
  return out;
}

std::string_view doubt_of(const Rule& rule) {
  switch (rule.unsure) {
    case policy::Unsure::ask: return "asks";
    case policy::Unsure::log: return "records";
    case policy::Unsure::pass: return "is silent";
    case policy::Unsure::unset: break;
  }
  return "asks about a recursive deletion, a statement or a change at a named host, and records everything else";
}

std::string facts(const Rule& rule) {
  const auto row = [](std::string_view name, std::string_view text) {
    return "| " + std::string(name) + " | " + std::string(text) + " |\n";
  };
  return "| | |\n|---|---|\n" + row("standard profile", action_in(rule, Profile::standard)) +
         row("strict profile", action_in(rule, Profile::strict)) + row("severity", model::name_of(rule.severity)) +
         row("looks at", kinds_of(rule)) + (rule.floor ? row("floor", "yes: also while observing, and nothing relaxes it") : "") +
         row("written in", "`" + rule.source->name() + "`");
}

void add_examples(const Rule& rule, std::string_view head, bool fires, std::string& out) {
  std::size_t shown = 0;
  for (const Case& one : rule.cases) {
    if (!one.expect || (*one.expect != Verdict::pass) != fires || shown == kExamples || one.profile != rule.profile) continue;
    if (shown++ == 0) out += "\n" + std::string(head) + "\n\n";
    out += fenced(subject_of(one), one.kind == Case::Kind::run ? "sh" : "");
  }
}

std::string filed_under(const Rule& rule, std::span<const policy::Framework> frameworks) {
  std::string out;
  for (const auto& entry : rule.meta) {
    const auto* framework = framework_named(frameworks, entry.key);
    for (const auto& value : entry.values) {
      const std::string title(framework == nullptr ? "" : title_of(*framework, value.text));
      const std::string url = framework == nullptr ? "" : url_of(*framework, value.text);
      const std::string name = plain(value.text) + (title.empty() ? "" : " " + plain(title));
      out += "* " + plain(framework == nullptr ? entry.key : framework->title + " " + framework->version) + ": " +
             (url.empty() ? name : "[" + name + "](" + url + ")") + "\n";
    }
  }
  return out;
}

std::string lists_in(const Rule& rule) {
  std::string out;
  for (const auto& name : policy::lists_of(rule)) out += (out.empty() ? "" : ", ") + ("`" + name + "`");
  return out;
}

std::string changing(const Rule& rule) {
  if (rule.floor) return "This is a floor rule: no override, list or mode relaxes it.\n";
  std::string out = "In a `policy.toml` of the organisation or of the user:\n\n```toml\n[[override]]\nrule   = \"" + rule.id + "\"\n";
  out += rule.action == Verdict::deny ? "action = \"ask\"" : "action = \"deny\"";
  out += policy::row_of(policy::Key::except).applies.has(rule.on) ? "       # or mode = \"off\", or except = [\"a/path/**\"]\n```\n"
                                                               : "       # or mode = \"off\", \"observe\"\n```\n";
  if (rule.profile == Profile::strict) out += "\nNaming it there with an action also switches it on in the standard profile.\n";
  const std::string lists = lists_in(rule);
  if (!lists.empty()) out += "\nIt names lists that a policy sets ([parameters](../parameters.md)): " + lists + ".\n";
  return out;
}

Page page_of(const Rule& rule, std::span<const policy::Framework> frameworks) {
  std::string out = std::string(kMade) + "# " + rule.id + "\n\n" + plain(rule.summary) + ".\n\n" + facts(rule);
  if (!rule.instead.empty()) out += "\n**Instead:** " + plain(rule.instead) + ".\n";
  out += "\n## When it holds\n\nAll of this is true of one operation of the call:\n\n" + conditions_in_words(rule);
  out += "\nWhere a part is only known at run time it " + std::string(doubt_of(rule)) + ".\n";
  out += "\n## Examples\n";
  add_examples(rule, "Stopped:", true, out);
  add_examples(rule, "Not meant:", false, out);
  out += "\n## To change it\n\n" + changing(rule);
  const std::string filed = filed_under(rule, frameworks);
  if (!filed.empty()) out += "\n## Filed under\n\n" + filed;
  return {rule.id + ".md", std::move(out)};
}

std::string index_of(const policy::Policy& policy) {
  std::string out = std::string(kMade) + "# Rules\n\nWhat each rule stops, and how it answers in the standard and in the strict profile.\n";
  for (const auto& pack : policy.packs) {
    if (pack.rules.empty()) continue;
    out += "\n## " + plain(pack.title.empty() ? pack.id : pack.title) + "\n\n| rule | standard | strict | severity | |\n|---|---|---|---|---|\n";
    for (const auto& rule : pack.rules) {
      out += "| [" + rule.id + "](" + rule.id + ".md) | " + std::string(action_in(rule, Profile::standard)) + " | " +
             std::string(action_in(rule, Profile::strict)) + " | " + std::string(model::name_of(rule.severity)) + " | " +
             plain(rule.summary) + " |\n";
    }
  }
  return out;
}

std::map<std::string, std::vector<std::string>> users_of_lists(const policy::Policy& policy) {
  std::map<std::string, std::vector<std::string>> out;
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) {
      for (const auto& name : policy::lists_of(rule)) out[name].push_back(rule.id);
    }
  }
  return out;
}

}  // namespace

std::vector<Page> rule_pages(const policy::Policy& policy, std::span<const policy::Framework> frameworks) {
  std::vector<Page> out{{"README.md", index_of(policy)}};
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) out.push_back(page_of(rule, frameworks));
  }
  return out;
}

std::string lists_page(const policy::Policy& policy) {
  const auto users = users_of_lists(policy);
  std::string out;
  for (const auto& list : policy.params) {
    out += "\n### " + list.name + "\n\n" + (list.about.empty() ? "" : plain(list.about) + ".\n\n") + "Default: ";
    for (const auto& value : list.values) out += (&value == &list.values.front() ? "`" : ", `") + value.text + "`";
    out += list.values.empty() ? "nothing.\n" : ".\n";
    const auto used = users.find(list.name);
    out += "\nUsed by ";
    if (used == users.end()) out += "no rule.";
    else {
      for (const auto& id : used->second) out += (&id == &used->second.front() ? "[" : ", [") + id + "](rules/" + id + ".md)";
    }
    out += used == users.end() ? "\n" : ".\n";
  }
  return out;
}

std::string rule_template(std::string_view id) {
  const std::string pack(id.substr(0, id.find('.')));
  const std::string name(id.substr(std::min(id.size(), pack.size() + 1)));
  return "# A rule with its proof. Fill in, then: belay lint FILE, belay test FILE. docs/rules.md explains every key.\n"
         "[pack]\n"
         "id    = \"" + pack + "\"                       # the part of every rule's id before the dot\n"
         "title = \"What these rules are about\"\n"
         "\n"
         "# What belay should know of a program that it does not know yet; leave it out for one that it does (docs/knowledge.md).\n"
         "[[program]]\n"
         "name    = \"" + name + "-tool\"\n"
         "words   = 1                              # one word after the name says what it does\n"
         "options = [\"--dry-run\"]\n"
         "\n"
         "[[rule]]\n"
         "id       = \"" + std::string(id) + "\"       # never renamed, never reused\n"
         "action   = \"ask\"                         # deny | ask | log\n"
         "# strict = \"deny\"                        # in the strict profile; or profile = \"strict\": a rule of that profile only\n"
         "severity = \"high\"                        # low | medium | high | critical\n"
         "summary  = \"says in one sentence what is lost\"\n"
         "instead  = \"show the user what would happen\"\n"
         "on       = \"exec\"                        # exec | read | write | delete | fetch | query | call | opaque\n"
         "command  = \"" + name + "-tool destroy\"      # program and first words; for files `path`, for requests `host`, `url` …\n"
         "not      = [ { option = [\"--dry-run\"] } ]\n"
         "# meta   = { attack = [\"T1485\"], owasp_agentic = [\"ASI02\"] }\n"
         "\n"
         "  # At least one call that meets the rule and one near miss.\n"
         "  [[rule.case]]\n"
         "  run    = \"sudo " + name + "-tool destroy staging\"\n"
         "  expect = \"ask\"\n"
         "\n"
         "  [[rule.case]]\n"
         "  run    = \"" + name + "-tool destroy --dry-run staging\"\n"
         "  expect = \"pass\"\n";
}

}  // namespace belay::rulekit
