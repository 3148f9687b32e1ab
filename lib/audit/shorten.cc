#include <algorithm>
#include <array>

#include "audit/clean.h"

namespace belay::audit {

namespace {

constexpr std::size_t kAll = static_cast<std::size_t>(-1);
constexpr std::size_t kProbeBytes = 6U << 10U;
constexpr std::size_t kMostMatches = 32;

constexpr std::size_t cost_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x20) return c == '\n' || c == '\t' || c == '\r' ? 2 : 6;
  if (byte >= 0x7F) return 6;
  return c == '"' || c == '\\' ? 2 : 1;
}
constexpr auto kCosts = [] {
  std::array<unsigned char, 256> costs{};
  for (std::size_t i = 0; i < costs.size(); ++i) costs[i] = static_cast<unsigned char>(cost_of(static_cast<char>(i)));
  return costs;
}();
/// Bytes of `c` in a JSON string, at most: see json::append_string.
std::size_t cost(char c) { return kCosts[static_cast<unsigned char>(c)]; }

std::size_t cost(std::string_view s) {
  std::size_t sum = 0;
  for (const char c : s) sum += cost(c);
  return sum;
}

bool inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The longest beginning that costs at most `most`, in whole characters.
std::string_view head_of(std::string_view s, std::size_t most) {
  std::size_t end = 0;
  for (std::size_t sum = 0; end < s.size() && (sum += cost(s[end])) <= most;) ++end;
  while (end > 0 && end < s.size() && inside_character(s[end])) --end;
  return s.substr(0, end);
}

std::string_view tail_of(std::string_view s, std::size_t most) {
  std::size_t begin = s.size();
  for (std::size_t sum = 0; begin > 0 && (sum += cost(s[begin - 1])) <= most;) --begin;
  while (begin < s.size() && inside_character(s[begin])) ++begin;
  return s.substr(begin);
}

class Shortener {
 public:
  Shortener(Measure measure, std::string_view key, Loss& loss) : measure_(measure), marker_(key), loss_(loss) {}

  void text(std::string& s) {
    if (s.size() <= measure_.text / 6 || (s.size() <= measure_.text && cost(s) <= measure_.text)) return;
    const std::string_view head = head_of(s, measure_.text / 2);
    const std::string_view tail = tail_of(std::string_view(s).substr(head.size()), measure_.text / 2);
    loss_.cut += s.size() - head.size() - tail.size();
    s = std::string(head) + marker_.whole("cut", s) + std::string(tail);
  }

  template <class T, class Size>
  void list(std::vector<T>& items, Size size) {
    for (; items.size() > measure_.items; items.pop_back()) loss_.cut += size(items.back());
  }
  void strings(std::vector<std::string>& items) {
    list(items, [](const std::string& s) { return s.size(); });
    for (auto& s : items) text(s);
  }
  void pairs(std::vector<std::pair<std::string, std::string>>& items) {
    list(items, [](const auto& pair) { return pair.first.size() + pair.second.size(); });
    for (auto& [name, value] : items) {
      text(name);
      text(value);
    }
  }

  void operator()(model::Harmless&) {}
  void operator()(model::RunShell& a) { text(a.command); }
  void operator()(model::RunArgv& a) { strings(a.argv); }
  void operator()(model::ReadFile& a) { text(a.path); }
  void operator()(model::WriteFile& a) { text(a.path); }  // its content is a placeholder
  void operator()(model::DeleteFile& a) { text(a.path); }
  void operator()(model::RenameFile& a) {
    text(a.from);
    text(a.to);
  }
  void operator()(model::SearchFiles& a) {
    text(a.path);
    text(a.name_pattern);
  }
  void operator()(model::FetchUrl& a) { text(a.url); }
  void operator()(model::UseTool& a) {
    text(a.tool);
    list(a.input, [](const model::Field& field) { return field.key.size() + field.value.size(); });
    for (auto& field : a.input) {
      text(field.key);
      text(field.value);
    }
  }

 private:
  Measure measure_;
  Redactor marker_;
  Loss& loss_;
};

void shorten_decision(model::Decision& decision, Measure measure, Shortener& to, Loss& loss) {
  const std::size_t most = std::max<std::size_t>(1, measure.items);
  if (decision.matches.size() > most) {
    loss.matches += static_cast<std::uint32_t>(decision.matches.size() - most);
    decision.matches.resize(most);
  }
  for (auto& match : decision.matches) {
    to.text(match.rule);
    to.text(match.file);
  }
  for (auto* s : {&decision.fault, &decision.policy_version, &decision.policy_hash}) to.text(*s);
}

std::size_t probe_cost(const Probe& probe) {
  constexpr std::size_t kPunctuation = 32;
  std::size_t sum = kPunctuation + cost(probe.path) + cost(probe.node.target);
  for (const auto& name : probe.names) sum += 3 + cost(name);
  for (const auto& name : probe.node.same) sum += 3 + cost(name);
  return sum;
}

}  // namespace

const std::vector<Measure>& measures() {
  static const std::vector<Measure> kMeasures{{kAll, kAll},  {12'000, kAll}, {8'000, kAll}, {5'000, kAll},
                                              {3'000, kAll}, {1'500, kAll},  {700, kAll},   {300, 1'000},
                                              {150, 100},    {60, 30},       {60, 8},       {60, 1}};
  return kMeasures;
}

void shorten(Record& record, Measure measure, std::string_view key) {
  Shortener to(measure, key, record.loss);
  model::Call& call = record.call;
  to.list(call.actions, [](const model::Action& action) { return size_of({action}); });
  for (auto& action : call.actions) std::visit(to, action);
  for (auto* s :
       {&call.event_name, &call.tool, &call.cwd, &call.project, &call.session, &call.use_id, &call.subagent,
        &call.permission_mode, &record.id, &record.host, &record.user, &record.policy_origin, &record.source, &record.tmp}) {
    to.text(*s);
  }
  to.strings(record.homes);
  to.pairs(record.users);
  to.pairs(record.env);
  to.list(record.groups, [](std::uint32_t) { return sizeof(std::uint32_t); });
  shorten_decision(record.decision, measure, to, record.loss);
  if (record.probes.size() > measure.items) {
    record.loss.probes += static_cast<std::uint32_t>(record.probes.size() - measure.items);
    record.probes.resize(measure.items);
  }
}

void thin_out(Record& record) {
  auto& matches = record.decision.matches;
  if (matches.size() > kMostMatches) {
    record.loss.matches += static_cast<std::uint32_t>(matches.size() - kMostMatches);
    matches.resize(kMostMatches);
  }
  std::size_t left = kProbeBytes;
  const auto too_much = [&](const Probe& probe) {
    const std::size_t size = probe_cost(probe);
    if (size > left) return true;
    left -= size;
    return false;
  };
  const std::size_t before = record.probes.size();
  record.probes.erase(std::remove_if(record.probes.begin(), record.probes.end(), too_much), record.probes.end());
  record.loss.probes += static_cast<std::uint32_t>(before - record.probes.size());
}

}  // namespace belay::audit
