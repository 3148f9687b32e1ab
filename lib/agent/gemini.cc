#include <array>

#include "agent/protocol.h"
#include "json/writer.h"

/// Gemini CLI: https://github.com/google-gemini/gemini-cli/tree/main/docs/hooks; answers as measured with 0.61.0. JSON on stdout decides
/// whatever the exit code is, and when stdout is empty JSON on stderr does: stderr must stay plain text.
namespace belay::agent {

namespace {

using model::Event;

constexpr auto kTools = std::to_array<Tool>({
    {"run_shell_command", Shape::shell, "command"},
    {"read_file", Shape::read, "file_path absolute_path path"},
    {"read_many_files", Shape::read_many, "include paths file_paths"},
    {"write_file", Shape::write, "file_path", "content"},
    {"replace", Shape::write, "file_path", "new_string"},
    {"glob", Shape::find_names, "dir_path path", "pattern"},
    {"grep_search", Shape::find_text, "dir_path path", "include_pattern include"},
    {"search_file_content", Shape::find_text, "dir_path path", "include_pattern include"},
    {"list_directory", Shape::list, "dir_path path"},
    {"web_fetch", Shape::fetch_in_text, "prompt url"},
    {"google_web_search"}, {"write_todos"}, {"ask_user"}, {"save_memory"}, {"activate_skill"}, {"invoke_agent"}, {"complete_task"},
    {"update_topic"}, {"enter_plan_mode"}, {"exit_plan_mode"}, {"list_background_processes"}, {"read_background_output"},
    {"get_internal_docs"},
});

constexpr auto kEvents = std::to_array<EventName>({
    {"BeforeTool", Event::tool},
    {"AfterTool"}, {"BeforeAgent"}, {"AfterAgent"}, {"BeforeModel"}, {"AfterModel"}, {"BeforeToolSelection"}, {"SessionStart"},
    {"SessionEnd"}, {"PreCompress"}, {"Notification"},
});

/// `mcp_server_tool`, where either may hold an underscore; newer versions add a context that says which is which.
std::vector<std::string> mcp_names(std::string_view tool, json::Value payload) {
  const json::Value context = payload["mcp_context"];
  const std::string_view server = context.string_at("server_name");
  const std::string_view own = context.string_at("tool_name");
  if (!server.empty() && !own.empty()) return {"mcp:" + std::string(server) + "/" + std::string(own)};
  constexpr std::string_view kPrefix = "mcp_";
  if (!tool.starts_with(kPrefix)) return {};
  tool.remove_prefix(kPrefix.size());
  const std::size_t end = tool.find('_');
  if (end == std::string_view::npos) return {"mcp:" + std::string(tool) + "/"};
  return {"mcp:" + std::string(tool.substr(0, end)) + "/" + std::string(tool.substr(end + 1))};
}

std::string decision(Word word, std::string_view reason) {
  std::string out;
  json::Writer(out).begin_object().field("decision", name_of(word)).field("reason", reason).end_object();
  return out;
}

}  // namespace

const Protocol& gemini() {
  static constexpr Protocol kProtocol{
      model::Agent::gemini,
      {"hook_event_name", "tool_name", "tool_input", "session_id", "", "", ""},
      kEvents, kTools, mcp_names, Asking::on_terminal, false, true, decision, nullptr};
  return kProtocol;
}

}  // namespace belay::agent
