#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "image/image.h"
#include "model/operation.h"

/// What passes between the two halves of the analysis: the evaluator, which knows the shell and nothing of programs, and
/// program::interpret, which knows programs and nothing of the shell.
namespace belay::shell {
struct Command;
}

namespace belay::command {

using model::Text;

/// Where text came from; decides which kind of opaque running it is.
struct Taint {
  bool network = false;
  bool decoded = false;
  [[nodiscard]] Taint operator|(Taint o) const { return {network || o.network, decoded || o.decoded}; }
};

/// Code of which no part can be told: holes, blanks and quotes are all that it has.
[[nodiscard]] bool nothing_known(const Text& code);
/// Why running text is opaque: by where it came from, else `otherwise`.
[[nodiscard]] model::OpaqueReason reason_of(Taint taint, model::OpaqueReason otherwise);

/// What a command finds on its standard input.
struct Input {
  model::StdinKind kind = model::StdinKind::inherit;
  std::optional<Text> text;            ///< all of it, when known
  std::vector<std::uint32_t> sources;  ///< operations whose data arrives here
  bool decoded = false;                ///< it is what a decoder put out
  bool stored = false;                 ///< it lay on the disk before the call, see Host::stored
  std::string file;                    ///< absolute, when it is a file that is read from its beginning

  /// This or `other`.
  void merge(const Input& other);
  [[nodiscard]] Taint taint() const { return {kind == model::StdinKind::network, decoded}; }
  /// Nothing of it is known but that it came from the network or out of a decoder.
  [[nodiscard]] bool hidden() const { return !text && (decoded || kind == model::StdinKind::network); }
};

/// What a file holds when `content` is written behind what it held. Of what is not known in it, a script may be as it likes, unless it is hidden.
[[nodiscard]] Input behind(const Input& before, Input content);

/// Text in a language.
struct Source {
  Input content;
  std::string language;  ///< as in the role `code:LANG`
  friend bool operator==(const Source& a, const Source& b);
};
/// What a program was compiled of: it does what all of them say.
using Built = std::vector<Source>;

/// A function that shells find which this command starts (bash: `export -f`).
struct ExportedFunction {
  std::string name;
  const shell::Command* body = nullptr;
};

/// Which shell reads a text. `any` is /bin/sh: dash here, bash there.
enum class ShellKind : std::uint8_t { bash, dash, zsh, csh, any };
/// Lists are counted from 1, and a name stands for all of its list.
[[nodiscard]] constexpr bool counts_from_one(ShellKind shell) { return shell == ShellKind::zsh || shell == ShellKind::csh; }
/// By the name of the program that runs it; `any` for one that is no shell, as system(3) takes /bin/sh.
[[nodiscard]] ShellKind shell_kind(std::string_view program);

/// A place of ours under its name in a container.
struct Mount {
  Text here;   ///< absolute
  Text there;  ///< the same
  bool read_only = false;
};
/// Where what is called `path` in a container lies on this machine; nothing when no mount holds it.
[[nodiscard]] std::optional<Text> mounted(const Text& path, std::span<const Mount> mounts);

/// What surrounds a command.
struct Setting {
  Text cwd;                         ///< absolute, or with a leading hole
  std::vector<std::string> via;     ///< wrappers, outermost first
  std::string as;                   ///< effective user; empty: the actor
  std::vector<model::Binding> env;  ///< assignments in force for this command
  std::vector<ExportedFunction> functions;
  ShellKind shell = ShellKind::bash;  ///< that reads the code, or whose command this is
  bool remote = false;              ///< another host, container or root: paths are not ours
  bool own_container = false;       ///< … a container that runs on this machine
  Text entered;                     ///< … and `cwd` when the command got there, unless it is that place's own
  std::vector<Mount> mounts;        ///< … but for these
  Taint taint;                      ///< of the arguments
  bool guessed = false;             ///< a program that is not known may start this command, or may not
  bool stored = false;              ///< of a script that lay on the disk before the call
};

struct Invocation {
  std::vector<Text> argv;  ///< not empty; argv[0] literal. Live glob characters are holes with HoleTrait::glob.
  Setting setting;
  Input input;
  base::Span span;
};

/// bash's variable that names the file being read (bash(1), Shell Variables). Set for the shell that reads one, never exported.
inline constexpr std::string_view kScriptVariable = "BASH_SOURCE";

/// The evaluator as program semantics see it. Nothing fails: a spent budget is reported as an opaque operation by the host itself.
class Host {
 public:
  Host() = default;
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  virtual ~Host() = default;

  /// Appends an operation; its index.
  virtual std::uint32_t emit(model::Operation op) = 0;
  virtual void flow(std::uint32_t from, std::uint32_t to) = 0;
  /// The same, and the file that `to` writes is then the one that `from` reads, under another name.
  virtual void copied(std::uint32_t from, std::uint32_t to) { flow(from, to); }
  /// All forms of a path as seen from `folder`.
  [[nodiscard]] virtual model::Path path(const Text& written, const Text& folder) = 0;
  /// The same of a folder that a command works in; nothing of the one that the call began in.
  [[nodiscard]] virtual model::Path workplace(const Text& folder) { return path(folder, folder); }
  /// Does a folder lie there? Nothing when that is not known, or nothing lies there.
  [[nodiscard]] virtual std::optional<bool> is_folder(const Text& path, const Text& folder) const {
    (void)path, (void)folder;
    return std::nullopt;
  }
  /// What a reader of that file finds, when this same call wrote it before or it is the name of a `<(…)`.
  [[nodiscard]] virtual std::optional<Input> written(const Text& path, const Text& folder) = 0;
  /// Names of the files in and below `folder` that this same call wrote.
  [[nodiscard]] virtual std::vector<std::string> written_names(const Text& folder) const {
    (void)folder;
    return {};
  }
  /// Absolute paths of the files that this same call wrote and that end in `/` and `end`; of all of them without an end.
  [[nodiscard]] virtual std::vector<std::string> written_like(std::string_view end) const {
    (void)end;
    return {};
  }
  [[nodiscard]] virtual bool has_written() const { return !written_like({}).empty(); }
  /// That file is from now on a program which this same call compiled.
  virtual void build(const Text& path, const Text& folder, const Built& program) { (void)path, (void)folder, (void)program; }
  /// Empty for a file that is none.
  [[nodiscard]] virtual Built built(const Text& path, const Text& folder) {
    (void)path, (void)folder;
    return {};
  }
  /// The text of a file that lies where whoever calls may have put it (the working folder, a home, a folder for temporary files) and that this
  /// call left alone: a script is a way to say something in two calls. Nothing for what is large, or not text.
  [[nodiscard]] virtual std::optional<Input> stored(const Text& path, const Text& folder) {
    (void)path, (void)folder;
    return std::nullopt;
  }
  /// A wrapped command: never a function, alias or built-in of the shell. An empty argv is ignored.
  virtual void run(const Invocation& inner) = 0;
  /// As run(); what the command prints, as standard input of another. Data of its input reaches its requests and queries too.
  virtual Input output_of(const Invocation& inner) {
    run(inner);
    return {};
  }
  /// The command at work prints this, among what the commands that it runs print; `all` of it, or lines that are in it.
  virtual void printed(const Text& text, bool all, Taint taint) { (void)text, (void)all, (void)taint; }
  /// Shell code with its positional parameters (`$0` first); setting and input come from `around`.
  virtual void run_shell(const Text& code, const std::vector<Text>& parameters, const Invocation& around) = 0;
  [[nodiscard]] virtual std::span<const image::View* const> knowledge() const = 0;
  /// The distinct homes that `~` may be; not empty.
  [[nodiscard]] virtual std::vector<Text> homes() const { return {Text("~")}; }
};

}  // namespace belay::command
