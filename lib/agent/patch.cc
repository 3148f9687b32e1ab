#include <string>

#include "agent/protocol.h"
#include "base/text.h"

/// The patch text of `apply_patch`: `*** Add File: P`, `*** Update File: P` (then perhaps `*** Move to: Q`), `*** Delete File: P`. Lines of
/// an added file begin with `+`; an update has ` `, `+` and `-` lines after `@@`. Codex trims a header line before it reads it.
namespace belay::agent {

namespace {

using base::Errc;
using base::fail;

class PatchReader {
 public:
  explicit PatchReader(model::Call& call) : call_(call) {}

  base::Result<void> line(std::string_view raw) {
    if (raw.ends_with('\r')) raw.remove_suffix(1);
    if (raw.starts_with('+')) {
      content_ += raw.substr(1);
      content_ += '\n';
      return {};
    }
    // Inside an update a leading blank marks a line that stays: ` *** Delete File: x` is text of the file there.
    if (raw.starts_with('-') || (updating_ && raw.starts_with(' '))) return {};
    return header(base::trim(raw));
  }

  base::Result<void> finish() {
    end_file();
    if (call_.actions.empty()) return fail(Errc::invalid, "a patch that names no file");
    return {};
  }

 private:
  base::Result<void> header(std::string_view s) {
    std::string_view path;
    if (after(s, "*** Add File:", path)) return begin_file(path, false);
    if (after(s, "*** Update File:", path)) return begin_file(path, true);
    if (after(s, "*** Delete File:", path)) return delete_file(path);
    if (after(s, "*** Move to:", path)) return move_to(path);
    return {};
  }

  static bool after(std::string_view s, std::string_view mark, std::string_view& rest) {
    if (!s.starts_with(mark)) return false;
    rest = base::trim(s.substr(mark.size()));
    return true;
  }

  static base::Result<void> check(std::string_view path) {
    if (path.empty()) return fail(Errc::invalid, "a patch with an empty path");
    if (path.find('\0') != std::string_view::npos) return fail(Errc::invalid, "a patch with NUL in a path");
    return {};
  }

  base::Result<void> begin_file(std::string_view path, bool update) {
    BELAY_CHECK(check(path));
    end_file();
    path_ = path;
    updating_ = update;
    return {};
  }

  base::Result<void> delete_file(std::string_view path) {
    BELAY_CHECK(check(path));
    end_file();
    call_.actions.emplace_back(model::DeleteFile{std::string(path)});
    return {};
  }

  base::Result<void> move_to(std::string_view path) {
    BELAY_CHECK(check(path));
    if (path_.empty()) return fail(Errc::invalid, "a patch that moves no file");
    call_.actions.emplace_back(model::RenameFile{path_, std::string(path)});
    path_ = path;
    return {};
  }

  void end_file() {
    if (!path_.empty()) call_.actions.emplace_back(model::WriteFile{path_, content_});
    path_.clear();
    content_.clear();
    updating_ = false;
  }

  model::Call& call_;
  std::string path_;
  std::string content_;
  bool updating_ = false;
};

}  // namespace

base::Result<void> read_patch(std::string_view text, model::Call& call) {
  if (text.find("*** Begin Patch") == std::string_view::npos) return fail(Errc::invalid, "not a patch: no `*** Begin Patch`");
  PatchReader reader(call);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    BELAY_CHECK(reader.line(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return reader.finish();
}

}  // namespace belay::agent
