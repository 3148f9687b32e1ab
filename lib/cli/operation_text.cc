#include "cli/operation_text.h"

#include <algorithm>

#include "base/text.h"

namespace belay::cli {

namespace {

constexpr std::size_t kLongestShown = 400;

std::string shown(const model::Text& text) {
  std::string out = base::printable(text.substr(0, kLongestShown).display());
  return text.size() > kLongestShown ? out + "…" : out;
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : std::string(separator)) + base::printable(word);
  return out;
}

/// What is told of an operation after its kind.
struct Line {
  std::string operator()(const model::Exec& exec) const {
    std::string out = shown(exec.canonical);
    std::string notes = exec.via.empty() ? "" : "via " + joined(exec.via, " ");
    const auto note = [&](const std::string& text) { notes += (notes.empty() ? "" : ", ") + text; };
    if (!exec.as.empty()) note("as " + base::printable(exec.as));
    for (const auto& binding : exec.env) note(base::printable(binding.name) + "=" + shown(binding.value));
    if (exec.input != model::StdinKind::inherit) note("stdin: " + std::string(model::name_of(exec.input)));
    if (exec.remote) note("elsewhere");
    return notes.empty() ? out : out + "  (" + notes + ")";
  }
  std::string operator()(const model::FileAccess& file) const {
    std::string out = shown(file.path.lexical);
    if (!(file.path.canonical == file.path.lexical)) out += " -> " + shown(file.path.canonical);
    constexpr std::size_t kShown = 4;
    for (std::size_t i = 0; i < std::min(kShown, file.path.others.size()); ++i) out += " = " + shown(file.path.others[i].path);
    if (file.path.others.size() > kShown) out += " = …";
    if (file.recursive) out += file.contents_only ? "  (everything in it)" : "  (and everything below it)";
    return file.certain ? out : out + "  (perhaps)";
  }
  std::string operator()(const model::Fetch& fetch) const {
    std::string out = base::printable(fetch.method) + " " + shown(fetch.url);
    return fetch.has_body ? out + "  body: " + shown(fetch.body) : out;
  }
  std::string operator()(const model::Query& query) const {
    std::string out = base::printable(query.engine);
    if (!query.host.empty() || !query.database.empty()) out += " " + shown(query.host) + "/" + shown(query.database);
    return out + ": " + shown(query.statement);
  }
  std::string operator()(const model::ToolUse& use) const {
    std::string out = base::printable(use.tool);
    for (const auto& field : use.input) out += "  " + base::printable(field.key) + "=" + shown(field.value);
    return out;
  }
  std::string operator()(const model::Opaque& opaque) const {
    const std::string reason(model::name_of(opaque.reason));
    return opaque.detail.empty() ? reason : reason + ": " + base::printable(opaque.detail);
  }
};

struct Members {
  json::Writer& w;

  void text(std::string_view key, const model::Text& value) const { w.field(key, value.display()); }
  void strings(std::string_view key, const std::vector<std::string>& values) const {
    if (values.empty()) return;
    w.key(key).begin_array();
    for (const auto& value : values) w.string(value);
    w.end_array();
  }

  void operator()(const model::Exec& exec) const {
    text("program", exec.program);
    strings("words", exec.words);
    w.key("options").begin_array();
    for (const auto& option : exec.options) {
      w.begin_object().field("name", option.canonical);
      if (option.has_value) text("value", option.value);
      w.end_object();
    }
    w.end_array().key("operands").begin_array();
    for (const auto& operand : exec.operands) w.string(operand.display());
    w.end_array();
    text("line", exec.canonical);
    strings("via", exec.via);
    w.field_if("as", exec.as);
    if (!exec.env.empty()) {
      w.key("env").begin_object();
      for (const auto& binding : exec.env) text(binding.name, binding.value);
      w.end_object();
    }
    w.field("stdin", model::name_of(exec.input));
    if (exec.remote) w.field("remote", true);
  }
  void operator()(const model::FileAccess& file) const {
    text("written", file.path.written);
    text("path", file.path.lexical);
    text("canonical", file.path.canonical);
    if (!file.path.others.empty()) {
      w.key("others").begin_array();
      for (const model::OtherName& other : file.path.others) w.string(other.path.display());
      w.end_array();
    }
    w.field("recursive", file.recursive).field("certain", file.certain);
    if (!file.content.empty()) text("content", file.content);
  }
  void operator()(const model::Fetch& fetch) const {
    w.field("method", fetch.method);
    text("url", fetch.url);
    text("host", fetch.host);
    strings("headers", fetch.headers);
    if (fetch.has_body) text("body", fetch.body);
  }
  void operator()(const model::Query& query) const {
    w.field("engine", query.engine);
    text("host", query.host);
    text("database", query.database);
    w.field("local", query.local);
    text("statement", query.statement);
  }
  void operator()(const model::ToolUse& use) const {
    w.field("tool", use.tool).key("input").begin_array();
    for (const auto& field : use.input) {
      w.begin_array().string(field.key).string(field.value.display()).end_array();
    }
    w.end_array();
  }
  void operator()(const model::Opaque& opaque) const {
    w.field("reason", model::name_of(opaque.reason)).field_if("detail", opaque.detail);
  }
};

}  // namespace

std::string operation_line(const model::Operation& op) {
  return std::string(model::name_of(op.kind)) + " " + std::visit(Line{}, op.detail);
}

void write_operation(json::Writer& w, const model::Operation& op) {
  w.begin_object().field("kind", model::name_of(op.kind));
  std::visit(Members{w}, op.detail);
  w.field_if("why", op.why);
  if (op.span.begin != op.span.end) {
    w.key("span").begin_array().number(op.span.begin).number(op.span.end).end_array();
  }
  if (op.exec != model::kNoOperation) w.field("of", op.exec);
  w.end_object();
}

}  // namespace belay::cli
