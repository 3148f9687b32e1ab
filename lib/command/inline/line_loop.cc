#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "base/text.h"
#include "command/output/line_filters.h"
#include "command/inline/printing.h"
#include "command/inline/walker.h"

/// `perl -ne CODE`, `ruby -pe CODE`: the code is run for each line of the input, which `$_` holds (perlrun, ruby(1)).
namespace belay::command::inline_code {

namespace {

/// A letter among options that have no value, before the code.
bool has_letter(const program::Effects& effects, char letter) {
  const auto& argv = effects.invocation().argv;
  return std::any_of(argv.begin() + 1, argv.end(), [&](const Text& word) {
    const std::string_view v = word.view();
    const auto at = v.find(letter);
    return v.size() > 1 && v[0] == '-' && v[1] != '-' && at != std::string_view::npos && v.find_first_of("eEIMmrFi") >= at;
  });
}

bool is_edit(std::string_view code) {
  const std::size_t name = code.starts_with("tr") ? 2 : code.starts_with('s') || code.starts_with('y') ? 1 : 0;
  return name != 0 && code.size() > name && std::string_view("/|,#!").find(code[name]) != std::string_view::npos;
}

constexpr std::size_t kMostLines = 64;

/// What a regular expression of perl or what is put in for it has, and an edit of sed has not.
constexpr std::string_view kOnlyPerl = "+?(){}|$@&";

/// Does the code change `$_` in a way that is not followed?
bool changes(std::string_view code) {
  for (const std::string_view sign : {"s/", "s{", "s|", "s,", "s#", "s!", "s(", "s[", "y/", "tr", "sub", "reverse", "=~", "chop", "slice", "replace", "$_ .=", "$_ <<"}) {
    if (code.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

/// The input after the substitutions that the code begins with; nothing when there are others.
std::optional<Text> edited(std::string_view code, const Text& input) {
  std::optional<Text> out = input;
  for (code = base::trim(code); out && is_edit(code); code = base::trim(code)) {
    const std::size_t end = std::min(code.find(';'), code.size());
    const std::string_view edit = code.substr(0, end);
    if (edit.find_first_of(kOnlyPerl) != std::string_view::npos) return std::nullopt;
    const Text script((edit.starts_with("tr") ? "y" : "") + std::string(edit.substr(edit.starts_with("tr") ? 2 : 0)));
    out = filtered("sed", std::span(&script, 1), out);
    code.remove_prefix(std::min(end + 1, code.size()));
  }
  return changes(code) ? std::nullopt : out;
}

}  // namespace

void bind_lines(std::string_view language, const Text& code, Session& session) {
  if (language != "perl" && language != "ruby") return;
  const bool prints = has_letter(session.effects, 'p');
  if (!session.effects.input().text || !(prints || has_letter(session.effects, 'n'))) return;
  const std::optional<Text> input = edited(code.view(), *session.effects.input().text);
  if (!input || !input->literal()) return;
  std::vector<Value> lines;
  for (const std::string_view line : base::split(input->view(), '\n')) {
    if (!line.empty() && lines.size() < kMostLines) lines.push_back(Value::of(Text(line)));
  }
  if (lines.size() == kMostLines) lines.push_back(Value::of(Text::hole(model::HoleTrait::any)));
  session.edited = true;
  session.variables.insert_or_assign("$_", element_of(Value::list(std::move(lines))));
  if (!prints) return;
  session.prints = true;
  session.printed = *input;
}

}  // namespace belay::command::inline_code
