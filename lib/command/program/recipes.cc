#include "command/program/recipes.h"

#include <map>

#include "command/program/commands.h"
#include "command/program/goals.h"
#include "command/program/roles.h"

namespace belay::command::program {

namespace {

using model::HoleTrait;

/// justfile(1): a line without indentation begins a recipe, a variable or a setting.
class Just final : public Commands {
 public:
  Just(const Text& code, const Change& change, Effects& effects, const std::vector<Text>& words) : Commands(code, change, effects), goals_(words) {}

  void run() override {
    for (; more(); skip("\n")) {
      const bool indented = peek() == ' ' || peek() == '\t';
      skip(" \t");
      const Text line = logical_line();
      if (!indented) head(line);
      else if (!recipes_.empty()) recipes_.back().lines.push_back(line);
    }
    for (const Recipe* recipe : of_goals(recipes_, goals_)) body(recipe->lines);
  }

 private:
  void head(const Text& line) {
    const std::string_view v = line.view();
    if (v.empty() || v.front() == '#' || v.front() == '[') return;
    if (v.starts_with("import")) return import(line);
    const auto equals = v.find(":=");
    if (equals != std::string_view::npos) return definition(line, equals);
    const auto colon = v.find(':');
    if (colon == std::string_view::npos) return;
    Recipe recipe;
    const std::vector<Text> names = split_words(line.substr(0, colon));
    if (!names.empty()) recipe.targets.push_back(names.front().view().starts_with('@') ? names.front().substr(1) : names.front());
    for (const Text& need : split_words(line.substr(colon + 1))) recipe.needs.push_back(without_parentheses(need));
    recipes_.push_back(std::move(recipe));
  }

  /// `import "other.just"`, `import? 'other.just'`
  void import(const Text& line) {
    const auto open = line.view().find_first_of("'\"");
    if (open == std::string_view::npos) return;
    const Text name = line.substr(open + 1, std::min(line.view().find(line.view()[open], open + 1), line.size()) - open - 1);
    effects_.run_file(name, "just", {name, Text::hole(HoleTrait::any)}, change_);
  }

  static Text without_parentheses(const Text& need) {
    const std::size_t begin = need.view().starts_with('(') ? 1 : 0;
    return need.substr(begin, std::min(need.view().find(')', begin), need.size()) - begin);
  }

  void definition(const Text& line, std::size_t equals) {
    const std::string_view v = line.view();
    if (v.starts_with("alias ")) {
      Recipe other;
      other.targets.emplace_back(base::trim(v.substr(6, equals - 6)));
      other.needs.emplace_back(base::trim(v.substr(equals + 2)));
      return recipes_.push_back(std::move(other));
    }
    const auto open = v.find_first_of("`'\"", equals);
    if (open == std::string_view::npos) return;
    const Text value = line.substr(open + 1, std::min(v.find(v[open], open + 1), v.size()) - open - 1);
    if (v[open] == '`') return shell(value);
    variables_.insert_or_assign(std::string(base::trim(v.substr(0, equals))), value);
  }

  /// Line by line; a recipe whose first line names an interpreter is a script of that.
  void body(const std::vector<Text>& lines) {
    const bool script = !lines.empty() && lines.front().view().starts_with("#!");
    Text code;
    if (script) {
      code = lines.front().substr(2);
      code.append(" /dev/stdin <<'BELAY_RECIPE'\n");
    }
    for (std::size_t i = script ? 1 : 0; i < lines.size(); ++i) {
      const Text line = expanded(lines[i].substr(std::min(lines[i].view().find_first_not_of("@-"), lines[i].size())));
      if (!script) shell(line);
      code.append(line);
      code.append("\n");
    }
    if (script) code.append("BELAY_RECIPE\n"), shell(code);
  }

  /// `{{name}}` by value.
  Text expanded(const Text& line) const {
    Text out;
    const std::string_view v = line.view();
    std::size_t begin = 0;
    for (auto at = v.find("{{"); at != std::string_view::npos; at = v.find("{{", begin)) {
      out.append(line.substr(begin, at - begin));
      const std::size_t end = std::min(v.find("}}", at), v.size());
      const auto known = variables_.find(base::trim(v.substr(at + 2, end - at - 2)));
      if (known != variables_.end()) out.append(known->second);
      else out.append_hole(HoleTrait::any);
      begin = std::min(end + 2, v.size());
    }
    out.append(line.substr(begin));
    return out;
  }

  const std::vector<Text>& goals_;
  std::map<std::string, Text, std::less<>> variables_;
  std::vector<Recipe> recipes_;
};

class Dockerfile final : public Commands {
 public:
  using Commands::Commands;

  void run() override {
    for (; more(); skip("\n")) {
      skip(" \t");
      const Text word = until(" \t\n");
      const Text line = logical_line();
      if (base::iequals(word.view(), "RUN")) instruction(line);
    }
  }

 private:
  void instruction(Text line) {
    for (auto begin = line.view().find_first_not_of(" \t"); begin != std::string_view::npos && line.view().substr(begin, 2) == "--";
         begin = line.view().find_first_not_of(" \t")) {
      line = line.substr(std::min(line.view().find_first_of(" \t", begin), line.size()));
    }
    const std::string_view v = base::trim(line.view());
    if (v.substr(0, 1) == "[") return words(v);
    if (v.substr(0, 2) == "<<" && v.find(' ') == std::string_view::npos) return here_document(std::string(v.substr(v.find_first_not_of("<-"))));
    shell(line);
  }

  /// `RUN ["rm", "-rf", "/"]`
  void words(std::string_view json) {
    std::vector<Text> argv;
    for (auto open = json.find('"'); open != std::string_view::npos; open = json.find('"', open)) {
      const auto close = std::min(json.find('"', open + 1), json.size());
      argv.emplace_back(json.substr(open + 1, close - open - 1));
      open = std::min(close + 1, json.size());
    }
    if (!argv.empty()) effects_.run(std::move(argv), change_);
  }

  void here_document(std::string end) {
    end.erase(std::remove_if(end.begin(), end.end(), [](char c) { return c == '"' || c == '\''; }), end.end());
    Text body;
    for (skip("\n"); more(); ++at_) {
      const Text line = until("\n");
      if (base::trim(line.view()) == end) break;
      body.append(line);
      body.append("\n");
    }
    shell(body);
  }
};

}  // namespace

void read_justfile(const Text& code, const Change& change, Effects& effects, const std::vector<Text>& words) { Just(code, change, effects, words).run(); }

void read_dockerfile(const Text& code, const Change& change, Effects& effects) {
  Change inside = change;
  inside.remote = true;
  inside.fresh = true;
  Dockerfile(code, inside, effects).run();
}

}  // namespace belay::command::program
