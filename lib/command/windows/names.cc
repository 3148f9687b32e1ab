#include "command/windows/names.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace belay::command::windows {

namespace {

bool is_slash(char c) { return c == '/' || c == '\\'; }

bool has_drive(std::string_view s) { return s.size() >= 2 && base::is_alpha(s[0]) && s[1] == ':' && (s.size() == 2 || s[2] != ':'); }

/// What stands before a path and does not change it.
constexpr std::array<std::string_view, 6> kPrefixes{R"(\\?\)", R"(\\.\)",      "//?/", "//./", "filesystem::",
                                                    R"(microsoft.powershell.core\filesystem::)"};

std::size_t prefix_length(std::string_view s) {
  for (const std::string_view p : kPrefixes) {
    if (base::iequals(s.substr(0, p.size()), p)) return p.size();
  }
  return 0;
}

/// Where the folder of drive `letter` is, seen from `cwd`.
std::string drive_root(char letter, std::string_view cwd) {
  const char low = base::to_lower(letter);
  const auto mounted = [&](std::string_view head) {
    const std::string_view rest = cwd.substr(std::min(head.size(), cwd.size()));
    return cwd.starts_with(head) && !rest.empty() && base::is_alpha(rest[0]) && (rest.size() == 1 || rest[1] == '/');
  };
  if (mounted("/mnt/")) return std::string("/mnt/") + low;
  if (mounted("/")) return std::string("/") + low;
  return low == 'c' ? "" : std::string("/mnt/") + low;
}

/// Folders that every Windows has, as they are spelt; another spelling is the same folder.
constexpr std::array<std::string_view, 5> kTopFolders{"Users", "Windows", "Program Files", "Program Files (x86)", "ProgramData"};

void fix_top_folder(Text& path, std::size_t at) {
  for (const std::string_view name : kTopFolders) {
    const std::string_view here = path.view().substr(std::min(at, path.size()), name.size());
    const std::size_t end = at + name.size();
    if (!base::iequals(here, name) || (end < path.size() && path.view()[end] != '/')) continue;
    Text out = path.substr(0, at);
    out.append(name);
    out.append(path.substr(end));
    path = std::move(out);
    return;
  }
}

Text with_slashes(const Text& text) {
  Text out;
  std::size_t hole = 0;
  for (const char c : text.view()) {
    if (c == model::kHole) out.append_hole(text.trait(hole++));
    else out.append(c == '\\' ? std::string_view("/") : std::string_view(&c, 1));
  }
  return out;
}

constexpr std::array<std::string_view, 12> kStores{"hklm:",  "hkcu:",     "hkcr:",     "hku:",  "hkcc:",  "env:",
                                                   "cert:", "function:", "variable:", "alias:", "wsman:", "ad:"};
constexpr std::array<std::string_view, 4> kStorePrefixes{"registry::", R"(microsoft.powershell.core\registry::)", "environment::", "certificate::"};

template <class List>
bool begins(std::string_view s, const List& list) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view p) { return base::iequals(s.substr(0, p.size()), p); });
}

constexpr std::array<std::string_view, 5> kSuffixes{".exe", ".com", ".cmd", ".bat", ".ps1"};

}  // namespace

Text path(const Text& written, const Text& cwd) {
  Text text = written.substr(prefix_length(written.view()));
  if (!has_drive(text.view())) {
    Text out = with_slashes(text);
    if (out.view().starts_with("/")) fix_top_folder(out, 1);
    return out;
  }
  Text out(drive_root(text.view()[0], cwd.view()));
  const std::size_t top = out.size() + 1;
  const Text rest = text.substr(2);
  if (rest.empty() || !is_slash(rest.view()[0])) out.append("/");
  out.append(with_slashes(rest));
  if (top == 1) fix_top_folder(out, top);
  return out;
}

bool is_path(std::string_view word) {
  if (has_drive(word)) return word.size() > 2 && is_slash(word[2]);  // `D:` alone names a drive
  for (const std::string_view head : {R"(.\)", R"(..\)", R"(~\)", R"(\\)", R"(\)"}) {
    if (word.starts_with(head)) return true;
  }
  if (is_store(word) || base::iequals(word.substr(0, 2), "hk")) return false;
  if (word.find('\\') == std::string_view::npos || word.front() == '-' || word.front() == '/') return false;
  // Patterns for other programs hold other marks: `foo\.bar`, `\d+`, `a|b`.
  return std::all_of(word.begin(), word.end(), [](char c) { return base::is_name_char(c) || c == '.' || c == '-' || c == ' ' || c == '\\' || c == '/' || c == '*' || c == model::kHole; }) &&
         word.find("\\.") == std::string_view::npos && word.back() != '\\';
}

bool is_store(std::string_view path) { return begins(path, kStores) || begins(path, kStorePrefixes); }

bool is_registry(std::string_view path) {
  return base::iequals(path.substr(0, 2), "hk") || path.find("egistry::") != std::string_view::npos || path.find("EGISTRY::") != std::string_view::npos;
}

std::string program(std::string_view written, const program::KnowledgeView& knowledge) {
  const std::size_t slash = written.find_last_of("/\\");
  std::string name = base::lower(slash == std::string_view::npos ? written : written.substr(slash + 1));
  if (knowledge.find(name)) return name;
  for (const std::string_view end : kSuffixes) {
    if (name.size() > end.size() && name.ends_with(end)) {
      std::string bare = name.substr(0, name.size() - end.size());
      return end == ".ps1" ? name : bare;
    }
  }
  if (knowledge.find(name + ".exe")) return name + ".exe";
  return name;
}

bool keeps_words(std::string_view program) {
  constexpr std::array<std::string_view, 9> kVerbatim{"cmd", "cmd.exe", "powershell", "powershell.exe", "pwsh", "reg", "reg.exe", "wsl", "wsl.exe"};
  return std::find(kVerbatim.begin(), kVerbatim.end(), program) != kVerbatim.end();
}

std::vector<Text> split_line(const Text& line) {
  std::vector<Text> out;
  Text word;
  bool started = false;
  bool quoted = false;
  std::size_t hole = 0;
  const std::string_view v = line.view();
  for (std::size_t i = 0; i < v.size(); ++i) {
    const bool blank = v[i] == ' ' || v[i] == '\t';
    if (blank && !quoted) {
      if (started) out.push_back(std::exchange(word, Text()));
      started = false;
      continue;
    }
    started = true;
    const bool escaped = v[i] == '\\' && i + 1 < v.size() && v[i + 1] == '"' && quoted && v.find('"', i + 2) != std::string_view::npos;
    if (v[i] == model::kHole) word.append_hole(line.trait(hole++));
    else if (v[i] == '"') quoted = !quoted;
    else word.append(v.substr(escaped ? ++i : i, 1));
  }
  if (started) out.push_back(std::move(word));
  return out;
}

}  // namespace belay::command::windows
