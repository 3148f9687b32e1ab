#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "command/program/effects.h"
#include "command/program/reader.h"
#include "command/program/yaml.h"

/// What the modules of Ansible do that delete, write, read or stop something (docs.ansible.com, collections builtin and community).
namespace belay::command::program {

using ModuleArguments = std::vector<std::pair<std::string, Text>>;

/// Other modules have no effect.
void run_module(std::string_view module, const ModuleArguments& arguments, const Change& change, Effects& effects);

/// The tasks of every play; where a play is for other machines their files are not ours.
void read_playbook(const yaml::Node& document, const Change& change, Effects& effects);

/// `ansible HOST -m MODULE -a ARGUMENTS`.
void run_ansible(const Reading& reading, Effects& effects);

}  // namespace belay::command::program
