#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/knowledge.h"

/// The small languages inside knowledge files: option strings, operand lists, roles. And every finding about them.
namespace belay::policy {

enum class KnowledgeCode : std::uint8_t {
  top_key,
  unknown_key,
  wrong_type,
  bad_name,
  bad_option,
  bad_role,
  bad_mark,
  bad_operands,
  undeclared,
  repeated,
  bad_grammar,
  like_cycle,
  like_extended,
  bad_keys,
  count_,
};

struct KnowledgeCodeRow {
  KnowledgeCode code;
  std::string_view name;   ///< stable, never used again for something else
  std::string_view label;  ///< beside the caret
};

inline constexpr std::array<KnowledgeCodeRow, static_cast<std::size_t>(KnowledgeCode::count_)> kKnowledgeCodes{{
    {KnowledgeCode::top_key, "K101", "a knowledge file holds `[[program]]` and `[[settings]]` blocks"},
    {KnowledgeCode::unknown_key, "K102", "not a key of a program block"},
    {KnowledgeCode::wrong_type, "K103", "wrong type or range"},
    {KnowledgeCode::bad_name, "K104", "a block needs a name"},
    {KnowledgeCode::bad_option, "K105", "not an option"},
    {KnowledgeCode::bad_role, "K106", "not a role"},
    {KnowledgeCode::bad_mark, "K107", "not a role or mark"},
    {KnowledgeCode::bad_operands, "K108", "not a list of operands"},
    {KnowledgeCode::undeclared, "K109", "not an option of this block"},
    {KnowledgeCode::repeated, "K110", "said before"},
    {KnowledgeCode::bad_grammar, "K111", "not a grammar"},
    {KnowledgeCode::like_cycle, "K112", "a circle"},
    {KnowledgeCode::like_extended, "K113", "only a program of the same files can be added to"},
    {KnowledgeCode::bad_keys, "K114", "not keys and their role"},
}};

/// Where findings about one file go.
struct KnowledgeNotes {
  KnowledgeNotes(SourcePtr of, base::Diagnostics& into) : source(std::move(of)), out(into) {}

  void report(KnowledgeCode code, base::Span at, std::string message, std::string help = {});
  void unknown_name(KnowledgeCode code, base::Span at, std::string_view what, std::string_view word,
                    const std::vector<std::string_view>& known);
  /// Reports when `value` is of another kind.
  bool expect(const TomlValue& value, TomlKind kind, std::string_view key);

  SourcePtr source;
  base::Diagnostics& out;
  bool broken = false;  ///< something was reported
};

/// `"-t --target-directory=DIR : write-into"`
[[nodiscard]] std::optional<OptionSpec> read_option(const TomlValue& v, KnowledgeNotes& notes);
/// `"read... write"`
[[nodiscard]] std::vector<OperandSpec> read_operands(const TomlValue& v, KnowledgeNotes& notes);
/// `"PAGER MANPAGER : code:sh"`: several keys and what their values are for.
[[nodiscard]] std::vector<AssignmentSpec> read_keys_of(const TomlValue& v, KnowledgeNotes& notes);
/// `"code:python"`; `code` is what an unknown word is reported as.
[[nodiscard]] std::optional<RoleSpec> read_role(std::string_view word, base::Span at, KnowledgeCode code, KnowledgeNotes& notes);

}  // namespace belay::policy
