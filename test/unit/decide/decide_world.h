#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "decide/judge.h"
#include "policy/compile.h"
#include "policy/load.h"
#include "policy/merge.h"
#include "support/shipped.h"

/// Rules as text, operations by hand, and what follows: the world of the decide tests.
namespace decide_world {

using namespace belay;
using model::HoleTrait;
using model::Operation;
using model::OpKind;
using model::Text;
using model::Truth;
using model::Verdict;

/// An image that owns its bytes.
struct Image {
  std::string bytes;
  image::View view;
};

inline Image image_of(const std::vector<policy::SourcePtr>& files) {
  base::Diagnostics out;
  auto loaded = policy::load_all(files, out);
  auto bytes = policy::compile(policy::resolve(std::move(loaded.policy), out), loaded.knowledge, out);
  std::string said;
  for (const auto& d : out.items()) said += base::render(d);
  INFO(said);
  REQUIRE(bytes);
  REQUIRE_FALSE(out.has_errors());
  Image image;
  image.bytes = *std::move(bytes);
  image.view = *image::View::open(image.bytes);
  return image;
}

inline policy::SourcePtr file(std::string text, std::string name = "t.toml") {
  return std::make_shared<const base::SourceText>(std::move(name), std::move(text));
}

/// A file with one rule `t.r`: what `body` does not say is deny, high, exec.
inline std::string rule_text(const std::string& body, const std::string& pack = "t", const std::string& name = "r") {
  const auto unless = [&](const std::string& key, const std::string& value) {
    return body.find("\n" + key + " ") == std::string::npos && body.rfind(key + " ", 0) != 0 ? key + " = \"" + value + "\"\n"
                                                                                             : "";
  };
  return "[pack]\nid = \"" + pack + "\"\ntitle = \"T\"\n[[rule]]\nid = \"" + pack + "." + name + "\"\n" +
         unless("action", "deny") + unless("severity", "high") + unless("on", "exec") + "summary = \"s\"\ninstead = \"i\"\n" +
         body + "\n";
}
inline Image rule_image(const std::string& body) { return image_of({file(rule_text(body))}); }

/// `a{any}b`: text with a hole. {any} {name} {words} {glob} {path}.
inline Text text(std::string_view written) {
  const std::vector<std::pair<std::string_view, HoleTrait>> kHoles{{"{any}", HoleTrait::any},
                                                                   {"{name}", HoleTrait::none},
                                                                   {"{words}", HoleTrait::any},
                                                                   {"{glob}", HoleTrait::glob},
                                                                   {"{path}", HoleTrait::slash}};
  Text out;
  while (!written.empty()) {
    const auto hole =
        std::find_if(kHoles.begin(), kHoles.end(), [&](const auto& h) { return written.substr(0, h.first.size()) == h.first; });
    if (hole != kHoles.end()) out.append_hole(hole->second);
    else out.append(written.substr(0, 1));
    written.remove_prefix(hole != kHoles.end() ? hole->first.size() : 1);
  }
  return out;
}

inline Operation make(OpKind kind, decltype(Operation::detail) detail) {
  Operation op;
  op.kind = kind;
  op.detail = std::move(detail);
  return op;
}

/// `git push -f --force=x origin`: words up to the first option or operand mark; options with `=` have a value; `| a b` operands.
inline Operation exec(const std::string& command, const std::vector<std::string>& options = {},
                      const std::vector<std::string>& operands = {}) {
  model::Exec out;
  std::istringstream words(command);
  std::string word;
  words >> word;
  out.program = Text(word);
  out.path = out.program;
  out.canonical = Text(command);
  while (words >> word) out.words.push_back(word);
  for (const auto& option : options) {
    model::OptionUse use;
    const auto equals = option.find('=');
    use.names = option.substr(0, equals);
    use.canonical = use.names;
    use.has_value = equals != std::string::npos;
    if (use.has_value) use.value = text(option.substr(equals + 1));
    out.options.push_back(use);
    out.canonical.append(" " + option);
  }
  for (const auto& operand : operands) {
    out.operands.push_back(text(operand));
    out.canonical.append(" ");
    out.canonical.append(text(operand));
  }
  out.inert.resize(out.operands.size());
  return make(OpKind::exec, std::move(out));
}

struct How {
  bool recursive = false;
  bool contents_only = false;
  bool certain = true;
  std::string canonical = "";
  std::string content = "";
};
inline Operation access(OpKind kind, const std::string& path, const How& how = {}) {
  model::FileAccess out;
  out.path.written = out.path.lexical = text(path);
  out.path.canonical = how.canonical.empty() ? out.path.lexical : text(how.canonical);
  out.recursive = how.recursive;
  out.contents_only = how.contents_only;
  out.certain = how.certain;
  out.content = text(how.content);
  return make(kind, std::move(out));
}
inline Operation reads(const std::string& path, const How& how = {}) { return access(OpKind::read, path, how); }
inline Operation writes(const std::string& path, const How& how = {}) { return access(OpKind::write, path, how); }
inline Operation deletes(const std::string& path, const How& how = {}) { return access(OpKind::remove, path, how); }

inline Operation fetch(const std::string& method, const std::string& host, const std::string& body = "",
                       const std::string& path = "/") {
  model::Fetch out;
  out.method = method;
  out.host = text(host);
  out.url = text("https://" + host + path);
  out.body = text(body);
  out.has_body = !body.empty();
  return make(OpKind::fetch, std::move(out));
}
inline Operation query(const std::string& engine, const std::string& statement, const std::string& database = "") {
  model::Query out;
  out.engine = engine;
  out.statement = text(statement);
  out.database = text(database);
  return make(OpKind::query, std::move(out));
}
inline Operation tool(const std::string& name, const std::string& value) {
  return make(OpKind::call, model::ToolUse{name, {{"input", text(value)}}});
}
inline Operation opaque(model::OpaqueReason reason) { return make(OpKind::opaque, model::Opaque{reason, "x"}); }

inline model::Analysis analysis(std::vector<Operation> operations, std::vector<model::Flow> flows = {}) {
  return {std::move(operations), std::move(flows)};
}
/// `effect` as an effect of `command`.
inline model::Analysis effect_of(Operation command, Operation effect) {
  effect.exec = 0;
  return analysis({std::move(command), std::move(effect)});
}

/// Who asks: the call, the places, the actor; change what a test is about.
struct Asker {
  model::Call call;
  path::Places places{{"/home/dev"}, "/home/dev/project", "/home/dev/project", {"/tmp", "/var/tmp"}};
  decide::Actor actor{1000, {1000, 27}, "dev", "box"};

  Asker() {
    call.agent = model::Agent::claude;
    call.event = model::Event::tool;
    call.cwd = call.project = places.project;
  }
  [[nodiscard]] model::Decision judge(const model::Analysis& what, const std::vector<decide::Layer>& layers) const {
    return decide::judge({call, what, places, actor}, layers);
  }
  [[nodiscard]] model::Decision judge(const model::Analysis& what, const Image& image) const {
    return judge(what, {{&image.view, true, false}});
  }
};

}  // namespace decide_world
