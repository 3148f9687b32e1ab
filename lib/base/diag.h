#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "base/span.h"

namespace belay::base {

enum class Severity : std::uint8_t { note, warning, error };

/// One finding about one text that a person wrote. `code` is stable and never reused (`E102`); each module keeps one table
/// with a row per code (code, severity, title), and nothing else makes codes.
struct Diagnostic {
  std::string code;
  Severity severity = Severity::error;
  std::string message;                       ///< lower case, no final stop, user text in back-ticks
  std::shared_ptr<const SourceText> source;  ///< may be null: then the finding has no position
  Span span;
  std::string label;  ///< beside the caret: what was expected
  std::string help;   ///< what to do; empty when there is nothing to add
};

/// Collects; never stops at the first.
class Diagnostics {
 public:
  void add(Diagnostic d) { items_.push_back(std::move(d)); }
  [[nodiscard]] const std::vector<Diagnostic>& items() const { return items_; }
  [[nodiscard]] bool has_errors() const;

 private:
  std::vector<Diagnostic> items_;
};

/// Compiler-style text with the source line and carets, at most `width` columns wide.
///
///     error[E102]: unknown key `efect`
///       --> rules/git.toml:14:1
///        |
///     14 | efect = "deny"
///        | ^^^^^ expected one of `action`, `id`, …
///        = help: did you mean `effect`?
[[nodiscard]] std::string render(const Diagnostic& d, std::size_t width = 100);

/// The closest of `candidates` by edit distance, or empty when none is near enough to be a likely slip.
[[nodiscard]] std::string_view nearest_name(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace belay::base
