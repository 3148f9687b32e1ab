#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Time and ids as text, from values that the caller read: no clock, no locale, no time zone in here.
namespace belay::audit {

/// `2026-11-22T07:35:15.123456Z`; UTC, proleptic Gregorian calendar.
[[nodiscard]] std::string iso_time(std::uint64_t unix_micros);
/// The reverse, of exactly that form.
[[nodiscard]] std::optional<std::uint64_t> unix_micros_of(std::string_view iso);

/// RFC 9562 UUIDv7: milliseconds of `unix_micros`, the rest from ten random bytes.
[[nodiscard]] std::string uuid7(std::uint64_t unix_micros, const std::array<std::uint8_t, 10>& random);

}  // namespace belay::audit
