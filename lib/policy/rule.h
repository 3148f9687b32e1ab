#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/source.h"
#include "base/span.h"
#include "model/decision.h"
#include "model/operation.h"

/// What rule files say, as plain values: the result of loading, the input of compiling. Every part that a message may point
/// at carries its span in `source`.
namespace belay::policy {

using base::Span;
using SourcePtr = std::shared_ptr<const base::SourceText>;

/// The condition keys of the rule language. How each is compared is a property of the key (see condition_table.h).
enum class Key : std::uint8_t {
  program, option, arg, path, except, covers, recursive, host, method, url, body, engine, target, statement,
  tool, input, content, env, as, stdin_, via, match, unless, reason, folder,
};

struct Value {
  std::string text;
  Span span;
};

/// `key = value` or `key = [values]`: holds when any value does. `recursive = true` keeps the boolean in `flag`.
struct Condition {
  Key key = Key::program;
  std::vector<Value> values;
  bool flag = true;
  Span span;
};
/// One table of conditions: all must hold.
using Conjunction = std::vector<Condition>;

/// `reaches` / `also`: a second operation of the same call.
struct Related {
  model::OpKind on = model::OpKind::fetch;
  Conjunction conditions;
  std::vector<Value> not_host;
  Span span;
};

struct When {
  std::vector<Value> agents, users, groups, hosts, repositories;
  std::optional<bool> unattended;
};

enum class Unsure : std::uint8_t { unset, ask, log, pass };
enum class RuleMode : std::uint8_t { inherit, enforce, observe, off };
/// How much an organisation wants to be asked. `strict` holds wherever any layer says so.
enum class Profile : std::uint8_t { standard, strict };

/// One `[[rule.case]]`.
struct Case {
  enum class Kind : std::uint8_t { run, tool, path } kind = Kind::run;
  std::string run;                 ///< shell text
  std::string tool;                ///< agent tool name with `input`
  std::string input_json;          ///< the TOML table as JSON
  std::string path, access;        ///< a bare path and read|write|delete
  std::string cwd, home, env, agent;  ///< env: `NAME=value` lines; empty: the defaults of the case world
  std::vector<std::pair<std::string, std::string>> env_vars;
  std::vector<std::pair<std::string, std::string>> files;  ///< path -> "file" | "dir" | "-> target"
  bool unattended = false;
  Profile profile = Profile::standard;  ///< under which both are expected
  bool says_profile = false;            ///< in the case itself; else it is that of its rule
  std::optional<model::Verdict> expect;    ///< about this rule alone (pass: it does not match)
  std::optional<model::Verdict> decision;  ///< about the whole policy
  Span span;                       ///< of what the case runs: the value of `run`, `tool` or `path`
};

/// An entry of `meta`: what a rule is filed under in a framework, or free text.
struct Meta {
  std::string key;
  Span key_span;
  std::vector<Value> values;
};

struct Rule {
  std::string id;      ///< pack.name
  Span id_span;
  model::Verdict action = model::Verdict::deny;
  model::Severity severity = model::Severity::medium;
  std::string summary;
  std::string instead;
  Span summary_span, instead_span;         ///< empty when the key is missing
  model::OpKind on = model::OpKind::exec;
  std::vector<model::OpKind> also_on;      ///< `on = ["read", "write"]`: the kinds after the first
  std::vector<Value> commands;             ///< `command`: program and subcommand words; empty: any
  Conjunction conditions;                  ///< the plain keys
  std::vector<Conjunction> any, all, none; ///< `any`, `all`, `not`
  std::vector<Related> reaches, also;
  When when;
  Unsure unsure = Unsure::unset;
  RuleMode mode = RuleMode::inherit;
  bool floor = false;
  Profile profile = Profile::standard;     ///< strict: the rule exists in that profile only
  std::optional<model::Verdict> strict;    ///< its action in the strict profile
  bool adopted = false;                    ///< of a layer below, with the lists of this one (adopt.h)
  std::vector<Meta> meta;
  std::vector<Case> cases;
  SourcePtr source;
  Span span;           ///< of the id value: what a message about the whole rule points at
  std::uint32_t line = 0;
};

struct Pack {
  std::string id;
  std::string title;
  Span id_span;
  SourcePtr source;
  std::vector<Rule> rules;
};

/// `[params]`: a list that rules name as `@name`.
struct Param {
  std::string name;
  std::string about;  ///< what it is for, if it says
  std::vector<Value> values;
  SourcePtr source;
  Span span;
  bool below = false;  ///< of a layer below: every list of these files stands before it
};

struct Override {
  std::string rule;  ///< a rule id, or a glob over ids (`git.*`)
  std::optional<model::Verdict> action;
  RuleMode mode = RuleMode::inherit;
  std::vector<Value> except;  ///< path globs
  SourcePtr source;
  Span span;
};

/// `[[framework]]`: a catalogue that `meta` may refer to.
struct Framework {
  std::string key;      ///< as in `meta`
  std::string title, version;
  std::string url;      ///< `{id}`: the id; `{path}`: the id with `/` for `.`; `{lower}`: in small letters
  std::vector<std::pair<std::string, std::string>> ids;  ///< id and title, in order of writing
};

/// Everything one or more rule files say together.
struct Policy {
  model::Mode mode = model::Mode::enforce;
  Profile profile = Profile::standard;
  std::string version;               ///< `[policy] version`, free text
  bool project_layer = false;
  std::vector<Pack> packs;
  std::vector<Param> params;
  std::vector<Override> overrides;
  std::vector<Framework> frameworks;
  std::vector<std::string> audit_sinks;   ///< `[audit] sinks`: file, journal
  bool audit_required = false;            ///< `[audit] require`: a call that cannot be recorded is denied
};

}  // namespace belay::policy
