// Everything destructive, wrapped, quoted and placed in every way that the tables know; it must stay stopped. Everything harmless the same way,
// and everything destructive as text; it must pass. README.md describes the tables.
//   generate IMAGE FOLDER [SAMPLED [SEED]]
//   generate laws IMAGE FOLDER RULES < COMMANDS    commands each ended by a zero byte, besides the cases of the rules and the seeds
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>

#include "laws.h"
#include "run.h"

namespace belay::generate {

namespace {

constexpr std::size_t kSampled = 60'000;

unsigned threads() { return std::max(1U, std::thread::hardware_concurrency()); }

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Prints what is not known yet; how many that are.
std::size_t report(const char* what, const Findings& findings, Known& known) {
  std::size_t unknown = 0;
  auto shortened = findings.shortened.begin();
  std::set<std::string> listed;
  for (; shortened != findings.shortened.end(); ++shortened) {
    if (known.meet(*shortened)) listed.insert(*shortened);
  }
  for (const std::string& line : findings.lines) {
    const auto arrow = line.find("→");
    const std::string wanted = line.substr(0, arrow);
    auto text = line.substr(line.find(' ', arrow) + 1);
    if (const auto note = text.rfind("   ["); note != std::string::npos && wanted == "pass") text.resize(note);
    if (listed.count(wanted + " " + text) > 0) continue;
    ++unknown;
    std::cout << line << '\n';
  }
  std::cout << findings.ran << ' ' << what << ", " << findings.failed << " failed: " << unknown << " new, " << listed.size() << " known\n";
  return unknown;
}

int finish(std::size_t wrong, const Known& known) {
  for (const std::string& line : known.unmet()) std::cout << "no longer fails, take it out: " << line << '\n', ++wrong;
  return wrong == 0 ? 0 : 1;
}

int run_laws(const std::vector<std::string>& args) {
  const std::string image = bytes_of(args[1]);
  std::vector<policy::Case> cases = commands_of(std::string(std::istreambuf_iterator<char>(std::cin), {}));
  for (policy::Case& one : rule_cases(args[3])) cases.push_back(std::move(one));
  const Material material = read_material(args[2]);
  for (const Seed& seed : material.seeds) cases.emplace_back().run = seed.command.text;
  Known known(args[2] + "/laws_known.txt");
  const std::size_t wrong =
      report("commands that only look different", run_laws(cases, read_laws(args[2] + "/laws.txt"), image, threads()), known);
  return finish(wrong, known);
}

int run(const std::vector<std::string>& args) {
  if (args.size() == 4 && args[0] == "laws") return run_laws(args);
  if (args.size() < 2 || args.size() > 4) return std::cerr << "usage: generate IMAGE FOLDER [SAMPLED [SEED]]\n", 2;
  const std::string image = bytes_of(args[0]);
  const Material material = read_material(args[1]);
  Known known(args[1] + "/known.txt");
  const Amount amount{args.size() > 2 ? std::stoull(args[2]) : kSampled, args.size() > 3 ? std::stoull(args[3]) : 1};
  std::size_t wrong = report("dangerous commands judged", run_stopped(material, image, amount, threads()), known);
  wrong += report("harmless commands judged", run_silent(material, image, amount, threads()), known);
  return finish(wrong, known);
}

}  // namespace

}  // namespace belay::generate

int main(int argc, char** argv) {
  try {
    return belay::generate::run({argv + 1, argv + argc});
  } catch (const std::exception& fault) {
    std::cerr << "generate: " << fault.what() << '\n';
    return 2;
  }
}
