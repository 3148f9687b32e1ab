#pragma once

#include <span>

#include "base/diag.h"
#include "policy/knowledge.h"
#include "policy/rule.h"
#include "policy/toml_tree.h"

/// Reads rule files: packs (`[pack]`, `[[rule]]`, `[[rule.case]]`) and policy files (`[policy]`, `[params]`, `[[override]]`,
/// `[audit]`), any mix in one file. Every problem of every file is reported at once, but a file that is not TOML gives only its
/// first one. What could be read is returned even when there are errors, so that later checks can go on; nobody may compile it then.
namespace belay::policy {

/// A file that was read as TOML.
struct Document {
  SourcePtr source;
  TomlValue root;
};

[[nodiscard]] std::vector<Document> read_documents(std::span<const SourcePtr> sources, base::Diagnostics& out);

/// Rules only; `[[program]]` blocks are known to exist and left alone.
[[nodiscard]] Policy load(std::span<const Document> documents, base::Diagnostics& out);
[[nodiscard]] Policy load(std::span<const SourcePtr> sources, base::Diagnostics& out);

/// `pack.name`, each a word of `[a-z0-9-]` that begins with a letter.
[[nodiscard]] bool is_rule_id(std::string_view id);

/// Every key of a `[[rule]]`, conditions included.
[[nodiscard]] std::vector<std::string_view> rule_keys();

struct Loaded {
  Policy policy;
  Knowledge knowledge;
};
/// Rules and knowledge of the same files, each file read once; not yet resolved (merge.h).
[[nodiscard]] Loaded load_all(std::span<const SourcePtr> sources, base::Diagnostics& out);

}  // namespace belay::policy
