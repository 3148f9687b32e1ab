#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/reader.h"
#include "model/call.h"

/// What the files of this folder share; nobody outside includes it. One Protocol per dialect, in a file of its own (claude.cc …).
namespace belay::agent {

/// How a tool's input becomes an action. `a` and `b` below are the key lists of a Tool row.
enum class Shape : std::uint8_t {
  harmless,       ///< touches nothing, whatever its input
  shell,          ///< a: command, a string (bash) or a list of strings (argv)
  powershell,     ///< a: command
  keystrokes,     ///< a: text typed into a running shell, `{enter}` and the like for keys
  read,           ///< a: path
  write,          ///< a: path · b: new text
  edits,          ///< a: path · b: new text, in each element of the list `edits`
  editor,         ///< a: path · b: new text; reads when `command` is `view`
  find_names,     ///< a: folder · b: pattern
  find_text,      ///< a: folder · b: pattern of file names
  list,           ///< a: folder
  read_many,      ///< a: lists of paths or patterns
  fetch,          ///< a: URL
  fetch_in_text,  ///< a: prose that names URLs
  patch,          ///< a: text of a patch; the whole input may be that text too
};

/// One way to read the input of the tool `name`; several rows of one name are all read. Keys are blank separated alternatives, each
/// present one counts; `ws.url` looks into an object.
struct Tool {
  std::string_view name;
  Shape shape = Shape::harmless;
  std::string_view a = {};
  std::string_view b = {};
};

struct EventName {
  std::string_view name;
  model::Event event = model::Event::other;
};

/// Where a payload keeps its parts: blank separated alternatives.
struct Keys {
  std::string_view event;
  std::string_view tool;
  std::string_view input;
  std::string_view session;
  std::string_view use_id;
  std::string_view subagent;
  std::string_view mode;
};

enum class Asking : std::uint8_t {
  always,       ///< `ask` prompts, and refuses where nobody can answer
  on_terminal,  ///< prompts when there is a terminal, hangs otherwise
  never,        ///< `ask` is an error that runs the tool
};

enum class Word : std::uint8_t { allow, ask, deny };

/// Bytes of a reply for stdout, without newline.
using Shaped = std::string (*)(Word word, std::string_view reason);
/// Names of an MCP tool in the form `mcp:server/tool`; several when the spelling does not say where the server's name ends, none when
/// the tool is no MCP tool.
using McpNames = std::vector<std::string> (*)(std::string_view tool, json::Value payload);

struct Protocol {
  model::Agent agent = model::Agent::unknown;
  Keys keys;
  std::span<const EventName> events;
  std::span<const Tool> tools;
  McpNames mcp = nullptr;
  Asking asking = Asking::never;
  bool can_allow = false;          ///< `allow` silences the agent's prompt and is no fault
  bool permission_by_exit = true;  ///< the blocking code refuses a permission request too
  Shaped on_tool = nullptr;        ///< null: nothing on stdout is safe
  Shaped on_permission = nullptr;
};

[[nodiscard]] const Protocol& claude();
[[nodiscard]] const Protocol& codex();
[[nodiscard]] const Protocol& gemini();
[[nodiscard]] const Protocol& copilot();
[[nodiscard]] const Protocol& copilot_pascal();
/// Every agent that belay has no dialect for: read as well as its payload allows, answered on stderr only.
[[nodiscard]] const Protocol& foreign();
[[nodiscard]] const Protocol& protocol_of(model::Agent agent);

/// Whose dialect a payload is (see docs/agents.md for the marks, in order). `named` decides only where the payload could be several.
[[nodiscard]] model::Agent recognise(json::Value payload, model::Agent named);

/// The first string among the members that `keys` lists.
[[nodiscard]] std::string_view any_string(json::Value object, std::string_view keys);
/// The first member among those that `keys` lists.
[[nodiscard]] json::Value any_of(json::Value object, std::string_view keys);

/// Appends what the tool does. Errc::invalid when a known tool's input is not what its schema says.
[[nodiscard]] base::Result<void> read_tool(const Protocol& protocol, json::Value payload, json::Value input, model::Call& call);
/// Appends the files that a patch (`*** Begin Patch`) touches, in its order.
[[nodiscard]] base::Result<void> read_patch(std::string_view text, model::Call& call);
/// Every scalar below `value` with its place: `edits[0].new_string`. Errc::too_large over 10 000.
[[nodiscard]] base::Result<std::vector<model::Field>> flatten(json::Value value);

/// `mcp__server__tool`.
[[nodiscard]] std::vector<std::string> mcp_double_underscore(std::string_view tool, json::Value payload);
/// `{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":…,"permissionDecisionReason":…}}`
[[nodiscard]] std::string nested_decision(Word word, std::string_view reason);
/// `{"hookSpecificOutput":{"hookEventName":"PermissionRequest","decision":{"behavior":…,"message":…}}}`
[[nodiscard]] std::string nested_permission(Word word, std::string_view reason);
[[nodiscard]] std::string_view name_of(Word word);

}  // namespace belay::agent
