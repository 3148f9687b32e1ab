#include "path/compose.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

namespace belay::path {

std::optional<std::string> composed(std::string_view name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
  if (plain) return std::nullopt;
  utf8proc_uint8_t* out = nullptr;
  const auto* const in = reinterpret_cast<const utf8proc_uint8_t*>(name.data());  // NOLINT: the library's own kind of byte
  constexpr auto kForm = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  const utf8proc_ssize_t size = utf8proc_map(in, static_cast<utf8proc_ssize_t>(name.size()), &out, kForm);
  if (size < 0) return std::nullopt;
  std::string text(out, out + size);
  std::free(out);  // NOLINT(cppcoreguidelines-no-malloc): as its manual asks
  if (text == name) return std::nullopt;
  return text;
}

}  // namespace belay::path
