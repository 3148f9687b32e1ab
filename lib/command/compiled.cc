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

Built Evaluator::built(const Text& path, const Text& folder) {
  const Text lexical = path::lexical(path, folder);
  if (!lexical.literal() || (written_.empty() && built_.empty())) return {};
  if (const auto known = built_.find(lexical.view()); known != built_.end()) return known->second;
  if (written_.count(lexical.view()) != 0) return {};
  // Whatever made it (make, cargo, a script): a program has the name of its source.
  const program::CompiledName name(lexical.view());
  written_names_.refresh(written_);
  const auto source = [&](const std::string& file) -> Built {
    const std::string_view language = name.language_in(file);
    auto content = language.empty() ? std::nullopt : written(Text(file), Text("/"));
    return content ? Built{{*std::move(content), std::string(language)}} : Built();
  };
  for (const std::string* file : written_names_.with_stem(name.stem())) {
    if (Built found = source(*file); !found.empty()) return found;
  }
  for (auto it = written_.begin(); name.of_project() && it != written_.end(); ++it) {
    if (Built found = source(it->first); !found.empty()) return found;
  }
  return {};
}

bool operator==(const Source& a, const Source& b) {
  return a.language == b.language && a.content.kind == b.content.kind && a.content.text == b.content.text && a.content.decoded == b.content.decoded;
}

void Evaluator::printed(const Text& text, bool all, Taint taint) {
  Output out;
  out.known = all;
  (all ? out.text : out.part) = text;
  out.taint = taint;
  printed_inside(std::move(out), {});
}

}  // namespace belay::command
