#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace belay::model {

enum class Agent : std::uint8_t { unknown, claude, codex, gemini, copilot, copilot_pascal };

/// What the agent is about to do when it calls the hook. Only `tool` precedes a tool call and can be refused.
enum class Event : std::uint8_t {
  tool,        ///< PreToolUse, BeforeTool, preToolUse
  permission,  ///< PermissionRequest: the same call a second time, at the agent's own prompt
  other,       ///< everything else; answering with a block would trap the agent
  unknown,     ///< not recognised: treated as a tool call if it carries one, as `other` if not
};

/// One string of a tool's input and where it stood, e.g. {"edits[0].new_string", "…"}.
struct Field {
  std::string key;
  std::string value;
};

enum class Dialect : std::uint8_t { bash, powershell };

/// What the tool does, in one form for all agents. Paths are as the agent gave them.
struct RunShell { std::string command; Dialect dialect = Dialect::bash; };
struct RunArgv { std::vector<std::string> argv; };
struct ReadFile { std::string path; };
/// `content` is the text being written as far as the call shows it (all of it for a write, the new part for an edit).
struct WriteFile { std::string path; std::string content; };
struct DeleteFile { std::string path; };
struct RenameFile { std::string from; std::string to; };
/// Reads below `path`, recursive; `pattern` limits which names (empty: all).
struct SearchFiles { std::string path; std::string name_pattern; bool reads_content = false; };
struct FetchUrl { std::string url; };
/// A tool of an MCP server (`tool` is `mcp:server/tool`), or one this program does not know (`tool` is its own name).
struct UseTool { std::string tool; std::vector<Field> input; };
/// Nothing that touches the world: a search query, a to-do list, a question to the user.
struct Harmless {};

using Action = std::variant<Harmless, RunShell, RunArgv, ReadFile, WriteFile, DeleteFile, RenameFile, SearchFiles, FetchUrl, UseTool>;

/// One tool call as an agent announced it, in no agent's dialect.
struct Call {
  Agent agent = Agent::unknown;
  Event event = Event::unknown;
  std::string event_name;       ///< as the agent spelt it
  std::string tool;             ///< as the agent spelt it
  std::vector<Action> actions;  ///< in order; an apply_patch is several
  std::string cwd;              ///< absolute; the folder the call runs in
  std::string project;          ///< absolute; the session's project root, never taken from fields the model controls
  std::string session;
  std::string use_id;
  std::string subagent;         ///< empty for the main conversation
  std::string permission_mode;  ///< as the agent spelt it, empty when it has none
  bool unattended = false;      ///< the payload's mode says that nobody will be asked (bypassPermissions, dontAsk)
};

}  // namespace belay::model
