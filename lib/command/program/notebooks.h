#pragma once

#include "command/program/effects.h"

/// IPython and the notebooks of Jupyter.
namespace belay::command::program {

/// A cell, or lines of IPython: magics of cells (`%%bash`) and lines (`%cd`, `%rm`), `x = !command`; the rest is Python.
void read_cell(const Text& code, const Change& change, Effects& effects);

/// The code cells of a notebook (nbformat), all run in turn.
void read_notebook(const Text& code, const Change& change, Effects& effects);

}  // namespace belay::command::program
