#include "cli/hook_options.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "agent/adapter.h"
#include "base/text.h"
#include "cli/hook.h"

namespace belay::cli {

namespace {

using base::Errc;
using base::fail;
using base::Result;

constexpr std::string_view kCommand = "hook";
constexpr std::array<std::string_view, 2> kNames{"--agent", "--policy"};

/// One option with its value, taken off the front of the arguments.
struct Taken {
  std::string_view name;
  std::string_view value;
};

/// `--name VALUE` or `--name=VALUE`; nothing if the front is neither.
std::optional<Taken> take_option(std::span<char* const>& arguments) {
  const std::string_view word = arguments.front();
  for (const std::string_view name : kNames) {
    if (word == name && arguments.size() > 1) {
      const Taken taken{name, arguments[1]};
      arguments = arguments.subspan(2);
      return taken;
    }
    if (word.starts_with(name) && word.size() > name.size() && word[name.size()] == '=') {
      arguments = arguments.subspan(1);
      return Taken{name, word.substr(name.size() + 1)};
    }
  }
  return std::nullopt;
}

Result<void> apply(const Taken& option, HookOptions& options) {
  if (option.name == "--policy") {
    if (option.value.empty()) return fail(Errc::invalid, "`--policy` without a path");
    options.policy.emplace_back(option.value);
    return {};
  }
  options.agent = agent::agent_named(option.value);
  if (options.agent != model::Agent::unknown) return {};
  return fail(Errc::invalid, "unknown agent `" + base::printable(option.value.substr(0, 40)) + "`");
}

}  // namespace

Result<HookOptions> read_hook_options(std::span<char* const> arguments) {
  HookOptions options;
  bool named = false;
  while (!arguments.empty()) {
    if (const auto option = take_option(arguments)) {
      BELAY_CHECK(apply(*option, options));
      continue;
    }
    const std::string_view word = arguments.front();
    if (named || word != kCommand) {
      return fail(Errc::invalid, "unexpected argument `" + base::printable(word.substr(0, 40)) + "`, see `belay help hook`");
    }
    named = true;
    arguments = arguments.subspan(1);
  }
  return options;
}

bool is_hook(int argc, char** argv) {
  if (argc < 2) return false;
  std::span<char* const> arguments(argv + 1, static_cast<std::size_t>(argc - 1));
  while (!arguments.empty() && take_option(arguments)) {
  }
  if (arguments.empty()) return false;
  const std::string_view word = arguments.front();
  // A word that is no option names the command. An option that is not known may have any value, so the command may be anything after it.
  if (!word.starts_with('-')) return word == kCommand;
  return std::ranges::find(arguments, kCommand, [](const char* s) { return std::string_view(s); }) != arguments.end();
}

}  // namespace belay::cli
