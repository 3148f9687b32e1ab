#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diag.h"
#include "base/result.h"
#include "image/image.h"
#include "policy/knowledge.h"
#include "policy/rule.h"

namespace belay::policy {

struct CompileOptions {
  /// The number of a group that a rule names in `when.groups`; images hold numbers only, since at run time nobody asks a name service.
  /// Empty: names are errors and `gid:N` is the way to write a group.
  std::function<std::optional<std::uint32_t>(std::string_view name)> group_id;
  /// Files that the image is to carry with it (see carried_files). Those of the shipped packs, so that a layer above can have them
  /// compiled again with its own lists.
  std::span<const SourcePtr> carry = {};
};

/// Turns loaded rules and knowledge into the bytes of an image (image/image.h). Patterns that do not compile and references that do
/// not resolve are reported to `out`; with an error reported the result is Errc::invalid. Same input, same bytes.
[[nodiscard]] base::Result<std::string> compile(const Policy& policy, const Knowledge& knowledge, base::Diagnostics& out);
[[nodiscard]] base::Result<std::string> compile(const Policy& policy, const Knowledge& knowledge, const CompileOptions& options,
                                                base::Diagnostics& out);

/// The files that an image carries with it, copied.
[[nodiscard]] std::vector<SourcePtr> carried_files(const image::View& image);

}  // namespace belay::policy
