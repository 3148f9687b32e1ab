#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Freshness: what the sources of an image looked like when it was made. Compared for equality, never for "newer than": an older file moved
/// into place is a change too.
namespace belay::trust {

struct Stamp {
  std::string path;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t mtime_ns = 0;
  std::int64_t ctime_ns = 0;

  friend bool operator==(const Stamp&, const Stamp&) = default;
};

/// What stat(2) says of `path` now. Errc::not_found, Errc::io.
[[nodiscard]] base::Result<Stamp> stamp_of(const std::string& path);

/// The bytes of the section `stamps`: who made the image (any text; another maker is another program), then the stamps, each 40 bytes,
/// u32 length and path. Little-endian.
[[nodiscard]] std::string encode_stamps(std::string_view maker, std::span<const Stamp> stamps);

/// Whether `encoded` is what `maker` would write about the same paths now. Anything malformed is not fresh.
[[nodiscard]] bool fresh(std::string_view encoded, std::string_view maker, std::span<const std::string> paths);

}  // namespace belay::trust
