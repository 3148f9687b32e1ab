#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command/program/effects.h"

/// Code that is found by the name of a module: `import m`, `require("./m")`, `use M`, `python3 -m m`. Only files that this same call wrote are
/// read. Where they are looked for (sys.path, @INC, NODE_PATH …) changes with every other line of code, so that the folder counts for nothing:
/// the end of the path does.
namespace belay::command::program {

/// Reads what `name` stands for in `language`, once for each command.
void load_module(std::string_view language, const Text& name, const Change& change, Effects& effects);

/// `python3 -m cProfile x.py`, `python3 -m runpy m`: what a module that runs others is given.
void run_given(const Text& module, const Change& change, Effects& effects);

/// A path without `./` and `../` at its beginning and slashes at its end.
[[nodiscard]] std::string_view below_here(std::string_view path);

/// A file of code that is named from a place which is not known: relative to the file that names it, or to a home.
void load_named(std::string_view language, const Text& file, const Change& change, Effects& effects);

/// Names that a file or folder may have that is started as `file`: `node .`, `node app`, `python3 folder`.
[[nodiscard]] std::vector<std::string> started_names(std::string_view language, std::string_view file, Effects& effects);

}  // namespace belay::command::program
