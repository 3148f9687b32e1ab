#include "command/program/notebooks.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "command/program/roles.h"
#include "command/program/yaml.h"

namespace belay::command::program {

namespace {

/// `%%NAME`: the language of the cell below (IPython documentation, "Built-in magic commands").
struct CellRow {
  std::string_view magic;
  std::string_view language;
};
constexpr std::array kCells{
    CellRow{"bash", "sh"},      CellRow{"sh", "sh"},          CellRow{"system", "sh"},          CellRow{"sx", "sh"},         CellRow{"!", "sh"},
    CellRow{"script", "sh"},    CellRow{"perl", "perl"},      CellRow{"ruby", "ruby"},          CellRow{"python", "python"}, CellRow{"python3", "python"},
    CellRow{"pypy", "python"},  CellRow{"js", "javascript"},  CellRow{"javascript", "javascript"},
};

/// Line magics that are commands of the system under their own names.
constexpr std::array<std::string_view, 9> kAliases{"rm", "mv", "cp", "cat", "rmdir", "mkdir", "ls", "ln", "man"};

struct First {
  std::string_view word;
  Text rest;
};
First split(const Text& line, std::size_t begin) {
  const std::string_view v = line.view();
  const std::size_t end = std::min(v.find_first_of(" \t", begin), v.size());
  return {v.substr(begin, end - begin), line.substr(std::min(end + 1, v.size()))};
}

class Cell {
 public:
  Cell(const Change& change, Effects& effects) : change_(change), effects_(effects) {}

  /// Magics that only look at what a cell does stand above one another: `%%time`, `%%capture`.
  void run(Text code) {
    constexpr int kMostMagics = 32;
    for (int magics = 0;; ++magics) {
      const std::size_t begin = std::min(code.view().find_first_not_of(" \t\n"), code.size());
      if (code.view().substr(begin, 2) != "%%") break;
      if (magics == kMostMagics) return effects_.opaque(model::OpaqueReason::limit, "a cell with very many magics");
      const std::optional<Text> body = magic(code.substr(begin + 2));
      if (!body) return;
      code = *body;
    }
    lines(code);
  }

 private:
  void lines(const Text& code) {
    std::size_t folders = 0;
    for (std::size_t at = 0; at < code.size();) {
      const std::size_t end = std::min(code.view().find('\n', at), code.size());
      if (line(code.substr(at, end - at))) ++folders;
      at = end + 1;
    }
    for (; folders > 0; --folders) effects_.leave();
    apply_code("python", code, change_, effects_);
  }

  /// What is left to be run, if anything.
  std::optional<Text> magic(const Text& cell) {
    const std::size_t end = std::min(cell.view().find('\n'), cell.size());
    const Text head = cell.substr(0, end);
    const First first = split(head, 0);
    const Text body = cell.substr(std::min(end + 1, cell.size()));
    const auto row = std::ranges::find_if(kCells, [&](const CellRow& r) { return r.magic == first.word; });
    if (row != kCells.end()) return apply_code(row->language, body, change_, effects_), std::nullopt;
    if (first.word == "writefile" || first.word == "file") {
      const std::vector<Text> words = split_words(first.rest);
      if (!words.empty()) effects_.write(words.back(), {}, body, "`%%writefile`");
      return std::nullopt;
    }
    return body;
  }

  /// True when the line goes into another folder.
  bool line(const Text& text) {
    const std::string_view v = text.view();
    const std::size_t begin = std::min(v.find_first_not_of(" \t"), v.size());
    if (v.substr(begin, 1) == "%") return line_magic(text, begin + 1);
    if (v.substr(begin, 1) == "!") shell(text.substr(begin + (v.substr(begin, 2) == "!!" ? 2 : 1)));
    const std::size_t assigned = v.find("= !");
    if (assigned != std::string_view::npos && v.find_first_of("'\"#(") > assigned) shell(text.substr(assigned + 3));
    return false;
  }

  bool line_magic(const Text& text, std::size_t begin) {
    const First first = split(text, begin);
    if (first.word == "cd" && !first.rest.empty()) {
      effects_.enter(first.rest);
      return true;
    }
    if (std::ranges::find(kAliases, first.word) != kAliases.end()) shell(text.substr(begin));
    if (first.word == "system" || first.word == "sx") shell(first.rest);
    if (first.word == "run") {
      const std::vector<Text> words = split_words(first.rest);
      const auto file = std::ranges::find_if(words, [](const Text& w) { return !w.view().starts_with('-'); });
      if (file != words.end()) effects_.run_file(*file, "python", {}, change_);
    }
    // %time !command, %timeit -n1 !command
    const std::size_t bang = text.view().find(" !", begin);
    if (first.word.starts_with("time") && bang != std::string_view::npos) shell(text.substr(bang + 2));
    if (first.word == "alias") shell(split(first.rest, 0).rest);  // %alias NAME COMMAND
    return false;
  }

  void shell(const Text& code) {
    if (!base::trim(code.view()).empty()) effects_.run_shell(code, {}, change_);
  }

  const Change& change_;
  Effects& effects_;
};

}  // namespace

void read_cell(const Text& code, const Change& change, Effects& effects) { Cell(change, effects).run(code); }

void read_notebook(const Text& code, const Change& change, Effects& effects) {
  const yaml::Documents documents = yaml::documents(code);
  if (documents.problem) effects.opaque(*documents.problem, "a notebook that `" + effects.name() + "` runs");
  for (const yaml::Node& document : documents.all) {
    const yaml::Node* const cells = document.get("cells");
    if (cells == nullptr) continue;
    for (const auto& [key, cell] : cells->entries) {
      const yaml::Node* const source = cell.get("source");
      if (source == nullptr || cell.scalar("cell_type") == "markdown") continue;
      Text text;
      for (const Text& line : source->texts()) text.append(line);
      apply_code("ipython", text, change, effects);
    }
  }
}

}  // namespace belay::command::program
