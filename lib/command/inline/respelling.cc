#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/text.h"
#include "command/inline/compiled.h"

/// Code of compiled languages as the reader of expressions can read it.
namespace belay::command::inline_code {

namespace {

/// Spellings that the reader of expressions does not have, and the same in others. Those that begin with another come before it.
struct Rewrite {
  std::string_view language;
  std::string_view from;
  std::string_view to;
};
constexpr std::array kRewrites{
    Rewrite{"lisp", "#p\"", "\""},
    Rewrite{"lisp", "#P\"", "\""},
    Rewrite{"raku", "run <", "run qw<"},
    Rewrite{"ruby", "$<", "ARGF"},
    Rewrite{"c", "O_RDONLY", "\"r\""},
    Rewrite{"c", "O_WRONLY", "\"w\""},
    Rewrite{"c", "O_RDWR", "\"w\""},
    Rewrite{"c", "O_CREAT", "\"w\""},
    Rewrite{"c", "O_TRUNC", "\"w\""},
    Rewrite{"c", "O_APPEND", "\"a\""},
    Rewrite{"c", "[](", "[&]("},
    Rewrite{"c", "[]{", "[&]{"},
    Rewrite{"c", "[] {", "[&] {"},
    Rewrite{"c", "[]", ""},
    Rewrite{"c", "(char*)", ""},
    Rewrite{"c", "(char *)", ""},
    Rewrite{"c", "(const char*)", ""},
    Rewrite{"c", "(const char *)", ""},
    Rewrite{"c", ", NULL)", ")"},
    Rewrite{"c", ",NULL)", ")"},
    Rewrite{"c", ", NULL}", "}"},
    Rewrite{"c", ",NULL}", "}"},
    Rewrite{"c", ", 0)", ")"},
    Rewrite{"c", ",0)", ")"},
    Rewrite{"c", ", 0}", "}"},
    Rewrite{"c", ",0}", "}"},
    Rewrite{"c", ", nullptr)", ")"},
    Rewrite{"c", ",nullptr)", ")"},
    Rewrite{"c", ", nullptr}", "}"},
    Rewrite{"c", ",nullptr}", "}"},
    Rewrite{"go", "[]string{", "{"},
    Rewrite{"go", ", err :=", " :="},
    Rewrite{"go", ",err:=", ":="},
    Rewrite{"go", ", _ :=", " :="},
    Rewrite{"go", ",_:=", ":="},
    Rewrite{"go", ", err =", " ="},
    Rewrite{"go", "[]byte(", "("},
    Rewrite{"go", "os.O_RDONLY", "\"r\""},
    Rewrite{"go", "os.O_WRONLY", "\"w\""},
    Rewrite{"go", "os.O_RDWR", "\"w\""},
    Rewrite{"go", "os.O_CREATE", "\"w\""},
    Rewrite{"go", "os.O_TRUNC", "\"w\""},
    Rewrite{"go", "os.O_APPEND", "\"a\""},
    Rewrite{"rust", "vec![", "["},
    Rewrite{"rust", "format!(", "format("},
    Rewrite{"java", "new String[]{", "{"},
    Rewrite{"java", "new String[] {", "{"},
    Rewrite{"zig", "&.{", "{"},
    Rewrite{"zig", "&[_][]const u8{", "{"},
    Rewrite{"zig", ".{", "{"},
    Rewrite{"zig", ".argv = ", "argv: "},
    Rewrite{"zig", ".argv=", "argv: "},
};

Text replaced_all(const Text& code, std::string_view from, std::string_view to) {
  auto at = code.view().find(from);
  if (at == std::string_view::npos) return code;
  Text out;
  std::size_t begin = 0;
  for (; at != std::string_view::npos; at = code.view().find(from, begin)) {
    out.append(code.substr(begin, at - begin));
    out.append(to);
    begin = at + from.size();
  }
  out.append(code.substr(begin));
  return out;
}

Text between(const Text& text, std::size_t begin, std::size_t end) { return text.substr(begin, std::max(begin, end) - begin); }

/// `#define NAME text` is `NAME = text;`, `#define NAME(a) text` a function, `#include "x"` a call.
void directive(const Text& line, Text& out) {
  const std::string_view v = line.view();
  const std::size_t word = std::min(v.find_first_not_of(" \t", 1), v.size());
  const std::size_t end = std::min(v.find_first_of(" \t\"<", word), v.size());
  const std::size_t rest = std::min(v.find_first_not_of(" \t", end), v.size());
  if (v.substr(word, end - word) == "include" && v.substr(rest, 1) == "\"") {
    out.append("include(");
    out.append(between(line, rest, std::min(v.find('"', rest + 1), v.size() - 1) + 1));
    out.append(");");
  }
  if (v.substr(word, end - word) != "define") return;
  std::size_t name = rest;
  while (name < v.size() && base::is_name_char(v[name])) ++name;
  const bool function = v.substr(name, 1) == "(";
  const std::size_t head = function ? std::min(v.find(')', name), v.size() - 1) + 1 : name;
  if (head == v.size() || name == rest) return;
  if (function) out.append("void ");
  out.append(between(line, rest, head));
  out.append(function ? " { return " : " = ");
  out.append(line.substr(head));
  out.append(function ? "; }" : ";");
}

/// The code with what the preprocessor is told; a line goes on behind a backslash at its end.
Text preprocessed(const Text& code) {
  if (code.view().find('#') == std::string_view::npos) return code;
  const Text whole = replaced_all(replaced_all(code, "\\\r\n", " "), "\\\n", " ");
  Text out;
  for (std::size_t begin = 0; begin < whole.size();) {
    const std::size_t end = std::min(whole.view().find('\n', begin), whole.size());
    const Text line = whole.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t first = std::min(line.view().find_first_not_of(" \t"), line.size());
    if (line.view().substr(first, 1) == "#") directive(line.substr(first), out);
    else out.append(line);
    out.append("\n");
  }
  return out;
}

/// C++: `R"x(…)x"` is `R"(…)"`.
Text with_plain_raw_texts(const Text& code) {
  const std::string_view v = code.view();
  Text out;
  std::size_t begin = 0;
  for (std::size_t at = v.find("R\""); at != std::string_view::npos; at = v.find("R\"", begin)) {
    const std::size_t open = v.find('(', at);
    const std::string close = open == std::string_view::npos
                                  ? ""
                                  : ")" + std::string(v.substr(at + 2, std::min<std::size_t>(open - at - 2, 16))) + "\"";
    const std::size_t end = close.size() > 2 ? v.find(close, open) : std::string_view::npos;
    const std::size_t next = end == std::string_view::npos ? at + 2 : end + close.size();
    out.append(between(code, begin, end == std::string_view::npos ? next : at));
    if (end != std::string_view::npos) {
      out.append("R\"");
      out.append(between(code, open, end));
      out.append(")\"");
    }
    begin = next;
  }
  out.append(code.substr(begin));
  return out;
}

/// Names of Pascal and Fortran are the same in capitals; their texts end with the line.
Text in_small_letters(const Text& code) {
  std::string bytes = code.bytes();
  char quote = 0;
  for (char& c : bytes) {
    if (c == '\n') quote = 0;
    else if (quote == 0 && (c == '\'' || c == '"')) quote = c;
    else if (c == quote) quote = 0;
    else if (quote == 0) c = base::to_lower(c);
  }
  Text out;
  for (std::size_t begin = 0, hole = 0; begin < bytes.size(); ++hole) {
    const std::size_t end = std::min(bytes.find(model::kHole, begin), bytes.size());
    out.append(std::string_view(bytes).substr(begin, end - begin));
    if (end < bytes.size()) out.append_hole(code.trait(hole));
    begin = end + 1;
  }
  return out;
}

/// Rust: `mod name;` takes another file in.
Text with_module_files(const Text& code) {
  constexpr std::string_view kWord = "mod ";
  const std::string_view v = code.view();
  Text out;
  std::size_t begin = 0;
  for (std::size_t at = v.find(kWord); at != std::string_view::npos; at = v.find(kWord, at + 1)) {
    std::size_t end = at + kWord.size();
    while (end < v.size() && base::is_name_char(v[end])) ++end;
    if ((at > 0 && base::is_name_char(v[at - 1])) || v.substr(end, 1) != ";") continue;
    out.append(between(code, begin, at));
    out.append("module_file(\"");
    out.append(between(code, at + kWord.size(), end));
    out.append("\")");
    begin = end;
  }
  out.append(code.substr(begin));
  return out;
}

}  // namespace

Text respelled(std::string_view language, const Text& code) {
  Text out = code;
  if (language == "c") out = preprocessed(with_plain_raw_texts(code));
  if (language == "rust") out = with_module_files(code);
  if (language == "pascal" || language == "fortran") out = in_small_letters(code);
  for (const Rewrite& row : kRewrites) {
    if (row.language == language) out = replaced_all(out, row.from, row.to);
  }
  return out;
}

}  // namespace belay::command::inline_code
