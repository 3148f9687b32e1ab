#pragma once

#include <string_view>

namespace belay::cli {

/// Every command but `hook`: parses the command line, runs the command, gives its exit code (exit_code.h). No exception leaves it.
[[nodiscard]] int run(int argc, char** argv, std::string_view embedded_image, std::string_view version);

}  // namespace belay::cli
