#include "command/output/filters.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"

namespace belay::command {

namespace {

using Args = std::span<const Text>;

/// How the arguments of a tool name files. Words are separated by `|`.
struct ToolRow {
  std::string_view name;
  std::string_view output;       ///< options that are followed by the file that is written
  std::string_view input;        ///< … that is read
  std::size_t own_operands = 0;  ///< operands before the files: a program in the tool's language
  std::string_view valued;       ///< letters of options with a value
  std::string_view programs;     ///< those of them that stand for the own operands
  bool one_input = false;        ///< a second file is written
};
constexpr std::array kTools{
    ToolRow{"rev", "", ""},
    ToolRow{"tac", "", ""},
    ToolRow{"nl", "", "", 0, "bdfhilnsvw"},
    ToolRow{"sort", "-o|--output", "", 0, "ktST"},
    ToolRow{"uniq", "", "", 0, "fsw", "", true},
    ToolRow{"base64", "", ""},
    ToolRow{"base32", "", ""},
    ToolRow{"basenc", "", ""},
    ToolRow{"xxd", "", "", 0, "clos", "", true},
    ToolRow{"openssl", "-out", "-in", 1},
    ToolRow{"sed", "", "", 1, "efl", "ef"},
    ToolRow{"gsed", "", "", 1, "efl", "ef"},
    ToolRow{"awk", "", "", 1, "vFf", "f"},
    ToolRow{"gawk", "", "", 1, "vFf", "f"},
    ToolRow{"mawk", "", "", 1, "vFf", "f"},
    ToolRow{"cut", "", "", 0, "bcdf"},
    ToolRow{"head", "", "", 0, "nc"},
    ToolRow{"tail", "", "", 0, "nc"},
    ToolRow{"tr", "", "", 2},
    ToolRow{"fold", "", "", 0, "w"},
    ToolRow{"paste", "", "", 0, "d"},
    ToolRow{"grep", "", "", 1, "efmABCdD", "ef"},
    ToolRow{"egrep", "", "", 1, "efmABCdD", "ef"},
    ToolRow{"fgrep", "", "", 1, "efmABCdD", "ef"},
    ToolRow{"iconv", "-o", ""},
    ToolRow{"gunzip", "", ""},
    ToolRow{"zcat", "", ""},
    ToolRow{"uudecode", "-o", ""},
};

bool listed(std::string_view words, std::string_view word) {
  const auto all = base::split(words, '|');
  return std::find(all.begin(), all.end(), word) != all.end();
}

/// The letter of a cluster whose value is the next word; 0 when there is none.
char wants_value(std::string_view word, std::string_view valued) {
  if (word.size() < 2 || word[0] != '-' || word[1] == '-') return 0;
  const std::size_t at = word.find_first_of(valued, 1);
  return at + 1 == word.size() ? word[at] : '\0';
}

/// Sorts the words of a call into what it is told and the files that it is told to read.
class Sorter {
 public:
  Sorter(const ToolRow& tool, FilterCall& out, const FileText& file)
      : tool_(tool), out_(out), file_(file), own_(tool.own_operands) {}

  void sort(Args words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string_view word = words[i].view();
      const bool more = i + 1 < words.size();
      if (listed(tool_.output, word)) ++i;
      else if (listed(tool_.input, word) && more) take_file(words[++i]);
      else if (word.starts_with('-') && word != "-") option(words[i], more ? &words[i + 1] : nullptr) ? ++i : i;
      else if (own_ > 0) --own_, out_.argv.push_back(words[i]);
      else if (tool_.one_input && std::exchange(has_input_, true)) continue;
      else if (word != "-") take_file(words[i]);
    }
    // What lies on the disk is not what standard input brings.
    if (unknown_file_ && !known_file_) out_.input.reset();
  }

 private:
  /// Whether `next` was its value.
  bool option(const Text& word, const Text* next) {
    if (tool_.name.ends_with("sed") && (word.view().starts_with("-i") || word.view().starts_with("--in-place"))) {
      out_.in_place = true;
      return false;
    }
    out_.argv.push_back(word);
    const bool program =
        word.size() > 1 && word.view()[1] != '-' && word.view().find_first_of(tool_.programs, 1) != std::string_view::npos;
    if (program) own_ = 0;
    if (next == nullptr || wants_value(word.view(), tool_.valued) == 0) return false;
    out_.argv.push_back(*next);
    return true;
  }

  void take_file(const Text& path) {
    const auto text = file_(path);
    unknown_file_ = unknown_file_ || !text;
    if (!text) return;
    if (std::exchange(known_file_, true)) out_.input->append(*text);
    else out_.input = *text;
  }

  const ToolRow& tool_;
  FilterCall& out_;
  const FileText& file_;
  std::size_t own_;
  bool known_file_ = false;
  bool unknown_file_ = false;
  bool has_input_ = false;
};

}  // namespace

std::optional<FilterCall> filter_call(Args argv, const std::optional<Text>& input, const FileText& file) {
  const std::string_view path = argv.front().view();
  const auto tool = std::find_if(kTools.begin(), kTools.end(),
                                 [&](const ToolRow& row) { return row.name == path.substr(path.rfind('/') + 1); });
  if (tool == kTools.end()) return std::nullopt;
  FilterCall out;
  out.argv.push_back(argv.front());
  out.input = input;
  Sorter(*tool, out, file).sort(argv.subspan(1));
  return out;
}

}  // namespace belay::command
