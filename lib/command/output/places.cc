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
  if (name == "realpath") out = resolved(argv.subspan(1), cwd, false);
  if (name == "readlink") out = resolved(argv.subspan(1), cwd, true);
  if (name == "git") out = git_place(argv.subspan(1), cwd, files);
  if (out) out->append("\n");
  return out;
}

}  // namespace belay::command
