#include "audit/clock.h"

namespace belay::audit {

namespace {

struct Date {
  std::int64_t year = 0;
  std::uint32_t month = 0;
  std::uint32_t day = 0;
};

constexpr std::int64_t kDaysPerEra = 146'097;  // 400 years
constexpr std::int64_t kEpochShift = 719'468;  // 0000-03-01 to 1970-01-01

/// Years are counted from 1 March, so that the leap day is the last one of a year.
Date date_of(std::int64_t days) {
  days += kEpochShift;
  const std::int64_t era = days / kDaysPerEra;
  const std::int64_t day_of_era = days - era * kDaysPerEra;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const auto day = static_cast<std::uint32_t>(day_of_year - (153 * shifted + 2) / 5 + 1);
  const auto month = static_cast<std::uint32_t>(shifted < 10 ? shifted + 3 : shifted - 9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::int64_t days_of(Date date) {
  const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = year / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1;
  return era * kDaysPerEra + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - kEpochShift;
}

void append_padded(std::string& out, std::uint64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

constexpr std::uint64_t kMicrosPerSecond = 1'000'000;
constexpr std::uint64_t kSecondsPerDay = 86'400;

}  // namespace

std::string iso_time(std::uint64_t unix_micros) {
  const std::uint64_t seconds = unix_micros / kMicrosPerSecond;
  const Date date = date_of(static_cast<std::int64_t>(seconds / kSecondsPerDay));
  const std::uint64_t of_day = seconds % kSecondsPerDay;
  std::string out;
  append_padded(out, static_cast<std::uint64_t>(date.year), 4);
  append_padded(out += '-', date.month, 2);
  append_padded(out += '-', date.day, 2);
  append_padded(out += 'T', of_day / 3600, 2);
  append_padded(out += ':', of_day / 60 % 60, 2);
  append_padded(out += ':', of_day % 60, 2);
  append_padded(out += '.', unix_micros % kMicrosPerSecond, 6);
  return out += 'Z';
}

std::optional<std::uint64_t> unix_micros_of(std::string_view iso) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00.000000Z";
  if (iso.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < iso.size(); ++i) {
    const bool digit = iso[i] >= '0' && iso[i] <= '9';
    if (kForm[i] == '0' ? !digit : iso[i] != kForm[i]) return std::nullopt;
  }
  const auto number = [&](std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (const char c : iso.substr(at, size)) value = value * 10 + static_cast<std::uint64_t>(c - '0');
    return value;
  };
  const Date date{static_cast<std::int64_t>(number(0, 4)), static_cast<std::uint32_t>(number(5, 2)),
                  static_cast<std::uint32_t>(number(8, 2))};
  if (date.year < 1970 || date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) return std::nullopt;
  const std::uint64_t seconds =
      static_cast<std::uint64_t>(days_of(date)) * kSecondsPerDay + number(11, 2) * 3600 + number(14, 2) * 60 + number(17, 2);
  return seconds * kMicrosPerSecond + number(20, 6);
}

std::string uuid7(std::uint64_t unix_micros, const std::array<std::uint8_t, 10>& random) {
  std::array<std::uint8_t, 16> bytes{};
  const std::uint64_t millis = unix_micros / 1000;
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
  for (std::size_t i = 0; i < random.size(); ++i) bytes[6 + i] = random[i];
  bytes[6] = static_cast<std::uint8_t>(0x70U | (bytes[6] & 0x0FU));  // version
  bytes[8] = static_cast<std::uint8_t>(0x80U | (bytes[8] & 0x3FU));  // variant
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += kHex[bytes[i] >> 4U];
    out += kHex[bytes[i] & 15U];
  }
  return out;
}

}  // namespace belay::audit
