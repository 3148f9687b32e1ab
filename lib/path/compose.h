#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace belay::path {

/// `name` in Unicode normalization form C (UAX #15), which is how keyboards and rules spell accented letters. HFS+ keeps names in form D, APFS
/// and folding ext4 and f2fs take all forms for the same name. Nothing when it is in that form already, or no UTF-8. NUL bytes stay where they are.
[[nodiscard]] std::optional<std::string> composed(std::string_view name);

}  // namespace belay::path
