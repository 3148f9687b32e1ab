#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/text.h"
#include "command/evaluator.h"
#include "command/program/interpret.h"
#include "command/program/knowledge_view.h"
#include "path/path.h"

/// Scripts: files that this call made, and those that lay on the disk before it.
namespace belay::command {

namespace {

using model::OpKind;

constexpr std::size_t kMaxBytes = 128U << 10U;  ///< of a stored script; larger ones are programs of their own, and nobody's trick

bool is_foreign_script(std::string_view path) { return path.ends_with(".ps1") || path.ends_with(".bat") || path.ends_with(".cmd"); }

bool lies_below(std::string_view folder, std::string_view path) {
  return folder.size() > 1 && path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

bool is_shell(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (const std::string_view shell : {"sh", "bash", "dash", "ash", "ksh", "zsh"}) {
    if (name == shell) return true;
  }
  return false;
}

/// What the system puts before the path of a script whose first line is `#!PROGRAM ARGUMENT` (execve(2)); the argument may have blanks.
std::vector<Text> interpreter_of(const Text& text) {
  if (!text.view().starts_with("#!")) return {};
  const std::string_view line = base::trim(text.view().substr(2, text.view().find('\n') - 2));
  if (line.empty() || line.find(model::kHole) != std::string_view::npos) return {};
  const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
  std::vector<Text> out{Text(line.substr(0, end))};
  const std::string_view argument = base::trim(line.substr(end));
  if (!argument.empty()) out.emplace_back(argument);
  return out;
}

/// By its first line, or by its name when it has none of that kind.
bool is_shell_script(std::string_view path, std::string_view text) {
  if (!text.starts_with("#!")) return path.ends_with(".sh") || path.ends_with(".bash");
  const std::string_view line = text.substr(0, text.find('\n'));
  const std::vector<std::string_view> words = base::split_blank(line.substr(2));
  return std::any_of(words.begin(), words.end(), is_shell);
}

}  // namespace

bool Evaluator::makes_pipe(const model::Operation& op) const {
  if (op.exec >= analysis_.operations.size()) return false;
  const auto* exec = analysis_.operations[op.exec].as_exec();
  return exec != nullptr && (exec->program.view() == "mkfifo" || exec->program.view() == "mknod");
}
/// What this call writes it may read or run later.
void Evaluator::remember(const model::Operation& op, std::uint32_t index) {
  const model::FileAccess* access = op.as_file();
  if (access == nullptr || !access->path.lexical.literal()) return;
  const std::string& where = access->path.lexical.bytes();
  if (op.kind == OpKind::read) {
    const auto it = written_.find(where);
    if (it != written_.end() && it->second.operation != model::kNoOperation) flow(it->second.operation, index);
    return;
  }
  if (op.kind != OpKind::write || access->text_stays || access->contents_only) return;
  if (makes_pipe(op)) {
    pipes_.insert(where);
    if (written_.count(where) != 0) return;  // read the second time
  }
  Written entry;
  entry.operation = index;
  const auto before = access->appends ? written_.find(where) : written_.end();
  if (before != written_.end()) entry.content = before->second.content;
  else if (!access->appends) originals_.erase(where), built_.erase(where);
  if (access->content.size() > access->content.hole_count()) {
    Input content;
    content.kind = model::StdinKind::literal;
    content.text = access->content;
    entry.content = behind(entry.content, std::move(content));
  }
  for (std::size_t i = op.exec; op.exec != model::kNoOperation && i < index; ++i) {
    const model::Operation& other = analysis_.operations[i];
    if (other.kind == OpKind::fetch && other.exec == op.exec) entry.content.kind = model::StdinKind::network;
    // `curl URL | tee FILE`: what it is fed is what it writes, as far as anybody knows.
    const bool fed = i == op.exec && other.as_exec() != nullptr && other.as_exec()->input == model::StdinKind::network;
    if (fed && !entry.content.text) entry.content.kind = model::StdinKind::network;
  }
  written_.insert_or_assign(where, std::move(entry));
}

/// Folders in which whoever calls may have put something; the system's own programs lie elsewhere.
bool Evaluator::may_be_own(const std::string& path) const {
  for (const std::string_view tmp : {"/tmp", "/var/tmp", "/dev/shm", "/private/tmp"}) {
    if (lies_below(tmp, path)) return true;
  }
  if (folder_.literal() && lies_below(folder_.view(), path)) return true;
  for (const std::string& home : world_.homes) {
    if (lies_below(home, path)) return true;
  }
  return lies_below(world_.tmp, path);
}

std::vector<std::string> Evaluator::written_names(const Text& folder) const {
  std::vector<std::string> out;
  if (!folder.literal()) return out;
  const std::string prefix = folder.view() == "/" ? "/" : folder.bytes() + "/";
  for (auto it = written_.lower_bound(prefix); it != written_.end() && it->first.starts_with(prefix); ++it) {
    out.push_back(it->first.substr(prefix.size()));
  }
  return out;
}

std::vector<std::string> Evaluator::written_like(std::string_view end) const {
  std::vector<std::string> out;
  if (end.empty()) {
    for (const auto& [path, content] : written_) out.push_back(path);
    return out;
  }
  written_names_.refresh(written_);
  for (const std::string* path : written_names_.named(end.substr(end.rfind('/') + 1))) {  // npos + 1 is 0
    if (path->size() > end.size() && path->ends_with(end) && (*path)[path->size() - end.size() - 1] == '/') out.push_back(*path);
  }
  return out;
}

std::optional<Input> Evaluator::stored(const Text& path, const Text& folder) {
  if (world_.files == nullptr || !path.literal() || path.empty()) return std::nullopt;
  const Text lexical = path::lexical(path, folder);
  if (!lexical.literal() || written_.count(lexical.bytes()) != 0) return std::nullopt;
  const auto real = path::canonical(lexical, files());
  if (!real || !real->literal() || written_.count(real->bytes()) != 0 || !may_be_own(real->bytes())) return std::nullopt;
  const auto node = files().lookup(real->bytes());
  if (!node || node->kind != base::NodeKind::file) return std::nullopt;
  const auto text = files().read(real->bytes(), kMaxBytes);
  if (!text || text->find('\0') != std::string::npos) return std::nullopt;
  Input out;
  out.kind = model::StdinKind::file;
  out.text = Text(*text);
  out.stored = true;
  return out;
}

/// The text of a script that is started by its path. Knowledge says what a known program does, unless the script only has its name.
std::optional<Input> Evaluator::own_script(const Invocation& invocation, bool in_place_of_another) {
  const Text& name = invocation.argv.front();
  const std::string_view base = name.view().substr(name.view().rfind('/') + 1);
  if (!in_place_of_another && program::KnowledgeView(knowledge_).find(base)) return std::nullopt;
  std::optional<Input> out = stored(name, invocation.setting.cwd);
  if (out && !is_shell_script(name.view(), out->text->view())) return std::nullopt;
  return out;
}

std::optional<Input> Evaluator::written(const Text& path, const Text& folder) {
  if (const Descriptor* open = open_under(path.view()); open != nullptr && open->reads) return open->reads;
  if (!path.literal()) return std::nullopt;
  if (const auto process = processes_.find(path.view()); process != processes_.end()) return process->second.as_input();
  const Text lexical = path::lexical(path, folder);
  const auto file = written_.find(lexical.view());
  if (!lexical.literal() || file == written_.end()) return std::nullopt;
  const Input& content = file->second.content;
  if (!content.text && !content.decoded && content.kind != model::StdinKind::network) return std::nullopt;
  return content;
}

/// A script that is started by its path.
void Evaluator::run_written(const Invocation& invocation, bool in_place_of_another) {
  if (invocation.setting.remote || is_foreign_script(invocation.argv.front().view())) return;
  if (const Built program = built(invocation.argv.front(), invocation.setting.cwd); !program.empty()) return program::run_built(program, invocation, *this);
  std::optional<Input> file = written(invocation.argv.front(), invocation.setting.cwd);
  if (!file) file = own_script(invocation, in_place_of_another);
  if (!file) return;
  std::vector<Text> interpreter = file->text ? interpreter_of(*file->text) : std::vector<Text>();
  if (!interpreter.empty() && !is_shell_script(invocation.argv.front().view(), file->text->view())) {
    Invocation started = invocation;
    started.argv.insert(started.argv.begin(), interpreter.begin(), interpreter.end());
    return run(started);
  }
  Invocation around = invocation;
  around.setting.stored = file->stored;
  around.setting.taint.network = file->kind == model::StdinKind::network;
  around.setting.env.push_back({std::string(kScriptVariable), invocation.argv.front()});
  run_shell(file->text ? *file->text : Text::hole(HoleTrait::any), invocation.argv, around);
}

}  // namespace belay::command
