#pragma once

#include <time.h>

#include <chrono>
#include <string>

#include "cli/hook_process.h"

namespace belay::cli {

/// Sees to it that the hook answers in time, whatever it waits for.
class Supervisor {
 public:
  /// Time starts to count: SIGALRM at its end, for a guard that has been raised.
  explicit Supervisor(std::chrono::milliseconds patience);

  /// Where answers go; to be said before watch().
  void settle(const Standard& standard) { standard_ = standard; }

  /// To be called before the kernel is asked something that may wait for somebody else: a look-up on a dead network mount, or on one that the
  /// agent itself serves. No signal ends such a wait. Neither does the end of the process: a request that a FUSE server has taken is waited for
  /// even by a thread that was killed (fuse_dev.c, request_wait_answer), and nobody is told of a process' end before its last thread is gone.
  /// So the one who waits must be another process: the caller goes on in a child, and this process only hears what it answers, and
  /// answers by itself at the deadline. Once is enough; further calls do nothing. Gives up at once if no process can be had.
  void watch();
  /// Watches if a look-up of `path` may wait for somebody.
  void watch_if_needed(const std::string& path);

  [[nodiscard]] std::chrono::microseconds elapsed() const;

 private:
  timespec begin_{};
  Standard standard_;
  bool watching_ = false;
};

}  // namespace belay::cli
