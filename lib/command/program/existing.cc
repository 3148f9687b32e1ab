#include "command/program/existing.h"

#include <algorithm>
#include <array>
#include <string>

namespace belay::command::program {

namespace {

constexpr int kMostFolders = 12;  ///< between the working folder and that of the repository

bool is_there(const std::string& path, const Effects& effects) { return effects.is_folder(Text(path)).has_value(); }

/// `../../.git`, of the repository that the working folder lies in; empty: none is found.
std::string repository(const Effects& effects) {
  std::string up;
  for (int i = 0; i < kMostFolders; ++i, up += "../") {
    if (is_there(up + ".git", effects)) return up + ".git";
  }
  return {};
}

bool is_reference(const std::string& name, const std::string& git, const Effects& effects) {
  constexpr std::array<std::string_view, 3> kFolders{"/refs/heads/", "/refs/tags/", "/refs/remotes/"};
  return std::ranges::any_of(kFolders,
                             [&](std::string_view folder) { return is_there(git + std::string(folder) + name, effects); });
}

}  // namespace

bool names_file(const Reading& reading, const Effects& effects) {
  return std::ranges::any_of(reading.operands, [&](const ReadOperand& o) {
    if (o.role != Role::existing || !o.text.literal() || o.text.empty() || !is_there(o.text.bytes(), effects)) return false;
    const std::string git = repository(effects);
    return !git.empty() && !is_reference(o.text.bytes(), git, effects);
  });
}

}  // namespace belay::command::program
