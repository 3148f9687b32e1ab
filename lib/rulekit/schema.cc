#include "rulekit/schema.h"

#include <functional>
#include <string_view>
#include <vector>

#include "json/writer.h"
#include "policy/condition_table.h"

namespace belay::rulekit {

namespace {

using json::Writer;
using Words = std::vector<std::string_view>;
using Part = std::function<void(Writer&)>;

constexpr const char* kDraft = "http://json-schema.org/draft-04/schema#";

void typed(Writer& w, std::string_view type, std::string_view help = {}) {
  w.begin_object().field("type", type).field_if("description", help).end_object();
}
Part text(std::string_view help = {}) {
  return [help](Writer& w) { typed(w, "string", help); };
}
Part flag(std::string_view help = {}) {
  return [help](Writer& w) { typed(w, "boolean", help); };
}
Part one_of(Words words, std::string_view help = {}) {
  return [words = std::move(words), help](Writer& w) {
    w.begin_object().key("enum").begin_array();
    for (const auto word : words) w.string(word);
    w.end_array().field_if("description", help).end_object();
  };
}
/// `what`, or a list of it.
Part some(Part what, std::string_view help = {}) {
  return [what = std::move(what), help](Writer& w) {
    w.begin_object().key("anyOf").begin_array();
    what(w);
    w.begin_object().field("type", "array").key("items");
    what(w);
    w.end_object().end_array().field_if("description", help).end_object();
  };
}
Part texts(std::string_view help = {}) { return some(text(), help); }
Part list(Part what) {
  return [what = std::move(what)](Writer& w) {
    w.begin_object().field("type", "array").key("items");
    what(w);
    w.end_object();
  };
}
/// A table of `what` by any name.
Part named(Part what) {
  return [what = std::move(what)](Writer& w) {
    w.begin_object().field("type", "object").key("additionalProperties");
    what(w);
    w.end_object();
  };
}
Part definition(std::string_view name) {
  return [name](Writer& w) { w.begin_object().field("$ref", "#/definitions/" + std::string(name)).end_object(); };
}

struct Property {
  std::string_view name;
  Part what;
};
void members(Writer& w, const std::vector<Property>& properties, const Words& required) {
  w.field("type", "object").key("properties").begin_object();
  for (const auto& property : properties) property.what(w.key(property.name));
  w.end_object();
  if (!required.empty()) {
    w.key("required").begin_array();
    for (const auto name : required) w.string(name);
    w.end_array();
  }
  w.field("additionalProperties", false);
}
Part table(std::vector<Property> properties, Words required = {}) {
  return [properties = std::move(properties), required = std::move(required)](Writer& w) {
    w.begin_object();
    members(w, properties, required);
    w.end_object();
  };
}

const Words kKinds{"exec", "read", "write", "delete", "fetch", "query", "call", "opaque"};
const Words kActions{"deny", "ask", "allow", "log"};
const Words kVerdicts{"deny", "ask", "allow", "log", "pass"};
const Words kProfiles{"standard", "strict"};
const Words kRuleModes{"enforce", "observe", "off"};

std::vector<Property> conditions() {
  std::vector<Property> out;
  for (const auto& row : policy::kConditionTable) {
    out.push_back({row.name, row.kind == policy::ValueKind::boolean ? flag(row.help) : texts(row.help)});
  }
  return out;
}

Part related() {
  auto properties = conditions();
  properties.insert(properties.begin(), {"on", one_of(kKinds)});
  properties.push_back({"not_host", texts("the other operation's host is none of these")});
  return table(std::move(properties), {"on"});
}

Part when() {
  return table({{"agents", texts()}, {"users", texts()}, {"groups", texts()}, {"hosts", texts()}, {"repositories", texts()}, {"unattended", flag()}});
}

Part one_case() {
  return table({{"run", texts("shell text; each of a list is a case")},
                {"tool", text("a tool of the agent, with `input`")},
                {"input", named([](Writer& w) { w.begin_object().end_object(); })},
                {"path", texts("a file, with `access`; each of a list is a case")},
                {"access", one_of({"read", "write", "delete"})},
                {"cwd", text()},
                {"home", text()},
                {"env", named(text())},
                {"agent", text()},
                {"unattended", flag()},
                {"files", named(text())},
                {"profile", one_of(kProfiles)},
                {"expect", one_of(kVerdicts, "about this rule alone")},
                {"decision", one_of(kVerdicts, "about the whole policy")}});
}

Part rule() {
  std::vector<Property> properties{{"id", text("pack.name; never renamed, never reused")},
                                   {"action", one_of(kActions)},
                                   {"strict", one_of(kActions, "the action in the strict profile")},
                                   {"profile", one_of(kProfiles, "strict: the rule exists in that profile only")},
                                   {"severity", one_of({"low", "medium", "high", "critical"})},
                                   {"summary", text("what is lost, in one sentence")},
                                   {"instead", text("the safer way")},
                                   {"on", some(one_of(kKinds))},
                                   {"command", texts("program and subcommand words")},
                                   {"any", some(definition("conditions"))},
                                   {"all", some(definition("conditions"))},
                                   {"not", some(definition("conditions"))},
                                   {"reaches", some(definition("related"))},
                                   {"also", some(definition("related"))},
                                   {"when", when()},
                                   {"unsure", one_of({"ask", "log", "pass"})},
                                   {"mode", one_of(kRuleModes)},
                                   {"floor", flag("denies while observing too; nothing relaxes it")},
                                   {"meta", named(texts())},
                                   {"case", list(one_case())}};
  for (auto& condition : conditions()) properties.push_back(std::move(condition));
  return table(std::move(properties), {"id", "action", "on"});
}

Part policy_table() {
  return table({{"mode", one_of({"enforce", "observe"})},
                {"profile", one_of(kProfiles)},
                {"version", text()},
                {"project_layer", flag("rules in `.belay/` of a project count")}});
}

Part params() {
  return named([](Writer& w) {
    w.begin_object().key("anyOf").begin_array();
    texts()(w);
    table({{"about", text()}, {"values", texts()}}, {"values"})(w);
    w.end_array().end_object();
  });
}

Part framework() {
  return table({{"key", text("as in `meta`")}, {"title", text()}, {"version", text()}, {"url", text()}, {"ids", named(text())}}, {"key", "ids"});
}

Part match() {
  return table({{"rule", text()}, {"verdict", one_of(kVerdicts)}, {"truth", one_of({"no", "maybe", "yes"})}, {"severity", text()},
                {"mode", one_of({"enforce", "observe"})}, {"floor", flag()}, {"file", text()},
                {"line", [](Writer& w) { typed(w, "integer"); }}, {"operation", [](Writer& w) { typed(w, "integer"); }},
                {"summary", text()}, {"instead", text()}, {"effect", text()}, {"meta", named(list(text()))}},
               {"rule", "verdict", "truth", "severity", "mode", "floor"});
}

}  // namespace

std::string rules_schema() {
  std::string out;
  Writer w(out);
  w.begin_object().field("$schema", kDraft).field("title", "belay rule file").key("definitions").begin_object();
  table(conditions())(w.key("conditions"));
  related()(w.key("related"));
  w.end_object();
  const Part any = [](Writer& inner) { inner.begin_object().field("type", "object").end_object(); };
  members(w,
          {{"pack", table({{"id", text()}, {"title", text()}}, {"id"})},
           {"policy", policy_table()},
           {"params", params()},
           {"override", list(table({{"rule", text("an id, or a glob over ids")}, {"action", one_of(kActions)}, {"mode", one_of(kRuleModes)}, {"except", texts()}}, {"rule"}))},
           {"audit", table({{"sinks", texts()}, {"require", flag()}})},
           {"rule", list(rule())},
           {"framework", list(framework())},
           {"program", list(any)}},
          {});
  w.end_object();
  return out + "\n";
}

std::string check_schema() {
  std::string out;
  Writer w(out);
  const Part integers = list([](Writer& inner) { typed(inner, "integer"); });
  const Part any = [](Writer& inner) { inner.begin_object().field("type", "object").end_object(); };
  w.begin_object().field("$schema", kDraft).field("title", "belay check --json");
  members(w,
          {{"decision", one_of(kVerdicts)},
           {"effective", one_of(kVerdicts)},
           {"mode", one_of({"enforce", "observe"})},
           {"fault", text()},
           {"rule", text("the leading one")},
           {"matches", list(match())},
           {"operations", list(any)},
           {"flows", list(integers)},
           {"answer", table({{"agent", text()}, {"exit", [](Writer& inner) { typed(inner, "integer"); }}, {"stdout", text()}, {"stderr", text()}}, {"agent", "exit"})},
           {"policy", table({{"origin", one_of({"embedded", "cache", "memory", "given"})}, {"profile", one_of(kProfiles)}, {"version", text()}, {"hash", text()}}, {"origin", "profile"})}},
          {"decision", "effective", "mode", "matches", "operations", "flows", "answer", "policy"});
  w.end_object();
  return out + "\n";
}

}  // namespace belay::rulekit
