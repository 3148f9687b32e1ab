#pragma once

#include <string_view>

#include "command/program/effects.h"

/// Definitions of what a program is to make so: not code, but what is named in them is run, mounted, removed.
namespace belay::command::program {

[[nodiscard]] bool is_manifest(std::string_view language);

/// `compose` (the services of Docker Compose, as `docker run` would start them), `kubernetes` (pods and whatever holds the template of one, as
/// `kubectl run`), `pod` (the same, started here by podman), `playbook` (tasks of Ansible, see ansible.h).
void read_manifest(std::string_view language, const Text& code, const Change& change, Effects& effects);

}  // namespace belay::command::program
