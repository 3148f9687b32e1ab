#include "command/program/references.h"

#include "command/program/config_file.h"
#include "command/program/diff.h"
#include "command/program/modules.h"
#include "command/program/package_scripts.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "command/http/escape.h"
#include "command/program/settings.h"

namespace belay::command::program {

namespace {

using model::OpKind;

Text from(const Text& text, std::size_t at) { return text.substr(std::min(at, text.size())); }

void touch(OpKind kind, const Text& file, Effects& effects, Shape shape = {}) {
  effects.file(kind, file, shape, "argument of `" + effects.name() + "`");
}

/// `tar --remove-files`, `rsync --remove-source-files`, `zip -m`: what is named is gone afterwards.
bool takes_away(const Effects& effects) {
  const auto& argv = effects.invocation().argv;
  return std::any_of(argv.begin() + 1, argv.end(), [&](const Text& word) {
    const std::string_view v = word.view();
    if (effects.name() != "zip" || v.starts_with("--")) return v.starts_with("--remove-") || v == "--move";
    return v.starts_with('-') && v.find('m') != std::string_view::npos;
  });
}

/// File names, one a line: `cpio -o`, `tar -T`.
void read_names(const Text& text, const Change& /*change*/, Effects& effects) {
  const bool gone = takes_away(effects);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.view().find('\n', begin), text.size());
    const Text name = text.substr(begin, end - begin);
    begin = end + 1;
    if (name.empty()) continue;
    Shape moved;
    moved.recursive = name.literal() && effects.name().ends_with("tar");  // tar alone goes into folders
    touch(OpKind::read, name, effects, moved);
    moved.moved = true;
    if (gone) touch(OpKind::remove, name, effects, moved);
  }
}

/// The clients of AWS and Azure: `file://PATH`, `fileb://PATH` and `@PATH` stand for what is in the file, wherever a value may.
void read_value(const Text& text, const Change& /*change*/, Effects& effects) {
  for (const std::string_view sign : {"file://", "fileb://", "@"}) {
    if (text.view().starts_with(sign) && text.size() > sign.size()) return touch(OpKind::read, from(text, sign.size()), effects);
  }
}

/// `NAME=FILE`, `NAME@FILE`, `NAME=file:///FILE`: a value that is in a file.
void read_pair(const Text& text, const Change& /*change*/, Effects& effects) {
  const auto sign = text.view().find_first_of("=@");
  if (sign == std::string_view::npos) return;
  Text file = from(text, sign + 1);
  if (file.view().starts_with("file://")) file = from(file, 7);
  if (file.view().find("://") == std::string_view::npos && !file.empty()) touch(OpKind::read, file, effects);
}

/// The same of curl: only `@` names a file, at the front or behind a name.
void read_attached(const Text& text, const Change& change, Effects& effects) {
  const auto sign = text.view().find_first_of("=@");
  if (sign != std::string_view::npos && text.view()[sign] == '@') read_pair(text, change, effects);
}

/// `unixexec:path=PROGRAM,argv1=WORD,…` starts a program (D-Bus Specification, "Server Addresses"); several addresses are parted by `;`.
void run_bus_address(const Text& text, const Change& change, Effects& effects) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.view().find(';', begin), text.size());
    const Text address = text.substr(begin, end - begin);
    begin = end + 1;
    if (!address.view().starts_with("unixexec:")) continue;
    std::vector<Text> argv;
    for (std::size_t at = 9; at < address.size();) {
      const std::size_t stop = std::min(address.view().find(',', at), address.size());
      const std::size_t equals = std::min(address.view().find('=', at), stop);
      const std::string_view key = address.view().substr(at, equals - at);
      if (key == "path" || (key.starts_with("argv") && key != "argv0")) argv.push_back(http::unescaped(address.substr(equals + 1, stop - equals - 1), http::Unescape::all));
      at = stop + 1;
    }
    if (!argv.empty()) effects.run(std::move(argv), change);
  }
}

enum class Opens : std::uint8_t { program, shell, read, write, both };
struct AddressRow {
  std::string_view keyword;
  Opens opens;
};
/// socat(1), "ADDRESS TYPES".
constexpr std::array kAddresses{
    AddressRow{"exec", Opens::program}, AddressRow{"system", Opens::shell}, AddressRow{"shell", Opens::shell},  AddressRow{"open", Opens::both},
    AddressRow{"file", Opens::both},    AddressRow{"gopen", Opens::both},   AddressRow{"create", Opens::write}, AddressRow{"creat", Opens::write},
    AddressRow{"readfile", Opens::read}, AddressRow{"writefile", Opens::write}, AddressRow{"appendfile", Opens::write}, AddressRow{"sh-c", Opens::shell},  // of websocat
    AddressRow{"cmd", Opens::shell},
};

void open_address(Opens opens, const Text& what, std::string_view options, const Change& change, Effects& effects) {
  if (opens == Opens::program || opens == Opens::shell) return effects.run_shell(what, {}, change);
  if (opens == Opens::read) return touch(OpKind::read, what, effects);
  const bool read_only = options.find("rdonly") != std::string_view::npos;
  const bool write_only = opens == Opens::write || options.find("wronly") != std::string_view::npos;
  const bool changes = options.find("creat") != std::string_view::npos || options.find("trunc") != std::string_view::npos ||
                       options.find("append") != std::string_view::npos || options.find("rdwr") != std::string_view::npos;
  if (!write_only) touch(OpKind::read, what, effects);
  if (write_only || (changes && !read_only)) touch(OpKind::write, what, effects);
}

/// `KEYWORD:WHAT[,OPTIONS]`
void open_one_address(const Text& text, const Change& change, Effects& effects) {
  const auto colon = text.view().find(':');
  if (colon == std::string_view::npos) return;
  const auto row = std::find_if(kAddresses.begin(), kAddresses.end(),
                                [&](const AddressRow& r) { return base::iequals(r.keyword, text.view().substr(0, colon)); });
  if (row == kAddresses.end()) return;
  const std::size_t comma = std::min(text.view().find(',', colon), text.size());
  open_address(row->opens, text.substr(colon + 1, comma - colon - 1), text.view().substr(comma), change, effects);
}

/// socat: one address, or two parted by `!!`.
void open_addresses(const Text& text, const Change& change, Effects& effects) {
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.view().find("!!", begin), text.size());
    open_one_address(text.substr(begin, end - begin), change, effects);
    begin = end + 2;
  }
}

/// tar: `s/FROM/TO/FLAGS` gives members other names; what is extracted lands there.
void write_renamed(const Text& text, const Change& /*change*/, Effects& effects) {
  const std::string_view v = text.view();
  if (v.size() < 4 || v.front() != 's') return;
  const std::size_t middle = v.find(v[1], 2);
  const std::size_t end = middle == std::string_view::npos ? middle : v.find(v[1], middle + 1);
  if (end == std::string_view::npos) return;
  const Text to = text.substr(middle + 1, std::min(v.find_first_of("&\\", middle + 1), end) - middle - 1);
  const bool elsewhere = to.view().starts_with('/') || to.view().find("..") != std::string_view::npos;
  if (!elsewhere) return;
  const bool folder = to.view().ends_with('/') || to.size() < end - middle - 1;
  touch(OpKind::write, to, effects, {folder, folder, true});
}

/// concurrently: `npm:NAME` is a script of the project; anything else is shell code.
void run_script_or_shell(const Text& text, const Change& change, Effects& effects) {
  for (const std::string_view runner : {"npm:", "yarn:", "pnpm:", "bun:", "node:", "deno:"}) {
    if (text.view().starts_with(runner)) return;
  }
  effects.run_shell(text, {}, change);
}

void read_git_config(const Text& text, const Change& change, Effects& effects) { read_config_file("git-config", text, change, effects); }

struct ReferenceRow {
  std::string_view language;
  void (*apply)(const Text&, const Change&, Effects&);
  bool code = false;  ///< may be code as well
};
constexpr std::array kReferences{
    ReferenceRow{"pair", read_pair},         ReferenceRow{"attached", read_attached},
    ReferenceRow{"names", read_names},       ReferenceRow{"value", read_value},      ReferenceRow{"bus", run_bus_address},
    ReferenceRow{"address", open_addresses}, ReferenceRow{"renames", write_renamed}, ReferenceRow{"script", run_script_or_shell, true},
    ReferenceRow{"package", run_package_scripts}, ReferenceRow{"diff", apply_patch}, ReferenceRow{"gitconfig", read_git_config},
};

const ReferenceRow* row_of(std::string_view language) {
  const auto* const row = std::find_if(kReferences.begin(), kReferences.end(), [&](const ReferenceRow& r) { return r.language == language; });
  return row == kReferences.end() ? nullptr : row;
}

/// `python_module`: the name of a module of that language.
constexpr std::string_view kModule = "_module";
bool is_module(std::string_view language) { return language.ends_with(kModule); }

}  // namespace

bool is_reference(std::string_view language) { return is_module(language) || row_of(language) != nullptr; }

bool is_plain_reference(std::string_view language) {
  const ReferenceRow* const row = row_of(language);
  return is_module(language) || (row != nullptr && !row->code);
}

void apply_reference(std::string_view language, const Text& text, const Change& change, Effects& effects) {
  if (is_module(language)) {
    load_module(language.substr(0, language.size() - kModule.size()), text, change, effects);
    run_given(text, change, effects);
    return apply_found_files(effects.knowledge().find(text.view()).value_or(Block()), effects);  // `python3 -m pytest`
  }
  if (const ReferenceRow* const row = row_of(language)) row->apply(text, change, effects);
}

}  // namespace belay::command::program
