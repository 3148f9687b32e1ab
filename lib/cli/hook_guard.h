#pragma once

#include <cstdint>
#include <string_view>

/// How a hook ends that cannot go on. Agents let a call through when their hook dies, hangs or exits with a code they do not know, so every
/// such end is turned into an answer that was chosen before: nothing on these paths allocates, locks or looks anything up.
namespace belay::cli {

/// What to answer if this process cannot go on.
enum class Plan : std::uint8_t {
  block,        ///< text on stderr and the blocking code, which stops the call in every agent
  stay_silent,  ///< nothing and 0: no tool call follows, or an intact policy only observes
};

enum class Cause : std::uint8_t { deadline, memory, exception, descriptors, processes, privileges };

/// Takes over every signal that would end or stop the process, std::terminate and the lack of memory. Signal handlers run on a stack of
/// their own. Until plan() says otherwise the plan is to block.
void raise_guard();

void plan(Plan next) noexcept;
[[nodiscard]] Plan planned() noexcept;

/// Keeps the plan where children of this process change it too. Gives up if it cannot.
void share_plan();

/// A record to append to the open log `descriptor` if the process ends as planned and the plan is to stay silent. An empty line takes it back.
/// `line` must stay.
void leave_note(int descriptor, std::string_view line);

/// Ends the process as planned. Async-signal-safe.
[[noreturn]] void give_up(Cause cause) noexcept;

}  // namespace belay::cli
