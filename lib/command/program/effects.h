#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/invocation.h"
#include "command/program/reader.h"
#include "model/operation.h"

/// Turns what was read into operations of one invocation. Everything that has to do with the evaluator's interface is in here.
namespace belay::command::program {

/// Among the wrappers of what runs where nothing but an image and folders of this machine lie, which are seen as such: a new container, a step of a build.
inline constexpr std::string_view kFreshContainer = "fresh-container";

/// What a wrapped command finds changed.
struct Change {
  std::string via;  ///< name of the wrapper
  std::string as;   ///< empty: unchanged
  std::vector<model::Binding> env;
  std::vector<std::string> unset;
  bool clear_env = false;
  bool remote = false;        ///< another host, a container, another root
  bool own_container = false; ///< … a container that runs on this machine
  bool fresh = false;         ///< … that is made of an image and holds nothing else: `via` says so, see kFreshContainer
  std::vector<Mount> mounts;  ///< what it shares with this one
  Text workdir;               ///< its working folder there; empty: the same, or not known
  bool placed = false;        ///< … which the command names
  bool keeps_input = true;    ///< its standard input is this command's; else only what it was fed flows on
  bool fed = false;           ///< what arrives there comes from the wrapper, and nobody knows what it is
  bool guessed = false;       ///< see Setting
  bool stored = false;        ///< the same
  bool parts = false;         ///< of code: only parts of it may run, with whatever they are given then
};

/// Shape of a file access.
struct Shape {
  bool recursive = false;
  bool contents_only = false;
  bool certain = true;
  bool text_stays = false;  ///< see model::FileAccess
  bool appends = false;     ///< the same
  bool if_folder = false;   ///< the same
  bool empties = false;     ///< of a write: nothing of what was there is left
  bool moved = false;       ///< see model::FileAccess
  bool makes = false;       ///< see model::FileAccess
};

/// Files that are read for one command: one inside another, in all, and how much text they hold.
inline constexpr std::size_t kMostOpen = 20;
inline constexpr std::size_t kMostLoads = 500;
inline constexpr std::size_t kMostLoaded = 2U << 20U;

/// One of the names of the standard input.
[[nodiscard]] constexpr bool is_standard_input(std::string_view path) {
  constexpr std::string_view kOfThisShell{"/proc/\0/fd/0", 12};  // `/proc/$$/fd/0`, whose number is not known
  return path == "-" || path == "/dev/stdin" || path == "/dev/fd/0" || path == "/proc/self/fd/0" || path == kOfThisShell;
}

class Effects {
 public:
  Effects(const Invocation& invocation, Host& host, std::string name) : in_(invocation), host_(host), name_(std::move(name)) {}

  /// Where a command works: folders that its options make it go to first; not told when something else may say where.
  struct Place {
    std::vector<Text> entered;
    bool told = true;
  };
  /// Emits the exec operation that the following effects belong to.
  void exec(model::Exec exec, const Place& place = {{}, true});
  [[nodiscard]] std::uint32_t exec_index() const { return exec_; }

  /// A read, write or delete of the path as written; nothing for `-`, the empty string and standard devices. Its operation, or kNoOperation.
  std::uint32_t file(model::OpKind kind, const Text& written, Shape shape, const std::string& why, const Text& content = {});
  /// Names of the files in and below the working folder that the call wrote.
  [[nodiscard]] std::vector<std::string> written_names() const;
  /// Absolute paths of such files, wherever they lie, that end in `/` and `end`.
  [[nodiscard]] std::vector<std::string> written_like(std::string_view end) const;
  /// Is there any at all?
  [[nodiscard]] bool has_written() const { return host_.has_written(); }
  /// False when this command has loaded that file before.
  [[nodiscard]] bool first_load(const std::string& file);
  /// Path of the file whose code is being read; empty when the code comes with the command.
  [[nodiscard]] std::string_view loading() const;
  /// Is it a folder? Nothing when that is not known, or there is no such thing.
  [[nodiscard]] std::optional<bool> is_folder(const Text& path) const {
    return remote() ? std::nullopt : host_.is_folder(path, base_folder());
  }
  /// What is read from standard input or a `<(…)` under its name in /dev, when it is known; empty for other paths.
  [[nodiscard]] Text stream_text(const Text& path) const;
  std::uint32_t write(const Text& written, Shape shape, const Text& content, const std::string& why) {
    return file(model::OpKind::write, written, shape, why, content);
  }
  /// Files of names that are not known land in that folder, and perhaps deeper.
  std::uint32_t unpack(const Text& folder, const std::string& why);
  std::uint32_t fetch(model::Fetch fetch, const std::string& why);
  void query(model::Query query, const std::string& why);
  void opaque(model::OpaqueReason reason, std::string detail);
  void flow(std::uint32_t from, std::uint32_t to);
  /// A flow after which the file that is written is the one that was read.
  void copied(std::uint32_t from, std::uint32_t to);

  /// What code that was read here writes to standard output.
  void printed(const Text& text, bool all, Taint taint) { host_.printed(text, all, taint); }

  void run(std::vector<Text> argv, const Change& change);
  /// The same with standard input of its own; what it prints.
  Input output_of(std::vector<Text> argv, const Change& change, const Input& input, Taint taint);
  void run_shell(const Text& code, const std::vector<Text>& parameters, const Change& change);
  /// The same with standard input of its own.
  void run_shell_on(const Input& input, const Text& code, const Change& change);
  /// A command whose standard input is code of `language`: shell code is read when it is known, everything unknown is opaque.
  void run_input(std::string_view language, const std::vector<Text>& parameters, const Change& change);

  /// A file that holds code of `language`: read when this call wrote it, or when it is the name of a `<(…)`.
  void run_file(const Text& file, std::string_view language, const std::vector<Text>& parameters, const Change& change);
  /// What sources say that are one program; those in the same language may call one another.
  void run_program(const Built& program, const std::vector<Text>& parameters, const Change& change);
  /// What a file of code holds, and in which language it is (`otherwise` where its name does not say it), or what a program was compiled of;
  /// nothing when the call left it alone.
  [[nodiscard]] Built source(const Text& file, std::string_view otherwise);
  /// What is compiled here lands in that file.
  void build(const Text& file, const Built& program);
  /// What a reader of that file finds, as far as this call put it there.
  [[nodiscard]] std::optional<Text> written_text(const Text& file);
  /// The same, or as it lies on the disk where it may be read (Host::stored).
  [[nodiscard]] std::optional<Text> file_text(const Text& file);

  /// All that standard input brings, as far as it is known: what is piped or written, or a file that a shell here opened, wherever the command itself runs.
  [[nodiscard]] std::optional<Input> known_input();

  /// A path of the command as it is called on this machine; nothing where it lies elsewhere.
  [[nodiscard]] std::optional<Text> here(const Text& path) const;
  /// As absolute as it can be made.
  [[nodiscard]] Text absolute(const Text& path) const;
  /// Folders that later relative paths of this command start from (`-C`).
  void enter(const Text& folder) { folders_.push_back(folder); }
  /// Takes the last of them back.
  void leave() { folders_.pop_back(); }
  [[nodiscard]] std::vector<Text> homes() const { return host_.homes(); }
  [[nodiscard]] bool remote() const { return in_.setting.remote; }
  /// In a container of this machine: what a client reaches without naming a host is there.
  [[nodiscard]] bool own_container() const { return in_.setting.own_container; }

  [[nodiscard]] const Invocation& invocation() const { return in_; }
  [[nodiscard]] const Input& input() const { return in_.input; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] KnowledgeView knowledge() const { return KnowledgeView(host_.knowledge()); }

 private:
  std::uint32_t access(model::OpKind kind, model::Path path, Shape shape, const std::string& why, const Text& content);
  std::uint32_t shared_file(model::OpKind kind, const Text& written, Shape shape, const std::string& why, const Text& content);
  void run_from(const Input& input, std::string_view language, const std::vector<Text>& parameters, const Change& change);
  /// Code of a file, which may load others in its turn.
  void load(const Text& file, const Built& code, const std::vector<Text>& parameters, const Change& change);
  std::uint32_t emit(model::OpKind kind, const std::string& why, decltype(model::Operation::detail) detail);
  [[nodiscard]] Invocation inner(const Change& change) const;
  [[nodiscard]] Text base_folder() const;

  const Invocation& in_;
  Host& host_;
  std::string name_;
  std::uint32_t exec_ = model::kNoOperation;
  std::vector<Text> folders_;
  std::vector<std::string> loaded_;
  std::vector<std::string> open_;  ///< files that are being read, each named by the one before it
  std::size_t loads_ = 0;
  std::size_t loaded_bytes_ = 0;  ///< but for the first file
};

}  // namespace belay::command::program
