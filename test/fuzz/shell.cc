// The shell reader: any text, in the grammar of each shell. Looks for crashes, for scripts that are neither whole nor say what is wrong, for places outside the text, and for
// brace expansion that gives more words than asked for.
#include "shell/dump.h"
#include "shell/parser.h"
#include "shipped.h"

using namespace belay;

namespace {

void read(const std::string& text, shell::Dialect dialect) {
  const std::size_t size = text.size();
  const shell::Script script = shell::parse(text, {}, dialect);
  fuzz::check(script.complete == script.problems.empty());
  for (const shell::Problem& problem : script.problems) fuzz::check(problem.at.begin <= problem.at.end && problem.at.end <= size + 1);
  fuzz::check(shell::dump(script).size() <= 400 * size + 4096);
  for (const shell::AndOr& list : script.body.items) {
    for (const shell::AndOr::Link& link : list.links) {
      for (const shell::Command& command : link.pipeline.commands) {
        const auto* simple = std::get_if<shell::SimpleCommand>(&command.node);
        for (std::size_t i = 0; simple != nullptr && i < simple->words.size(); ++i)
          fuzz::check(shell::expand_braces(simple->words[i], 64).size() <= 64);
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::bytes_of(data, size);
  for (const shell::Dialect dialect : {shell::Dialect::bash, shell::Dialect::posix, shell::Dialect::zsh}) read(text, dialect);
  return 0;
}
