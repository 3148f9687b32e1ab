#include "deploy/trial.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <vector>

#include "agent/adapter.h"
#include "base/fs_posix.h"
#include "base/text.h"
#include "json/reader.h"
#include "json/tree.h"
#include "json/writer.h"

namespace belay::deploy {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostOutput = 1U << 20U;
constexpr std::string_view kRefusedCommand = "echo x > /etc/belay/policy.toml";

/// Both ends close themselves.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close(0);
    close(1);
  }
  [[nodiscard]] int end(std::size_t n) const { return ends_[n]; }
  void close(std::size_t n) {
    if (ends_[n] >= 0) ::close(ends_[n]);
    ends_[n] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

std::vector<std::string> argv_for(const Registration& hook, const AgentSettings& agent) {
  if (hook.shell.empty()) return hook.argv;
  std::vector<std::string> out;
  for (const std::string_view word : base::split_blank(agent.shell)) out.emplace_back(word);
  out.push_back(hook.shell);
  return out;
}

/// A process group of its own, so that a child of it can be ended too.
int spawn(std::vector<std::string> argv, const Pipe& in, const Pipe& out, const Pipe& err, pid_t& pid) {
  std::vector<char*> words;
  for (std::string& word : argv) words.push_back(word.data());
  words.push_back(nullptr);
  std::string path = "PATH=/usr/local/bin:/usr/bin:/bin";
  std::array<char*, 2> environment{path.data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&actions, in.end(0), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out.end(1), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, err.end(1), STDERR_FILENO);
  sigset_t none;
  ::sigemptyset(&none);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
  const int error = ::posix_spawn(&pid, words[0], &actions, &attributes, words.data(), environment.data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  return error;
}

int left_until(Clock::time_point end) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
  return left > 0 ? static_cast<int>(left) : 0;
}

/// Appends what is there; false at the end of the stream.
bool drain(int fd, std::string& into) {
  std::array<char, 4096> buffer;
  const ssize_t n = ::read(fd, buffer.data(), buffer.size());
  if (n < 0) return errno == EINTR || errno == EAGAIN;
  if (into.size() < kMostOutput) into.append(buffer.data(), static_cast<std::size_t>(n));
  return n > 0;
}

/// Reads both streams to their ends; false when that took too long.
bool collect(Pipe& out, Pipe& err, Clock::time_point end, Trial& trial) {
  while (out.end(0) >= 0 || err.end(0) >= 0) {
    std::array<pollfd, 2> watched{{{out.end(0), POLLIN, 0}, {err.end(0), POLLIN, 0}}};
    const int ready = ::poll(watched.data(), watched.size(), left_until(end));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    if (watched[0].revents != 0 && !drain(out.end(0), trial.out)) out.close(0);
    if (watched[1].revents != 0 && !drain(err.end(0), trial.err)) err.close(0);
  }
  return true;
}

/// The status within the time; nothing when it still runs.
bool reap(pid_t pid, Clock::time_point end, int& status) {
  constexpr timespec kShort{0, 2'000'000};
  for (;;) {
    const pid_t got = ::waitpid(pid, &status, WNOHANG);
    if (got == pid) return true;
    if (got < 0 && errno != EINTR) return false;
    if (left_until(end) == 0) return false;
    ::nanosleep(&kShort, nullptr);
  }
}

void finish(pid_t pid, Clock::time_point end, bool collected, Trial& trial) {
  int status = 0;
  if (!collected || !reap(pid, end, status)) {
    trial.timed_out = true;
    ::kill(-pid, SIGKILL);
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
  }
  trial.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void claude_payload(json::Writer& w, const AgentSettings& agent) {
  w.field("session_id", "belay-doctor")
      .field("cwd", "/")
      .field("hook_event_name", agent.event)
      .field("permission_mode", "default");
  if (agent.agent == model::Agent::codex) w.field("turn_id", "belay-doctor").field("model", "none");
  if (agent.agent == model::Agent::claude) w.field("prompt_id", "belay-doctor");
  if (agent.agent != model::Agent::gemini) w.field("tool_use_id", "belay-doctor");
}

const json::Tree* reason_beside(const json::Tree& root, std::string_view verdict_path, std::string_view& verdict) {
  const json::Tree* node = &root;
  const std::size_t slash = verdict_path.rfind('/');
  const std::string_view key = slash == std::string_view::npos ? verdict_path : verdict_path.substr(slash + 1);
  if (slash != std::string_view::npos) node = root.find(verdict_path.substr(0, slash));
  if (node == nullptr) return nullptr;
  verdict = node->string_at(key);
  const json::Tree* const reason = node->find(std::string(key) + "Reason");
  return reason != nullptr ? reason : node->find("reason");
}

std::string fault_of_json(std::string_view out, const AgentSettings& agent) {
  const auto document = json::Document::parse(base::trim(out));
  if (!document) return "its answer is " + document.error().what;
  const json::Tree root(document->root());
  std::string_view verdict;
  const json::Tree* const reason = reason_beside(root, agent.verdict_path, verdict);
  if (verdict != "deny") return "its answer is not a denial in the agent's form";
  if (reason == nullptr || reason->text().empty()) return "its denial gives no reason";
  return {};
}

}  // namespace

std::string trial_payload(const AgentSettings& agent) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  if (agent.agent == model::Agent::copilot) {
    w.field("sessionId", "belay-doctor")
        .field("timestamp", std::uint64_t{1})
        .field("cwd", "/")
        .field("toolName", agent.shell_tool)
        .key("toolArgs");
  } else {
    claude_payload(w, agent);
    if (agent.agent == model::Agent::gemini) w.field("timestamp", "2026-01-01T00:00:00.000Z");
    w.field("tool_name", agent.shell_tool).key("tool_input");
  }
  w.begin_object()
      .field("command", kRefusedCommand)
      .field("description", "a call that belay doctor invented; it is judged and never run");
  w.end_object().end_object();
  return out + "\n";
}

Trial run_hook(const Registration& hook, const AgentSettings& agent, std::string_view payload, std::chrono::milliseconds limit) {
  Trial trial;
  Pipe in;
  Pipe out;
  Pipe err;
  const Clock::time_point end = Clock::now() + limit;
  pid_t pid = -1;
  if (const int error = spawn(argv_for(hook, agent), in, out, err, pid); error != 0) {
    trial.error = base::system_text(error);
    return trial;
  }
  trial.started = true;
  in.close(0);
  out.close(1);
  err.close(1);
  // The payload is smaller than a pipe's buffer: the write does not wait. A reader that is gone must not end this program.
  struct sigaction ignore {};
  struct sigaction before {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &before);
  static_cast<void>(!::write(in.end(1), payload.data(), payload.size()));
  ::sigaction(SIGPIPE, &before, nullptr);
  in.close(1);
  finish(pid, end, collect(out, err, end, trial), trial);
  return trial;
}

std::string fault_of(const Trial& trial, const AgentSettings& agent) {
  if (!trial.started) return "it does not start: " + trial.error;
  if (trial.timed_out) return "it did not answer in time";
  if (trial.status != agent::kBlockingExit) {
    return "it ends with " + std::to_string(trial.status) + ", not with the blocking code " +
           std::to_string(agent::kBlockingExit);
  }
  if (base::trim(trial.err).empty()) return "it gives no reason on stderr";
  return fault_of_json(trial.out, agent);
}

}  // namespace belay::deploy
