#include <CLI/App.hpp>
#include <memory>

#include "base/diag.h"
#include "cli/machine.h"
#include "cli/program.h"
#include "cli/rule_pages.h"
#include "cli/rules_text.h"
#include "cli/terminal.h"
#include "image/policy_records.h"

namespace belay::cli {

namespace {

struct RulesOptions {
  std::string id;
  bool json = false;
  bool strict = false;
};

PolicyStore applying_policy(const Program& program) {
  const Machine self = look_at_machine();
  return policy_or_stop(program, self.account());
}

/// Shipped rules that the owner's policy has with lists of its own.
std::set<std::string> adopted_above(const PolicyStore& store) {
  std::set<std::string> out;
  if (store.layers.size() < 2 || store.layers[1].project) return out;
  const image::View& owner = *store.layers[1].image;
  const image::Range ids = owner.within(owner.at<image::PolicyRecord>(image::Section::policy, 0).adopted);
  for (std::uint32_t i = 0; i < ids.count; ++i) {
    out.emplace(owner.text(owner.at<image::Str>(image::Section::texts, ids.first + i)));
  }
  return out;
}

void list(const Program& program, const RulesOptions& options) {
  const PolicyStore store = applying_policy(program);
  std::string out;
  for (std::size_t i = 0; i < store.layers.size(); ++i) {
    const image::View& view = *store.layers[i].image;
    const RulesShown how{store.strict || options.strict, i == 0 ? adopted_above(store) : std::set<std::string>()};
    out += options.json ? rules_json(view, how) : rules_list(view, how);
  }
  print(out);
}

/// The known id that is nearest to one that does not exist.
std::string nearest_id(const PolicyStore& store, std::string_view id) {
  std::vector<std::string_view> ids;
  for (const auto& layer : store.layers) {
    const auto count = layer.image->count<image::RuleRecord>(image::Section::rules);
    for (std::uint32_t i = 0; i < count; ++i) {
      ids.push_back(layer.image->text(layer.image->at<image::RuleRecord>(image::Section::rules, i).id));
    }
  }
  return std::string(base::nearest_name(id, ids));
}

void show(const Program& program, const RulesOptions& options) {
  const PolicyStore store = applying_policy(program);
  std::string out;
  for (const auto& layer : store.layers) out += rule_page(*layer.image, options.id);
  if (!out.empty()) return print(out);
  const std::string near = nearest_id(store, options.id);
  throw Stop{ExitCode::usage, "no rule `" + options.id + "`",
             near.empty() ? "`belay rules list` names them all" : "did you mean `" + near + "`?"};
}

}  // namespace

void add_rules(CLI::App& app, Program& program) {
  CLI::App* command = app.add_subcommand("rules", "the rules that apply here");
  command->require_subcommand(1);
  const auto options = std::make_shared<RulesOptions>();
  CLI::App* lists = command->add_subcommand("list", "one line a rule");
  lists->add_flag("--json", options->json, "one JSON object a line");
  lists->add_flag("--strict", options->strict, "as if the policy said `profile = \"strict\"`");
  lists->callback([&program, options] { list(program, *options); });
  CLI::App* shows = command->add_subcommand("show", "what one rule is about");
  shows->add_option("id", options->id, "pack.name")->type_name("ID")->required();
  shows->callback([&program, options] { show(program, *options); });
  add_rule_pages(*command, program);
}

}  // namespace belay::cli
