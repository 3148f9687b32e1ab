#include "command/program/goals.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string_view>

namespace belay::command::program {

namespace {

/// Not what the environment may say (`$X`).
bool is_known(const Text& name) { return name.literal() && name.view().find('$') == std::string_view::npos; }

bool is_plain(const Text& target) { return is_known(target) && !target.empty() && target.view().front() != '.' && target.view().find('%') == std::string_view::npos; }

bool is_plain(const Recipe& recipe) { return std::all_of(recipe.targets.begin(), recipe.targets.end(), [](const Text& t) { return is_plain(t); }); }

std::vector<Text> first_target(const std::vector<Recipe>& recipes) {
  for (const Recipe& recipe : recipes) {
    if (!recipe.targets.empty() && is_plain(recipe.targets.front())) return {recipe.targets.front()};
  }
  return {};
}

/// From the goals on, each name once.
class Walk {
 public:
  explicit Walk(const std::vector<Recipe>& recipes) : recipes_(recipes), chosen_(recipes.size(), false) {
    for (std::size_t i = 0; i < recipes.size(); ++i) {
      for (const Text& target : recipes[i].targets) makers_[target.view()].push_back(i);
    }
  }

  /// False when it comes to a name that is not known.
  bool run(const std::vector<Text>& goals) {
    if (!want(goals)) return false;
    for (std::size_t i = 0; i < recipes_.size(); ++i) {
      if (!is_plain(recipes_[i]) && !recipes_[i].lines.empty() && !choose(i)) return false;
    }
    while (!wanted_.empty()) {
      const std::string_view goal = wanted_.front();
      wanted_.pop_front();
      for (const std::size_t i : makers_[goal]) {
        if (!choose(i)) return false;
      }
    }
    return true;
  }
  [[nodiscard]] bool chose(std::size_t i) const { return chosen_[i]; }

 private:
  bool choose(std::size_t i) {
    if (chosen_[i]) return true;
    chosen_[i] = true;
    return want(recipes_[i].needs);
  }
  bool want(const std::vector<Text>& names) {
    for (const Text& name : names) {
      if (!is_known(name)) return false;
      if (seen_.insert(name.view()).second) wanted_.push_back(name.view());
    }
    return true;
  }

  const std::vector<Recipe>& recipes_;
  std::vector<bool> chosen_;
  std::map<std::string_view, std::vector<std::size_t>> makers_;  ///< numbers of the recipes by what they make
  std::deque<std::string_view> wanted_;  ///< views of the names in the recipes and goals
  std::set<std::string_view> seen_;
};

}  // namespace

std::vector<const Recipe*> of_goals(const std::vector<Recipe>& recipes, std::vector<Text> goals) {
  if (goals.empty()) goals = first_target(recipes);
  Walk walk(recipes);
  const bool known = walk.run(goals);
  std::vector<const Recipe*> out;
  for (std::size_t i = 0; i < recipes.size(); ++i) {
    if (!known || walk.chose(i)) out.push_back(&recipes[i]);
  }
  return out;
}

}  // namespace belay::command::program
