#include "command/filters.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"

namespace belay::command {

namespace {

using Args = std::span<const Text>;
using Lines = std::vector<std::string_view>;

/// How the arguments of a tool name files. Words are separated by `|`.
struct ToolRow {
  std::string_view name;
  std::string_view output;     ///< options that are followed by the file that is written
  std::string_view input;      ///< … that is read
  std::size_t own_operands = 0;  ///< operands before the files: a program in the tool's language
};
constexpr std::array kTools{
    ToolRow{"rev", "", ""},         ToolRow{"tac", "", ""},          ToolRow{"sort", "-o|--output", ""}, ToolRow{"uniq", "", ""},
    ToolRow{"base64", "", ""},      ToolRow{"base32", "", ""},       ToolRow{"basenc", "", ""},          ToolRow{"xxd", "", ""},
    ToolRow{"openssl", "-out", "-in", 1}, ToolRow{"sed", "", "", 1},    ToolRow{"gsed", "", "", 1},         ToolRow{"awk", "", "", 1},
    ToolRow{"gawk", "", "", 1},     ToolRow{"mawk", "", "", 1},      ToolRow{"cut", "", ""},             ToolRow{"head", "", ""},
    ToolRow{"tail", "", ""},        ToolRow{"tr", "", "", 2},        ToolRow{"fold", "", ""},            ToolRow{"grep", "", "", 1},
    ToolRow{"iconv", "-o", ""},     ToolRow{"gunzip", "", ""},       ToolRow{"zcat", "", ""},            ToolRow{"uudecode", "-o", ""},
};

bool listed(std::string_view words, std::string_view word) {
  const auto all = base::split(words, '|');
  return std::find(all.begin(), all.end(), word) != all.end();
}

Lines lines_of(const Text& text) {
  Lines lines = base::split(text.view(), '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

Text joined(const Lines& lines) {
  std::string out;
  for (const std::string_view line : lines) out.append(line).push_back('\n');
  return Text(out);
}

bool plain(std::string_view s, std::string_view special) { return s.find_first_of(special) == std::string_view::npos; }

/// `s/a/b/g` and `y/ab/cd/`, separated by semicolons, over all lines.
class Sed {
 public:
  explicit Sed(std::string_view script) : rest_(script) {}

  std::optional<std::string> run(std::string_view input) {
    std::string text(input);
    while (!rest_.empty()) {
      const std::size_t begin = rest_.find_first_not_of("; \n");
      if (begin == std::string_view::npos) return text;
      rest_.remove_prefix(begin);
      if (!command(text)) return std::nullopt;
    }
    return text;
  }

 private:
  bool command(std::string& text) {
    const char kind = rest_.front();
    if ((kind != 's' && kind != 'y') || rest_.size() < 4) return false;
    const char delimiter = rest_[1];
    rest_.remove_prefix(2);
    const auto from = part(delimiter);
    const auto to = part(delimiter);
    if (!from || !to) return false;
    const std::size_t end = std::min(rest_.find_first_of("; \n"), rest_.size());
    const std::string_view flags = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (kind == 'y') return flags.empty() && transliterate(text, *from, *to);
    return (flags.empty() || flags == "g") && substitute(text, *from, *to, flags == "g");
  }

  std::optional<std::string_view> part(char delimiter) {
    const std::size_t end = rest_.find(delimiter);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view out = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return out;
  }

  static bool transliterate(std::string& text, std::string_view from, std::string_view to) {
    if (from.size() != to.size() || !plain(from, "\\") || !plain(to, "\\")) return false;
    for (char& c : text) {
      if (const auto at = from.find(c); at != std::string_view::npos) c = to[at];
    }
    return true;
  }

  static bool substitute(std::string& text, std::string_view from, std::string_view to, bool all) {
    if (from.empty() || !plain(from, "\\.*[]^$") || !plain(to, "\\&")) return false;
    std::string out;
    for (const std::string_view line : base::split(text, '\n')) {
      std::size_t at = 0;
      for (auto found = line.find(from); found != std::string_view::npos; found = all ? line.find(from, at) : std::string_view::npos) {
        out.append(line.substr(at, found - at)).append(to);
        at = found + from.size();
      }
      out.append(line.substr(at)).push_back('\n');
    }
    out.pop_back();
    text = std::move(out);
    return true;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<FilterCall> filter_call(Args argv, const std::optional<Text>& input, const FileText& file) {
  const std::string_view path = argv.front().view();
  const auto tool = std::find_if(kTools.begin(), kTools.end(), [&](const ToolRow& row) { return row.name == path.substr(path.rfind('/') + 1); });
  if (tool == kTools.end()) return std::nullopt;
  FilterCall out;
  out.argv.push_back(argv.front());
  out.input = input;
  bool from_file = false;
  std::size_t own = tool->own_operands;
  for (std::size_t i = 1; i < argv.size(); ++i) {
    const std::string_view word = argv[i].view();
    if (listed(tool->output, word)) {
      ++i;
      continue;
    }
    const bool names_input = listed(tool->input, word) && i + 1 < argv.size();
    const bool operand = !word.starts_with('-') || word == "-";
    out.in_place = out.in_place || (tool->name == "sed" && (word.starts_with("-i") || word.starts_with("--in-place")));
    if (!names_input && (!operand || own > 0)) {
      own -= operand ? 1 : 0;
      if (!out.in_place || operand) out.argv.push_back(argv[i]);
      continue;
    }
    const auto text = word == "-" ? std::nullopt : file(argv[names_input ? ++i : i]);
    if (!text) continue;
    if (std::exchange(from_file, true)) out.input->append(*text);
    else out.input = *text;
  }
  return out;
}

std::optional<Text> filtered(std::string_view program, Args args, const std::optional<Text>& input) {
  if (!input || !input->literal()) return std::nullopt;
  if (program == "sed" || program == "gsed") {
    if (args.size() != 1 || !args[0].literal()) return std::nullopt;
    auto text = Sed(args[0].view()).run(input->view());
    return text ? std::optional(Text(*text)) : std::nullopt;
  }
  if (!args.empty()) return std::nullopt;
  Lines lines = lines_of(*input);
  if (program == "sort") std::sort(lines.begin(), lines.end());
  if (program == "uniq") lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  if (program == "tac") std::reverse(lines.begin(), lines.end());
  return joined(lines);
}

}  // namespace belay::command
