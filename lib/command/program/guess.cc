#include "command/program/guess.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace belay::command::program {

namespace {

/// How far into the arguments a command may begin; wrappers have few words of their own.
constexpr std::size_t kFurthest = 6;
/// Options that may have a value, of one call: all arguments are read again for each.
constexpr int kMostStripped = 64;

constexpr std::array<std::string_view, 5> kCodeOptions{"-c", "--command", "--exec", "--execute", "--cmd"};

bool takes_code(std::string_view option) {
  return std::find(kCodeOptions.begin(), kCodeOptions.end(), option) != kCodeOptions.end();
}

/// A known program with arguments: a lone word is more likely a name than a command.
bool begins_command(std::span<const Text> rest, const KnowledgeView& knowledge) {
  if (rest.size() < 2 || !rest.front().literal()) return false;
  const std::string_view word = rest.front().view();
  if (word.empty() || !(base::is_alpha(word.front()) || word.front() == '/') || word.find(' ') != std::string_view::npos) return false;
  return knowledge.find(word.substr(word.rfind('/') + 1)).has_value();
}

/// The code of `--exec=CODE`, or of the word behind `-c`: more than one word, or it is a name.
Text code_at(std::span<const Text> rest) {
  const std::string_view option = rest.front().view();
  const std::size_t equals = option.find('=');
  Text code;
  if (equals != std::string_view::npos && takes_code(option.substr(0, equals))) code = rest.front().substr(equals + 1);
  else if (takes_code(option) && rest.size() > 1) code = rest[1];
  return code.view().find(' ') == std::string_view::npos ? Text() : code;
}

/// Index of the first option that is not declared and stands before what may be its value; npos if there is none.
std::size_t open_option(const Reading& reading) {
  for (const ReadOption& o : reading.options) {
    const std::size_t next = o.argument + 1;
    if (o.number != kUnknownOption || o.has_value || next >= reading.arguments.size()) continue;
    const std::string_view written = reading.arguments[o.argument].view();
    const std::string_view value = reading.arguments[next].view();
    const bool whole = written == o.written && (written.size() == 2 || written.starts_with("--") || reading.block().has(Flag::single_dash));
    if (whole && !value.empty() && !value.starts_with('-')) return o.argument;
  }
  return std::string_view::npos;
}

}  // namespace

void guess_option_value(const Reading& reading, Effects& effects) {
  if (reading.harmless || !(reading.block().has_subs() || reading.block().words() > 0)) return;
  std::vector<Text> rest(reading.arguments.begin(), reading.arguments.end());
  Reading other = reading;
  for (int open = 0; other.words.empty() || other.words == reading.words; ++open) {
    const std::size_t option = open_option(other);
    if (option == std::string_view::npos) return;
    if (open == kMostStripped) return effects.opaque(model::OpaqueReason::limit, "`" + effects.name() + "` with very many options that are not known");
    const auto at = rest.begin() + static_cast<std::ptrdiff_t>(option);
    rest.erase(at, at + 2);
    other = read_arguments(effects.knowledge(), reading.blocks.front(), rest);
  }
  rest.insert(rest.begin(), effects.invocation().argv.front());
  Change change;
  change.guessed = true;
  effects.run(std::move(rest), change);
}

void guess_commands(std::span<const Text> arguments, Effects& effects) {
  const KnowledgeView knowledge = effects.knowledge();
  Change change;
  change.via = effects.name();
  change.guessed = true;
  for (std::size_t i = 0; i < std::min(arguments.size(), kFurthest); ++i) {
    const auto rest = arguments.subspan(i);
    if (const Text code = code_at(rest); !code.empty()) return effects.run_shell(code, {}, change);
    if (begins_command(rest, knowledge)) return effects.run({rest.begin(), rest.end()}, change);
  }
}

}  // namespace belay::command::program
