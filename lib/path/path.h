#pragma once

#include <optional>
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
  std::vector<std::string> tmp;  ///< `/tmp`, `/var/tmp`, `$TMPDIR` if it is absolute
};

/// `written` joined to `cwd` with `.`, `..`, `//` folded and aliases of the root removed: `/proc/ID/root`, `/proc/ID/task/ID/root`
/// and `/System/Volumes/Data` are `/`, `/proc/self/cwd` is `cwd`, another process' working folder may be anywhere. An alias is
/// folded before a `..` behind it, as the kernel walks. `/dev/fd/N` and `/proc/ID/fd/N` stay. A trailing slash is dropped.
///
/// `..` over a part with a hole stays a hole, and takes the part before it along when the hole may be empty. A leading hole that
/// may hold a slash stays first, without a slash before it: the path may be anywhere. Never touches the disk.
[[nodiscard]] Text lexical(const Text& written, const Text& cwd);

/// `absolute` (lexical form) with symlinks followed through its deepest existing ancestor; the rest, which does not exist or lies
/// behind a hole, is kept. Of a dangling link the target is what counts. At most 40 links (as the kernel: ELOOP, Errc::io).
/// Errors of `files` are returned: the caller must treat the path as unknown, never as its lexical form alone. Descriptors
/// (`/dev/fd/N`, `/dev/stdin`, `/proc/ID/fd/N`) are returned as they are: ours are not the command's.
[[nodiscard]] base::Result<Text> canonical(const Text& absolute, const base::FileView& files);

/// The same with the other names of what was found on the way (base::Node::same), the rest of the path behind each.
struct Real {
  struct Name {
    Text path;
    std::string at;     ///< what on the way has the other name
    bool file = false;  ///< the end of the path itself, which is no folder
  };
  Text path;
  std::vector<Name> same;
};
[[nodiscard]] base::Result<Real> real(const Text& absolute, const base::FileView& files);

/// Where the kernel goes for `written` from `cwd`: `..` leads up from where a link before it led, which `lexical` cannot know. Only worth
/// asking when has_parent(written).
[[nodiscard]] base::Result<Real> walked(const Text& written, const Text& cwd, const base::FileView& files);
/// Has a component `..`?
[[nodiscard]] bool has_parent(std::string_view path);

/// The place that `written` (seen from `cwd`, `lexical` in its lexical form) names where other rules of spelling hold; nothing when that is
/// `lexical` itself, as it is for ordinary paths. Windows and its guests (`C:\Users\x`, `\\?\C:\`, `\\localhost\c$`, `/mnt/c`, `/c/Users`,
/// `%USERPROFILE%`, `name::$DATA`, trailing dots and blanks, `GIT~1`): drives fall together with the root, as their homes do with `~`.
/// macOS (`/private/etc`, `/Volumes/Macintosh HD`, `..namedfork`). File systems that fold letters: characters that they ignore
/// (U+200C) are dropped, U+017F and U+212A are `s` and `k`, and accented letters are composed. Purely textual; one answer, in which all of this is undone at once.
[[nodiscard]] std::optional<Text> respelled(const Text& written, const Text& cwd, const Text& lexical);

enum class Anchor : std::uint8_t {
  anywhere,  ///< `**/x`, or a pattern without slash
  root,      ///< `/x`
  any_home,  ///< `~/x`: any user's home: /root, /home/NAME, /Users/NAME, /var/home/NAME, Places::homes
  home,      ///< `{home}/x`: Places::homes
  project,   ///< `{project}/x`
  cwd,       ///< `{cwd}/x`
  tmp,       ///< `{tmp}/x`
};

/// How the components of the text after the anchor are compared. No kind needs a regular expression: one is dearer to compile
/// than every path of a call is to compare.
enum class GlobKind : std::uint8_t {
  components,  ///< each is literal, `*`, `**`, or has exactly one `*` inside (`pre*suf`): plain comparisons
  wildcards,   ///< some component has `?`, `[…]`, an escape or several `*`
};

/// A pattern made ready at compile time: components joined by `/`, none of them empty. A view, so that it can lie in an image.
struct GlobView {
  Anchor anchor = Anchor::anywhere;
  GlobKind kind = GlobKind::components;
  bool fold_case = false;  ///< ASCII letters of both cases are equal; `text` is lower case then
  std::string_view text;
};
struct PathGlob {
  Anchor anchor = Anchor::anywhere;
  GlobKind kind = GlobKind::components;
  bool fold_case = false;
  std::string text;

  operator GlobView() const { return {anchor, kind, fold_case, text}; }  // NOLINT(google-explicit-constructor): the same value
};

/// Compiles one pattern of a rule. Braces give several globs, at most 256. `*`, `?` and `[…]` do not cross a slash, `\` takes the
/// next byte as it is, `**` as a whole component matches any number of components, none included; a pattern without an anchor
/// matches anywhere (`x/y` is `**/x/y`); a trailing `/**` also matches the folder itself. An empty component, `.` or `..`, a leading
/// `!`, `~NAME`, an unknown `{anchor}` and an unclosed bracket are errors (Errc::invalid).
/// `fold_case` makes ASCII letters of both cases equal (credential-shaped names on case-folding file systems).
enum class Case : bool { exact, fold };
[[nodiscard]] base::Result<std::vector<PathGlob>> compile_glob(std::string_view pattern, Case letters);

/// What an operation does to its path.
struct Reach {
  bool recursive = false;
  bool contents_only = false;
};

/// Does the operation on `path` (a result of lexical or canonical) meet the pattern?
/// * not recursive: the path matches. A hole matches as one ordinary component or part of one (`‹?›/.env` is `**/.env`), never as
///   `.` or `..`; when the hole itself would have to be particular text the answer is maybe.
/// * recursive: also when the pattern lies below the path; of an unanchored one the path then has to end in its beginning, and that
///   to be a hidden folder, which belongs to one program (`.claude` for `**/.claude/settings.json`, not `config` for `**/config/x`).
/// An exception is asked without recursion: `except = ["{project}/**"]` excuses what lies in the project, not a folder around it.
[[nodiscard]] Truth meets(const GlobView& glob, const Text& path, Reach reach, const Places& places);

/// Is `path` the place that `glob` names, or an ancestor of it? `/home` covers `~`; `~/x` does not. With contents_only a path
/// counts like the folder itself (`rm -rf /*` covers `/`). An unanchored pattern is covered only by its own matches.
[[nodiscard]] Truth covers(const GlobView& glob, const Text& path, Reach reach, const Places& places);

/// Whether there are folders above what the pattern names that a recursive operation meets it from.
[[nodiscard]] bool met_from_above(const GlobView& glob);

/// Longest run of bytes that every matching literal path contains, lower case; empty if there is none. Taken from the part after the
/// anchor. It says nothing about a path with holes or a recursive operation on a folder above.
[[nodiscard]] std::string required_literal(const GlobView& glob);

/// Whether what the pattern names lies in a folder that it names too: `~/.bashrc`, `**/.git/hooks/*`, `~/.ssh/**`; not `**/.env`.
[[nodiscard]] bool names_folder(const GlobView& glob);

/// Folders in which the paths lie that an anchored pattern can name: up to its first wildcard, the last name left out. None for a
/// pattern that matches anywhere.
[[nodiscard]] std::vector<std::string> folders_named(const GlobView& glob, const Places& places);

/// Glob over a plain string (option values, operands, hosts, tool names …): `*` any run, `?` one byte, `[…]`, `\` takes the next byte
/// as it is, braces not special. A hole in `text` can be anything its traits allow: maybe when it decides.
[[nodiscard]] Truth match_plain(std::string_view glob, const Text& text);

}  // namespace belay::path
