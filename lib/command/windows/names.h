#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command/program/knowledge_view.h"
#include "model/text.h"

/// Names of Windows as the rest of the analysis knows them: paths with slashes, programs without `.exe`.
namespace belay::command::windows {

using model::Text;

/// `\` is `/`; the drive that holds the homes is the root, so that rules for `/` and `~` hold there, and others are `/mnt/x` as in
/// WSL. Where `cwd` lies in `/mnt/x` or `/x` (WSL, MSYS), drives are found beside it. `\\server\share` is `/server/share`,
/// `\\?\`, `\\.\` and `FileSystem::` are nothing. Case is kept but for `\users`.
[[nodiscard]] Text path(const Text& written, const Text& cwd);

/// Does a word look like a path of Windows: `C:\x`, `.\x`, `\\server`, `a\b`? Registry keys, switches and patterns do not.
[[nodiscard]] bool is_path(std::string_view word);

/// Path of a store that is no file system: `HKLM:\…`, `Registry::…`, `Env:X`, `Cert:\…` (about_Providers).
[[nodiscard]] bool is_store(std::string_view path);
[[nodiscard]] bool is_registry(std::string_view path);

/// The name under which knowledge and rules have the program: `GIT.EXE` is `git`, `sc` is `sc.exe`.
[[nodiscard]] std::string program(std::string_view written, const program::KnowledgeView& knowledge);

/// Programs whose arguments are no paths of files but code or keys: their words stay as they are.
[[nodiscard]] bool keeps_words(std::string_view program);

/// A command line cut into words as programs of Windows do it: at blanks outside of `"`, a backslash being itself.
[[nodiscard]] std::vector<Text> split_line(const Text& line);

}  // namespace belay::command::windows
