#include <string>
#include <utility>

#include "agent/adapter.h"
#include "agent/protocol.h"
#include "base/text.h"

namespace belay::agent {

namespace {

using base::Errc;
using base::fail;
using json::Value;
using model::Agent;
using model::Call;
using model::Event;

/// The next blank separated word; empty at the end.
std::string_view take_word(std::string_view& list) {
  const std::size_t end = list.find(' ');
  const std::string_view word = list.substr(0, end);
  list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  return word;
}

Event event_named(const Protocol& protocol, std::string_view name) {
  for (const EventName& known : protocol.events) {
    if (known.name == name) return known.event;
  }
  return Event::unknown;
}

/// Copilot's camelCase payloads do not name their event: what was done already carries its result.
std::string_view camel_event(Value payload) {
  if (!payload["toolName"]) return {};
  if (payload["toolResult"]) return "postToolUse";
  return payload["error"] ? "postToolUseFailure" : "preToolUse";
}

void read_event(const Protocol& protocol, Value payload, Call& call) {
  std::string_view name = any_string(payload, protocol.keys.event);
  if (name.empty() && protocol.agent == Agent::copilot) name = camel_event(payload);
  call.event_name = name;
  call.event = event_named(protocol, name);
  if (call.event == Event::unknown && !any_of(payload, protocol.keys.tool)) call.event = Event::other;
}

base::Result<void> read_circumstances(const Protocol& protocol, Value payload, Call& call) {
  const Value cwd = payload["cwd"];
  if (cwd && !cwd.is_string()) return fail(Errc::invalid, "`cwd` is not a string");
  const std::string_view folder = cwd.text();
  if (folder.find('\0') != std::string_view::npos) return fail(Errc::invalid, "`cwd` holds a NUL character");
  if (!folder.empty() && folder.front() != '/') return fail(Errc::invalid, "`cwd` is not absolute");
  call.cwd = folder;
  // Codex reports the folder that the model chose for one call here, so it says nothing about the project.
  if (call.agent != Agent::codex) call.project = folder;
  call.permission_mode = any_string(payload, protocol.keys.mode);
  call.unattended = call.permission_mode == "bypassPermissions" || call.permission_mode == "dontAsk";
  return {};
}

/// A whole input that is one string: a patch, or JSON inside a string.
base::Result<void> read_text_input(const Protocol& protocol, Value payload, std::string_view text, Call& call) {
  if (base::trim(text).starts_with("*** Begin Patch")) return read_patch(text, call);
  const auto inner = json::Document::parse(text, {kMaxPayload, kMaxDepth});
  if (!inner) return fail(inner.error().code, "the input of `" + base::printable(call.tool) + "`: " + inner.error().what);
  return read_tool(protocol, payload, inner->root(), call);
}

base::Result<void> read_input(const Protocol& protocol, Value payload, Call& call) {
  const Value tool = any_of(payload, protocol.keys.tool);
  if (!tool.is_string() || tool.text().empty()) return fail(Errc::invalid, "the name of the tool is not a string");
  if (tool.text().find('\0') != std::string_view::npos) return fail(Errc::invalid, "the name of the tool holds a NUL character");
  call.tool = tool.text();
  const Value input = any_of(payload, protocol.keys.input);
  if (input.is_string()) return read_text_input(protocol, payload, input.text(), call);
  if (input && !input.is_object() && input.kind() != json::Kind::null) {
    return fail(Errc::invalid, "the input of `" + base::printable(call.tool) + "` is not an object");
  }
  return read_tool(protocol, payload, input, call);
}

/// An event of an agent without a dialect that precedes something, with no tool named: every string it carries is looked at.
base::Result<void> read_whole(Value payload, Call& call) {
  call.tool = call.event_name;
  BELAY_TRY(auto fields, flatten(payload));
  call.actions.emplace_back(model::UseTool{call.tool, std::move(fields)});
  return {};
}

}  // namespace

std::string_view any_string(Value object, std::string_view keys) {
  while (!keys.empty()) {
    const Value v = object[take_word(keys)];
    if (v.is_string()) return v.text();
  }
  return {};
}

Value any_of(Value object, std::string_view keys) {
  while (!keys.empty()) {
    if (const Value v = object[take_word(keys)]) return v;
  }
  return {};
}

base::Result<model::Call> read_call(std::string_view payload, model::Agent named) {
  BELAY_TRY(const auto document, json::Document::parse(payload, {kMaxPayload, kMaxDepth}));
  const Value root = document.root();
  Call call;
  call.agent = recognise(root, named);
  const Protocol& protocol = protocol_of(call.agent);
  read_event(protocol, root, call);
  call.session = any_string(root, protocol.keys.session);
  call.use_id = any_string(root, protocol.keys.use_id);
  call.subagent = any_string(root, protocol.keys.subagent);
  if (call.event == Event::other) return call;
  BELAY_CHECK(read_circumstances(protocol, root, call));
  if (call.agent == Agent::unknown && !any_of(root, protocol.keys.tool)) {
    BELAY_CHECK(read_whole(root, call));
  } else {
    BELAY_CHECK(read_input(protocol, root, call));
  }
  return call;
}

void settle_folders(model::Call& call, std::string_view process_folder) {
  if (call.cwd.empty()) call.cwd = process_folder;
  if (call.project.empty()) call.project = process_folder;
}

}  // namespace belay::agent
