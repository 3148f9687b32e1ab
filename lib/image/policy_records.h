#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "image/image.h"

/// The records of the rule sections: what a compiled policy says. Flat, made of u32 fields only. docs/image-format.md shows how they
/// hang together. Enumerations of model/ are stored as their number.
namespace belay::image {

/// Which text of an operation a literal is searched in. Bits; the order is part of the format.
enum class Scope : std::uint32_t {
  program = 1,    ///< basename of an exec
  line = 2,       ///< canonical line of an exec
  path = 4,       ///< lexical and canonical form
  content = 8,
  url = 16,
  host = 32,
  body = 64,
  statement = 128,
  target = 256,   ///< host and database of a query
  tool = 512,
  input = 1024,
};
inline constexpr std::size_t kOpKinds = 8;  ///< of model::OpKind

/// The condition keys of the rule language. The compiler asserts that these are policy::Key, in its order.
enum class ConditionKey : std::uint32_t {
  program, option, arg, path, except, covers, recursive, host, method, url, body, engine, target, statement,
  tool, input, content, env, as, standard_input, via, match, unless, reason, folder,
};
inline constexpr std::array<std::string_view, 25> kConditionNames{
    "program", "option", "arg",   "path",  "except",  "covers", "recursive", "host",  "method", "url",   "body",   "engine",
    "target",  "statement", "tool", "input", "content", "env",   "as",        "stdin", "via",    "match", "unless", "reason", "folder"};
/// What a rule does with a maybe, and how it is enforced: policy::Unsure and policy::RuleMode.
enum class Unsure : std::uint32_t { unset, ask, log, pass };
enum class RuleMode : std::uint32_t { inherit, enforce, observe, off };

/// One value of a condition.
struct PatternRecord {
  Str text;                ///< glob, RE2 source, exact text, `PathGlob::text`
  std::uint32_t anchor = 0;     ///< path values: path::Anchor
  std::uint32_t form = 0;       ///< path values: path::GlobKind
  std::uint32_t fold_case = 0;  ///< path values
  Range literals;          ///< texts: lower case, one of them is in every lower-cased text that the RE2 is found in; empty: not known
};

struct ConditionRecord {
  std::uint32_t key = 0;   ///< ConditionKey; its order is part of the format
  std::uint32_t flag = 0;  ///< of `recursive`
  Range values;            ///< patterns
};

enum class GroupKind : std::uint32_t { any, all, none };
struct GroupRecord {
  std::uint32_t kind = 0;   ///< GroupKind
  Range conditions;         ///< cheap ones first, RE2 last
};

enum class RelatedKind : std::uint32_t { reaches, also };
struct RelatedRecord {
  std::uint32_t kind = 0;   ///< RelatedKind
  std::uint32_t on = 0;     ///< model::OpKind
  Range conditions;
  Range not_host;           ///< patterns
};

struct MetaRecord {
  Str key;
  Range values;             ///< texts
};

/// Where a rule applies; an empty range or mask: everywhere.
struct WhenRecord {
  std::uint32_t agents = 0;      ///< bits of 1 << model::Agent
  Range users;                   ///< texts
  Range groups;                  ///< lists: group numbers
  Range hosts;                   ///< texts: globs
  Range repositories;            ///< texts: globs over the project root
  std::uint32_t unattended = 0;  ///< 0: both, 1: only unattended calls, 2: only attended ones
};

struct RuleRecord {
  Str id, summary, instead;
  std::uint32_t source = 0;     ///< sources
  std::uint32_t line = 0;
  std::uint32_t action = 0;     ///< model::Verdict
  std::uint32_t severity = 0;   ///< model::Severity
  std::uint32_t kinds = 0;      ///< bits of 1 << model::OpKind
  std::uint32_t unsure = 0;     ///< Unsure
  std::uint32_t mode = 0;       ///< RuleMode
  std::uint32_t floor = 0;
  std::uint32_t strict_only = 0;  ///< does not exist in the standard profile
  std::uint32_t strict = 0;     ///< model::Verdict plus one in the strict profile; 0: `action`
  std::uint32_t adopted = 0;    ///< of a layer below, with the lists of this one
  std::uint32_t names_host = 0; ///< has a plain `host` condition: see `unsure`
  Range commands;               ///< texts
  Range conditions;             ///< without RE2
  Range groups;                 ///< without RE2, `not` first
  Range late_conditions;        ///< with RE2: looked at when all others hold
  Range late_groups;
  Range related;
  Range meta;
  WhenRecord when;
};

/// `[[override]]`: counts for rules of lower layers; those of the same files were applied when compiling.
struct OverrideRecord {
  Str rule;                   ///< id or glob over ids
  std::uint32_t action = 0;   ///< model::Verdict plus one; 0: unchanged
  std::uint32_t mode = 0;     ///< RuleMode
  Range except;               ///< patterns, as of a path condition
};

/// Slot of an open-addressing hash table over command words (`git`, `git push`). The number of slots is a power of two. Every prefix
/// of a command has a slot, if only one without rules, so that a look-up of a longer command may stop at the first miss.
struct CommandRecord {
  Str words;     ///< empty: a free slot
  Range rules;   ///< lists
};

/// Rules to look at for operations of one kind. One record per model::OpKind.
struct KindRecord {
  Range always;     ///< lists: rules that nothing selects
  Range strict;     ///< lists: the same of rules that exist in the strict profile only
  Range recursive;  ///< lists: for recursive operations; rules with anchored paths, which may lie below the operation's
  Range holes;      ///< lists: for operations with holes; rules whose maybe asks, or that say what to do with a maybe
};

/// Literal number n of the automaton is record n.
struct LiteralRecord {
  Range rules;  ///< literal_rules
};
struct LiteralRuleRecord {
  std::uint32_t rule = 0;
  std::uint32_t scopes = 0;  ///< bits of Scope
};

struct PolicyRecord {
  Str version;
  std::uint32_t mode = 0;           ///< model::Mode
  std::uint32_t strict = 0;         ///< the profile: 1 strict
  Range adopted;                    ///< texts: ids of rules of layers below that stand here too, with the lists of this layer
  std::uint32_t project_layer = 0;
  std::uint32_t audit_required = 0;
  Range audit_sinks;                ///< texts
  Range classes;                    ///< lists: 256 bytes, see regex/scanner.h
  Range pairs;                      ///< lists: 2 u32 per class
  std::array<std::uint32_t, kOpKinds> scopes{};  ///< bits of Scope that some literal is searched in, by kind
};

/// A rule file that the image carries with it: what layers above compile again with lists of their own, and documentation shows.
struct FileRecord {
  Str name;
  Str text;
};

/// FNV-1a, 32 bit: what the slots of the command index are found by.
[[nodiscard]] constexpr std::uint32_t command_hash(std::uint32_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * 16777619U;
}
inline constexpr std::uint32_t kCommandHashStart = 2166136261U;

}  // namespace belay::image
