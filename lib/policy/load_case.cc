#include <array>

#include "base/text.h"
#include "policy/load_parts.h"

namespace belay::policy {

namespace {

constexpr std::array<Word<std::string_view>, 3> kAccess{{{"read", "read"}, {"write", "write"}, {"delete", "delete"}}};
constexpr std::array<Word<std::string_view>, 4> kAgents{
    {{"claude", "claude"}, {"codex", "codex"}, {"gemini", "gemini"}, {"copilot", "copilot"}}};

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\', out += c;
    else if (byte < 0x20) out += "\\u00", out += kHex[byte >> 4U], out += kHex[byte & 15U];
    else out += c;
  }
  out += '"';
}

/// Nesting is bounded by read_toml.
void append_json(const Reader& in, std::string& out, const TomlValue& value) {
  switch (value.kind) {
    case TomlKind::string: append_json_string(out, value.text); return;
    case TomlKind::integer: out += std::to_string(value.integer); return;
    case TomlKind::boolean: out += value.flag ? "true" : "false"; return;
    case TomlKind::real:
    case TomlKind::date:
      in.wrong_type("input", value, "a string, an integer, a boolean, a list or a table");
      out += "null";
      return;
    case TomlKind::array: break;
    case TomlKind::table: break;
  }
  const bool list = value.kind == TomlKind::array;
  out += list ? '[' : '{';
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    if (i > 0) out += ',';
    append_json(in, out, value.items[i]);
  }
  for (std::size_t i = 0; i < value.members.size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(out, value.members[i].key);
    out += ':';
    append_json(in, out, value.members[i].value);
  }
  out += list ? ']' : '}';
}

/// One `[[rule.case]]` as it is written: each value of `run = […]` or `path = […]` is a case with the same other keys.
struct Written : Case {
  std::vector<Value> subjects;
};

void subject(const Reader& in, const TomlMember& member, Case::Kind kind, Written& into) {
  into.kind = kind;
  into.span = member.value.span;
  into.subjects = in.texts(member);
}

void read_tool(const Reader& in, const TomlMember& member, Written& into) {
  into.kind = Case::Kind::tool;
  into.span = member.value.span;
  if (auto value = in.text(member)) into.tool = std::move(value->text);
}

void read_input(const Reader& in, const TomlMember& member, Written& into) {
  if (in.is_table(member)) append_json(in, into.input_json, member.value);
}

void read_access(const Reader& in, const TomlMember& member, Written& into) {
  if (const auto word = in.word<std::string_view>(member, kAccess)) into.access = *word;
}

void read_agent(const Reader& in, const TomlMember& member, Written& into) {
  if (const auto word = in.word<std::string_view>(member, kAgents)) into.agent = *word;
}

void read_verdict(const Reader& in, const TomlMember& member, Written& into) {
  (member.key == "expect" ? into.expect : into.decision) = in.word<model::Verdict>(member, verdict_words());
}

void absolute(const Reader& in, const TomlMember& member, std::string& into) {
  const auto value = in.text(member);
  if (!value) return;
  if (value->text[0] != '/')
    in.report(value->span,
              {Code::wrong_type, "`" + member.key + "` is not absolute", "expected a path that begins with `/`", ""});
  into = value->text;
}

/// Every value of a table of strings, with its key.
template <class Use>
void each_text(const Reader& in, const TomlMember& member, Use use) {
  if (!in.is_table(member)) return;
  for (const auto& entry : member.value.members) {
    if (entry.value.kind == TomlKind::string) use(entry);
    else in.wrong_type(entry, "a string");
  }
}

void read_env(const Reader& in, const TomlMember& member, Written& into) {
  each_text(in, member, [&](const TomlMember& entry) {
    into.env_vars.emplace_back(entry.key, entry.value.text);
    into.env += entry.key + "=" + entry.value.text + "\n";
  });
}

void read_files(const Reader& in, const TomlMember& member, Written& into) {
  each_text(in, member, [&](const TomlMember& entry) {
    const std::string& what = entry.value.text;
    const bool leads = (what.rfind("-> ", 0) == 0 && what.size() > 3) || (what.rfind("= ", 0) == 0 && what.size() > 2);
    const bool known = what == "file" || what == "dir" || what == "unreadable" || leads;
    if (!known)
      in.report(entry.value.span, {Code::wrong_type, "`" + what + "` is nothing that can lie on disk",
                                   "expected `file`, `dir`, `unreadable`, `-> TARGET` or `= OTHER NAME`", ""});
    into.files.emplace_back(entry.key, what);
  });
}

void read_unattended(const Reader& in, const TomlMember& member, Written& into) {
  into.unattended = in.flag(member).value_or(false);
}

constexpr std::array<Field<Written>, 14> kCaseFields{{
    {"run", [](const Reader& in, const TomlMember& m, Written& c) { subject(in, m, Case::Kind::run, c); }},
    {"tool", read_tool},
    {"input", read_input},
    {"path", [](const Reader& in, const TomlMember& m, Written& c) { subject(in, m, Case::Kind::path, c); }},
    {"access", read_access},
    {"cwd", [](const Reader& in, const TomlMember& m, Written& c) { absolute(in, m, c.cwd); }},
    {"home", [](const Reader& in, const TomlMember& m, Written& c) { absolute(in, m, c.home); }},
    {"env", read_env},
    {"agent", read_agent},
    {"unattended", read_unattended},
    {"files", read_files},
    {"profile", [](const Reader& in, const TomlMember& m, Written& c) { c.says_profile = true; read_profile(in, m, c.profile); }},
    {"expect", read_verdict},
    {"decision", read_verdict},
}};

void check_case(const Reader& in, const TomlValue& table, const Case& one) {
  const auto has = [&](std::string_view key) { return table.find(key) != nullptr; };
  const auto report = [&](Code code, std::string message, std::string label) {
    in.report(one.span, {code, std::move(message), std::move(label), ""});
  };
  const int subjects = static_cast<int>(has("run")) + static_cast<int>(has("tool")) + static_cast<int>(has("path"));
  if (subjects == 0) report(Code::missing_key, "the case says nothing that happens", "expected `run`, `tool` or `path`");
  if (subjects > 1)
    report(Code::contradiction, "the case says more than one thing that happens", "expected one of `run`, `tool` and `path`");
  if (subjects != 1) return;
  if (has("tool") != has("input"))
    report(has("tool") ? Code::missing_key : Code::contradiction, "`tool` and `input` go together", "");
  if (has("path") != has("access"))
    report(has("path") ? Code::missing_key : Code::contradiction, "`path` and `access` go together", "");
  if (!has("expect") && !has("decision")) report(Code::missing_key, "the case expects nothing", "add `expect` or `decision`");
}

void add_cases(const Written& written, std::vector<Case>& into) {
  if (written.kind == Case::Kind::tool) into.push_back(written);
  for (const Value& subject : written.subjects) {
    Case one = written;
    (one.kind == Case::Kind::run ? one.run : one.path) = subject.text;
    one.span = subject.span;
    into.push_back(std::move(one));
  }
}

}  // namespace

void read_case(const Reader& in, const TomlValue& table, Rule& into) {
  Written written;
  written.span = table.span;
  const auto before = in.findings();
  read_table(in, table, TableShape<Written>{"`[[rule.case]]`", kCaseFields}, written);
  if (in.findings() == before) check_case(in, table, written);
  add_cases(written, into.cases);
}

}  // namespace belay::policy
