#include "policy/compile.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "image/policy_records.h"
#include "model/call.h"
#include "policy/compile_parts.h"
#include "policy/load.h"
#include "policy/merge.h"
#include "regex/scanner.h"

using namespace belay;
using image::Section;
using model::OpKind;

namespace {

policy::SourcePtr file(std::string text, std::string name = "t.toml") {
  return std::make_shared<const base::SourceText>(std::move(name), std::move(text));
}

std::string rule(const std::string& body, const std::string& name = "r") {
  return "[[rule]]\nid = \"t." + name + "\"\naction = \"deny\"\nseverity = \"high\"\nsummary = \"s\"\ninstead = \"i\"\n" + body + "\n";
}
std::string pack(const std::string& rules) { return "[pack]\nid = \"t\"\ntitle = \"T\"\n" + rules; }

policy::Policy loaded(const std::vector<policy::SourcePtr>& files) {
  base::Diagnostics out;
  auto policy = policy::resolve(policy::load(files, out), out);
  std::string said;
  for (const auto& d : out.items()) said += base::render(d);
  INFO(said);
  REQUIRE_FALSE(out.has_errors());
  return policy;
}

struct Image {
  std::string bytes;
  image::View view;

  [[nodiscard]] image::RuleRecord rule(std::uint32_t n = 0) const { return view.at<image::RuleRecord>(Section::rules, n); }
  [[nodiscard]] image::PolicyRecord policy() const { return view.at<image::PolicyRecord>(Section::policy, 0); }
  [[nodiscard]] std::vector<std::uint32_t> list(image::Range range) const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < range.count; ++i) out.push_back(view.at<std::uint32_t>(Section::lists, range.first + i));
    return out;
  }
  [[nodiscard]] std::string keys(image::Range conditions) const {
    std::string out;
    for (std::uint32_t i = 0; i < conditions.count; ++i) {
      out += std::string(image::kConditionNames[view.at<image::ConditionRecord>(Section::conditions, conditions.first + i).key]) + " ";
    }
    return out;
  }
  [[nodiscard]] image::KindRecord kind(OpKind k) const { return view.at<image::KindRecord>(Section::kind_index, static_cast<std::uint32_t>(k)); }
};

Image compiled(const std::vector<policy::SourcePtr>& files) {
  base::Diagnostics out;
  const auto bytes = policy::compile(loaded(files), {}, out);
  std::string said;
  for (const auto& d : out.items()) said += base::render(d);
  INFO(said);
  REQUIRE(bytes);
  Image image{*bytes, {}};
  image.view = *image::View::open(image.bytes);
  return image;
}
Image compiled(const std::string& text) { return compiled({file(text)}); }

/// `git push`, `lit:.env`, `always`, `recursive`, `holes`, blank separated and in this order.
std::string selection(const std::string& body) {
  const auto policy = loaded({file(pack(rule(body)))});
  const auto s = policy::select(policy.packs[0].rules[0]);
  std::string out;
  for (const auto& c : s.commands) out += "<" + c + "> ";
  std::vector<std::string> literals;
  for (const auto& l : s.literals) literals.push_back(l.text + "/" + std::to_string(l.scopes));
  std::sort(literals.begin(), literals.end());
  for (const auto& l : literals) out += l + " ";
  for (const auto& [flag, name] : {std::pair{s.always, "always "}, {s.recursive, "recursive "}, {s.holes, "holes "}}) out += flag ? name : "";
  if (!out.empty()) out.pop_back();
  return out;
}

}  // namespace

TEST_CASE("how a rule is found") {
  struct Row {
    const char* body;
    const char* found_by;
  };
  const std::vector<Row> rows{
      {"on = \"exec\"\ncommand = [\"git push\", \"hub push\"]", "<git push> <hub push>"},
      {"on = \"exec\"\ncommand = \"git push\"\nmatch = 'force'", "<git push>"},
      {"on = \"read\"\ncommand = \"git push\"", "<git push>"},
      {"on = \"exec\"\nprogram = [\"dd\", \"shred\"]", "<dd> <shred>"},
      {"on = \"exec\"\nprogram = \"mkfs*\"", "mkfs/1"},
      {"on = \"exec\"\nprogram = [\"dd\", \"mkfs*\"]", "dd/1 mkfs/1"},
      {"on = \"exec\"\nprogram = \"*\"", "always"},
      {"on = \"exec\"\noption = \"--force\"", "always"},
      {"on = \"exec\"\nmatch = 'volumeDelete'", "volumedelete/2"},
      {"on = \"exec\"\nmatch = ['volumeDelete', '[a-z]+']", "always"},
      {"on = \"read\"\npath = \"**/.env\"", ".env/4"},
      {"on = \"read\"\npath = \"~/.aws/credentials\"", ".aws/credentials/4 recursive"},
      {"on = \"delete\"\npath = \"**/.git\"", ".git/4 holes"},
      {"on = \"delete\"\npath = \"**/.git\"\nunsure = \"pass\"", ".git/4"},
      {"on = \"read\"\npath = \"**/.env\"\nunsure = \"log\"", ".env/4 holes"},
      {"on = \"delete\"\ncovers = \"~\"", "always"},
      {"on = \"read\"\npath = [\"**/.env\", \"**/*\"]", "always"},
      {"on = \"read\"\npath = \"/**\"", "always"},
      {"on = \"query\"\nstatement = 'flushall|flushdb'", "flushall/128 flushdb/128 holes"},
      {"on = \"fetch\"\nhost = \"Backboard.Railway.app\"\nbody = 'del'", "backboard.railway.ap/32 holes"},  // at most twenty bytes
      {"on = \"fetch\"\nurl = 'volumes'", "volumes/16"},
      {"on = \"call\"\ntool = \"mcp:db/*\"", "mcp:db//512"},
      {"on = \"opaque\"\nreason = \"limit\"", "always"},
      {"on = \"exec\"\nany = [{ match = 'aaa' }, { program = \"bbb\" }]", "aaa/2 bbb/1"},
      {"on = \"exec\"\nany = [{ match = 'aaa' }, { option = \"-x\" }]", "always"},
      {"on = \"exec\"\nall = [{ match = 'aaa' }, { match = 'bbbb' }]", "bbbb/2"},
      {"on = \"exec\"\nmatch = 'aaaa'\nnot = [{ match = 'bbbbbb' }]", "aaaa/2"},  // what holds against the rule selects nothing
      {"on = \"exec\"\nmatch = 'aaaa'\nunless = 'bbbbbb'", "aaaa/2"},
  };
  for (const Row& row : rows) {
    INFO(row.body);
    CHECK(selection(row.body) == row.found_by);
  }
}

TEST_CASE("a rule becomes a record") {
  const Image image = compiled(pack("\n" + rule(
      "on = [\"read\", \"write\"]\nmode = \"observe\"\nunsure = \"pass\"\npath = \"**/{a,b}\"\nexcept = \"/x/**\"\nrecursive = true\n"
      "match = 'm'\nprogram = \"*\"\nany = [{ arg = \"a\" }, { match = 'b' }]\nnot = [{ option = \"-n\" }]\nall = [{ match = 'c' }]\n"
      "also = { on = \"fetch\", host = \"H\" }\nreaches = { on = \"fetch\", not_host = [\"t\", \"u\"] }\nmeta = { attack = [\"T1485\"] }\n"
      "when = { agents = [\"claude\", \"copilot\"], groups = [\"gid:7\"], unattended = false }\n")));
  const auto r = image.rule();
  CHECK(image.view.text(r.id) == "t.r");
  CHECK(image.view.text(r.summary) == "s");
  CHECK(r.line == 6);  // of its id
  CHECK(image.view.text(image.view.at<image::Str>(Section::sources, r.source)) == "t.toml");
  CHECK(r.action == static_cast<std::uint32_t>(model::Verdict::deny));
  CHECK(r.severity == static_cast<std::uint32_t>(model::Severity::high));
  CHECK(r.kinds == ((1U << static_cast<unsigned>(OpKind::read)) | (1U << static_cast<unsigned>(OpKind::write))));
  CHECK(r.mode == static_cast<std::uint32_t>(image::RuleMode::observe));
  CHECK(r.unsure == static_cast<std::uint32_t>(image::Unsure::pass));
  CHECK(r.floor == 0);
  CHECK(r.names_host == 0);
  CHECK(image.keys(r.conditions) == "recursive program path except ");  // cheap ones first
  CHECK(image.keys(r.late_conditions) == "match ");
  CHECK(r.groups.count == 1);       // not
  CHECK(r.late_groups.count == 3);  // all with RE2, and any, which stays together
  CHECK(r.related.count == 2);
  CHECK(r.meta.count == 1);
  CHECK(r.when.agents == ((1U << static_cast<unsigned>(model::Agent::claude)) | (1U << static_cast<unsigned>(model::Agent::copilot)) |
                          (1U << static_cast<unsigned>(model::Agent::copilot_pascal))));
  CHECK(image.list(r.when.groups) == std::vector<std::uint32_t>{7});
  CHECK(r.when.unattended == 2);
  const auto also = image.view.at<image::RelatedRecord>(Section::related, r.related.first);
  CHECK(image.view.text(image.view.at<image::PatternRecord>(Section::patterns, image.view.at<image::ConditionRecord>(Section::conditions, also.conditions.first).values.first).text) == "h");
  CHECK_FALSE(image.view.damaged());
}

TEST_CASE("the command index has every command and every beginning of one") {
  std::string rules;
  std::vector<std::string> commands;
  for (int i = 0; i < 300; ++i) {
    commands.push_back("p" + std::to_string(i % 40) + " s" + std::to_string(i) + " t");
    rules += rule("on = \"exec\"\ncommand = \"" + commands.back() + "\"", "r" + std::to_string(i));
  }
  const Image image = compiled(pack(rules));
  const auto slots = image.view.count<image::CommandRecord>(Section::command_index);
  REQUIRE((slots & (slots - 1)) == 0);
  const auto look_up = [&](const std::string& words) -> std::optional<std::vector<std::uint32_t>> {
    std::uint32_t hash = image::kCommandHashStart;
    for (const char c : words) hash = image::command_hash(hash, c);
    for (std::uint32_t at = hash & (slots - 1);; at = (at + 1) & (slots - 1)) {
      const auto slot = image.view.at<image::CommandRecord>(Section::command_index, at);
      if (slot.words.size == 0) return std::nullopt;
      if (image.view.text(slot.words) == words) return image.list(slot.rules);
    }
  };
  for (std::uint32_t i = 0; i < commands.size(); ++i) {
    CHECK(look_up(commands[i]) == std::vector<std::uint32_t>{i});
    CHECK(look_up(commands[i].substr(0, commands[i].size() - 2)) == std::vector<std::uint32_t>{});
  }
  CHECK_FALSE(look_up("p41"));
  CHECK_FALSE(look_up("p1 s"));
}

TEST_CASE("texts that no literal is searched in are not scanned") {
  const Image image = compiled(pack(rule("on = \"read\"\npath = \"**/.env\"") + rule("on = \"delete\"\nmatch = 'secret'", "d")));
  const auto scopes = [&](OpKind k) { return image.policy().scopes[static_cast<std::size_t>(k)]; };
  CHECK(scopes(OpKind::read) == static_cast<std::uint32_t>(image::Scope::path));
  CHECK(scopes(OpKind::exec) == static_cast<std::uint32_t>(image::Scope::line));  // the command of the deletion
  CHECK(scopes(OpKind::remove) == 0);
  CHECK(scopes(OpKind::query) == 0);
}

TEST_CASE("same sources, same bytes; another rule, other bytes") {
  const std::string text = pack(rule("on = \"read\"\npath = [\"**/.env\", \"~/.aws/**\"]\nmatch = '(a|b)cd'") + rule("on = \"exec\"\ncommand = \"x y\"", "b"));
  CHECK(compiled(text).bytes == compiled(text).bytes);
  CHECK(compiled(text).view.hash() != compiled(pack(rule("on = \"exec\"\ncommand = \"x y\""))).view.hash());
}

TEST_CASE("settings and overrides are in the image") {
  const Image image = compiled({file(pack(rule("on = \"read\"\npath = \"**/.env\"")), "pack.toml"),
                                file("[policy]\nmode = \"observe\"\nversion = \"v7\"\nproject_layer = true\n[audit]\nrequire = true\nsinks = [\"journal\"]\n"
                                     "[[override]]\nrule = \"t.r\"\naction = \"ask\"\nmode = \"enforce\"\nexcept = [\"{tmp}/**\", \"/a/{b,c}\"]\n",
                                     "policy.toml")});
  const auto policy = image.policy();
  CHECK(policy.mode == static_cast<std::uint32_t>(model::Mode::observe));
  CHECK(image.view.text(policy.version) == "v7");
  CHECK(policy.project_layer == 1);
  CHECK(policy.audit_required == 1);
  CHECK(policy.audit_sinks.count == 1);
  CHECK(image.rule().action == static_cast<std::uint32_t>(model::Verdict::ask));  // applied to rules of the same files
  CHECK(image.rule().mode == static_cast<std::uint32_t>(image::RuleMode::enforce));
  REQUIRE(image.view.count<image::OverrideRecord>(Section::overrides) == 1);      // and kept for the layers below
  const auto change = image.view.at<image::OverrideRecord>(Section::overrides, 0);
  CHECK(change.action == static_cast<std::uint32_t>(model::Verdict::ask) + 1);
  CHECK(change.except.count == 3);
}

TEST_CASE("what cannot be compiled is reported where it is written") {
  base::Diagnostics out;
  const auto policy = loaded({file(pack(rule("on = \"exec\"\ncommand = \"x\"\nwhen = { groups = [\"wheel\"] }")))});
  CHECK_FALSE(policy::compile(policy, {}, out));
  REQUIRE(out.items().size() == 1);
  CHECK(out.items()[0].message.find("`wheel`") != std::string::npos);
  CHECK(out.items()[0].source->name() == "t.toml");

  base::Diagnostics fine;
  policy::CompileOptions options;
  options.group_id = [](std::string_view name) -> std::optional<std::uint32_t> { return name == "wheel" ? std::optional<std::uint32_t>(10) : std::nullopt; };
  const auto bytes = policy::compile(policy, {}, options, fine);
  REQUIRE(bytes);
  const auto view = *image::View::open(*bytes);
  CHECK(view.at<std::uint32_t>(Section::lists, view.at<image::RuleRecord>(Section::rules, 0).when.groups.first) == 10);
}

TEST_CASE("an empty policy is an image") {
  const Image image = compiled({file("")});
  CHECK(image.view.count<image::RuleRecord>(Section::rules) == 0);
  CHECK(image.view.count<image::KindRecord>(Section::kind_index) == image::kOpKinds);
  CHECK(image.view.verify());
}
