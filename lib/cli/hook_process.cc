#include "cli/hook_process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "cli/hook_guard.h"

namespace belay::cli {

namespace {

/// True when it was open; otherwise it is /dev/null from now on. Descriptors are taken lowest first, so 0 must be settled before 1.
bool settle(int descriptor) {
  if (::fcntl(descriptor, F_GETFD) >= 0) return true;
  // Not close-on-exec: it stands for a standard descriptor. Nothing is ever executed from here.
  const int opened = ::open("/dev/null", O_RDWR | O_NOCTTY);
  if (opened != descriptor) give_up(Cause::descriptors);
  return false;
}

/// Payloads hold secrets, and a core file would keep them.
void leave_no_core() {
  ::prctl(PR_SET_DUMPABLE, 0);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

/// The kernel ends a process that makes the machine run out of memory with a signal that nobody can handle. Lack of memory under a limit is
/// seen by operator new. Far above what the largest payload needs.
void bound_memory() {
#ifndef __SANITIZE_ADDRESS__
  constexpr rlim_t kMost = 512U << 20U;
  rlimit limit{};
  if (::getrlimit(RLIMIT_DATA, &limit) != 0 || limit.rlim_cur <= kMost) return;
  limit.rlim_cur = kMost;
  ::setrlimit(RLIMIT_DATA, &limit);
#endif
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Standard settle_process() {
  const bool in = settle(STDIN_FILENO);
  const bool out = settle(STDOUT_FILENO);
  const bool err = settle(STDERR_FILENO);
  leave_no_core();
  ::umask(077);
  bound_memory();
  return {in, out, err};
}

void deliver(const agent::Reply& reply, const Standard& standard) {
  // Whatever happens while the answer is on its way: an unfinished one must block.
  if (!reply.out.empty() || reply.exit != 0) plan(Plan::block);
  // The reason first: with it, a stdout that is cut off still blocks everywhere.
  write_all(STDERR_FILENO, reply.err);
  const bool said = reply.out.empty() || (standard.out && write_all(STDOUT_FILENO, reply.out));
  if (!said && reply.exit == 0) {
    write_all(STDERR_FILENO, agent::refuse("its answer could not be written").err);
    ::_exit(agent::kBlockingExit);
  }
  ::_exit(reply.exit);
}

bool has_terminal() {
  const int terminal = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (terminal < 0) return false;
  ::close(terminal);
  return true;
}

}  // namespace belay::cli
