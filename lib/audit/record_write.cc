#include <utility>

#include "audit/chain.h"
#include "audit/clean.h"
#include "audit/clock.h"
#include "audit/names.h"
#include "audit/record.h"
#include "json/writer.h"

namespace belay::audit {

namespace {

using json::Writer;

bool plain(std::string_view s) { return not_utf8(s) == 0 && s.find('%') == std::string_view::npos; }

/// A name of the file system as text that JSON can carry exactly.
std::string encoded(std::string_view s) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : s) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && c != '%') {
      out += c;
      continue;
    }
    out += '%';
    out += kHex[byte >> 4U];
    out += kHex[byte & 15U];
  }
  return out;
}

bool plain(const Probe& probe) {
  if (!plain(probe.path) || !plain(probe.node.target)) return false;
  for (const auto& name : probe.node.same) {
    if (!plain(name)) return false;
  }
  for (const auto& name : probe.names) {
    if (!plain(name)) return false;
  }
  return true;
}

/// One action as the members of an object.
struct ActionWriter {
  Writer& w;

  void operator()(const model::Harmless&) { w.field("kind", "harmless"); }
  void operator()(const model::RunShell& a) {
    w.field("kind", a.dialect == model::Dialect::bash ? "command" : "powershell").field("cmd", a.command);
  }
  void operator()(const model::RunArgv& a) {
    w.field("kind", "argv").key("argv").begin_array();
    for (const auto& word : a.argv) w.string(word);
    w.end_array();
  }
  void operator()(const model::ReadFile& a) { w.field("kind", "read").field("path", a.path); }
  void operator()(const model::WriteFile& a) { w.field("kind", "write").field("path", a.path).field_if("content", a.content); }
  void operator()(const model::DeleteFile& a) { w.field("kind", "delete").field("path", a.path); }
  void operator()(const model::RenameFile& a) { w.field("kind", "rename").field("path", a.from).field("to", a.to); }
  void operator()(const model::SearchFiles& a) {
    w.field("kind", a.reads_content ? "grep" : "list").field("path", a.path).field_if("names", a.name_pattern);
  }
  void operator()(const model::FetchUrl& a) { w.field("kind", "fetch").field("url", a.url); }
  void operator()(const model::UseTool& a) {
    w.field("kind", "tool").field("tool", a.tool).key("input").begin_array();
    for (const auto& [key, value] : a.input) w.begin_array().string(key).string(value).end_array();
    w.end_array();
  }
};

/// Writes `record` as it is.
class LineWriter {
 public:
  LineWriter(const Record& record, const std::vector<model::Action>& actions, const Loss& loss)
      : record_(record), actions_(actions), loss_(loss), w_(line_) {}

  std::string run() {
    constexpr std::size_t kUsual = 2048;
    line_.reserve(kUsual);
    w_.begin_object().field("v", std::uint32_t{1}).field("id", record_.id).field("ts", iso_time(record_.unix_micros));
    w_.field("kind", "decision").field("src", record_.source);
    w_.key("host").begin_object().field("name", record_.host).end_object();
    actor();
    agent();
    call();
    decision();
    policy();
    w_.key("perf").begin_object().field("us", record_.micros).end_object();
    w_.field_if("err", record_.decision.fault);
    world();
    lost();
    w_.end_object();
    return std::move(line_);
  }

 private:
  void actor() {
    w_.key("actor").begin_object().field("uid", record_.uid).field("user", record_.user).field("gid", record_.gid);
    if (!record_.groups.empty()) {
      w_.key("groups").begin_array();
      for (const auto group : record_.groups) w_.number(group);
      w_.end_array();
    }
    strings("homes", record_.homes);
    w_.end_object();
  }

  void agent() {
    const model::Call& call = record_.call;
    w_.key("agent").begin_object().field("name", word_of(kAgents, call.agent)).field("session", call.session);
    w_.field_if("sub", call.subagent).field_if("pmode", call.permission_mode);
    if (call.unattended) w_.field("unattended", true);
    w_.end_object();
  }

  void call() {
    const model::Call& call = record_.call;
    w_.key("call").begin_object().field("event", call.event_name).field("phase", word_of(kEvents, call.event));
    w_.field("tool", call.tool).field_if("use_id", call.use_id).field("cwd", call.cwd).field_if("project", call.project);
    w_.key("do").begin_array();
    for (const auto& action : actions_) {
      w_.begin_object();
      std::visit(ActionWriter{w_}, action);
      w_.end_object();
    }
    w_.end_array();
    strings("redact", loss_.redacted);
    w_.end_object();
  }

  void match(const model::Match& m) {
    w_.begin_object()
        .field("rule", m.rule)
        .field("want", word_of(kVerdicts, m.verdict))
        .field("sev", word_of(kSeverities, m.severity));
    if (m.mode != model::Mode::enforce) w_.field("mode", word_of(kModes, m.mode));
    if (m.truth != model::Truth::yes) w_.field("truth", word_of(kTruths, m.truth));
    if (m.floor) w_.field("floor", true);
    if (m.operation != model::kNoOperation) w_.field("op", m.operation);
    w_.field_if("file", m.file).field_if("line", std::uint64_t{m.line});
    w_.end_object();
  }

  void decision() {
    const model::Decision& d = record_.decision;
    w_.key("dec").begin_object().field("eff", word_of(kVerdicts, d.effective)).field("would", word_of(kVerdicts, d.would));
    w_.field("mode", word_of(kModes, d.mode));
    if (const auto* leading = d.leading()) {
      w_.field("rule", leading->rule).field("sev", word_of(kSeverities, leading->severity)).key("all").begin_array();
      for (const auto& m : d.matches) match(m);
      w_.end_array();
    }
    w_.end_object();
  }

  void policy() {
    const model::Decision& d = record_.decision;
    w_.key("pol").begin_object().field_if("ver", d.policy_version).field_if("hash", d.policy_hash);
    w_.field_if("origin", record_.policy_origin).end_object();
  }

  void world() {
    pairs("users", record_.users);
    pairs("env", record_.env);
    w_.field_if("tmp", record_.tmp);
    if (!record_.had_files && record_.probes.empty()) return;
    w_.key("fs").begin_array();
    for (const auto& one : record_.probes) probe(one);
    w_.end_array();
  }

  void probe(const Probe& p) {
    const bool as_is = plain(p);
    const auto name = [&](std::string_view s) { as_is ? w_.string(s) : w_.string(encoded(s)); };
    w_.begin_object();
    if (!as_is) w_.field("enc", "%");
    w_.key("p");
    name(p.path);
    if (p.listing) w_.field("k", p.failed ? "unlisted" : "names");
    else w_.field("k", p.failed ? "error" : word_of(kNodes, p.node.kind));
    if (!p.listing && !p.failed && p.node.kind == base::NodeKind::symlink) name((w_.key("to"), p.node.target));
    if (!p.listing && !p.failed && !p.node.same.empty()) names("same", p.node.same, name);
    if (p.listing && !p.failed) names("names", p.names, name);
    w_.end_object();
  }

  void names(std::string_view key, const std::vector<std::string>& all, const auto& write) {
    w_.key(key).begin_array();
    for (const auto& one : all) write(one);
    w_.end_array();
  }

  void lost() {
    if (loss_.cut == 0 && loss_.probes == 0 && loss_.matches == 0) return;
    w_.key("lost").begin_object().field_if("bytes", loss_.cut).field_if("fs", std::uint64_t{loss_.probes});
    w_.field_if("all", std::uint64_t{loss_.matches}).end_object();
  }

  void strings(std::string_view name, const std::vector<std::string>& items) {
    if (items.empty()) return;
    w_.key(name).begin_array();
    for (const auto& item : items) w_.string(item);
    w_.end_array();
  }

  /// Not as an object: a name used twice would make the line unreadable.
  void pairs(std::string_view name, const std::vector<std::pair<std::string, std::string>>& items) {
    if (items.empty()) return;
    w_.key(name).begin_array();
    for (const auto& [first, second] : items) w_.begin_array().string(first).string(second).end_array();
    w_.end_array();
  }

  const Record& record_;
  const std::vector<model::Action>& actions_;
  const Loss& loss_;
  std::string line_;
  Writer w_;
};

/// What U+FFFD is going to stand for, in the parts that decide.
std::uint64_t unwritable(const Record& record) {
  std::uint64_t bad = not_utf8(record.call.cwd) + not_utf8(record.call.project) + not_utf8(record.tmp);
  for (const auto& home : record.homes) bad += not_utf8(home);
  for (const auto& [name, value] : record.env) bad += not_utf8(name) + not_utf8(value);
  for (const auto& [name, home] : record.users) bad += not_utf8(name) + not_utf8(home);
  return bad;
}

struct UnwritableOf {
  std::uint64_t operator()(const model::RunShell& a) const { return not_utf8(a.command); }
  std::uint64_t operator()(const model::RunArgv& a) const {
    std::uint64_t bad = 0;
    for (const auto& word : a.argv) bad += not_utf8(word);
    return bad;
  }
  template <class Other>
  std::uint64_t operator()(const Other&) const {
    return 0;
  }  // comes from JSON, which is UTF-8
};

std::string write_shortened(Record record, std::string_view key) {
  thin_out(record);
  std::string line;
  const bool too_long = size_of(record.call.actions) >= kMaxRecord;
  for (const Measure measure : measures()) {
    if (too_long && measure.text >= kMaxRecord) continue;  // as it stands it cannot fit
    Record shorter = record;
    shorten(shorter, measure, key);
    line = LineWriter(shorter, shorter.call.actions, shorter.loss).run();
    if (line.size() <= kMaxRecord - kMaxLink) break;
  }
  return line;
}

/// The record without the actions, of which the copy has others.
Record with_actions(const Record& record, std::vector<model::Action> actions, Loss loss) {
  Record out = record;
  out.call.actions = std::move(actions);
  out.loss = std::move(loss);
  return out;
}

std::string write_redacted(const Record& record, const std::vector<model::Action>& actions, const Loss& loss,
                           std::string_view key) {
  if (size_of(actions) < kMaxRecord) {
    std::string line = LineWriter(record, actions, loss).run();
    if (line.size() <= kMaxRecord - kMaxLink) return line;
  }
  return write_shortened(with_actions(record, actions, loss), key);
}

}  // namespace

std::string to_line(const Record& record, std::string_view redaction_key) {
  if (record.redacted) return write_redacted(record, record.call.actions, record.loss, redaction_key);
  Redactor redactor(redaction_key);
  for (const auto& kind : record.loss.redacted) redactor.note(kind);
  Loss loss = record.loss;
  loss.cut += unwritable(record);
  for (const auto& action : record.call.actions) loss.cut += std::visit(UnwritableOf{}, action);
  const auto actions = clean(record.call.actions, redaction_key, redactor);
  loss.redacted = redactor.kinds();
  return write_redacted(record, actions, loss, redaction_key);
}

}  // namespace belay::audit
