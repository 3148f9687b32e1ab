#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/call.h"
#include "model/decision.h"

/// The agents' hook protocols. One adapter per agent; both directions meet in model::Call and model::Decision.
namespace belay::agent {

/// What the hook process must emit. `exit` is 0 or the agent's blocking code.
struct Reply {
  std::string out;
  std::string err;
  int exit = 0;
};

/// The hook input limits: 16 MiB, 64 levels.
inline constexpr std::size_t kMaxPayload = 16U << 20U;
inline constexpr std::uint32_t kMaxDepth = 64;
/// Blocks in every agent when stderr has text (measured with Claude Code, Codex, Gemini CLI, Copilot CLI).
inline constexpr int kBlockingExit = 2;

/// `claude`, `codex`, `gemini`, `copilot`; unknown for any other word.
[[nodiscard]] model::Agent agent_named(std::string_view name);
[[nodiscard]] std::string_view name_of(model::Agent agent);

/// Whether an event of this name certainly precedes neither a tool call nor a permission, whoever sends it: some dialect knows it, and none
/// knows it as something else. Allocates nothing.
[[nodiscard]] bool precedes_nothing(std::string_view event_name);

/// Reads one payload. The payload decides the dialect when it is unmistakable; `named` (from --agent) decides otherwise. Rejects
/// what is not one JSON object, duplicate keys, invalid UTF-8, over-size and over-deep input; and, for a call that the hook could still
/// stop, a known field of the wrong type, a known tool without what it needs, NUL in a command, path or URL.
/// Event::other has no actions and never fails for what its fields hold. Event::unknown carries a tool call: treat it as one.
[[nodiscard]] base::Result<model::Call> read_call(std::string_view payload, model::Agent named);

/// Fills the folders that the payload leaves open with the folder the hook process runs in: `cwd` when the agent sent none, `project`
/// where the agent's `cwd` is the model's choice (Codex sends the working folder of the one call and starts its hooks in the project).
/// To be called once, after read_call, before anything looks at the call.
void settle_folders(model::Call& call, std::string_view process_folder);

struct Terminal {
  bool can_ask = false;  ///< /dev/tty opens: an interactive Gemini can be asked
};

/// The answer in the agent's own shape: nothing for pass, allow only for Verdict::allow. A denial is the agent's JSON on stdout, the
/// same reason on stderr and the blocking exit code; when the agent is not certain, stderr and exit code only. `ask` becomes
/// what the agent can express (see docs/agents.md).
[[nodiscard]] Reply answer(const model::Call& call, const model::Decision& decision, const Terminal& terminal);

/// The answer when no call could be read, or belay itself failed: nothing on stdout, `reason` on stderr, the blocking code.
[[nodiscard]] Reply refuse(std::string_view reason);

/// What every refusal begins and ends with; a hook that cannot compose one any more says it with these.
inline constexpr std::string_view kRefused = "belay refused this call: ";
inline constexpr std::string_view kNoOtherWay =
    "This is final for this task: do not look for another way to the same effect; tell the user and let them decide.";

/// What the model is told: the effect refused, what to do instead, that no other way should be looked for. Plain text, one
/// paragraph, at most 2 000 bytes, hostile characters escaped, no pattern disclosed.
[[nodiscard]] std::string reason_text(const model::Call& call, const model::Decision& decision);

}  // namespace belay::agent
