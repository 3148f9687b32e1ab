#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "command/evaluator.h"
#include "command/program/effects.h"
#include "path/path.h"

/// Redirections (POSIX XCU 2.7, bash(1) REDIRECTION): what a command reads and writes without naming it to a program.
namespace belay::command {

using model::OpKind;
using shell::RedirOp;

namespace {

bool writes(RedirOp op) {
  return op == RedirOp::write || op == RedirOp::append || op == RedirOp::clobber || op == RedirOp::read_write ||
         op == RedirOp::write_all || op == RedirOp::append_all;
}

bool is_descriptor(std::string_view text) {
  return text == "-" ||
         (!text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return base::is_digit(c) || c == '-'; }));
}

/// Names of streams and of places that swallow everything.
bool is_stream(std::string_view path) {
  return path == "/dev/null" || path == "/dev/stdin" || path == "/dev/stdout" || path == "/dev/stderr" || path == "/dev/tty" ||
         (path.starts_with("/dev/fd/") && path.find('/', 8) == std::string_view::npos);
}

/// bash(1): /dev/tcp/HOST/PORT and /dev/udp/HOST/PORT are connections.
std::optional<model::Fetch> connection(const Text& target) {
  const std::string_view v = target.view();
  if (!v.starts_with("/dev/tcp/") && !v.starts_with("/dev/udp/")) return std::nullopt;
  constexpr std::size_t kPrefix = 9;
  const std::size_t end = std::min(v.find('/', kPrefix), v.size());
  model::Fetch fetch;
  fetch.method = "CONNECT";
  fetch.url = Text(v.substr(5, 3));
  fetch.url.append("://");
  fetch.host = target.substr(kPrefix, end - kPrefix);
  fetch.url.append(fetch.host);
  if (end < v.size()) {
    fetch.url.append(":");
    fetch.url.append(target.substr(end + 1));
  }
  return fetch;
}

/// Literal text with a wildcard, and nothing beside it that would run again when it is expanded again.
bool has_wildcard(const shell::Word& word) {
  bool found = false;
  for (const shell::Part& part : word.parts) {
    const auto* plain = std::get_if<shell::Literal>(&part.node);
    found = found || (plain != nullptr && plain->text.find_first_of("*?[") != std::string::npos);
    if (std::holds_alternative<shell::CommandSubst>(part.node) || std::holds_alternative<shell::ProcessSubst>(part.node)) return false;
  }
  return found;
}

/// bash(1), REDIRECTION: the word undergoes pathname expansion too; more than one name is an error, which the shell makes of it only when it runs.
void add_names(Value& target, Expander expander, const shell::Word& word) {
  std::vector<shell::Word> words;
  words.push_back(shell::copy(word));
  const Fields names = expander.fields(words);
  for (const auto& alternative : names.alternatives) {
    for (const Text& name : alternative) target.merge(Value(name));
  }
}

}  // namespace

Redirections Evaluator::redirect(const std::vector<shell::Redirect>& redirects, Frame& frame) {
  Redirections out;
  for (const shell::Redirect& one : redirects) redirect_one(one, frame, out);
  return out;
}

void Evaluator::redirect_one(const shell::Redirect& r, Frame& frame, Redirections& out) {
  if (r.op == RedirOp::heredoc || r.op == RedirOp::heredoc_strip || r.op == RedirOp::herestring) {
    Input input = document(r, frame);
    const int number = number_of(r, frame);
    if (number == 0) out.input = std::move(input);
    else open(number, {std::move(input), {}, {}}, frame, out);
    return;
  }
  Value target = expander(frame).declared(r.target);
  if (has_wildcard(r.target)) add_names(target, expander(frame), r.target);
  Descriptor opened;
  for (const Text& one : target.alternatives) {
    const bool duplicates = (r.op == RedirOp::dup_in || r.op == RedirOp::dup_out) && is_descriptor(one.view());
    if (duplicates) duplicate(r, one.view(), frame, out);
    else if (open_under(one.view()) != nullptr) duplicate(r, descriptor_number(one.view()), frame, out);
    else redirect_file(r, one, frame, out, opened);
  }
  if (opened.reads || opened.written()) open(number_of(r, frame), std::move(opened), frame, out);
}

/// zshmisc(1): `>! file`, `>>! file` and `>&! file` write to the next word, which for bash is an argument beside a file named `!`. Whose shell it
/// is nobody said, so both are written.
void Evaluator::clobbered(const shell::SimpleCommand& node, const std::vector<shell::Redirect>& redirects, Frame& frame,
                          Redirections& out) {
  for (const shell::Redirect& r : redirects) {
    if (r.op == RedirOp::clobber || (!writes(r.op) && r.op != RedirOp::dup_out) || r.target.parts.size() != 1) continue;
    const auto* target = std::get_if<shell::Literal>(&r.target.parts.front().node);
    if (target == nullptr || target->text != "!") continue;
    const auto behind = [&](const shell::Word& w) { return !w.parts.empty() && w.parts.front().span.begin >= r.span.end; };
    const auto word = std::find_if(node.words.begin(), node.words.end(), behind);
    if (word == node.words.end()) continue;
    Descriptor ignored;  // `>!` has no number
    for (const Text& one : expander(frame).text(*word).alternatives) redirect_file(r, one, frame, out, ignored);
  }
}

Input Evaluator::document(const shell::Redirect& r, Frame& frame) {
  Input input;
  input.kind = model::StdinKind::literal;
  Value value = r.op == RedirOp::herestring ? expander(frame).text(r.target) : expander(frame).document(r.body);
  if (r.op == RedirOp::herestring) value.append(Value(Text("\n")));
  input.text.emplace();  // who reads it line by line meets no more than all that it may be
  for (const Text& one : value.alternatives) input.text->append(one);
  input.sources = value.sources;
  input.decoded = value.taint.decoded && !input.text->literal();
  if (value.taint.network && !input.text->literal()) input.kind = model::StdinKind::network;
  return input;
}

/// What has a number above those of the standard streams is left in `opened`.
void Evaluator::redirect_file(const shell::Redirect& r, const Text& target, Frame& frame, Redirections& out, Descriptor& opened) {
  const bool writing = writes(r.op) || r.op == RedirOp::dup_out;
  const bool both = r.op == RedirOp::write_all || r.op == RedirOp::append_all || r.op == RedirOp::dup_out;
  const bool standard_output = writing && r.fd_variable.empty() && (both || r.fd == 1 || (r.fd == -1 && r.op != RedirOp::read_write));  // `<>` alone is standard input
  if (standard_output) out.standard_output = Redirections::Stdout::leaves;
  out.appends = out.appends || r.op == RedirOp::append || r.op == RedirOp::append_all;
  const base::Span span = place(frame, r.span);
  const bool numbered = !r.fd_variable.empty() || r.fd > 2;
  if (const auto sink = sinks_.find(target.view()); sink != sinks_.end() && writing) {
    if (standard_output) std::erase(waiting_, sink->first), out.sinks.push_back(sink->second);
    else if (numbered) opened.sinks.push_back(sink->second);
    return;
  }
  if (auto fetch = connection(target)) {
    const std::uint32_t index = emit({OpKind::fetch, span, "redirection", model::kNoOperation, *std::move(fetch)});
    if (standard_output) out.writes.push_back(index);
    out.input = Input{model::StdinKind::network, std::nullopt, {index}};
    return;
  }
  const bool only_writes = writing && r.op != RedirOp::read_write;
  if (std::optional<Input> process = only_writes ? std::nullopt : written(target, frame.state.cwds.front())) {
    if (!numbered && r.fd <= 0) out.input = std::move(process);
    else opened.merge({std::move(process), {}, {}});
  }
  if (is_stream(target.view())) return;
  // A file over there: not what the shell here brought.
  if (frame.setting.remote && !writing && r.fd <= 0 && !numbered && !out.input) out.input = Input{model::StdinKind::file, std::nullopt, {}};
  for (const Text& cwd : frame.state.cwds) {
    const auto ours = frame.setting.remote ? mounted(path::lexical(target, cwd), frame.setting.mounts) : std::optional(target);
    if (target.empty() || !ours) break;
    model::FileAccess access;
    access.path = path(*ours, cwd);
    const bool reading = r.op == RedirOp::read || r.op == RedirOp::read_write || r.op == RedirOp::dup_in;
    const bool keeps = out.appends || r.op == RedirOp::read_write;
    std::optional<std::uint32_t> also_read;
    if (r.op == RedirOp::read_write) also_read = emit({OpKind::read, span, "redirection", model::kNoOperation, access});
    const auto before = keeps ? written_.find(access.path.lexical.view()) : written_.end();
    const std::optional<Written> kept = before != written_.end() ? std::optional(before->second) : std::nullopt;
    const std::string where = access.path.lexical.bytes();
    const std::uint32_t index =
        emit({writing ? OpKind::write : OpKind::read, span, "redirection", model::kNoOperation, std::move(access)});
    if (kept) written_[where].content = kept->content;  // `>>` goes on behind it
    const std::uint32_t source = also_read.value_or(index);
    out.operations.push_back(index);
    if (also_read) out.operations.push_back(source);
    if (standard_output) out.writes.push_back(index);
    if (writing && numbered) opened.files.push_back(where);
    if (reading && numbered && !opened.reads) opened.reads = Input{model::StdinKind::file, std::nullopt, {source}, false, false, where};
    if (!reading || r.fd > 0 || !r.fd_variable.empty()) continue;
    if (!out.input) {
      out.input = Input{model::StdinKind::file, std::nullopt, {}};
      const auto* file = analysis_.operations[index].as_file();
      if (r.op == RedirOp::read && file != nullptr && file->path.lexical.literal()) out.input->file = file->path.lexical.bytes();
    }
    add_sources(out.input->sources, {source});
  }
}

void Evaluator::settle(const Redirections& redirections, std::uint32_t first_operation, Output& output) {
  bool unchanged = false;  // `cat x > y`: the one file is the other
  for (std::uint32_t i = first_operation; i < analysis_.operations.size(); ++i) {
    if (analysis_.operations[i].kind != OpKind::exec) continue;
    for (const std::uint32_t index : redirections.operations) analysis_.operations[index].exec = i;
    unchanged = analysis_.operations[i].as_exec()->program.view() == "cat" && output.sources.size() == 1 && !redirections.appends;
    break;
  }
  std::vector<Text> emptied;  ///< names that are not known: all of a folder perhaps, which is as good as deleted then
  for (const std::uint32_t index : redirections.writes) {
    for (const std::uint32_t source : output.sources) {
      if (unchanged) copied(source, index);
      else flow(source, index);
    }
    auto* access = std::get_if<model::FileAccess>(&analysis_.operations[index].detail);
    if (access == nullptr) continue;
    if (output.known) access->content = output.text;
    if (output.known && output.text.empty() && !redirections.appends && !access->path.lexical.literal())
      emptied.push_back(access->path.lexical);
    if (!access->path.lexical.literal()) continue;
    Input content = output.as_input();
    content.decoded = content.decoded || output.derived;
    if (!output.known && !output.part.empty()) content.text = output.part;  // a script may be as it likes otherwise
    Written& entry = written_[access->path.lexical.bytes()];
    entry.operation = index;
    entry.content = redirections.appends ? behind(entry.content, std::move(content)) : std::move(content);
  }
  Invocation around;
  around.argv.emplace_back(":");
  around.setting.cwd = Text("/");
  program::Effects effects(around, *this, ":");
  for (const Text& path : emptied) effects.file(OpKind::remove, path, {}, "redirection of nothing");
  if (redirections.standard_output == Redirections::Stdout::leaves) output = Output();
  if (redirections.standard_output == Redirections::Stdout::unknown) output.known = false;
}

}  // namespace belay::command
