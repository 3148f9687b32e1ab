#include "command/program/roles.h"

#include "base/text.h"
#include "command/cmd/code.h"
#include "command/inline/code.h"
#include "command/powershell/code.h"
#include "command/program/code.h"
#include "command/program/compile.h"
#include "command/program/emulator.h"
#include "command/program/languages.h"
#include "command/program/published.h"
#include "command/program/settings.h"
#include "command/program/split_string.h"
#include "path/path.h"

namespace belay::command::program {

namespace {

using model::HoleTrait;
using model::OpKind;

/// Language of an option that names a module to be used.
constexpr std::string_view kPerlModule = "perl-module";

bool ends_with(std::string_view s, std::string_view end) {
  return s.size() >= end.size() && s.substr(s.size() - end.size()) == end;
}

bool is_path(std::string_view s) { return !s.empty() && (s[0] == '/' || s[0] == '.' || s[0] == '~' || s[0] == model::kHole); }

/// Value of `NAME=` in a list with commas.
std::optional<Text> mount_field(const Text& text, std::string_view name) {
  const std::string wanted = std::string(name) + "=";
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.view().find(',', begin), text.size());
    if (text.view().substr(begin).starts_with(wanted)) return text.substr(begin + wanted.size(), end - begin - wanted.size());
    begin = end + 1;
  }
  return std::nullopt;
}

/// Where in the container that is. Of `-v` what stands behind the first colon.
Text mount_target(const Text& text) {
  for (const std::string_view name : {"target", "destination", "dst"}) {
    if (auto value = mount_field(text, name)) return *std::move(value);
  }
  const std::size_t colon = text.view().find(':');
  if (colon == std::string_view::npos || text.view().find("type=") == 0) return {};
  const std::size_t end = text.view().find(':', colon + 1);
  return text.substr(colon + 1, end == std::string_view::npos ? end : end - colon - 1);
}

/// `HOST:CONTAINER[:ro]` of `-v`, or `type=bind,source=HOST,target=…` of `--mount`. A plain name is a volume, not a path.
void apply_mount(const Text& text, std::vector<Mount>& mounts, Effects& effects) {
  const std::string_view v = text.view();
  std::size_t begin = 0;
  std::size_t end = v.find(':');
  bool read_only = end != std::string_view::npos && (ends_with(v, ":ro") || v.find(":ro,") != std::string_view::npos);
  if (v.find("source=") != std::string_view::npos || v.find("src=") != std::string_view::npos) {
    begin = v.find("source=") != std::string_view::npos ? v.find("source=") + 7 : v.find("src=") + 4;
    end = v.find(',', begin);
    read_only = v.find("readonly") != std::string_view::npos || v.find(",ro") != std::string_view::npos;
  }
  const Text host = text.substr(begin, end == std::string_view::npos ? end : end - begin);
  if (!is_path(host.view())) return;
  const std::string why = "mounted by `" + effects.name() + "`";
  effects.file(OpKind::read, host, {true, false, true}, why);
  if (!read_only) effects.file(OpKind::write, host, {true, false, true}, why);
  const Text target = path::lexical(mount_target(text), Text("/"));
  if (target.view() != "/" && effects.here(host)) mounts.push_back({effects.absolute(*effects.here(host)), target, read_only});
}

class Around {
 public:
  Around(const Reading& reading, Effects& effects) : reading_(reading), effects_(effects) {
    out_.change.via = effects.name();
    if (!reading.block().known()) return;
    for (const Block& b : reading.blocks) {
      if (!b.as().empty()) out_.change.as = b.as();
      out_.change.remote = out_.change.remote || b.has(Flag::remote);
      out_.login = out_.login || b.has(Flag::login_shell);
    }
  }

  Surroundings run() {
    for (const ReadOption& o : reading_.options) {
      if (o.number == kUnknownOption) continue;
      const OptionInfo info = reading_.info(o);
      out_.change.clear_env = out_.change.clear_env || info.has(Mark::clear_env);
      out_.login = out_.login || info.has(Mark::login);
      if (o.has_value) part(info.role, o.value);
      if (o.has_value && info.role == Role::code && info.detail == "unit") unit_property(o.value);
    }
    for (const ReadOperand& o : reading_.operands) part(o.role, o.text);
    out_.change.fresh =
        of_image_ && mounts_ == out_.change.mounts.size();  // what lies below a mount of this machine is judged as such
    out_.change.own_container = in_container_ && !of_image_ && !uses_other_engine(reading_, effects_);
    if (!out_.change.mounts.empty() && out_.change.workdir.empty()) out_.change.workdir = Text("/");
    return std::move(out_);
  }

 private:
  /// `-p WorkingDirectory=/x` of systemd-run.
  void unit_property(const Text& value) {
    constexpr std::string_view kFolder = "WorkingDirectory=";
    if (value.view().starts_with(kFolder)) effects_.enter(value.substr(kFolder.size()));
  }

  void part(Role role, const Text& value) {
    if (role == Role::cwd) effects_.enter(value);
    if (role == Role::user && value.literal()) user(value.bytes());
    if (role == Role::env) env(value);
    if (role == Role::unset && value.literal()) out_.change.unset.push_back(value.bytes());
    if (role == Role::root) out_.change.remote = out_.change.remote || value.view() != "/";
    if (role == Role::container || role == Role::container_image) out_.change.remote = true;
    in_container_ = in_container_ || (role == Role::container && value.view().find("prod") == std::string_view::npos);
    of_image_ = of_image_ || role == Role::container_image;
    mounts_ += role == Role::mount ? 1U : 0U;
    if (role == Role::container_image) image(value);
    if (role == Role::entrypoint && !value.empty()) out_.prefix = {value};
    if (role == Role::split) out_.prefix = split_string(value, effects_);
    if (role == Role::mount) apply_mount(value, out_.change.mounts, effects_);
    if (role == Role::workdir) out_.change.workdir = path::lexical(value, Text("/")), out_.change.placed = true;
  }

  /// What a container is given are arguments of the image's entry point, unless another one is named.
  void image(const Text& value) {
    const std::string_view program = program_of_image(value.view(), effects_.knowledge());
    if (!program.empty() && out_.prefix.empty()) out_.prefix = {Text(program)};
  }

  /// `su - user` names nobody with its dash; `docker -u 0:0` is root.
  void user(const std::string& name) {
    if (name == "-") return;
    const std::string plain = name.substr(0, name.find(':'));
    out_.change.as = plain == "0" || plain == "#0" ? "root" : plain;
  }

  void env(const Text& value) {
    const auto equals = value.view().find('=');
    if (equals == std::string_view::npos) return;
    out_.change.env.push_back({std::string(value.view().substr(0, equals)), value.substr(equals + 1)});
  }

  const Reading& reading_;
  Effects& effects_;
  Surroundings out_;
  bool of_image_ = false;
  bool in_container_ = false;
  std::size_t mounts_ = 0;
};

/// Runs what the arguments hold: code, a wrapped command, or standard input when they hold none.
class Runs {
 public:
  Runs(const Reading& reading, const Surroundings& around, Effects& effects)
      : reading_(reading), around_(around), effects_(effects) {}

  void run() {
    for (const ReadOption& o : reading_.options) {
      if (o.number != kUnknownOption && o.has_value) option(reading_.info(o), o.value);
      if (o.number != kUnknownOption && !o.has_value && reading_.info(o).role == Role::code_file) input_language_ = reading_.info(o).detail;
      // `python -m json.tool`: the option names what runs, so standard input is its data.
      if (o.number == kUnknownOption || !o.has_value || !reading_.info(o).has(Mark::stop)) continue;
      ran_ = true;
      if (reading_.info(o).role == Role::word || reading_.info(o).detail.ends_with("_module")) known_by_name(o.value, 0);
    }
    if (!lines_.empty()) apply_code(language_, lines_, around_.change, effects_, parameters(0));
    for (const ReadOption& o : reading_.options) {  // `mysqlsh --py -e CODE`
      if (input_language_.empty() || o.number == kUnknownOption || !o.has_value || reading_.info(o).role != Role::sql) continue;
      apply_code(input_language_, o.value, around_.change, effects_);
      ran_ = true;
    }
    if (!input_language_.empty()) commands_from_input();
    for (std::size_t i = 0; i < reading_.operands.size(); ++i) operand(i);
    if (!setting_.empty()) apply_code(setting_language_, setting_, around_.change, effects_);
    rest();
    if (!ran_) input();
  }

 private:
  /// `vim -es`: with that flag standard input is code. Behind commands of options (`-c q`) it may not be read any more: what is not known is no matter then.
  void commands_from_input() {
    if (!ran_ || effects_.input().text) effects_.run_input(input_language_, {Text(effects_.name())}, around_.change);
    ran_ = true;
  }

  void operand(std::size_t i) {
    const ReadOperand& o = reading_.operands[i];
    if (o.role == Role::script) return script(i);
    if (o.role == Role::code && o.detail == "sh" && reading_.block().grammar() == Grammar::shell) {
      ran_ = true;
      effects_.run_shell(o.text, parameters(i + 1), around_.change);
      return;
    }
    if (o.role == Role::code && o.repeated && o.skip == 0 && o.detail.find('-') != std::string_view::npos) return setting(o);
    part(o.role, o.detail, o.text, inline_code::reads(o.detail) ? i + 1 : 0);
  }

  /// `git config KEY VALUE`: the words of one setting.
  void setting(const ReadOperand& o) {
    if (!setting_.empty()) setting_.append(" ");
    setting_.append(o.text);
    setting_language_ = o.detail;
  }

  /// Code in several options (`-e … -e …`) is one program, a line each.
  void option(const OptionInfo& info, const Text& value) {
    if (info.role == Role::code && info.detail == kPerlModule) return perl_module(value);
    if (info.role != Role::code || !inline_code::reads(info.detail)) return part(info.role, info.detail, value);
    if (!lines_.empty()) lines_.append("\n");
    lines_.append(value);
    language_ = info.detail;
    ran_ = true;
  }

  /// `-MFile::Path=rmtree` is `use File::Path qw(rmtree);` before the code (perlrun).
  void perl_module(const Text& value) {
    if (!lines_.empty()) lines_.append("\n");
    lines_.append("use ");
    lines_.append(value.substr(0, value.view().find('=')));
    lines_.append(";");
    language_ = "perl";
  }

  [[nodiscard]] std::vector<Text> parameters(std::size_t first) const {
    std::vector<Text> out;
    for (std::size_t k = first; k < reading_.operands.size(); ++k) out.push_back(reading_.operands[k].text);
    return out;
  }

  /// `su -c CODE root -- sh ARGUMENT`: the login shell is given them behind its code.
  [[nodiscard]] std::vector<Text> tail() const {
    if (!reading_.has_rest) return {};
    const auto words = reading_.arguments.subspan(reading_.rest);
    return {words.begin(), words.end()};
  }

  void script(std::size_t i) {
    const ReadOperand& o = reading_.operands[i];
    if (is_standard_input(o.text.view())) return;
    ran_ = true;
    const auto own = reading_.block().known() ? reading_.block().standard_input() : std::nullopt;
    const std::string_view language = own && own->first == Role::code ? own->second : language_of_file(o.text.view());
    if (!language.empty()) effects_.run_file(o.text, language, parameters(i), around_.change);
    known_by_name(o.text, i + 1);
  }

  /// `php bin/console`, `python -m alembic`: a script or module that is known is that program, with the operands from `first` on.
  void known_by_name(const Text& script, std::size_t first) {
    const auto language = reading_.block().known() ? reading_.block().standard_input() : std::nullopt;
    if (!language || language->first != Role::code) return;
    const std::string program = program_of_script(script.view(), language->second, effects_.knowledge());
    if (program.empty() || program.find(model::kHole) != std::string::npos) return;
    std::vector<Text> argv = parameters(first);
    argv.insert(argv.begin(), Text(program));
    Change change = around_.change;
    change.via = effects_.name();
    effects_.run(std::move(argv), change);
  }

  void part(Role role, std::string_view detail, const Text& value, std::size_t behind = 0) {
    if (role == Role::script) return script_option(detail, value);
    if (role == Role::code_file) return file_of_code(detail, value);
    if (role == Role::library || role == Role::folders) apply_place(role, value, "an argument", effects_);
    if (role != Role::code) return;
    if (around_.login && detail == "sh") effects_.run_shell(value, tail(), around_.change);
    else apply_code(detail, value, around_.change, effects_, parameters(behind));
    ran_ = ran_ || detail.find('-') == std::string_view::npos;
  }

  /// What an option names is a script of the language that is declared, of the program's own, of the shell if it is one, or of one that
  /// is not known.
  void script_option(std::string_view declared, const Text& value) {
    ran_ = true;
    const auto own = reading_.block().known() ? reading_.block().standard_input() : std::nullopt;
    const std::string_view language = !declared.empty()                              ? declared
                                      : own && own->first == Role::code              ? own->second
                                      : reading_.block().grammar() == Grammar::shell ? "sh"
                                                                                     : "other";
    effects_.run_file(value, language, parameters(0), around_.change);
    if (declared.empty()) known_by_name(value, 0);
  }

  void file_of_code(std::string_view language, const Text& value) {
    if (!compiled_language(language).empty()) {
      ran_ = true;  // standard input was the source, if anything
      return;
    }
    std::vector<Text> words = parameters(0);
    words.insert(words.begin(), value);
    effects_.run_file(value, language, words, around_.change);
  }

  /// A terminal whose one word is the name of no program gives it to a shell (xterm(1), -e).
  [[nodiscard]] bool hands_lines_to_shell() const {
    return std::any_of(reading_.blocks.begin(), reading_.blocks.end(),
                       [](const Block& b) { return b.known() && b.has(Flag::shell_line); });
  }

  void rest() {
    std::vector<Text> argv = around_.prefix;
    if (reading_.has_rest) {
      const auto tail = reading_.arguments.subspan(reading_.rest);
      argv.insert(argv.end(), tail.begin(), tail.end());
    }
    if (argv.empty() || (argv.size() == 1 && argv.front().view() == "-")) return;  // `uv run -`: standard input is what runs
    ran_ = true;
    // What `env -S` splits begins with whatever env takes: options, assignments, then the command.
    const std::string_view first = argv.front().view();
    if (!around_.prefix.empty() && (first.substr(0, 1) == "-" || first.find('=') != std::string_view::npos))
      argv.insert(argv.begin(), Text(effects_.name()));
    const bool line = argv.size() == 1 && hands_lines_to_shell() && first.find(' ') != std::string_view::npos;
    if (reading_.rest_role != Role::shell && !line) return start(std::move(argv));
    Text code;
    for (const Text& word : argv) {
      if (!code.empty()) code.append(" ");
      code.append(word);
    }
    effects_.run_shell(code, {}, around_.change);
  }

  /// `uv run x.py`: some wrappers take a script by its name. What begins with a dash are arguments of the login shell: `su root -- -c CODE` (su(1)).
  void start(std::vector<Text> argv) {
    if (around_.login && argv.front().view().starts_with('-')) argv.insert(argv.begin(), Text("sh"));
    const std::string_view name = argv.front().view();
    const std::string_view language = name.find('/') == std::string_view::npos ? language_of_file(name) : std::string_view();
    if (!language.empty() && effects_.has_written()) effects_.run_file(argv.front(), language, argv, around_.change);
    effects_.run(std::move(argv), around_.change);
  }

  void input() {
    if (around_.login) return effects_.run_input("sh", {}, around_.change);
    const auto stdin_role = reading_.block().known() ? reading_.block().standard_input() : std::nullopt;
    if (!stdin_role || stdin_role->first != Role::code) return;
    std::vector<Text> parameters{Text(effects_.name())};
    // What a shell is given besides its script are parameters of that; the operands of `at` and its like (a time) are not.
    const bool sh = stdin_role->second == "sh";
    const bool takes_parameters = !sh || reading_.block().grammar() == Grammar::shell;
    for (const ReadOperand& o : reading_.operands) {
      if (takes_parameters && !(sh && o.role == Role::script)) parameters.push_back(o.text);
    }
    effects_.run_input(stdin_role->second, parameters, around_.change);
  }

  const Reading& reading_;
  const Surroundings& around_;
  Effects& effects_;
  bool ran_ = false;
  Text lines_;                 ///< code of all options
  std::string_view language_;  ///< … and what it is written in
  std::string_view input_language_;  ///< of standard input, when a flag says that it is code
  Text setting_;               ///< operands that are one setting
  std::string_view setting_language_;
};

/// `vite build --outDir DIR --emptyOutDir`: what is in the folder goes before something is put there.
void clear_targets(const Reading& reading, Effects& effects) {
  const auto known = [](const ReadOption& o) { return o.number != kUnknownOption; };
  const bool clears = std::any_of(reading.options.begin(), reading.options.end(),
                                  [&](const ReadOption& o) { return known(o) && reading.info(o).has(Mark::clears); });
  for (const ReadOption& o : reading.options) {
    if (!clears || !known(o) || !o.has_value) continue;
    const Role role = reading.info(o).role;
    if (role != Role::write && role != Role::write_tree && role != Role::write_into) continue;
    effects.file(OpKind::remove, o.value, {true, false, true}, "folder that `" + effects.name() + "` empties");
  }
}

bool has_queries(const Reading& reading) {
  for (const ReadOption& o : reading.options) {
    if (o.number == kUnknownOption) continue;
    const Role role = reading.info(o).role;
    if (role == Role::sql || role == Role::sql_file) return true;
  }
  for (const ReadOperand& o : reading.operands) {
    if (o.role == Role::sql || o.role == Role::sql_file) return true;
  }
  const auto input = reading.block().standard_input();
  return input && input->first == Role::sql;
}

}  // namespace

Surroundings surroundings(const Reading& reading, Effects& effects) { return Around(reading, effects).run(); }

void apply_code(std::string_view language, const Text& code, const Change& change, Effects& effects,
                const std::vector<Text>& parameters) {
  if (language == "sh") return effects.run_shell(code, {}, change);
  if (language == "cmd") return cmd::read_code(code, change, effects);
  if (language == "powershell") return powershell::read_code(code, parameters, change, effects);
  if (language.find('-') != std::string_view::npos) return apply_setting(language, code, change, effects);
  if (language == "awk") run_environment_printers(language, code, change, effects);
  if (inline_code::reads(language)) return inline_code::read_code({language, code, parameters}, change, effects);
  apply_commands(language, code, change, effects, parameters);
}

void apply_roles(const Reading& reading, Effects& effects) {
  if (!reading.block().known()) return;
  const Surroundings around = surroundings(reading, effects);
  clear_targets(reading, effects);
  apply_files(reading, effects);
  if (reading.block().has(Flag::fetch)) apply_fetch(reading, effects);
  if (has_queries(reading)) apply_queries(reading, effects);
  Runs(reading, around, effects).run();
  apply_compiler(reading, effects);
}

std::vector<Text> split_words(const Text& text, std::string_view quotes) {
  std::vector<Text> out;
  Text word;
  bool started = false;
  char quote = 0;
  const std::string_view v = text.view();
  for (std::size_t i = 0, hole = 0; i < v.size(); ++i) {
    const char c = v[i];
    const bool blank = c == ' ' || c == '\t' || c == '\n';
    if (c == model::kHole) {
      word.append_hole(text.trait(hole++));
      started = true;
    } else if (quote == 0 && blank) {
      if (started) out.push_back(std::exchange(word, Text()));
      started = false;
    } else if (c == quote || (quote == 0 && quotes.find(c) != std::string_view::npos)) {
      quote = quote == 0 ? c : '\0';
      started = true;
    } else {
      const bool escape = c == '\\' && quote != '\'' && !quotes.empty() && i + 1 < v.size() && v[i + 1] != model::kHole;
      word.append(v.substr(escape ? ++i : i, 1));
      started = true;
    }
  }
  if (started) out.push_back(std::move(word));
  return out;
}

}  // namespace belay::command::program
