#include <catch2/catch.hpp>

#include "command/analyse.h"
#include "program_world.h"

namespace belay::command::program::test {

namespace {

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::vector<std::string> out;
  std::istringstream in(file_text(path));
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') out.push_back(line);
  }
  return out;
}

model::Call call_of(std::string_view command) {
  model::Call call;
  call.event = model::Event::tool;
  call.cwd = call.project = "/home/dev/project";
  call.actions = {model::RunShell{std::string(command), model::Dialect::bash}};
  return call;
}

}  // namespace

// A command that was cut off anywhere still gives an analysis: the shell reader hands over trees in which parts are missing.
TEST_CASE("evaluator: every beginning of a command is analysed") {
  const auto known = shipped_knowledge();
  const image::View* const knowledge = &known->view;
  command::World world;
  world.user = "dev";
  world.homes = {"/home/dev"};
  std::vector<std::filesystem::path> files = files_in(BELAY_TEST_DATA "/cases/values", ".txt");
  files.emplace_back(BELAY_TEST_DATA "/cases/policy/decisions.cases");
  std::size_t count = 0;
  for (const auto& file : files) {
    for (const std::string& line : lines_of(file)) {
      for (std::size_t size = 0; size <= line.size(); ++size, ++count) {
        const auto analysis = command::analyse(call_of(std::string_view(line).substr(0, size)), world, {&knowledge, 1});
        if (size == line.size() && analysis.operations.size() > 20'000) FAIL("more operations than the limit: " << line);
      }
    }
  }
  CHECK(count > 40'000);
  CHECK_FALSE(known->view.damaged());
}

}  // namespace belay::command::program::test
