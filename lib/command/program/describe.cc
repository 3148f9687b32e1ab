#include "command/program/describe.h"

#include "command/program/references.h"

#include <algorithm>

namespace belay::command::program {

namespace {

bool is_cluster(std::string_view written) { return written.size() > 2 && written[0] == '-' && written[1] != '-'; }

/// An unknown option as it stands; of a cluster also every letter, since nobody knows which of both it is.
std::string unknown_names(std::string_view written) {
  std::string names(written);
  if (!is_cluster(written)) return names;
  for (const char c : written.substr(1)) {
    names += " -";
    names.push_back(c);
  }
  return names;
}

model::OptionUse use_of(const Reading& reading, const ReadOption& o) {
  model::OptionUse use;
  if (o.number == kUnknownOption) {
    // Long options with one dash, as those of find and Terraform, are no letters in a row.
    const bool whole = reading.whole_options || (reading.block().known() && reading.block().has(Flag::single_dash));
    const bool letters = is_cluster(o.written) && !whole;
    use.names = letters ? unknown_names(o.written) : o.written;
    use.canonical = o.written;
    use.letters = letters;
  } else {
    const OptionInfo info = reading.info(o);
    use.names = info.names;
    use.canonical = info.canonical;
  }
  use.has_value = o.has_value;
  use.value = o.value;
  return use;
}

/// What the canonical line says instead of the text; empty: the text itself.
std::string_view mark_of(Role role, std::string_view detail) {
  if (role == Role::data) return kDataMark;
  const bool setting = detail.find('-') != std::string_view::npos && !detail.starts_with("typed-") && detail != "tmux-command";
  if (role == Role::shell || (role == Role::code && !setting && !is_plain_reference(detail))) return kCodeMark;
  return {};
}

bool needs_quotes(std::string_view s) { return s.empty() || s.find_first_of(" \t\r\n'\"") != std::string_view::npos; }

void append_quoted(Text& line, const Text& argument) {
  if (!needs_quotes(argument.view())) return line.append(argument);
  line.append("'");
  std::size_t begin = 0;
  for (auto quote = argument.view().find('\''); quote != std::string_view::npos; quote = argument.view().find('\'', begin)) {
    line.append(argument.substr(begin, quote - begin));
    line.append("'\\''");
    begin = quote + 1;
  }
  line.append(argument.substr(begin));
  line.append("'");
}

void append_marked(Text& line, const Text& argument, std::string_view mark) {
  if (mark.empty()) return append_quoted(line, argument);
  line.append(mark);
}

void append_option(Text& line, const model::OptionUse& use, std::string_view mark) {
  line.append(" ");
  // An unknown option may hold a hole, which Text would drop as a stray NUL.
  for (const char c : use.canonical) {
    if (c == model::kHole) line.append_hole(model::HoleTrait::any);
    else line.append(std::string_view(&c, 1));
  }
  if (!use.has_value) return;
  line.append("=");
  append_marked(line, use.value, mark);
}

std::string_view option_mark(const Reading& reading, const ReadOption& o) {
  if (o.number == kUnknownOption) return {};
  const OptionInfo info = reading.info(o);
  return mark_of(info.role, info.detail);
}

void append_options(Text& line, const Reading& reading, const std::vector<model::OptionUse>& uses) {
  std::vector<std::size_t> order(uses.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return uses[a].canonical < uses[b].canonical; });
  for (const std::size_t i : order) append_option(line, uses[i], option_mark(reading, reading.options[i]));
}

void append_operands(Text& line, const Reading& reading) {
  if (reading.operands.size() <= reading.guessed) return;
  line.append(" --");
  for (std::size_t i = reading.guessed; i < reading.operands.size(); ++i) {
    const ReadOperand& o = reading.operands[i];
    line.append(" ");
    if (o.skip != 0) line.append(o.text.substr(0, o.skip));
    append_marked(line, o.skip == 0 ? o.text : o.text.substr(o.skip), mark_of(o.role, o.detail));
  }
}

Text canonical_line(const model::Exec& exec, const Reading& reading) {
  Text line = exec.program;
  for (const std::string& word : exec.words) {
    line.append(" ");
    line.append(word);
  }
  append_options(line, reading, exec.options);
  append_operands(line, reading);
  return line;
}

/// Nothing is known of the program: a name order would tear options from what may be their values.
Text argv_line(const model::Exec& exec, const Reading& reading) {
  Text line = exec.program;
  for (const Text& argument : reading.arguments) {
    line.append(" ");
    append_quoted(line, argument);
  }
  return line;
}

}  // namespace

model::Exec describe(const Reading& reading, std::string_view name, const Text& written) {
  model::Exec exec;
  exec.program = Text(name);
  exec.path = written;
  exec.words = reading.words;
  for (const ReadOption& o : reading.options) exec.options.push_back(use_of(reading, o));
  for (const ReadOperand& o : reading.operands) {
    exec.operands.push_back(o.text);
    exec.inert.push_back(o.role == Role::data);
  }
  exec.canonical = reading.block().known() ? canonical_line(exec, reading) : argv_line(exec, reading);
  // Some programs mean something else by an operand behind `--` (`git checkout -- file`); the canonical line has it always.
  if (reading.dashes) exec.options.push_back({"--", "--", false, {}});
  return exec;
}

}  // namespace belay::command::program
