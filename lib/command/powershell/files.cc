#include <algorithm>

#include "base/text.h"
#include "command/inline/walker.h"
#include "command/powershell/walker.h"
#include "command/windows/names.h"

/// Files and requests of the language and of .NET; running commands.
namespace belay::command::powershell {

using model::HoleTrait;
using model::OpKind;

namespace {

constexpr std::size_t kMostAlternatives = 256;

bool has_home(const Text& t) { return t.view().find(inline_code::kHomeMark) != std::string_view::npos; }

/// Every argv that the values may be: choices taken one by one. One more than are looked at says that there are more.
void expand(const std::vector<Value>& values, std::size_t at, std::vector<Text>& argv, std::vector<std::vector<Text>>& out) {
  if (out.size() > kMostAlternatives) return;
  if (at == values.size()) return out.push_back(argv);
  const Value& v = values[at];
  const std::vector<Value> choices = v.kind == ValueKind::choice ? v.items : std::vector<Value>{v};
  for (const Value& choice : choices) {
    argv.push_back(choice.as_text());
    expand(values, at + 1, argv, out);
    argv.pop_back();
  }
}

Text with_home(const Text& text, const Text& home) {
  Text out;
  std::size_t hole = 0;
  for (const char c : text.view()) {
    if (c == inline_code::kHomeMark) out.append(home);
    else if (c == model::kHole) out.append_hole(text.trait(hole++));
    else out.append(std::string_view(&c, 1));
  }
  return out;
}

Input input_of(const Value& piped) {
  Input in;
  if (piped.kind == ValueKind::unknown && !piped.taint.network && !piped.taint.decoded && piped.sources.empty()) return in;
  in.kind = piped.taint.network ? model::StdinKind::network : model::StdinKind::pipe;
  in.decoded = piped.taint.decoded;
  in.sources = piped.sources;
  const Value text = as_string(piped);
  if (!text.is_text() || !text.text.literal() || text.text.empty()) return in;
  in.kind = model::StdinKind::literal;
  in.text = text.text;
  in.text->append("\n");
  return in;
}

Value value_of(const Input& printed) {
  Value out;
  if (printed.text) {
    const std::string_view v = printed.text->view();
    const std::size_t end = v.find_last_not_of("\r\n");
    out = Value::of(printed.text->substr(0, end == std::string_view::npos ? 0 : end + 1));
  }
  out.taint.network = printed.kind == model::StdinKind::network;
  out.taint.decoded = printed.decoded;
  out.sources = printed.sources;
  return out;
}

}  // namespace

bool Session::spend() {
  if (budget.spend()) return true;
  if (!over) effects.opaque(model::OpaqueReason::limit, "PowerShell code with more than is looked at");
  over = true;
  return false;
}

bool Session::too_deep() {
  if (depth <= kDeepest) return false;
  if (!deep) effects.opaque(model::OpaqueReason::limit, "PowerShell code that is nested too deeply");
  return deep = true;
}

Value Session::run(const std::vector<Value>& argv, const Value& piped, const program::Change& how) {
  std::vector<std::vector<Text>> all;
  std::vector<Text> scratch;
  expand(argv, 0, scratch, all);
  if (all.size() > kMostAlternatives) effects.opaque(model::OpaqueReason::limit, "PowerShell: a command that may be more than are looked at");
  Input input = input_of(piped);
  Value used;
  for (const Value& v : argv) used.inherit(v);
  for (const std::uint32_t s : used.sources) {
    if (std::find(input.sources.begin(), input.sources.end(), s) == input.sources.end()) input.sources.push_back(s);
  }
  Value out;
  bool first = true;
  for (const std::vector<Text>& one : all) {
    const bool home = std::any_of(one.begin(), one.end(), has_home);
    for (const Text& h : home ? effects.homes() : std::vector<Text>{Text()}) {
      std::vector<Text> words = one;
      if (home) std::transform(one.begin(), one.end(), words.begin(), [&](const Text& t) { return with_home(t, h); });
      if (!spend()) return out;
      Value printed = value_of(effects.output_of(std::move(words), how, input, used.taint));
      out = first ? std::move(printed) : inline_code::either(std::move(out), std::move(printed));
      first = false;
    }
  }
  return out;
}

Text normal_path(const Text& written, const Session& session) {
  if (written.view() == "~" || written.view().starts_with("~/") || written.view().starts_with("~\\")) {
    Text out(std::string_view(&inline_code::kHomeMark, 1));
    out.append(windows::path(written.substr(1), Text()));
    return out;
  }
  return windows::path(written, session.effects.invocation().setting.cwd);
}

Value folder_above(const Value& object, const Session& session) {
  Text path = normal_path(object.text, session);
  while (path.size() > 1 && path.view().back() == '/') path = path.substr(0, path.size() - 1);
  const std::size_t slash = path.view().rfind('/');
  const Text last = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
  Text out(".");
  if (last.view() == "." || last.view() == "..") {
    out = path;
    out.append("/..");
  } else if (slash != std::string_view::npos) {
    out = path.substr(0, std::max<std::size_t>(slash, 1));
  }
  if (has(last.traits(), HoleTrait::slash)) {
    out.append("/");
    out.append_hole(HoleTrait::slash | HoleTrait::blank | HoleTrait::empty);
  }
  Value above = Value::typed(std::string(kPath), std::move(out));
  above.inherit(object);
  return above;
}

Text with_wildcards(const Text& path) {
  Text out;
  std::size_t hole = 0;
  for (const char c : path.view()) {
    if (c == model::kHole) out.append_hole(path.trait(hole++));
    else if (c == '*' || c == '?') out.append_hole(HoleTrait::glob | HoleTrait::blank);
    else out.append(std::string_view(&c, 1));
  }
  return out;
}

std::uint32_t touch(OpKind kind, const Value& path, program::Shape shape, const Value& content, Session& session) {
  std::uint32_t last = model::kNoOperation;
  inline_code::for_each(path, [&](const Value& one) {
    const Text written = one.as_text();
    if (windows::is_store(written.view()) || base::iequals(written.view(), "nul")) return;
    for (const Text& p : inline_code::with_homes(normal_path(written, session), session.effects)) {
      const std::string why = "PowerShell";
      last = kind == OpKind::write ? session.effects.write(p, shape, content.is_text() ? content.text : Text(), why)
                                   : session.effects.file(kind, p, shape, why);
      for (const std::uint32_t s : content.sources) session.effects.flow(s, last);
    }
  });
  return last;
}

void fetch(std::string method, const Value& url, const Value* body, Value& out, Session& session) {
  inline_code::for_each(url, [&](const Value& one) {
    model::Fetch request;
    request.method = method;
    request.url = one.as_text();
    if (body != nullptr) {
      request.has_body = true;
      request.body = as_string(*body).as_text();
    }
    const std::uint32_t op = session.effects.fetch(std::move(request), "PowerShell");
    for (const std::uint32_t s : one.sources) session.effects.flow(s, op);
    if (body != nullptr) {
      for (const std::uint32_t s : body->sources) session.effects.flow(s, op);
    }
    out.sources.push_back(op);
  });
  out.taint.network = true;
}

}  // namespace belay::command::powershell
