#include <string>

#include "command/evaluator.h"
#include "command/program/languages.h"
#include "path/path.h"

/// Programs that this call compiled of text that it wrote: they do what their source says. What code prints.
namespace belay::command {

void Evaluator::build(const Text& path, const Text& folder, const Built& program) {
  const Text lexical = path::lexical(path, folder);
  if (lexical.literal()) built_.insert_or_assign(lexical.bytes(), program);
}

std::optional<Built> Evaluator::built(const Text& path, const Text& folder) {
  const Text lexical = path::lexical(path, folder);
  if (!lexical.literal() || (written_.empty() && built_.empty())) return std::nullopt;
  if (const auto known = built_.find(lexical.view()); known != built_.end()) return known->second;
  if (written_.count(lexical.view()) != 0) return std::nullopt;
  // Whatever made it (make, cargo, a script): a program has the name of its source.
  for (const std::string& source : program::source_names(lexical.view())) {
    for (const std::string& file : written_like(source)) {
      if (auto content = written(Text(file), Text("/"))) return Built{*std::move(content), std::string(program::language_of_file(file))};
    }
  }
  return std::nullopt;
}

void Evaluator::printed(const Text& text, bool all, Taint taint) {
  Output out;
  out.known = all;
  (all ? out.text : out.part) = text;
  out.taint = taint;
  printed_inside(std::move(out), {});
}

}  // namespace belay::command
