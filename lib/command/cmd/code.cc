#include "command/cmd/code.h"

#include "base/text.h"
#include "command/cmd/rewrite.h"

namespace belay::command::cmd {

namespace {

bool is_switch(std::string_view s, std::string_view letters) {
  if (s.starts_with("//")) s.remove_prefix(1);  // MSYS would take `/c` for a path
  return s.size() >= 2 && (s[0] == '/' || s[0] == '-') && letters.find(base::to_lower(s[1])) != std::string_view::npos;
}

/// Words that a shell took apart, as one line again.
Text line_of(std::span<const Text> words) {
  if (words.size() == 1) return words.front();
  Text out;
  for (const Text& w : words) {
    if (!out.empty()) out.append(" ");
    const bool quotes = w.view().find_first_of(" \t") != std::string_view::npos && w.view().find('"') == std::string_view::npos;
    if (quotes) out.append("\"");
    out.append(w);
    if (quotes) out.append("\"");
  }
  return out;
}

/// `cmd /c "…"`: the outer quotes are taken off where the text begins and ends with one (`cmd /?`).
Text without_outer_quotes(const Text& code) {
  const std::string_view v = code.view();
  if (v.size() < 2 || v.front() != '"' || v.back() != '"') return code;
  const std::string_view inner = v.substr(1, v.size() - 2);
  const bool one_word = inner.find('"') == std::string_view::npos && inner.find(' ') == std::string_view::npos;
  return one_word ? code : code.substr(1, v.size() - 2);
}

}  // namespace

Text rewritten(const Text& code, const Text& cwd, const program::KnowledgeView& knowledge) {
  Variables variables;
  return Rewriter(Source(code.bytes(), variables), cwd, knowledge, 0).run();
}

void read_code(const Text& code, const program::Change& change, program::Effects& effects) {
  if (base::trim(code.view()).empty()) return;
  const Text script = rewritten(without_outer_quotes(code), effects.invocation().setting.cwd, effects.knowledge());
  program::Change inner = change;
  inner.keeps_input = false;
  effects.run_shell(script, {}, inner);
}

void run_host(std::span<const Text> arguments, program::Effects& effects) {
  program::Change change;
  change.via = effects.name();
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view v = arguments[i].view();
    if (is_switch(v, "?")) return;
    if (!is_switch(v, "ckr")) continue;
    const std::size_t head = v.starts_with("//") ? 3 : 2;
    if (v.size() > head) {  // `/crd x`
      std::vector<Text> words{arguments[i].substr(head)};
      words.insert(words.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1, arguments.end());
      return read_code(line_of(words), change, effects);
    }
    std::vector<Text> words(arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1, arguments.end());
    if (head == 3) {
      for (Text& w : words) {
        if (w.view().starts_with("//") && w.size() > 2) w = w.substr(1);
      }
    }
    if (!words.empty()) read_code(line_of(words), change, effects);
    return;
  }
  effects.run_input("cmd", {}, change);
}

}  // namespace belay::command::cmd
