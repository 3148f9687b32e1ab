#include "command/find_output.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "command/searched_names.h"
#include "path/path.h"

namespace belay::command {

namespace {

using model::HoleTrait;
using model::Text;
using model::Truth;
using Args = std::span<const Text>;

bool is_expression(std::string_view word) { return word.starts_with('-') || word == "(" || word == "!" || word == ")"; }

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

/// Actions that print something else, or run what prints.
constexpr std::array<std::string_view, 9> kOtherActions{"-printf",  "-fprintf", "-ls",    "-fls",   "-exec",
                                                        "-execdir", "-ok",      "-okdir", "-fprint"};
constexpr std::array<std::string_view, 2> kNameTests{"-name", "-iname"};
constexpr std::array<std::string_view, 3> kAlternatives{"-o", "-or", ","};
constexpr std::array<std::string_view, 3> kLeadingOptions{"-H", "-L", "-P"};

/// The tests of an expression as far as they say what is printed.
struct Tests {
  std::vector<Text> names;  ///< patterns, one of which everything printed matches if `named`
  bool named = true;        ///< every alternative (`-o`) has a name
  bool below_only = false;  ///< `-mindepth` over 0, or only files
  bool print0 = false;
  bool all = true;  ///< no test leaves a file out
};

std::optional<Tests> read_tests(Args expression) {
  Tests out;
  bool negated = false;
  std::size_t names_before = 0;  // of this alternative
  for (std::size_t i = 0; i < expression.size(); ++i) {
    const std::string_view word = expression[i].view();
    if (!expression[i].literal() || is_one_of(word, kOtherActions)) return std::nullopt;
    const bool has_value = i + 1 < expression.size();
    if (is_one_of(word, kNameTests) && has_value && !negated) out.names.push_back(expression[i + 1]);
    if (is_one_of(word, kAlternatives)) {
      out.named = out.named && out.names.size() > names_before;
      names_before = out.names.size();
    }
    if (word == "-mindepth" && has_value) out.below_only = expression[i + 1].view() != "0";
    if (word == "-type" && has_value && !negated) out.below_only = out.below_only || expression[i + 1].view() == "f";
    out.print0 = out.print0 || word == "-print0";
    const bool open = (word == "-mindepth" || word == "-type") && has_value && !negated;
    out.all = out.all && (open || word == "-print" || word == "-print0");
    if (open && word == "-type") out.all = out.all && expression[i + 1].view() == "f";
    // `-not -name x`; the value of a test may not be mistaken for the next one.
    negated = word == "!" || word == "-not";
    if (is_one_of(word, kNameTests) || open) ++i;
    if (word == "-iname") out.named = false;  // the letters are not known
  }
  out.named = out.named && out.names.size() > names_before;
  return out;
}

Text base_name(const Text& path) {
  std::string_view v = path.view();
  while (v.size() > 1 && v.back() == '/') v.remove_suffix(1);
  return path.substr(v.rfind('/') == std::string_view::npos ? 0 : v.rfind('/') + 1, v.size());
}

bool prints_start(const Tests& tests, const Text& start) {
  if (tests.below_only) return false;
  const Text name = base_name(start);
  return tests.names.empty() || std::any_of(tests.names.begin(), tests.names.end(), [&](const Text& pattern) {
           return path::match_plain(pattern.view(), name) != Truth::no;
         });
}

void append_line(Text& out, const Text& line) {
  if (!out.empty()) out.append("\n");
  out.append(line);
}

Text below(const Text& start) {
  Text out = start;
  if (!out.view().ends_with('/')) out.append("/");
  return out;
}

/// What lies anywhere below `start` and has a name that ends in `end`.
void append_found(Text& out, const Text& start, HoleTrait name, std::string_view end) {
  Text line = below(start);
  line.append_hole(HoleTrait::slash | HoleTrait::blank |
                   (end.empty() ? HoleTrait::each | (has(name, HoleTrait::glob) ? HoleTrait::glob : HoleTrait::none) : name));
  line.append(end);
  append_line(out, line);
}

void append_named(Text& out, const Text& start, std::string_view name) {
  const auto live = name.find_last_of(std::string_view("*?[]\\\0", 6));
  if (live != std::string_view::npos) return append_found(out, start, HoleTrait::empty, name.substr(live + 1));
  Text here = below(start);
  here.append(name);
  append_line(out, here);
  append_found(out, start, HoleTrait::each, "/" + std::string(name));
}

void append_found(Text& out, const Text& start, const Tests& tests) {
  if (!tests.named) return append_found(out, start, tests.all ? HoleTrait::glob : HoleTrait::none, {});
  for (const Text& name : tests.names) {
    append_named(out, start, name.view());
    const std::vector<Text> names = names_of_glob(name);
    for (std::size_t i = 1; i < names.size(); ++i) append_named(out, start, names[i].view());
  }
}

}  // namespace

std::optional<Text> find_output(Args args) {
  while (!args.empty() && is_one_of(args.front().view(), kLeadingOptions)) args = args.subspan(1);
  const auto first = std::ranges::find_if(args, [](const Text& word) { return is_expression(word.view()); });
  const auto count = static_cast<std::size_t>(first - args.begin());
  std::vector<Text> starts(args.begin(), first);
  if (starts.empty()) starts.emplace_back(".");
  const auto tests = read_tests(args.subspan(count));
  if (!tests) return std::nullopt;
  Text out;
  for (const Text& start : starts) {
    if (prints_start(*tests, start)) append_line(out, start);
    append_found(out, start, *tests);
  }
  // No text can hold the NUL of `-print0`: whoever reads names that end in one takes a newline as well.
  if (!tests->print0) out.append("\n");
  return out;
}

}  // namespace belay::command
