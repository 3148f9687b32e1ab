#include "command/program/settings.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "command/program/compile.h"
#include "command/program/modules.h"
#include "command/program/roles.h"
#include "command/program/typed.h"

namespace belay::command::program {

namespace {

using model::OpaqueReason;

constexpr std::string_view kScripts = "package";     ///< files of which the arguments say what is run
constexpr std::string_view kSettings = "gitconfig";  ///< files that mean the same whatever the arguments are

bool is_unknown(const Text& text) { return text.size() == text.hole_count(); }

const Text* bound(const std::vector<model::Binding>& env, std::string_view name) {
  const auto it = std::find_if(env.rbegin(), env.rend(), [&](const model::Binding& b) { return b.name == name; });
  return it == env.rend() ? nullptr : &it->value;
}

/// What quotes mean in such variables: in NODE_OPTIONS the single one is a character like any other, in Perl's and Ruby's both are.
std::string_view quotes_of(std::string_view program) {
  if (program == "perl" || program == "ruby") return {};
  return program == "node" ? "\"" : "'\"";
}

/// Arguments that a program takes out of a variable, before its own.
void run_words(const Text& value, std::string_view detail, const Change& change, Effects& effects) {
  std::vector<Text> words = split_words(value, quotes_of(detail));
  if (detail.find('-') != std::string_view::npos) {
    for (const Text& word : words) apply_setting(detail, word, change, effects);
    return;
  }
  words.insert(words.begin(), Text(detail.empty() ? effects.name() : std::string(detail)));
  effects.run(std::move(words), change);
}

/// git: a value that begins with `!` is shell code; any other of an alias is arguments of git itself.
void run_alias(const Text& value, const Change& change, Effects& effects) {
  if (value.view().starts_with('!')) return effects.run_shell(value.substr(1), {}, change);
  run_words(value, {}, change, effects);
}

/// git: shell code behind `!`, the path of a program, or the end of the name of a program of git's own.
void run_helper(const Text& value, const Change& change, Effects& effects) {
  if (value.view().starts_with('!')) return effects.run_shell(value.substr(1), {}, change);
  if (value.view().find('/') != std::string_view::npos) effects.run_shell(value, {}, change);
}

/// git: the transport `ext::` runs what the address says.
void allow_transport(const Text& value, const Change& /*change*/, Effects& effects) {
  const std::string_view v = value.view();
  const bool allows = v == "always" || v == "user" || v == "ext" || v.find("ext:") != std::string_view::npos || v.find(":ext") != std::string_view::npos;
  if (allows) effects.opaque(OpaqueReason::changed_environment, "`" + effects.name() + "` may run what an address says");
}

/// less: `|` or `||`, perhaps `-`, then the command that opens a file.
void open_through(const Text& value, const Change& change, Effects& effects) {
  const auto begin = value.view().find_first_not_of("|- ");
  if (begin != std::string_view::npos) effects.run_shell(value.substr(begin), {}, change);
}

/// `KEY=NAME`: the value is in a variable.
void take_from_variable(const Text& value, const Change& change, Effects& effects) {
  const auto equals = value.view().rfind('=');
  if (equals == std::string_view::npos) return;
  const Text* bound_value = bound(effects.invocation().setting.env, value.view().substr(equals + 1));
  Text setting = value.substr(0, equals + 1);
  if (bound_value != nullptr) setting.append(*bound_value);
  else setting.append_hole(model::HoleTrait::any);
  apply_setting("git-config", setting, change, effects);
}

/// make: the command of a tool; who hands on the one of the environment (`CC="$CC"`) says nothing of it.
void run_tool(const Text& value, const Change& change, Effects& effects) {
  if (!is_unknown(value)) effects.run_shell(value, {}, change);
}

/// ed: a file, or behind `!` the command whose output is edited.
void edit_output(const Text& value, const Change& change, Effects& effects) {
  if (value.view().starts_with('!')) return effects.run_shell(value.substr(1), {}, change);
  apply_file({Role::read_write, value}, effects);
}

/// git: an absolute path is the file that the trace is added to; anything else is a number or a word.
void trace_to(const Text& value, const Change& /*change*/, Effects& effects) {
  const std::string_view v = value.view();
  if (v.starts_with('/') || v.starts_with('~')) apply_file({Role::append, value}, effects);
}

/// make expands what these variables hold, then takes words and functions out of it ("Communicating Options to a Sub-make").
void take_flags(const Text& value, const Change& change, Effects& effects) {
  apply_code("make", value, change, effects);
  run_words(value, {}, change, effects);
}

/// strace(1), -o: a file, or behind `|` and `!` a command that is fed.
void open_output(const Text& value, const Change& change, Effects& effects) {
  const std::string_view v = value.view();
  if (v.starts_with('|') || v.starts_with('!')) return apply_code("filter", value.substr(1), change, effects);
  apply_file({Role::write, value}, effects);
}

/// curl(1), -w: the format is in the file behind `@`; `%output{FILE}` and `%output{>>FILE}` say where what follows goes.
void read_format(const Text& value, const Change& /*change*/, Effects& effects) {
  constexpr std::string_view kOutput = "%output{";
  if (value.view().starts_with('@')) return apply_file({Role::read, value.substr(1)}, effects);
  for (auto at = value.view().find(kOutput); at != std::string_view::npos; at = value.view().find(kOutput, at + 1)) {
    const std::size_t begin = at + kOutput.size();
    const std::size_t end = value.view().find('}', begin);
    const bool appends = value.view().substr(begin, 2) == ">>";
    if (end != std::string_view::npos)
      apply_file({appends ? Role::append : Role::write, value.substr(begin + (appends ? 2 : 0), end - begin - (appends ? 2 : 0))},
                 effects);
  }
}

/// TOML: a command in quotes, or its words in a list.
void run_listed(const Text& value, const Change& change, Effects& effects) {
  const bool list = value.view().starts_with('[');
  Text code;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value.view()[i];
    if (c == '"' || c == '\'' || (list && (c == '[' || c == ']'))) continue;
    if (list && c == ',') code.append(" ");
    else code.append(value.substr(i, 1));
  }
  effects.run_shell(code, {}, change);
}

/// cargo: the words of an alias are arguments of cargo.
void run_cargo_alias(const Text& value, const Change& change, Effects& effects) {
  Text words;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (std::string_view("\"'[],").find(value.view()[i]) == std::string_view::npos) words.append(value.substr(i, 1));
    else words.append(" ");
  }
  run_words(words, {}, change, effects);
}

/// Maven: `-Dexec.executable=PROGRAM` is run with what `-Dexec.args=WORDS` says (exec-maven-plugin, exec:exec).
void run_maven_program(const Text& value, const Change& change, Effects& effects) {
  Text words = value;
  for (const Text& argument : effects.invocation().argv) {
    for (const std::string_view name : {"-Dexec.args=", "-Dexec.commandlineArgs="}) {
      if (!argument.view().starts_with(name)) continue;
      words.append(" ");
      words.append(argument.substr(name.size()));
    }
  }
  std::vector<Text> argv = split_words(words);
  for (Text& word : argv) word = word.view().find("${") == std::string_view::npos ? word : Text::hole(model::HoleTrait::any);  // of the project
  if (!argv.empty()) effects.run(std::move(argv), change);
}

void run_tmux_command(const Text& value, const Change& change, Effects& effects) { run_terminal_commands("tmux ", value, change, effects); }

struct ValueRow {
  std::string_view language;
  void (*apply)(const Text&, const Change&, Effects&);
};
constexpr std::array kValues{
    ValueRow{"git-alias", run_alias},      ValueRow{"git-helper", run_helper},   ValueRow{"git-transport", allow_transport},
    ValueRow{"input-pipe", open_through},  ValueRow{"make-tool", run_tool},      ValueRow{"make-flags", take_flags},
    ValueRow{"piped-output", open_output}, ValueRow{"curl-format", read_format}, ValueRow{"toml-command", run_listed},
    ValueRow{"cargo-alias", run_cargo_alias}, ValueRow{"maven-program", run_maven_program},
    ValueRow{"tmux-command", run_tmux_command}, ValueRow{"git-trace", trace_to},       ValueRow{"ed-file", edit_output},     ValueRow{"git-config-env", take_from_variable}};

Change change_of(const Effects& effects, std::string_view variable) {
  Change out;
  out.via = effects.name();
  out.keeps_input = false;
  out.unset.emplace_back(variable);  // or a program that is named in its own environment would never end
  return out;
}

struct Named {
  std::string_view name;  ///< of the variable or the setting
  KeyInfo info;
};

/// A shell expands the name of the file that it reads when it starts, with the commands in it (bash(1), BASH_ENV; POSIX sh, ENV).
void run_script(const Text& value, std::string_view language, const Change& change, Effects& effects) {
  if (language.empty()) effects.run_shell(expansions_of(value), {}, change);
  effects.run_file(value, language.empty() ? "sh" : language, {value}, change);
}

void apply_value(const Named& key, const Text& value, const Change& change, Effects& effects) {
  const Role role = key.info.role;
  if (role == Role::code) return apply_code(key.info.detail, value, change, effects);
  if (role == Role::command) return effects.run({value}, change);
  if (role == Role::split) return run_words(value, key.info.detail, change, effects);
  if (role == Role::library || role == Role::folders) return apply_place(role, value, key.name, effects);
  apply_file({role, value}, effects);
  if (role == Role::sql_file) {
    model::Query where;
    where.engine = key.info.detail;
    if (const auto text = effects.written_text(value)) send_statements(where, *text, effects);
  }
  if (role == Role::script) run_script(value, key.info.detail, change, effects);
  if (role == Role::code_file) load_named(key.info.detail, value, change, effects);
}

bool runs_something(Role role) {
  return role == Role::code || role == Role::command || role == Role::script || role == Role::split || role == Role::library;
}

/// `KEY_*=VALUE_*`: the setting whose key is in one variable and whose value is in another.
std::optional<Text> paired(std::string_view declared, const model::Binding& key, const std::vector<model::Binding>& env) {
  const auto equals = declared.find('=');
  const auto star = declared.find('*');
  if (equals == std::string_view::npos || star > equals) return std::nullopt;
  std::string other(declared.substr(equals + 1));
  const auto there = other.find('*');
  if (there != std::string::npos) other.replace(there, 1, key.name.substr(star, key.name.size() - (equals - 1)));
  const Text* value = bound(env, other);
  if (value == nullptr) return std::nullopt;
  Text out = key.value;
  out.append("=");
  out.append(*value);
  return out;
}

void apply_variable(const KeyInfo& info, const model::Binding& variable, Effects& effects) {
  const std::optional<Text> pair = paired(info.key, variable, effects.invocation().setting.env);
  const Text& value = pair ? *pair : variable.value;
  if (value.empty()) return;
  if (is_unknown(value)) {
    if (runs_something(info.role))
      effects.opaque(OpaqueReason::changed_environment, "`" + effects.name() + "` runs what `" + variable.name + "` says");
    return;
  }
  apply_value({variable.name, info}, value, change_of(effects, variable.name), effects);
}

/// Folders of libraries that only root writes into (Filesystem Hierarchy Standard; those of package managers and of macOS).
constexpr std::array<std::string_view, 10> kSystemLibraries{"/lib/",      "/lib64/", "/lib32/",     "/usr/lib", "/usr/local/lib",
                                                            "/usr/libexec", "/opt/",   "/nix/store/", "/snap/",   "/System/"};
constexpr std::array<std::string_view, 5> kEverybodys{"/tmp", "/var/tmp", "/dev/shm", "/private/tmp", "/private/var/tmp"};

bool starts_with_any(std::string_view path, const auto& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view b) { return path.starts_with(b); });
}

/// A name without a folder is looked up among the system's libraries (ld.so(8)).
bool is_foreign_library(const Text& entry) {
  const std::string_view v = entry.view();
  if (v.empty() || is_unknown(entry) || v.find('/') == std::string_view::npos) return false;
  return !starts_with_any(v, kSystemLibraries) || v.find("/../") != std::string_view::npos;
}

std::vector<Text> entries_of(const Text& list, std::string_view separators) {
  std::vector<Text> out;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.view().find_first_of(separators, begin), list.size());
    out.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

}  // namespace

bool is_everybodys(std::string_view folder) {
  return std::any_of(kEverybodys.begin(), kEverybodys.end(), [&](std::string_view one) {
    return folder.starts_with(one) && (folder.size() == one.size() || folder[one.size()] == '/');
  });
}

void apply_place(Role role, const Text& value, std::string_view source, Effects& effects) {
  const bool library = role == Role::library;
  for (const Text& entry : entries_of(value, library ? ": " : ":")) {
    const bool foreign = library ? is_foreign_library(entry) : is_everybodys(entry.view());
    if (!foreign) continue;
    effects.opaque(OpaqueReason::changed_environment,
                   "`" + effects.name() + "` loads code from `" + entry.display() + "`, which `" + std::string(source) + "` names");
    return;
  }
}

void apply_settings_file(std::string_view language, const Text& file, const Change& change, Effects& effects) {
  for (const Text& line : entries_of(file, "\n")) {
    const std::size_t begin = line.view().find_first_not_of(" \t");
    if (begin != std::string_view::npos && line.view()[begin] != '#') apply_setting(language, line.substr(begin), change, effects);
  }
}

void apply_setting(std::string_view language, const Text& setting, const Change& change, Effects& effects) {
  for (const ValueRow& row : kValues) {
    if (row.language == language) return row.apply(setting, change, effects);
  }
  if (type_into_shell(language, setting, change, effects)) return;
  const auto end = setting.view().find_first_of("= \t");
  const auto value = setting.view().find_first_not_of("= \t", std::min(end, setting.size()));
  if (value == std::string_view::npos) return;
  const auto known = effects.knowledge().settings(language);
  const std::string key = base::lower(setting.view().substr(0, end));
  const auto info = known ? known->setting(key) : std::nullopt;
  if (!info) return;
  Change here = change;
  here.remote = false;  // ssh runs what its options name on this side
  apply_value({key, *info}, setting.substr(value), here, effects);
}

namespace {

std::optional<KeyInfo> heeded(const std::string& variable, const Reading& reading, const Effects& effects) {
  const auto any = effects.knowledge().any_program();
  std::optional<KeyInfo> info = any ? any->variable(variable) : std::nullopt;
  for (const Block& block : reading.blocks) {
    if (!info && block.known() && !reading.harmless) info = block.variable(variable);
  }
  return info;
}

}  // namespace

bool heeds_environment(const Reading& reading, const Effects& effects) {
  const std::vector<model::Binding>& env = effects.invocation().setting.env;
  if (!env.empty() && !reading.block().known()) return true;
  return std::any_of(env.begin(), env.end(), [&](const model::Binding& variable) { return heeded(variable.name, reading, effects).has_value(); });
}

void apply_environment(const Reading& reading, Effects& effects) {
  for (const model::Binding& variable : effects.invocation().setting.env) {
    if (const auto info = heeded(variable.name, reading, effects)) apply_variable(*info, variable, effects);
  }
}

void apply_found_files(const Block& block, Effects& effects, const std::vector<Text>& operands) {
  if (!block.known() || !effects.has_written() || !block.looks_for_files()) return;
  // What those files start may be the same program again, as a hook of git does: they have been read, if not for other arguments.
  const auto& via = effects.invocation().setting.via;
  const bool again = std::find(via.begin(), via.end(), effects.name()) != via.end();
  for (const std::string& name : effects.written_names()) {
    const auto info = block.variable(std::string(image::kFilePrefix) + name);
    if (!info || !compiled_language(info->detail).empty() || (again && (operands.empty() || info->detail == kSettings) && info->detail != kScripts)) continue;
    Change change;
    change.via = effects.name();
    change.keeps_input = false;
    change.parts = true;
    if (info->role == Role::command) effects.run({Text("./" + name)}, change);
    std::vector<Text> words{Text(name)};
    words.insert(words.end(), operands.begin(), operands.end());
    if (info->role != Role::command) effects.run_file(Text(name), info->detail, words, change);
  }
}

void apply_found_files(const Reading& reading, Effects& effects) {
  if (reading.harmless) return;
  std::vector<Text> words;
  for (const ReadOperand& operand : reading.operands) words.push_back(operand.text);
  for (const Block& block : reading.blocks) apply_found_files(block, effects, words);
}

Text expansions_of(const Text& text) {
  Text code(": <<BELAY_TEXT\n");
  code.append(text);
  code.append("\nBELAY_TEXT\n");
  return code;
}

}  // namespace belay::command::program
