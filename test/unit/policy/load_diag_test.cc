#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/text.h"
#include "policy/diag_table.h"
#include "policy/load.h"
#include "policy/merge.h"
#include "support/golden.h"

using namespace belay;
using namespace belay::policy;

namespace {

/// Broken rule files, by name; beside each stands what is said about it.
std::vector<std::filesystem::path> broken_files() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(BELAY_TEST_DATA "/cases/diag")) {
    if (entry.path().extension() == ".toml") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// A line `#--- NAME` begins another file of the same run.
std::vector<SourcePtr> files_of(const std::string& name, const std::string& text) {
  std::vector<SourcePtr> out;
  std::string current = name;
  for (std::size_t begin = 0;;) {
    const auto next = text.find("#--- ", begin);
    out.push_back(
        std::make_shared<const base::SourceText>(current, text.substr(begin, next == std::string::npos ? next : next - begin)));
    if (next == std::string::npos) return out;
    const auto line_end = text.find('\n', next);
    current = text.substr(next + 5, line_end - next - 5);
    begin = line_end + 1;
  }
}

std::string findings_of(const std::string& name, const std::string& text, std::set<std::string>& codes) {
  base::Diagnostics out;
  (void)resolve(load(files_of(name, text), out), out);
  std::string rendered;
  for (const auto& d : out.items()) {
    rendered += base::render(d) + "\n";
    codes.insert(d.code);
  }
  return rendered;
}

}  // namespace

TEST_CASE("a broken rule file says what is wrong with it", "[golden]") {
  std::set<std::string> codes;
  for (const auto& input : broken_files()) {
    DYNAMIC_SECTION(input.filename().string()) {
      const auto actual = findings_of(input.filename().string(), test::slurp(input.string()), codes);
      auto expected = input;
      test::check_golden(expected.replace_extension(".diag").string(), actual);
    }
  }
}

TEST_CASE("every code of the table has a file that shows it", "[golden]") {
  std::set<std::string> shown;
  for (const auto& input : broken_files()) {
    (void)findings_of(input.filename().string(), test::slurp(input.string()), shown);
  }
  shown.insert("E140");  // a file of more than 1 MiB; see toml_tree_test.cc
  for (const auto& row : kCodeTable) CHECK(shown.count(std::string(row.name)) == 1);
}
