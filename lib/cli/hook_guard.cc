#include "cli/hook_guard.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <exception>
#include <new>
#include <string_view>

#include "agent/adapter.h"

namespace belay::cli {

namespace {

/// A signal handler has no argument of ours: what it needs is here, set before it can be needed, and small enough to be atomic.
std::atomic<Plan> g_own_plan{Plan::block};
std::atomic<std::atomic<Plan>*> g_shared_plan{nullptr};  ///< stands for the own one when there is one
struct Note {
  int log = 0;  ///< zero like all of this: no page of the program has to be copied for it
  std::string_view line;
};
Note g_note;
std::atomic<bool> g_noted{false};
std::atomic<int> g_ends{0};
static_assert(std::atomic<Plan>::is_always_lock_free && std::atomic<std::atomic<Plan>*>::is_always_lock_free &&
              std::atomic<int>::is_always_lock_free);

/// Room for the largest signal frame (AMX state included) and the little that the handler does.
constexpr std::size_t kSignalStack = 64U << 10U;
alignas(16) std::array<std::byte, kSignalStack> g_signal_stack;

std::string_view text_of(Cause cause) {
  switch (cause) {
    case Cause::deadline: return "looking at the call took too long";
    case Cause::memory: return "belay ran out of memory";
    case Cause::exception: return "belay failed while it looked at the call";
    case Cause::descriptors: return "belay was started without usable descriptors";
    case Cause::processes: return "belay could not watch itself look at the call";
    case Cause::privileges: return "belay could not give up the rights of its log";
  }
  return "belay failed";
}

std::atomic<Plan>& plan_in_force() noexcept {
  std::atomic<Plan>* const shared = g_shared_plan.load();
  return shared != nullptr ? *shared : g_own_plan;
}

iovec part(std::string_view text) {
  // writev wants a non-const base and does not write to it.
  return {const_cast<char*>(text.data()), text.size()};
}

/// Only the first end speaks. A second one means that speaking failed, or that nobody reads: the exit code has to do.
[[noreturn]] void end(std::string_view cause, std::string_view detail) noexcept {
  if (planned() == Plan::stay_silent) {
    if (g_noted.exchange(false)) {
      const std::array<iovec, 2> parts{part(g_note.line), part("\n")};
      [[maybe_unused]] const ssize_t written = ::writev(g_note.log, parts.data(), static_cast<int>(parts.size()));
    }
    ::_exit(0);
  }
  if (g_ends.fetch_add(1) == 0) {
    const std::array<iovec, 6> parts{part(agent::kRefused),    part(cause), part(detail), part(". "),
                                     part(agent::kNoOtherWay), part("\n")};
    [[maybe_unused]] const ssize_t written = ::writev(STDERR_FILENO, parts.data(), static_cast<int>(parts.size()));
  }
  ::_exit(agent::kBlockingExit);
}

void on_signal(int number) {
  if (number == SIGALRM) give_up(Cause::deadline);
  const char* name = ::sigabbrev_np(number);
  end("belay was ended by signal ", name != nullptr ? std::string_view(name) : std::string_view("RT"));
}

/// Those that may come and change nothing: a reader that went away or a file that may not grow is seen where it is written to, and nothing on
/// a terminal may stop a hook.
constexpr std::array kIgnored{SIGPIPE, SIGXFSZ, SIGTSTP, SIGTTIN, SIGTTOU};

bool ends_a_process(int number) {
  constexpr std::array kHarmless{SIGCHLD, SIGCONT, SIGURG, SIGWINCH, SIGKILL, SIGSTOP};
  return std::ranges::find(kHarmless, number) == kHarmless.end() && std::ranges::find(kIgnored, number) == kIgnored.end();
}

void handle_signals() {
  const stack_t stack{g_signal_stack.data(), 0, g_signal_stack.size()};
  ::sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = on_signal;
  // A signal during the handler must end the process, not wait: SA_NODEFER.
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  // sigaction(2) refuses the numbers that the C library keeps for itself, and those are never sent.
  for (int number = 1; number <= SIGRTMAX; ++number) {
    if (ends_a_process(number)) ::sigaction(number, &action, nullptr);
  }
  action.sa_handler = SIG_IGN;
  for (const int number : kIgnored) ::sigaction(number, &action, nullptr);
  // A mask is inherited, and a fault whose signal is blocked kills at once.
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace

void raise_guard() {
  handle_signals();
  std::set_terminate([] { give_up(Cause::exception); });
  std::set_new_handler([] { give_up(Cause::memory); });
}

void plan(Plan next) noexcept { plan_in_force().store(next); }
Plan planned() noexcept { return plan_in_force().load(); }

void leave_note(int descriptor, std::string_view line) {
  g_noted.store(false);
  g_note = {descriptor, line};
  g_noted.store(!line.empty());
}

void share_plan() {
  void* const page = ::mmap(nullptr, sizeof g_own_plan, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) give_up(Cause::memory);
  g_shared_plan.store(new (page) std::atomic<Plan>(planned()));
}

void give_up(Cause cause) noexcept { end(text_of(cause), {}); }

}  // namespace belay::cli
