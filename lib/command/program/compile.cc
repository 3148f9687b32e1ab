#include "command/program/compile.h"

#include <algorithm>
#include <string>
#include <vector>

#include "command/program/modules.h"

namespace belay::command::program {

namespace {

constexpr std::string_view kSource = "_source";
constexpr std::size_t kMostSources = 256;

/// The names behind `#include`.
std::vector<std::string> included(std::string_view code) {
  constexpr std::string_view kWord = "include";
  constexpr std::size_t kLongestName = 4096;
  std::vector<std::string> out;
  for (std::size_t at = code.find(kWord); at != std::string_view::npos; at = code.find(kWord, at + 1)) {
    const std::size_t before = code.find_last_not_of(" \t", at - 1);
    const std::size_t open = code.find_first_not_of(" \t", at + kWord.size());
    const bool directive = at > 0 && before != std::string_view::npos && code[before] == '#' && open != std::string_view::npos;
    if (!directive || (code[open] != '"' && code[open] != '<')) continue;
    const std::string_view rest = code.substr(open + 1, kLongestName);
    const std::size_t end = rest.find_first_of("\">\n");
    if (end != std::string_view::npos && end > 0) out.emplace_back(rest.substr(0, end));
  }
  return out;
}

class Compiler {
 public:
  Compiler(const Reading& reading, Effects& effects) : reading_(reading), effects_(effects) {}

  void run() {
    for (const ReadOption& o : reading_.options) {  // gcc(1), -include
      if (o.number != kUnknownOption && o.has_value && reading_.info(o).role == Role::code_file) take(reading_.info(o).detail, o.value);
    }
    for (const ReadOperand& o : reading_.operands) {
      if (o.role == Role::code_file) take(o.detail, o.text);
    }
    if (!named_) found();
    if (program_.empty()) return;
    bool named = false;
    const auto build = [&](Role role, const Text& file) {
      if (role != Role::write && role != Role::read_write) return;
      effects_.build(file, program_);
      named = true;
    };
    for (const ReadOption& o : reading_.options) {
      if (o.number != kUnknownOption && o.has_value) build(reading_.info(o).role, o.value);
    }
    for (const ReadOperand& o : reading_.operands) build(o.role, o.text);  // `ar rc lib.a x.o`
    const Text unnamed("a.out");
    if (!named || effects_.source(unnamed, {}).empty()) effects_.build(unnamed, program_);
  }

 private:
  void found() {
    for (const Block& block : reading_.blocks) {
      if (!block.known() || !effects_.has_written() || !block.looks_for_files()) continue;
      for (const std::string& name : effects_.written_names()) {
        if (const auto info = block.variable(std::string(image::kFilePrefix) + name)) take(info->detail, Text(name));
      }
    }
  }

  /// Of several sources, the program does what all of them say. What it was linked of before is in it once.
  void take(std::string_view detail, const Text& file) {
    const std::string_view language = compiled_language(detail);
    if (language.empty()) return;
    named_ = true;
    for (Source& one : effects_.source(file, language)) {
      std::vector<Source> with = headers(one);
      for (auto header = with.rbegin(); header != with.rend(); ++header) add(std::move(*header));
      add(std::move(one));
    }
  }

  void add(Source&& one) {
    if (std::find(program_.begin(), program_.end(), one) != program_.end()) return;
    if (program_.size() == kMostSources) return effects_.opaque(model::OpaqueReason::limit, "a program of very many sources");
    program_.push_back(std::move(one));
  }

  /// What a source in C takes in that the call wrote, and what that takes in.
  std::vector<Source> headers(const Source& source) {
    std::vector<Source> out;
    std::vector<Text> texts{source.content.text.value_or(Text())};
    for (std::size_t i = 0; i < texts.size() && source.language == "c"; ++i) {
      for (const std::string& name : included(texts[i].view())) {
        for (const std::string& file : effects_.written_like(below_here(name))) {
          if (out.size() >= kMostSources || !effects_.first_load(file)) continue;
          for (Source& one : effects_.source(Text(file), "c")) {
            texts.push_back(one.content.text.value_or(Text()));
            out.push_back(std::move(one));
          }
        }
      }
    }
    return out;
  }

  const Reading& reading_;
  Effects& effects_;
  bool named_ = false;
  Built program_;
};

}  // namespace

std::string_view compiled_language(std::string_view detail) {
  return detail.ends_with(kSource) ? detail.substr(0, detail.size() - kSource.size()) : std::string_view();
}

void apply_compiler(const Reading& reading, Effects& effects) { Compiler(reading, effects).run(); }

}  // namespace belay::command::program
