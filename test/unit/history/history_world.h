#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "audit/record.h"
#include "audit/recording_files.h"
#include "history/replay.h"
#include "policy/compile.h"
#include "policy/load.h"
#include "policy/merge.h"
#include "rulekit/case_world.h"
#include "support/shipped.h"

/// The hook's side of a record, on invented machines, and policies to decide it again by.
namespace history_world {

using namespace belay;

/// An image that owns its bytes, as the one layer of a policy.
struct Rules {
  std::string bytes;
  image::View view;
  std::vector<decide::Layer> layers;
  std::vector<const image::View*> knowledge;

  [[nodiscard]] history::Candidate candidate() const { return {layers, knowledge}; }
};

inline std::unique_ptr<Rules> compiled(const std::vector<policy::SourcePtr>& files) {
  base::Diagnostics out;
  auto loaded = policy::load_all(files, out);
  auto bytes = policy::compile(policy::resolve(std::move(loaded.policy), out), loaded.knowledge, out);
  std::string said;
  for (const auto& d : out.items()) said += base::render(d);
  INFO(said);
  REQUIRE(bytes);
  auto rules = std::make_unique<Rules>();
  rules->bytes = *std::move(bytes);
  rules->view = *image::View::open(rules->bytes);
  rules->layers = {{&rules->view, true, false}};
  rules->knowledge = {&rules->view};
  return rules;
}

inline policy::SourcePtr source(std::string name, std::string text) {
  return std::make_shared<const base::SourceText>(std::move(name), std::move(text));
}

inline const Rules& shipped() {
  static const auto kRules = compiled(test::shipped_sources());
  return *kRules;
}

/// The shipped knowledge with `rules` instead of the shipped ones.
inline std::unique_ptr<Rules> own(const std::string& rules) {
  auto files = test::shipped_sources("/knowledge");
  files.push_back(source("t.toml", "[pack]\nid = \"t\"\ntitle = \"T\"\n" + rules));
  return compiled(files);
}

inline std::string rule(const std::string& name, const std::string& body) {
  return "[[rule]]\nid = \"t." + name + "\"\nseverity = \"high\"\nsummary = \"s\"\ninstead = \"i\"\n" + body + "\n";
}

/// What the hook would write about a call in `scene`.
inline audit::Record recorded(const rulekit::Scene& scene, const Rules& rules) {
  audit::RecordingFiles files(*scene.files);
  command::World world = scene.world();
  world.files = &files;
  const model::Analysis analysis = command::analyse(scene.call, world, rules.knowledge);
  audit::Record record;
  record.id = "id";
  record.call = scene.call;
  const decide::Actor actor = scene.actor();
  const path::Places places = scene.places();
  record.decision = decide::judge({scene.call, analysis, places, actor}, rules.layers);
  record.uid = actor.uid;
  record.user = actor.user;
  record.host = actor.host;
  record.groups = actor.groups;
  record.homes = world.homes;
  record.users = world.users;
  record.env = world.env;
  record.tmp = world.tmp;
  record.probes = files.take();
  record.loss.probes = files.dropped();
  return record;
}

inline rulekit::Scene shell_scene(const std::string& command,
                                  const std::vector<std::pair<std::string, std::string>>& files = {}) {
  policy::Case one;
  one.kind = policy::Case::Kind::run;
  one.run = command;
  one.files = files;
  auto scene = rulekit::scene_of(one);
  REQUIRE(scene);
  return *std::move(scene);
}

}  // namespace history_world
