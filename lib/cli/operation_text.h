#pragma once

#include <string>

#include "json/writer.h"
#include "model/operation.h"

namespace belay::cli {

/// One operation on one line, printable: `delete /home/dev and everything below it`, `exec git push --force -- origin (via sudo, as root)`.
[[nodiscard]] std::string operation_line(const model::Operation& op);

/// The same as an object with all that is known of it; holes are shown as `‹?›`.
void write_operation(json::Writer& w, const model::Operation& op);

}  // namespace belay::cli
