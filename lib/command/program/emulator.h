#pragma once

#include <string>

#include "command/program/effects.h"
#include "command/program/reader.h"

/// Clients of clouds that are pointed at an emulator on this machine (LocalStack, Azurite, MinIO): nothing that they are told reaches a cloud.
namespace belay::command::program {

/// The name that rules know the program by: its own, or `local:NAME` where such a block is declared and every address that its options of the
/// role `host` give, or else variables of its environment, is of this machine. What is not known is elsewhere.
[[nodiscard]] std::string name_for_rules(const Reading& reading, const Effects& effects);

/// Does the engine that runs a container belong to another machine (`docker -H ssh://HOST`, `--context`, DOCKER_HOST), or to a cluster?
[[nodiscard]] bool uses_other_engine(const Reading& reading, const Effects& effects);

}  // namespace belay::command::program
