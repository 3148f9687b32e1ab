#include <algorithm>
#include <iterator>

#include "command/output/lines.h"
#include "command/program/roles.h"
#include "command/output/searched_names.h"

namespace belay::command::program {

namespace {

using model::OpKind;

enum class Access : std::uint8_t { none, read, write, remove, move, read_write, attributes };
struct FileRole {
  Role role;
  Access access;
  bool recursive;
};
constexpr FileRole kFileRoles[] = {
    {Role::read, Access::read, false},
    {Role::new_folder, Access::write, false},
    {Role::read_tree, Access::read, true},
    {Role::write, Access::write, false},
    {Role::append, Access::write, false},
    {Role::write_tree, Access::write, true},
    {Role::write_into, Access::write, false},
    {Role::remove, Access::remove, false},
    {Role::remove_tree, Access::remove, true},
    {Role::move, Access::move, true},
    {Role::read_write, Access::read_write, false},
    {Role::script, Access::read, false},
    {Role::sql_file, Access::read, false},
    {Role::code_file, Access::read, false},
    {Role::attributes, Access::attributes, false},
};

FileRole file_role(Role role) {
  for (const FileRole& r : kFileRoles) {
    if (r.role == role) return r;
  }
  return {role, Access::none, false};
}

Text without_trailing_slashes(const Text& path) {
  std::size_t end = path.size();
  while (end > 1 && path.view()[end - 1] == '/') --end;
  return path.substr(0, end);
}

Text base_name(const Text& path) {
  const Text trimmed = without_trailing_slashes(path);
  const auto slash = trimmed.view().rfind('/');
  return slash == std::string_view::npos ? trimmed : trimmed.substr(slash + 1);
}

bool is_folder_spelling(std::string_view path) {
  return path == "." || path == ".." || path == "~" || (!path.empty() && path.back() == '/') ||
         (path.size() > 1 && path.substr(path.size() - 2) == "/.") || (path.size() > 2 && path.substr(path.size() - 3) == "/..");
}

Text below(const Text& folder, const Text& name) {
  Text out = without_trailing_slashes(folder);
  if (out.view() != "/") out.append("/");
  out.append(name);
  return out;
}

/// What a command copies and where to: files given by name land in a folder under their own names.
struct Transfer {
  std::vector<ReadOperand> sources;  ///< of another host by their paths there
  std::vector<std::uint32_t> reads;  ///< operation of each source
  std::vector<Text> folders;         ///< certainly folders
  std::vector<ReadOperand> targets;  ///< a file, or a folder if it exists
  bool exact = false;                ///< the target is the file itself (`cp -T`)
};

/// What the call itself put below a folder lands under its own names where the folder's contents are copied: `rsync d/ ~`, `cp -r d/. ~`.
void land_known(const Text& source, const Text& folder, Effects& effects) {
  const std::string why = "file that `" + effects.name() + "` creates";
  if (!source.literal()) return;
  std::string from = without_trailing_slashes(source).bytes() + "/";
  if (from.starts_with("./")) from.erase(0, 2);
  for (const std::string& name : from.starts_with('/') ? effects.written_like({}) : effects.written_names()) {
    if (!name.starts_with(from)) continue;
    const auto read = effects.file(OpKind::read, Text(name), {}, why);
    effects.copied(read, effects.file(OpKind::write, below(folder, Text(name.substr(from.size()))), {}, why));
  }
}

/// `recursive`: whole trees arrive.
void land(const Transfer& t, const Text& folder, Shape shape, Effects& effects) {
  const std::string why = "file that `" + effects.name() + "` creates";
  for (std::size_t i = 0; i < t.sources.size(); ++i) {
    const Text name = base_name(t.sources[i].text);
    if (shape.recursive && t.sources[i].text.view().ends_with('/')) land_known(t.sources[i].text, folder, effects);
    if (name.view() == "." || name.view() == "..") {
      effects.flow(t.reads[i], effects.unpack(folder, why));  // one that is not there yet is made of them
    } else if (name.view() == "*") {
      effects.flow(t.reads[i], effects.file(OpKind::write, folder, {true, true, shape.certain}, why));
    } else {
      effects.copied(t.reads[i], effects.file(OpKind::write, below(folder, name), shape, why));
    }
  }
}

bool moves(const Transfer& t) {
  return std::any_of(t.sources.begin(), t.sources.end(), [](const ReadOperand& o) { return o.role == Role::move; });
}

void apply_transfer(const Transfer& t, bool recursive, Effects& effects) {
  const std::string why = "target of `" + effects.name() + "`";
  for (const Text& folder : t.folders) {
    effects.file(OpKind::write, folder, {}, why);
    land(t, folder, {recursive || moves(t), false, true}, effects);
  }
  for (const ReadOperand& target : t.targets) {
    const bool tree = recursive || target.role == Role::write_tree;
    const std::optional<bool> there = effects.is_folder(target.text);
    const bool folder = is_folder_spelling(target.text.view()) || t.sources.size() > 1 || there.value_or(false);
    const Text content = t.sources.size() == 1 ? effects.stream_text(t.sources.front().text) : Text();
    const bool nothing = t.sources.size() == 1 && t.sources.front().text.view() == "/dev/null";
    const auto written =
        effects.file(OpKind::write, target.text, {false, false, true, false, false, false, nothing}, why, content);
    if (t.reads.size() == 1) effects.copied(t.reads.front(), written);
    else for (const auto read : t.reads) effects.flow(read, written);
    if (t.exact && !tree) continue;
    // A folder that does not exist yet becomes the copy itself: everything below it is written then.
    if (t.exact) effects.unpack(target.text, why);
    else if (tree && !folder) effects.file(OpKind::write, target.text, {true, true, false}, why);
    if (!t.exact && there.value_or(true)) land(t, target.text, {tree, false, folder, false, false, !folder}, effects);
  }
}

/// Any number of sources and a target: the target may be a folder. With one of each (`uniq IN OUT`, `if=`, `of=`) it is a file.
bool copies(const Reading& reading) {
  bool sources = false;
  for (const ReadOperand& o : reading.operands) {
    if (o.skip != 0) continue;
    sources = sources || (o.repeated && (o.role == Role::read || o.role == Role::move || o.role == Role::read_tree));
    if (sources && (o.role == Role::write || o.role == Role::write_tree)) return true;
  }
  for (const ReadOption& o : reading.options) {
    if (o.number != kUnknownOption && reading.info(o).role == Role::write_into) return sources;
  }
  return false;
}

/// A request that stands for the network half of `scp x host:y`.
void apply_remote_path(const RemotePath& remote, bool sends, Effects& effects) {
  model::Fetch fetch;
  fetch.method = sends ? "PUT" : "GET";
  fetch.url = Text("ssh://");
  fetch.url.append(remote.host);
  if (remote.path.empty() || remote.path.view()[0] != '/') fetch.url.append("/");
  fetch.url.append(remote.path);
  fetch.host = remote.host;
  effects.fetch(std::move(fetch), "remote path of `" + effects.name() + "`");
}

Text argument_of(const ReadOperand& o) { return o.skip == 0 ? o.text : o.text.substr(o.skip); }

/// The operations of one argument.
struct Touched {
  std::uint32_t read = model::kNoOperation;
  std::uint32_t written = model::kNoOperation;
};

/// `content`: what is written, as far as it is known.
Touched apply_use(const FileUse& use, Effects& effects, const Text& content = {}) {
  const FileRole role = file_role(use.role);
  const bool text_stays = role.access == Access::attributes;
  const bool edited = role.access == Access::read_write && content.empty();  // most of what was there stays
  Shape shape{use.recursive || role.recursive, false, true, text_stays, edited || use.role == Role::append, false,
              use.empties && (use.role == Role::write || role.access == Access::read_write)};
  shape.makes = use.role == Role::new_folder;
  const std::string why = (use.role == Role::script ? "script run by `" : "argument of `") + effects.name() + "`";
  Touched out;
  if (role.access == Access::read || role.access == Access::move || role.access == Access::read_write) {
    out.read = effects.file(OpKind::read, use.text, shape, why);
  }
  if (role.access == Access::write || role.access == Access::read_write || text_stays)
    out.written = effects.file(OpKind::write, use.text, shape, why, content);
  Shape gone = shape;
  gone.moved = role.access == Access::move;
  gone.certain = !use.stays;
  if (role.access == Access::remove || role.access == Access::move) effects.file(OpKind::remove, use.text, gone, why);
  return out;
}

std::string last_part(const std::string& glob) { return glob.substr(glob.rfind('/') + 1); }

/// `src/*.{js,ts}`: the last part of each pattern; nothing when all of them together are too much to look at.
std::optional<std::vector<std::string>> alternatives(const std::string& glob) {
  constexpr std::size_t kMostBytes = 1U << 20U;
  const auto open = glob.find('{');
  const auto close = glob.find('}', open == std::string::npos ? glob.size() : open);
  if (close == std::string::npos) return std::vector{last_part(glob)};
  const std::string before = last_part(glob.substr(0, open));
  const std::string after = glob.substr(close + 1);
  if (after.find('/') != std::string::npos) return std::vector{last_part(after)};
  std::vector<std::string> out;
  std::size_t bytes = 0;
  for (std::size_t begin = open + 1; begin <= close;) {
    const auto end = std::min(glob.find(',', begin), close);
    bytes += before.size() + (end - begin) + after.size();
    if (bytes > kMostBytes) return std::nullopt;
    out.push_back(last_part(before + glob.substr(begin, end - begin) + after));
    begin = end + 1;
  }
  return out;
}

/// `.env` of `grep -r --include='.env*'`: the secrets among the names that are looked for below a folder. Of others nothing is told that reading the whole
/// tree does not tell.
std::vector<Text> secrets_looked_for(const Reading& reading, Effects& effects) {
  std::vector<Text> out;
  for (const ReadOption& o : reading.options) {
    if (o.number == kUnknownOption || !o.has_value || !o.value.literal() || o.value.view().starts_with('!')) continue;
    const OptionInfo info = reading.info(o);
    if (info.role != Role::only) continue;
    const auto glob = info.detail == "regex" ? glob_of_regex(o.value.view(), false) : std::optional(o.value.bytes());
    if (!glob) continue;
    const auto all = alternatives(*glob);
    if (!all) effects.opaque(model::OpaqueReason::limit, "`" + effects.name() + "` looks for more names than are looked at");
    for (const std::string& one : all.value_or(std::vector<std::string>())) {
      const std::vector<Text> names = names_of_glob(Text(one));
      std::copy_if(names.begin(), names.end(), std::back_inserter(out), [](const Text& name) { return name.literal(); });
    }
  }
  return out;
}

bool is_read(const ReadOperand& o) { return file_role(o.role).access == Access::read; }

/// `tee FILE`, `dd of=FILE`: what it reads is what it writes.
bool pours(const Reading& reading) {
  const auto input = reading.block().known() ? reading.block().standard_input() : std::nullopt;
  return input && input->first == Role::write;
}

/// `sed -i d`: a script that leaves no line.
bool leaves_nothing(const Reading& reading) {
  const auto all = [](std::string_view code) { return code == "d" || code == "1,$d"; };
  const bool operand = std::any_of(reading.operands.begin(), reading.operands.end(), [&](const ReadOperand& o) {
    return o.role == Role::code && o.detail == "sed" && all(o.text.view());
  });
  return operand || std::any_of(reading.options.begin(), reading.options.end(), [&](const ReadOption& o) {
           return o.number != kUnknownOption && reading.info(o).role == Role::code && reading.info(o).detail == "sed" &&
                  all(o.value.view());
         });
}

/// `truncate FILE`, `dd if=/dev/null of=FILE`.
bool empties(const Reading& reading) {
  if (reading.block().known() && reading.block().has(Flag::truncates)) return true;
  if (leaves_nothing(reading)) return true;
  return std::any_of(reading.operands.begin(), reading.operands.end(),
                     [](const ReadOperand& o) { return is_read(o) && argument_of(o).view() == "/dev/null"; });
}

class Files {
 public:
  Files(const Reading& reading, Effects& effects)
      : reading_(reading),
        effects_(effects),
        copies_(copies(reading)),
        pours_(pours(reading)),
        given_(std::any_of(reading.operands.begin(), reading.operands.end(), is_read)),
        empties_(empties(reading)),
        hosts_(reading.block().known() && reading.block().has(Flag::hosts)) {}

  void run() {
    for (const ReadOption& o : reading_.options) option(o);
    for (const ReadOperand& o : reading_.operands) operand(o);
    for (const Text& name : secrets_looked_for(reading_, effects_)) look_for(name);
    if (copies_) apply_transfer(transfer_, reading_.recursive, effects_);
    for (const std::uint32_t read : poured_from_) {
      for (const std::uint32_t write : poured_into_) effects_.copied(read, write);
    }
    for (const std::uint32_t source : effects_.input().sources) {
      for (const std::uint32_t write : poured_into_) effects_.flow(source, write);
    }
  }

 private:
  void option(const ReadOption& o) {
    if (o.number == kUnknownOption) return;
    transfer_.exact = transfer_.exact || reading_.info(o).has(Mark::exact);
    if (!o.has_value) return;
    const Role role = reading_.info(o).role;
    if (role == Role::write_into && copies_) {
      transfer_.folders.push_back(o.value);
    } else {
      // Which files a folder receives is not known when nothing here is copied.
      if (role == Role::write_into) into(o.value);
      else apply_use({role, o.value, role == Role::remove && reading_.recursive}, effects_);
    }
  }

  /// Downloads are named by what they are of.
  void into(const Text& folder) {
    const std::string why = "folder that `" + effects_.name() + "` writes into";
    if (reading_.block().has(Flag::fetch)) effects_.file(OpKind::write, folder, {true, true, false}, why);
    else effects_.unpack(folder, why);
  }

  /// In its folders, or in the one where it runs.
  void look_for(const Text& name) {
    bool given = false;
    for (const ReadOperand& o : reading_.operands) {
      if (!is_read(o)) continue;
      given = true;
      if (reading_.recursive || o.role == Role::read_tree) apply_use({Role::read, below(o.text, name), false}, effects_);
    }
    if (!given) apply_use({Role::read, name, false}, effects_);
  }

  void operand(const ReadOperand& o) {
    RemotePath remote;
    if (hosts_ && split_remote(o.text, remote)) {
      const FileRole role = file_role(o.role);
      if (copies_ && role.access == Access::read) {
        transfer_.sources.push_back({remote.path, o.role, o.detail, o.repeated, o.skip});
        transfer_.reads.push_back(model::kNoOperation);
      }
      return apply_remote_path(remote, role.access == Access::write, effects_);
    }
    const bool target = o.role == Role::write || o.role == Role::write_tree;
    if (copies_ && target) {
      transfer_.targets.push_back(o);
      return;
    }
    if (o.role == Role::write_into) return into(o.text);
    if (o.role == Role::new_from) return make_from(o.text);
    const bool all = empties_ || (pours_ && stands_for_files(o.text));
    const Touched done = apply_use({o.role, argument_of(o), reading_.recursive, all, stays(o)}, effects_, poured());
    if (pours_) {
      poured_from_.insert(poured_from_.end(), is_read(o) ? 1 : 0, done.read);
      poured_into_.insert(poured_into_.end(), is_read(o) ? 0 : 1, done.written);
    }
    if (copies_ && file_role(o.role).access != Access::none) {
      transfer_.sources.push_back(o);
      transfer_.reads.push_back(done.read);
    }
    perhaps_recursive(o);
  }

  /// Moves everything in a folder to where it still lies in that folder: `mv * sub/`.
  [[nodiscard]] bool stays(const ReadOperand& o) const {
    if (!copies_ || o.role != Role::move || last_component(o.text).view() != std::string_view(&model::kHole, 1)) return false;
    std::string folder = before_last_component(effects_.absolute(o.text)).bytes();
    if (folder != "/") folder.push_back('/');
    const auto inside = [&](const Text& target) { return effects_.absolute(target).view().starts_with(folder) && effects_.absolute(target).size() > folder.size(); };
    return std::any_of(reading_.operands.begin(), reading_.operands.end(), [&](const ReadOperand& to) { return (to.role == Role::write || to.role == Role::write_tree) && inside(to.text); }) ||
           std::any_of(reading_.options.begin(), reading_.options.end(), [&](const ReadOption& to) {
             return to.number != kUnknownOption && reading_.info(to).role == Role::write_into && inside(to.value);
           });
  }

  /// `git clone ADDRESS`: the last part names the folder, where no operand does.
  void make_from(const Text& address) {
    const auto named = [](const ReadOperand& o) { return o.role == Role::new_folder; };
    if (std::any_of(reading_.operands.begin(), reading_.operands.end(), named)) return;
    std::string_view v = address.view();
    for (const std::string_view end : {"/", "/.git", ".git"}) {
      while (v.size() > end.size() && v.ends_with(end)) v.remove_suffix(end.size());
    }
    const auto begin = v.find_last_of("/:");
    const Text name = address.substr(begin == std::string_view::npos ? 0 : begin + 1,
                                     v.size() - (begin == std::string_view::npos ? 0 : begin + 1));
    if (name.literal() && begin != std::string_view::npos) apply_use({Role::new_folder, name}, effects_);
  }

  /// `tee DIR/*`: whatever it writes there, nothing of what was in so many files is left.
  static bool stands_for_files(const Text& path) {
    return has(path.traits(), model::HoleTrait::glob) || has(path.traits(), model::HoleTrait::each);
  }

  /// Its standard input, as far as that is what it writes.
  [[nodiscard]] Text poured() const {
    return pours_ && !given_ && effects_.input().text ? *effects_.input().text : Text();
  }

  /// `rm $flags dir`: the part that is not known may be the option that makes it recursive.
  void perhaps_recursive(const ReadOperand& o) {
    if (!reading_.maybe_more_options || reading_.recursive || o.role != Role::remove || o.text.view().starts_with(model::kHole)) return;
    effects_.file(OpKind::remove, argument_of(o), {true, false, false},
                  "argument of `" + effects_.name() + "`, if an unknown one is `-r`");
  }

  const Reading& reading_;
  Effects& effects_;
  bool copies_;
  bool pours_;
  bool given_;  ///< a file that is read
  bool empties_;
  std::vector<std::uint32_t> poured_from_;
  std::vector<std::uint32_t> poured_into_;
  bool hosts_;
  Transfer transfer_;
};

}  // namespace

bool split_remote(const Text& text, RemotePath& out) {
  const std::string_view v = text.view();
  const auto colon = v.find(':');
  if (colon == std::string_view::npos || colon == 0 || v.substr(0, colon).find('/') != std::string_view::npos) return false;
  std::size_t begin = 0;
  std::size_t end = colon;
  std::size_t path = colon + 1;
  if (v.substr(colon, 3) == "://") {
    begin = colon + 3;
    end = std::min(v.find('/', begin), v.size());
    path = end;
  } else if (v.substr(colon, 2) == "::") {
    path = colon + 2;  // an rsync daemon
  }
  const auto at = v.substr(begin, end - begin).rfind('@');
  if (at != std::string_view::npos) begin += at + 1;
  out.host = text.substr(begin, end - begin);
  out.path = text.substr(path);
  return true;
}

void apply_file(const FileUse& use, Effects& effects) { apply_use(use, effects); }

void apply_files(const Reading& reading, Effects& effects) { Files(reading, effects).run(); }

}  // namespace belay::command::program
