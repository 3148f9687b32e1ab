#pragma once

#include <string_view>

namespace belay::cli {

/// `belay hook`: one payload on stdin, the answer in the agent's dialect on stdout and stderr. Exits only 0 or the agent's blocking code,
/// whatever happens: wrong options, signals, exhausted memory and its own deadline included. To be called before anything else in main
/// when is_hook says so. Does not return in practice; the value is the exit code.
[[nodiscard]] int hook_main(int argc, char** argv, std::string_view embedded_image);

/// Whether this process is to be a hook: the command is `hook`, or `hook` stands anywhere after an option that is not known here, so that a
/// slip in the options of a registered hook is refused by the hook itself. `belay help hook` is none. Allocates nothing.
[[nodiscard]] bool is_hook(int argc, char** argv);

}  // namespace belay::cli
