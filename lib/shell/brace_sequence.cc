#include "shell/brace_sequence.h"

#include <charconv>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"

namespace belay::shell {
namespace {

struct Range {
  std::string_view from, to;
  std::int64_t step = 0;
};

std::optional<std::int64_t> number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size() && !text.empty();
  constexpr std::int64_t kMost = std::int64_t{1} << 53;  // room for every sum below
  return whole && value <= kMost && value >= -kMost ? std::optional(value) : std::nullopt;
}

std::optional<Range> read_range(std::string_view inside) {
  const std::size_t dots = inside.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  Range range{inside.substr(0, dots), inside.substr(dots + 2), 0};
  if (const std::size_t second = range.to.find(".."); second != std::string_view::npos) {
    const std::optional<std::int64_t> step = number(range.to.substr(second + 2));
    if (!step) return std::nullopt;
    range.step = *step;
    range.to = range.to.substr(0, second);
  }
  return range;
}

bool padded(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return text.size() > 1 && text.front() == '0';
}

std::string decimal(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(std::llabs(value));
  const std::size_t sign = value < 0 ? 1 : 0;
  if (digits.size() + sign < width) digits.insert(0, width - digits.size() - sign, '0');
  return value < 0 ? "-" + digits : digits;
}

template <class Make>
std::vector<std::string> count(std::int64_t from, std::int64_t to, std::int64_t step, std::size_t limit, Make make) {
  std::vector<std::string> out;
  const std::int64_t stride = step == 0 ? 1 : std::llabs(step);
  for (std::int64_t i = from; from <= to ? i <= to : i >= to; i += from <= to ? stride : -stride) {
    if (out.size() == limit) return {};
    out.push_back(make(i));
  }
  return out;
}

}  // namespace

std::optional<std::vector<std::string>> brace_sequence(std::string_view inside, std::size_t limit) {
  const std::optional<Range> range = read_range(inside);
  if (!range) return std::nullopt;
  const std::optional<std::int64_t> from = number(range->from);
  const std::optional<std::int64_t> to = number(range->to);
  if (from && to) {
    const std::size_t width =
        padded(range->from) || padded(range->to) ? std::max(range->from.size(), range->to.size()) : std::size_t{0};
    return count(*from, *to, range->step, limit, [&](std::int64_t i) { return decimal(i, width); });
  }
  const bool letters = range->from.size() == 1 && range->to.size() == 1 && base::is_alpha(range->from.front()) &&
                       base::is_alpha(range->to.front());
  if (!letters) return std::nullopt;
  return count(range->from.front(), range->to.front(), range->step, limit,
               [](std::int64_t i) { return std::string(1, static_cast<char>(i)); });
}

}  // namespace belay::shell
