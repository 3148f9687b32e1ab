#include "rulekit/frameworks.h"

#include <algorithm>

#include "base/text.h"
#include "policy/load.h"

namespace belay::rulekit {

namespace {

/// Reading all that is carried for the one file that holds catalogues would take most of the time of `lint`.
bool may_hold_frameworks(const policy::SourcePtr& file) { return file->text().find("[[framework]]") != std::string_view::npos; }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// Several tables of one key are one catalogue: what an earlier one says stands.
void put(const policy::Framework& from, std::vector<policy::Framework>& into) {
  const auto same = std::find_if(into.begin(), into.end(), [&](const policy::Framework& f) { return f.key == from.key; });
  if (same == into.end()) return into.push_back(from);
  for (auto member : {&policy::Framework::title, &policy::Framework::version, &policy::Framework::url}) {
    if ((*same).*member == std::string()) (*same).*member = from.*member;
  }
  for (const auto& entry : from.ids) {
    if (title_of(*same, entry.first).empty()) same->ids.push_back(entry);
  }
}

}  // namespace

std::vector<policy::Framework> frameworks_of(const policy::Policy& policy, Below below) {
  std::vector<policy::Framework> out;
  for (const auto& framework : policy.frameworks) put(framework, out);
  auto files = carried_by(below);
  std::erase_if(files, [](const policy::SourcePtr& file) { return !may_hold_frameworks(file); });
  base::Diagnostics known;
  for (const auto& framework : policy::load(files, known).frameworks) put(framework, out);
  return out;
}

const policy::Framework* framework_named(std::span<const policy::Framework> frameworks, std::string_view key) {
  const auto found = std::find_if(frameworks.begin(), frameworks.end(), [&](const policy::Framework& f) { return f.key == key; });
  return found == frameworks.end() ? nullptr : &*found;
}

std::string_view title_of(const policy::Framework& framework, std::string_view id) {
  const auto found = std::find_if(framework.ids.begin(), framework.ids.end(), [&](const auto& entry) { return entry.first == id; });
  return found == framework.ids.end() ? std::string_view() : std::string_view(found->second);
}

std::function<std::vector<std::string>(const base::Diagnostic&)> tags_of(policy::Policy policy) {
  return [policy = std::move(policy)](const base::Diagnostic& finding) {
    const policy::Rule* rule = nullptr;  // the last one that begins before it
    for (const auto& pack : policy.packs) {
      if (pack.source != finding.source) continue;
      for (const auto& one : pack.rules) {
        if (one.span.begin <= finding.span.begin) rule = &one;
      }
    }
    std::vector<std::string> tags;
    if (rule == nullptr) return tags;
    tags.push_back("rule:" + rule->id);
    for (const auto& entry : rule->meta) {
      for (const auto& id : entry.values) tags.push_back(entry.key + ":" + id.text);
    }
    return tags;
  };
}

std::string url_of(const policy::Framework& framework, std::string_view id) {
  const std::string path = replaced(std::string(id), ".", "/");
  return replaced(replaced(replaced(framework.url, "{id}", id), "{path}", path), "{lower}", base::lower(id));
}

}  // namespace belay::rulekit
