// Paths: any text from any folder. Looks for crashes, for forms that are none (folding twice must change nothing), and for walks on an invented
// disk that end in a link or do not end.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "command/http/file_url.h"
#include "path/path.h"
#include "rulekit/case_world.h"

namespace {

using belay::base::NodeKind;
using belay::model::HoleTrait;
using belay::model::Text;

void check(bool holds) {
  if (!holds) std::abort();
}

/// A byte 0 is a hole, whose trait the next byte says.
Text text_of(std::string_view bytes) {
  Text out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != '\0') {
      out.append(bytes.substr(i, 1));
      continue;
    }
    const auto trait = i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[++i]) & 31U : 0U;
    out.append_hole(static_cast<HoleTrait>(trait));
  }
  return out;
}

const belay::rulekit::InventedFiles& disk() {
  static belay::rulekit::InventedFiles files;
  static const bool ready = [] {
    files.add("/w/d", {NodeKind::directory, {}});
    files.add("/w/f", {NodeKind::file, {}});
    files.add("/w/up", {NodeKind::symlink, ".."});
    files.add("/w/l", {NodeKind::symlink, "/a/b/../c"});
    files.add("/w/o", {NodeKind::symlink, "o"});
    files.add("/a/b", {NodeKind::symlink, "../w/d"});
    files.add_same("/w/s", "/a/d");
    files.add_same("/w/h", "/w/f");
    files.add_unreadable("/w/x");
    return true;
  }();
  check(ready);
  return files;
}

void check_folded(const Text& lexical) {
  check(!lexical.empty());
  check(belay::path::lexical(lexical, Text("/elsewhere")) == lexical);
  if (!lexical.literal() || lexical.view().front() != '/') return;
  check(lexical.view().find("//") == std::string_view::npos);
  check(!belay::path::has_parent(lexical.view()));
  check(lexical.size() == 1 || lexical.view().back() != '/');
}

/// What was found is found again, and nothing on the way is a link.
void check_found(const belay::path::Real& found) {
  if (!found.path.literal() || !found.path.view().starts_with("/w/")) return;
  const auto again = belay::path::real(found.path, disk());
  check(again.has_value() && again->path == found.path);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4096) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data), size);  // NOLINT: libFuzzer's type
  const std::size_t split = bytes.find('\n');
  Text cwd("/w");
  if (split != std::string::npos) {
    cwd.append("/");
    cwd.append(text_of(std::string_view(bytes).substr(split + 1)));
  }
  const Text written = text_of(std::string_view(bytes).substr(0, split));
  const Text folder = belay::path::lexical(cwd, Text("/"));
  const Text lexical = belay::path::lexical(written, folder);
  check_folded(lexical);
  if (const auto found = belay::path::real(lexical, disk())) check_found(*found);
  if (const auto found = belay::path::walked(written, folder, disk())) check_found(*found);
  if (const auto other = belay::path::respelled(written, folder, lexical)) {
    check(!(*other == lexical));
    belay::path::Places places;
    places.homes = {"/w"};
    for (const char* pattern : {"~/.ssh/**", "/w/d/*", "**/id_*"}) {
      const auto globs = belay::path::compile_glob(pattern, belay::path::Case::fold);
      static_cast<void>(belay::path::meets(globs->front(), *other, {true, false}, places));
      static_cast<void>(belay::path::covers(globs->front(), *other, {true, true}, places));
    }
  }
  static_cast<void>(belay::command::http::file_of_url(written));
  return 0;
}
