#include "command/output/calculated.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "base/text.h"
#include "command/output/options.h"
#include "regex/posix.h"

namespace belay::command {

namespace {

using model::HoleTrait;
using Args = std::span<const Text>;

constexpr long kMostNumbers = 256;
constexpr std::size_t kMostFormat = 256;  ///< bytes that are written for each number

std::optional<long> integer(const Text& text) {
  long n = 0;
  const std::string_view v = text.view();
  const auto [end, error] = std::from_chars(v.data(), v.data() + v.size(), n);
  return error == std::errc() && end == v.data() + v.size() && !v.empty() ? std::optional(n) : std::nullopt;
}

/// One conversion (`%g`, `%03g`) of a format and what stands around it.
Text formatted_number(std::string_view format, const Text& digits) {
  Text out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      out.append(format.substr(i, 1));
    } else if (format.substr(i, 2) == "%%") {
      out.append("%");
      ++i;
    } else {
      const std::size_t end = format.find_first_of("aAeEfFgG", i);
      if (format.substr(i, 2) == "%g") out.append(digits);
      else out.append_hole(HoleTrait::none);
      i = std::min(end, format.size() - 1);
    }
  }
  return out;
}

Text line(Text text) {
  text.append("\n");
  return text;
}

std::optional<Text> matched(const Text& string, const Text& source) {
  if (!string.literal() || !source.literal()) return std::nullopt;
  const auto pattern = regex::Posix::compile("^" + source.bytes(), regex::Grammar::basic);
  if (!pattern) return std::nullopt;
  const auto found = pattern->match(string.view());
  const bool grouped = source.view().find("\\(") != std::string_view::npos;
  if (!grouped) return line(Text(std::to_string(found ? found->front().end : 0)));
  if (!found) return Text("\n");
  const auto group = (*found)[1];
  return line(string.substr(group.begin, group.end - group.begin));
}

std::optional<Text> part_of(Args args) {
  const auto position = integer(args[1]);
  const auto length = integer(args[2]);
  if (!args[0].literal() || !position || !length) return std::nullopt;
  if (*position < 1 || *length < 1 || static_cast<std::size_t>(*position) > args[0].size()) return Text("\n");
  return line(args[0].substr(static_cast<std::size_t>(*position) - 1, static_cast<std::size_t>(*length)));
}

}  // namespace

std::optional<Text> sequence(Args args) {
  // A number below zero is no option.
  const auto first_number = std::find_if(args.begin(), args.end(), [](const Text& arg) { return integer(arg).has_value(); });
  const Args given(first_number, args.end());
  const auto options = Options::read(Args(args.begin(), first_number), {"w", "fs", "equal-width=w format=f separator=s"});
  if (!options || !options->operands().empty() || given.empty() || given.size() > 3) return std::nullopt;
  const auto first = given.size() > 1 ? integer(given[0]) : 1;
  const auto step = given.size() > 2 ? integer(given[1]) : 1;
  const auto last = integer(given.back());
  const Text* const format = options->value('f');
  const Text* const between = options->value('s');
  const auto written = [&](const Text& digits) { return format != nullptr ? formatted_number(format->view(), digits) : digits; };
  const bool few = first && step && last && *step != 0 && !options->has('w') && (*last - *first) / *step < kMostNumbers &&
                   (format == nullptr || format->size() < kMostFormat) && (between == nullptr || between->size() < kMostFormat);
  if (!few) return line(written(Text::hole(HoleTrait::blank)));
  Text out;
  for (long n = *first; *step > 0 ? n <= *last : n >= *last; n += *step) {
    if (!out.empty()) out.append(between != nullptr ? *between : Text("\n"));
    out.append(written(Text(std::to_string(n))));
  }
  return out.empty() ? out : line(out);
}

std::optional<Text> expression(Args args) {
  if (args.size() == 3 && args[1].view() == ":") return matched(args[0], args[2]);
  if (args.size() == 3 && args[0].view() == "match") return matched(args[1], args[2]);
  if (args.size() == 4 && args[0].view() == "substr") return part_of(args.subspan(1));
  if (args.size() == 1 && args[0].literal()) return line(args[0]);
  const bool counts =
      args.size() == 3 && args[1].literal() && std::string_view("+-*/%").find(args[1].view()) != std::string_view::npos;
  return counts ? std::optional(line(Text::hole(HoleTrait::none))) : std::nullopt;
}

std::optional<Text> date(Args args) {
  for (const Text& arg : args) {
    const std::string_view format = arg.view();
    if (!format.starts_with('+')) continue;
    Text out;
    std::size_t hole = 0;
    for (std::size_t i = 1; i < format.size(); ++i) {
      if (format[i] == model::kHole) {
        out.append_hole(arg.trait(hole++));
      } else if (format[i] != '%' || i + 1 == format.size()) {
        out.append(format.substr(i, 1));
      } else {
        i = std::min(format.find_first_not_of("-_0^#:EO123456789", i + 1), format.size() - 1);
        if (format[i] == '%') out.append("%");
        else if (format[i] == 'n' || format[i] == 't') out.append(format[i] == 'n' ? "\n" : "\t");
        else
          out.append_hole(std::string_view("cDrx+").find(format[i]) == std::string_view::npos
                              ? HoleTrait::none
                              : HoleTrait::blank | HoleTrait::slash);
      }
    }
    return line(std::move(out));
  }
  return line(Text::hole(HoleTrait::none));
}

std::optional<Text> affirmed(Args args) {
  Text out;
  for (const Text& arg : args) {
    if (!out.empty()) out.append(" ");
    out.append(arg);
  }
  if (args.empty()) out.append("y");
  return line(std::move(out));
}

}  // namespace belay::command
