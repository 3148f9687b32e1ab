#include "policy/compile.h"

#include "policy/compile_parts.h"

namespace belay::policy {

namespace {

static_assert(static_cast<unsigned>(image::ConditionKey::reason) == static_cast<unsigned>(Key::reason));
static_assert(static_cast<unsigned>(image::ConditionKey::folder) == static_cast<unsigned>(Key::folder));
static_assert(static_cast<unsigned>(image::ConditionKey::statement) == static_cast<unsigned>(Key::statement));
static_assert(static_cast<unsigned>(image::ConditionKey::standard_input) == static_cast<unsigned>(Key::stdin_));
static_assert(static_cast<unsigned>(image::Unsure::pass) == static_cast<unsigned>(Unsure::pass));
static_assert(static_cast<unsigned>(image::Unsure::ask) == static_cast<unsigned>(Unsure::ask));
static_assert(static_cast<unsigned>(image::RuleMode::off) == static_cast<unsigned>(RuleMode::off));
static_assert(static_cast<unsigned>(image::RuleMode::observe) == static_cast<unsigned>(RuleMode::observe));
static_assert(static_cast<unsigned>(model::OpKind::opaque) + 1 == image::kOpKinds);

image::PolicyRecord settings_of(const Policy& policy, image::Builder& builder) {
  image::PolicyRecord out;
  out.version = builder.text(policy.version);
  out.mode = static_cast<std::uint32_t>(policy.mode);
  out.strict = policy.profile == Profile::strict ? 1 : 0;
  out.project_layer = policy.project_layer ? 1 : 0;
  out.audit_required = policy.audit_required ? 1 : 0;
  std::vector<image::Str> sinks;
  for (const auto& sink : policy.audit_sinks) sinks.push_back(builder.text(sink));
  out.audit_sinks = builder.add_all(image::Section::texts, sinks);
  return out;
}

std::vector<const Rule*> all_rules(const Policy& policy) {
  std::vector<const Rule*> out;
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) out.push_back(&rule);
  }
  return out;
}

image::Range adopted_ids(const std::vector<const Rule*>& rules, image::Builder& builder) {
  std::vector<image::Str> ids;
  for (const Rule* rule : rules) {
    if (rule->adopted) ids.push_back(builder.text(rule->id));
  }
  return builder.add_all(image::Section::texts, ids);
}

void carry(std::span<const SourcePtr> files, image::Builder& builder) {
  for (const auto& file : files) {
    builder.add(image::Section::files, image::FileRecord{builder.text(file->name()), builder.text(file->text())});
  }
}

}  // namespace

base::Result<std::string> compile(const Policy& policy, const Knowledge& knowledge, base::Diagnostics& out) {
  return compile(policy, knowledge, CompileOptions{}, out);
}

base::Result<std::string> compile(const Policy& policy, const Knowledge& knowledge, const CompileOptions& options,
                                  base::Diagnostics& out) {
  image::Builder builder;
  image::PolicyRecord record = settings_of(policy, builder);
  base::Diagnostics found;
  RuleWriter writer(builder, options, found);
  const auto rules = all_rules(policy);
  std::vector<Selection> selections;
  for (const Rule* rule : rules) {
    writer.add(*rule);
    selections.push_back(select(*rule));
  }
  for (const auto& change : policy.overrides) writer.add(change);
  add_knowledge(knowledge, builder, found);
  add_indices(rules, selections, record, builder);
  record.adopted = adopted_ids(rules, builder);
  carry(options.carry, builder);
  builder.add(image::Section::policy, record);
  for (const auto& finding : found.items()) out.add(finding);
  if (found.has_errors()) return base::fail(base::Errc::invalid, "the policy has errors");
  std::string bytes = builder.finish();
  if (bytes.size() > image::kMaxBytes) return base::fail(base::Errc::too_large, "the compiled policy is larger than 64 MiB");
  return bytes;
}

std::vector<SourcePtr> carried_files(const image::View& image) {
  std::vector<SourcePtr> out;
  const std::uint32_t count = image.count<image::FileRecord>(image::Section::files);
  for (std::uint32_t i = 0; i < count && !image.damaged(); ++i) {
    const auto file = image.at<image::FileRecord>(image::Section::files, i);
    out.push_back(std::make_shared<const base::SourceText>(std::string(image.text(file.name)), std::string(image.text(file.text))));
  }
  return out;
}

}  // namespace belay::policy
