#include <CLI/App.hpp>
#include <cerrno>
#include <fstream>
#include <memory>
#include <optional>

#include "base/fs_posix.h"
#include "cli/machine.h"
#include "cli/program.h"
#include "cli/replay_text.h"
#include "cli/terminal.h"

namespace belay::cli {

namespace {

struct ReplayOptions {
  std::vector<std::string> logs;
  bool json = false;
  bool all = false;
  std::optional<std::uint64_t> most_denials;
  std::optional<std::uint64_t> most_asks;
};

/// Writes as it goes: a log may be long, and the reader of a pipe impatient.
class Output {
 public:
  explicit Output(const ReplayOptions& options) : options_(options), colour_(!options.json && wants_colour()) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() = default;

  void add(const history::Replayed& one) {
    if (options_.json) text_ += replayed_json(one);
    else if (differs(one)) show(one);
    constexpr std::size_t kEnough = 1U << 16U;
    if (text_.size() >= kEnough) flush();
  }

  void end(const history::Summary& summary) {
    if (!options_.json) {
      if (hidden_ != 0) text_ += "… and " + std::to_string(hidden_) + " more (--all shows every one)\n";
      if (!text_.empty()) text_ += "\n";
      text_ += summary_text(summary);
    }
    flush();
  }

 private:
  /// In what would be decided, or only in what the agent is told: a policy that begins to enforce.
  static bool differs(const history::Replayed& one) {
    return one.change != history::Change::same || one.record.decision.effective != one.decision.effective;
  }

  void show(const history::Replayed& one) {
    constexpr std::uint64_t kShown = 50;
    if (!options_.all && shown_ >= kShown) {
      ++hidden_;
      return;
    }
    ++shown_;
    text_ += replayed_text(one, colour_);
  }

  void flush() {
    print(text_);
    text_.clear();
  }

  const ReplayOptions& options_;
  std::string text_;
  bool colour_;
  std::uint64_t shown_ = 0;
  std::uint64_t hidden_ = 0;
};

void replay_log(const std::string& file, const history::Replayer& replayer, history::Summary& summary, Output& output) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Stop{ExitCode::policy, "`" + file + "`: " + base::system_text(errno)};
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty()) continue;
    const auto one = replayer.replay_line(line);
    if (!one) {
      summary.add_unreadable();
      continue;
    }
    summary.add(*one);
    output.add(*one);
  }
  if (in.bad()) throw Stop{ExitCode::policy, "`" + file + "`: " + base::system_text(errno)};
}

/// A gate that is closed, in words; empty when it is open.
std::string gate(std::optional<std::uint64_t> most, std::uint64_t count, std::string_view what) {
  if (!most || count <= *most) return {};
  return "belay: " + std::to_string(count) + " calls newly " + std::string(what) + ", at most " + std::to_string(*most) +
         " are allowed\n";
}

void replay(Program& program, const ReplayOptions& options) {
  const Machine machine = look_at_machine();
  const PolicyStore store = policy_or_stop(program, machine.account());
  const history::Replayer replayer({store.layers, store.knowledge, {}});
  history::Summary summary;
  Output output(options);
  for (const std::string& file : options.logs) replay_log(file, replayer, summary, output);
  output.end(summary);
  const std::string closed =
      gate(options.most_denials, summary.newly_denied, "denied") + gate(options.most_asks, summary.newly_asked, "asked");
  complain(closed);
  if (!closed.empty()) program.status = ExitCode::gate_failed;
}

}  // namespace

void add_replay(CLI::App& app, Program& program) {
  CLI::App* command =
      app.add_subcommand("replay", "what a policy would have decided on recorded calls; nothing is run or changed");
  const auto options = std::make_shared<ReplayOptions>();
  command->add_option("log", options->logs, "audit logs (docs/audit.md)")->required()->type_name("LOG");
  command->add_flag("--json", options->json, "one decision a line, and no summary");
  command->add_flag("--all", options->all, "show every call whose decision changes, not only the first 50");
  command
      ->add_option("--max-new-denials", options->most_denials, "fail when more calls than that would now be denied and were not")
      ->type_name("N");
  command->add_option("--max-new-asks", options->most_asks, "the same of questions")->type_name("N");
  command->footer(
      "The policy is the installed one, or that of --policy. Calls that the record does not hold in full are counted apart, and "
      "fail no gate.\n"
      "Exit code: 0; 5 when a gate fails.");
  command->callback([&program, options] { replay(program, *options); });
}

}  // namespace belay::cli
