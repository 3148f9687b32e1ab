#include <CLI/App.hpp>
#include <memory>

#include "cli/given_files.h"
#include "cli/machine.h"
#include "cli/terminal.h"

namespace belay::cli {

namespace {

struct CompileOptions {
  bool check = false;
  std::string output;
};

/// --policy: rule files of one's own, to an image of one's own.
void compile_given(const Program& program, const CompileOptions& options) {
  if (options.output.empty())
    throw Stop{ExitCode::usage, "--policy needs -o FILE: the installed image is made from the installed rules"};
  const auto given = files_or_stop(program.policy);
  base::Diagnostics diagnostics;
  const auto image = compile_sources(given.sources, shipped_or_stop(program), diagnostics);
  complain(diagnostics);
  const auto bytes = value_or_stop(image, ExitCode::policy);
  constexpr std::uint32_t kReadable = 0644;
  if (!options.check) value_or_stop(write_image(options.output, bytes, kReadable), ExitCode::policy);
}

/// The installed rules, to the image that `hook` looks for.
void compile_installed(Program& program, const CompileOptions& options) {
  const Machine self = look_at_machine();
  const auto installation = installation_or_stop(self.account());
  base::Diagnostics diagnostics;
  const auto compiled = compile_installation(installation, program.embedded, diagnostics);
  complain(diagnostics);
  const CompiledPolicy policy = value_or_stop(compiled, ExitCode::policy);
  if (options.check) {
    // In user mode there may be nothing to compile; a managed machine without an image denies every call.
    const bool nothing_to_do = policy.sources.empty() && installation.standing != trust::Standing::system;
    const bool fresh = nothing_to_do || image_is_fresh(installation, program.embedded);
    print(fresh ? "fresh\n" : "the image is not what its sources are now: run `belay compile`\n");
    program.status = fresh ? ExitCode::ok : ExitCode::policy;
    return;
  }
  const std::string path = options.output.empty() ? installation.image : options.output;
  if (path.empty())
    throw Stop{ExitCode::policy, "no folder is known for the image: this user has no home", "name a file with -o"};
  const std::uint32_t mode = installation.standing == trust::Standing::system ? 0644 : 0600;
  value_or_stop(write_image(path, policy.image, mode), ExitCode::policy);
  print("wrote " + path + ": " + std::to_string(policy.image.size()) + " bytes from " + std::to_string(policy.sources.size()) +
        " files\n");
}

}  // namespace

void add_compile(CLI::App& app, Program& program) {
  CLI::App* command = app.add_subcommand("compile", "turn the installed rules into the image that `hook` reads");
  const auto options = std::make_shared<CompileOptions>();
  command->add_flag("--check", options->check, "write nothing; fail unless the image is what the rules say");
  command->add_option("-o,--output", options->output, "write this file instead")->type_name("FILE");
  command->footer("Exit code: 0, or 3 when rules cannot be loaded or the image is stale.");
  command->callback([&program, options] {
    if (program.policy.empty()) compile_installed(program, *options);
    else compile_given(program, *options);
  });
}

}  // namespace belay::cli
