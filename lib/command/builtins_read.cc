#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "base/text.h"
#include "command/builtin.h"
#include "command/output/lines.h"
#include "command/program/interpret.h"

/// `read` and `mapfile` (bash(1) SHELL BUILTIN COMMANDS): input that is known becomes variables.
namespace belay::command {

using model::HoleTrait;

namespace {

constexpr std::size_t kNoDescriptor = 1U << 20U;

/// Options of one letter; the rest of a cluster, or the next argument, is the value.
struct Options {
  std::vector<std::pair<char, Text>> given;
  std::vector<std::string> names;

  [[nodiscard]] const Text* find(char letter) const {
    const auto it = std::find_if(given.begin(), given.end(), [letter](const auto& one) { return one.first == letter; });
    return it == given.end() ? nullptr : &it->second;
  }
  [[nodiscard]] std::optional<std::size_t> number(char letter) const {
    const Text* value = find(letter);
    std::size_t n = 0;
    if (value == nullptr) return std::nullopt;
    const std::string_view v = value->view();
    const auto [end, error] = std::from_chars(v.data(), v.data() + v.size(), n);
    return error == std::errc() && end == v.data() + v.size() ? std::optional(n) : std::nullopt;
  }
};

Options options_of(const std::vector<Text>& argv, std::string_view valued) {
  Options out;
  std::size_t i = 1;
  for (; i < argv.size() && argv[i].view().starts_with('-') && argv[i].size() > 1; ++i) {
    if (argv[i].view() == "--") {
      ++i;
      break;
    }
    for (std::size_t c = 1; c < argv[i].size(); ++c) {
      const char letter = argv[i].view()[c];
      if (valued.find(letter) == std::string_view::npos) {
        out.given.emplace_back(letter, Text());
        continue;
      }
      const bool attached = c + 1 < argv[i].size();
      out.given.emplace_back(letter, attached ? argv[i].substr(c + 1) : i + 1 < argv.size() ? argv[++i] : Text());
      break;
    }
  }
  for (; i < argv.size(); ++i) {
    if (argv[i].literal()) out.names.push_back(argv[i].bytes());
  }
  return out;
}

/// One record of the input: its text, and which bytes a backslash protects.
struct Record {
  std::string text;
  std::vector<bool> quoted;
  bool complete = false;  ///< the delimiter was there
};

struct Wanted {
  bool raw = false;
  bool exact = false;  ///< -N: delimiters are data
  char delimiter = '\n';
  std::size_t most = std::string::npos;
};

/// Takes a record off the front of `input`.
Record take_record(std::string_view& input, const Wanted& wanted) {
  Record out;
  std::size_t i = 0;
  for (; i < input.size() && out.text.size() < wanted.most; ++i) {
    const bool escape = !wanted.raw && input[i] == '\\' && i + 1 < input.size();
    if (escape && input[i + 1] == '\n') {
      ++i;
      continue;
    }
    if (!escape && !wanted.exact && input[i] == wanted.delimiter) break;
    if (escape) ++i;
    out.text.push_back(input[i]);
    out.quoted.push_back(escape);
  }
  out.complete =
      (i < input.size() && !wanted.exact && input[i] == wanted.delimiter) || (out.text.size() == wanted.most && wanted.most != 0);
  const bool skip = i < input.size() && out.text.size() < wanted.most;
  input.remove_prefix(std::min(input.size(), i + (skip ? 1U : 0U)));
  return out;
}

/// Cuts a record as `read` does: the last name takes the rest.
class Cutter {
 public:
  Cutter(const Record& record, std::string_view separators) : record_(record), separators_(separators) {
    end_ = record.text.size();
    while (end_ > 0 && blank(end_ - 1)) --end_;
    skip_blanks();
  }

  [[nodiscard]] bool done() const { return at_ >= end_; }

  std::string field() {
    const std::size_t begin = at_;
    while (at_ < end_ && !separator(at_)) ++at_;
    std::string out = record_.text.substr(begin, at_ - begin);
    skip_blanks();
    if (at_ < end_ && separator(at_)) ++at_;
    skip_blanks();
    return out;
  }

  std::string rest() {
    const std::size_t begin = at_;
    std::string one = field();
    return done() ? one : record_.text.substr(begin, end_ - begin);
  }

 private:
  [[nodiscard]] bool separator(std::size_t i) const {
    return !record_.quoted[i] && separators_.find(record_.text[i]) != std::string_view::npos;
  }
  [[nodiscard]] bool blank(std::size_t i) const {
    return separator(i) && (record_.text[i] == ' ' || record_.text[i] == '\t' || record_.text[i] == '\n');
  }
  void skip_blanks() {
    while (at_ < end_ && blank(at_)) ++at_;
  }

  const Record& record_;
  std::string_view separators_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
};

Value with_origin(Value value, const Input& input) {
  value.taint.network = input.kind == model::StdinKind::network;
  value.taint.decoded = input.decoded;
  value.sources = input.sources;
  return value;
}

void set_list(Builtin& b, const std::string& name, std::vector<Value> items, bool open) {
  Variable variable;
  variable.is_array = true;
  for (std::size_t i = 0; i < items.size(); ++i) variable.slot(std::to_string(i)) = with_origin(std::move(items[i]), b.input);
  if (open) variable.slot(std::string(kAnyElement)) = with_origin(Value::unknown(HoleTrait::any), b.input);
  if (!variable.elements.empty()) variable.value = variable.elements.front().second;
  b.frame.state.variables[b.frame.state.resolve(name)] = std::move(variable);
}

std::string separators_of(Builtin& b) {
  const Variable* ifs = b.frame.state.find("IFS");
  return ifs != nullptr && !ifs->unset && ifs->value.literal() != nullptr ? *ifs->value.literal() : std::string(" \t\n");
}

void announce(Builtin& b) {
  Invocation invocation{b.argv, b.frame.setting, b.input, b.span};
  invocation.setting.cwd = b.frame.state.cwds.front();
  program::interpret(invocation, b.shell);
}

/// The first line of a text that is known, and what is left behind it.
struct FirstLine {
  Text line;
  Text left;
};
FirstLine first_line(const Text& text) {
  const std::size_t end = std::min(text.view().find('\n'), text.size());
  return {text.substr(0, end), text.substr(std::min(end + 1, text.size()))};
}

/// What is read is not known: a line with holes, or nothing at all is known of it.
void read_unknown(Builtin& b, const std::vector<std::string>& names, const Text* array, const Text* line) {
  if (array != nullptr) return set_list(b, array->bytes(), {}, true);
  const bool whole = line != nullptr && names.size() == 1;
  for (const std::string& name : names) b.frame.state.set(name, with_origin(whole ? Value(*line) : Value::unknown(), b.input));
  if (line != nullptr && !is_many(*line)) b.frame.state.status = 0;
}

void read_fields(Builtin& b, const Record& record, const std::vector<std::string>& names) {
  const std::string separators = separators_of(b);
  Cutter cutter(record, separators);
  for (std::size_t i = 0; i < names.size(); ++i) {
    b.frame.state.set(names[i], with_origin(Value(Text(i + 1 == names.size() ? cutter.rest() : cutter.field())), b.input));
  }
}

void read_list(Builtin& b, const Record& record, const std::string& name) {
  const std::string separators = separators_of(b);
  Cutter cutter(record, separators);
  std::vector<Value> items;
  while (!cutter.done()) items.emplace_back(Text(cutter.field()));
  set_list(b, name, std::move(items), false);
}

Wanted wanted_by(const Options& options) {
  Wanted out;
  out.raw = options.find('r') != nullptr;
  if (const Text* delimiter = options.find('d')) out.delimiter = delimiter->empty() ? '\0' : delimiter->view().front();
  out.exact = options.find('N') != nullptr;
  out.most = options.number(out.exact ? 'N' : 'n').value_or(std::string::npos);
  return out;
}

std::vector<Value> values_of(const Lines& lines) {
  std::vector<Value> out;
  for (const Text& line : lines) out.emplace_back(line);
  return out;
}

/// One record of `input`, which is known; what is left behind it.
std::string_view read_known(Builtin& b, const Options& options, const std::vector<std::string>& names, std::string_view input) {
  const Record record = take_record(input, wanted_by(options));
  if (const Text* array = options.find('a')) read_list(b, record, array->bytes());
  else if (options.names.empty() || options.find('N') != nullptr) b.frame.state.set(names.front(), with_origin(Value(Text(record.text)), b.input));
  else read_fields(b, record, names);
  b.frame.state.status = record.complete ? 0 : 1;
  return input;
}

/// What `-u FD`, or standard input, gives; what is left of it goes to `rest`.
struct Stream {
  Input input;
  Input* rest = nullptr;
};

Stream stream_of(Builtin& b, const Options& options) {
  State& state = b.frame.state;
  const Text* const given = options.find('u');
  if (given == nullptr || given->view() == "0") return {b.input, &b.input == &state.input ? &state.input : nullptr};
  const auto open = state.descriptors.find(static_cast<int>(std::min<std::size_t>(options.number('u').value_or(kNoDescriptor), kNoDescriptor)));
  if (open == state.descriptors.end() || !open->second.reads || !open->second.certain) return {};
  return {*open->second.reads, &*open->second.reads};
}

}  // namespace

Output run_read(Builtin& b) {
  announce(b);
  const Options options = options_of(b.argv, "adinNptu");
  const Text* array = options.find('a');
  const std::vector<std::string> names = options.names.empty() ? std::vector<std::string>{"REPLY"} : options.names;
  for (const std::string& name : names) run_subscript(b, name);
  const Stream stream = stream_of(b, options);
  const Input& input = stream.input;
  Builtin reader{b.shell, b.frame, b.argv, input, b.span};
  if (!input.text || (array != nullptr && !array->literal())) {
    read_unknown(reader, names, array, nullptr);
    return {};
  }
  const auto leave = [&](Text left) {
    if (stream.rest != nullptr) stream.rest->text = std::move(left);
  };
  if (!input.text->literal()) {
    FirstLine first = first_line(*input.text);
    leave(std::move(first.left));
    if (!first.line.literal() || options.find('d') != nullptr) {
      read_unknown(reader, names, array, &first.line);
      return {};
    }
    first.line.append("\n");
    read_known(reader, options, names, first.line.view());
    return {};
  }
  leave(Text(std::string(read_known(reader, options, names, input.text->view()))));
  return {};
}

/// A line each, with its delimiter unless `-t` says otherwise. `-C` names code that runs on the way.
Output run_mapfile(Builtin& b) {
  announce(b);
  const Options options = options_of(b.argv, "dnOsuCc");
  const std::string name = options.names.empty() ? "MAPFILE" : options.names.front();
  if (const Text* callback = options.find('C')) {
    Text code = *callback;
    code.append(" ");
    code.append_hole(HoleTrait::any);
    (void)b.shell.code_here(code, b.frame, b.frame.setting.taint);
  }
  const Stream stream = stream_of(b, options);
  const Input& input = stream.input;
  Builtin reader{b.shell, b.frame, b.argv, input, b.span};
  const bool known = input.text && options.find('O') == nullptr;
  b.frame.state.status.reset();
  if (!known || !input.text->literal()) {
    std::vector<Value> found;
    if (known) found = values_of(lines_of(*input.text));
    set_list(reader, name, std::move(found), !known);
    return {};
  }
  const Wanted wanted{true, false, wanted_by(options).delimiter, std::string::npos};
  const std::size_t skip = options.number('s').value_or(0);
  const std::size_t most = options.number('n').value_or(0);
  std::vector<Value> lines;
  std::string_view left = input.text->view();
  for (std::size_t i = 0; !left.empty() && (most == 0 || lines.size() < most); ++i) {
    Record record = take_record(left, wanted);
    if (record.complete && options.find('t') == nullptr) record.text.push_back(wanted.delimiter);
    if (i >= skip) lines.emplace_back(Text(record.text));
  }
  set_list(reader, name, std::move(lines), false);
  if (stream.rest != nullptr) stream.rest->text = Text(std::string(left));
  b.frame.state.status = 0;
  return {};
}

}  // namespace belay::command
