#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "command/evaluator.h"

/// Descriptors with numbers, and the commands that read what is written to them (bash(1), "REDIRECTION", "Process Substitution", "Coprocesses").
namespace belay::command {

namespace {

constexpr int kFirstFree = 10;  ///< of those that `{name}>` opens
constexpr int kCoprocess = 60;  ///< to which the first coprocess listens; bash takes what is free
constexpr int kHighest = 255;
constexpr std::string_view kOwnNumber{"/proc/\0/fd/", 11};  ///< `/proc/$$/fd/`
static_assert(kOwnNumber[6] == model::kHole);

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
  mine = std::move(descriptor);
}

std::string_view descriptor_number(std::string_view path) {
  const std::string_view number = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  const std::string_view folder = path.substr(0, path.size() - number.size());
  // Whose number `$$` is, is not known; who has a process of its own in mind writes it.
  const bool own = folder == "/dev/fd/" || folder == "/proc/self/fd/" || folder == "/proc/thread-self/fd/" || folder == kOwnNumber;
  return own && !number.empty() && std::all_of(number.begin(), number.end(), base::is_digit) ? number : std::string_view();
}

const Descriptor* Evaluator::open_under(std::string_view path) const {
  const std::string_view number = descriptor_number(path);
  if (number.empty() || current_ == nullptr) return nullptr;
  const auto found = current_->state.descriptors.find(number_in(number));
  return found != current_->state.descriptors.end() ? &found->second : nullptr;
}

/// `<&N`, `>&N`, `N>&M`; `-` closes.
void Evaluator::duplicate(const shell::Redirect& r, std::string_view source, Frame& frame, Redirections& out) {
  const auto found = base::is_digit(source.front()) ? frame.state.descriptors.find(number_in(source)) : frame.state.descriptors.end();
  const Descriptor from = found != frame.state.descriptors.end() ? found->second : Descriptor();
  const int to = r.fd >= 0 ? r.fd : writes_by_itself(r.op) ? 1 : 0;
  if (!r.fd_variable.empty() || to > 2) return open(number_of(r, frame), from, frame, out);
  if (to == 0 && from.reads) out.input = from.reads;
  if (to != 1 || !writes_by_itself(r.op)) return;
  if (from.written()) write_to(from, place(frame, r.span), out);
  else out.standard_output = Redirections::Stdout::unknown;
}

/// Standard output goes where the descriptor leads.
void Evaluator::write_to(const Descriptor& descriptor, base::Span span, Redirections& out) {
  out.standard_output = Redirections::Stdout::leaves;
  out.sinks.insert(out.sinks.end(), descriptor.sinks.begin(), descriptor.sinks.end());
  out.appends = out.appends || !descriptor.files.empty();
  for (const std::string& file : descriptor.files) {
    const auto before = written_.find(file);
    const Input kept = before != written_.end() ? before->second.content : Input();
    model::FileAccess access;
    access.path = path(Text(file), Text("/"));
    const std::uint32_t index = emit({model::OpKind::write, span, "redirection", model::kNoOperation, std::move(access)});
    written_[file].content = kept;
    out.writes.push_back(index);
  }
}

void Redirections::keep_open(const model::Analysis& analysis, Frame& frame) const {
  if (input) frame.state.input = *input;
  if (standard_output == Stdout::stays) return;
  Descriptor descriptor;
  descriptor.sinks = sinks;
  for (const std::uint32_t index : writes) {
    const auto* file = analysis.operations[index].as_file();
    if (file != nullptr && file->path.lexical.literal()) descriptor.files.push_back(file->path.lexical.bytes());
  }
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
  Output left = descriptor.certain ? Output() : out;
  for (const auto& sink : descriptor.sinks) left.add(feed(*sink, out.as_input()));
  for (const std::string& file : descriptor.files) {
    Written& entry = written_[file];
    if (!out.known || !entry.content.text) entry.content = out.as_input();
    else entry.content.text->append(out.text);
  }
  return left;
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
  int number = kCoprocess;
  while (number > kFirstFree && frame.state.descriptors.count(number) != 0) number -= 2;
  frame.state.descriptors[number].sinks.push_back(std::make_shared<const Sink>(Sink{nullptr, node.body.get(), std::move(inner)}));
  Variable& ends = frame.state.variables[node.name.empty() ? "COPROC" : node.name];
  ends = Variable();
  ends.is_array = true;
  ends.slot("0") = Value(Text(std::to_string(number + 1)));
  ends.slot("1") = Value(Text(std::to_string(number)));
}

}  // namespace belay::command
