#include "command/program/compile.h"

#include <string>

namespace belay::command::program {

namespace {

constexpr std::string_view kSource = "_source";

class Compiler {
 public:
  Compiler(const Reading& reading, Effects& effects) : reading_(reading), effects_(effects) {}

  void run() {
    for (const ReadOperand& o : reading_.operands) {
      if (o.role == Role::code_file) take(o.detail, o.text);
    }
    if (!named_) found();
    if (!program_) return;
    effects_.build(Text("a.out"), *program_);
    for (const ReadOption& o : reading_.options) {
      if (o.number != kUnknownOption && o.has_value && reading_.info(o).role == Role::write) effects_.build(o.value, *program_);
    }
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

  /// Of several sources, the program does what all of them say.
  void take(std::string_view detail, const Text& file) {
    const std::string_view language = compiled_language(detail);
    if (language.empty()) return;
    named_ = true;
    std::optional<Built> one = effects_.source(file, language);
    if (!one) return;
    if (!program_) program_ = std::move(one);
    else if (program_->content.text && one->content.text) program_->content.text->append(*one->content.text);
  }

  const Reading& reading_;
  Effects& effects_;
  bool named_ = false;
  std::optional<Built> program_;
};

}  // namespace

std::string_view compiled_language(std::string_view detail) {
  return detail.ends_with(kSource) ? detail.substr(0, detail.size() - kSource.size()) : std::string_view();
}

void apply_compiler(const Reading& reading, Effects& effects) { Compiler(reading, effects).run(); }

}  // namespace belay::command::program
