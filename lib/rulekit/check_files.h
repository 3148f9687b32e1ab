#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/diag.h"
#include "image/image.h"
#include "policy/load.h"
#include "rulekit/cases.h"

/// Everything `belay lint` and `belay test` do with the text of rule files; they differ from the rest of the program in that they never
/// touch a real file system.
namespace belay::rulekit {

/// What lies under the files that are looked at: the shipped packs as an image, the organisation's.
using Below = std::span<const image::View* const>;

/// The files that these images carry with them.
[[nodiscard]] std::vector<policy::SourcePtr> carried_by(Below below);

/// All findings about `files`, in order, each once: loading, lists and overrides, compiling, lint. `below` says what is known of programs
/// and, together with the files, what is stopped (a recommendation must pass).
[[nodiscard]] std::vector<base::Diagnostic> lint_files(std::span<const policy::SourcePtr> files, Below below);

/// The cases of `files`. Errc::invalid when they do not load or compile; `out` then says why.
[[nodiscard]] base::Result<std::unique_ptr<TestRun>> test_files(std::span<const policy::SourcePtr> files,
                                                                const TestOptions& options, base::Diagnostics& out);

}  // namespace belay::rulekit
