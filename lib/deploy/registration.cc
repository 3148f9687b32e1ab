#include "deploy/registration.h"

#include <algorithm>
#include <charconv>

#include "deploy/command_line.h"

namespace belay::deploy {

namespace {

using base::Errc;
using json::Tree;

/// In exec form the arguments, in shell form the words of the first command.
std::vector<std::string> argv_of(const Tree& handler, const AgentSettings& agent) {
  std::string_view command = handler.string_at(agent.command_key);
  if (command.empty()) command = handler.string_at("command");
  const Tree* const args = handler.find("args");
  if (args == nullptr || !args->is_array()) return first_words(command);
  std::vector<std::string> out{std::string(command)};
  for (const Tree& one : args->items()) out.push_back(one.text());
  return out;
}

bool is_ours(const std::vector<std::string>& argv) {
  if (argv.size() < 2 || argv[1] != "hook") return false;
  const std::string name = argv[0].substr(argv[0].rfind('/') + 1);
  return name == "belay" || name.starts_with("belay-");
}
bool is_ours(const Tree& handler, const AgentSettings& agent) { return is_ours(argv_of(handler, agent)); }

bool meets_all(std::string_view matcher) { return matcher.empty() || matcher == "*"; }

/// Whatever happens to belay, the status is one that blocks. bash says on stderr when the program is missing or was killed, and the agents
/// want to see some text there.
std::string closed_form(const std::string& command) { return command + " || exit 2"; }

base::Result<Tree*> list_of_event(Tree& settings, const AgentSettings& agent) {
  if (!settings.is_object()) return base::fail(Errc::invalid, "not an object");
  Tree* hooks = settings.find("hooks");
  if (hooks == nullptr) hooks = &settings.set("hooks", Tree::object());
  if (!hooks->is_object()) return base::fail(Errc::invalid, "`hooks` is not an object");
  Tree* event = hooks->find(agent.event);
  if (event == nullptr) event = &hooks->set(agent.event, Tree::array());
  if (!event->is_array()) return base::fail(Errc::invalid, "`hooks." + std::string(agent.event) + "` is not a list");
  return event;
}

/// The handlers below one element of the event's list; null where it has none. Without groups the list itself holds the handlers.
std::vector<Tree>* handlers_of(Tree& group) {
  Tree* const handlers = group.find("hooks");
  return handlers != nullptr && handlers->is_array() ? &handlers->items() : nullptr;
}

/// Replaces the first handler of ours by `wanted`, removes the others; whether there was one.
bool settle(std::vector<Tree>& handlers, const AgentSettings& agent, const Tree& wanted, bool& placed) {
  bool changed = false;
  for (auto it = handlers.begin(); it != handlers.end();) {
    if (!is_ours(*it, agent)) {
      ++it;
      continue;
    }
    if (placed) {
      it = handlers.erase(it);
      changed = true;
      continue;
    }
    placed = true;
    changed = changed || !(*it == wanted);
    *it++ = wanted;
  }
  return changed;
}

std::size_t take_out(std::vector<Tree>& handlers, const AgentSettings& agent) {
  return std::erase_if(handlers, [&](const Tree& handler) { return is_ours(handler, agent); });
}

bool add_grouped(std::vector<Tree>& groups, const AgentSettings& agent, const Tree& wanted) {
  bool changed = false;
  bool placed = false;
  for (auto it = groups.begin(); it != groups.end();) {
    std::vector<Tree>* const handlers = handlers_of(*it);
    const bool had_any = handlers != nullptr && !handlers->empty();
    if (had_any && meets_all(it->string_at("matcher"))) changed = settle(*handlers, agent, wanted, placed) || changed;
    else if (had_any) changed = take_out(*handlers, agent) != 0 || changed;
    if (had_any && handlers->empty()) it = groups.erase(it);
    else ++it;
  }
  if (placed) return changed;
  groups.push_back(Tree::object({{"hooks", Tree::array({wanted})}}));
  return true;
}

std::size_t remove_from(Tree& event, const AgentSettings& agent) {
  if (!agent.grouped) return take_out(event.items(), agent);
  std::size_t count = 0;
  std::erase_if(event.items(), [&](Tree& group) {
    std::vector<Tree>* const handlers = handlers_of(group);
    if (handlers == nullptr) return false;
    const std::size_t taken = take_out(*handlers, agent);
    count += taken;
    return taken != 0 && handlers->empty();
  });
  return count;
}

std::uint64_t unsigned_at(const Tree& tree, std::string_view key) {
  const Tree* const value = tree.find(key);
  std::uint64_t out = 0;
  if (value != nullptr) std::from_chars(value->text().data(), value->text().data() + value->text().size(), out);
  return out;
}

bool truthy_at(const Tree& tree, std::string_view key) {
  const Tree* const value = tree.find(key);
  return value != nullptr && value->truthy();
}

void look_at(const Tree& handler, std::string_view matcher, const AgentSettings& agent, std::vector<Registration>& out) {
  Registration found;
  found.argv = argv_of(handler, agent);
  if (!is_ours(found.argv)) return;
  const Tree* const args = handler.find("args");
  if (args == nullptr) {
    found.shell = handler.string_at(agent.command_key);
    if (found.shell.empty()) found.shell = handler.string_at("command");
  }
  if (!meets_all(matcher)) found.matcher = matcher;
  found.background = truthy_at(handler, "async") || truthy_at(handler, "asyncRewake");
  found.conditional = handler.find("if") != nullptr;
  found.fails_closed = handler.string_at("onFailure") == "block" || found.shell.find("exit 2") != std::string::npos;
  found.timeout = unsigned_at(handler, agent.timeout_key);
  out.push_back(std::move(found));
}

}  // namespace

std::string_view name_of(Profile profile) { return profile == Profile::observe ? "observe" : "enforce"; }

Tree handler_of(const AgentSettings& agent, const Hook& hook) {
  const bool closed = hook.profile == Profile::enforce;
  Tree out = Tree::object({{"type", Tree::string("command")}});
  if (agent.agent == model::Agent::gemini) out.set("name", Tree::string("belay"));
  if (agent.start == Start::exec) {
    out.set(agent.command_key, Tree::string(hook.program));
    out.set("args", Tree::array({Tree::string("hook"), Tree::string("--agent"), Tree::string(agent.name)}));
  } else {
    const std::string command = shell_quoted(hook.program) + " hook --agent " + std::string(agent.name);
    out.set(agent.command_key, Tree::string(closed ? closed_form(command) : command));
  }
  out.set(agent.timeout_key, Tree::number(agent.timeout));
  if (closed && !agent.fail_closed_since.empty()) out.set("onFailure", Tree::string("block"));
  return out;
}

base::Result<bool> add_hook(Tree& settings, const AgentSettings& agent, const Hook& hook) {
  const Tree wanted = handler_of(agent, hook);
  if (agent.own_file && settings.find("version") == nullptr) settings.set("version", Tree::number(1));
  BELAY_TRY(Tree* const event, list_of_event(settings, agent));
  if (agent.grouped) return add_grouped(event->items(), agent, wanted);
  bool placed = false;
  const bool changed = settle(event->items(), agent, wanted, placed);
  if (!placed) event->items().push_back(wanted);
  return changed || !placed;
}

base::Result<std::size_t> remove_hook(Tree& settings, const AgentSettings& agent) {
  Tree* const hooks = settings.find("hooks");
  if (hooks == nullptr) return std::size_t{0};
  if (!hooks->is_object()) return base::fail(Errc::invalid, "`hooks` is not an object");
  Tree* const event = hooks->find(agent.event);
  if (event == nullptr) return std::size_t{0};
  if (!event->is_array()) return base::fail(Errc::invalid, "`hooks." + std::string(agent.event) + "` is not a list");
  const std::size_t count = remove_from(*event, agent);
  if (count != 0 && event->items().empty()) hooks->erase(agent.event);
  if (count != 0 && hooks->members().empty()) settings.erase("hooks");
  return count;
}

std::vector<Registration> registrations(const Tree& settings, const AgentSettings& agent) {
  std::vector<Registration> out;
  const Tree* const hooks = settings.find("hooks");
  const Tree* const event = hooks == nullptr ? nullptr : hooks->find(agent.event);
  if (event == nullptr) return out;
  for (const Tree& one : event->items()) {
    const Tree* const inner = one.find("hooks");
    if (!agent.grouped || inner == nullptr) {
      look_at(one, one.string_at("matcher"), agent, out);
      continue;
    }
    for (const Tree& handler : inner->items()) look_at(handler, one.string_at("matcher"), agent, out);
  }
  return out;
}

}  // namespace belay::deploy
