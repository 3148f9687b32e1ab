#include <CLI/App.hpp>
#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/program.h"
#include "cli/terminal.h"

namespace belay::cli {

namespace {

/// What may stand after a chain of commands: `belay rules` → list, show …, and the options that hold there.
struct Place {
  std::string path;                ///< `rules show`; empty: belay itself
  std::vector<std::string> words;  ///< commands, then options
};

/// Options with a closed set of values say them in their description's check: `{a,b,c}`.
struct Choice {
  std::string path, option;
  std::vector<std::string> values;
};

struct Table {
  std::vector<Place> places;
  std::vector<Choice> choices;
  std::vector<std::string> with_value;  ///< options that take one
};

std::vector<std::string> spellings(const CLI::Option& option) {
  std::vector<std::string> out;
  for (const auto& name : option.get_lnames()) out.push_back("--" + name);
  for (const auto& name : option.get_snames()) out.push_back("-" + name);
  return out;
}

std::vector<std::string> values_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const auto open = type.find('{');
  const auto close = type.find('}', open == std::string::npos ? 0 : open);
  std::vector<std::string> out;
  if (open == std::string::npos || close == std::string::npos) return out;
  for (const auto part : base::split(std::string_view(type).substr(open + 1, close - open - 1), ',')) out.emplace_back(part);
  return out;
}

void collect(const CLI::App& app, const std::string& path, const std::vector<std::string>& inherited, Table& into) {
  Place place{path, {}};
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* command : commands) place.words.push_back(command->get_name());
  std::vector<std::string> passed = inherited;
  for (const CLI::Option* option : app.get_options()) {
    const auto names = spellings(*option);
    const auto values = values_of(*option);
    place.words.insert(place.words.end(), names.begin(), names.end());
    for (const auto& name : names) {
      if (option->get_items_expected_max() > 0) into.with_value.push_back(name);
      if (!values.empty()) into.choices.push_back({path, name, values});
      if (path.empty() && option != app.get_help_ptr()) passed.push_back(name);
    }
  }
  place.words.insert(place.words.end(), inherited.begin(), inherited.end());
  into.places.push_back(std::move(place));
  for (const CLI::App* command : commands)
    collect(*command, path.empty() ? command->get_name() : path + " " + command->get_name(), passed, into);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

/// Options that take a value somewhere, each once.
std::string pattern_of_values(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : "|") + name;
  return out;
}

/// The words for each place as the branches of a `case` over the commands before the cursor; bash and zsh read the same text.
std::string branches(const Table& table) {
  std::string out;
  for (const auto& choice : table.choices)
    out += "    '" + choice.path + ":" + choice.option + "') wanted='" + joined(choice.values) + "' ;;\n";
  for (const auto& place : table.places) out += "    '" + place.path + ":') wanted='" + joined(place.words) + "' ;;\n";
  return out;
}

/// Finds the commands before the cursor in the array `line` of `count` words, and the option that a value is asked for.
std::string reader(const Table& table, std::string_view first) {
  std::string commands;
  for (const auto& place : table.places) {
    if (!place.path.empty()) commands += (commands.empty() ? "'" : "|'") + place.path + "'";
  }
  return "  local chain='' option='' skip='' word i wanted=''\n"
         "  for ((i = " + std::string(first) + "; i < count; i++)); do\n"
         "    word=${line[i]}\n"
         "    if [ -n \"$skip\" ]; then skip=''; continue; fi\n"
         "    case $word in\n"
         "    " + pattern_of_values(table.with_value) + ") skip=1; option=$word ;;\n"
         "    -*) ;;\n"
         "    *) case ${chain:+$chain }$word in " + commands + ") chain=${chain:+$chain }$word ;; esac ;;\n"
         "    esac\n"
         "  done\n"
         "  [ -n \"$skip\" ] || option=''\n"
         "  case $chain:$option in\n" + branches(table) + "  esac\n";
}

std::string bash(const Table& table) {
  return "# bash completion for belay: source <(belay completion bash)\n"
         "_belay() {\n"
         "  local line=(\"${COMP_WORDS[@]}\") count=$COMP_CWORD current=${COMP_WORDS[COMP_CWORD]}\n" + reader(table, "1") +
         "  COMPREPLY=()\n"
         "  [ -z \"$wanted\" ] || COMPREPLY=($(compgen -W \"$wanted\" -- \"$current\"))\n"
         "  # What is no word of belay's is a file or a folder.\n"
         "  if [ ${#COMPREPLY[@]} -eq 0 ] && [ \"${current:0:1}\" != - ]; then COMPREPLY=($(compgen -f -- \"$current\")); fi\n"
         "}\n"
         "complete -o filenames -F _belay belay\n";
}

std::string zsh(const Table& table) {
  return "#compdef belay\n"
         "# zsh completion for belay: belay completion zsh > a folder of $fpath/_belay, or: source <(belay completion zsh)\n"
         "_belay() {\n"
         "  local -a line=(\"${words[@]}\")\n"
         "  local count=$CURRENT\n"
         "  _belay_words\n"
         "  [[ -z $reply_words ]] || compadd -- ${=reply_words}\n"
         "  [[ ${line[CURRENT]} = -* ]] || _files\n"
         "}\n"
         "_belay_words() {\n"
         "  emulate -L zsh\n"
         "  typeset -g reply_words\n" + reader(table, "2") +
         "  reply_words=$wanted\n"
         "}\n"
         "if [ \"${funcstack[1]:-}\" = _belay ]; then _belay \"$@\"; elif (( $+functions[compdef] )); then compdef _belay belay; fi\n";
}

std::string fish(const Table& table) {
  std::string out = "# fish completion for belay: belay completion fish > ~/.config/fish/completions/belay.fish\n"
                    "function __belay_chain\n"
                    "  set -l chain ''\n"
                    "  set -l skip\n"
                    "  for word in (commandline -opc)[2..-1]\n"
                    "    if test -n \"$skip\"; set skip; continue; end\n"
                    "    if contains -- $word $__belay_options; set skip 1; continue; end\n"
                    "    set -l longer (string trim -- \"$chain $word\")\n"
                    "    contains -- \"$longer\" $__belay_commands; and set chain $longer\n"
                    "  end\n"
                    "  test \"$chain\" = \"$argv\"\n"
                    "end\n"
                    "set -g __belay_commands";
  for (const auto& place : table.places) {
    if (!place.path.empty()) out += " '" + place.path + "'";
  }
  out += "\nset -g __belay_options " + joined(table.with_value) + "\n";
  for (const auto& place : table.places) {
    out += "complete -c belay -n \"__belay_chain '" + place.path + "'\" -a '" + joined(place.words) + "'\n";
  }
  for (const auto& choice : table.choices) {
    const bool is_long = choice.option.starts_with("--");
    out += "complete -c belay -n \"__belay_chain '" + choice.path + "'\" " + (is_long ? "-l " + choice.option.substr(2) : "-s " + choice.option.substr(1)) +
           " -x -a '" + joined(choice.values) + "'\n";
  }
  return out;
}

}  // namespace

void add_completion(CLI::App& app, Program& /*program*/) {
  CLI::App* command = app.add_subcommand("completion", "print what a shell needs to complete belay's commands and options");
  const auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash, zsh or fish")->check(CLI::IsMember({"bash", "zsh", "fish"}))->required();
  command->footer("bash: source <(belay completion bash)    zsh: source <(belay completion zsh)    fish: belay completion fish | source");
  command->callback([&app, shell] {
    Table table;
    collect(app, "", {}, table);
    print(*shell == "bash" ? bash(table) : *shell == "zsh" ? zsh(table) : fish(table));
  });
}

}  // namespace belay::cli
