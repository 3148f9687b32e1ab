#include "cli/hook_supervise.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "agent/adapter.h"
#include "base/fs_posix.h"
#include "cli/hook_guard.h"

namespace belay::cli {

namespace {

using std::chrono::microseconds;

timespec now() {
  timespec t{};
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return t;
}

struct Pipe {
  int read = -1;
  int write = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) give_up(Cause::processes);
  return {ends[0], ends[1]};
}

/// The child keeps nothing of the caller's: an agent waits for whoever holds its pipes, and a child that hangs may hold them for ever.
void become_child(pid_t parent, const Pipe& out, const Pipe& err) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(agent::kBlockingExit);
  ::dup2(out.write, STDIN_FILENO);
  ::dup2(out.write, STDOUT_FILENO);
  ::dup2(err.write, STDERR_FILENO);
  for (const int fd : {out.read, out.write, err.read, err.write}) ::close(fd);
}

/// Appends what there is; false at the end.
bool hear(int from, std::string& into) {
  std::array<char, 4096> buffer;
  const ssize_t got = ::read(from, buffer.data(), buffer.size());
  if (got > 0) into.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

/// Both until their ends; the deadline is a signal.
void hear_both(int out, int err, agent::Reply& reply) {
  std::array<pollfd, 2> from{{{out, POLLIN, 0}, {err, POLLIN, 0}}};
  while (from[0].fd >= 0 || from[1].fd >= 0) {
    if (::poll(from.data(), from.size(), -1) < 0 && errno != EINTR) give_up(Cause::processes);
    if (from[0].revents != 0 && !hear(out, reply.out)) from[0].fd = -1;
    if (from[1].revents != 0 && !hear(err, reply.err)) from[1].fd = -1;
  }
}

/// What an agent should do with a hook: an answer counts only from one that ended as hooks end.
agent::Reply answer_of(pid_t child, int out, int err) {
  agent::Reply reply;
  hear_both(out, err, reply);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  const bool ended_well = WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == agent::kBlockingExit);
  if (!ended_well) give_up(Cause::exception);
  reply.exit = WEXITSTATUS(status);
  return reply;
}

}  // namespace

Supervisor::Supervisor(std::chrono::milliseconds patience) : begin_(now()) {
  // It repeats for an answer that itself hangs: the second signal ends the process without another word.
  const auto micros = std::chrono::duration_cast<microseconds>(patience).count();
  const timeval wait{micros / 1'000'000, micros % 1'000'000};
  const itimerval timer{{0, 200'000}, wait};
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

void Supervisor::watch() {
  if (watching_) return;
  watching_ = true;
  const Pipe out = make_pipe();
  const Pipe err = make_pipe();
  share_plan();
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) give_up(Cause::processes);
  if (child == 0) return become_child(parent, out, err);
  ::close(out.write);
  ::close(err.write);
  deliver(answer_of(child, out.read, err.read), standard_);
}

void Supervisor::watch_if_needed(const std::string& path) {
  if (!watching_ && !path.empty() && base::may_block(path)) watch();
}

std::chrono::microseconds Supervisor::elapsed() const {
  const timespec t = now();
  return microseconds((t.tv_sec - begin_.tv_sec) * 1'000'000 + (t.tv_nsec - begin_.tv_nsec) / 1000);
}

}  // namespace belay::cli
