#include "command/program/compile.h"

#include <algorithm>
#include <string>

namespace belay::command::program {

namespace {

constexpr std::string_view kSource = "_source";
constexpr std::size_t kMostSources = 256;

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
    for (const ReadOption& o : reading_.options) {
      if (o.number == kUnknownOption || !o.has_value || reading_.info(o).role != Role::write) continue;
      effects_.build(o.value, program_);
      named = true;
    }
    const Text unnamed("a.out");
    if (!named || effects_.source(unnamed, {}).empty()) effects_.build(unnamed, program_);
  }

 private:
  void found() {
    for (const std::string& name : effects_.written_names()) {
      for (const Block& block : reading_.blocks) {
        const auto info = block.known() ? block.variable(std::string(image::kFilePrefix) + name) : std::nullopt;
        if (info) take(info->detail, Text(name));
      }
    }
  }

  /// Of several sources, the program does what all of them say. What it was linked of before is in it once.
  void take(std::string_view detail, const Text& file) {
    const std::string_view language = compiled_language(detail);
    if (language.empty()) return;
    named_ = true;
    for (Source& one : effects_.source(file, language)) {
      if (std::find(program_.begin(), program_.end(), one) != program_.end()) continue;
      if (program_.size() == kMostSources) return effects_.opaque(model::OpaqueReason::limit, "a program of very many sources");
      program_.push_back(std::move(one));
    }
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
