#include <algorithm>
#include <charconv>
#include <string>

#include "base/text.h"
#include "command/output/lines.h"
#include "command/program/grammars.h"
#include "command/program/items.h"
#include "command/program/roles.h"

/// GNU parallel: a command for each item, or for each combination of the items of several sources (parallel(1)).
namespace belay::command::program {

using model::HoleTrait;

namespace {

using Row = std::vector<Text>;

constexpr std::size_t kMostCode = 2U << 20U;  ///< bytes, of all the commands that it runs

/// The words of the call: the command, and the items behind each `:::`.
struct Job {
  Row command;
  std::vector<Row> sources;
  std::vector<bool> linked;  ///< goes in step with the source before it, as `:::+` says
};

/// `:::` items, `::::` files of items; `+` behind it links.
bool is_separator(std::string_view word) { return word == ":::" || word == "::::" || word == ":::+" || word == "::::+"; }

/// The lines of a file that the call wrote.
Row lines_in(const Text& file, Effects& effects) {
  const auto text = is_standard_input(file.view()) ? effects.input().text : effects.written_text(file);
  return text ? cut(*text, '\n') : Row{any_path()};
}

Job job_of(const Reading& reading, Effects& effects) {
  Job job;
  bool files = false;
  for (const Text& word : reading.arguments.subspan(reading.rest)) {
    if (is_separator(word.view())) {
      files = word.view().starts_with("::::");
      job.sources.emplace_back();
      job.linked.push_back(word.view().ends_with('+') || uses(reading, "--link"));
    } else if (job.sources.empty()) {
      job.command.push_back(word);
    } else {
      Row& source = job.sources.back();
      const Row more = files ? lines_in(word, effects) : Row{word};
      source.insert(source.end(), more.begin(), more.end());
    }
  }
  return job;
}

/// A line with its columns, as `--colsep` cuts them.
Row columns_of(const Text& line, const std::string& separator) {
  if (separator.size() != 1 || !line.literal()) return Row(8, any_path());  // a pattern
  Row out;
  for (const std::string_view one : base::split(line.view(), separator.front())) out.emplace_back(one);
  return out;
}

/// `-N2`, `-n2`, `-L2`: so many items at a time; `-X`, `-m`: as many as a line holds.
void group(std::vector<Row>& rows, const Reading& reading) {
  std::size_t most = uses(reading, "-X") || uses(reading, "-m") ? rows.size() : 1;
  for (const std::string_view option : {"-N", "-n", "-L"}) {
    const auto given = value_of(reading, option);
    if (given && std::from_chars(given->view().data(), given->view().data() + given->size(), most).ec != std::errc()) most = rows.size();
  }
  if (most < 2) return;
  std::vector<Row> grouped;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i % most == 0) grouped.emplace_back();
    grouped.back().insert(grouped.back().end(), rows[i].begin(), rows[i].end());
  }
  rows = std::move(grouped);
}

/// The rows of items that it runs the command for; of standard input there is one item in each.
std::vector<Row> rows_of(const Job& job, const Reading& reading, Effects& effects) {
  std::vector<Row> rows{{}};
  std::vector<Row> sources = job.sources;
  if (sources.empty()) {
    const auto text = items_text(reading, effects);
    sources.push_back(text ? cut(*text, '\n') : Row{any_path()});
  }
  for (std::size_t s = 0; s < sources.size(); ++s) {
    limit_runs(sources[s], effects);
    const bool linked = s > 0 && job.linked[s];
    if (!linked && rows.size() * sources[s].size() > kMaxRuns) {
      effects.opaque(model::OpaqueReason::limit, "`parallel` runs more commands than are looked at");
      sources[s].assign(1, any_path());
    }
    std::vector<Row> next;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t i = 0; i < sources[s].size(); ++i) {
        if (linked && i != r % sources[s].size()) continue;
        next.push_back(rows[r]);
        next.back().push_back(sources[s][i]);
      }
    }
    rows = std::move(next);
  }
  if (const auto separator = value_of(reading, "--colsep")) {
    for (Row& row : rows) row = columns_of(row.front(), separator->bytes());
  }
  if (sources.size() == 1) group(rows, reading);
  return rows;
}

Text without_extension(const Text& path) {
  const std::string_view v = path.view();
  const std::size_t dot = v.rfind('.');
  const std::size_t slash = v.rfind('/');
  return dot == std::string_view::npos || (slash != std::string_view::npos && dot < slash) ? path : path.substr(0, dot);
}

/// What a mark makes of an item: `.` takes the extension off, `/` the folder, `//` leaves only that.
std::optional<Text> changed_by(std::string_view how, const Text& item) {
  if (how.empty()) return item;
  if (how == ".") return without_extension(item);
  if (how == "/") return last_component(item);
  if (how == "//") return before_last_component(item);
  if (how == "/.") return without_extension(last_component(item));
  return std::nullopt;
}

/// A word as the shell reads it again; one with holes stays as it is.
Text protected_word(const Text& item) {
  constexpr std::string_view kSpecial = " \t\n\"'`$&|;<>()*?[]{}~#!\\";
  if (!item.literal() || (!item.empty() && item.view().find_first_of(kSpecial) == std::string_view::npos)) return item;
  std::string out = "'";
  for (const char c : item.view()) c == '\'' ? out += "'\\''" : out += c;
  return Text(out + "'");
}

Text joined(const Row& row) {
  Text out;
  for (const Text& one : row) {
    if (!out.empty()) out.append(" ");
    out.append(one);
  }
  return out;
}

/// What stands in place of `{…}`; nothing for braces that are no mark. `{}` is the row, `{2}` an item of it, `{-1}` the last, `{#}` and `{%}` are numbers.
std::optional<Text> meant_by(std::string_view inside, const Row& row) {
  if (inside == "#" || inside == "%") return Text::hole(HoleTrait::none);
  int number = 0;
  const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), number);
  const std::string_view how = error == std::errc() ? inside.substr(static_cast<std::size_t>(end - inside.data())) : inside;
  if (number == 0) {
    Row changed;
    for (const Text& item : row) {
      const auto one = changed_by(how, item);
      if (!one) return std::nullopt;
      changed.push_back(*one);
    }
    return joined(changed);
  }
  const int at = number > 0 ? number - 1 : static_cast<int>(row.size()) + number;
  const bool there = at >= 0 && at < static_cast<int>(row.size());
  return changed_by(how, there ? row[static_cast<std::size_t>(at)] : Text());
}

/// The command with the items in place of its marks. `marked`: it had one.
Text filled_in(const Text& command, const Row& row, bool& marked) {
  Text out;
  std::size_t begin = 0;
  for (std::size_t open = command.view().find('{'); open != std::string_view::npos; open = command.view().find('{', open + 1)) {
    const std::size_t close = command.view().find('}', open);
    if (close == std::string_view::npos) break;
    const auto put = meant_by(command.view().substr(open + 1, close - open - 1), row);
    if (!put) continue;
    out.append(command.substr(begin, open - begin));
    out.append(*put);
    begin = close + 1;
    open = close;
    marked = true;
    if (out.size() > kMaxItems * 50) return Text::hole(HoleTrait::any);
  }
  out.append(command.substr(begin));
  return out;
}

Text code_of_job(const Text& command, Row row) {
  if (command.empty()) return joined(row);  // the items are the commands
  // A command of nothing but marks is read by the shell as it comes; in any other the items are words.
  const bool only_marks = command.view().find_first_not_of("{}/.0123456789- ") == std::string_view::npos;
  if (!only_marks) std::transform(row.begin(), row.end(), row.begin(), protected_word);
  bool marked = false;
  Text code = filled_in(command, row, marked);
  if (!marked) {
    code.append(" ");
    code.append(joined(row));
  }
  return code;
}

/// `parallel --pipe COMMAND`: parts of the input are the command's input.
void run_pipe_parts(const Job& job, const Change& around, Effects& effects) {
  effects.run_shell_on(effects.input(), joined(job.command), around);
}

}  // namespace

void run_parallel(const Reading& reading, Effects& effects) {
  apply_files(reading, effects);
  const Surroundings around = surroundings(reading, effects);
  if (!reading.has_rest) {
    if (const auto file = value_of(reading, "-a"); file && !is_standard_input(file->view())) return effects.run_file(*file, "sh", {}, around.change);
    return effects.run_input("sh", {}, around.change);
  }
  const Job job = job_of(reading, effects);
  if (uses(reading, "--pipe")) return run_pipe_parts(job, around.change, effects);
  Text command = joined(job.command);
  if (const auto mark = value_of(reading, "-I")) command = replaced(command, mark->view(), Text("{}"));
  std::size_t bytes = 0;
  for (const Row& row : rows_of(job, reading, effects)) {
    const Text code = code_of_job(command, row);
    bytes += code.size();
    if (bytes > kMostCode) return effects.opaque(model::OpaqueReason::limit, "`parallel` runs more code than is looked at");
    effects.run_shell(code, {}, around.change);
  }
}

}  // namespace belay::command::program
