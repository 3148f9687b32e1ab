#include "command/program/effects.h"

#include <algorithm>
#include <utility>

#include "base/encoding.h"
#include "command/http/escape.h"
#include "command/http/file_url.h"
#include "command/http/request.h"
#include "command/program/languages.h"
#include "command/program/manifests.h"
#include "command/program/modules.h"
#include "command/program/roles.h"
#include "command/program/settings.h"
#include "path/path.h"

namespace belay::command::program {

namespace {

using model::OpKind;

/// Places that are streams of the command itself or swallow everything.
bool is_stream(std::string_view path) {
  for (const std::string_view s : {"", "-", "/dev/null", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/tty", "/dev/zero",
                                   "/dev/urandom", "/dev/random"}) {
    if (path == s) return true;
  }
  return path.starts_with("/dev/fd/") && path.find('/', 8) == std::string_view::npos;  // not what lies behind one
}

bool starts_absolute(const Text& path) {
  return !path.empty() &&
         (path.view()[0] == '/' || (path.view()[0] == model::kHole && model::has(path.trait(0), model::HoleTrait::slash)));
}

Text joined(const Text& folder, const Text& path) {
  if (path.view().starts_with("/proc/")) return path::lexical(path, folder);  // may be a name of the folder itself
  if (starts_absolute(path)) return path;
  Text out = folder;
  out.append("/");
  out.append(path);
  return out;
}

}  // namespace

std::uint32_t Effects::emit(OpKind kind, const std::string& why, decltype(model::Operation::detail) detail) {
  model::Operation op;
  op.kind = kind;
  op.span = in_.span;
  op.why = why;
  op.exec = exec_;
  op.detail = std::move(detail);
  return host_.emit(std::move(op));
}

void Effects::exec(model::Exec exec, const Place& place) {
  exec.via = in_.setting.via;
  exec.as = in_.setting.as;
  exec.env = in_.setting.env;
  exec.input = in_.input.kind;
  exec.remote = in_.setting.remote;
  if (!exec.remote && place.told) {
    Text folder = base_folder();
    for (const Text& f : place.entered) folder = joined(folder, f);
    exec.folder = host_.workplace(folder);
  }
  exec_ = emit(OpKind::exec, "command", std::move(exec));
  for (const std::uint32_t from : in_.input.sources) host_.flow(from, exec_);
}

Text Effects::base_folder() const {
  Text folder = in_.setting.cwd;
  for (const Text& f : folders_) folder = joined(folder, f);
  return folder;
}

namespace {

/// The folder all of whose files the path stands for, one after another and whatever their names: `find D -type f -exec rm {} +`, os.walk(D).
std::optional<Text> whole_folder(OpKind kind, const Text& path) {
  const std::size_t at = path.view().find(model::kHole);
  if (at == std::string_view::npos || at == 0 || path.hole_count() != 1 || !has(path.trait(0), model::HoleTrait::each))
    return std::nullopt;
  // Nothing of a reading is lost by saying that it meets some of the files, and what only that says is not what lies deeper.
  const bool all = has(path.trait(0), model::HoleTrait::slash) && has(path.trait(0), model::HoleTrait::glob);
  if (kind == OpKind::read && !all) return std::nullopt;
  if (path.view().find_first_not_of(std::string_view("\0/", 2), at) != std::string_view::npos) return std::nullopt;
  const std::size_t end = path.view().find_last_not_of('/', at - 1);
  return path.substr(0, end == std::string_view::npos ? 1 : end + 1);
}

}  // namespace

std::uint32_t Effects::file(OpKind kind, const Text& written, Shape shape, const std::string& why, const Text& content) {
  if (is_stream(written.view())) return model::kNoOperation;
  if (remote()) return shared_file(kind, written, shape, why, content);
  // Emptying every file that lies there is as good as deleting them.
  if (kind == OpKind::write && shape.empties && !written.literal()) file(OpKind::remove, written, {}, why);
  if (const auto folder = kind == OpKind::remove || kind == OpKind::read ? whole_folder(kind, written) : std::nullopt) {
    const bool untested = has(written.trait(0), model::HoleTrait::glob);
    return file(kind, *folder, {true, true, untested}, why);
  }
  return access(kind, host_.path(written, base_folder()), shape, why, content);
}

std::uint32_t Effects::access(OpKind kind, model::Path path, Shape shape, const std::string& why, const Text& content) {
  model::FileAccess access;
  access.path = std::move(path);
  access.recursive = shape.recursive;
  access.contents_only = shape.contents_only;
  access.text_stays = shape.text_stays;
  access.appends = shape.appends;
  access.certain = shape.certain;
  access.if_folder = shape.if_folder;
  access.moved = shape.moved;
  access.makes = shape.makes;
  access.content = content;
  return emit(kind, why, std::move(access));
}

std::uint32_t Effects::unpack(const Text& folder, const std::string& why) {
  Text inside = folder;
  if (!inside.view().ends_with('/')) inside.append("/");
  inside.append_hole(model::HoleTrait::blank | model::HoleTrait::each);
  file(OpKind::write, inside, {}, why);
  return file(OpKind::write, folder, {true, true, absolute(folder).view() == "/"}, why);
}

Text Effects::absolute(const Text& path) const { return path::lexical(path, base_folder()); }

std::optional<Text> Effects::here(const Text& path) const {
  return remote() ? mounted(absolute(path), in_.setting.mounts) : std::optional(path);
}

/// In a container: what lies below a mount is ours, and so is a mount below what is deleted or written with all that is in it.
std::uint32_t Effects::shared_file(OpKind kind, const Text& written, Shape shape, const std::string& why, const Text& content) {
  const auto& mounts = in_.setting.mounts;
  if (mounts.empty()) return model::kNoOperation;
  const Text place = absolute(written);
  if (const auto ours = mounted(place, mounts)) return access(kind, host_.path(*ours, Text("/")), shape, why, content);
  std::uint32_t out = model::kNoOperation;
  for (const Mount& mount : mounts) {
    const bool around = mount.there.view().starts_with(place.view() == "/" ? "/" : place.bytes() + "/");
    if (!shape.recursive || !around || kind == OpKind::read || mount.read_only) continue;
    Shape inside = shape;
    inside.contents_only = true;
    out = access(kind, host_.path(mount.here, Text("/")), inside, why, content);
  }
  return out;
}

std::vector<std::string> Effects::written_names() const {
  return remote() ? std::vector<std::string>() : host_.written_names(base_folder());
}

std::vector<std::string> Effects::written_like(std::string_view end) const {
  return remote() ? std::vector<std::string>() : host_.written_like(end);
}

bool Effects::first_load(const std::string& file) {
  if (std::find(loaded_.begin(), loaded_.end(), file) != loaded_.end()) return false;
  loaded_.push_back(file);
  return true;
}

Text Effects::stream_text(const Text& path) const {
  if (remote() || !is_stream(path.view())) return {};
  const std::optional<Input> input =
      is_standard_input(path.view()) ? std::optional(this->input()) : host_.written(path, base_folder());
  return input && input->text ? *input->text : Text();
}

std::uint32_t Effects::fetch(model::Fetch fetch, const std::string& why) {
  // No request at all: what is named is a file of this machine.
  if (const std::optional<Text> local = http::file_of_url(fetch.url)) {
    return file(fetch.method == "PUT" ? OpKind::write : OpKind::read, *local, {}, why);
  }
  http::complete(fetch);
  return emit(OpKind::fetch, why, std::move(fetch));
}
void Effects::query(model::Query query, const std::string& why) { emit(OpKind::query, why, std::move(query)); }
void Effects::opaque(model::OpaqueReason reason, std::string detail) {
  emit(OpKind::opaque, "input of `" + name_ + "`", model::Opaque{reason, std::move(detail)});
}
void Effects::flow(std::uint32_t from, std::uint32_t to) {
  if (from != model::kNoOperation && to != model::kNoOperation) host_.flow(from, to);
}

void Effects::copied(std::uint32_t from, std::uint32_t to) {
  if (from != model::kNoOperation && to != model::kNoOperation) host_.copied(from, to);
}

Invocation Effects::inner(const Change& change) const {
  Invocation out;
  out.span = in_.span;
  out.setting = in_.setting;
  if (change.keeps_input) out.input = in_.input;
  else out.input.sources = in_.input.sources;
  if (change.fed) out.input.kind = model::StdinKind::pipe;
  if (change.remote) std::erase(out.setting.via, kFreshContainer);  // what is done from in there elsewhere
  if (!change.via.empty()) out.setting.via.push_back(change.via);
  if (change.fresh) out.setting.via.emplace_back(kFreshContainer);
  if (!change.as.empty()) out.setting.as = change.as;
  if (change.remote) out.setting.own_container = change.own_container && !out.setting.remote;
  out.setting.remote = out.setting.remote || change.remote;
  if (change.remote) out.setting.mounts = change.mounts;
  out.setting.guessed = out.setting.guessed || change.guessed;
  out.setting.stored = out.setting.stored || change.stored;
  out.setting.cwd = change.workdir.empty() ? base_folder() : change.workdir;
  if (change.remote) out.setting.entered = change.placed ? Text() : out.setting.cwd;
  auto& env = out.setting.env;
  if (change.clear_env) {
    env.clear();
    out.setting.functions.clear();
  }
  std::erase_if(env, [&](const model::Binding& b) {
    const bool set_anew = std::any_of(change.env.begin(), change.env.end(), [&](const model::Binding& other) { return other.name == b.name; });
    return set_anew || std::find(change.unset.begin(), change.unset.end(), b.name) != change.unset.end();
  });
  env.insert(env.end(), change.env.begin(), change.env.end());
  return out;
}

void Effects::run(std::vector<Text> argv, const Change& change) {
  Invocation in = inner(change);
  in.argv = std::move(argv);
  host_.run(in);
}

Input Effects::output_of(std::vector<Text> argv, const Change& change, const Input& input, Taint taint) {
  Invocation in = inner(change);
  in.argv = std::move(argv);
  in.input = input;
  in.setting.taint = in.setting.taint | taint;
  return host_.output_of(in);
}

void Effects::run_shell(const Text& code, const std::vector<Text>& parameters, const Change& change) {
  Invocation in = inner(change);
  in.setting.shell = shell_kind(name_);
  host_.run_shell(code, parameters, in);
}

void Effects::run_shell_on(const Input& input, const Text& code, const Change& change) {
  Invocation in = inner(change);
  in.input = input;
  host_.run_shell(code, {}, in);
}

void Effects::run_input(std::string_view language, const std::vector<Text>& parameters, const Change& change) {
  run_from(in_.input, language, parameters, change);
}

namespace {

/// RFC 2397: `data:text/javascript;base64,CODE`.
Text text_of_data(const Text& url) {
  const std::size_t comma = url.view().find(',');
  if (comma == std::string_view::npos) return {};
  const Text text = http::unescaped(url.substr(comma + 1), http::Unescape::all);
  return url.view().substr(0, comma).ends_with(";base64") && text.literal() ? Text(base::base64_decoded(text.view())) : text;
}

}  // namespace

void Effects::run_file(const Text& file, std::string_view language, const std::vector<Text>& parameters, const Change& change) {
  if (file.view().starts_with("data:"))
    return run_from(Input{model::StdinKind::literal, text_of_data(file), {}}, language, parameters, change);
  // A process substitution belongs to the shell that made it, wherever that runs.
  if (remote() && !file.view().starts_with("/dev/fd/")) {
    const auto ours = here(file);
    const auto known = ours ? host_.written(*ours, Text("/")) : std::nullopt;
    if (known) run_from(*known, language, parameters, change);
    return;
  }
  if (is_standard_input(file.view()) && !is_standard_input(in_.input.file))
    return run_from(in_.input, language, parameters, change);
  if (const Built program = host_.built(file, base_folder()); !program.empty()) return load(file, program, parameters, change);
  std::optional<Input> known = host_.written(file, base_folder());
  for (const std::string& name :
       known || !file.literal() ? std::vector<std::string>() : started_names(language, file.view(), *this)) {
    if (!known) known = host_.written(Text(name), base_folder());
  }
  if (!known && language == "sh") known = host_.stored(file, base_folder());
  if (!known) return;
  Change inner = change;
  if (language == "sh") inner.env.push_back({std::string(kScriptVariable), file});
  load(file, {{*std::move(known), std::string(language)}}, parameters, inner);
}

std::string_view Effects::loading() const {
  return open_.empty() ? std::string_view() : std::string_view(open_.back()).substr(open_.back().find(' ') + 1);
}

void Effects::load(const Text& file, const Built& code, const std::vector<Text>& parameters, const Change& change) {
  std::string name = code.front().language + " " + path::lexical(file, base_folder()).bytes();
  if (std::find(open_.begin(), open_.end(), name) != open_.end())
    return;  // the file loads itself: it would never end, or does nothing more
  loads_ += 1;
  for (const Source& one : code) loaded_bytes_ += loads_ == 1 || !one.content.text ? 0 : one.content.text->size();
  if (open_.size() >= kMostOpen || loads_ > kMostLoads || loaded_bytes_ > kMostLoaded) {
    return opaque(model::OpaqueReason::limit, "files that load one another, too many or too deep");
  }
  open_.push_back(std::move(name));
  run_program(code, parameters, change);
  open_.pop_back();
}

void Effects::run_program(const Built& program, const std::vector<Text>& parameters, const Change& change) {
  Built joined;
  for (const Source& one : program) {
    const auto same =
        std::find_if(joined.begin(), joined.end(), [&](const Source& s) { return s.language == one.language && s.content.text; });
    if (one.content.text && same != joined.end()) {
      same->content.text->append("\n");
      same->content.text->append(*one.content.text);
    } else {
      joined.push_back(one);
    }
  }
  for (const Source& one : joined) run_from(one.content, one.language, parameters, change);
}

Built Effects::source(const Text& file, std::string_view otherwise) {
  if (remote()) return {};
  const std::string_view v = file.view();
  if (is_standard_input(v)) return {{in_.input, std::string(otherwise)}};
  if (Built program = host_.built(file, base_folder()); !program.empty()) return program;
  auto content = host_.written(file, base_folder());
  if (!content) return {};
  const std::string_view language = language_of_file(v);
  return {{*std::move(content), std::string(language.empty() ? otherwise : language)}};
}

void Effects::build(const Text& file, const Built& program) { host_.build(file, base_folder(), program); }

std::optional<Text> Effects::written_text(const Text& file) {
  const std::optional<Input> known = remote() ? std::nullopt : host_.written(file, base_folder());
  return known ? known->text : std::nullopt;
}

std::optional<Text> Effects::file_text(const Text& file) {
  if (auto text = written_text(file)) return text;
  const std::optional<Input> known = remote() ? std::nullopt : host_.stored(file, base_folder());
  return known ? known->text : std::nullopt;
}

std::optional<Input> Effects::known_input() {
  if (in_.input.text) return in_.input;
  if (in_.input.file.empty() || in_.input.decoded || in_.input.kind == model::StdinKind::network) return std::nullopt;
  const Text file(in_.input.file);
  std::optional<Input> known = host_.written(file, Text("/"));
  if (!known) known = host_.stored(file, Text("/"));
  return known && known->text ? known : std::nullopt;
}

void Effects::run_from(const Input& input, std::string_view language, const std::vector<Text>& parameters, const Change& change) {
  if (input.text && language == "sh") {
    Change inner = change;
    inner.stored = inner.stored || input.stored;
    return run_shell(*input.text, parameters, inner);
  }
  if (input.text) {
    Change inner = change;
    inner.keeps_input = false;  // it was the code
    if (language.find('-') != std::string_view::npos) return apply_settings_file(language, *input.text, inner, *this);
    return apply_code(language, *input.text, inner, *this, {parameters.begin() + (parameters.empty() ? 0 : 1), parameters.end()});
  }
  if (remote() && !input.file.empty() && input.file == in_.input.file) {  // of the shell that started it there
    if (const auto known = known_input(); known && (language == "sh" || !known->stored))
      return run_from(*known, language, parameters, change);
  }
  // Like a script that is named. A text that was fetched or decoded is not that of the file.
  if (!input.file.empty() && !input.decoded && input.kind != model::StdinKind::network)
    return run_file(Text(input.file), language, parameters, change);
  if (is_manifest(language)) return;  // says what shall be, and is written by programs
  const std::string what = "`" + name_ + "` runs what it reads";
  switch (input.kind) {
    case model::StdinKind::file:
    case model::StdinKind::inherit: return;  // nothing to read, or the terminal
    case model::StdinKind::network: return opaque(model::OpaqueReason::download_and_run, what + " from the network");
    case model::StdinKind::literal:
    case model::StdinKind::pipe:
      if (input.decoded) return opaque(model::OpaqueReason::decode_and_run, what + " out of a decoder");
      return opaque(model::OpaqueReason::unknown_code, what + " from a pipe");
  }
}

}  // namespace belay::command::program
