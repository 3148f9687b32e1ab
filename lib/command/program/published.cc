#include "command/program/published.h"

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

/// Where Composer puts the programs of a project, under their own names.
constexpr std::string_view kVendorPrograms = "vendor/bin";
constexpr std::string_view kModules = "node_modules/";

/// `.bin/prisma`, `prisma/build/index.js`, `@scope/name/bin/x.js`: the program of a package, if that is known.
std::string program_of_module(std::string_view path, const KnowledgeView& knowledge) {
  constexpr std::string_view kPrograms = ".bin/";
  if (path.starts_with(kPrograms)) return std::string(path.substr(kPrograms.size()));
  const auto scope = path.starts_with('@') ? path.find('/') : std::string_view::npos;
  const std::string_view package = path.substr(0, path.find('/', scope == std::string_view::npos ? 0 : scope + 1));
  const std::string program = program_of(package, knowledge);
  return knowledge.find(program) ? program : std::string();
}

}  // namespace

std::string program_of(std::string_view word, const KnowledgeView& knowledge) {
  const std::string name(base_name(word));
  const std::string_view published = knowledge.likeness(std::string(image::kPackagePrefix) + name);
  return published.empty() ? name : std::string(published);
}

std::string_view program_of_image(std::string_view image, const KnowledgeView& knowledge) {
  return knowledge.likeness(std::string(image::kPackagePrefix) + std::string(before(without_registry(image), ":@")));
}

std::string program_of_script(std::string_view script, std::string_view language, const KnowledgeView& knowledge) {
  const auto known = [&](std::string_view name) {
    std::string key = std::string(language) + ':' + std::string(name);
    const std::string_view like = knowledge.likeness(key);
    if (!like.empty()) return std::string(like);
    return knowledge.find(key) ? key : std::string();  // with a block of its own
  };
  const auto slash = script.rfind('/');
  const std::string_view file = script.substr(slash == std::string_view::npos ? 0 : slash + 1);
  if (slash == std::string_view::npos) return known(file);
  if (script.substr(0, slash).ends_with(kVendorPrograms)) return std::string(file);
  if (const auto modules = script.rfind(kModules); modules != std::string_view::npos) return program_of_module(script.substr(modules + kModules.size()), knowledge);
  return known(file);
}

bool names_program(std::string_view word, const KnowledgeView& knowledge) {
  if (word.starts_with("npm:") || word.find_first_of("@#") != std::string_view::npos) return true;
  return !names_file(word) && knowledge.find(program_of(word, knowledge)).has_value();
}

bool names_file(std::string_view word) { return word.find_first_of("./") != std::string_view::npos; }

}  // namespace belay::command::program
