#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diag.h"
#include "image/knowledge_records.h"
#include "policy/rule.h"
#include "policy/toml_tree.h"

/// What knowledge files say (docs/knowledge.md), as plain values. Names and references are checked; nothing is resolved yet.
namespace belay::policy {

/// A role with its language or engine: `code:python`, `sql:postgres`.
struct RoleSpec {
  image::Role role = image::Role::word;
  std::string detail;
};

struct OptionSpec {
  std::vector<std::string> spellings;  ///< dashes included
  image::Arity arity = image::Arity::none;
  RoleSpec role;
  std::string method;       ///< `method=HEAD`
  std::uint32_t marks = 0;  ///< bits of image::Mark
  Span span;
};

struct OperandSpec {
  RoleSpec role;
  bool repeat = false;
  bool optional = false;
};

/// `{ when = ["-t"], count = 2, operands = "read..." }`
struct FormSpec {
  std::vector<Value> when;
  std::optional<std::uint32_t> count;
  std::vector<OperandSpec> operands;
};

struct AssignmentSpec {
  std::string key;  ///< `*` in a variable or setting stands for any text
  RoleSpec role;
  bool variable = false;  ///< of the environment
};

/// One `[[program]]`, one element of its `sub`, or one `[[settings]]`.
struct KnowledgeBlock {
  std::vector<Value> names;  ///< of a subcommand: `remote add` is one name of two words
  std::vector<OptionSpec> options;
  std::vector<OperandSpec> operands;
  std::vector<Value> recursive;
  std::vector<FormSpec> forms;
  std::vector<AssignmentSpec> assignments;
  std::vector<KnowledgeBlock> sub;
  std::uint32_t flags = 0;  ///< bits of image::Flag
  image::Grammar grammar = image::Grammar::none;
  std::uint32_t words = 0;
  std::optional<RoleSpec> standard_input;
  std::optional<Value> like;
  std::string as, engine, default_method, base_url;
  SourcePtr source;
  Span span;
};

struct Knowledge {
  std::vector<KnowledgeBlock> programs;
};

/// Reads one knowledge file into `into`. Every fault is reported (codes K1xx, see knowledge_spec.h) and the block it stands
/// in is left out; the rest is kept.
void load_knowledge(const SourcePtr& source, Knowledge& into, base::Diagnostics& out);

/// The same for a document that is already read: only its `program` key is looked at, so that a rule file may hold programs too.
void load_programs(const TomlValue& document, const SourcePtr& source, Knowledge& into, base::Diagnostics& out);

/// Writes the records of image/knowledge_records.h. A program described twice: the later block stands. Same input, same records.
void add_knowledge(const Knowledge& knowledge, image::Builder& builder, base::Diagnostics& out);

}  // namespace belay::policy
