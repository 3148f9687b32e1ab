#include "command/program/grammars.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/output/lines.h"
#include "command/program/roles.h"
#include "command/output/searched_names.h"

namespace belay::command::program {

namespace {

using model::HoleTrait;
using model::OpKind;

constexpr std::size_t kMaxItems = 20'000;  ///< words of one command
constexpr std::size_t kLongestWord = 1U << 20U;
constexpr std::size_t kMaxRuns = 1024;     ///< commands, one for each of them

bool uses(const Reading& reading, std::string_view spelling) {
  const auto number = reading.block().option(spelling);
  return number && std::any_of(reading.options.begin(), reading.options.end(),
                               [&](const ReadOption& o) { return o.number == *number && o.block + 1 == reading.blocks.size(); });
}

/// Value of the last use of an option.
std::optional<Text> value_of(const Reading& reading, std::string_view spelling) {
  const auto number = reading.block().option(spelling);
  std::optional<Text> out;
  if (!number) return out;
  for (const ReadOption& o : reading.options) {
    if (o.number == *number && o.block + 1 == reading.blocks.size()) out = o.has_value ? o.value : Text();
  }
  return out;
}

Text replaced(const Text& in, std::string_view what, const Text& by) {
  Text out;
  std::size_t begin = 0;
  for (auto at = in.view().find(what); at != std::string_view::npos && !what.empty(); at = in.view().find(what, begin)) {
    out.append(in.substr(begin, at - begin));
    out.append(by);
    begin = at + what.size();
    if (out.size() > kLongestWord) return Text::hole(HoleTrait::any);
  }
  out.append(in.substr(begin));
  return out;
}

Text any_path() { return Text::hole(HoleTrait::slash | HoleTrait::blank); }

/// The marks of fd and GNU parallel for one found name: all of it, without extension, base name, folder, number.
Text filled(const Text& in, const Text& item) {
  Text out = replaced(in, "{}", item);
  for (const std::string_view mark : {"{.}", "{/}", "{//}", "{/.}", "{#}", "{%}"}) out = replaced(out, mark, any_path());
  return replaced(out, "{1}", item);
}

std::vector<Text> cut(const Text& text, char separator) {
  std::vector<Text> out;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = std::min(text.view().find(separator, begin), text.size());
    if (end > begin) out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

/// Its standard input, or what the call wrote into the file of `-a`.
std::optional<Text> items_text(const Reading& reading, Effects& effects) {
  const auto file = value_of(reading, "-a");
  return file && !is_standard_input(file->view()) ? effects.written_text(*file) : effects.input().text;
}

/// What xargs makes of its input; nothing when it is not known.
std::optional<std::vector<Text>> xargs_items(const Reading& reading, Effects& effects, bool by_line) {
  const std::optional<Text> known = items_text(reading, effects);
  if (!known) return std::nullopt;
  const Text& text = *known;
  if (uses(reading, "-0")) {  // a NUL in a known text is a hole without traits
    for (std::size_t n = 0; n < text.hole_count(); ++n) {
      if (text.trait(n) == HoleTrait::none || text.trait(n) == HoleTrait::made || model::has(text.trait(n), HoleTrait::words))
        return std::nullopt;
    }
    const bool one = text.literal() && !text.view().ends_with('\n');
    return one ? std::vector<Text>{text} : cut(text, '\n');  // what stands for a NUL, see output/translate.h
  }
  if (const auto delimiter = value_of(reading, "-d"); delimiter && delimiter->literal() && !delimiter->empty()) {
    const std::string_view d = delimiter->view();
    return cut(text, d == "\\n" ? '\n' : d == "\\t" ? '\t' : d[0]);
  }
  std::vector<Text> items = by_line ? cut(text, '\n') : split_words(text);
  if (items.size() > kMaxItems) return std::nullopt;
  return items;
}

/// So many that they are not all looked at: of numbers one does what another does.
void limit_runs(std::vector<Text>& items, Effects& effects) {
  if (items.size() <= kMaxRuns) return;
  const bool numbers = std::all_of(items.begin(), items.end(), [](const Text& t) { return t.literal() && t.view().find_first_not_of("0123456789") == std::string_view::npos; });
  if (!numbers) effects.opaque(model::OpaqueReason::limit, "`" + effects.name() + "` runs more commands than are looked at");
  items.assign(1, numbers ? Text::hole(HoleTrait::none) : any_path());
}

}  // namespace

namespace {

/// Which names an archive holds is not known, unless only some of them are asked for: it may put a file anywhere below the folder.
void extract(const Reading& reading, const Text& folder, Effects& effects) {
  const std::string why = "extracted by `" + effects.name() + "`";
  bool named = false;
  for (const ReadOperand& o : reading.operands) {
    if (o.role != Role::word || !o.text.literal()) continue;
    named = true;
    Text member = folder;
    member.append("/");
    member.append(o.text);
    effects.file(OpKind::write, member, {true, false, true}, why);
  }
  if (!named || uses(reading, "--wildcards")) effects.unpack(folder, why);
}

}  // namespace

void run_tar(const Reading& reading, Effects& effects) {
  const bool creates = uses(reading, "-c") || uses(reading, "-r") || uses(reading, "-u") || uses(reading, "-A");
  const bool extracts = uses(reading, "-x");
  // The archive is found from where tar starts, before `-C` takes effect.
  if (const auto archive = value_of(reading, "-f")) {
    effects.file(creates ? OpKind::write : OpKind::read, *archive, {}, "archive of `" + effects.name() + "`");
  }
  const Surroundings around = surroundings(reading, effects);
  for (const ReadOption& o : reading.options) {
    if (o.number == kUnknownOption || !o.has_value) continue;
    const OptionInfo info = reading.info(o);
    apply_file({info.role, o.value, false}, effects);
    const bool of_extracted = info.role == Role::code && info.detail == "renames";
    if (info.role == Role::code && (extracts || !of_extracted)) apply_code(info.detail, o.value, around.change, effects);
    if (info.role == Role::code_file) effects.run_file(o.value, info.detail, {}, around.change);
  }
  const Role role = uses(reading, "--remove-files") ? Role::move : Role::read_tree;
  for (const ReadOperand& o : reading.operands) {
    if (creates) apply_file({role, o.text, true}, effects);
  }
  if (extracts && !uses(reading, "-O")) {
    const Text top = value_of(reading, "--one-top-level").value_or(Text());
    extract(reading, top.empty() ? Text(".") : top, effects);
  }
}

/// Programs that unpack into the folder where they run unless an option names another: those with `-x` or `-i` with that option only.
void run_unpack(const Reading& reading, Effects& effects) {
  apply_roles(reading, effects);
  constexpr std::array<std::string_view, 8> kOtherwise{"-l", "-t", "-p", "-c", "-v", "-z", "-Z", "-so"};
  const bool elsewhere = std::any_of(reading.options.begin(), reading.options.end(), [&](const ReadOption& o) {
    return o.number != kUnknownOption && (reading.info(o).role == Role::write_tree || reading.info(o).role == Role::write_into);
  });
  const bool declared = reading.block().option("--extract").has_value();
  const bool other = std::any_of(kOtherwise.begin(), kOtherwise.end(), [&](std::string_view o) { return uses(reading, o); });
  if (declared ? uses(reading, "--extract") : !elsewhere && !other && !reading.operands.empty())
    extract(reading, Text("."), effects);
}

namespace {

/// Options that change what code means, and the built-in command that does the same.
struct ShellOption {
  std::string_view spelling;
  std::string_view command;
};
constexpr std::array kShellOptions{ShellOption{"-o", "set -o "},  ShellOption{"+o", "set +o "},      ShellOption{"-O", "shopt -s "},
                                   ShellOption{"+O", "shopt -u "}, ShellOption{"--emulate", "emulate "}, ShellOption{"-y", "set -o shwordsplit"}};

/// `zsh -o shwordsplit -c CODE` is `set -o shwordsplit; CODE`.
Text with_options(const Reading& reading, const Text& code) {
  Text out;
  for (const ShellOption& row : kShellOptions) {
    const std::optional<Text> value = value_of(reading, row.spelling);
    if (!value) continue;
    out.append(row.command);
    out.append(*value);
    out.append("\n");
  }
  out.append(code);
  return out;
}

}  // namespace

void mark_shell_operands(Reading& reading) {
  if (reading.operands.empty()) return;
  if (uses(reading, "-c")) {
    for (ReadOperand& o : reading.operands) o.role = Role::word;
    reading.operands.front().text = with_options(reading, reading.operands.front().text);
    reading.operands.front().role = Role::code;
    reading.operands.front().detail = "sh";
  } else if (uses(reading, "-s")) {
    for (ReadOperand& o : reading.operands) o.role = Role::word;
  }
}

/// Without a command it is echo(1) that gets them.
static void print_items(const Reading& reading, Effects& effects) {
  const auto items = xargs_items(reading, effects, false);
  if (!items) return;
  Text line;
  for (const Text& item : *items) {
    if (!line.empty()) line.append(" ");
    line.append(item);
  }
  line.append("\n");
  effects.printed(line, true, {});
}

void run_xargs(const Reading& reading, Effects& effects) {
  apply_files(reading, effects);
  if (!reading.has_rest) return print_items(reading, effects);
  Surroundings around = surroundings(reading, effects);
  around.change.keeps_input = false;
  const auto given = reading.arguments.subspan(reading.rest);
  const std::vector<Text> argv(given.begin(), given.end());
  std::optional<Text> mark = value_of(reading, "-I");
  if (!mark) mark = value_of(reading, "-J");
  if (!mark && uses(reading, "-i")) mark = value_of(reading, "-i")->empty() ? Text("{}") : *value_of(reading, "-i");
  auto items = xargs_items(reading, effects, mark.has_value());
  if (!mark) {
    std::vector<Text> whole = argv;
    if (items) whole.insert(whole.end(), items->begin(), items->end());
    else whole.push_back(Text::hole(HoleTrait::any));
    return effects.run(std::move(whole), around.change);
  }
  if (!items) items = std::vector<Text>{any_path()};
  limit_runs(*items, effects);
  for (const Text& item : *items) {
    std::vector<Text> one;
    for (const Text& word : argv) one.push_back(replaced(word, mark->view(), item));
    effects.run(std::move(one), around.change);
  }
}

namespace {

/// `parallel --pipe COMMAND`: parts of the input are the command's input.
void run_pipe_parts(const Reading& reading, const Change& around, Effects& effects) {
  Text command;
  for (const Text& word : reading.arguments.subspan(reading.rest)) {
    if (word.view().starts_with(":::")) break;
    command.append(word);
    command.append(" ");
  }
  effects.run_shell_on(effects.input(), command, around);
}

}  // namespace

void run_parallel(const Reading& reading, Effects& effects) {
  apply_files(reading, effects);
  const Surroundings around = surroundings(reading, effects);
  if (!reading.has_rest) {
    if (const auto file = value_of(reading, "-a")) return effects.run_file(*file, "sh", {}, around.change);
    return effects.run_input("sh", {}, around.change);
  }
  if (uses(reading, "--pipe")) return run_pipe_parts(reading, around.change, effects);
  Text command;
  std::vector<Text> items;
  bool in_items = false;
  bool known = false;
  for (const Text& word : reading.arguments.subspan(reading.rest)) {
    if (word.view().substr(0, 3) == ":::") {
      in_items = true;
      known = word.view() == ":::";
    } else if (in_items) {
      items.push_back(word);
    } else {
      if (!command.empty()) command.append(" ");
      command.append(word);
    }
  }
  if (const auto text = items_text(reading, effects); !known && text && !in_items) {
    items = cut(*text, '\n');
    known = true;
  }
  if (!known) items.assign(1, any_path());
  limit_runs(items, effects);
  for (const Text& item : items) {
    if (command.empty()) {  // the items are the commands
      effects.run_shell(item, {}, around.change);
      continue;
    }
    Text code = filled(command, item);
    if (code == command) {
      code.append(" ");
      code.append(item);
    }
    effects.run_shell(code, {}, around.change);
  }
}

namespace {

/// Options that leave few of the files.
constexpr std::array<std::string_view, 8> kNarrows{"-e", "-S", "--changed-within", "--changed-before", "-o", "--and", "-1", "--max-results"};

/// Whether fd takes everything below its folders, or nearly: no pattern, or one that every name meets.
bool takes_everything(const Reading& reading) {
  const std::string_view pattern = reading.operands.empty() ? std::string_view() : reading.operands[0].text.view();
  constexpr std::array<std::string_view, 6> kEvery{"", ".", ".*", "^", "*", "$"};
  if (std::find(kEvery.begin(), kEvery.end(), pattern) == kEvery.end()) return false;
  const std::optional<Text> type = value_of(reading, "-t");
  if (type && type->view() != "f" && type->view() != "file") return false;
  return std::none_of(kNarrows.begin(), kNarrows.end(), [&](std::string_view option) { return uses(reading, option); });
}

bool finds_hidden(const Reading& reading) { return uses(reading, "-H") || uses(reading, "-u"); }

/// The names that are asked for by one pattern or an ending.
std::vector<Text> fd_names(const Reading& reading) {
  const Text pattern = reading.operands.empty() ? Text() : reading.operands[0].text;
  if (const auto extension = value_of(reading, "-e"); extension && extension->literal()) return names_of_glob(Text("*." + extension->bytes()));
  if (!pattern.literal() || uses(reading, "-p")) return {};
  if (uses(reading, "-g")) return names_of_glob(pattern);
  const auto glob = uses(reading, "-F") ? std::optional("*" + pattern.bytes() + "*") : glob_of_regex(pattern.view(), false);
  return glob ? names_of_glob(Text(*glob)) : std::vector<Text>();
}

/// What it finds in a folder. Names that begin with a dot only when asked for.
std::vector<Text> found_by_fd(const Reading& reading) {
  const HoleTrait every = finds_hidden(reading) ? HoleTrait::each : HoleTrait::none;
  if (takes_everything(reading)) {
    return {Text::hole(HoleTrait::slash | HoleTrait::blank | HoleTrait::each | (every == HoleTrait::each ? HoleTrait::glob : HoleTrait::none))};
  }
  std::vector<Text> out;
  for (Text& name : fd_names(reading)) {
    if (name.view().starts_with('.') && !finds_hidden(reading)) continue;
    Text deeper = Text::hole(HoleTrait::slash | HoleTrait::blank | every);
    deeper.append("/");
    deeper.append(name);
    out.push_back(std::move(name));
    out.push_back(std::move(deeper));
  }
  if (out.empty()) out.push_back(any_path());
  return out;
}

/// The folders it looks in.
std::vector<Text> fd_starts(const Reading& reading) {
  std::vector<Text> starts;
  for (std::size_t i = 1; i < reading.operands.size(); ++i) starts.push_back(reading.operands[i].text);
  if (const auto path = value_of(reading, "--search-path")) starts.push_back(*path);
  if (starts.empty()) starts.emplace_back(".");
  return starts;
}

/// The wrapped command for one of the files: its path where a mark stands, else behind the words.
std::vector<Text> for_each_found(const Reading& reading, const Text& found) {
  std::vector<Text> argv;
  bool placed = false;
  for (const Text& word : reading.arguments.subspan(reading.rest)) {
    if (word.view() == ";") break;
    argv.push_back(filled(word, found));
    placed = placed || argv.back() != word;
  }
  if (!argv.empty() && !placed) argv.push_back(found);
  return argv;
}

}  // namespace

void run_fd(const Reading& reading, Effects& effects) {
  apply_files(reading, effects);
  std::vector<Text> all;
  for (const Text& start : fd_starts(reading)) {
    for (const Text& below : found_by_fd(reading)) {
      all.push_back(start);
      all.back().append("/");
      all.back().append(below);
    }
  }
  if (!reading.has_rest) return effects.printed(text_of(all), true, {});
  Surroundings around = surroundings(reading, effects);
  around.change.keeps_input = false;
  for (const Text& found : all) {
    std::vector<Text> argv = for_each_found(reading, found);
    if (!argv.empty()) effects.run(std::move(argv), around.change);
  }
}

void run_values(const Reading& reading, Effects& effects) {
  apply_roles(reading, effects);
  for (const ReadOption& o : reading.options) {
    if (o.has_value) apply_code("value", o.value, {}, effects);
  }
  for (const ReadOperand& o : reading.operands) apply_code("value", o.text, {}, effects);
}

}  // namespace belay::command::program
