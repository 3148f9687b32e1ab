#pragma once

#include <optional>
#include <span>

#include "base/fs.h"
#include "command/invocation.h"

namespace belay::command {

/// What commands print that name a place: pwd, stat(1) with a format, realpath(1), `readlink -f`, `git rev-parse --show-toplevel` (the nearest folder from `cwd` upwards that holds `.git`,
/// git-rev-parse(1)). Absolute, and a line end. Nothing for any other command, and where a look at `files` (null: not allowed) would have to tell and does not.
[[nodiscard]] std::optional<Text> printed_place(std::span<const Text> argv, const Text& cwd, const base::FileView* files);

}  // namespace belay::command
