#include <algorithm>
#include <string>
#include <utility>

#include "command/evaluator.h"
#include "command/output/places.h"
#include "command/output/producers.h"
#include "command/program/interpret.h"
#include "path/path.h"

/// The evaluator as program semantics see it: operations, paths, wrapped commands and code.
namespace belay::command {

using model::HoleTrait;
using model::OpaqueReason;
using model::OpKind;
using model::OtherName;

namespace {

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }  // npos + 1 is 0

/// `dir/*`, `dir/.*`: everything in `dir`.
bool names_contents(const Text& path, std::size_t& folder_end) {
  const std::string_view v = path.view();
  const std::size_t slash = v.rfind('/');
  const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
  folder_end = slash == std::string_view::npos ? 0 : slash;
  if (begin == v.size()) return false;
  auto hole = static_cast<std::size_t>(std::count(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(begin), model::kHole));
  bool live = false;
  for (std::size_t i = begin; i < v.size(); ++i) {
    if (v[i] == '.') continue;
    if (v[i] != model::kHole || !has(path.trait(hole++), HoleTrait::glob)) return false;
    live = true;
  }
  return live;
}

void add_name(OtherName::Why why, Text name, model::Path& to) {
  const auto known = [&](const OtherName& other) { return other.path == name; };
  if (name == to.lexical || name == to.canonical || std::any_of(to.others.begin(), to.others.end(), known)) return;
  to.others.push_back({why, std::move(name)});
}

bool lies_in(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}
/// Scripts of other shells by their names: their own readers run them.
bool has_glob(const Text& path) { return has(path.traits(), HoleTrait::glob); }

}  // namespace

std::uint32_t Evaluator::emit(model::Operation op) {
  // A script of the project may be as it likes; only what it runs without anybody having seen it is worth a word.
  const auto* opaque = stored_ > 0 || second_reading_ ? op.as_opaque() : nullptr;
  if (opaque != nullptr && opaque->reason != OpaqueReason::download_and_run && opaque->reason != OpaqueReason::decode_and_run) {
    return model::kNoOperation;
  }
  if (analysis_.operations.size() >= limits_.operations) {
    if (over_limit_) return static_cast<std::uint32_t>(analysis_.operations.size() - 1);
    over_limit_ = true;
    op = {OpKind::opaque, op.span, "", model::kNoOperation,
          model::Opaque{OpaqueReason::limit, "more effects than are looked at"}};
  }
  if (auto* access = std::get_if<model::FileAccess>(&op.detail)) settle_glob(op.kind, *access);
  if (auto* access = std::get_if<model::FileAccess>(&op.detail);
      op.kind == OpKind::remove && access != nullptr && world_.files != nullptr)
    access->certain = access->certain && !takes_own_history(*access, analysis_.operations, folder_.view(), files());
  op.guessed = guesses_ > 0;
  op.stored = stored_ > 0;
  const auto index = static_cast<std::uint32_t>(analysis_.operations.size());
  analysis_.operations.push_back(std::move(op));
  remember(analysis_.operations.back(), index);
  return index;
}

/// `dir/*` of a recursive operation is what lies in `dir`, and so it is of a deletion: what `rm dir/*` leaves are folders. Of any other it is
/// the names that are there.
void Evaluator::settle_glob(OpKind kind, model::FileAccess& access) {
  access.via_glob = has_glob(access.path.written);
  std::size_t end = 0;
  if (!access.via_glob || !names_contents(access.path.lexical, end)) return;
  const Text folder = access.path.lexical.substr(0, std::max<std::size_t>(end, 1));
  access.recursive = access.recursive || kind == OpKind::remove;
  if (!access.recursive) return add_listed(folder, access.path.lexical.view().substr(end).starts_with("/."), access.path);
  const model::Path before = std::move(access.path);
  access.path = path(folder, Text("/"));
  access.path.written = before.written;
  access.contents_only = true;
  for (const OtherName& other : before.others) {
    if (names_contents(other.path, end)) add_name(other.why, other.path.substr(0, std::max<std::size_t>(end, 1)), access.path);
  }
}

void Evaluator::add_listed(const Text& folder, bool hidden, model::Path& to) const {
  constexpr std::size_t kMostListed = 256;
  if (world_.files == nullptr || !folder.literal()) return;
  const auto names = world_.files->list(folder.bytes(), kMostListed);
  if (!names) return;
  for (const std::string& name : *names) {
    if (name.starts_with('.') != hidden) continue;
    Text path = folder.view() == "/" ? Text() : folder;
    path.append("/");
    path.append(name);
    to.others.push_back({OtherName::Why::listed, std::move(path)});
  }
}

void Evaluator::flow(std::uint32_t from, std::uint32_t to) {
  if (from == to) return;
  constexpr std::size_t kWindow = 32;  // repetitions come close together
  const std::size_t begin = analysis_.flows.size() > kWindow ? analysis_.flows.size() - kWindow : 0;
  for (std::size_t i = begin; i < analysis_.flows.size(); ++i) {
    if (analysis_.flows[i].from == from && analysis_.flows[i].to == to) return;
  }
  analysis_.flows.push_back({from, to});
}

void Evaluator::link_sources(const std::vector<std::uint32_t>& sources, std::uint32_t first_operation) {
  for (std::uint32_t i = first_operation; i < analysis_.operations.size() && !sources.empty(); ++i) {
    const OpKind kind = analysis_.operations[i].kind;
    if (kind != OpKind::exec && kind != OpKind::fetch && kind != OpKind::query) continue;
    for (const std::uint32_t source : sources) {
      if (source < i) flow(source, i);
    }
  }
}

void Evaluator::opaque(OpaqueReason reason, std::string detail, base::Span span) {
  // What cannot be told once is not worth a line each time.
  const auto* last = analysis_.operations.empty() ? nullptr : analysis_.operations.back().as_opaque();
  if (last != nullptr && last->reason == reason && last->detail == detail) return;
  (void)emit({OpKind::opaque, span, "", model::kNoOperation, model::Opaque{reason, std::move(detail)}});
}

model::Path Evaluator::path(const Text& written, const Text& folder) {
  model::Path out;
  out.written = written;
  out.lexical = path::lexical(written, folder);
  out.canonical = out.lexical;
  const bool looked = world_.files == nullptr || look_up(folder, out);
  if (!looked) out.canonical = out.lexical;
  if (auto other = path::respelled(written, folder, out.lexical)) add_name(OtherName::Why::spelling, *std::move(other), out);
  if (out.canonical == out.lexical) return out;
  if (auto other = path::respelled(out.canonical, Text("/"), out.canonical))
    add_name(OtherName::Why::spelling, *std::move(other), out);
  return out;
}

model::Path Evaluator::workplace(const Text& folder) {
  if (folder == folder_) return {};
  if (linked_) return path(folder, folder_);
  if (workplace_.written != folder) workplace_ = path(folder, folder_);
  return workplace_;
}

bool Evaluator::look_up(const Text& folder, model::Path& out) {
  const auto why = [&](const path::Real::Name& name) {
    if (name.file) return OtherName::Why::link;
    return lies_in(folder_.view(), name.at) ? OtherName::Why::around : OtherName::Why::mount;
  };
  const auto refused = [&](const base::Error& error) {
    opaque(OpaqueReason::unreadable_path, "`" + out.lexical.display() + "`: " + error.what, current_span_);
    return false;
  };
  auto real = path::real(out.lexical, files());
  if (!real) return refused(real.error());
  out.canonical = std::move(real->path);
  for (path::Real::Name& name : real->same) add_name(why(name), std::move(name.path), out);
  if (!path::has_parent(out.written.view())) return true;
  auto walked = path::walked(out.written, folder, files());
  if (!walked) return refused(walked.error());
  if (!(walked->path == out.canonical)) add_name(OtherName::Why::walk, std::move(walked->path), out);
  for (path::Real::Name& name : walked->same) add_name(why(name), std::move(name.path), out);
  return true;
}

const base::FileView& Evaluator::files() const {
  if (linked_) return *linked_;
  return *world_.files;
}

bool Evaluator::is_folder(const Text& absolute) const {
  if (!absolute.literal() || world_.files == nullptr) return false;
  const auto canonical = path::canonical(absolute, files());
  if (!canonical || !canonical->literal()) return false;
  const auto node = files().lookup(canonical->bytes());
  return node && node->kind == base::NodeKind::directory;
}

std::vector<Text> Evaluator::homes() const {
  if (world_.homes.empty()) return {Text::hole(HoleTrait::slash)};
  return {world_.homes.begin(), world_.homes.end()};
}

std::optional<std::string> Evaluator::code_text(const Text& code, Taint taint, base::Span span) {
  if (code.literal()) return code.bytes();
  const bool unknown = nothing_known(code);
  if (taint.network) opaque(OpaqueReason::download_and_run, "text from the network is run", span);
  else if (taint.decoded) opaque(OpaqueReason::decode_and_run, "text out of a decoder is run", span);
  else if (unknown) opaque(OpaqueReason::unknown_code, "text that is not known is run", span);
  if (unknown) return std::nullopt;
  return code_of(code);
}

/// What a wrapped command prints, its wrapper does; what may not even run prints nothing that is known.
void Evaluator::printed_inside(Output out, const Setting& setting) {
  if (setting.guessed) out = Output::unknown();
  if (inner_output_) inner_output_->add(out);
  else inner_output_ = std::move(out);
}

void Evaluator::run(const Invocation& inner) {
  if (inner.argv.empty()) return;
  if (depth_ >= limits_.nesting || !spend_command())
    return opaque(OpaqueReason::limit, "wrapped commands, too many", inner.span);
  ++depth_;
  guesses_ += inner.setting.guessed ? 1U : 0U;
  Output out;
  if (base_name(inner.argv.front().view()).find(model::kHole) != std::string_view::npos) {
    opaque(OpaqueReason::computed_command, "`" + inner.argv.front().display() + "`", inner.span);
    out = Output::unknown();
  } else {
    out = run_known(inner);
  }
  --depth_;
  guesses_ -= inner.setting.guessed ? 1U : 0U;
  printed_inside(std::move(out), inner.setting);
}

Input Evaluator::output_of(const Invocation& inner) {
  const auto first = static_cast<std::uint32_t>(analysis_.operations.size());
  std::optional<Output> outer = std::exchange(inner_output_, std::nullopt);
  run(inner);
  link_sources(inner.input.sources, first);
  const Output out = inner_output_ ? std::move(*inner_output_) : Output::unknown();
  inner_output_ = std::move(outer);
  return out.as_input();
}

namespace {

bool has_double_parenthesis(std::string_view code) {
  for (auto at = code.find("(("); at != std::string_view::npos; at = code.find("((", at + 1)) {
    if (at == 0 || code[at - 1] != '$') return true;
  }
  return false;
}

/// Could dash run something that bash does not? `&>` sends what is before it to the background, `((` are two subshells, `!(` is one that is
/// negated, and echo reads escapes.
bool reads_otherwise(std::string_view code) {
  if (code.find("&>") != std::string_view::npos || code.find("!(") != std::string_view::npos || has_double_parenthesis(code)) return true;
  return code.find('\\') != std::string_view::npos && code.find("echo") != std::string_view::npos;
}

}  // namespace

void Evaluator::run_shell(const Text& code, const std::vector<Text>& parameters, const Invocation& around) {
  if (depth_ >= limits_.nesting) return opaque(OpaqueReason::limit, "shells inside shells, too deep", around.span);
  const std::optional<std::string> text = code_text(code, around.setting.taint, around.span);
  if (!text) return;
  ShellKind shell = around.setting.shell;
  // What dash refuses to read was meant for another shell, and may reach one.
  if (shell == ShellKind::dash && !shell::parse(*text, {}, shell::Dialect::posix).complete) shell = ShellKind::bash;
  run_as(shell == ShellKind::any ? ShellKind::bash : shell, *text, parameters, around);
  if (shell != ShellKind::any || second_reading_ || !reads_otherwise(*text)) return;
  second_reading_ = true;
  run_as(ShellKind::dash, *text, parameters, around);
  second_reading_ = false;
}

void Evaluator::run_as(ShellKind shell, const std::string& code, const std::vector<Text>& parameters, const Invocation& around) {
  Frame frame;
  frame.setting = around.setting;
  frame.setting.shell = frame.state.shell = shell;
  frame.nested = true;
  frame.span = around.span;
  frame.state.cwds.push_back(around.setting.cwd);
  frame.state.old_cwds.push_back(Text::hole(HoleTrait::any));
  frame.state.input = around.input;
  if (current_ != nullptr && !around.setting.remote) frame.state.descriptors = current_->state.descriptors;
  frame.state.descriptors.erase(1);  // what is printed, the caller sees
  if (!parameters.empty()) frame.state.zero = Value(parameters.front());
  for (std::size_t i = 1; i < parameters.size(); ++i) frame.state.positional.emplace_back(parameters[i]);
  // What the environment holds are variables of the new shell, which may change them for what it starts.
  import_functions(around.setting, frame);
  std::string_view before;  // bindings of one name that stand together are what it may be
  const std::vector<model::Binding> env = std::exchange(frame.setting.env, {});
  for (const model::Binding& binding : env) {
    Value value{binding.value};
    if (binding.name == before) value.merge(frame.state.find(binding.name)->value);
    before = binding.name;
    frame.state.set(binding.name, std::move(value));
    frame.state.find(binding.name)->exported = binding.name != kScriptVariable;
  }
  ++depth_;
  guesses_ += around.setting.guessed ? 1U : 0U;
  stored_ += around.setting.stored ? 1U : 0U;
  frame.setting.stored = false;  // counted from here on
  Frame* const outer = current_;
  Exits exits;
  frame.shell = &exits;
  Output out = parsed(code, frame);
  end_shell(frame, exits);
  current_ = outer;
  --depth_;
  guesses_ -= around.setting.guessed ? 1U : 0U;
  stored_ -= around.setting.stored ? 1U : 0U;
  printed_inside(std::move(out), around.setting);
}

Output Evaluator::run_known(const Invocation& called) {
  const std::optional<Invocation> other = under_first_name(called);
  const Invocation& invocation = other ? *other : called;
  const auto first = static_cast<std::uint32_t>(analysis_.operations.size());
  std::optional<Output> outer = std::exchange(inner_output_, std::nullopt);
  const base::Span span = std::exchange(current_span_, invocation.span);
  const std::optional<FilterCall> filter = filter_of(invocation);  // of what the files hold before
  const Text& name = invocation.argv.front();
  if (name.literal()) {
    program::interpret(invocation, *this);
  } else {
    Invocation plain = invocation;  // only the folder of the program is not known
    plain.argv.front() = Text(base_name(name.view()));
    program::interpret(plain, *this);
  }
  const auto has_slash = [](const Invocation& one) { return one.argv.front().view().find('/') != std::string_view::npos; };
  if (has_slash(invocation)) run_written(invocation, !has_slash(called));
  if (world_.files != nullptr && makes_links(base_name(name.view()))) {
    if (!linked_) linked_.emplace(*world_.files);
    linked_->learn(analysis_, first);
  }
  current_span_ = span;
  Output inner = inner_output_ ? std::move(*inner_output_) : Output::unknown();
  inner_output_ = std::move(outer);
  return of_effects(invocation, filter, first, std::move(inner));
}

std::optional<Text> Evaluator::files_text(const Invocation& invocation) {
  if (base_name(invocation.argv.front().view()) != "cat" || invocation.argv.size() < 2) return std::nullopt;
  Text all;
  for (std::size_t i = 1; i < invocation.argv.size(); ++i) {
    const std::optional<Input> file = written(invocation.argv[i], invocation.setting.cwd);
    if (!file || !file->text) return std::nullopt;
    all.append(*file->text);
  }
  return all;
}

namespace {

/// `cat FILE`, `cat <FILE`: the file, where its text goes on as it is.
std::string only_file(const Invocation& invocation) {
  if (invocation.setting.remote || invocation.argv.size() > 2) return {};
  if (invocation.argv.size() == 1) return invocation.input.file;
  if (!invocation.argv[1].literal() || invocation.argv[1].view().starts_with('-')) return {};
  return path::lexical(invocation.argv[1], invocation.setting.cwd).bytes();
}

}  // namespace

/// What a text tool was told to write to a file is what it made.
void Evaluator::fill_outputs(std::uint32_t first_operation, const Text& text) {
  for (std::uint32_t i = first_operation; i < analysis_.operations.size(); ++i) {
    model::Operation& op = analysis_.operations[i];
    auto* access = op.kind == OpKind::write ? std::get_if<model::FileAccess>(&op.detail) : nullptr;
    if (access == nullptr || !access->path.lexical.literal() || access->recursive) continue;
    access->content = text;
    Input content;
    content.kind = model::StdinKind::literal;
    content.text = text;
    written_[access->path.lexical.bytes()] = {std::move(content), i};
  }
}

std::optional<FilterCall> Evaluator::filter_of(const Invocation& invocation) {
  return filter_call(invocation.argv, invocation.input.text, [&](const Text& path) {
    const auto file = written(path, invocation.setting.cwd);
    return file ? file->text : std::nullopt;
  });
}

Output Evaluator::of_effects(const Invocation& invocation, const std::optional<FilterCall>& filter, std::uint32_t first_operation, Output inner) {
  const std::string_view name = base_name(invocation.argv.front().view());
  const std::optional<Text>& filtered = filter ? filter->input : invocation.input.text;
  const bool affordable = !filtered || filtered_.spend(filtered->size());
  Produced produced = affordable ? produce(filter ? filter->argv : invocation.argv, filtered, invocation.setting.shell) : Produced{std::nullopt, true};  // nobody can read it
  if (filter && produced.text) fill_outputs(first_operation, *produced.text);
  if (filter && filter->in_place && !produced.text && inner.known && !inner.text.empty()) fill_outputs(first_operation, inner.text);
  if (filter && filter->in_place) produced.text = Text();
  if (!produced.text) produced.text = files_text(invocation);
  if (!produced.text) produced.text = printed_place(invocation.argv, invocation.setting.cwd, invocation.setting.remote ? nullptr : world_.files);
  Output out = std::move(inner);
  if (produced.text) {
    out.known = true;
    out.text = *std::move(produced.text);
  }
  out.derived = !out.known && filter && filter->input && filter->input->literal();
  if (!out.known && name == "cat") out.file = only_file(invocation);
  out.taint = out.taint | invocation.setting.taint;
  out.taint.network = out.taint.network || invocation.input.kind == model::StdinKind::network;
  out.taint.decoded = out.taint.decoded || invocation.input.decoded || produced.decodes;
  add_sources(out.sources, invocation.input.sources);
  for (std::uint32_t i = first_operation; i < analysis_.operations.size(); ++i) {
    const OpKind kind = analysis_.operations[i].kind;
    if (kind == OpKind::fetch) out.taint.network = true;
    const auto* const access = analysis_.operations[i].as_file();
    if (access != nullptr && kind == OpKind::read && !out.known) {
      const auto held = written(access->path.lexical, Text("/"));
      if (held && held->hidden()) out.taint = out.taint | held->taint();
    }
    if (access != nullptr && kind == OpKind::write && invocation.input.decoded && !invocation.input.text) {  // `base64 -d | tee FILE`
      const auto entry = written_.find(access->path.lexical.view());
      if (entry != written_.end() && !entry->second.content.text) entry->second.content = invocation.input;
    }
    if (kind == OpKind::read || kind == OpKind::fetch || kind == OpKind::query) add_sources(out.sources, {i});
  }
  return out;
}

}  // namespace belay::command
