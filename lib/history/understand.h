#pragma once

#include <cstdint>
#include <span>

#include "audit/record.h"
#include "command/analyse.h"
#include "image/image.h"
#include "model/operation.h"

namespace belay::history {

struct Understood {
  model::Analysis analysis;
  std::uint32_t unanswered = 0;  ///< questions about files that the record does not answer
};

/// What a recorded call does, worked out from the record alone. `record` is as before when this returns.
[[nodiscard]] Understood understand(audit::Record& record, std::span<const image::View* const> knowledge,
                                    const command::Limits& limits = {});

}  // namespace belay::history
