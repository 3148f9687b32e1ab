#include "command/output/sed_script.h"

#include <charconv>
#include <string>
#include <utility>

#include "base/text.h"
#include "command/output/line_pattern.h"
#include "command/output/options.h"
#include "model/decision.h"
#include "regex/posix.h"

namespace belay::command {

namespace {

using model::Truth;
using regex::Grammar;
using regex::Posix;

constexpr std::size_t kMostCommands = 64;
constexpr std::size_t kMostWork = 1U << 20U;  ///< each command looks at each line: commands times bytes

struct Address {
  enum class Kind : std::uint8_t { none, line, last, pattern };
  Kind kind = Kind::none;
  std::size_t line = 0;
  std::optional<LinePattern> pattern;
};

struct Command {
  Address from, to;
  bool negated = false;
  char name = 0;
  std::optional<LinePattern> pattern;  ///< of `s`
  Text replacement;                    ///< the same; of `y` what is put in
  std::string letters;                 ///< of `y`
  bool all = false;
  bool prints = false;
  bool active = false;  ///< within its range of lines
};

class Reader {
 public:
  Reader(const Text& script, Grammar grammar) : script_(script), s_(script.view()), grammar_(grammar) {}

  std::optional<std::vector<Command>> read() {
    std::vector<Command> out;
    for (skip("; \t\n"); more(); skip("; \t\n")) {
      Command command;
      if (!address(command.from)) return std::nullopt;
      if (command.from.kind != Address::Kind::none && more() && s_[i_] == ',') {
        ++i_;
        if (!address(command.to) || command.to.kind == Address::Kind::none) return std::nullopt;
      }
      skip(" \t");
      if (more() && s_[i_] == '!') command.negated = true, ++i_;
      skip(" \t");
      if (!more() || out.size() == kMostCommands || !action(command)) return std::nullopt;
      out.push_back(std::move(command));
    }
    return out;
  }

 private:
  [[nodiscard]] bool more() const { return i_ < s_.size(); }
  void skip(std::string_view bytes) {
    while (more() && bytes.find(s_[i_]) != std::string_view::npos) ++i_;
  }

  bool address(Address& out) {
    if (!more()) return true;
    if (s_[i_] == '$') return ++i_, out.kind = Address::Kind::last, true;
    if (base::is_digit(s_[i_])) {
      const auto [end, error] = std::from_chars(s_.data() + i_, s_.data() + s_.size(), out.line);
      i_ = static_cast<std::size_t>(end - s_.data());
      out.kind = Address::Kind::line;
      return error == std::errc() && out.line > 0 && (!more() || s_[i_] != '~');
    }
    if (s_[i_] != '/' && s_[i_] != '\\') return true;
    if (s_[i_] == '\\' && ++i_ >= s_.size()) return false;
    const auto source = part(s_[i_++]);
    const bool fold = more() && s_[i_] == 'I';
    if (fold) ++i_;
    if (!source || source->empty() || !source->literal()) return false;
    out.pattern = LinePattern::of(source->view(), grammar_, fold);
    out.kind = Address::Kind::pattern;
    return out.pattern.has_value();
  }

  /// Up to the delimiter, which is itself behind a backslash.
  std::optional<Text> part(char delimiter) {
    Text out;
    std::size_t begin = i_;
    for (; more() && s_[i_] != delimiter; ++i_) {
      if (s_[i_] == '\\' && i_ + 1 < s_.size()) {
        if (s_[i_ + 1] == delimiter) {
          out.append(script_.substr(begin, i_ - begin));
          begin = i_ + 1;
        }
        ++i_;
      }
    }
    if (!more()) return std::nullopt;
    out.append(script_.substr(begin, i_++ - begin));
    return out;
  }

  bool action(Command& command) {
    command.name = s_[i_++];
    if (command.name == 's') return substitution(command);
    if (command.name == 'y') return transliteration(command);
    if (std::string_view("pdqQ").find(command.name) == std::string_view::npos) return false;
    skip(" \t");
    return !more() || s_[i_] == ';' || s_[i_] == '\n';
  }

  bool substitution(Command& command) {
    if (!more()) return false;
    const char delimiter = s_[i_++];
    const auto source = part(delimiter);
    auto replacement = source ? part(delimiter) : std::nullopt;
    if (!replacement || source->empty() || !source->literal()) return false;
    bool fold = false;
    for (; more() && std::string_view("; \t\n").find(s_[i_]) == std::string_view::npos; ++i_) {
      if (s_[i_] == 'g') command.all = true;
      else if (s_[i_] == 'p') command.prints = true;
      else if (s_[i_] == 'i' || s_[i_] == 'I') fold = true;
      else return false;
    }
    command.pattern = LinePattern::of(source->view(), grammar_, fold);
    command.replacement = *std::move(replacement);
    return command.pattern.has_value();
  }

  bool transliteration(Command& command) {
    if (!more()) return false;
    const char delimiter = s_[i_++];
    const auto from = part(delimiter);
    const auto to = from ? part(delimiter) : std::nullopt;
    if (!to || !from->literal() || !to->literal() || from->size() != to->size()) return false;
    if (from->view().find('\\') != std::string_view::npos || to->view().find('\\') != std::string_view::npos) return false;
    command.letters = from->bytes();
    command.replacement = *to;
    return true;
  }

  const Text& script_;
  std::string_view s_;
  Grammar grammar_;
  std::size_t i_ = 0;
};

/// What is put in for a match; nothing for `\U` and its like.
std::optional<Text> put_in(const Text& replacement, const Text& line, const std::vector<Posix::Range>& groups) {
  Text out;
  const std::string_view s = replacement.view();
  const auto group = [&](std::size_t n) {
    if (n < groups.size()) out.append(line.substr(groups[n].begin, groups[n].end - groups[n].begin));
  };
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '&') {
      group(0);
    } else if (s[i] != '\\' || i + 1 == s.size()) {
      out.append(replacement.substr(i, 1));
    } else if (base::is_digit(s[++i])) {
      group(static_cast<std::size_t>(s[i] - '0'));
    } else if (s[i] == 'n') {
      out.append("\n");
    } else if (base::is_alpha(s[i])) {
      return std::nullopt;
    } else {
      out.append(replacement.substr(i, 1));
    }
  }
  return out;
}

std::optional<Text> substituted(const Command& command, const Text& line) {
  Text out;
  std::size_t kept = 0;
  for (std::size_t at = 0; at <= line.size();) {
    const auto found = command.pattern->compiled.match(line.view(), at);
    if (!found) break;
    const auto [begin, end] = found->front();
    const auto put = put_in(command.replacement, line, *found);
    if (!put) return std::nullopt;
    out.append(line.substr(kept, begin - kept));
    out.append(*put);
    kept = end;
    if (!command.all) break;
    at = end > begin ? end : end + 1;
    if (end == begin && end < line.size()) out.append(line.substr(kept++, 1));
  }
  out.append(line.substr(kept));
  return out;
}

/// The same of a line with holes: at one of its ends, or all of it.
std::optional<Text> substituted_around(const Command& command, const Text& line) {
  const LinePattern& pattern = *command.pattern;
  const std::size_t size = pattern.plain.size();
  const auto replaced = [&](std::size_t begin, std::size_t end) -> std::optional<Text> {
    const auto put = put_in(command.replacement, line, {{begin, end}, {begin, end}});
    if (!put) return std::nullopt;
    Text out = line.substr(0, begin);
    out.append(*put);
    out.append(line.substr(end));
    return out;
  };
  if (pattern.everything) return replaced(0, line.size());
  if (!pattern.is_plain || pattern.at_begin == pattern.at_end) return changed(line);
  const Text edge = pattern.at_begin ? line.substr(0, size) : line.substr(line.size() - std::min(size, line.size()));
  if (edge.view() == pattern.plain) return pattern.at_begin ? replaced(0, size) : replaced(line.size() - size, line.size());
  return edge.literal() && edge.size() == size ? line : changed(line);
}

class Machine {
 public:
  Machine(std::vector<Command> commands, const Lines& lines, bool quiet)
      : commands_(std::move(commands)), lines_(lines), quiet_(quiet) {}

  std::optional<Text> run() {
    for (std::size_t i = 0; i < lines_.size() && !stopped_; ++i) {
      counted_ = counted_ && !is_many(lines_[i]);
      if (!line(i)) return std::nullopt;
    }
    return text_of(out_);
  }

 private:
  bool line(std::size_t at) {
    Text space = unsure_ ? some_of(lines_[at]) : lines_[at];
    for (Command& command : commands_) {
      const Truth on = selects(command, at, space);
      if (on == Truth::no) continue;
      if (command.name == 'd' || command.name == 'Q') {
        stopped_ = stopped_ || (command.name == 'Q' && on == Truth::yes);
        unsure_ = unsure_ || command.name == 'Q';
        if (on == Truth::yes) return true;
        space = some_of(space);
      } else if (command.name == 'q') {
        stopped_ = on == Truth::yes;
        unsure_ = true;
        if (stopped_) break;
      } else if (command.name == 'p') {
        out_.push_back(on == Truth::yes ? space : some_of(space));
      } else if (!edit(command, on, space)) {
        return false;
      }
    }
    if (!quiet_) out_.push_back(std::move(space));
    return true;
  }

  bool edit(const Command& command, Truth on, Text& space) {
    const bool plain = space.literal();
    if (command.name == 'y' && !plain) return false;
    auto edited = command.name == 'y' ? transliterated(command, space)
                  : plain             ? substituted(command, space)
                                      : substituted_around(command, space);
    if (!edited) return false;
    if (on == Truth::maybe && *edited != space) out_.push_back(some_of(space));
    const bool printed = command.prints && (*edited != space || command.pattern->everything);
    space = *std::move(edited);
    if (printed) out_.push_back(space);
    return true;
  }

  static std::optional<Text> transliterated(const Command& command, const Text& space) {
    std::string out = space.bytes();
    for (char& c : out) {
      if (const auto at = command.letters.find(c); at != std::string::npos) c = command.replacement.view()[at];
    }
    return Text(out);
  }

  Truth selects(Command& command, std::size_t at, const Text& space) {
    const Truth on = in_range(command, at, space);
    return command.negated ? (on == Truth::yes ? Truth::no : on == Truth::no ? Truth::yes : on) : on;
  }

  Truth in_range(Command& command, std::size_t at, const Text& space) {
    if (command.from.kind == Address::Kind::none) return Truth::yes;
    if (command.to.kind == Address::Kind::none) return meets(command.from, at, space);
    const Truth begins = command.active ? Truth::yes : meets(command.from, at, space);
    if (begins != Truth::yes) return begins;
    const bool first = !std::exchange(command.active, true);
    const bool past = command.to.kind == Address::Kind::line && at + 1 >= command.to.line;
    const Truth ends = past                                              ? Truth::yes
                       : first && command.to.kind != Address::Kind::last ? Truth::no
                                                                         : meets(command.to, at, space);
    if (ends == Truth::yes) command.active = false;
    return counted_ ? Truth::yes : Truth::maybe;
  }

  Truth meets(const Address& address, std::size_t at, const Text& space) const {
    if (address.kind == Address::Kind::pattern) return address.pattern->met_by(space);
    if (address.kind == Address::Kind::last)
      return at + 1 < lines_.size() ? Truth::no : is_many(lines_[at]) ? Truth::maybe : Truth::yes;
    if (!counted_) return Truth::maybe;
    return at + 1 == address.line ? Truth::yes : Truth::no;
  }

  std::vector<Command> commands_;
  const Lines& lines_;
  bool quiet_;
  bool counted_ = true;  ///< the number of the line is known
  bool stopped_ = false;
  bool unsure_ = false;  ///< the line may not be read at all
  Lines out_;
};

}  // namespace

bool is_sed(std::string_view program) { return program == "sed" || program == "gsed"; }

std::optional<Text> edited_by_sed(std::span<const Text> args, const Text& input) {
  const auto options =
      Options::read(args, {"nErsu", "e", "quiet=n silent=n expression=e regexp-extended=E separate=s unbuffered=u"});
  if (!options) return std::nullopt;
  std::vector<Text> scripts = options->values('e');
  if (scripts.empty()) scripts = options->operands();
  Text script;
  for (const Text& one : scripts) {
    script.append(one);
    script.append("\n");
  }
  if (scripts.empty() || (options->values('e').empty() && scripts.size() > 1)) return std::nullopt;
  auto commands = Reader(script, options->has('E') || options->has('r') ? Grammar::extended : Grammar::basic).read();
  if (!commands || commands->size() * input.size() > kMostWork) return std::nullopt;
  const Lines lines = lines_of(input);
  return Machine(*std::move(commands), lines, options->has('n')).run();
}

}  // namespace belay::command
