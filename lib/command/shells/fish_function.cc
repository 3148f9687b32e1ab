#include "command/shells/fish_function.h"

#include <array>

namespace belay::command::shells {

namespace {

/// A word of the head; what is quoted in it may hold blanks and semicolons.
std::string head_word(Script& in) {
  std::string out;
  while (in.more() && std::string_view(" \t\n;").find(in.peek()) == std::string_view::npos) {
    const char c = in.next();
    if (c != '\'' && c != '"') {
      out += c;
      continue;
    }
    while (in.more() && in.peek() != c) {
      if (in.peek() == '\\') in.advance();
      out += in.next();
    }
    in.advance();
  }
  return out;
}

enum class Taken : std::uint8_t { nothing, names, event, trigger, other };
struct OptionRow {
  std::string_view brief;
  std::string_view full;
  Taken takes;
};
/// function(1), "Options".
constexpr std::array kOptions{
    OptionRow{"-a", "--argument-names", Taken::names}, OptionRow{"-a", "--argument", Taken::names},
    OptionRow{"-e", "--on-event", Taken::event},       OptionRow{"-v", "--on-variable", Taken::trigger},
    OptionRow{"-j", "--on-job-exit", Taken::trigger},  OptionRow{"-p", "--on-process-exit", Taken::trigger},
    OptionRow{"-s", "--on-signal", Taken::trigger},    OptionRow{"-d", "--description", Taken::other},
    OptionRow{"-w", "--wraps", Taken::other},          OptionRow{"-V", "--inherit-variable", Taken::other},
};

Taken taken_by(std::string_view option) {
  for (const OptionRow& row : kOptions) {
    if (option == row.brief || option == row.full) return row.takes;
  }
  return Taken::nothing;
}

void take(FunctionHead& head, Taken kind, const std::string& value) {
  if (kind == Taken::names) head.arguments.push_back(value);
  if (kind == Taken::event) head.event = value;
  if (kind == Taken::event || kind == Taken::trigger) head.handles = true;
}

}  // namespace

FunctionHead read_function_head(Script& in) {
  FunctionHead head;
  in.skip_blank();
  head.name = head_word(in);
  Taken wanted = Taken::nothing;
  for (in.skip_blank(); in.more() && in.peek() != '\n' && in.peek() != ';'; in.skip_blank()) {
    const std::string word = head_word(in);
    const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
    if (word.starts_with('-')) {
      wanted = taken_by(std::string_view(word).substr(0, equals));
      if (equals == std::string::npos) continue;
    }
    take(head, wanted, equals == std::string::npos ? word : word.substr(equals + 1));
    if (wanted != Taken::names) wanted = Taken::nothing;
  }
  return head;
}

}  // namespace belay::command::shells
