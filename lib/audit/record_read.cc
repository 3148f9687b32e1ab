#include <optional>
#include <utility>

#include "audit/clock.h"
#include "audit/names.h"
#include "audit/record.h"
#include "audit/redact.h"
#include "json/reader.h"

namespace belay::audit {

namespace {

using base::Errc;
using base::Result;
using json::Value;

constexpr json::Limits kLimits{kMaxRecord * 4, 8, 20'000};

tl::unexpected<base::Error> not_ours(std::string_view what) { return base::fail(Errc::invalid, "not an audit record: " + std::string(what)); }

std::string text_at(Value object, std::string_view key) { return std::string(object.string_at(key)); }

std::uint32_t number_at(Value object, std::string_view key, std::uint32_t otherwise = 0) {
  const std::uint64_t value = object[key].unsigned_or(otherwise);
  return value <= 0xFFFFFFFFU ? static_cast<std::uint32_t>(value) : otherwise;
}

/// A word that may be left out; an unknown one is an error.
template <class E, std::size_t N>
Result<E> word_at(Value object, std::string_view key, const Words<E, N>& words, std::optional<E> otherwise = std::nullopt) {
  const Value value = object[key];
  if (!value && otherwise) return *otherwise;
  const auto meaning = value.is_string() ? meaning_of(words, value.text()) : std::nullopt;
  if (!meaning) return not_ours("`" + std::string(key) + "` is missing or has a value that nobody knows");
  return *meaning;
}

std::vector<std::string> strings_at(Value object, std::string_view key) {
  std::vector<std::string> out;
  for (Value v = object[key].first(); v; v = v.next()) out.emplace_back(v.text());
  return out;
}

std::vector<std::pair<std::string, std::string>> pairs_at(Value object, std::string_view key) {
  std::vector<std::pair<std::string, std::string>> out;
  for (Value v = object[key].first(); v; v = v.next()) out.emplace_back(v.first().text(), v.first().next().text());
  return out;
}

using ActionReader = model::Action (*)(Value);
struct ActionRow {
  std::string_view kind;
  ActionReader read;
};

model::Action read_tool(Value v) {
  model::UseTool tool{text_at(v, "tool"), {}};
  for (auto& [key, value] : pairs_at(v, "input")) tool.input.push_back({std::move(key), std::move(value)});
  return tool;
}

constexpr std::array<ActionRow, 11> kActions{{
    {"harmless", [](Value) -> model::Action { return model::Harmless{}; }},
    {"command", [](Value v) -> model::Action { return model::RunShell{text_at(v, "cmd"), model::Dialect::bash}; }},
    {"powershell", [](Value v) -> model::Action { return model::RunShell{text_at(v, "cmd"), model::Dialect::powershell}; }},
    {"argv", [](Value v) -> model::Action { return model::RunArgv{strings_at(v, "argv")}; }},
    {"read", [](Value v) -> model::Action { return model::ReadFile{text_at(v, "path")}; }},
    {"write", [](Value v) -> model::Action { return model::WriteFile{text_at(v, "path"), text_at(v, "content")}; }},
    {"delete", [](Value v) -> model::Action { return model::DeleteFile{text_at(v, "path")}; }},
    {"rename", [](Value v) -> model::Action { return model::RenameFile{text_at(v, "path"), text_at(v, "to")}; }},
    {"grep", [](Value v) -> model::Action { return model::SearchFiles{text_at(v, "path"), text_at(v, "names"), true}; }},
    {"list", [](Value v) -> model::Action { return model::SearchFiles{text_at(v, "path"), text_at(v, "names"), false}; }},
    {"fetch", [](Value v) -> model::Action { return model::FetchUrl{text_at(v, "url")}; }},
}};

Result<model::Action> read_action(Value v) {
  const std::string_view kind = v.string_at("kind");
  if (kind == "tool") return read_tool(v);
  for (const auto& row : kActions) {
    if (row.kind == kind) return row.read(v);
  }
  return not_ours("an action of unknown kind");
}

Result<void> read_call(Value root, Record& record) {
  model::Call& call = record.call;
  const Value agent = root["agent"];
  const Value v = root["call"];
  if (!v.is_object()) return not_ours("no call");
  BELAY_TRY(call.agent, word_at(agent, "name", kAgents));
  BELAY_TRY(call.event, word_at(v, "phase", kEvents));
  call.event_name = text_at(v, "event");
  call.tool = text_at(v, "tool");
  call.cwd = text_at(v, "cwd");
  call.project = text_at(v, "project");
  call.session = text_at(agent, "session");
  call.use_id = text_at(v, "use_id");
  call.subagent = text_at(agent, "sub");
  call.permission_mode = text_at(agent, "pmode");
  call.unattended = agent["unattended"].truthy();
  for (Value one = v["do"].first(); one; one = one.next()) {
    BELAY_TRY(auto action, read_action(one));
    const auto* write = std::get_if<model::WriteFile>(&action);
    if (write != nullptr && is_placeholder(write->content)) ++record.loss.contents;
    call.actions.push_back(std::move(action));
  }
  record.loss.redacted = strings_at(v, "redact");
  return {};
}

Result<model::Match> read_match(Value v) {
  model::Match m;
  m.rule = text_at(v, "rule");
  BELAY_TRY(m.verdict, word_at(v, "want", kVerdicts));
  BELAY_TRY(m.severity, word_at(v, "sev", kSeverities));
  BELAY_TRY(m.mode, word_at(v, "mode", kModes, std::optional(model::Mode::enforce)));
  BELAY_TRY(m.truth, word_at(v, "truth", kTruths, std::optional(model::Truth::yes)));
  m.floor = v["floor"].truthy();
  m.operation = number_at(v, "op", model::kNoOperation);
  m.file = text_at(v, "file");
  m.line = number_at(v, "line");
  return m;
}

Result<void> read_decision(Value root, Record& record) {
  model::Decision& d = record.decision;
  const Value v = root["dec"];
  BELAY_TRY(d.effective, word_at(v, "eff", kVerdicts));
  BELAY_TRY(d.would, word_at(v, "would", kVerdicts));
  BELAY_TRY(d.mode, word_at(v, "mode", kModes));
  for (Value one = v["all"].first(); one; one = one.next()) {
    BELAY_TRY(auto match, read_match(one));
    d.matches.push_back(std::move(match));
  }
  d.fault = text_at(root, "err");
  d.policy_version = text_at(root["pol"], "ver");
  d.policy_hash = text_at(root["pol"], "hash");
  record.policy_origin = text_at(root["pol"], "origin");
  return {};
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view s, bool encoded) {
  if (!encoded) return std::string(s);
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool escape = s[i] == '%' && i + 2 < s.size() && hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0;
    out += escape ? static_cast<char>(hex(s[i + 1]) * 16 + hex(s[i + 2])) : s[i];
    if (escape) i += 2;
  }
  return out;
}

Result<Probe> read_probe(Value v) {
  const bool encoded = v.string_at("enc") == "%";
  const std::string_view kind = v.string_at("k");
  Probe probe;
  probe.path = decoded(v.string_at("p"), encoded);
  probe.listing = kind == "names" || kind == "unlisted";
  probe.failed = kind == "error" || kind == "unlisted";
  if (probe.listing) {
    for (Value name = v["names"].first(); name; name = name.next()) probe.names.push_back(decoded(name.text(), encoded));
  } else if (!probe.failed) {
    BELAY_TRY(probe.node.kind, word_at(v, "k", kNodes));
    probe.node.target = decoded(v.string_at("to"), encoded);
    for (Value name = v["same"].first(); name; name = name.next()) probe.node.same.push_back(decoded(name.text(), encoded));
  }
  return probe;
}

Result<void> read_world(Value root, Record& record) {
  record.users = pairs_at(root, "users");
  record.env = pairs_at(root, "env");
  record.tmp = text_at(root, "tmp");
  record.had_files = root["fs"].is_array();
  for (Value v = root["fs"].first(); v; v = v.next()) {
    BELAY_TRY(auto probe, read_probe(v));
    record.probes.push_back(std::move(probe));
  }
  const Value lost = root["lost"];
  record.loss.cut = lost["bytes"].unsigned_or(0);
  record.loss.probes = number_at(lost, "fs");
  record.loss.matches = number_at(lost, "all");
  return {};
}

Result<void> read_head(Value root, Record& record) {
  if (!root["v"].is_number()) return not_ours("no version");
  if (root["v"].unsigned_or(0) != 1) return base::fail(Errc::version, "schema `audit/" + std::string(root["v"].text()) + "`, not `audit/1`");
  if (root.string_at("kind") != "decision") return not_ours("no decision");
  const auto time = unix_micros_of(root.string_at("ts"));
  if (!time) return not_ours("no time");
  record.unix_micros = *time;
  record.id = text_at(root, "id");
  record.source = text_at(root, "src");
  record.host = text_at(root["host"], "name");
  const Value actor = root["actor"];
  record.uid = number_at(actor, "uid");
  record.gid = number_at(actor, "gid");
  record.user = text_at(actor, "user");
  for (Value v = actor["groups"].first(); v; v = v.next()) record.groups.push_back(static_cast<std::uint32_t>(v.unsigned_or(0)));
  record.homes = strings_at(actor, "homes");
  record.micros = root["perf"]["us"].unsigned_or(0);
  return {};
}

}  // namespace

Result<Record> from_line(std::string_view line) {
  auto document = json::Document::parse(line, kLimits);
  if (!document) return not_ours(document.error().what);
  const Value root = document->root();
  Record record;
  record.redacted = true;
  BELAY_CHECK(read_head(root, record));
  BELAY_CHECK(read_call(root, record));
  BELAY_CHECK(read_decision(root, record));
  BELAY_CHECK(read_world(root, record));
  return record;
}

}  // namespace belay::audit
