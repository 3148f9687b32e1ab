// Breaks `belay hook` from outside in every way that an agent, a machine or a person could, and looks at how it answers. Whatever happens, it must end
// by itself and in time with one of two answers (rows.h), as the agent whose call it is would read them (agents.h).
//
//   provoke BELAY CASES [briefly]     briefly: one agent for all.   CASES: recorded payloads, AGENT/EVENT.*.json. Writes below the home: run it by test/faults/run.
#include <signal.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rows.h"

namespace belay::faults {
namespace {

using std::chrono::milliseconds;

std::string_view name_of(Answer answer) {
  switch (answer) {
    case Answer::block: return "block";
    case Answer::held: return "block or a question";
    case Answer::silent: return "silent";
    case Answer::either: return "block or silent";
    case Answer::code_only: return "exit 2, and no stderr to say why";
  }
  return "?";
}

/// Nobody runs the tool, and whoever asks is told why.
bool is_blocked(const End& end, const Agent* agent) {
  const bool reasoned = end.exit == 2 && !end.err.empty() && end.err.front() != '{';
  return reasoned && (agent == nullptr ? end.out.empty() && stops_everywhere(end) : stops(*agent, end));
}
bool is_silent(const End& end) { return end.exit == 0 && end.out.empty() && end.err.empty(); }

bool is_question(const End& end) {
  return end.exit == 0 && end.out.find("\"ask\"") != std::string::npos && end.out.ends_with("}\n");
}

bool is(const End& end, const Row& row) {
  constexpr milliseconds kLatest{2500};
  if (end.hung || end.took > kLatest) return false;
  if (!row.never.empty() && end.err.find(row.never) != std::string::npos) return false;
  switch (row.expected) {
    case Answer::block: return is_blocked(end, row.agent);
    case Answer::held: return is_blocked(end, row.agent) || is_question(end);
    case Answer::silent: return is_silent(end);
    case Answer::either: return is_blocked(end, row.agent) || is_silent(end);
    case Answer::code_only: return end.exit == 2;
  }
  return false;
}

class Report {
 public:
  explicit Report(std::string program) : program_(std::move(program)) {}

  void try_row(const Row& row) {
    ++tried_;
    const End end = run(program_, row.start);
    if (is(end, row)) return;
    ++failed_;
    std::printf("%s: expected %s, but exit %d, signal %d%s after %lld ms, stdout `%.200s`, stderr `%.300s`\n", row.name.c_str(),
                std::string(name_of(row.expected)).c_str(), end.exit, end.signal, end.hung ? " (hung)" : "",
                static_cast<long long>(end.took.count()), end.out.c_str(), end.err.c_str());
  }
  void try_all(const char* group, const std::vector<Row>& rows) {
    const unsigned before = failed_;
    for (const Row& row : rows) try_row(row);
    std::printf("%-52s %4zu rows, %u failed\n", group, rows.size(), failed_ - before);
  }
  [[nodiscard]] bool sound() const { return failed_ == 0 && tried_ > 500; }

 private:
  std::string program_;
  unsigned tried_ = 0;
  unsigned failed_ = 0;
};

// --- payloads

std::string claude(std::string_view event, std::string_view tool, std::string_view input) {
  return R"({"session_id":"s","transcript_path":"/home/dev/.claude/projects/p/s.jsonl","cwd":"/tmp","permission_mode":"default",)"
         R"("hook_event_name":")" +
         std::string(event) + R"(","tool_name":")" + std::string(tool) + R"(","tool_input":)" + std::string(input) +
         R"(,"tool_use_id":"toolu_1"})";
}
std::string shell(std::string_view command) {
  return claude("PreToolUse", "Bash", R"({"command":")" + std::string(command) + "\"}");
}

const std::string kHarmless = shell("git status");
const std::string kDestructive = shell("rm -rf ~");
const std::string kAsked = shell("git push --force origin main");
const std::string kPrompt = R"({"session_id":"s","cwd":"/tmp","hook_event_name":"UserPromptSubmit","prompt":"hello"})";

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}
std::string nested(std::size_t depth) {
  return claude("PreToolUse", "Bash", R"({"command":"ls","x":)" + repeated("[", depth) + repeated("]", depth) + "}");
}

Start with(std::string input) {
  Start start;
  start.input = std::move(input);
  return start;
}
Start on(Stdin in, std::string input) {
  Start start = with(std::move(input));
  start.in = in;
  return start;
}
Start to(Sink out, Sink err, std::string input) {
  Start start = with(std::move(input));
  start.out = out;
  start.err = err;
  return start;
}
Start limited(std::vector<std::pair<__rlimit_resource, rlim_t>> limits, std::string input) {
  Start start = with(std::move(input));
  start.limits = std::move(limits);
  return start;
}
Start asked(std::vector<std::string> arguments, std::string input) {
  Start start = with(std::move(input));
  start.arguments = std::move(arguments);
  return start;
}

// --- tables

std::vector<Row> sound_rows() {
  return {
      {"a harmless call", with(kHarmless), Answer::silent},
      {"a destructive call", with(kDestructive), Answer::block},
      {"a prompt", with(kPrompt), Answer::silent},
      {"a harmless call, agent named", asked({"hook", "--agent", "claude"}, kHarmless), Answer::silent},
      {"a harmless call, agent named with =", asked({"hook", "--agent=claude"}, kHarmless), Answer::silent},
      {"16 MiB of text to write",
       with(claude("PreToolUse", "Write",
                   R"({"file_path":"/tmp/x","content":")" + repeated("0123456789abcdef", (1U << 20U) - 64) + "\"}")),
       Answer::either},
  };
}

std::vector<Row> input_rows() {
  const std::string large = repeated("0123456789abcdef", (17U << 20U) / 16);
  return {
      {"empty", with("")},
      {"blanks", with(" \n")},
      {"garbage", with("hello")},
      {"bytes", with(std::string("\0\xff\x01{", 4))},
      {"a list", with("[]")},
      {"an empty object", with("{}"), Answer::silent},  // no event, no tool: nothing to stop
      {"cut off", with(kHarmless.substr(0, kHarmless.size() / 2))},
      {"cut off before the last byte", with(kHarmless.substr(0, kHarmless.size() - 1))},
      {"two calls", with(kHarmless + kHarmless)},
      {"a duplicate key", with(R"({"hook_event_name":"Stop","hook_event_name":"PreToolUse"})")},
      {"a duplicate key in the input", with(claude("PreToolUse", "Bash", R"({"command":"ls","command":"rm -rf /"})"))},
      {"no UTF-8", with(shell("echo \xff"))},
      {"NUL in a command", with(shell("ls\\u0000"))},
      {"a command that is no string", with(claude("PreToolUse", "Bash", R"({"command":7})"))},
      {"no command", with(claude("PreToolUse", "Bash", "{}"))},
      {"100 levels", with(nested(100))},
      {"a million levels", with(nested(1'000'000))},
      {"a million levels of the shell", with(shell(repeated("$(", 500'000))), Answer::held},
      {"100 000 groups of the shell", with(shell(repeated("{ ", 100'000))), Answer::held},
      {"17 MiB", with(claude("PreToolUse", "Write", R"({"file_path":"/tmp/x","content":")" + large + "\"}"))},
      {"17 MiB after a call", with(claude("PostToolUse", "Write", R"({"content":")" + large + "\"}")), Answer::silent},
      {"no UTF-8 after a call", with(claude("PostToolUse", "Bash", "{\"command\":\"\xff\"}")), Answer::silent},
      {"100 levels after a call", with(claude("PostToolUse", "Bash", repeated("[", 100) + repeated("]", 100))), Answer::silent},
      {"cut off, a prompt", with(kPrompt.substr(0, kPrompt.size() - 1))},
  };
}

std::vector<Row> option_rows() {
  return {
      {"an unknown option", asked({"hook", "--verbose"}, kHarmless)},
      {"an unknown option before", asked({"--verbose", "hook"}, kHarmless)},
      {"an unknown option with a value before", asked({"--colour", "red", "hook"}, kHarmless)},
      {"a word", asked({"hook", "now"}, kHarmless)},
      {"twice", asked({"hook", "hook"}, kHarmless)},
      {"--help", asked({"hook", "--help"}, kHarmless)},
      {"--version", asked({"hook", "--version"}, kHarmless)},
      {"an unknown agent", asked({"hook", "--agent", "nobody"}, kHarmless)},
      {"no agent", asked({"hook", "--agent"}, kHarmless)},
      {"an empty agent", asked({"hook", "--agent="}, kHarmless)},
      {"no policy", asked({"hook", "--policy"}, kHarmless)},
      {"a policy that is not there", asked({"hook", "--policy", "/nowhere/at/all"}, kHarmless)},
      {"a policy that is not one", asked({"hook", "--policy", "/proc/self/exe"}, kHarmless)},
      {"a policy that never ends", asked({"hook", "--policy", "/dev/zero"}, kHarmless)},
      {"an unknown option, a prompt", asked({"hook", "--verbose"}, kPrompt), Answer::silent},
      {"a policy that is not there, a prompt", asked({"hook", "--policy", "/nowhere/at/all"}, kPrompt), Answer::silent},
  };
}

std::vector<Row> descriptor_rows() {
  using enum Sink;
  return {
      {"stdin closed", on(Stdin::closed, "")},
      {"stdin a terminal", on(Stdin::terminal, "")},
      {"stdin a folder", on(Stdin::folder, "")},
      {"stdout closed, harmless", to(closed, pipe, kHarmless), Answer::silent},
      {"stdout closed, denied", to(closed, pipe, kDestructive)},
      {"stdout closed, asked", to(closed, pipe, kAsked)},
      {"stdout full, harmless", to(full, pipe, kHarmless), Answer::silent},
      {"stdout full, denied", to(full, pipe, kDestructive)},
      {"stdout full, asked", to(full, pipe, kAsked)},
      {"stdout abandoned, denied", to(abandoned, pipe, kDestructive)},
      {"stdout abandoned, asked", to(abandoned, pipe, kAsked)},
      {"stdout stuck, denied", to(stuck, pipe, kDestructive)},
      {"stdout stuck, asked", to(stuck, pipe, kAsked)},
      {"stderr closed, harmless", to(pipe, closed, kHarmless), Answer::silent},
      {"stderr closed, denied", to(pipe, closed, kDestructive), Answer::code_only},
      {"stderr full, denied", to(pipe, full, kDestructive), Answer::code_only},
      {"stderr abandoned, denied", to(pipe, abandoned, kDestructive), Answer::code_only},
      {"stderr stuck, denied", to(pipe, stuck, kDestructive), Answer::code_only},
      {"both stuck, denied", to(stuck, stuck, kDestructive), Answer::code_only},
      {"both closed, denied", to(closed, closed, kDestructive), Answer::code_only},
      {"both closed, harmless", to(closed, closed, kHarmless), Answer::silent},
  };
}

/// A program that needs a loader fails before it begins when it may not open the loader's files.
bool is_static(const std::string& program) {
  std::ifstream in(program, std::ios::binary);
  std::string start(4096, '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  return start.find("/ld-linux") == std::string::npos;
}

std::vector<Row> descriptor_limit_rows() {
  return {
      {"no further descriptor, harmless", limited({{RLIMIT_NOFILE, 3}}, kHarmless)},
      {"no further descriptor, denied", limited({{RLIMIT_NOFILE, 3}}, kDestructive)},
      {"no further descriptor, a prompt", limited({{RLIMIT_NOFILE, 3}}, kPrompt), Answer::silent},
  };
}

std::vector<Row> limit_rows() {
  constexpr rlim_t kMiB = 1U << 20U;
  const std::string large =
      claude("PreToolUse", "Write", R"({"file_path":"/tmp/x","content":")" + repeated("x", 12 * kMiB) + "\"}");
  const std::string deep = shell(repeated("$(", 200) + "ls" + repeated(")", 200));
  return {
      {"memory for less than the input", limited({{RLIMIT_AS, 24 * kMiB}}, large)},
      {"data for less than the input", limited({{RLIMIT_DATA, 8 * kMiB}}, large)},
      {"no file may grow, harmless", limited({{RLIMIT_FSIZE, 0}}, kHarmless), Answer::silent},
      {"no file may grow, denied", limited({{RLIMIT_FSIZE, 0}}, kDestructive)},
      {"no further process", limited({{RLIMIT_NPROC, 0}}, kHarmless), Answer::either},
      {"stack of 256 KiB", limited({{RLIMIT_STACK, kMiB / 4}}, kHarmless), Answer::silent},
      {"stack of 64 KiB", limited({{RLIMIT_STACK, kMiB / 16}}, kHarmless), Answer::either},
      {"stack of 64 KiB, deep", limited({{RLIMIT_STACK, kMiB / 16}}, deep), Answer::either},
      {"stack of 64 KiB, denied", limited({{RLIMIT_STACK, kMiB / 16}}, kDestructive)},
      {"stack of 48 KiB, deep", limited({{RLIMIT_STACK, 3 * kMiB / 64}}, deep), Answer::either},
      {"stack of 48 KiB, denied", limited({{RLIMIT_STACK, 3 * kMiB / 64}}, kDestructive)},
      {"a second of processor time", limited({{RLIMIT_CPU, 1}}, kHarmless), Answer::silent},
  };
}

std::vector<Row> deadline_rows() {
  Start slow = on(Stdin::stays_open, kHarmless);
  Start silent = on(Stdin::stays_open, "");
  Start half = on(Stdin::stays_open, kHarmless.substr(0, 100));
  Start prompt = on(Stdin::stays_open, kPrompt);
  Start half_prompt = on(Stdin::stays_open, kPrompt.substr(0, kPrompt.size() - 2));
  Start stuck = on(Stdin::stays_open, kHarmless);
  stuck.err = Sink::stuck;
  return {
      {"input that never begins", silent}, {"input that never ends", slow},
      {"input that stops half way", half}, {"a whole prompt whose input never ends", prompt, Answer::silent},
      {"half a prompt", half_prompt},      {"nobody reads the reason", stuck, Answer::code_only},
  };
}

struct Signal {
  int number;
  const char* name;
};
const Signal kSignals[] = {{SIGSEGV, "SEGV"}, {SIGABRT, "ABRT"}, {SIGBUS, "BUS"},    {SIGFPE, "FPE"},   {SIGILL, "ILL"},
                           {SIGTRAP, "TRAP"}, {SIGSYS, "SYS"},   {SIGTERM, "TERM"},  {SIGINT, "INT"},   {SIGHUP, "HUP"},
                           {SIGQUIT, "QUIT"}, {SIGXCPU, "XCPU"}, {SIGALRM, "ALRM"},  {SIGUSR1, "USR1"}, {SIGVTALRM, "VTALRM"},
                           {SIGPROF, "PROF"}, {SIGPOLL, "POLL"}, {SIGRTMAX, "RTMAX"}};

Start hit(int signal, std::string input) {
  Start start = with(std::move(input));
  start.signal = signal;
  return start;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

using Payloads = std::map<std::string, std::string>;  ///< AGENT/EVENT… -> bytes

Payloads recorded(const std::filesystem::path& cases) {
  Payloads out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(cases)) {
    if (entry.path().extension() != ".json") continue;
    out[entry.path().parent_path().filename().string() + "/" + entry.path().stem().string()] = read_file(entry.path());
  }
  return out;
}

/// `claude/PreToolUse.Bash.2` -> `PreToolUse`
std::string event_of(const std::string& name) {
  const std::string event = name.substr(name.find('/') + 1);
  return event.substr(0, event.find('.'));
}

bool precedes_call(const std::string& event) {
  constexpr std::string_view kEvents[] = {"PreToolUse", "BeforeTool", "preToolUse", "PermissionRequest", "permissionRequest"};
  return std::ranges::find(kEvents, event) != std::end(kEvents);
}

std::vector<Row> payload_rows(const Payloads& payloads) {
  std::vector<Row> rows;
  for (const auto& [name, bytes] : payloads) {
    // Answers on stdout have golden files (test/cases/hook/AGENT/replies.txt); here only calls that must never be answered count.
    if (!precedes_call(event_of(name))) rows.push_back({name, with(bytes), Answer::silent});
  }
  return rows;
}

std::vector<Row> signal_rows(const Payloads& payloads) {
  std::vector<Row> rows;
  for (const Signal& signal : kSignals) {
    rows.push_back({std::string(signal.name) + " before any input", hit(signal.number, "")});
    rows.push_back({std::string(signal.name) + " after half a call", hit(signal.number, kHarmless.substr(0, 150))});
    Start masked = hit(signal.number, kHarmless);
    masked.masked = true;
    rows.push_back({std::string(signal.name) + ", blocked by the parent", masked});
  }
  std::string last;
  for (const auto& [name, bytes] : payloads) {
    const std::string event = name.substr(0, name.find('.'));
    if (event == last) continue;
    last = event;
    for (const Signal& signal : kSignals) {
      const Answer expected = precedes_call(event_of(name)) ? Answer::block : Answer::silent;
      rows.push_back({std::string(signal.name) + " after " + name, hit(signal.number, bytes), expected});
    }
  }
  return rows;
}

/// Every payload as it is: ends in time with one of the two codes, and never blocks without a reason.
unsigned try_recorded(const std::string& program, const Payloads& payloads) {
  unsigned failed = 0;
  for (const auto& [name, bytes] : payloads) {
    const End end = run(program, with(bytes));
    const bool fine =
        !end.hung && (end.exit == 0 ? end.err.empty() : end.exit == 2 && !end.err.empty() && end.err.front() != '{');
    if (fine) continue;
    ++failed;
    std::printf("%s: exit %d, signal %d, stderr `%.200s`\n", name.c_str(), end.exit, end.signal, end.err.c_str());
  }
  std::printf("%-52s %4zu rows, %u failed\n", "recorded payloads end with 0 or a reasoned 2", payloads.size(), failed);
  return failed;
}

int main_of(const std::string& program, const std::filesystem::path& cases, bool briefly) {
  ::signal(SIGPIPE, SIG_IGN);
  const Payloads payloads = recorded(cases);
  Report report(program);
  report.try_all("nothing is wrong", sound_rows());
  report.try_all("input", input_rows());
  report.try_all("options", option_rows());
  report.try_all("descriptors", descriptor_rows());
  if (!briefly) {
    for (const Group& group : agent_groups(is_static(program))) report.try_all(group.name, group.rows);
  }
  for (const Group& group : limit_groups(program, is_static(program))) report.try_all(group.name, group.rows);
  report.try_all("limits", limit_rows());
  if (is_static(program)) report.try_all("limits of descriptors", descriptor_limit_rows());
  report.try_all("deadline", deadline_rows());
  report.try_all("signals", signal_rows(payloads));
  report.try_all("recorded payloads that no call follows", payload_rows(payloads));
  const unsigned failed = try_recorded(program, payloads);
  return report.sound() && failed == 0 && payloads.size() > 300 ? 0 : 1;
}

}  // namespace
}  // namespace belay::faults

int main(int argc, char** argv) {
  const bool briefly = argc == 4 && std::string_view(argv[3]) == "briefly";
  if (argc != 3 && !briefly) return 3;
  try {
    return belay::faults::main_of(argv[1], argv[2], briefly);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "provoke: %s\n", problem.what());
    return 3;
  }
}
