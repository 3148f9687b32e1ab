#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/text.h"
#include "command/powershell/code.h"

/// powershell.exe and pwsh: which of their arguments are code.
namespace belay::command::powershell {

namespace {

enum class Use : std::uint8_t { flag, value, folder, code, encoded, file, help };
/// `least`: the shortest abbreviation that the program takes.
struct Parameter {
  std::string_view name;
  std::size_t least;
  Use use;
};
constexpr std::array kParameters{
    Parameter{"command", 1, Use::code},
    Parameter{"commandwithargs", 8, Use::code},
    Parameter{"cwa", 3, Use::code},
    Parameter{"encodedcommand", 1, Use::encoded},
    Parameter{"ec", 2, Use::encoded},
    Parameter{"file", 1, Use::file},
    Parameter{"encodedarguments", 8, Use::value},
    Parameter{"ea", 2, Use::value},
    Parameter{"executionpolicy", 2, Use::value},
    Parameter{"ep", 2, Use::value},
    Parameter{"windowstyle", 1, Use::value},
    Parameter{"inputformat", 2, Use::value},
    Parameter{"if", 2, Use::value},
    Parameter{"outputformat", 1, Use::value},
    Parameter{"of", 2, Use::value},
    Parameter{"psconsolefile", 2, Use::value},
    Parameter{"workingdirectory", 2, Use::folder},
    Parameter{"wd", 2, Use::folder},
    Parameter{"configurationname", 6, Use::value},
    Parameter{"configurationfile", 14, Use::value},
    Parameter{"custompipename", 2, Use::value},
    Parameter{"settingsfile", 8, Use::value},
    Parameter{"noprofile", 3, Use::flag},
    Parameter{"noninteractive", 4, Use::flag},
    Parameter{"nologo", 3, Use::flag},
    Parameter{"noexit", 3, Use::flag},
    Parameter{"login", 1, Use::flag},
    Parameter{"interactive", 1, Use::flag},
    Parameter{"sta", 3, Use::flag},
    Parameter{"mta", 3, Use::flag},
    Parameter{"help", 1, Use::help},
    Parameter{"?", 1, Use::help},
    Parameter{"version", 1, Use::help},
};

/// The parameter that an argument names, in any case, with any dash or a slash.
const Parameter* parameter_of(std::string_view argument) {
  std::size_t head = 1;
  if (argument.starts_with("\xE2\x80")) head = 3;
  else if (argument.starts_with("--")) head = 2;
  else if (argument.empty() || (argument[0] != '-' && argument[0] != '/')) return nullptr;
  const std::string name = base::lower(argument.substr(std::min(head, argument.size())));
  for (const Parameter& row : kParameters) {
    if (name.size() >= row.least && row.name.starts_with(name)) return &row;
  }
  return nullptr;
}

Text joined(std::span<const Text> words) {
  Text out;
  for (const Text& w : words) {
    if (!out.empty()) out.append(" ");
    out.append(w);
  }
  return out;
}

class HostRun {
 public:
  HostRun(std::span<const Text> arguments, program::Effects& effects) : arguments_(arguments), effects_(effects) {
    change_.via = effects.name();
  }

  void run() {
    words();
    if (entered_) effects_.leave();
  }

 private:
  void words() {
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
      const Parameter* p = parameter_of(arguments_[i].view());
      if (p == nullptr) return operand(i);
      switch (p->use) {
        case Use::flag: break;
        case Use::value: ++i; break;
        case Use::folder: enter(++i); break;
        case Use::help: return;
        case Use::code: return code(i + 1);
        case Use::encoded: return encoded(i + 1);
        case Use::file: return script(i + 1);
      }
    }
    input();
  }

  void enter(std::size_t i) {
    if (i >= arguments_.size() || entered_) return;
    effects_.enter(arguments_[i]);
    entered_ = true;
  }

  void operand(std::size_t i) {
    if (base::lower(arguments_[i].view()).ends_with(".ps1")) return script(i);
    code(i);
  }

  void code(std::size_t i) {
    if (i >= arguments_.size()) return;
    if (arguments_[i].view() == "-") return input();
    read_code(joined(arguments_.subspan(i)), {}, change_, effects_);
  }

  void encoded(std::size_t i) {
    if (i >= arguments_.size()) return;
    const auto text = arguments_[i].literal() ? decode_command(arguments_[i].view()) : std::nullopt;
    if (text) return read_code(Text(*text), {}, change_, effects_);
    effects_.opaque(model::OpaqueReason::decode_and_run, "`" + effects_.name() + "` runs encoded code");
  }

  void script(std::size_t i) {
    if (i >= arguments_.size()) return;
    if (arguments_[i].view() == "-") return input();
    (void)effects_.file(model::OpKind::read, arguments_[i], {}, "script run by `" + effects_.name() + "`");
    effects_.run_file(arguments_[i], "powershell", {arguments_.begin() + static_cast<std::ptrdiff_t>(i), arguments_.end()}, change_);
  }

  void input() { effects_.run_input("powershell", {}, change_); }

  bool entered_ = false;
  std::span<const Text> arguments_;
  program::Effects& effects_;
  program::Change change_;
};

}  // namespace

std::optional<std::string> decode_command(std::string_view encoded) {
  if (!base::is_base64(encoded)) return std::nullopt;
  const std::string bytes = base::base64_decoded(encoded);
  if (bytes.empty() || bytes.size() % 2 != 0) return std::nullopt;
  std::string out;
  std::size_t plain = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    const unsigned unit = static_cast<unsigned char>(bytes[i]) | (static_cast<unsigned>(static_cast<unsigned char>(bytes[i + 1])) << 8U);
    if (unit == 0 || (unit >= 0xD800U && unit < 0xE000U)) return std::nullopt;
    if (unit < 0x80U) ++plain;
    base::append_utf8(out, unit);
  }
  // Bytes that were no UTF-16 give characters from everywhere.
  if (plain * 4 < bytes.size()) return std::nullopt;
  return out;
}

void run_host(std::span<const Text> arguments, program::Effects& effects) { HostRun(arguments, effects).run(); }

}  // namespace belay::command::powershell
