#include "command/output/producers.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "base/text.h"
#include "command/output/calculated.h"
#include "command/output/line_filters.h"
#include "command/output/lines.h"
#include "command/output/options.h"
#include "command/output/printf.h"
#include "command/output/translate.h"
#include "model/text.h"

namespace belay::command {

namespace {

using model::HoleTrait;
using Args = std::span<const Text>;
using Known = std::optional<Text>;

constexpr std::size_t kMostOutput = 64U << 10U;
constexpr std::size_t kMostPassed = 256U << 10U;  ///< of what is no longer than what it was made of

/// The built-in of dash knows `-n` alone, and like that of zsh it reads escapes unasked.
Known echo_of(ShellKind shell, Args args) {
  const bool dash = shell == ShellKind::dash;
  bool newline = true;
  bool escapes = shell != ShellKind::bash;
  std::size_t i = 0;
  for (; i < args.size(); ++i) {
    const std::string_view a = args[i].view();
    if (a.size() < 2 || a[0] != '-' || a.find_first_not_of(dash ? "n" : "neE", 1) != std::string_view::npos) break;
    if (dash && (i > 0 || a != "-n")) break;
    newline = newline && a.find('n') == std::string_view::npos;
    escapes = dash || a.find('e') != std::string_view::npos || (escapes && a.find('E') == std::string_view::npos);
  }
  Text out;
  bool ended = false;
  for (std::size_t first = i; i < args.size() && !ended; ++i) {
    if (i != first) out.append(" ");
    out.append(escapes ? unescaped(args[i], dash ? Escapes::dash_echo : Escapes::echo, &ended) : args[i]);
  }
  if (newline && !ended) out.append("\n");
  return out;
}

Known echo(Args args, const Known&) { return echo_of(ShellKind::bash, args); }

Known print_formatted(Args args, const Known&) { return formatted(args); }

/// basename(1): one name and an ending, or with `-a` and `-s` any number of names.
Known base_name(Args args, const Known&) {
  const auto options = Options::read(args, {"az", "s", "multiple=a suffix=s zero=z"});
  if (!options || options->operands().empty()) return std::nullopt;
  std::vector<Text> names = options->operands();
  const bool several = options->has('a') || options->has('s');
  Text ending = options->has('s') ? *options->value('s') : Text();
  if (!several && names.size() == 2) {
    ending = names.back();
    names.pop_back();
  }
  if ((!several && names.size() > 1) || !ending.literal()) return std::nullopt;
  for (Text& name : names) {
    name = last_component(name);
    if (name.size() > ending.size() && name.view().ends_with(ending.view())) name = name.substr(0, name.size() - ending.size());
  }
  return text_of(names);
}

Known directory_name(Args args, const Known&) {
  const auto options = Options::read(args, {"z", "", "zero=z"});
  if (!options) return std::nullopt;
  std::vector<Text> folders;
  for (const Text& path : options->operands()) folders.push_back(before_last_component(path));
  return text_of(folders);
}

bool all_options(Args args) {
  return std::all_of(args.begin(), args.end(), [](const Text& a) { return a.view().substr(0, 1) == "-"; });
}

Known same(Args args, const Known& input) { return all_options(args) ? input : std::nullopt; }
Known tee(Args, const Known& input) { return input; }

Known reversed(Args args, const Known& input) {
  if (!args.empty() || !input || !input->literal()) return std::nullopt;
  std::string out;
  for (const std::string_view line : base::split(input->view(), '\n')) {
    out.append(line.rbegin(), line.rend());
    out.push_back('\n');
  }
  out.pop_back();
  return Text(out);
}

bool has_option(Args args, std::string_view letters, std::string_view longer) {
  return std::any_of(args.begin(), args.end(), [&](const Text& a) {
    const std::string_view v = a.view();
    if (v.substr(0, 2) == "--") return v.size() > 3 && longer.substr(0, v.size() - 2) == v.substr(2);
    return v.size() > 1 && v[0] == '-' && v.find_first_of(letters, 1) != std::string_view::npos;
  });
}

Known base64_decoded(Args args, const Known& input) {
  if (!input || !input->literal() || !all_options(args)) return std::nullopt;
  return Text(base::base64_decoded(input->view()));
}

/// `openssl base64 -d`, `openssl enc -base64 -d`, `-a`: nothing else of it is computed.
Known openssl_decoded(Args args, const Known& input) {
  const bool plain = std::all_of(args.begin(), args.end(), [](const Text& a) {
    constexpr std::array<std::string_view, 8> kWords{"base64", "enc", "-base64", "-a", "-A", "-d", "-none", "-e"};
    return std::find(kWords.begin(), kWords.end(), a.view()) != kWords.end();
  });
  const auto has = [&](std::string_view word) { return std::any_of(args.begin(), args.end(), [&](const Text& a) { return a.view() == word; }); };
  if (!plain || !has("-d") || !(has("base64") || has("-base64") || has("-a"))) return std::nullopt;
  return base64_decoded({}, input);
}

Known hex_decoded(Args, const Known& input) {
  if (!input || !input->literal()) return std::nullopt;
  return Text(base::hex_decoded(input->view()));
}

/// The only argument that is no option.
const Text* only_operand(Args args) {
  std::size_t i = 0;
  while (i < args.size() && args[i].view().substr(0, 1) == "-") ++i;
  return i + 1 == args.size() ? &args[i] : nullptr;
}

/// The path of a program: in some folder `bin`, as nearly all folders of a PATH are called.
Known program_path(Args args, const Known&) {
  const Text* const name = only_operand(args);
  if (name == nullptr) return std::nullopt;
  Text out;
  if (name->view().find('/') == std::string_view::npos) {
    out.append("/");
    out.append_hole(HoleTrait::slash);
    out.append("/bin/");
  }
  out.append(*name);
  out.append("\n");
  return out;
}

/// `command -v NAME`; without that option it runs the name. Of an alias or a built-in the name itself is printed.
Known described(Args args, const Known& input) {
  const bool describes = !args.empty() && args.front().view() == "-v";
  return describes ? program_path(args.subspan(1), input) : std::nullopt;
}

/// `type -p NAME`, `type -P NAME`.
Known typed(Args args, const Known& input) {
  const bool path = !args.empty() && (args.front().view() == "-p" || args.front().view() == "-P");
  return path ? program_path(args.subspan(1), input) : std::nullopt;
}

Known some_token(Args, const Known&) {
  Text out = Text::hole(HoleTrait::none);
  out.append("\n");
  return out;
}

Known temporary(Args args, const Known&) {
  Text out("/tmp/");
  if (!args.empty() && args.back().view().find("XXX") != std::string_view::npos) {
    const std::string_view v = args.back().view();
    out = v.front() == '/' ? Text(v.substr(0, v.find("XXX"))) : Text("/tmp/" + std::string(v.substr(0, v.find("XXX"))));
  }
  const auto makes_folder = [](const Text& a) { return a.view() == "-d" || a.view() == "--directory"; };
  const bool only_says =
      std::any_of(args.begin(), args.end(), [](const Text& a) { return a.view() == "-u" || a.view() == "--dry-run"; });
  out.append_hole(std::any_of(args.begin(), args.end(), makes_folder) && !only_says ? HoleTrait::made : HoleTrait::none);
  out.append("\n");
  return out;
}

/// Programs that print set-up for the shell that evaluates it (`eval "$(direnv hook bash)"`): their output is their own code, not somebody
/// else's text.
Known shell_setup(Args args, const Known&) {
  constexpr std::array<std::string_view, 9> kWords{"hook",     "init",       "shellenv",   "env",       "activate",
                                                   "completion", "completions", "docker-env", "shell-init"};
  const std::string_view first = args.empty() ? std::string_view() : args.front().view();
  const bool prints = first.starts_with("shell.") || std::find(kWords.begin(), kWords.end(), first) != kWords.end();
  return prints ? Known(Text()) : std::nullopt;
}
/// `direnv export bash`: what an allowed .envrc sets.
Known direnv_setup(Args args, const Known& input) { return !args.empty() && args.front().view() == "export" ? Known(Text()) : shell_setup(args, input); }
Known always_shell_setup(Args, const Known&) { return Text(); }

struct Row {
  std::string_view name;
  Known (*run)(Args, const Known&);
  bool (*decodes)(Args);
};

bool never(Args) { return false; }
bool when_decoding(Args args) { return has_option(args, "dD", "decode"); }
bool when_reverting(Args args) { return has_option(args, "r", "revert"); }
bool when_piping(Args args) { return has_option(args, "p", ""); }
bool openssl_decodes(Args args) { return has_option(args, "d", "d"); }
bool always(Args) { return true; }
Known unknown(Args, const Known&) { return std::nullopt; }
Known nothing(Args, const Known&) { return Text(); }
Known replaced(Args args, const Known& input) { return translated(args, input); }
Known formatted_date(Args args, const Known&) { return date(args); }
Known numbers(Args args, const Known&) { return sequence(args); }
Known expressed(Args args, const Known&) { return expression(args); }
Known repeated(Args args, const Known&) { return affirmed(args); }
/// Only text without variables stays as it is.
Known without_variables(Args args, const Known& input) {
  return args.empty() && input && input->view().find('$') == std::string_view::npos ? input : std::nullopt;
}

constexpr std::array kTable{
    Row{"echo", echo, never},           Row{"printf", print_formatted, never}, Row{"cat", same, never},
    Row{"tee", tee, never},             Row{"basename", base_name, never},     Row{"dirname", directory_name, never},
    Row{"rev", reversed, never},        Row{"tr", replaced, never},          Row{"base64", base64_decoded, when_decoding},
    Row{"basenc", unknown, when_decoding}, Row{"base32", unknown, when_decoding}, Row{"xxd", hex_decoded, when_reverting},
    Row{"openssl", openssl_decoded, openssl_decodes}, Row{"uudecode", unknown, always}, Row{"gunzip", unknown, always},
    Row{"bzcat", unknown, always},      Row{"xzcat", unknown, always},         Row{"zstdcat", unknown, always},
    Row{"lz4cat", unknown, always},     Row{"gzip", unknown, when_decoding},   Row{"xz", unknown, when_decoding},
    Row{"zstd", unknown, when_decoding}, Row{"bzip2", unknown, when_decoding}, Row{"unzip", unknown, when_piping},
    Row{"zcat", unknown, always},       Row{"gpg", unknown, openssl_decodes},  Row{"which", program_path, never},
    Row{"command", described, never},   Row{"type", typed, never},             Row{"whence", typed, never},
    Row{"mktemp", temporary, never},    Row{"date", formatted_date, never},        Row{"nproc", some_token, never},
    Row{"whoami", some_token, never},   Row{"hostname", some_token, never},    Row{"uuidgen", some_token, never},
    Row{"ssh-agent", always_shell_setup, never}, Row{"dircolors", always_shell_setup, never}, Row{"lesspipe", always_shell_setup, never},
    Row{"direnv", direnv_setup, never},  Row{"pyenv", shell_setup, never},      Row{"rbenv", shell_setup, never},
    Row{"nodenv", shell_setup, never},  Row{"fnm", shell_setup, never},        Row{"brew", shell_setup, never},
    Row{"opam", shell_setup, never},    Row{"starship", shell_setup, never},   Row{"zoxide", shell_setup, never},
    Row{"mise", shell_setup, never},    Row{"conda", shell_setup, never},      Row{"minikube", shell_setup, never},
    Row{"kubectl", shell_setup, never}, Row{"helm", shell_setup, never},       Row{"gh", shell_setup, never},
    Row{"npm", shell_setup, never},     Row{"keychain", always_shell_setup, never},
    Row{"true", nothing, never},        Row{"false", nothing, never},          Row{":", nothing, never},
    Row{"seq", numbers, never},         Row{"expr", expressed, never},         Row{"yes", repeated, never},
    Row{"envsubst", without_variables, never}, Row{"test", nothing, never},        Row{"[", nothing, never},
};

/// A text that is too long is not kept; so that it is not run unseen, it passes for one that nobody can read.
Produced kept(Known text, Args argv, const Known& input, bool decodes) {
  std::size_t given = input ? input->size() : 0;
  for (const Text& word : argv) given += word.size();
  const bool too_long = text && text->size() > std::max(kMostOutput, std::min(given, kMostPassed));
  if (too_long) text.reset();
  return {std::move(text), decodes || too_long};
}

}  // namespace

Produced produce(std::span<const Text> argv, const std::optional<Text>& input, ShellKind shell) {
  const std::string_view path = argv.front().view();
  if (path == "echo" && shell != ShellKind::bash) return {echo_of(shell, argv.subspan(1)), false};
  const std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  if (is_line_filter(name)) {
    return kept(filtered(name, argv.subspan(1), input), argv, input, false);
  }
  for (const Row& row : kTable) {
    if (row.name != name) continue;
    const Args args = argv.subspan(1);
    const bool decodes = row.decodes(args);
    const bool only_decodes = row.decodes == when_decoding || row.decodes == when_reverting;
    if (only_decodes && !decodes) return {};
    return kept(row.run(args, input), argv, input, decodes);
  }
  return {};
}

}  // namespace belay::command
