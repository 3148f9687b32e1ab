#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fs.h"
#include "base/result.h"
#include "model/decision.h"
#include "model/text.h"

/// Paths as text and as places. Nothing here opens a file: what is on disk comes through base::FileView.
namespace belay::path {

using model::Text;
using model::Truth;

/// What the anchors of a pattern stand for during one call. All absolute, without trailing slash.
struct Places {
  std::vector<std::string> homes;  ///< the actor's: of the environment and of the password database
  std::string project;
  std::string cwd;
  std::vector<std::string> tmp;    ///< `/tmp`, `/var/tmp`, `$TMPDIR` if it is absolute
};

/// `written` joined to `cwd` with `.`, `..`, `//` folded and aliases of the root removed (`/proc/self/root`,
/// `/proc/PID/root`, `/proc/self/cwd`, `/dev/fd`…). `..` over a hole stays a hole. A leading hole that may hold a slash stays
/// first: the path may be anywhere. A trailing slash is dropped. Never touches the disk.
[[nodiscard]] Text lexical(const Text& written, const Text& cwd);

/// `absolute` (lexical form) with symlinks followed through its deepest existing ancestor; the rest, which does not exist or lies
/// behind a hole, is kept. At most 40 links (as the kernel: ELOOP is an error). Errors of `files` are returned: the caller
/// must treat the path as unknown, never as its lexical form alone.
[[nodiscard]] base::Result<Text> canonical(const Text& absolute, const base::FileView& files);

enum class Anchor : std::uint8_t {
  anywhere,    ///< `**/x`, or a pattern without slash
  root,        ///< `/x`
  any_home,    ///< `~/x`: any user's home: /root, /home/NAME, /Users/NAME, /var/home/NAME, Places::homes
  home,        ///< `{home}/x`: Places::homes
  project,     ///< `{project}/x`
  cwd,         ///< `{cwd}/x`
  tmp,         ///< `{tmp}/x`
};

/// How the text after the anchor is compared.
enum class GlobKind : std::uint8_t {
  components,  ///< slash separated; each is literal, `*`, `**`, or has exactly one `*` inside (`pre*suf`)
  regex,       ///< RE2 source over the text after the anchor, whole match
};

/// A pattern made ready at compile time; flat, so that it can lie in an image.
struct PathGlob {
  Anchor anchor = Anchor::anywhere;
  GlobKind kind = GlobKind::components;
  bool fold_case = false;
  std::string text;
};

/// Compiles one pattern of a rule. Braces give several globs. `*` and `?` do not cross a slash, `**` as a whole component matches
/// any number of components, none included; a pattern without a slash means `**/pattern`; a trailing `/**` also matches the folder
/// itself. A leading `!`, an empty component, `.` or `..`, an unknown `{anchor}` and an unclosed bracket are errors.
/// `fold_case` makes letters of every case equal (credential-shaped names on case-folding file systems).
enum class Case : bool { exact, fold };
[[nodiscard]] base::Result<std::vector<PathGlob>> compile_glob(std::string_view pattern, Case letters);

/// What an operation does to its path.
struct Reach {
  bool recursive = false;
  bool contents_only = false;
};

/// Does the operation on `path` (absolute, may have holes) meet the pattern?
/// * not recursive: the path matches. A hole matches as one ordinary component part (`‹?›/.env` is `**/.env`); when the hole itself
///   would have to be particular text the answer is maybe.
/// * recursive: also when the pattern is anchored and lies below the path; an unanchored one only when the path itself lies inside.
[[nodiscard]] Truth meets(const PathGlob& glob, const Text& path, Reach reach, const Places& places);

/// Is `path` the place that `glob` names, or an ancestor of it? `/home` covers `~`; `~/x` does not. With contents_only a path
/// counts like the folder itself (`rm -rf /*` covers `/`).
[[nodiscard]] Truth covers(const PathGlob& glob, const Text& path, Reach reach, const Places& places);

/// Longest run of bytes that every match must contain, lower case; empty if there is none. For the literal prefilter: with an
/// anchor other than `anywhere` only the part after the anchor counts.
[[nodiscard]] std::string required_literal(const PathGlob& glob);

/// Glob over a plain string (option values, operands, hosts, tool names …): `*` any run, `?` one byte, `[…]`, braces not special.
/// A hole in `text` can be anything its traits allow: maybe.
[[nodiscard]] Truth match_plain(std::string_view glob, const Text& text);

}  // namespace belay::path
