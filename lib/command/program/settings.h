#pragma once

#include <string_view>

#include "command/program/effects.h"
#include "command/program/reader.h"

/// Code that reaches a program by other ways than its arguments: variables of its environment and settings. Which they are is knowledge
/// (`environment` and `[[settings]]` in docs/knowledge.md).
namespace belay::command::program {

/// Is a variable set for the command that it is known to heed? Of a program that is not known, any.
[[nodiscard]] bool heeds_environment(const Reading& reading, const Effects& effects);
/// `KEY=VALUE` or `KEY VALUE` in a language of settings; nothing for a key that is not known.
void apply_setting(std::string_view language, const Text& setting, const Change& change, Effects& effects);
/// A file of them, one a line; `#` begins a comment.
void apply_settings_file(std::string_view language, const Text& file, const Change& change, Effects& effects);

/// What the assignments in force mean for a program with that reading. After its exec operation.
void apply_environment(const Reading& reading, Effects& effects);

/// The roles `library` and `folders`: opaque when what is loaded may be anybody's. `source` is named to people.
void apply_place(Role role, const Text& value, std::string_view source, Effects& effects);

/// A folder that everybody may write into, or below one.
[[nodiscard]] bool is_everybodys(std::string_view folder);

/// Shell code that does what is expanded in `text` as inside double quotes, and nothing else.
/// Files of the working folder that the program reads by itself (a Makefile, the scripts of a package), where the call wrote them.
void apply_found_files(const Reading& reading, Effects& effects);
void apply_found_files(const Block& block, Effects& effects, const std::vector<Text>& operands = {});

[[nodiscard]] Text expansions_of(const Text& text);

}  // namespace belay::command::program
