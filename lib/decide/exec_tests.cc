#include "decide/tests.h"
#include "path/path.h"

/// Conditions on the command that runs, or that the operation is an effect of.
namespace belay::decide::tests {

namespace {

using model::Text;

/// `wanted` among blank-separated `names`.
bool named(std::string_view names, std::string_view wanted) {
  for (std::size_t begin = 0; begin < names.size();) {
    const std::size_t end = std::min(names.find(' ', begin), names.size());
    if (names.substr(begin, end - begin) == wanted) return true;
    begin = end + 1;
  }
  return false;
}

/// A word that is not known before the call runs may be any option.
bool unknown_words(const model::Exec& exec) {
  for (const Text& operand : exec.operands) {
    const bool leads = !operand.empty() && operand.view().front() == model::kHole;
    if (leads && has(operand.trait(0), model::HoleTrait::words)) return true;
  }
  return false;
}

/// NAME and GLOB of `NAME=GLOB`; no glob: any value.
struct Wanted {
  std::string_view name;
  std::string_view glob;
  bool any = true;

  explicit Wanted(std::string_view text) : name(text.substr(0, text.find('='))), any(name.size() == text.size()) {
    if (!any) glob = text.substr(name.size() + 1);
  }
};

}  // namespace

Truth program(const Subject& s, std::uint32_t number) {
  return s.exec == nullptr ? Truth::no : path::match_plain(pattern_text(s, number), s.exec->program);
}

Truth option(const Subject& s, std::uint32_t number) {
  if (s.exec == nullptr) return Truth::no;
  const Wanted wanted(pattern_text(s, number));
  Truth best = unknown_words(*s.exec) ? Truth::maybe : Truth::no;
  for (const model::OptionUse& use : s.exec->options) {
    if (!named(use.names, wanted.name)) continue;
    // A guess excuses nothing: `-hash` is no request for help.
    if (use.letters && s.purpose == Purpose::suppress && wanted.name != use.canonical) continue;
    if (wanted.any) return Truth::yes;
    if (use.has_value) best = either(best, path::match_plain(wanted.glob, use.value));
  }
  return best;
}

Truth argument(const Subject& s, std::uint32_t number) {
  Truth best = Truth::no;
  if (s.exec == nullptr) return best;
  const std::string_view glob = pattern_text(s, number);
  for (const Text& operand : s.exec->operands) {
    best = either(best, path::match_plain(glob, operand));
    if (best == Truth::yes) break;
  }
  return best;
}

Truth variable(const Subject& s, std::uint32_t number) {
  Truth best = Truth::no;
  if (s.exec == nullptr) return best;
  const Wanted wanted(pattern_text(s, number));
  for (const model::Binding& binding : s.exec->env) {
    if (binding.name != wanted.name) continue;
    best = either(best, wanted.any ? Truth::yes : path::match_plain(wanted.glob, binding.value));
  }
  return best;
}

/// A command that says nothing runs as whoever started the agent.
Truth user(const Subject& s, std::uint32_t number) {
  if (s.exec == nullptr) return Truth::no;
  const std::string& as = s.exec->as.empty() ? s.question.actor.user : s.exec->as;
  return path::match_plain(pattern_text(s, number), Text(as));
}

Truth standard_input(const Subject& s, std::uint32_t number) {
  return certain(s.exec != nullptr && model::name_of(s.exec->input) == pattern_text(s, number));
}

Truth wrapper(const Subject& s, std::uint32_t number) {
  Truth best = Truth::no;
  if (s.exec == nullptr) return best;
  for (const std::string& via : s.exec->via) best = either(best, path::match_plain(pattern_text(s, number), Text(via)));
  return best;
}

/// The canonical line has one form whatever was written: a pattern is found in it or is not.
Truth line(const Subject& s, std::uint32_t number) {
  return certain(s.exec != nullptr && s.patterns.found(number, s.exec->canonical.view()));
}

/// Where the command works, by every name that is known of it: to suppress, all of them lie there.
Truth folder(const Subject& s, std::uint32_t number) {
  if (s.exec == nullptr || s.exec->folder.lexical.empty()) return Truth::no;
  const path::GlobView glob = glob_at(s.image, number);
  const model::Path& place = s.exec->folder;
  const Truth written = path::meets(glob, place.lexical, {}, s.question.places);
  if (place.canonical == place.lexical) return written;
  const Truth real = path::meets(glob, place.canonical, {}, s.question.places);
  return s.purpose == Purpose::match ? either(written, real) : both(written, real);
}

}  // namespace belay::decide::tests
