#include "cli/hook_input.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "agent/adapter.h"
#include "base/fs_posix.h"
#include "cli/hook_glance.h"
#include "cli/hook_guard.h"

namespace belay::cli {

namespace {

using base::Errc;
using base::fail;

/// Most payloads fit; a larger room would only put what comes after it on pages that nobody has touched yet.
constexpr std::size_t kFirst = 4U << 10U;

/// As read(2), waiting also on a descriptor that somebody made non-blocking.
ssize_t read_some(int descriptor, char* to, std::size_t most) {
  for (;;) {
    const ssize_t got = ::read(descriptor, to, most);
    if (got >= 0 || (errno != EINTR && errno != EAGAIN)) return got;
    if (errno == EAGAIN) {
      pollfd wait{descriptor, POLLIN, 0};
      ::poll(&wait, 1, -1);
    }
  }
}

}  // namespace

void HookInput::grow() {
  // One byte more than is allowed is enough to see that there is too much.
  const std::size_t next = capacity_ == 0 ? kFirst : std::min(capacity_ * 4, agent::kMaxPayload + 1);
  auto bigger = std::make_unique_for_overwrite<char[]>(next);
  if (size_ > 0) std::memcpy(bigger.get(), bytes_.get(), size_);
  bytes_ = std::move(bigger);
  capacity_ = next;
}

base::Result<void> HookInput::read_all(int descriptor) {
  if (::isatty(descriptor) == 1) return fail(Errc::invalid, "standard input is a terminal; an agent sends the call there");
  Glance glance;
  bool too_large = false;
  for (;;) {
    if (size_ == capacity_) grow();
    const ssize_t got = read_some(descriptor, bytes_.get() + size_, capacity_ - size_);
    if (got < 0) return fail(Errc::io, "standard input: " + base::system_text(errno));
    if (got == 0) break;
    glance.feed({bytes_.get() + size_, static_cast<std::size_t>(got)});
    plan(glance.precedes_nothing() ? Plan::stay_silent : Plan::block);
    size_ += static_cast<std::size_t>(got);
    // What is too much is not kept, but looked at: which event it was still says how to fail.
    too_large = too_large || size_ > agent::kMaxPayload;
    if (too_large) size_ = 0;
  }
  if (too_large) {
    return fail(Errc::too_large, "more than " + std::to_string(agent::kMaxPayload >> 20U) + " MiB on standard input");
  }
  if (size_ == 0) return fail(Errc::invalid, "nothing on standard input");
  return {};
}

}  // namespace belay::cli
