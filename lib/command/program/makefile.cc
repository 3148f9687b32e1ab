#include <array>
#include <map>
#include <set>

#include "command/program/commands.h"
#include "command/program/goals.h"
#include "command/program/recipes.h"
#include "command/program/roles.h"

/// make(1), GNU make manual.
namespace belay::command::program {

namespace {

using model::HoleTrait;

bool is_name(std::string_view s) {
  if (s.empty() || base::is_digit(s.front())) return false;
  return std::all_of(s.begin(), s.end(), [](char c) { return base::is_alpha(c) || base::is_digit(c) || c == '_'; });
}

/// Variables that make sets by itself ("Variables Used by Implicit Rules", "Other Special Variables").
struct ImplicitRow {
  std::string_view name;
  std::string_view value;
};
constexpr std::array kImplicit{
    ImplicitRow{"RM", "rm -f"}, ImplicitRow{"MAKE", "make"}, ImplicitRow{"CC", "cc"}, ImplicitRow{"CXX", "g++"}, ImplicitRow{"CPP", "cc -E"}, ImplicitRow{"AR", "ar"},
    ImplicitRow{"AS", "as"},    ImplicitRow{"FC", "f77"},    ImplicitRow{"LEX", "lex"}, ImplicitRow{"YACC", "yacc"}, ImplicitRow{"SHELL", "/bin/sh"}, ImplicitRow{"CURDIR", "$PWD"},
};

bool is_conditional(std::string_view line) {
  constexpr std::array<std::string_view, 6> kWords{"ifeq", "ifneq", "ifdef", "ifndef", "else", "endif"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return line.starts_with(word); });
}

std::size_t closing(std::string_view v, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < v.size(); ++i) {
    depth += v[i] == '(' ? 1 : v[i] == ')' ? -1 : 0;
    if (depth == 0) return i;
  }
  return v.size();
}

class Make final : public Commands {
 public:
  Make(const Text& code, const Change& change, Effects& effects, const std::vector<Text>& words) : Commands(code, change, effects) {
    for (const Text& word : words) {
      const auto equals = word.view().find('=');
      if (equals == std::string_view::npos) goals_.push_back(word);
      else assign_for_good(std::string(word.view().substr(0, equals)), word.substr(equals + 1));
    }
  }

  void run() override {
    for (; more(); skip("\n")) {
      const bool recipe = peek() == '\t';
      skip("\t");
      const Text line = logical_line();
      if (recipe) command(line);
      else statement(line);
    }
    if (goals_.empty() && !default_goal_.empty()) goals_.push_back(default_goal_);
    for (const Recipe* recipe : of_goals(recipes_, goals_)) build(*recipe);
  }

 private:
  void command(const Text& line) {
    if (!recipes_.empty()) recipes_.back().lines.push_back(line);
    else shell(expanded(plain(line)));
  }

  void statement(const Text& line) {
    const std::string_view v = base::trim(line.view());
    if (v.empty() || v.front() == '#') return;
    if (v.starts_with("include ") || v.starts_with("-include ") || v.starts_with("sinclude ")) return include(line);
    if (v.starts_with("define ")) return define();
    if (is_conditional(v)) return (void)expanded(line);
    if (!definition(line)) rule(line);
  }

  /// Lines up to `endef`; who calls them is not looked for.
  void define() {
    Recipe& recipe = recipes_.emplace_back();
    recipe.targets.push_back(Text::hole(HoleTrait::any));
    for (skip("\n"); more(); skip("\n")) {
      const Text line = logical_line();
      if (base::trim(line.view()) == "endef") return;
      recipe.lines.push_back(line);
    }
  }

  /// What is not there may be made by a rule before it is read; what the call wrote is part of this file.
  void include(const Text& line) {
    for (const Text& name : split_words(expanded(line.substr(line.view().find(' '))))) {
      file(model::OpKind::read, name);
      effects_.run_file(name, "make", {name, Text::hole(HoleTrait::any)}, change_);
    }
  }

  /// `NAME = value`, `NAME := value`, `NAME ?= value`, `NAME != command`; also behind `export`, `override` and `target:`.
  bool definition(const Text& line) {
    const std::string_view v = line.view();
    const auto equals = v.find('=');
    if (equals == std::string_view::npos || equals == 0) return false;
    const auto sign = v.find_last_not_of(":?!+", equals - 1);
    if (sign == std::string_view::npos) return false;
    std::string_view left = base::trim(v.substr(0, sign + 1));
    left.remove_prefix(left.find_last_of(" \t:") == std::string_view::npos ? 0 : left.find_last_of(" \t:") + 1);
    if ((!is_name(left) && left != ".DEFAULT_GOAL") || v.substr(0, equals).find(';') != std::string_view::npos) return false;
    Text value = expanded(line.substr(std::min(v.find_first_not_of(" \t", equals + 1), v.size())));
    if (v[equals - 1] == '!') shell(value);
    else if (left == ".DEFAULT_GOAL") default_goal_ = std::move(value);
    else assign(std::string(left), v[equals - 1] == '+', std::move(value));
    return true;
  }

  void assign(const std::string& name, bool appends, Text value) {
    full_ = full_ || variables_.size() >= kMostVariables;
    if (given_.count(name) != 0 || (full_ && variables_.count(name) == 0)) return;
    Text& variable = variables_[name];
    if (!appends) variable = Text();
    if (!variable.empty()) variable.append(" ");
    variable.append(value);
    if (variable.size() > kLongestValue) variable = Text::hole(HoleTrait::any);
  }
  void assign_for_good(const std::string& name, Text value) {
    variables_.insert_or_assign(name, std::move(value));
    given_.insert(name);
  }

  /// `targets: needs | needs ; command`; functions are called wherever they stand.
  void rule(const Text& line) {
    const auto semicolon = line.view().find(';');
    const Text head = expanded(line.substr(0, semicolon));
    const auto colon = head.view().find(':');
    if (colon == std::string_view::npos) return;
    Recipe recipe;
    recipe.targets = split_words(head.substr(0, colon));
    const auto needs = head.view().find_first_not_of(":&", colon);
    if (needs != std::string_view::npos) recipe.needs = split_words(head.substr(needs));
    if (semicolon != std::string_view::npos) recipe.lines.push_back(line.substr(semicolon + 1));
    recipes_.push_back(std::move(recipe));
  }

  void build(const Recipe& recipe) {
    const auto only = [](const std::vector<Text>& names) {
      return names.size() == 1 && names.front().view().find('%') == std::string_view::npos ? names.front() : Text::hole(HoleTrait::any);
    };
    variables_["@"] = only(recipe.targets);
    variables_["<"] = variables_["^"] = only(recipe.needs);
    for (const Text& line : recipe.lines) shell(expanded(plain(line)));
  }

  static Text plain(const Text& line) { return line.substr(std::min(line.view().find_first_not_of("@-+ \t"), line.size())); }

  /// `$(NAME)`, `${NAME}`, `$X` by value, else by the environment; `$$` is a dollar sign.
  Text expanded(const Text& line) {
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
      if (out.size() > kLongestLine) return Text::hole(HoleTrait::any);
    }
    out.append(line.substr(begin));
    return out;
  }

  /// `$(shell COMMAND)`, `$(file <NAME)`, `$(file >NAME,text)`; what others do is done to what stands in them.
  void function(const Text& call, Text& out) {
    out.append_hole(HoleTrait::any);
    if (depth_ == kDeepest) return effects_.opaque(model::OpaqueReason::limit, "functions of make inside one another, too deep");
    ++depth_;
    const Text given = expanded(call.substr(call.view().find(' ') + 1));
    --depth_;
    if (call.view().starts_with("shell ")) shell(given);
    if (call.view().starts_with("file ")) {
      const std::string_view v = given.view();
      const bool reads = v.starts_with('<');
      const std::size_t begin = v.find_first_not_of("<> ");
      if (begin != std::string_view::npos) file(reads ? model::OpKind::read : model::OpKind::write, given.substr(begin, v.find(',', begin) - begin));
    }
  }

  void variable(std::string_view name, Text& out) const {
    if (const auto known = variables_.find(name); known != variables_.end()) return out.append(known->second);
    const auto implicit = std::find_if(kImplicit.begin(), kImplicit.end(), [&](const ImplicitRow& row) { return row.name == name; });
    if (implicit != kImplicit.end()) return out.append(implicit->value);
    if (is_name(name) && !full_) return out.append("${" + std::string(name) + "}");
    out.append_hole(HoleTrait::any);  // an automatic variable, or one of too many
  }

  static constexpr std::size_t kLongestValue = 64U << 10U;
  static constexpr std::size_t kLongestLine = 512U << 10U;
  static constexpr std::size_t kMostVariables = 4096;
  static constexpr int kDeepest = 64;

  std::map<std::string, Text, std::less<>> variables_;
  bool full_ = false;  ///< of variables: those that found no place may be anything
  int depth_ = 0;      ///< of functions
  std::set<std::string> given_;  ///< with the call: the file does not change them
  std::vector<Text> goals_;
  Text default_goal_;
  std::vector<Recipe> recipes_;
};

}  // namespace

void read_makefile(const Text& code, const Change& change, Effects& effects, const std::vector<Text>& words) { Make(code, change, effects, words).run(); }

}  // namespace belay::command::program
