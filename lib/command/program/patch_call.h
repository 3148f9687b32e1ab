#pragma once

#include "command/program/effects.h"

/// How a program that applies patches is called, and what the names in a patch mean to it (patch(1), git-apply(1), `hg import`, `svn patch`).
namespace belay::command::program {

struct PatchCall {
  int strip = 1;         ///< folders that are taken from the beginning of a name; negative: all
  bool reverse = false;  ///< what was added is removed
  bool ed = false;       ///< the patch is a script of ed, whatever it looks like
  bool lenient = false;  ///< patch(1): any of the names may be the one, the whole patch may be indented, a name ends at a blank
  Text folder;           ///< put before every name
  Text file;             ///< is changed, whatever the names say
};

[[nodiscard]] PatchCall patch_call(const Effects& effects);

/// One side of a change, as a header names it.
struct PatchSide {
  Text name;            ///< empty for /dev/null
  bool absent = false;  ///< there is no such file: by its name or by its time
  [[nodiscard]] bool said() const { return absent || !name.empty(); }
};

/// What stands behind `--- `: `a/path<TAB>date`, or a name in quotes (git-diff(1), core.quotePath).
[[nodiscard]] PatchSide patch_side(const PatchCall& call, const Text& written);

/// A name as the program takes it, `less` folders fewer than it says.
[[nodiscard]] Text patch_name(const PatchCall& call, const Text& written, int less = 0);

/// The name of a file that `diff --git a/x b/x` names twice; empty where they are two.
[[nodiscard]] Text git_name(const PatchCall& call, const Text& written);

}  // namespace belay::command::program
