#include "command/tools.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "command/http/file_url.h"
#include "command/http/request.h"
#include "command/powershell/code.h"
#include "command/sql/script.h"

namespace belay::command {

using model::HoleTrait;
using model::OpKind;

namespace {

/// What a string means by the name of its field, in tools that nobody described: the last part of the key, lower case.
enum class Meaning : std::uint8_t { nothing, path, code, statement, url, method };
struct FieldName {
  std::string_view name;
  Meaning meaning;
};
constexpr std::array kFieldNames{
    FieldName{"path", Meaning::path},          FieldName{"file_path", Meaning::path},  FieldName{"filepath", Meaning::path},
    FieldName{"filename", Meaning::path},      FieldName{"file", Meaning::path},       FieldName{"paths", Meaning::path},
    FieldName{"files", Meaning::path},         FieldName{"source", Meaning::path},     FieldName{"destination", Meaning::path},
    FieldName{"directory", Meaning::path},     FieldName{"dir", Meaning::path},        FieldName{"absolute_path", Meaning::path},
    FieldName{"notebook_path", Meaning::path}, FieldName{"target_file", Meaning::path}, FieldName{"command", Meaning::code},
    FieldName{"cmd", Meaning::code},           FieldName{"shell_command", Meaning::code}, FieldName{"bash_command", Meaning::code},
    FieldName{"commandline", Meaning::code},   FieldName{"sql", Meaning::statement},   FieldName{"query", Meaning::statement},
    FieldName{"statement", Meaning::statement}, FieldName{"url", Meaning::url},        FieldName{"uri", Meaning::url},
    FieldName{"endpoint", Meaning::url},       FieldName{"method", Meaning::method},
};

/// What a tool does to the paths it is given, by a word in its name.
struct Verb {
  std::string_view word;
  OpKind kind;
};
constexpr std::array kVerbs{
    Verb{"delete", OpKind::remove}, Verb{"remove", OpKind::remove}, Verb{"unlink", OpKind::remove}, Verb{"rmdir", OpKind::remove},
    Verb{"move", OpKind::remove},   Verb{"rename", OpKind::remove}, Verb{"write", OpKind::write},   Verb{"edit", OpKind::write},
    Verb{"create", OpKind::write},  Verb{"save", OpKind::write},    Verb{"append", OpKind::write},  Verb{"replace", OpKind::write},
    Verb{"update", OpKind::write},
};

/// First words of statements that a database runs; `query` alone may be a question in plain words.
constexpr std::array<std::string_view, 22> kStatementWords{"select", "insert", "update", "delete", "drop",    "truncate", "alter", "create",
                                                           "grant",  "revoke", "with",   "merge",  "replace", "begin",    "call",  "exec",
                                                           "execute", "vacuum", "copy",  "set",    "use",     "db."};

std::string_view last_key(std::string_view key) {
  while (!key.empty() && key.back() == ']') key = key.substr(0, key.rfind('['));
  const std::size_t dot = key.rfind('.');
  return dot == std::string_view::npos ? key : key.substr(dot + 1);
}

Meaning meaning_of(std::string_view key) {
  const std::string name = base::lower(last_key(key));
  for (const FieldName& row : kFieldNames) {
    if (row.name == name) return row.meaning;
  }
  return Meaning::nothing;
}

OpKind kind_by_name(std::string_view tool) {
  const std::string name = base::lower(tool);
  for (const Verb& verb : kVerbs) {
    if (name.find(verb.word) != std::string::npos) return verb.kind;
  }
  return OpKind::read;
}

bool looks_like_statement(std::string_view text) {
  const std::string low = base::lower(base::trim(text.substr(0, 64)));
  return std::any_of(kStatementWords.begin(), kStatementWords.end(), [&](std::string_view word) { return low.starts_with(word); });
}

/// Statements that a tool sends to a database which nobody named. What else they do happens there.
class SentStatements : public sql::Sink {
 public:
  SentStatements(std::string why, Evaluator& out) : why_(std::move(why)), out_(out) {}

  void statement(Text normal) override {
    model::Query query;
    query.local = false;
    query.statement = std::move(normal);
    (void)out_.emit({OpKind::query, {}, why_, model::kNoOperation, std::move(query)});
  }
  void effect(sql::Effect) override {}

 private:
  std::string why_;
  Evaluator& out_;
};

class Applier {
 public:
  Applier(const Text& cwd, Evaluator& evaluator) : cwd_(cwd), out_(evaluator) {}

  void operator()(const model::Harmless&) {}
  void operator()(const model::RunShell& action) {
    if (action.dialect != model::Dialect::powershell) return out_.script(action.command, cwd_);
    Invocation around;
    around.argv.emplace_back("powershell");
    around.setting.cwd = cwd_;
    around.span = {0, static_cast<std::uint32_t>(action.command.size())};
    program::Effects effects(around, out_, "powershell");
    powershell::read_code(Text(action.command), {}, {}, effects);
  }
  void operator()(const model::RunArgv& action) {
    std::vector<Text> argv;
    for (const std::string& one : action.argv) argv.emplace_back(one);
    out_.command(std::move(argv), cwd_);
  }
  void operator()(const model::ReadFile& action) { (void)file(OpKind::read, Text(action.path), {}); }
  void operator()(const model::WriteFile& action) { (void)file(OpKind::write, Text(action.path), Text(action.content)); }
  void operator()(const model::DeleteFile& action) { (void)file(OpKind::remove, Text(action.path), {}); }
  void operator()(const model::RenameFile& action) {
    const std::uint32_t from = file(OpKind::read, Text(action.from), {});
    (void)file(OpKind::remove, Text(action.from), {});
    out_.flow(from, file(OpKind::write, Text(action.to), {}));
  }
  void operator()(const model::SearchFiles& action) {
    if (!action.reads_content) return;  // names only
    if (action.name_pattern.empty()) {
      (void)file(OpKind::read, Text(action.path.empty() ? "." : action.path), {}, true);
      return;
    }
    Text below(action.path.empty() ? "." : action.path);
    below.append("/");
    below.append_hole(HoleTrait::slash | HoleTrait::empty);
    below.append("/");
    for (const char c : action.name_pattern) {
      if (c == '*' || c == '?') below.append_hole(HoleTrait::glob | HoleTrait::empty);
      else below.append(std::string_view(&c, 1));
    }
    (void)file(OpKind::read, below, {});
  }
  void operator()(const model::FetchUrl& action) { fetch("GET", action.url); }
  void operator()(const model::UseTool& action) {
    model::ToolUse use;
    use.tool = action.tool;
    for (const model::Field& field : action.input) use.input.push_back({field.key, Text(field.value)});
    (void)out_.emit({OpKind::call, {}, "tool `" + action.tool + "`", model::kNoOperation, std::move(use)});
    std::string method = "GET";
    for (const model::Field& field : action.input) {
      if (meaning_of(field.key) == Meaning::method) method = base::upper(field.value);
    }
    for (const model::Field& field : action.input) part(action.tool, method, field);
  }

 private:
  void part(const std::string& tool, const std::string& method, const model::Field& field) {
    switch (meaning_of(field.key)) {
      case Meaning::path: return path(tool, field.value);
      case Meaning::code: return out_.script(field.value, cwd_);
      case Meaning::statement: return statement(field);
      case Meaning::url: return fetch(method, field.value);
      case Meaning::method:
      case Meaning::nothing: return;
    }
  }

  void path(const std::string& tool, const std::string& value) {
    if (value.find("://") != std::string::npos) return fetch("GET", value);
    const OpKind kind = kind_by_name(tool);
    if (kind != OpKind::write) (void)file(OpKind::read, Text(value), {}, false, kind == OpKind::read);
    if (kind != OpKind::read) (void)file(kind, Text(value), {}, kind == OpKind::remove);
  }

  void statement(const model::Field& field) {
    if (last_key(field.key) == "query" && !looks_like_statement(field.value)) return;
    SentStatements sent("field `" + field.key + "`", out_);
    const bool script = base::trim(field.value).starts_with("db.");
    sql::read_script(Text(field.value), sql::dialect_of(script ? "mongo" : "sql"), sent);
  }

  void fetch(std::string method, const std::string& url) {
    model::Fetch fetch;
    fetch.method = std::move(method);
    fetch.url = Text(url);
    if (http::file_of_url(fetch.url)) {
      (void)file(OpKind::read, fetch.url, {});
      return;
    }
    http::complete(fetch);
    (void)out_.emit({OpKind::fetch, {}, "requested URL", model::kNoOperation, std::move(fetch)});
  }

  std::uint32_t file(OpKind kind, const Text& written, Text content, bool recursive = false, bool certain = true) {
    if (written.empty()) return model::kNoOperation;
    model::FileAccess access;
    access.path = out_.path(http::file_of_url(written).value_or(tilde(written)), cwd_);
    access.path.written = written;
    access.recursive = recursive;
    access.certain = certain;
    access.content = std::move(content);
    return out_.emit({kind, {}, "file tool", model::kNoOperation, std::move(access)});
  }

  /// File tools of some agents take `~/x` for what it looks like.
  Text tilde(const Text& path) const {
    const std::vector<std::string>& homes = out_.world().homes;
    if (homes.empty() || (path.view() != "~" && !path.view().starts_with("~/"))) return path;
    Text out(homes.front());
    out.append(path.substr(1));
    return out;
  }

  const Text& cwd_;
  Evaluator& out_;
};

}  // namespace

void apply_action(const model::Action& action, const Text& cwd, Evaluator& evaluator) { std::visit(Applier(cwd, evaluator), action); }

}  // namespace belay::command
