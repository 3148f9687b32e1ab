#include "change.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>

#include "words.h"

namespace belay::generate {

namespace {

std::string language_literal(std::string_view text, char quote) {
  const std::string out = replaced(escaped(text, quote == '\'' ? "\\'" : "\\\""), "\n", "\\n");
  return quote + out + quote;
}
/// What stands inside single quotes of the shell.
std::string within_single(const std::string& text) { return replaced(text, "'", "'\\''"); }

std::optional<std::string> list_of(const std::string& text, char quote) {
  const auto words = words_of(text);
  if (!words) return std::nullopt;
  std::vector<std::string> items;
  for (const Word& word : *words) {
    if (!word.literal || word.literal->find('\n') != std::string::npos) return std::nullopt;
    items.push_back(language_literal(*word.literal, quote));
  }
  return within_single(joined(items, ", "));
}

std::string rot13(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>('a' + (c - 'a' + 13) % 26);
    else if (c >= 'A' && c <= 'Z') c = static_cast<char>('A' + (c - 'A' + 13) % 26);
  }
  return text;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

/// Nothing in it means anything to any shell or language.
bool plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view(" -_./:,+@=").find(c) != std::string_view::npos;
  });
}

/// Begins with a plain name that the shell looks up.
bool names_program(const std::string& text) {
  const std::string_view name = std::string_view(text).substr(0, text.find(' '));
  return plain(name) && name.find_first_of("/.~=:") == std::string_view::npos;
}

/// The text that stands for one placeholder.
std::optional<std::string> value_of(std::string_view key, const Command& inner) {
  const std::string& text = inner.text;
  const bool has_newline = text.find('\n') != std::string::npos;
  if (key == "argv") return inner.simple ? std::optional(text) : std::nullopt;
  if (key == "raw") return text;
  if (key == "external") return inner.simple && !is_builtin(text) ? std::optional(text) : std::nullopt;
  if (key == "bare") return inner.simple && !is_builtin(text) && names_program(text) ? std::optional(text) : std::nullopt;
  if (key == "sh") return single_quoted(text);
  if (key == "in") return within_single(text);
  if (key == "line") return has_newline ? std::nullopt : std::optional(within_single(text));
  if (key == "dq") return double_quoted(text);
  if (key == "bt") return escaped(text, "\\`$");
  if (key == "one") return has_newline ? std::nullopt : std::optional(text);
  if (key == "shargv") return inner.simple ? std::optional(single_quoted(text)) : std::nullopt;
  if (key == "words") return inner.simple && plain(text) ? std::optional(text) : std::nullopt;
  if (key == "plain") return plain(text) ? std::optional("\"" + text + "\"") : std::nullopt;
  if (key == "q") return has_newline ? std::nullopt : std::optional(within_single(language_literal(text, '\'')));
  if (key == "c") return within_single(language_literal(text, '"'));
  if (key == "list") return inner.simple ? list_of(text, '"') : std::nullopt;
  if (key == "qlist") return inner.simple ? list_of(text, '\'') : std::nullopt;
  if (key == "b64") return base64(text + "\n");
  if (key == "hex") return every_byte(text, Digits::bare_hex);
  if (key == "oct") return every_byte(text, Digits::octal);
  if (key == "xff") return every_byte(text, Digits::hex);
  if (key == "rev") {
    if (has_newline) return std::nullopt;
    return single_quoted(std::string(text.rbegin(), text.rend()));
  }
  if (key == "rot") return single_quoted(rot13(text));
  if (key == "n") return std::to_string(inner.depth);
  if (key == "nop51") return repeated("true; ", 51);
  if (key == "nop5000") return repeated(":; ", 5000);
  throw std::runtime_error("no such placeholder: {" + std::string(key) + "}");
}

bool may_follow(std::string_view key, std::string_view rest, const Command& inner) {
  return !(key == "raw" || key == "bt") || !inner.open || rest.empty() || rest.front() == '\n';
}

/// Spelt with `$@` for nothing, which it is not where there are positional parameters.
bool needs_no_arguments(const Command& command) {
  return command.text.find("$@") != std::string::npos || command.text.find("$*") != std::string::npos;
}

/// One more operand, not known, makes it no other deed.
bool takes_more_operands(const Command& command) {
  constexpr std::array<std::string_view, 9> kPrograms{"rm", "shred", "chmod", "chown", "cat", "tee", "terraform", "kubectl", "ls"};
  const std::string_view name = std::string_view(command.text).substr(0, command.text.find(' '));
  return command.depth == 0 && std::find(kPrograms.begin(), kPrograms.end(), name) != kPrograms.end();
}

Change change_of(const std::string& row) {
  const auto blank = row.find(' ');
  const std::string pattern = row.substr(blank + 1);
  const std::string mark = row.substr(0, blank);
  Change out{row, [pattern](const Command& inner) { return fill(pattern, inner); }};
  out.loud = mark == "loud" || mark == "appends";
  out.slow = mark == "slow";
  out.files = mark == "files";
  if (mark == "args") out.apply = [pattern](const Command& inner) { return needs_no_arguments(inner) ? std::nullopt : fill(pattern, inner); };
  if (mark == "appends") out.apply = [pattern](const Command& inner) { return takes_more_operands(inner) ? fill(pattern, inner) : std::nullopt; };
  if (mark.starts_with("elsewhere"))
    out.elsewhere = mark == "elsewhere" ? Verdict::pass : mark == "elsewhere:ask" ? Verdict::ask : Verdict::deny;
  constexpr std::array<std::string_view, 9> kMarks{"same", "loud", "slow", "args", "appends", "files", "elsewhere", "elsewhere:ask", "elsewhere:deny"};
  if (std::find(kMarks.begin(), kMarks.end(), mark) == kMarks.end()) throw std::runtime_error("unknown mark: " + row);
  static_cast<void>(fill(pattern, {"true", true}));  // a row with a wrong placeholder fails here, not in the middle of a run
  return out;
}

}  // namespace

std::optional<Command> fill(std::string_view pattern, const Command& inner) {
  const bool open = pattern.find("<<E") != std::string_view::npos || pattern.find("<<'E") != std::string_view::npos || pattern.ends_with("&");
  Command out{{}, false, open, inner.depth + 1};
  for (std::size_t at = 0; at < pattern.size();) {
    const auto close = pattern.find('}', at);
    const std::string_view key =
        pattern[at] == '{' && close != std::string_view::npos ? pattern.substr(at + 1, close - at - 1) : std::string_view();
    if (key.empty() || key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") != std::string_view::npos) {
      out.text += pattern[at++];
      continue;
    }
    const auto value = value_of(key, inner);
    at = close + 1;
    if (!value || !may_follow(key, pattern.substr(at), inner)) return std::nullopt;
    out.text += *value;
    out.open = out.open || (key == "raw" && inner.open);
  }
  out.simple = is_program_call(out.text);
  return out;
}

std::vector<std::string> read_rows(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && !line.starts_with("# ")) out.push_back(replaced(line, "⏎", "\n"));
  }
  return out;
}

std::vector<Change> read_changes(const std::string& path) {
  std::vector<Change> out;
  for (const std::string& row : read_rows(path)) out.push_back(change_of(row));
  return out;
}

}  // namespace belay::generate
