#include "cli/rules_text.h"

#include <algorithm>

#include "base/text.h"
#include "image/policy_records.h"
#include "json/writer.h"
#include "model/decision.h"
#include "model/operation.h"

namespace belay::cli {

namespace {

using image::RuleRecord;
using image::Section;

std::string_view action_of(const RuleRecord& rule) { return model::name_of(static_cast<model::Verdict>(rule.action)); }
/// What a rule does in a profile; empty: it has no such rule.
std::string_view action_in(const RuleRecord& rule, bool strict) {
  if (!strict) return rule.strict_only != 0 ? std::string_view() : action_of(rule);
  return rule.strict == 0 ? action_of(rule) : model::name_of(static_cast<model::Verdict>(rule.strict - 1));
}
std::string_view severity_of(const RuleRecord& rule) { return model::name_of(static_cast<model::Severity>(rule.severity)); }

std::string source_of(const image::View& policy, const RuleRecord& rule) {
  return std::string(policy.text(policy.at<image::Str>(Section::sources, rule.source))) + ":" + std::to_string(rule.line);
}

std::vector<std::string_view> kinds_of(const RuleRecord& rule) {
  std::vector<std::string_view> out;
  for (std::uint32_t kind = 0; kind < image::kOpKinds; ++kind) {
    if ((rule.kinds & (1U << kind)) != 0) out.push_back(model::name_of(static_cast<model::OpKind>(kind)));
  }
  return out;
}

constexpr std::size_t kNames = 14;  // columns

template <class F>
void each_rule(const image::View& policy, const F& use) {
  const auto count = policy.count<RuleRecord>(Section::rules);
  for (std::uint32_t i = 0; i < count; ++i) use(policy.at<RuleRecord>(Section::rules, i));
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  out.resize(std::max(width, out.size()), ' ');
  return out;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const auto word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

void append_meta(std::string& out, const image::View& policy, const RuleRecord& rule) {
  const image::Range all = policy.within(rule.meta);
  for (std::uint32_t i = 0; i < all.count; ++i) {
    const auto meta = policy.at<image::MetaRecord>(Section::meta, all.first + i);
    std::vector<std::string_view> values;
    const image::Range texts = policy.within(meta.values);
    for (std::uint32_t n = 0; n < texts.count; ++n) {
      values.push_back(policy.text(policy.at<image::Str>(Section::texts, texts.first + n)));
    }
    out += padded(policy.text(meta.key), kNames) + " " + joined(values) + "\n";
  }
}

}  // namespace

std::string rules_list(const image::View& policy, const RulesShown& how) {
  std::size_t width = 0;
  each_rule(policy, [&](const RuleRecord& rule) { width = std::max<std::size_t>(width, rule.id.size); });
  std::string out;
  each_rule(policy, [&](const RuleRecord& rule) {
    if (how.elsewhere.count(std::string(policy.text(rule.id))) != 0) return;
    const auto action = action_in(rule, how.strict);
    out += padded(action.empty() ? "off" : action, 5) + padded(severity_of(rule), 9) + padded(policy.text(rule.id), width) +
           "  " + base::printable(policy.text(rule.summary)) + "\n";
  });
  return out;
}

void write_meta(json::Writer& w, const image::View& policy, image::Range written) {
  const image::Range meta = policy.within(written);
  w.begin_object();
  for (std::uint32_t i = 0; i < meta.count; ++i) {
    const auto entry = policy.at<image::MetaRecord>(Section::meta, meta.first + i);
    w.key(policy.text(entry.key)).begin_array();
    const image::Range texts = policy.within(entry.values);
    for (std::uint32_t n = 0; n < texts.count; ++n) {
      w.string(policy.text(policy.at<image::Str>(Section::texts, texts.first + n)));
    }
    w.end_array();
  }
  w.end_object();
}

std::string rules_json(const image::View& policy, const RulesShown& how) {
  std::string out;
  each_rule(policy, [&](const RuleRecord& rule) {
    if (how.elsewhere.count(std::string(policy.text(rule.id))) != 0) return;
    json::Writer w(out);
    w.begin_object().field("id", policy.text(rule.id)).field("action", action_of(rule)).field("severity", severity_of(rule));
    w.key("profiles")
        .begin_object()
        .field_if("standard", action_in(rule, false))
        .field("strict", action_in(rule, true))
        .end_object();
    w.field("applies", !action_in(rule, how.strict).empty());
    w.field("floor", rule.floor != 0).field("source", source_of(policy, rule)).key("on").begin_array();
    for (const auto kind : kinds_of(rule)) w.string(kind);
    w.end_array().field("summary", policy.text(rule.summary)).field("instead", policy.text(rule.instead));
    w.key("meta");
    write_meta(w, policy, rule.meta);
    w.end_object();
    out += "\n";
  });
  return out;
}

std::string rule_page(const image::View& policy, std::string_view id) {
  std::string out;
  each_rule(policy, [&](const RuleRecord& rule) {
    if (policy.text(rule.id) != id) return;
    const auto line = [&](std::string_view name, std::string_view text) {
      if (!text.empty()) out += padded(name, kNames) + " " + base::printable(text) + "\n";
    };
    out += base::printable(id) + "\n";
    if (rule.strict_only != 0) line("profile", "strict only");
    line("action", std::string(action_of(rule)) + (rule.strict != 0 ? ", strict: " + std::string(action_in(rule, true)) : "") +
                       (rule.floor != 0 ? " (floor: nothing relaxes it)" : ""));
    line("severity", severity_of(rule));
    line("looks at", joined(kinds_of(rule)));
    line("because", policy.text(rule.summary));
    line("instead", policy.text(rule.instead));
    line("written in", source_of(policy, rule));
    append_meta(out, policy, rule);
  });
  return out;
}

}  // namespace belay::cli
