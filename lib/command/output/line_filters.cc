#include "command/output/line_filters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <string>
#include <utility>

#include "base/text.h"
#include "command/output/line_pattern.h"
#include "command/output/options.h"
#include "command/output/sed_script.h"
#include "regex/posix.h"

namespace belay::command {

namespace {

using Known = std::optional<Lines>;

std::optional<std::size_t> number(std::string_view digits) {
  std::size_t n = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return error == std::errc() && end == digits.data() + digits.size() ? std::optional(n) : std::nullopt;
}

std::size_t index_of_many(const Lines& lines) {
  return static_cast<std::size_t>(std::find_if(lines.begin(), lines.end(), is_many) - lines.begin());
}

void take_some(Lines& lines) {
  for (Text& line : lines) line = is_many(line) ? some_of(line) : line;
}

/// The first `count`; behind a line that stands for many, any of the rest may be among them.
Lines first_of(Lines lines, std::size_t count) {
  if (count < lines.size() && index_of_many(lines) >= count) lines.resize(count);
  take_some(lines);
  return lines;
}

/// Without the first `count`.
Lines behind(Lines lines, std::size_t count) {
  if (count == 0) return lines;
  const std::size_t certain = std::min({count, index_of_many(lines), lines.size()});
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(certain));
  take_some(lines);
  return lines;
}

Lines reversed(Lines lines) {
  std::reverse(lines.begin(), lines.end());
  return lines;
}

std::optional<std::size_t> count_given(const Options& options) {
  const Text* const given = options.value('n');
  if (given == nullptr) return 10;
  return number(given->view());
}

Known head(const Options& options, Lines lines) {
  const Text* const given = options.value('n');
  if (given != nullptr && given->view().starts_with('-')) {  // all but the last
    const auto count = number(given->view().substr(1));
    return count ? Known(reversed(behind(reversed(std::move(lines)), *count))) : std::nullopt;
  }
  const auto count = count_given(options);
  return count ? Known(first_of(std::move(lines), *count)) : std::nullopt;
}

Known tail(const Options& options, Lines lines) {
  const Text* const given = options.value('n');
  if (given != nullptr && given->view().starts_with('+')) {  // from that one on
    const auto from = number(given->view().substr(1));
    return from ? Known(behind(std::move(lines), *from == 0 ? 0 : *from - 1)) : std::nullopt;
  }
  const auto count = count_given(options);
  return count ? Known(reversed(first_of(reversed(std::move(lines)), *count))) : std::nullopt;
}

/// What is asked for, in its order where it is known; of lines that stand for many the order says nothing.
Known sort(const Options& options, Lines lines) {
  if (!all_literal(lines)) return lines;
  if (lines.size() > 1 && (options.has('n') || options.has('k') || options.has('f') || options.has('V'))) return std::nullopt;
  std::sort(lines.begin(), lines.end(), [](const Text& a, const Text& b) { return a.view() < b.view(); });
  if (options.has('u')) lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  return options.has('r') ? reversed(std::move(lines)) : lines;
}

Known uniq(const Options&, Lines lines) {
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  return lines;
}

Known tac(const Options&, Lines lines) { return reversed(std::move(lines)); }

Known shuf(const Options& options, Lines lines) {
  if (all_literal(lines) && lines.size() > 1) return std::nullopt;
  if (options.has('n')) take_some(lines);
  return lines;
}

Known as_they_are(const Options&, Lines lines) { return lines; }

Known nl(const Options&, Lines lines) {
  constexpr std::size_t kWidth = 6;
  const std::size_t many = index_of_many(lines);
  std::size_t n = 0;
  for (Text& line : lines) {
    const std::string digits = std::to_string(++n);
    Text numbered(std::string(digits.size() < kWidth ? kWidth - digits.size() : 0, ' '));
    if (n > many + 1 || is_many(line)) numbered.append_hole(model::HoleTrait::none);
    else numbered.append(digits);
    numbered.append("\t");
    numbered.append(line);
    line = std::move(numbered);
  }
  return lines;
}

/// Lines that are short enough are not broken.
Known fold(const Options& options, Lines lines) {
  const Text* const given = options.value('w');
  const auto width = given != nullptr ? number(given->view()) : std::optional<std::size_t>(80);
  const bool fits =
      width && std::all_of(lines.begin(), lines.end(), [&](const Text& line) { return line.literal() && line.size() <= *width; });
  return fits ? Known(std::move(lines)) : std::nullopt;
}

Known paste(const Options& options, Lines lines) {
  if (!options.has('s')) return options.has('d') ? std::nullopt : Known(std::move(lines));
  const Text* const given = options.value('d');
  if (given != nullptr && given->size() > 1) return std::nullopt;
  Text all;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i != 0) all.append(given == nullptr ? std::string_view("\t") : given->view());
    all.append(lines[i]);
  }
  return Lines{std::move(all)};
}

/// `1,3-5,7-`: which of the parts, counted from 1.
class Selection {
 public:
  [[nodiscard]] static std::optional<Selection> read(std::string_view list) {
    Selection out;
    for (const std::string_view part : base::split(list, ',')) {
      const std::size_t dash = part.find('-');
      const auto from = dash == 0 ? std::optional<std::size_t>(1) : number(part.substr(0, dash));
      const bool open = dash != std::string_view::npos && dash + 1 == part.size();
      const auto to = dash == std::string_view::npos ? from
                      : open                         ? std::optional(std::string_view::npos)
                                                     : number(part.substr(dash + 1));
      if (!from || !to || *from == 0) return std::nullopt;
      out.ranges_.emplace_back(*from, *to);
    }
    return out;
  }
  [[nodiscard]] bool has(std::size_t n) const {
    return std::any_of(ranges_.begin(), ranges_.end(), [n](const auto& range) { return range.first <= n && n <= range.second; });
  }
  [[nodiscard]] bool everything() const {
    return std::any_of(ranges_.begin(), ranges_.end(),
                       [](const auto& range) { return range.first == 1 && range.second == std::string_view::npos; });
  }
  /// No part behind that one.
  [[nodiscard]] bool ends_by(std::size_t n) const {
    return std::all_of(ranges_.begin(), ranges_.end(), [n](const auto& range) { return range.second <= n; });
  }

 private:
  std::vector<std::pair<std::size_t, std::size_t>> ranges_;
};

Text bytes_of(const Text& line, const Selection& wanted) {
  if (wanted.everything()) return line;
  const std::size_t hole = line.view().find(model::kHole);
  if (hole != std::string_view::npos && !wanted.ends_by(hole)) return changed(line);
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (wanted.has(i + 1)) out.push_back(line.view()[i]);
  }
  return Text(out);
}

/// A path has no tab in it; any other delimiter may be in a hole, and what lies behind is not known.
Text fields_of(const Text& line, const Selection& wanted, char delimiter, std::string_view between) {
  if (wanted.everything() || line.view().find(delimiter) == std::string_view::npos)
    return line.literal() || delimiter == '\t' || wanted.everything() ? line : changed(line);
  Text out;
  std::size_t n = 0;
  bool any = false;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.view().find(delimiter, begin), line.size());
    const Text field = line.substr(begin, end - begin);
    if (!line.substr(0, end).literal() && delimiter != '\t') return wanted.ends_by(n) ? out : changed(line);
    if (wanted.has(++n)) {
      if (std::exchange(any, true)) out.append(between);
      out.append(field);
    }
    begin = end + 1;
  }
  return out;
}

Known cut(const Options& options, Lines lines) {
  const Text* const list = options.has('f') ? options.value('f') : options.has('c') ? options.value('c') : options.value('b');
  const auto wanted = list != nullptr ? Selection::read(list->view()) : std::nullopt;
  const Text* const given = options.value('d');
  if (!wanted || (given != nullptr && given->size() != 1)) return std::nullopt;
  const char delimiter = given == nullptr ? '\t' : given->view().front();
  const Text* const between = options.value('o');
  Lines out;
  for (const Text& line : lines) {
    const bool whole = options.has('f') && line.literal() && line.view().find(delimiter) == std::string_view::npos;
    if (whole && options.has('s')) continue;
    out.push_back(options.has('f') ? fields_of(line, *wanted, delimiter,
                                               between != nullptr ? between->view() : std::string_view(&delimiter, 1))
                                   : bytes_of(line, *wanted));
  }
  return out;
}

/// What grep looks for.
class Patterns {
 public:
  [[nodiscard]] static std::optional<Patterns> of(const Options& options) {
    constexpr std::size_t kMostPatterns = 64;  // each looks at each line
    Patterns out;
    std::vector<Text> given = options.values('e');
    if (given.empty() && !options.operands().empty()) given.push_back(options.operands().front());
    const regex::Grammar grammar = options.has('F')   ? regex::Grammar::fixed
                                   : options.has('E') ? regex::Grammar::extended
                                   : options.has('P') ? regex::Grammar::perl
                                                      : regex::Grammar::basic;
    for (const Text& text : given) {
      if (!text.literal()) return std::nullopt;
      for (const std::string_view one : base::split(text.view(), '\n')) {
        auto pattern = LinePattern::of(one, grammar, options.has('i'));
        if (!pattern || out.all_.size() == kMostPatterns) return std::nullopt;
        out.all_.push_back(*std::move(pattern));
      }
    }
    out.words_ = options.has('w');
    out.whole_line_ = options.has('x');
    return out.all_.empty() ? std::nullopt : std::optional(std::move(out));
  }

  [[nodiscard]] model::Truth met_by(const Text& line) const {
    if (line.literal()) return found_in(line.view()) ? model::Truth::yes : model::Truth::no;
    if (words_ || whole_line_) return model::Truth::maybe;
    const bool certain =
        std::any_of(all_.begin(), all_.end(), [&](const LinePattern& one) { return one.met_by(line) == model::Truth::yes; });
    return certain ? model::Truth::yes : model::Truth::maybe;
  }

  /// Do they mean so few that what is left without them is nearly everything?
  [[nodiscard]] bool mean_one_thing() const {
    return std::all_of(all_.begin(), all_.end(), [](const LinePattern& one) { return one.is_few; });
  }

  /// What is left of a line that may meet one of them.
  [[nodiscard]] Lines narrowed(const Text& line) const {
    return all_.size() == 1 ? all_.front().narrowed(line) : Lines{some_of(line)};
  }

  /// The parts that match, for `-o`.
  void parts(std::string_view line, Lines& out) const {
    for (std::size_t at = 0; at <= line.size();) {
      const auto found = all_.front().compiled.match(line, at);
      if (!found) return;
      const auto [begin, end] = found->front();
      if (end > begin) out.emplace_back(line.substr(begin, end - begin));
      at = end > begin ? end : end + 1;
    }
  }

 private:
  [[nodiscard]] bool found_in(std::string_view line) const {
    return std::any_of(all_.begin(), all_.end(), [&](const LinePattern& one) {
      for (std::size_t at = 0; at <= line.size();) {
        const auto found = one.compiled.match(line, at);
        if (!found) return false;
        if (stands_alone(line, found->front())) return true;
        at = found->front().begin + 1;
      }
      return false;
    });
  }
  [[nodiscard]] bool stands_alone(std::string_view line, regex::Posix::Range at) const {
    if (whole_line_) return at.begin == 0 && at.end == line.size();
    const auto word = [&](std::size_t i) {
      return i < line.size() && (base::is_alpha(line[i]) || base::is_digit(line[i]) || line[i] == '_');
    };
    return !words_ || ((at.begin == 0 || !word(at.begin - 1)) && !word(at.end));
  }

  std::vector<LinePattern> all_;
  bool words_ = false;
  bool whole_line_ = false;
};

Known grep(const Options& options, Lines lines) {
  if (options.has('q')) return Lines();
  const auto patterns = Patterns::of(options);
  if (!patterns || options.has('c') || options.has('l') || options.has('L') ||
      (options.has('o') && (!all_literal(lines) || options.values('e').size() > 1)))
    return std::nullopt;
  Lines out;
  for (const Text& line : lines) {
    const model::Truth met = patterns->met_by(line);
    if (met == (options.has('v') ? model::Truth::yes : model::Truth::no)) continue;
    if (options.has('o')) patterns->parts(line.view(), out);
    else if (met == model::Truth::yes) out.push_back(line);
    else if (options.has('v')) out.push_back(met == model::Truth::maybe && !patterns->mean_one_thing() ? some_of(line) : line);
    else
      for (Text& left : patterns->narrowed(line)) out.push_back(std::move(left));
  }
  const Text* const most = options.value('m');
  const auto count = most != nullptr ? number(most->view()) : std::nullopt;
  return count ? first_of(std::move(out), *count) : out;
}

struct Row {
  std::string_view name;
  OptionTable options;
  Known (*run)(const Options&, Lines);
};

constexpr std::string_view kGrepLongs =
    "regexp=e invert-match=v ignore-case=i word-regexp=w line-regexp=x fixed-strings=F extended-regexp=E perl-regexp=P quiet=q "
    "silent=q "
    "count=c only-matching=o max-count=m no-filename=h line-buffered=U no-messages=s text=a";
constexpr std::array kRows{
    Row{"head", {"qvz", "n", "lines=n quiet=q silent=q verbose=v zero-terminated=z"}, head},
    Row{"tail", {"qvzfF", "n", "lines=n quiet=q silent=q verbose=v zero-terminated=z follow=f"}, tail},
    Row{"sort",
        {"bcdfghiMmnRrsuVz", "ktST",
         "reverse=r unique=u numeric-sort=n version-sort=V human-numeric-sort=n zero-terminated=z key=k field-separator=t "
         "stable=s random-sort=R ignore-case=f"},
        sort},
    Row{"uniq", {"z", "", "zero-terminated=z"}, uniq},
    Row{"tac", {"", "", ""}, tac},
    Row{"shuf", {"z", "n", "head-count=n zero-terminated=z"}, shuf},
    Row{"nl", {"", "", ""}, nl},
    Row{"fold", {"s", "w", "width=w spaces=s"}, fold},
    Row{"column", {"", "", ""}, as_they_are},
    Row{"pv", {"qlbpte", "Ls", ""}, as_they_are},
    Row{"sponge", {"", "", ""}, as_they_are},
    Row{"paste", {"sz", "d", "serial=s delimiters=d"}, paste},
    Row{"cut",
        {"snz", "fcbdo", "fields=f characters=c bytes=b delimiter=d only-delimited=s output-delimiter=o zero-terminated=z"},
        cut},
    Row{"grep", {"viwxFEPGqcolLhsaUz", "em", kGrepLongs}, grep},
    Row{"egrep", {"viwxFEqcolLhsaU", "em", kGrepLongs}, grep},
    Row{"fgrep", {"viwxFEqcolLhsaU", "em", kGrepLongs}, grep},
    Row{"rg", {"viwxFEPqcolNaUz", "em", kGrepLongs}, grep},
};

const Row* row_of(std::string_view program) {
  const auto* const row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& one) { return one.name == program; });
  return row == kRows.end() ? nullptr : row;
}

/// `head -5`, `egrep x`: as `head -n5`, `grep -E x`.
std::vector<Text> modern(std::string_view program, std::span<const Text> args) {
  std::vector<Text> out(args.begin(), args.end());
  if (program == "egrep" || program == "fgrep" || program == "rg") out.insert(out.begin(), Text(program == "fgrep" ? "-F" : "-E"));
  if ((program != "head" && program != "tail") || out.empty() || out.front().size() < 2) return out;
  const std::string_view first = out.front().view();
  if (first[0] == '-' && base::is_digit(first[1])) out.front() = Text("-n" + std::string(first.substr(1)));
  return out;
}

}  // namespace

bool is_line_filter(std::string_view program) { return is_sed(program) || row_of(program) != nullptr; }

std::optional<Text> filtered(std::string_view program, std::span<const Text> args, const std::optional<Text>& input) {
  if (!input) return std::nullopt;
  if (is_sed(program)) return edited_by_sed(args, *input);
  const Row* const row = row_of(program);
  if (row == nullptr) return std::nullopt;
  const auto options = Options::read(modern(program, args), row->options);
  auto lines = options ? row->run(*options, lines_of(*input)) : std::nullopt;
  return lines ? std::optional(text_of(*lines)) : std::nullopt;
}

}  // namespace belay::command
