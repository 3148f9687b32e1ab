#include <algorithm>

#include "base/text.h"
#include "rulekit/findings.h"
#include "rulekit/frameworks.h"
#include "rulekit/lint.h"

namespace belay::rulekit {

namespace {

std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  const auto near = base::nearest_name(word, known);
  return near.empty() ? std::string() : "did you mean `" + std::string(near) + "`?";
}

void unknown_key(const policy::Rule& rule, const policy::Meta& entry, std::span<const policy::Framework> frameworks,
                 base::Diagnostics& out) {
  std::vector<std::string_view> known;
  for (const auto& framework : frameworks) known.push_back(framework.key);
  known.insert(known.end(), kFreeMeta.begin(), kFreeMeta.end());
  report(out, rule.source, entry.key_span,
         {Code::unknown_framework, "`meta` knows no `" + entry.key + "`", "", suggestion(entry.key, known)});
}

void unknown_id(const policy::Rule& rule, const policy::Framework& framework, const policy::Value& id, base::Diagnostics& out) {
  std::vector<std::string_view> known;
  for (const auto& [name, title] : framework.ids) known.push_back(name);
  report(out, rule.source, id.span,
         {Code::unknown_framework_id, framework.title + " " + framework.version + " has no `" + id.text + "`", "",
          suggestion(id.text, known)});
}

}  // namespace

void lint_meta(const policy::Rule& rule, std::span<const policy::Framework> frameworks, base::Diagnostics& out) {
  if (frameworks.empty()) return;
  for (const auto& entry : rule.meta) {
    if (std::find(kFreeMeta.begin(), kFreeMeta.end(), entry.key) != kFreeMeta.end()) continue;
    const auto* framework = framework_named(frameworks, entry.key);
    if (framework == nullptr) {
      unknown_key(rule, entry, frameworks, out);
      continue;
    }
    for (const auto& id : entry.values) {
      if (title_of(*framework, id.text).empty()) unknown_id(rule, *framework, id, out);
    }
  }
}

}  // namespace belay::rulekit
