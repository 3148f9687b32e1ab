#include "command/program/recipes.h"

#include <map>

#include "command/program/commands.h"

namespace belay::command::program {

namespace {

using model::HoleTrait;

bool is_name(std::string_view s) {
  if (s.empty() || base::is_digit(s.front())) return false;
  return std::all_of(s.begin(), s.end(), [](char c) { return base::is_alpha(c) || base::is_digit(c) || c == '_'; });
}

/// Lines of recipes and the variables in them.
class Recipes : public Commands {
 public:
  Recipes(const Text& code, const Change& change, Effects& effects, std::string_view indent)
      : Commands(code, change, effects), indent_(indent) {}

  void run() override {
    for (; more(); skip("\n")) {
      const bool recipe = indent_.find(peek()) != std::string_view::npos && peek() != '\0';
      if (recipe) skip("\t@-+ ");
      const Text line = logical_line();
      if (recipe) shell(expanded(line));
      else definition(line);
    }
  }

 protected:
  virtual Text expanded(const Text& line) = 0;
  virtual void definition(const Text& line) = 0;

  /// With the lines that a backslash joins to it.
  Text logical_line() {
    Text out = until("\n");
    while (more() && !out.empty() && out.view().back() == '\\') {
      out = out.substr(0, out.size() - 1);
      ++at_;
      out.append(until("\n"));
    }
    return out;
  }

  std::map<std::string, Text, std::less<>> variables_;

 private:
  std::string_view indent_;
};

class Make final : public Recipes {
 public:
  Make(const Text& code, const Change& change, Effects& effects) : Recipes(code, change, effects, "\t") {}

 private:
  /// `NAME = value`, `NAME := value`, `NAME ?= value`, `NAME != command`, and what `$(shell …)` says.
  void definition(const Text& line) override {
    const std::string_view v = line.view();
    if (v.starts_with("include ") || v.starts_with("-include ") || v.starts_with("sinclude ")) return file(model::OpKind::read, line.substr(v.find(' ')));
    const auto equals = v.find('=');
    if (equals == std::string_view::npos || equals == 0) return recipe_behind_target(line);
    const std::string_view signs = ":?!+";
    const bool sign = signs.find(v[equals - 1]) != std::string_view::npos;
    const std::string name(base::trim(v.substr(0, equals - (sign ? 1 : 0))));
    if (!is_name(name)) return recipe_behind_target(line);
    Text value = line.substr(std::min(v.find_first_not_of(" \t", equals + 1), v.size()));
    if (v[equals - 1] == '!') shell(expanded(value));
    else if (variables_.size() < 256) variables_.insert_or_assign(name, expanded(value));
  }

  /// `target: prerequisites ; command`; functions are called wherever they stand.
  void recipe_behind_target(const Text& line) {
    const auto colon = line.view().find(':');
    const auto semicolon = line.view().find(';', std::min(colon, line.size()));
    (void)expanded(line.substr(0, semicolon));
    if (semicolon != std::string_view::npos) shell(expanded(line.substr(semicolon + 1)));
  }

  static std::size_t closing(std::string_view v, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < v.size(); ++i) {
      depth += v[i] == '(' ? 1 : v[i] == ')' ? -1 : 0;
      if (depth == 0) return i;
    }
    return v.size();
  }

  /// `$(NAME)`, `${NAME}`, `$X` by value, else by the environment; `$$` is a dollar sign.
  Text expanded(const Text& line) override {
    Text out;
    const std::string_view v = line.view();
    std::size_t begin = 0;
    for (auto at = v.find('$'); at != std::string_view::npos && at + 1 < v.size(); at = v.find('$', begin)) {
      out.append(line.substr(begin, at - begin));
      const char next = v[at + 1];
      const bool bracket = next == '(' || next == '{';
      const std::size_t end = next == '(' ? closing(v, at + 1) : next == '{' ? std::min(v.find('}', at), v.size()) : at + 1;
      if (next == '$') out.append("$");
      else if (bracket && v.substr(at + 2, end - at - 2).find(' ') != std::string_view::npos) function(line.substr(at + 2, end - at - 2), out);
      else variable(bracket ? v.substr(at + 2, end - at - 2) : v.substr(at + 1, 1), out);
      begin = std::min(end + 1, v.size());
    }
    out.append(line.substr(begin));
    return out;
  }

  /// `$(shell COMMAND)`, `$(file <NAME)`, `$(file >NAME,text)`; what others do is done to what stands in them.
  void function(const Text& call, Text& out) {
    const Text given = expanded(call.substr(call.view().find(' ') + 1));
    if (call.view().starts_with("shell ")) shell(given);
    if (call.view().starts_with("file ")) {
      const std::string_view v = given.view();
      const bool reads = v.starts_with('<');
      const std::size_t begin = v.find_first_not_of("<> ");
      if (begin != std::string_view::npos) file(reads ? model::OpKind::read : model::OpKind::write, given.substr(begin, v.find(',', begin) - begin));
    }
    out.append_hole(HoleTrait::any);
  }

  void variable(std::string_view name, Text& out) const {
    if (const auto known = variables_.find(name); known != variables_.end()) return out.append(known->second);
    if (is_name(name)) return out.append("${" + std::string(name) + "}");
    out.append_hole(HoleTrait::any);  // a function, an automatic variable
  }
};

class Just final : public Recipes {
 public:
  Just(const Text& code, const Change& change, Effects& effects) : Recipes(code, change, effects, " \t") {}

 private:
  void definition(const Text& line) override {
    const std::string_view v = line.view();
    const auto equals = v.find(":=");
    if (equals == std::string_view::npos) return;
    const auto open = v.find_first_of("`'\"", equals);
    if (open == std::string_view::npos) return;
    const Text value = line.substr(open + 1, std::min(v.find(v[open], open + 1), v.size()) - open - 1);
    if (v[open] == '`') return shell(value);
    variables_.insert_or_assign(std::string(base::trim(v.substr(0, equals))), value);
  }

  /// `{{name}}` by value.
  Text expanded(const Text& line) override {
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
};

class Dockerfile final : public Commands {
 public:
  using Commands::Commands;

  void run() override {
    for (; more(); skip("\n")) {
      skip(" \t");
      const Text word = until(" \t\n");
      Text line = until("\n");
      while (more() && !line.empty() && line.view().back() == '\\') {
        line = line.substr(0, line.size() - 1);
        ++at_;
        line.append(until("\n"));
      }
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

void read_makefile(const Text& code, const Change& change, Effects& effects) { Make(code, change, effects).run(); }

void read_justfile(const Text& code, const Change& change, Effects& effects) { Just(code, change, effects).run(); }

void read_dockerfile(const Text& code, const Change& change, Effects& effects) {
  Change inside = change;
  inside.remote = true;
  Dockerfile(code, inside, effects).run();
}

}  // namespace belay::command::program
