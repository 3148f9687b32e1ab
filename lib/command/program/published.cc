#include "command/program/published.h"

#include <array>

namespace belay::command::program {

namespace {

std::string_view before(std::string_view s, std::string_view any_of) { return s.substr(0, s.find_first_of(any_of)); }

/// The program that a package runner starts for `@scope/name@version`: by convention its name, or its scope when that is just `cli`.
std::string_view scoped_name(std::string_view package) {
  const auto slash = package.find('/');
  const std::string_view name = before(package.substr(slash + 1), "@");
  return name == "cli" ? package.substr(1, slash - 1) : name;
}

/// Without what says where a package comes from (`npm:`, `nixpkgs#`), folders and version.
std::string_view base_name(std::string_view word) {
  if (word.starts_with("npm:")) word.remove_prefix(4);
  if (word.size() > 1 && word.front() == '@' && word.find('/') != std::string_view::npos) return scoped_name(word);
  word.remove_prefix(word.rfind('/') + 1);
  if (const auto flake = word.rfind('#'); flake != std::string_view::npos) word.remove_prefix(flake + 1);
  const auto version = word.find('@');
  return version == 0 ? word : word.substr(0, version);
}

/// `docker.io/library/x`: the first part of several is a registry when it cannot be a user (distribution reference grammar).
std::string_view without_registry(std::string_view image) {
  const auto slash = image.find('/');
  if (slash == std::string_view::npos) return image;
  const std::string_view first = image.substr(0, slash);
  return first == "localhost" || first.find_first_of(".:") != std::string_view::npos ? image.substr(slash + 1) : image;
}

/// Where package managers put programs of a project, under their own names.
constexpr std::array<std::string_view, 2> kInstalled{"node_modules/.bin", "vendor/bin"};

}  // namespace

std::string program_of(std::string_view word, const KnowledgeView& knowledge) {
  const std::string name(base_name(word));
  const std::string_view published = knowledge.likeness(std::string(image::kPackagePrefix) + name);
  return published.empty() ? name : std::string(published);
}

std::string_view program_of_image(std::string_view image, const KnowledgeView& knowledge) {
  return knowledge.likeness(std::string(image::kPackagePrefix) + std::string(before(without_registry(image), ":@")));
}

std::string_view program_of_script(std::string_view script, std::string_view language, const KnowledgeView& knowledge) {
  const auto known = [&](std::string_view name) { return knowledge.likeness(std::string(language) + ':' + std::string(name)); };
  const auto slash = script.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return known(script.substr(slash + 1));
  const std::string_view file = script.substr(slash + 1);
  for (const std::string_view folder : kInstalled) {
    if (script.substr(0, slash).ends_with(folder)) return file;
  }
  const std::string_view by_file = known(file);
  return by_file.empty() ? known(script.substr(script.rfind('/', slash - 1) + 1)) : by_file;
}

bool names_program(std::string_view word, const KnowledgeView& knowledge) {
  if (word.starts_with("npm:") || word.find_first_of("@#") != std::string_view::npos) return true;
  return !names_file(word) && knowledge.find(program_of(word, knowledge)).has_value();
}

bool names_file(std::string_view word) { return word.find_first_of("./") != std::string_view::npos; }

}  // namespace belay::command::program
