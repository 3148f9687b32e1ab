#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "command/expand.h"

/// Names that nobody sets. What the environment may hold is not known, but that it holds nothing is likely where such a name stands in the middle of a word:
/// `re${x}set` is `reset`. There both count.
namespace belay::command {

namespace {

enum class End : bool { first, last };

char byte_at(End end, std::string_view text) { return text.empty() ? '\0' : end == End::first ? text.front() : text.back(); }

/// The byte with which a part begins or ends, as far as it is written; NUL for what only the shell knows.
char byte_of(End end, const shell::Part& part) {
  if (const auto* plain = std::get_if<shell::Literal>(&part.node)) return byte_at(end, plain->text);
  if (const auto* quoted = std::get_if<shell::Quoted>(&part.node)) return byte_at(end, quoted->text);
  const auto* inner = std::get_if<shell::DoubleQuoted>(&part.node);
  if (inner == nullptr || inner->parts.empty()) return '\0';
  return byte_of(end, end == End::first ? inner->parts.front() : inner->parts.back());
}

bool is_letter(char c) { return base::is_alpha(c) || base::is_digit(c) || c == '_'; }

/// The parameter that a part is, quoted or not.
const shell::Parameter* parameter_of(const shell::Part& part) {
  if (const auto* inner = std::get_if<shell::DoubleQuoted>(&part.node)) return inner->parts.size() == 1 ? parameter_of(inner->parts.front()) : nullptr;
  return std::get_if<shell::Parameter>(&part.node);
}

/// `-n$X`: the value of an option of one letter.
bool is_option_value(const std::vector<shell::Part>& parts, std::size_t i) {
  const auto* before = i == 1 && parts.size() == 2 ? std::get_if<shell::Literal>(&parts.front().node) : nullptr;
  return before != nullptr && before->text.size() == 2 && before->text[0] == '-';
}

}  // namespace

bool environment_decides(std::span<const shell::Part> parts, const State& state) {
  const shell::Parameter* const p = parts.size() == 1 ? parameter_of(parts.front()) : nullptr;
  if (p == nullptr || p->length || p->indirect || p->index || p->computed ||
      !base::is_name_start(p->name.empty() ? '\0' : p->name.front()))
    return false;
  const auto variable = state.variables.find(p->name);
  const bool said = variable != state.variables.end();
  if (said && (variable->second.is_array || !variable->second.value.environment)) return false;
  return p->op == shell::ParamOp::use_default || p->op == shell::ParamOp::assign_default ||
         (p->op == shell::ParamOp::none && said);
}

bool Expander::never_set(const shell::Parameter& p) {
  const bool plain = p.op == shell::ParamOp::none && !p.length && !p.indirect && !p.index && !p.computed && base::is_name_start(p.name.empty() ? '\0' : p.name.front());
  if (!plain || state_.variables.find(p.name) != state_.variables.end()) return false;
  bool maybe_unset = false;
  const auto value = lookup(p.name, &maybe_unset);
  return maybe_unset && value && !value->alternatives.empty() && !value->alternatives.front().literal();
}

bool Expander::may_vanish(const std::vector<shell::Part>& parts, std::size_t i) {
  const shell::Parameter* const p = parameter_of(parts[i]);
  if (p == nullptr) return false;
  const bool inside = (i > 0 && is_letter(byte_of(End::last, parts[i - 1]))) || (i + 1 < parts.size() && is_letter(byte_of(End::first, parts[i + 1])));
  return inside && !is_option_value(parts, i) && never_set(*p);
}

/// `git $x reset`, `nice git $x reset`: unquoted and alone, a name without value leaves no word. Told of those behind which a plain word follows.
bool Expander::word_may_vanish(const std::vector<shell::Word>& words, std::size_t i) {
  if (i == 0 || i + 1 >= words.size() || words[i].parts.size() != 1 || words[i + 1].parts.empty() || !is_letter(byte_of(End::first, words[i + 1].parts.front()))) return false;
  const auto* p = std::get_if<shell::Parameter>(&words[i].parts.front().node);
  return p != nullptr && never_set(*p);
}

namespace {

/// `rm -rf "${OUT:-build}"`: what stands behind a program that takes names of files. A default says what they are, and that they are not empty; of a host or a
/// database it says only which one is meant where nobody set another.
bool takes_files(const std::vector<shell::Word>& words) {
  constexpr std::array<std::string_view, 11> kPrograms{"rm", "rmdir", "unlink", "rimraf", "mv", "cp", "mkdir", "find", "rsync", "touch", "ln"};
  constexpr std::size_t kWrappers = 2;
  for (std::size_t i = 0; i < words.size() && i <= kWrappers; ++i) {
    const auto* word = words[i].parts.size() == 1 ? std::get_if<shell::Literal>(&words[i].parts.front().node) : nullptr;
    if (word == nullptr) return false;  // `$DRY rm`: perhaps something else runs
    if (std::find(kPrograms.begin(), kPrograms.end(), word->text) != kPrograms.end()) return true;
  }
  return false;
}

}  // namespace

bool Expander::prefers_defaults() const { return command_ != nullptr && takes_files(*command_); }

/// Of a name that the call says nothing of, the environment's value is what somebody set for this very purpose; what only the shell or a login sets is never that.
bool Expander::means_default(const shell::Parameter& p, const Subject& subject, const std::optional<Value>& value) const {
  constexpr std::array<std::string_view, 12> kOfTheShell{"HOME", "OLDPWD", "PWD", "USER", "LOGNAME", "PATH", "SHELL", "HOSTNAME", "TMPDIR", "MAIL", "CDPATH", "SUDO_USER"};
  const bool defaults = p.op == shell::ParamOp::use_default || p.op == shell::ParamOp::assign_default;
  if (!defaults || !p.operand || p.operand->parts.empty() || subject.subscript || !value || !value->environment || !prefers_defaults()) return false;
  return state_.variables.find(subject.name) == state_.variables.end() && std::find(kOfTheShell.begin(), kOfTheShell.end(), subject.name) == kOfTheShell.end();
}

}  // namespace belay::command
