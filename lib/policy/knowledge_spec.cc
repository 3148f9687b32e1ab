#include "policy/knowledge_spec.h"

#include <algorithm>

#include "base/text.h"

namespace belay::policy {

using image::Role;

void KnowledgeNotes::report(KnowledgeCode code, base::Span at, std::string message, std::string help) {
  const KnowledgeCodeRow& row = kKnowledgeCodes[static_cast<std::size_t>(code)];
  broken = true;
  out.add(
      {std::string(row.name), base::Severity::error, std::move(message), source, at, std::string(row.label), std::move(help)});
}

void KnowledgeNotes::unknown_name(KnowledgeCode code, base::Span at, std::string_view what, std::string_view word,
                                  const std::vector<std::string_view>& known) {
  const std::string_view near = base::nearest_name(word, known);
  report(code, at, "unknown " + std::string(what) + " `" + std::string(word) + "`",
         near.empty() ? std::string() : "did you mean `" + std::string(near) + "`?");
}

bool KnowledgeNotes::expect(const TomlValue& value, TomlKind kind, std::string_view key) {
  if (value.kind == kind) return true;
  report(KnowledgeCode::wrong_type, value.span,
         "`" + std::string(key) + "` is " + std::string(name_of(kind)) + ", not " + std::string(name_of(value.kind)));
  return false;
}

namespace {

/// `-x`, `--long`, `--long=NAME`, `--long=NAME,VALUE`, `-x[=NAME]`, `+x`.
bool spelling(OptionSpec& into, std::string_view word, base::Span at, KnowledgeNotes& notes) {
  const auto end = word.find_first_of("=[");
  const std::string_view name = word.substr(0, end);
  const bool dashed = name == "-" || name == "+" || name == "@" || (name.size() > 1 && (name[0] == '-' || name[0] == '+') && name != "--");
  const std::string_view rest = end == std::string_view::npos ? std::string_view() : word.substr(end);
  const bool optional = rest.size() > 3 && rest.substr(0, 2) == "[=" && rest.back() == ']';
  const bool required = rest.size() > 1 && rest[0] == '=';
  if (!dashed || !(rest.empty() || optional || required)) {
    notes.report(KnowledgeCode::bad_option, at,
                 "`" + std::string(word) + "` is not `-x`, `--name`, `--name=VALUE` or `--name[=VALUE]`");
    return false;
  }
  if (optional) into.arity = image::Arity::optional;
  if (required) into.arity = rest.find(',') == std::string_view::npos ? image::Arity::required : image::Arity::pair;
  into.spellings.emplace_back(name);
  return true;
}

bool spellings(OptionSpec& into, std::string_view text, base::Span at, KnowledgeNotes& notes) {
  for (const std::string_view word : base::split_blank(text)) {
    if (!spelling(into, word, at, notes)) return false;
  }
  if (!into.spellings.empty()) return true;
  notes.report(KnowledgeCode::bad_option, at, "an option without a spelling");
  return false;
}

bool mark(OptionSpec& into, std::string_view word, base::Span at, KnowledgeNotes& notes) {
  constexpr std::string_view kMethod = "method=";
  if (word.substr(0, kMethod.size()) == kMethod) {
    into.method = word.substr(kMethod.size());
    return true;
  }
  for (const image::MarkName& m : image::kMarkNames) {
    if (m.name != word) continue;
    into.marks |= static_cast<std::uint32_t>(m.mark);
    return true;
  }
  const auto r = read_role(word, at, KnowledgeCode::bad_mark, notes);
  if (!r) return false;
  if (into.arity == image::Arity::none && r->role != Role::command && r->role != Role::shell) {
    notes.report(KnowledgeCode::bad_mark, at, "role `" + std::string(word) + "` on an option without a value",
                 "write `" + into.spellings.back() + "=VALUE`");
    return false;
  }
  into.role = *r;
  return true;
}

}  // namespace

std::optional<RoleSpec> read_role(std::string_view word, base::Span at, KnowledgeCode code, KnowledgeNotes& notes) {
  const auto colon = word.find(':');
  const std::string_view name = word.substr(0, colon);
  const auto it = std::find(image::kRoleNames.begin(), image::kRoleNames.end(), name);
  if (it == image::kRoleNames.end()) {
    std::vector<std::string_view> known(image::kRoleNames.begin(), image::kRoleNames.end());
    for (const image::MarkName& m : image::kMarkNames) known.push_back(m.name);
    notes.unknown_name(code, at, "role", word, known);
    return std::nullopt;
  }
  RoleSpec out{static_cast<Role>(it - image::kRoleNames.begin()),
               colon == std::string_view::npos ? std::string() : std::string(word.substr(colon + 1))};
  const bool wants = out.role == Role::code || out.role == Role::sql || out.role == Role::sql_file ||
                     out.role == Role::code_file;
  const bool may = out.role == Role::split || out.role == Role::script || out.role == Role::only || out.role == Role::url;
  if (!may && wants != !out.detail.empty()) {
    notes.report(KnowledgeCode::bad_role, at,
                 wants ? "role `" + std::string(name) + "` needs a language: `" + std::string(name) + ":NAME`"
                       : "role `" + std::string(name) + "` has no language");
    return std::nullopt;
  }
  return out;
}

/// `read... write`, `word? data`.
std::vector<OperandSpec> read_operands(const TomlValue& v, KnowledgeNotes& notes) {
  std::vector<OperandSpec> out;
  if (!notes.expect(v, TomlKind::string, "operands")) return out;
  for (std::string_view word : base::split_blank(v.text)) {
    OperandSpec spec;
    if (word.size() > 3 && word.substr(word.size() - 3) == "...") {
      spec.repeat = true;
      word.remove_suffix(3);
    } else if (word.size() > 1 && word.back() == '?') {
      spec.optional = true;
      word.remove_suffix(1);
    }
    const auto r = read_role(word, v.span, KnowledgeCode::bad_role, notes);
    if (!r) continue;
    spec.role = *r;
    out.push_back(std::move(spec));
  }
  if (std::count_if(out.begin(), out.end(), [](const OperandSpec& o) { return o.repeat; }) > 1) {
    notes.report(KnowledgeCode::bad_operands, v.span, "at most one operand may have `...`");
  }
  return out;
}

std::vector<AssignmentSpec> read_keys_of(const TomlValue& v, KnowledgeNotes& notes) {
  std::vector<AssignmentSpec> out;
  const std::string_view text = v.text;
  const auto colon = text.find(" : ");
  const std::string_view role = colon == std::string_view::npos ? std::string_view() : base::trim(text.substr(colon + 3));
  if (role.empty() || base::split_blank(text.substr(0, colon)).empty()) {
    notes.report(KnowledgeCode::bad_keys, v.span, "`" + v.text + "` is not `KEY… : ROLE`");
    return out;
  }
  const auto r = read_role(role, v.span, KnowledgeCode::bad_role, notes);
  if (!r) return out;
  for (const std::string_view key : base::split_blank(text.substr(0, colon))) out.push_back({std::string(key), *r, false});
  return out;
}

std::optional<OptionSpec> read_option(const TomlValue& v, KnowledgeNotes& notes) {
  OptionSpec spec;
  spec.span = v.span;
  const std::string_view text = v.text;
  const auto colon = text.find(" : ");
  if (!spellings(spec, text.substr(0, colon), v.span, notes)) return std::nullopt;
  if (colon == std::string_view::npos) return spec;
  for (const std::string_view word : base::split_blank(text.substr(colon + 3))) {
    if (!mark(spec, word, v.span, notes)) return std::nullopt;
  }
  return spec;
}

}  // namespace belay::policy
