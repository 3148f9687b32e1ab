#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "base/diag.h"
#include "base/text.h"
#include "command/analyse.h"
#include "command/program/interpret.h"
#include "command/program/knowledge_view.h"
#include "command/program/roles.h"
#include "image/image.h"
#include "policy/knowledge.h"
#include "support/shipped.h"

/// A host that interprets wrapped commands and prints each operation on one line; shell code is shown, not read.
namespace belay::command::program::test {

/// The records of some knowledge text as an image. Diagnostics are collected.
struct Known {
  std::string bytes;
  image::View view;
  base::Diagnostics diagnostics;
};

inline std::unique_ptr<Known> known_from(const std::vector<std::shared_ptr<const base::SourceText>>& sources) {
  auto out = std::make_unique<Known>();
  policy::Knowledge knowledge;
  for (const auto& s : sources) policy::load_knowledge(s, knowledge, out->diagnostics);
  image::Builder builder;
  policy::add_knowledge(knowledge, builder, out->diagnostics);
  out->bytes = builder.finish();
  if (auto view = image::View::open(out->bytes)) out->view = *view;
  return out;
}

inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline std::vector<std::filesystem::path> files_in(const std::string& folder, const std::string& extension) {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == extension) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

inline std::unique_ptr<Known> shipped_knowledge() {
  return known_from(belay::test::shipped_sources("/knowledge"));
}

/// What a shell command of an agent would do, with the shipped knowledge and no file system.
inline model::Analysis analysis_of(const std::string& command) {
  static const auto known = shipped_knowledge();
  const image::View* const knowledge = &known->view;
  command::World world;
  world.user = "dev";
  world.homes = {"/home/dev"};
  model::Call call;
  call.event = model::Event::tool;
  call.cwd = call.project = "/home/dev/project";
  call.actions = {model::RunShell{command, model::Dialect::bash}};
  return command::analyse(call, world, {&knowledge, 1});
}

/// One case: a command line (split like xargs does, `‹?›` a hole, `‹*›` a hole of several words), its standard input, and what comes out.
struct World {
  std::string command;
  std::optional<std::string> input;
  model::StdinKind kind = model::StdinKind::inherit;
  bool decoded = false;
};

[[nodiscard]] std::vector<std::string> operations_of(const World& world, const image::View& knowledge);

}  // namespace belay::command::program::test
