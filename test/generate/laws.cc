#include "laws.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <thread>

#include "judge.h"
#include "policy/load.h"
#include "words.h"

namespace belay::generate {

namespace {

/// Tabs and more blanks between the words, which stay as they are written.
std::optional<Command> wider(const Command& inner) {
  const auto words = words_of(inner.text);
  if (!words) return std::nullopt;
  std::vector<std::string> out;
  for (const Word& word : *words) out.push_back(word.raw);
  return Command{" \t" + joined(out, " \t  ") + "  ", inner.simple, false, inner.depth + 1};
}

bool ends_open(const std::string& text) {
  return text.find("<<") != std::string::npos || text.find('#') != std::string::npos || text.ends_with('\\') || text.ends_with('&');
}

std::string shown(Verdict v) { return v <= Verdict::allow ? "pass" : std::string(model::name_of(v)); }

}  // namespace

std::vector<Change> read_laws(const std::string& path) {
  std::vector<Change> out = read_changes(path);
  out.push_back({"wider blanks", wider});
  return out;
}

std::vector<policy::Case> rule_cases(const std::string& folder) {
  std::vector<policy::SourcePtr> sources;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".toml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    sources.push_back(std::make_shared<base::SourceText>(entry.path().filename().string(),
                                                         std::string(std::istreambuf_iterator<char>(in), {})));
  }
  base::Diagnostics problems;
  const policy::Policy policy = policy::load(sources, problems);
  std::vector<policy::Case> out;
  for (const policy::Pack& pack : policy.packs) {
    for (const policy::Rule& rule : pack.rules) {
      for (const policy::Case& one : rule.cases) {
        if (one.kind == policy::Case::Kind::run) out.push_back(one);
      }
    }
  }
  return out;
}

std::vector<policy::Case> commands_of(std::string_view bytes) {
  std::vector<policy::Case> out;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\0', begin), bytes.size());
    out.emplace_back().run = bytes.substr(begin, end - begin);
    begin = end + 1;
  }
  return out;
}

Findings run_laws(const std::vector<policy::Case>& cases, const std::vector<Change>& laws, std::string_view image, unsigned threads) {
  Findings out;
  std::mutex mutex;
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    Judge judge(image);
    std::size_t ran = 0;
    for (std::size_t i = next++; i < cases.size(); i = next++) {
      policy::Case one = cases[i];
      const Command command{one.run, is_program_call(one.run), ends_open(one.run)};
      const std::string before = shown(judge.decide(one).effective);
      for (const Change& law : laws) {
        const auto changed = law.apply(command);
        if (!changed) continue;
        one.run = changed->text;
        ++ran;
        const std::string after = shown(judge.decide(one).effective);
        if (before == after) continue;
        const std::lock_guard lock(mutex);
        ++out.failed;
        out.shortened.insert(before + " " + one_line(one.run));
        out.lines.insert(before + "→" + after + " " + one_line(one.run));
      }
    }
    const std::lock_guard lock(mutex);
    out.ran += ran;
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  others.clear();
  return out;
}

}  // namespace belay::generate
