#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/cmd/rewrite.h"
#include "command/inline/value.h"
#include "command/windows/names.h"

/// cmd's own commands, and how programs are written for the shell.
namespace belay::command::cmd {

namespace {

enum class Kind : std::uint8_t { files, text, folder, nothing, set, start, call };
struct BuiltinRow {
  std::string_view name;
  Kind kind;
  std::string_view program;  ///< whose knowledge says what the files are for
};
constexpr std::array kBuiltins{
    BuiltinRow{"del", Kind::files, "del"},       BuiltinRow{"erase", Kind::files, "del"},     BuiltinRow{"rd", Kind::files, "rd"},
    BuiltinRow{"rmdir", Kind::files, "rd"},      BuiltinRow{"copy", Kind::files, "copy"},     BuiltinRow{"move", Kind::files, "move"},
    BuiltinRow{"ren", Kind::files, "ren"},       BuiltinRow{"rename", Kind::files, "ren"},    BuiltinRow{"type", Kind::files, "cat"},
    BuiltinRow{"md", Kind::files, "mkdir"},      BuiltinRow{"mkdir", Kind::files, "mkdir"},   BuiltinRow{"mklink", Kind::files, "mklink"},
    BuiltinRow{"dir", Kind::files, "dir"},       BuiltinRow{"echo", Kind::text, ""},          BuiltinRow{"cd", Kind::folder, ""},
    BuiltinRow{"chdir", Kind::folder, ""},       BuiltinRow{"pushd", Kind::folder, ""},       BuiltinRow{"set", Kind::set, ""},
    BuiltinRow{"start", Kind::start, ""},        BuiltinRow{"call", Kind::call, ""},          BuiltinRow{"popd", Kind::nothing, ""},
    BuiltinRow{"exit", Kind::nothing, ""},       BuiltinRow{"goto", Kind::nothing, ""},       BuiltinRow{"setlocal", Kind::nothing, ""},
    BuiltinRow{"endlocal", Kind::nothing, ""},   BuiltinRow{"shift", Kind::nothing, ""},      BuiltinRow{"cls", Kind::nothing, ""},
    BuiltinRow{"color", Kind::nothing, ""},      BuiltinRow{"title", Kind::nothing, ""},      BuiltinRow{"prompt", Kind::nothing, ""},
    BuiltinRow{"pause", Kind::nothing, ""},      BuiltinRow{"ver", Kind::nothing, ""},        BuiltinRow{"vol", Kind::nothing, ""},
    BuiltinRow{"verify", Kind::nothing, ""},     BuiltinRow{"date", Kind::nothing, ""},       BuiltinRow{"time", Kind::nothing, ""},
    BuiltinRow{"break", Kind::nothing, ""},
};

const BuiltinRow* builtin_named(std::string_view name) {
  for (const BuiltinRow& row : kBuiltins) {
    if (base::iequals(row.name, name)) return &row;
  }
  return nullptr;
}

bool is_switch(const Word& w) {
  if (w.quoted || w.text.size() < 2 || w.text[0] != '/') return false;
  for (const std::string_view one : base::split(std::string_view(w.text).substr(1), '/')) {
    if (one.empty() || (one.size() > 2 && one.find(':') == std::string_view::npos)) return false;
  }
  return true;
}

/// `/s/q` as `-s -q`: the form that options have everywhere else.
void append_switches(Text& out, const Word& w) {
  for (const std::string_view one : base::split(std::string_view(w.text).substr(1), '/')) {
    out.append(" ");
    out.append(shell_word("-" + base::lower(one.substr(0, 1)), false));
  }
}

std::string joined(const std::vector<Word>& words, std::size_t first) {
  std::string out;
  for (std::size_t i = first; i < words.size(); ++i) out += (i > first ? " " : "") + words[i].text;
  return out;
}

bool is_name(std::string_view s) {
  return !s.empty() && base::is_name_start(s[0]) && std::all_of(s.begin(), s.end(), base::is_name_char);
}

}  // namespace

bool is_builtin(std::string_view name) { return builtin_named(name.substr(0, name.find('/'))) != nullptr; }

Text shell_word(std::string_view text, bool wildcards) {
  Text out("'");
  for (const char c : text) {
    if (c == '\'') out.append("'\\''");
    else if (c == inline_code::kHomeMark) out.append("'\"$HOME\"'");
    else if (c == model::kHole) out.append_hole(model::HoleTrait::any);
    else if (wildcards && (c == '*' || c == '?')) out.append("'" + std::string(1, c) + "'");
    else out.append(std::string(1, c));
  }
  out.append("'");
  return out;
}

Text Rewriter::path_word(const std::string& text, bool wildcards) const {
  Text written;
  for (const char c : text) {
    if (c == model::kHole) written.append_hole(model::HoleTrait::any);
    else written.append(std::string_view(&c, 1));
  }
  return shell_word(windows::path(written, cwd_).view(), wildcards);
}

Text Rewriter::command(std::vector<Word> words) {
  // `rd/s/q x`, `cd..`, `echo.`, `cd\`: what follows the name needs no blank.
  Word& first = words.front();
  const std::size_t end = std::min(first.text.find_first_of("/.\\:(", 1), first.text.size());
  if (!first.quoted && end < first.text.size()) {
    const BuiltinRow* row = builtin_named(std::string_view(first.text).substr(0, end));
    const bool separates = row != nullptr && (first.text[end] == '/' || row->kind == Kind::folder || row->kind == Kind::text);
    if (separates) {
      Word rest{first.text.substr(row->kind == Kind::text ? end + 1 : end), false};
      first.text.resize(end);
      words.insert(words.begin() + 1, std::move(rest));
    }
  }
  if (const BuiltinRow* row = builtin_named(words.front().text)) return builtin(row->name, words);
  return program(words);
}

Text Rewriter::builtin(std::string_view name, const std::vector<Word>& words) {
  const BuiltinRow& row = *builtin_named(name);
  Text out;
  switch (row.kind) {
    case Kind::nothing: return out;
    case Kind::set: return set(words);
    case Kind::start: return start(words);
    case Kind::call:
      if (words.size() < 2 || words[1].text.starts_with(':')) return out;
      return command({words.begin() + 1, words.end()});
    case Kind::text:
      out.append("echo ");
      out.append(shell_word(joined(words, 1), false));
      return out;
    case Kind::folder: {
      std::vector<Word> rest(words.begin() + 1, words.end());
      if (!rest.empty() && base::iequals(rest.front().text, "/d")) rest.erase(rest.begin());
      if (rest.empty()) return out;
      out.append("cd ");
      out.append(path_word(joined(rest, 0), false));
      return out;
    }
    case Kind::files: break;
  }
  out.append(row.program);
  Text operands;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (is_switch(words[i])) {
      append_switches(out, words[i]);
      continue;
    }
    for (const std::string_view one : words[i].quoted ? std::vector<std::string_view>{words[i].text} : base::split(words[i].text, ',')) {
      if (one.empty() || (row.program == "copy" && one == "+")) continue;
      operands.append(" ");
      operands.append(path_word(std::string(one), true));
    }
  }
  if (!operands.empty()) out.append(" --");
  out.append(operands);
  return out;
}

Text Rewriter::set(const std::vector<Word>& words) {
  std::string line = joined(words, 1);
  const bool prompts = base::iequals(line.substr(0, 3), "/p ");
  const bool computes = base::iequals(line.substr(0, 3), "/a ");
  if (prompts || computes) line.erase(0, 3);
  const std::size_t equals = line.find('=');
  if (equals == std::string::npos) return {};
  const std::string name = base::lower(base::trim(std::string_view(line).substr(0, equals)));
  std::string value = line.substr(equals + 1);
  const bool number = !value.empty() && std::all_of(value.begin(), value.end(), base::is_digit);
  if (prompts || (computes && !number)) value.assign(1, model::kHole);
  in_.variables()[name] = value;
  Text out;
  if (!is_name(name)) return out;
  out.append("export " + base::upper(name) + "=");
  out.append(shell_word(value, false));
  return out;
}

/// `start "title" /b /d path program arguments`.
Text Rewriter::start(const std::vector<Word>& words) {
  std::size_t i = 1;
  if (i < words.size() && words[i].quoted && words.size() > 2) ++i;
  while (i < words.size() && words[i].text.starts_with('/') && !words[i].quoted) {
    if (base::iequals(words[i].text, "/d") || base::iequals(words[i].text, "/node") || base::iequals(words[i].text, "/affinity")) ++i;
    ++i;
  }
  if (i >= words.size()) return {};
  return command({words.begin() + static_cast<std::ptrdiff_t>(i), words.end()});
}

Text Rewriter::program(const std::vector<Word>& words) {
  const std::string& written = words.front().text;
  Text out;
  if (written.find(model::kHole) != std::string::npos) {
    out.append_hole(model::HoleTrait::any);
  } else {
    const std::string name = windows::program(written, knowledge_);
    const bool path = written.find_first_of("/\\") != std::string::npos && !knowledge_.find(name);
    out = path ? path_word(written, false) : shell_word(name, false);
    const bool verbatim = windows::keeps_words(name);
    for (std::size_t i = 1; i < words.size(); ++i) {
      out.append(" ");
      out.append(!verbatim && windows::is_path(words[i].text) ? path_word(words[i].text, false) : shell_word(words[i].text, false));
    }
    return out;
  }
  for (std::size_t i = 1; i < words.size(); ++i) {
    out.append(" ");
    out.append(shell_word(words[i].text, false));
  }
  return out;
}

}  // namespace belay::command::cmd
