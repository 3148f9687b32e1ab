#include <filesystem>

#include "rows.h"

namespace belay::faults {

namespace {

constexpr rlim_t kKiB = 1U << 10U;
constexpr rlim_t kMiB = 1U << 20U;

std::string write_of(std::size_t bytes) {
  return R"({"session_id":"s","cwd":"/tmp","permission_mode":"default","hook_event_name":"PreToolUse","tool_name":"Write","tool_input":{"file_path":"/tmp/x","content":")" +
         std::string(bytes, 'x') + R"("},"tool_use_id":"toolu_1"})";
}

std::vector<Row> resource(const char* name, __rlimit_resource what, const std::vector<rlim_t>& values) {
  std::vector<Row> out;
  for (const rlim_t value : values) {
    for (const Agent& agent : kAgents) {
      Row row;
      row.name = std::string(name) + " " + std::to_string(value) + ", " + std::string(agent.name);
      row.start.limits = {{what, value}};
      row.start.input = call(agent, "rm -rf ~");
      row.agent = &agent;
      out.push_back(row);
      row.name += ", harmless";
      row.start.input = call(agent, "git status");
      row.expected = Answer::either;
      out.push_back(row);
      row.name += ", a prompt";
      row.start.input = std::string(agent.prompt);
      out.push_back(std::move(row));
    }
  }
  return out;
}

/// A limit of 0 s of processor time is one that the kernel ends a process by before its first instruction, as it does with too small an address
/// space: only the agent can do something about that (docs/agents.md, hooks that fail).
///
/// From the first size at which the kernel can start the program at all. Below that nobody can answer: execve(2) fails, or the process ends before
/// its first instruction.
std::vector<Row> address_space(const std::string& program) {
  const auto size = static_cast<rlim_t>(std::filesystem::file_size(program));
  std::vector<rlim_t> values;
  for (rlim_t more = 512 * kKiB; more <= 16 * kMiB; more += more / 2) values.push_back(size + more);
  return resource("address space", RLIMIT_AS, values);
}

std::vector<Row> all_at_once() {
  std::vector<Row> out;
  for (const Agent& agent : kAgents) {
    Row row;
    row.name = "little of everything, " + std::string(agent.name);
    row.start.limits = {{RLIMIT_NPROC, 0},         {RLIMIT_FSIZE, 0},      {RLIMIT_CORE, 0},     {RLIMIT_CPU, 1},
                        {RLIMIT_MEMLOCK, 0},       {RLIMIT_SIGPENDING, 0}, {RLIMIT_MSGQUEUE, 0}, {RLIMIT_NICE, 0},
                        {RLIMIT_STACK, 64 * kKiB}, {RLIMIT_NOFILE, 4}};
    row.start.input = call(agent, "rm -rf ~");
    row.agent = &agent;
    out.push_back(std::move(row));
  }
  return out;
}

/// What is enough, whatever arrives: nobody runs out of it. What the program itself maps is not counted (RLIMIT_DATA).
std::vector<Row> memory() {
  const auto row = [](const char* name, std::string input, Answer expected, rlim_t enough) {
    Row out;
    out.name = name;
    out.start.input = std::move(input);
    out.start.limits = {{RLIMIT_DATA, enough}};
    out.expected = expected;
    out.never = "out of memory";
    return out;
  };
  Row endless = row("input without end", write_of(1U << 20U), Answer::block, 40 * kMiB);
  endless.start.in = Stdin::endless;
  endless.agent = nullptr;
  return {row("a harmless call", call(kAgents[0], "git status"), Answer::silent, 8 * kMiB),
          row("a destructive call", call(kAgents[0], "rm -rf ~"), Answer::block, 8 * kMiB),
          row("3 MB to write", write_of(3'000'000), Answer::either, 32 * kMiB),  // a busy machine may be too slow for it
          row("64 MB to write", write_of(64'000'000), Answer::block, 40 * kMiB), endless};
}

}  // namespace

std::vector<Group> limit_groups(const std::string& program, bool is_static) {
  std::vector<Group> out{{"limits: file size", resource("file size", RLIMIT_FSIZE, {0, 1, 100})},
                         {"limits: processes", resource("processes", RLIMIT_NPROC, {0, 1})},
                         {"limits: processor time", resource("processor time", RLIMIT_CPU, {1})},
                         {"limits: stack", resource("stack", RLIMIT_STACK, {48 * kKiB, 64 * kKiB, 128 * kKiB})},
                         {"limits: locked memory", resource("locked memory", RLIMIT_MEMLOCK, {0})},
                         {"memory is bounded", memory()}};
  if (!is_static) return out;
  out.push_back({"limits: descriptors", resource("descriptors", RLIMIT_NOFILE, {0, 1, 2, 3, 4, 5})});
  // Below this the static program ends before its first instruction of ours: its own variables take 443 KiB, what the C library asks for at its
  // start the rest (measured: 576 KiB do not do, 584 KiB do). Who lowers the limit of an agent
  // is refused (rules/self-protection.toml, limit-guard).
  out.push_back({"limits: data", resource("data", RLIMIT_DATA, {640 * kKiB, kMiB, 2 * kMiB, 4 * kMiB})});
  out.push_back({"limits: address space", address_space(program)});
  out.push_back({"limits: all at once", all_at_once()});
  return out;
}

}  // namespace belay::faults
