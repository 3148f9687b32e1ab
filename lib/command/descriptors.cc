#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "command/evaluator.h"

/// Descriptors with numbers, and the commands that read what is written to them (bash(1), "REDIRECTION", "Process Substitution", "Coprocesses").
namespace belay::command {

namespace {

constexpr int kFirstFree = 10;  ///< of those that `{name}>` opens
constexpr int kCoprocess = 60;  ///< to which a coprocess listens; bash takes what is free
constexpr int kHighest = 255;

std::string name_of(int number) { return "/dev/fd/" + std::to_string(number); }

int number_in(std::string_view text) {
  int out = 0;
  for (const char c : text) {
    if (!base::is_digit(c)) break;
    out = std::min(out * 10 + (c - '0'), kHighest);
  }
  return out;
}

bool writes_by_itself(shell::RedirOp op) {
  return op != shell::RedirOp::read && op != shell::RedirOp::read_write && op != shell::RedirOp::dup_in && op != shell::RedirOp::heredoc &&
         op != shell::RedirOp::heredoc_strip && op != shell::RedirOp::herestring;
}

}  // namespace

int Evaluator::number_of(const shell::Redirect& r, Frame& frame) {
  if (r.fd_variable.empty()) return r.fd >= 0 ? r.fd : writes_by_itself(r.op) ? 1 : 0;
  int number = kFirstFree;
  while (number < kHighest && frame.state.descriptors.count(number) != 0) ++number;
  put(r.fd_variable, Value(Text(std::to_string(number))), false, frame);
  return number;
}

void Evaluator::open(int number, Descriptor descriptor, Frame& frame, Redirections& out) {
  Descriptor& mine = frame.state.descriptors[number];
  if (number < kFirstFree) out.before.emplace_back(number, mine);
  if (descriptor.reads) processes_.insert_or_assign(name_of(number), Output::of(*descriptor.reads));
  mine = std::move(descriptor);
}

/// `<&N`, `>&N`, `N>&M`; `-` closes.
void Evaluator::duplicate(const shell::Redirect& r, std::string_view source, Frame& frame, Redirections& out) {
  const auto found = base::is_digit(source.front()) ? frame.state.descriptors.find(number_in(source)) : frame.state.descriptors.end();
  const Descriptor from = found != frame.state.descriptors.end() ? found->second : Descriptor();
  const int to = r.fd >= 0 ? r.fd : r.op == shell::RedirOp::dup_in ? 0 : 1;
  if (!r.fd_variable.empty() || to > 2) return open(number_of(r, frame), from, frame, out);
  if (to == 0 && from.reads) out.input = from.reads;
  if (to != 1 || r.op != shell::RedirOp::dup_out) return;
  if (from.written()) write_to(from, place(frame, r.span), out);
  else out.standard_output = Redirections::Stdout::unknown;
}

/// Standard output goes where the descriptor leads.
void Evaluator::write_to(const Descriptor& descriptor, base::Span span, Redirections& out) {
  out.standard_output = Redirections::Stdout::leaves;
  if (descriptor.sink) return out.sinks.push_back(descriptor.sink);
  out.appends = true;
  const auto before = written_.find(descriptor.file);
  const Input kept = before != written_.end() ? before->second.content : Input();
  model::FileAccess access;
  access.path = path(Text(descriptor.file), Text("/"));
  const std::uint32_t index = emit({model::OpKind::write, span, "redirection", model::kNoOperation, std::move(access)});
  written_[descriptor.file].content = kept;
  out.writes.push_back(index);
}

void Redirections::keep_open(const model::Analysis& analysis, Frame& frame) const {
  if (input) frame.state.input = *input;
  if (standard_output == Stdout::stays) return;
  Descriptor descriptor;
  if (!sinks.empty()) descriptor.sink = sinks.front();
  const auto* file = writes.empty() ? nullptr : analysis.operations[writes.front()].as_file();
  if (file != nullptr && file->path.lexical.literal()) descriptor.file = file->path.lexical.bytes();
  frame.state.descriptors[1] = std::move(descriptor);
}

void Redirections::close(Frame& frame) {
  for (auto it = before.rbegin(); it != before.rend(); ++it) frame.state.descriptors[it->first] = std::move(it->second);
}

Output Evaluator::feed(const Sink& sink, Input content) {
  Frame* const outer = current_;
  Frame inner = sink.frame;
  inner.state.input = std::move(content);
  Output out = sink.command != nullptr ? command(*sink.command, inner) : whole_shell(sink.list, inner);
  current_ = outer;
  return out;
}

/// Standard output of the whole shell, where `exec` sent that elsewhere.
Output Evaluator::delivered(Output out, Frame& frame) {
  const auto target = frame.state.descriptors.find(1);
  if (target == frame.state.descriptors.end() || !target->second.written()) return out;
  const Descriptor descriptor = target->second;
  if (descriptor.sink) return feed(*descriptor.sink, out.as_input());
  Written& entry = written_[descriptor.file];
  if (!out.known || !entry.content.text) entry.content = out.as_input();
  else entry.content.text->append(out.text);
  return {};
}

/// A `>(…)` that the command was given as a name, as tee is: it finds what the command did.
void Evaluator::drain(std::size_t waiting, const Input& input, Output& out) {
  while (waiting_.size() > waiting) {
    const auto sink = sinks_.find(waiting_.back());
    waiting_.pop_back();
    if (sink != sinks_.end()) out.add(feed(*std::shared_ptr(sink->second), input));
  }
}

void Evaluator::start_coprocess(const shell::Coproc& node, Frame& frame) {
  if (!node.body) return;
  Frame inner = frame.subshell();
  inner.state.descriptors.erase(1);
  frame.state.descriptors[kCoprocess].sink = std::make_shared<const Sink>(Sink{nullptr, node.body.get(), std::move(inner)});
  Variable& ends = frame.state.variables[node.name.empty() ? "COPROC" : node.name];
  ends = Variable();
  ends.is_array = true;
  ends.slot("0") = Value(Text(std::to_string(kCoprocess + 1)));
  ends.slot("1") = Value(Text(std::to_string(kCoprocess)));
}

}  // namespace belay::command
