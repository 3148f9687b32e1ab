#pragma once

#include "decide/conditions.h"

/// The tests behind the condition keys: does pattern `number` of the image hold for the subject? conditions.cc has the table.
namespace belay::decide::tests {

using ValueTest = Truth (*)(const Subject& subject, std::uint32_t number);

[[nodiscard]] std::string_view pattern_text(const Subject& s, std::uint32_t number);

// of the command (exec_tests.cc)
[[nodiscard]] Truth program(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth option(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth argument(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth variable(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth user(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth standard_input(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth wrapper(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth line(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth folder(const Subject& s, std::uint32_t number);

// of a file access (path_tests.cc)
[[nodiscard]] Truth path_meets(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth path_covers(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth content(const Subject& s, std::uint32_t number);

// of a request, a statement, a tool, something unknown (pattern_tests.cc)
[[nodiscard]] Truth host(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth method(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth url(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth body(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth engine(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth target(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth statement(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth tool(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth input(const Subject& s, std::uint32_t number);
[[nodiscard]] Truth reason(const Subject& s, std::uint32_t number);

/// Pattern `number` of a condition on paths.
[[nodiscard]] path::GlobView glob_at(const image::View& image, std::uint32_t number);

/// A text that is partly unknown may hold what the pattern looks for.
[[nodiscard]] Truth found_or_hidden(const Subject& s, std::uint32_t number, const model::Text& text);

}  // namespace belay::decide::tests
