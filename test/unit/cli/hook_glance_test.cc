#include "cli/hook_glance.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "agent/adapter.h"

namespace belay::cli {
namespace {

bool glance(std::string_view payload) {
  Glance glance;
  glance.feed(payload);
  return glance.precedes_nothing();
}

bool glance_in_pieces(std::string_view payload, std::size_t size) {
  Glance glance;
  for (std::size_t at = 0; at < payload.size(); at += size) glance.feed(payload.substr(at, size));
  return glance.precedes_nothing();
}

struct Row {
  const char* what;
  const char* payload;
};

constexpr Row kNothingFollows[] = {
    {"a prompt", R"({"session_id":"s","hook_event_name":"UserPromptSubmit","prompt":"rm -rf /"})"},
    {"the end of a turn", R"({"hook_event_name":"Stop"})"},
    {"blanks everywhere", " \n{ \"hook_event_name\" :\t\"Stop\" , \"a\" : [ 1 , 2 ] }\r\n"},
    {"a prompt that quotes an event", R"({"prompt":"\"hook_event_name\":\"PreToolUse\"","hook_event_name":"UserPromptSubmit"})"},
    {"a prompt that ends in a backslash", R"({"prompt":"a\\","hook_event_name":"UserPromptSubmit"})"},
    {"an event inside a value", R"({"hook_event_name":"PostToolUse","tool_response":{"hook_event_name":"PreToolUse"}})"},
    {"the event last", R"({"tool_name":"Bash","tool_input":{"command":"x"},"hook_event_name":"PostToolUse"})"},
    {"Gemini", R"({"timestamp":"2026-01-01T00:00:00Z","hook_event_name":"AfterTool"})"},
    {"Copilot, nothing named", R"({"sessionId":"s","timestamp":1795336518616,"stopReason":"end_turn"})"},
    {"Copilot, a call that is over", R"({"sessionId":"s","timestamp":1,"toolName":"bash","toolArgs":{},"toolResult":{"x":1}})"},
    {"Copilot, a call that failed", R"({"sessionId":"s","timestamp":1,"toolName":"bash","toolArgs":{},"error":"no"})"},
    {"names longer than any that counts",
     R"({"a_name_that_is_much_longer_than_every_name_that_says_anything":1,"hook_event_name":"Stop"})"},
};

constexpr Row kInDoubt[] = {
    {"nothing", ""},
    {"blanks", "  \n"},
    {"no object", R"("hook_event_name")"},
    {"a list", R"([{"hook_event_name":"Stop"}])"},
    {"an empty object", "{}"},
    {"a byte order mark", "\xEF\xBB\xBF{\"hook_event_name\":\"Stop\"}"},
    {"a tool call", R"({"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"x"}})"},
    {"a permission", R"({"hook_event_name":"PermissionRequest","tool_name":"Bash"})"},
    {"an event that nobody knows", R"({"hook_event_name":"BeforeEverything"})"},
    {"part of a name", R"({"hook_event_name":"Sto"})"},
    {"more than a name", R"({"hook_event_name":"Stop "})"},
    {"an event that one dialect knows as a tool call", R"({"hook_event_name":"beforeShellExecution"})"},
    {"a name much longer than any", R"({"hook_event_name":"StopStopStopStopStopStopStopStopStopStopStopStopStop"})"},
    {"not finished", R"({"hook_event_name":"Stop")"},
    {"not finished in a string", R"({"hook_event_name":"Stop","x":"})"},
    {"not finished in a container", R"({"hook_event_name":"Stop","x":[})"},
    {"more than one object", R"({"hook_event_name":"Stop"}{"hook_event_name":"PreToolUse"})"},
    {"garbage behind", R"({"hook_event_name":"Stop"}x)"},
    {"two of the same name", R"({"hook_event_name":"Stop","hook_event_name":"PreToolUse"})"},
    {"two of the same name and value", R"({"hook_event_name":"Stop","hook_event_name":"Stop"})"},
    {"two names for the event", R"({"hook_event_name":"Stop","hookName":"preToolUse"})"},
    {"two names, the harmless one last", R"({"agent_action_name":"pre_run_command","hook_event_name":"Stop"})"},
    {"the key spelt with an escape", R"({"hook\u005fevent_name":"Stop"})"},
    {"another key with an escape: it could be any", R"({"hook_event_name":"Stop","hook_\u0065vent_name":"PreToolUse"})"},
    {"a key of nothing but escapes",
     R"({"hook_event_name":"Stop","\u0068\u006f\u006f\u006b\u005f\u0065\u0076\u0065\u006e\u0074\u005f\u006e\u0061\u006d\u0065":"PreToolUse"})"},
    {"the value spelt with an escape", R"({"hook_event_name":"\u0053top"})"},
    {"in the tool's input", R"({"tool_name":"Bash","tool_input":{"hook_event_name":"Stop"}})"},
    {"in the tool's input, after a bracket in a string",
     R"({"tool_name":"Bash","tool_input":{"a":"}","hook_event_name":"Stop"}})"},
    {"in the tool's input, after a quote in a string",
     R"({"tool_name":"Bash","tool_input":{"a":"\"}","b":"\"hook_event_name\":\"Stop\"}"}})"},
    {"in a string", R"({"tool_name":"Bash","x":"\",\"hook_event_name\":\"Stop\""})"},
    {"in a list", R"({"tool_name":"Bash","x":["hook_event_name","Stop"]})"},
    {"a string where a key should be", R"({"x","hook_event_name":"Stop"})"},
    {"a closing bracket of the wrong kind", R"({"tool_input":{"a":1],"hook_event_name":"Stop"})"},
    {"a closing bracket too many", R"({"tool_input":{}},"hook_event_name":"Stop"})"},
    {"a comma too many", R"({"hook_event_name":"Stop",})"},
    {"no comma", R"({"a":1 "hook_event_name":"Stop"})"},
    {"no colon", R"({"hook_event_name" "Stop"})"},
    {"single quotes", R"({'hook_event_name':'Stop'})"},
    {"a comment", R"({/**/"hook_event_name":"Stop"})"},
    {"a list of events", R"({"hook_event_name":["Stop"]})"},
    {"an object", R"({"hook_event_name":{"Stop":"Stop"}})"},
    {"a number", R"({"hook_event_name":1})"},
    {"null", R"({"hook_event_name":null,"sessionId":"s","timestamp":1})"},
    {"Copilot, before a call", R"({"sessionId":"s","timestamp":1,"toolName":"bash","toolArgs":{"command":"x"}})"},
    {"Copilot, the result inside the arguments",
     R"({"sessionId":"s","timestamp":1,"toolName":"bash","toolArgs":{"toolResult":{}}})"},
    {"Copilot, no result", R"({"sessionId":"s","timestamp":1,"toolName":"bash","toolResult":null})"},
    {"Copilot, a permission",
     R"({"hookName":"permissionRequest","sessionId":"s","timestamp":1,"toolName":"bash","toolInput":{}})"},
    {"Copilot, without its time", R"({"sessionId":"s","stopReason":"end_turn"})"},
    {"Copilot, with another's time", R"({"sessionId":"s","timestamp":"2026","stopReason":"end_turn"})"},
    {"no name and somebody's tool call", R"({"sessionId":"s","timestamp":1,"toolCall":{"name":"x"}})"},
    {"no name and somebody's tool", R"({"sessionId":"s","timestamp":1,"tool_name":"Bash","tool_input":{}})"},
    {"nothing named by nobody known", R"({"session_id":"s","cwd":"/"})"},
    {"another's key for the event", R"({"event":"Stop"})"},
};

TEST_CASE("a glance knows an event that no call follows") {
  for (const Row& row : kNothingFollows) {
    INFO(row.what);
    CHECK(glance(row.payload));
    for (std::size_t size = 1; size < 8; ++size) CHECK(glance_in_pieces(row.payload, size));
  }
}

TEST_CASE("a glance in doubt takes it for a tool call") {
  for (const Row& row : kInDoubt) {
    INFO(row.what);
    CHECK_FALSE(glance(row.payload));
    for (std::size_t size = 1; size < 8; ++size) CHECK_FALSE(glance_in_pieces(row.payload, size));
  }
}

TEST_CASE("a glance knows nothing before the last byte") {
  for (const Row& row : kNothingFollows) {
    const std::string_view payload = row.payload;
    const std::size_t end = payload.find_last_of('}');
    for (std::size_t size = 0; size <= end; ++size) {
      INFO(payload.substr(0, size));
      CHECK_FALSE(glance(payload.substr(0, size)));
    }
  }
}

TEST_CASE("a glance gives up on what is nested deeper than any call") {
  for (const std::size_t depth : {std::size_t{40}, std::size_t{100}, std::size_t{100'000}}) {
    const std::string payload = R"({"hook_event_name":"Stop","x":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
    CHECK(glance(payload) == (depth < 250));
  }
}

std::vector<std::filesystem::path> recorded_payloads() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(BELAY_TEST_DATA "/cases/hook")) {
    if (entry.path().extension() == ".json") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST_CASE("a glance agrees with the reader about everything that agents really sent") {
  const auto files = recorded_payloads();
  REQUIRE(files.size() > 300);
  for (const auto& file : files) {
    INFO(file.string());
    std::ifstream in(file, std::ios::binary);
    const std::string payload{std::istreambuf_iterator<char>(in), {}};
    const auto call = agent::read_call(payload, model::Agent::unknown);
    REQUIRE(call);
    CHECK(glance(payload) == (call->event == model::Event::other));
  }
}

}  // namespace
}  // namespace belay::cli
