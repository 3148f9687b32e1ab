#include "command/program/patched.h"

#include "base/text.h"
#include "command/program/languages.h"
#include "shell/parser.h"

namespace belay::command::program {

namespace {

constexpr std::size_t kMostCompared = 16U << 20U;  ///< bytes, were every hunk looked for everywhere

/// Where the lines stand in `text`, from `begin` on.
std::size_t place_of(std::string_view lines, std::string_view text, std::size_t begin) {
  std::size_t at = text.find(lines, begin);
  while (at != std::string_view::npos && at > 0 && text[at - 1] != '\n') at = text.find(lines, at + 1);
  return at;
}

}  // namespace

std::optional<Text> patched(const Text& text, const std::vector<Hunk>& hunks, bool made) {
  std::size_t looked_for = 0;
  for (const Hunk& h : hunks) looked_for += h.before.size();
  if (!made && (!text.literal() || looked_for * text.size() > kMostCompared)) return std::nullopt;
  Text whole = text;
  if (!whole.empty() && whole.view().back() != '\n') whole.append("\n");
  Text out;
  std::size_t begin = 0;
  for (const Hunk& h : hunks) {
    const std::size_t at = made ? 0 : place_of(h.before.view(), whole.view(), begin);
    if (at == std::string_view::npos || (!made && h.before.empty())) return std::nullopt;
    out.append(whole.substr(begin, at - begin));
    out.append(h.after);
    begin = made ? 0 : at + h.before.size();
  }
  out.append(whole.substr(begin));
  return out;
}

Text readable_part(std::string_view file, const std::vector<Hunk>& hunks) {
  Text all;
  for (const Hunk& h : hunks) all.append(h.after);
  const std::string_view language = language_of_file(file);
  if (all.empty() || (!language.empty() && language != "sh") || shell::parse(all.view()).complete) return all;
  Text out;
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.view().find('\n', begin), all.size());
    const Text line = all.substr(begin, end - begin);
    begin = end + 1;
    if (!shell::parse(line.view()).complete) continue;
    out.append(line);
    out.append("\n");
  }
  return out;
}

}  // namespace belay::command::program
