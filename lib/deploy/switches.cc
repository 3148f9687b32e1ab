#include "deploy/switches.h"

#include <array>

#include "base/text.h"
#include "deploy/registration.h"

namespace belay::deploy {

namespace {

using json::Kind;
using json::Tree;
using model::Agent;

enum class Sign : std::uint8_t {
  is_true,
  is_false,
  turned_on,  ///< a variable: anything but empty, `0` and `false`
  names_us,   ///< a list with our hook's name or command
};

constexpr unsigned kManaged = 1, kUser = 2, kProject = 4, kBelow = kUser | kProject, kAny = kManaged | kBelow;
unsigned bit(Scope scope) { return scope == Scope::managed ? kManaged : scope == Scope::user ? kUser : kProject; }

/// Measured; see docs/agents.md.
struct Switch {
  Agent agent;
  unsigned scopes;         ///< files in which it counts
  std::string_view place;  ///< keys separated by `/`
  Sign sign;
  bool managed_too = false;
  bool only_users = false;
  bool pinned = false;  ///< the same place in a managed file with the opposite value disarms it
};

constexpr std::array<Switch, 8> kSwitches{{
    {Agent::claude, kBelow, "disableAllHooks", Sign::is_true},
    {Agent::claude, kManaged, "disableAllHooks", Sign::is_true, true},
    {Agent::claude, kAny, "env/CLAUDE_CODE_SIMPLE", Sign::turned_on, true, false, true},
    {Agent::claude, kManaged, "allowManagedHooksOnly", Sign::is_true, false, true},
    {Agent::gemini, kAny, "hooksConfig/enabled", Sign::is_false, true, false, true},
    {Agent::gemini, kAny, "hooksConfig/disabled", Sign::names_us, true},
    {Agent::copilot, kBelow, "disableAllHooks", Sign::is_true},
    {Agent::copilot, kManaged, "disableAllHooks", Sign::is_true, true},
}};

/// A value of another kind makes Claude Code drop a whole user or project file.
struct Shape {
  std::string_view place;
  Kind kind;
};
constexpr std::array<Shape, 5> kShapes{{
    {"permissions/allow", Kind::array},
    {"permissions/ask", Kind::array},
    {"permissions/deny", Kind::array},
    {"env", Kind::object},
    {"hooks", Kind::object},
}};

const Tree* at(const Tree& root, std::string_view place) {
  const Tree* node = &root;
  for (const std::string_view key : base::split(place, '/')) {
    if (node != nullptr) node = node->find(key);
  }
  return node;
}

bool names_us(const Tree& list, const SettingsFile& file, std::span<const SettingsFile> files) {
  for (const Tree& item : list.items()) {
    if (item.text() == "belay") return true;
    for (const SettingsFile& other : files) {
      if (other.agent != file.agent) continue;
      for (const Registration& one : registrations(other.content, *other.agent)) {
        if (item.text() == one.shell) return true;
      }
    }
  }
  return false;
}

bool shows(const Switch& one, const SettingsFile& file, std::span<const SettingsFile> files) {
  const Tree* const value = at(file.content, one.place);
  if (value == nullptr) return false;
  switch (one.sign) {
    case Sign::is_true: return value->truthy();
    case Sign::is_false: return value->kind() == Kind::boolean && !value->truthy();
    case Sign::turned_on: return !value->text().empty() && value->text() != "0" && !base::iequals(value->text(), "false");
    case Sign::names_us: return names_us(*value, file, files);
  }
  return false;
}

bool pinned(const Switch& one, std::span<const SettingsFile> files) {
  if (!one.pinned) return false;
  for (const SettingsFile& file : files) {
    if (file.agent->agent != one.agent || file.scope != Scope::managed) continue;
    if (at(file.content, one.place) != nullptr && !shows(one, file, files)) return true;
  }
  return false;
}

std::string says(const Switch& one) {
  std::string place(one.place);
  for (char& c : place) {
    if (c == '/') c = '.';
  }
  switch (one.sign) {
    case Sign::is_true: return "`" + place + "` is true";
    case Sign::is_false: return "`" + place + "` is false";
    case Sign::turned_on: return "`" + place + "` is set";
    case Sign::names_us: return "`" + place + "` names belay's hook";
  }
  return place;
}

/// Whole files that the agent drops. A project's takes nothing with it that is registered elsewhere.
void broken_files(const AgentSettings& agent, const SettingsFile& file, std::vector<SwitchedOff>& out) {
  if (file.scope == Scope::project) return;
  const bool managed = file.scope == Scope::managed;
  if (!file.error.empty()) {
    out.push_back({file.path, "what is written cannot be read: " + file.error, managed, false});
    return;
  }
  if (agent.agent != Agent::claude || managed) return;
  for (const Shape& shape : kShapes) {
    const Tree* const value = at(file.content, shape.place);
    if (value == nullptr || value->kind() == shape.kind) continue;
    out.push_back({file.path,
                   "`" + std::string(shape.place) + "` has a value of the wrong kind, for which the whole file is dropped", false,
                   false});
  }
}

}  // namespace

std::string_view name_of(Scope scope) {
  switch (scope) {
    case Scope::managed: return "managed";
    case Scope::user: return "user";
    case Scope::project: return "project";
  }
  return "user";
}

std::vector<SwitchedOff> switched_off(const AgentSettings& agent, std::span<const SettingsFile> files) {
  std::vector<SwitchedOff> out;
  for (const SettingsFile& file : files) {
    if (file.agent->agent != agent.agent) continue;
    broken_files(agent, file, out);
    for (const Switch& one : kSwitches) {
      if (one.agent != agent.agent || (one.scopes & bit(file.scope)) == 0 || !shows(one, file, files) || pinned(one, files))
        continue;
      out.push_back({file.path, says(one), one.managed_too, one.only_users});
    }
  }
  return out;
}

}  // namespace belay::deploy
