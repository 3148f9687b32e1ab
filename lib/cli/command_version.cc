#include <CLI/App.hpp>
#include <memory>

#include "cli/program.h"
#include "cli/terminal.h"
#include "image/image.h"
#include "json/writer.h"

namespace belay::cli {

namespace {

std::string packs_hash(const Program& program) {
  const auto view = image::View::open(program.embedded);
  return view ? view->hash() : "damaged";
}

}  // namespace

void add_version(CLI::App& app, Program& program) {
  CLI::App* command = app.add_subcommand("version", "version of the program and of the packs in it");
  const auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "as JSON");
  command->callback([&program, json] {
    const std::string hash = packs_hash(program);
    std::string out;
    if (*json) {
      json::Writer(out).begin_object().field("version", program.version).field("packs", hash).end_object();
    } else {
      constexpr std::size_t kShort = 12;
      out = "belay " + std::string(program.version) + " (packs " + hash.substr(0, kShort) + ")";
    }
    print(out + "\n");
  });
}

}  // namespace belay::cli
