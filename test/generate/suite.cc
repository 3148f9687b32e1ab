#include "suite.h"

#include <algorithm>
#include <stdexcept>

#include "words.h"

namespace belay::generate {

namespace {

Verdict verdict_named(std::string_view name) {
  for (const Verdict v : {Verdict::pass, Verdict::ask, Verdict::deny}) {
    if (model::name_of(v) == name) return v;
  }
  throw std::runtime_error("no decision: " + std::string(name));
}

/// `deny here COMMAND`, `ask anywhere COMMAND`.
Seed seed_of(const std::string& row) {
  const auto first = row.find(' ');
  const auto second = row.find(' ', first + 1);
  const std::string text = row.substr(second + 1);
  const std::string place = row.substr(first + 1, second - first - 1);
  if (place != "here" && place != "anywhere") throw std::runtime_error("neither here nor anywhere: " + row);
  return {verdict_named(row.substr(0, first)), place == "here", {text, is_program_call(text), text.find("<<E") != std::string::npos}};
}

std::vector<Seed> seeds_of(const std::string& path) {
  std::vector<Seed> out;
  for (const std::string& row : read_rows(path)) out.push_back(seed_of(row));
  return out;
}

}  // namespace

Material read_material(const std::string& folder) {
  Material out;
  out.seeds = seeds_of(folder + "/seeds.txt");
  out.everyday = seeds_of(folder + "/everyday.txt");
  out.changes = read_changes(folder + "/wrappers.txt");
  for (Change& change : read_changes(folder + "/positions.txt")) out.changes.push_back(std::move(change));
  for (Change& change : quotings()) out.changes.push_back(std::move(change));
  out.consumers = read_changes(folder + "/consumers.txt");
  return out;
}

std::optional<Command> spell(const Combination& combination) {
  std::optional<Command> out = combination.seed->command;
  bool files = false;
  for (const Change* change : combination.changes) {
    files = files || change->files;
    if (files && change->elsewhere != Verdict::deny) return std::nullopt;
    if (!(out = change->apply(*out))) return std::nullopt;
  }
  return out;
}

Verdict least(const Combination& combination) {
  Verdict out = combination.seed->expected;
  if (!combination.seed->local) return out;
  for (const Change* change : combination.changes) out = std::min(out, change->elsewhere);
  return out;
}

Known::Known(const std::string& path) {
  for (const std::string& row : read_rows(path)) lines_.emplace(one_line(row), false);
}

bool Known::meet(const std::string& line) {
  const auto found = lines_.find(line);
  if (found == lines_.end()) return false;
  found->second = true;
  return true;
}

std::vector<std::string> Known::unmet() const {
  std::vector<std::string> out;
  for (const auto& [line, met] : lines_) {
    if (!met) out.push_back(line);
  }
  return out;
}

std::string one_line(const std::string& command) { return replaced(command, "\n", "⏎"); }

}  // namespace belay::generate
