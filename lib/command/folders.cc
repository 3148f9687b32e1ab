#include "command/folders.h"

#include <algorithm>
#include <string_view>

namespace belay::command {

namespace {

using model::OpKind;
using model::Text;

constexpr std::string_view kTemporary = "/tmp/";
constexpr std::size_t kLongest = 4096;  ///< of a path that a call of the system takes (PATH_MAX)

bool lies_in(std::string_view folder, std::string_view path) {
  return path == folder || (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

/// mkdir(1) by its plain name, with nothing that keeps anybody out of what it makes.
bool is_plain_mkdir(std::span<const Text> argv) {
  if (argv.empty() || argv.front().view() != "mkdir") return false;
  return std::all_of(argv.begin() + 1, argv.end(), [](const Text& word) {
    const std::string_view w = word.view();
    return !w.starts_with('-') || w == "-p" || w == "-v" || w == "-pv" || w == "-vp" || w == "--parents" || w == "--verbose" || w == "--";
  });
}

bool makes_parents(std::span<const Text> argv) {
  return std::any_of(argv.begin() + 1, argv.end(), [](const Text& word) { return word.view() == "-p" || word.view() == "-pv" || word.view() == "-vp" || word.view() == "--parents"; });
}

bool wrote(std::span<const model::Operation> operations, std::string_view path) {
  return std::any_of(operations.begin(), operations.end(), [&](const model::Operation& op) {
    return op.kind == OpKind::write && op.as_file() != nullptr && op.as_file()->path.lexical.view() == path;
  });
}

}  // namespace

/// What stands in the way of mkdir: a file of that name, or no folder to make it in.
bool Folders::may_be_made(const Text& folder, bool parents, std::span<const model::Operation> before, const base::FileView& files) const {
  std::string_view place = folder.view();
  if (place.size() >= kLongest) return false;
  for (bool own = true; place.size() > 1; own = false) {
    if (made_here(folder.substr(0, place.size()))) return true;
    if (wrote(before, place) || (!own && !parents && took_away(folder.substr(0, place.size())))) return false;
    if (place.find(model::kHole) == std::string_view::npos) {
      const auto node = files.lookup(std::string(place));
      if (!node || (node->kind != base::NodeKind::missing && node->kind != base::NodeKind::directory)) return false;
      if (node->kind == base::NodeKind::directory) return true;
    }
    if (!own && !parents) return false;
    place = place.substr(0, std::max<std::size_t>(place.rfind('/'), 1));
  }
  return false;
}

void Folders::note(std::span<const Text> argv, std::span<const model::Operation> operations, std::size_t first, const base::FileView& files,
                   const std::function<bool(const std::string&)>& writable) {
  const bool makes = is_plain_mkdir(argv);
  for (std::size_t i = first; i < operations.size(); ++i) {
    const model::FileAccess* const file = operations[i].as_file();
    if (file == nullptr || file->path.lexical.empty()) continue;
    const Text& path = file->path.lexical;
    if (operations[i].kind == OpKind::remove && !file->contents_only) {
      std::erase_if(made, [&](const std::string& one) { return lies_in(path.view(), one); });
      if (!path.literal() && file->recursive) std::erase_if(made, [&](const std::string& one) { return !one.starts_with(kTemporary); });
      gone.insert(path.bytes());
    }
    if (file->text_stays) std::erase_if(made, [&](const std::string& one) { return lies_in(path.view(), one); });  // chmod may close it
    if (operations[i].kind != OpKind::write || !makes || !writable(path.bytes()) || !may_be_made(path, makes_parents(argv), operations.first(first), files)) continue;
    std::erase_if(gone, [&](const std::string& one) { return lies_in(one, path.view()); });
    for (std::string_view place = path.view(); place.size() > 1 && makes_parents(argv); place = place.substr(0, place.rfind('/'))) made.emplace(place);
    made.insert(path.bytes());
  }
}

bool Folders::made_here(const Text& folder) const {
  if (made.contains(folder.view())) return true;
  const std::string_view v = folder.view();
  const bool temporary = folder.hole_count() == 1 && has(folder.trait(0), model::HoleTrait::made) && v.starts_with(kTemporary) && v.back() == model::kHole;
  return temporary && v.find('/', kTemporary.size()) == std::string_view::npos;
}

bool Folders::took_away(const Text& folder) const {
  return std::any_of(gone.begin(), gone.end(), [&](const std::string& one) { return lies_in(one, folder.view()); });
}

void Folders::merge(const Folders& other) {
  std::erase_if(made, [&](const std::string& one) { return !other.made.contains(one); });
  gone.insert(other.gone.begin(), other.gone.end());
}

bool takes_own_history(const model::FileAccess& access, std::span<const model::Operation> before, std::string_view began,
                       const base::FileView& files) {
  const Text& path = access.path.lexical;
  if (!path.literal() || !(access.path.canonical == path) || !access.path.others.empty()) return false;
  const auto end = path.view().find("/.git");
  const auto behind = end == std::string_view::npos ? '\0' : path.view().substr(end + 5).empty() ? '/' : path.view()[end + 5];
  if (behind != '/') return false;
  const std::string folder(path.view().substr(0, end));
  if (folder == began) return false;
  bool made = false;
  for (const model::Operation& op : before) {
    const model::FileAccess* const one = op.as_file();
    if (one == nullptr || (op.kind != OpKind::write && op.kind != OpKind::remove)) continue;
    const bool own = one->path.lexical.view() == folder && op.kind == OpKind::write && one->makes;
    const bool moves = op.kind == OpKind::remove ? lies_in(one->path.lexical.view(), folder) : one->path.lexical.view() == folder;
    if (!own && moves) return false;  // what lies there since may have come from elsewhere
    made = made || own;
  }
  if (!made) return false;
  const auto node = files.lookup(folder);
  return node && node->kind == base::NodeKind::missing;
}

}  // namespace belay::command
