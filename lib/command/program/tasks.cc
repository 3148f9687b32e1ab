#include "command/program/tasks.h"

#include <string>

#include "command/program/commands.h"

namespace belay::command::program {

namespace {

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

class Tox final : public Commands {
 public:
  using Commands::Commands;

  void run() override {
    bool commands = false;
    for (; more(); skip("\n")) {
      const bool goes_on = peek() == ' ' || peek() == '\t';
      Text line = logical_line();
      if (!goes_on) {
        const auto equals = line.view().find('=');
        commands = equals != std::string_view::npos && base::trim(line.view().substr(0, equals)).starts_with("commands");
        line = commands ? line.substr(equals + 1) : Text();
      }
      // A dash before a command: its failure is ignored.
      if (commands) shell(line.substr(std::min(line.view().find_first_not_of("- \t"), line.size())));
    }
  }
};

/// As much of YAML as keys, lists and blocks of text.
class Taskfile final : public Commands {
 public:
  using Commands::Commands;

  void run() override {
    for (; more(); skip("\n")) line(until("\n"));
  }

 private:
  struct Key {
    std::size_t indent;
    std::string name;
  };

  void line(const Text& written) {
    std::size_t indent = indent_of(written.view());
    Text rest = written.substr(indent);
    if (rest.empty() || rest.view().front() == '#') return;
    const bool item = rest.view().starts_with("- ");
    while (!above_.empty() && (above_.back().indent > indent || (above_.back().indent == indent && !item))) above_.pop_back();
    const bool command_list = item && (under("cmds") || is_task());
    const std::size_t outside = indent;
    if (item) {
      const std::size_t content = std::min(rest.view().find_first_not_of(" \t", 1), rest.size());
      rest = rest.substr(content);
      indent += content;
    }
    const std::string_view v = rest.view();
    const auto colon = v.find(": ");
    const bool last = !v.empty() && v.back() == ':';
    const std::string_view name = v.substr(0, last ? v.size() - 1 : colon == std::string_view::npos ? 0 : colon);
    if (name.empty() || name.find_first_of(" \"'{") != std::string_view::npos) return command_list ? command(rest, outside) : void();
    const bool runs = under("tasks") || name == "cmd" || name == "sh" || name == "defer" || name == "cmds";
    if (runs && colon != std::string_view::npos && !last) command(rest.substr(colon + 2), indent);
    above_.push_back({indent, std::string(name)});
  }

  [[nodiscard]] bool under(std::string_view name) const { return !above_.empty() && above_.back().name == name; }
  /// `tasks: { NAME: [ … ] }`
  [[nodiscard]] bool is_task() const { return above_.size() > 1 && above_[above_.size() - 2].name == "tasks"; }

  /// One line, `|` and the lines below that are indented deeper, `{ … }` or `[ … ]`.
  void command(const Text& value, std::size_t indent) {
    const std::string_view v = base::trim(value.view());
    if (v.empty()) return;
    if (v.front() == '|' || v.front() == '>') return shell(block(indent));
    if (v.front() == '[' || v.front() == '{') return flow(value);
    const bool quoted = v.size() > 1 && (v.front() == '"' || v.front() == '\'') && v.back() == v.front();
    shell(quoted ? value.substr(value.view().find(v) + 1, v.size() - 2) : value);
  }

  Text block(std::size_t indent) {
    Text out;
    while (more() && peek() == '\n') {
      const std::size_t end = std::min(v_.find('\n', at_ + 1), v_.size());
      const std::string_view next = v_.substr(at_ + 1, end - at_ - 1);
      if (!base::trim(next).empty() && indent_of(next) <= indent) break;
      out.append(code_.substr(at_ + 1, end - at_ - 1));
      out.append("\n");
      at_ = end;
    }
    return out;
  }

  void flow(const Text& list) {
    const std::string_view v = list.view();
    for (auto open = v.find_first_of("\"'"); open != std::string_view::npos; open = v.find_first_of("\"'", open)) {
      const auto close = std::min(v.find(v[open], open + 1), v.size());
      shell(list.substr(open + 1, close - open - 1));
      open = std::min(close + 1, v.size());
    }
  }

  std::vector<Key> above_;
};

}  // namespace

void read_tox(const Text& code, const Change& change, Effects& effects) { Tox(code, change, effects).run(); }

void read_taskfile(const Text& code, const Change& change, Effects& effects) { Taskfile(code, change, effects).run(); }

}  // namespace belay::command::program
