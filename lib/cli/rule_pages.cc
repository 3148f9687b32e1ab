#include "cli/rule_pages.h"

#include <CLI/App.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include "base/fs_posix.h"
#include "cli/given_files.h"
#include "cli/terminal.h"
#include "policy/compile.h"
#include "policy/load.h"
#include "rulekit/frameworks.h"
#include "rulekit/pages.h"

namespace belay::cli {

namespace {

namespace fs = std::filesystem;
using rulekit::Page;

constexpr std::size_t kMaxPage = 1U << 20U;

/// The rules of --policy, or else the shipped ones, whose files the program carries.
policy::Policy written_rules(const Program& program) {
  base::Diagnostics diagnostics;
  const auto files = program.policy.empty() ? policy::carried_files(shipped_or_stop(program)) : files_or_stop(program.policy).sources;
  auto policy = policy::load(files, diagnostics);
  complain(diagnostics);
  if (diagnostics.has_errors()) throw Stop{ExitCode::policy, "the rules have errors", "`belay lint` says more"};
  return policy;
}

std::vector<Page> pages(const Program& program) {
  const image::View shipped = shipped_or_stop(program);
  const image::View* below = &shipped;
  const auto policy = written_rules(program);
  return rulekit::rule_pages(policy, rulekit::frameworks_of(policy, {&below, 1}));
}

/// Pages of rules that are no more. Whatever else lies in the folder is somebody's own.
std::vector<std::string> left_over(const std::string& folder, const std::vector<Page>& pages) {
  std::set<std::string> names;
  for (const Page& page : pages) names.insert(page.name);
  std::vector<std::string> out;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".md") && names.count(name) == 0) out.push_back(entry.path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

void write_pages(const Program& program, const std::string& folder) {
  const auto all = pages(program);
  constexpr std::uint32_t kReadable = 0644;
  for (const Page& page : all) value_or_stop(write_image(folder + "/" + page.name, page.text, kReadable), ExitCode::policy);
  std::string out = "wrote " + std::to_string(all.size()) + " pages to " + folder + "\n";
  for (const auto& path : left_over(folder, all)) out += "of no rule here: " + path + "\n";
  print(out);
}

ExitCode check_pages(const Program& program, const std::string& folder) {
  const auto all = pages(program);
  std::string out;
  for (const Page& page : all) {
    const std::string path = folder + "/" + page.name;
    const auto text = base::read_file(path, kMaxPage);
    if (!text) out += "missing: " + path + "\n";
    else if (*text != page.text) out += "out of date: " + path + "\n";
  }
  for (const auto& path : left_over(folder, all)) out += "of no rule here: " + path + "\n";
  if (out.empty()) {
    print(std::to_string(all.size()) + " pages are current\n");
    return ExitCode::ok;
  }
  print(out + "to make them anew: belay rules docs -o " + folder + "\n");
  return ExitCode::findings;
}

void add_docs(CLI::App& rules, Program& program) {
  CLI::App* command = rules.add_subcommand("docs", "make one page a rule, and an index, for people; of --policy, or of the shipped rules");
  const auto output = std::make_shared<std::string>();
  const auto check = std::make_shared<std::string>();
  CLI::Option* out = command->add_option("-o,--output", *output, "write the pages here")->type_name("FOLDER");
  command->add_option("--check", *check, "write nothing; fail unless the pages here are current")->type_name("FOLDER")->excludes(out);
  command->footer("Exit code: 0, or 1 when --check finds a page that is missing, out of date or of no rule.");
  command->callback([&program, output, check] {
    if (output->empty() == check->empty())
      throw Stop{ExitCode::usage, "where? -o FOLDER writes the pages, --check FOLDER compares them", "belay rules docs -o docs/rules"};
    if (check->empty()) write_pages(program, *output);
    else program.status = check_pages(program, *check);
  });
}

void add_lists(CLI::App& rules, Program& program) {
  CLI::App* command = rules.add_subcommand("lists", "the lists that a policy may set in [params], with what uses them, as Markdown");
  command->callback([&program] { print(rulekit::lists_page(written_rules(program))); });
}

void add_new(CLI::App& rules, Program& /*program*/) {
  CLI::App* command = rules.add_subcommand("new", "print a file with one rule to be filled in");
  const auto id = std::make_shared<std::string>();
  command->add_option("id", *id, "pack.name")->type_name("ID")->required();
  command->callback([id] {
    if (!policy::is_rule_id(*id))
      throw Stop{ExitCode::usage, "`" + *id + "` is not the id of a rule", "two words of small letters, digits and dashes: ours.drop-things"};
    print(rulekit::rule_template(*id));
  });
}

}  // namespace

void add_rule_pages(CLI::App& rules, Program& program) {
  add_docs(rules, program);
  add_lists(rules, program);
  add_new(rules, program);
}

}  // namespace belay::cli
