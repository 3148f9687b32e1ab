#include "judge.h"

#include <stdexcept>

namespace belay::generate {

Judge::Judge(std::string_view image) {
  auto view = image::View::open(image);
  if (!view) throw std::runtime_error(view.error().what);
  view_ = *std::move(view);
  one_.kind = policy::Case::Kind::run;
  one_.files = {{"src", "dir"}, {"build", "dir"}, {"docs", "dir"}, {"README.md", ""}, {"list", ""}};
}

model::Decision Judge::decide(const std::string& command) {
  one_.run = command;
  return decide(one_);
}

model::Decision Judge::decide(const policy::Case& one) {
  const auto scene = rulekit::scene_of(one);
  if (!scene) throw std::runtime_error(scene.error().what);
  const image::View* const images[] = {&view_};
  auto decision = rulekit::judge(*scene, rulekit::analyse(*scene, images), images);
  if (view_.damaged()) throw std::runtime_error("the image is damaged");
  return decision;
}

model::Verdict Judge::operator()(const std::string& command) { return decide(command).effective; }

std::string Judge::rules(const std::string& command) {
  std::string out;
  for (const model::Match& match : decide(command).matches) {
    if (match.verdict >= model::Verdict::ask) out += (out.empty() ? "" : " ") + match.rule;
  }
  return out;
}

}  // namespace belay::generate
