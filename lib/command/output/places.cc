#include "command/output/places.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "path/path.h"

namespace belay::command {

namespace {

using Args = std::span<const Text>;

/// The only operand, if there is one and nothing is an option but one of `options`.
const Text* operand_behind(Args args, std::span<const std::string_view> options, bool needs_option) {
  const Text* out = nullptr;
  bool found = !needs_option;
  for (const Text& arg : args) {
    const bool option = arg.view().starts_with('-');
    const bool known = std::find(options.begin(), options.end(), arg.view()) != options.end();
    if ((option && !known) || (!option && out != nullptr)) return nullptr;
    found = found || option;
    if (!option) out = &arg;
  }
  return found ? out : nullptr;
}

constexpr std::array<std::string_view, 9> kResolving{
    "-f", "-e", "-m", "--canonicalize", "--canonicalize-existing", "--canonicalize-missing", "-n", "-q", "-s"};

std::optional<Text> resolved(Args args, const Text& cwd, bool needs_option) {
  const Text* const path = operand_behind(args, kResolving, needs_option);
  return path != nullptr && !path->empty() ? std::optional(path::lexical(*path, cwd)) : std::nullopt;
}

/// `realpath --relative-to=DIR PATH`, both known.
std::optional<Text> relative(Args args, const Text& cwd) {
  constexpr std::string_view kOption = "--relative-to";
  if (args.size() < 2 || !args[0].view().starts_with(kOption)) return std::nullopt;
  const bool attached = args[0].view().substr(kOption.size()).starts_with('=');
  if (args.size() != (attached ? 2U : 3U)) return std::nullopt;
  const Text base = path::lexical(attached ? args[0].substr(kOption.size() + 1) : args[1], cwd);
  const Text path = path::lexical(args.back(), cwd);
  if (base == cwd) return path;  // from here it is the same file
  if (!base.literal() || !path.literal()) return std::nullopt;
  std::string folder = base.bytes();
  std::string out;
  const auto inside = [&] { return folder == "/" || path.view() == folder || path.view().starts_with(folder + "/"); };
  for (; !inside(); folder.erase(std::max<std::size_t>(folder.rfind('/'), 1))) out += "../";
  out += path.bytes().substr(std::min(path.size(), folder == "/" ? 1 : folder.size() + 1));
  return Text(out.empty() ? "." : out);
}

/// stat(1): a line for each file as a format says (`-c %n`, `--printf`, BSD's `-f %N`); nothing when none is given.
std::optional<Text> formatted_stat(Args args) {
  const Text* format = nullptr;
  bool plain = false;
  std::vector<Text> files;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::string_view v = args[i].view();
    const bool apart = v == "-c" || v == "-f" || v == "--format" || v == "--printf";
    plain = plain || v.starts_with("--printf");
    if (apart && i + 1 < args.size()) format = &args[++i];
    else if (v.starts_with("--format=") || v.starts_with("--printf=")) format = &args[i];
    else if (!v.starts_with('-')) files.push_back(args[i]);
  }
  if (format == nullptr || files.empty()) return std::nullopt;
  const std::size_t begin = format->view().starts_with("--") ? format->view().find('=') + 1 : 0;
  Text out;
  for (const Text& file : files) {
    const std::string_view v = format->view();
    for (std::size_t i = begin; i < v.size(); ++i) {
      const bool pair = i + 1 < v.size() && (v[i] == '%' || (plain && v[i] == '\\'));
      if (!pair) out.append(format->substr(i, 1));
      else if (v[i] == '\\') out.append(v[++i] == 'n' ? "\n" : v[i] == 't' ? "\t" : v.substr(i, 1));
      else if (++i; v[i] == 'n' || v[i] == 'N') out.append(file);
      else out.append_hole(model::HoleTrait::blank);
    }
    if (!plain) out.append("\n");
  }
  return out;
}

std::optional<Text> work_tree(Text folder, const base::FileView* files) {
  if (files == nullptr || !folder.literal()) return std::nullopt;
  for (std::string place = folder.bytes(); !place.empty(); place.erase(place.rfind('/'))) {
    const auto mark = files->lookup(place + "/.git");
    if (!mark) return std::nullopt;
    if (mark->kind != base::NodeKind::missing) return Text(place);
    if (place == "/") break;
  }
  return std::nullopt;
}

/// The `.git` of the work tree; where there is none to be seen, that of another one (a linked work tree has a file of that name).
Text repository(Text folder, const base::FileView* files) {
  const auto top = work_tree(std::move(folder), files);
  bool folder_of_it = false;
  if (top) {
    const auto mark = files->lookup(top->bytes() + "/.git");
    folder_of_it = mark && mark->kind == base::NodeKind::directory;
  }
  Text out = folder_of_it ? *top : Text::hole(model::HoleTrait::slash | model::HoleTrait::blank);
  out.append("/.git");
  return out;
}

std::optional<Text> git_place(Args args, const Text& cwd, const base::FileView* files) {
  Text folder = cwd;
  while (args.size() > 2 && args[0].view() == "-C") {
    folder = path::lexical(args[1], folder);
    args = args.subspan(2);
  }
  if (args.empty() || args[0].view() != "rev-parse") return std::nullopt;
  args = args.subspan(1);
  if (!args.empty() && args[0].view().starts_with("--path-format=")) args = args.subspan(1);
  if (args.empty()) return std::nullopt;
  if (args.size() == 1 && args[0].view() == "--show-toplevel") return work_tree(std::move(folder), files);
  const std::string_view asked = args[0].view();
  const bool itself = asked == "--git-dir" || asked == "--absolute-git-dir" || asked == "--git-common-dir";
  if (args.size() != (itself ? 1U : 2U) || (!itself && asked != "--git-path")) return std::nullopt;
  Text out = repository(std::move(folder), files);
  if (itself) return out;
  out.append("/");
  out.append(args[1]);
  return out;
}

}  // namespace

std::optional<Text> printed_place(std::span<const Text> argv, const Text& cwd, const base::FileView* files) {
  const std::string_view path = argv.front().view();
  const std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  std::optional<Text> out;
  if (name == "pwd") out = cwd;
  if (name == "stat" || name == "gstat") return formatted_stat(argv.subspan(1));
  if (name == "realpath") out = relative(argv.subspan(1), cwd);
  if (name == "realpath" && !out) out = resolved(argv.subspan(1), cwd, false);
  if (name == "readlink") out = resolved(argv.subspan(1), cwd, true);
  if (name == "git") out = git_place(argv.subspan(1), cwd, files);
  if (out) out->append("\n");
  return out;
}

}  // namespace belay::command
