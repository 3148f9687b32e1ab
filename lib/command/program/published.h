#pragma once

#include <string>
#include <string_view>

#include "command/program/knowledge_view.h"

/// Names under which programs are published: packages of a registry, container images, scripts that an interpreter is given. Those that are not the
/// program's own name are declared in blocks `pkg:NAME` and `LANGUAGE:NAME` (rules/knowledge/published.toml, scripts.toml).
namespace belay::command::program {

/// The program that is started by this first word of a command: a path, `@scope/name@version`, `npm:name`, `nixpkgs#name`.
[[nodiscard]] std::string program_of(std::string_view word, const KnowledgeView& knowledge);

/// The program that an image's entry point is, declared under `pkg:` without registry, tag and digest; empty if none.
[[nodiscard]] std::string_view program_of_image(std::string_view image, const KnowledgeView& knowledge);

/// The program that a script or module of an interpreter of `language` is: `bin/console`, `manage.py`, `alembic`, what belongs to a package that is
/// known (`node_modules/typeorm/cli.js`), whatever lies in `node_modules/.bin` or `vendor/bin`; empty if none. Of a folder that
/// is not known the end counts.
[[nodiscard]] std::string program_of_script(std::string_view script, std::string_view language, const KnowledgeView& knowledge);

/// Whether a runner that takes source code, scripts of a project and programs (`program-or-script` in docs/knowledge.md) finds a package or a
/// program that is known in the word: `npm:prisma`, `tool@latest`, `prisma`; not `main.ts`, `./cmd/server`, `dev`.
[[nodiscard]] bool names_program(std::string_view word, const KnowledgeView& knowledge);

/// Whether it can be nothing but a file: `main.ts`, `./cmd`.
[[nodiscard]] bool names_file(std::string_view word);

}  // namespace belay::command::program
