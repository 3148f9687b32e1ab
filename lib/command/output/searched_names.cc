#include "command/output/searched_names.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "path/path.h"

namespace belay::command {

namespace {

using model::HoleTrait;
using model::Text;

/// Names under which every machine keeps its secrets.
constexpr std::array<std::string_view, 10> kSecretNames{"id_rsa", "id_ed25519", "id_ecdsa",         "id_dsa", ".env",
                                                        ".netrc", ".pgpass",    ".git-credentials", "shadow", "credentials"};
constexpr std::size_t kLeastLetters = 3;  ///< a pattern with fewer is after something else

std::size_t literal_letters(std::string_view glob) {
  return static_cast<std::size_t>(std::ranges::count_if(glob, [](char c) { return base::is_alpha(c) || base::is_digit(c) || c == '.' || c == '_'; }));
}

}  // namespace

Text text_of_glob(const Text& glob, HoleTrait open) {
  Text out;
  for (std::size_t i = 0, hole = 0; i < glob.size(); ++i) {
    const char c = glob.view()[i];
    if (c == model::kHole) {
      out.append_hole(glob.trait(hole++));
    } else if (c == '*') {
      out.append_hole(HoleTrait::empty | HoleTrait::blank | open);
    } else if (c == '?') {
      out.append_hole(HoleTrait::blank);
    } else if (c == '[' && glob.view().find(']', i) != std::string_view::npos) {
      out.append_hole(HoleTrait::blank);
      i = glob.view().find(']', i);
    } else {
      const bool escape = c == '\\' && i + 1 < glob.size();
      out.append(glob.view().substr(escape ? ++i : i, 1));
    }
  }
  return out;
}

std::vector<Text> names_of_glob(const Text& glob) {
  std::vector<Text> out{text_of_glob(glob)};
  if (out.front().literal() || !glob.literal() || literal_letters(glob.view()) < kLeastLetters) return out;
  for (const std::string_view name : kSecretNames) {
    if (path::match_plain(glob.view(), Text(name)) == model::Truth::yes) out.emplace_back(name);
  }
  return out;
}

std::optional<std::string> glob_of_regex(std::string_view regex, bool whole) {
  const bool begins = regex.starts_with('^');
  const bool ends = regex.ends_with('$') && !regex.ends_with("\\$");
  if (begins) regex.remove_prefix(1);
  if (ends) regex.remove_suffix(1);
  std::string out = whole || begins ? "" : "*";
  for (std::size_t i = 0; i < regex.size(); ++i) {
    const char c = regex[i];
    const bool repeats = i + 1 < regex.size() && (regex[i + 1] == '*' || regex[i + 1] == '+');
    if (c == '.') {
      out += repeats ? '*' : '?';
      i += repeats ? 1 : 0;
    } else if (c == '\\' && i + 1 < regex.size() && (regex[i + 1] == '.' || regex[i + 1] == '/')) {
      out += regex[++i];
    } else if (repeats || std::string_view("\\()[]{}|?*+^$").find(c) != std::string_view::npos) {
      return std::nullopt;
    } else {
      out += c;
    }
  }
  if (!whole && !ends) out += '*';
  return out;
}

}  // namespace belay::command
