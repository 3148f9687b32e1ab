#include <signal.h>

#include "rows.h"

namespace belay::faults {

namespace {

constexpr std::string_view kHarmless = "git status";
constexpr std::string_view kDestructive = "rm -rf ~";

/// One way to start the hook, whatever it is fed.
struct Way {
  std::string name;
  Start start;
  Answer harmless = Answer::silent;
  Answer destructive = Answer::block;
  Answer prompt = Answer::silent;
};

Way way(std::string name, Start start) { return {std::move(name), std::move(start)}; }
/// One in which the hook does not get to know the call: whoever asks has to be stopped.
Way blind(std::string name, Start start) {
  return {std::move(name), std::move(start), Answer::block, Answer::block, Answer::block};
}
bool is_blind(const Way& one) { return one.prompt != Answer::silent; }

std::vector<Way> inputs() {
  std::vector<Way> out;
  const auto add = [&](const char* name, Stdin in, bool sees) {
    Start start;
    start.in = in;
    out.push_back(sees ? way(name, start) : blind(name, start));
  };
  add("stdin a pipe", Stdin::ends, true);
  add("stdin a socket", Stdin::socket, true);
  add("stdin a file", Stdin::file, true);
  add("stdin closed", Stdin::closed, false);
  add("stdin empty", Stdin::nothing, false);
  add("stdin a terminal", Stdin::terminal, false);
  add("stdin a folder", Stdin::folder, false);
  add("stdin slow", Stdin::slow, false);
  add("stdin without end", Stdin::endless, false);
  return out;
}

/// Every combination of descriptors that the parent has closed.
std::vector<Way> closed_descriptors() {
  std::vector<Way> out;
  for (unsigned closed = 1; closed < 8; ++closed) {
    Start start;
    std::string name = "closed:";
    if ((closed & 1U) != 0) {
      start.in = Stdin::closed;
      name += " 0";
    }
    if ((closed & 2U) != 0) {
      start.out = Sink::closed;
      name += " 1";
    }
    if ((closed & 4U) != 0) {
      start.err = Sink::closed;
      name += " 2";
    }
    Way one = (closed & 1U) != 0 ? blind(name, start) : way(name, start);
    // Nobody hears why; two agents need to.
    if ((closed & 4U) != 0) {
      one.destructive = Answer::code_only;
      if ((closed & 1U) != 0) one.harmless = one.prompt = Answer::code_only;
    }
    out.push_back(one);
  }
  return out;
}

/// Signals that mean nothing: the call is judged as if they had not come.
std::vector<Way> idle_signals() {
  struct Signal {
    int number;
    const char* name;
  };
  constexpr Signal kIdle[] = {{SIGPIPE, "PIPE"}, {SIGXFSZ, "XFSZ"}, {SIGTSTP, "TSTP"},   {SIGTTIN, "TTIN"}, {SIGTTOU, "TTOU"},
                              {SIGCHLD, "CHLD"}, {SIGURG, "URG"},   {SIGWINCH, "WINCH"}, {SIGCONT, "CONT"}};
  std::vector<Way> out;
  for (const Signal& signal : kIdle) {
    Start start;
    start.signal = signal.number;
    start.goes_on = true;
    out.push_back(way(std::string("SIG") + signal.name, start));
  }
  return out;
}

/// What a parent hands down.
std::vector<Way> inheritances(bool is_static) {
  std::vector<Way> out;
  const auto with_environment = [&](const char* name, std::vector<std::string> environment) {
    Start start;
    start.environment = std::move(environment);
    out.push_back(way(name, start));
  };
  with_environment("no HOME", {"HOMELESS=1"});
  with_environment("an empty HOME", {"HOME="});
  with_environment("HOME is /", {"HOME=/"});
  with_environment("HOME is relative", {"HOME=.."});
  with_environment("HOME is nowhere", {"HOME=/nowhere/at/all"});
  with_environment("HOME is a file", {"HOME=/proc/self/exe"});
  with_environment("HOME is long", {"HOME=/" + std::string(9000, 'x')});
  with_environment("HOME is no text", {"HOME=/\xff\x1b[31m\n"});
  with_environment("HOME twice", {"HOME=/tmp", "HOME=/"});
  with_environment("a locale that is not there", {"LC_ALL=xx_YY.UTF-9", "LANG=\xff"});
  with_environment("the allocator told to fail",
                   {"MALLOC_CHECK_=3", "MALLOC_PERTURB_=165", "GLIBC_TUNABLES=glibc.malloc.check=3", "MALLOC_ARENA_MAX=0"});
  if (is_static) with_environment("a loader told to load", {"LD_PRELOAD=/nowhere.so", "LD_AUDIT=/nowhere.so", "LD_BIND_NOW=1"});
  with_environment("no variable has a name", {"=", "x", "=x=y"});
  Start masked;
  masked.umask = 0777;
  out.push_back(way("umask 0777", masked));
  masked.umask = 0;
  out.push_back(way("umask 0", masked));
  Start blocked;
  blocked.masked = true;
  out.push_back(way("every signal blocked", blocked));
  return out;
}

void add_rows(const Way& one, const Agent& agent, std::vector<Row>& out) {
  const auto add = [&](std::string_view what, std::string input, Answer expected) {
    Row row;
    row.name = one.name + ", " + std::string(agent.name) + ", " + std::string(what);
    row.start = one.start;
    row.start.input = std::move(input);
    row.expected = expected;
    row.agent = is_blind(one) ? nullptr : &agent;
    out.push_back(std::move(row));
  };
  add("harmless", call(agent, kHarmless), one.harmless);
  add("a prompt", std::string(agent.prompt), one.prompt);
  if (!is_blind(one)) add("destructive", call(agent, kDestructive), one.destructive);
}

std::vector<Row> rows_of(const std::vector<Way>& ways) {
  std::vector<Row> out;
  for (const Way& one : ways) {
    for (const Agent& agent : kAgents) {
      // An answer that stops everybody is looked at once.
      if (&agent == kAgents.data() || !is_blind(one)) add_rows(one, agent, out);
    }
  }
  return out;
}

/// What goes wrong before anybody is known must be said so that all of them stop, and after it so that this one does.
std::vector<Row> outputs() {
  std::vector<Row> out;
  for (const Agent& agent : kAgents) {
    for (const Sink sink : {Sink::full, Sink::closed, Sink::abandoned, Sink::stuck}) {
      Row row;
      row.name = "stdout is lost (" + std::to_string(static_cast<int>(sink)) + "), " + std::string(agent.name);
      row.start.input = call(agent, kDestructive);
      row.start.out = sink;
      row.agent = &agent;
      out.push_back(row);
      row.name += ", a question";
      row.start.input = call(agent, "git push --force origin main");
      out.push_back(std::move(row));
    }
  }
  return out;
}

}  // namespace

std::vector<Group> agent_groups(bool is_static) {
  return {{"standard input, each agent", rows_of(inputs())},
          {"descriptors that are closed, each agent", rows_of(closed_descriptors())},
          {"signals that mean nothing, each agent", rows_of(idle_signals())},
          {"what a parent hands down, each agent", rows_of(inheritances(is_static))},
          {"answers that are lost, each agent", outputs()}};
}

}  // namespace belay::faults
