#include "policy/condition_table.h"

#include <algorithm>

#include "base/text.h"

namespace belay::policy {

namespace {

using model::OpKind;

constexpr Kinds kProgram(OpKind::exec, OpKind::read, OpKind::write, OpKind::remove, OpKind::fetch, OpKind::query, OpKind::opaque);
constexpr Kinds kFile(OpKind::read, OpKind::write, OpKind::remove);

}  // namespace

const std::array<ConditionRow, kConditionKeys> kConditionTable{{
    {Key::program, "program", ValueKind::glob, kProgram, false, false, "the program's basename matches"},
    {Key::option, "option", ValueKind::option, kProgram, false, false,
     "the option is in use, in any spelling, cluster or abbreviation; the last of `--x` and `--no-x` wins"},
    {Key::arg, "arg", ValueKind::glob, kProgram, false, false, "some operand matches"},
    {Key::path, "path", ValueKind::path, kFile, true, false, "the operation meets the path"},
    {Key::except, "except", ValueKind::path, kFile, true, true, "suppresses: the path matches as written and as resolved"},
    {Key::covers, "covers", ValueKind::path, kFile, true, false, "the path is that place or an ancestor of it"},
    {Key::recursive, "recursive", ValueKind::boolean, kFile, false, false, "everything below the path is affected too"},
    {Key::host, "host", ValueKind::glob, Kinds(OpKind::fetch), true, false, "the host of the request matches"},
    {Key::method, "method", ValueKind::exact, Kinds(OpKind::fetch), true, false, "the HTTP method is this one"},
    {Key::url, "url", ValueKind::regex, Kinds(OpKind::fetch), false, false, "the pattern is found in the URL"},
    {Key::body, "body", ValueKind::regex, Kinds(OpKind::fetch), false, false, "the pattern is found in the body of the request"},
    {Key::engine, "engine", ValueKind::exact, Kinds(OpKind::query), true, false, "the database engine is this one"},
    {Key::target, "target", ValueKind::glob, Kinds(OpKind::query), true, false, "the host or the name of the database matches"},
    {Key::statement, "statement", ValueKind::regex, Kinds(OpKind::query), false, false, "the pattern is found in the statement"},
    {Key::tool, "tool", ValueKind::glob, Kinds(OpKind::call), false, false, "the tool's name, `mcp:server/tool`, matches"},
    {Key::input, "input", ValueKind::regex, Kinds(OpKind::call), false, false,
     "the pattern is found in some text of the tool's input"},
    {Key::content, "content", ValueKind::regex, Kinds(OpKind::write), false, false,
     "the pattern is found in the text that is written"},
    {Key::env, "env", ValueKind::assignment, kProgram, false, false, "the variable is set for this command"},
    {Key::as, "as", ValueKind::glob, kProgram, false, false, "the effective user matches; `root` under sudo"},
    {Key::stdin_, "stdin", ValueKind::word, kProgram, true, false, "this is what feeds standard input"},
    {Key::via, "via", ValueKind::glob, kProgram, false, false, "some wrapper of the chain matches"},
    {Key::match, "match", ValueKind::regex, kProgram, false, false, "the pattern is found in the canonical line"},
    {Key::unless, "unless", ValueKind::regex, kProgram, false, true, "suppresses: the pattern is found in the canonical line"},
    {Key::reason, "reason", ValueKind::word, Kinds(OpKind::opaque), true, false, "this is why the operation cannot be known"},
    {Key::folder, "folder", ValueKind::path, kProgram, true, false, "the command works in that folder"},
}};

std::string_view name_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::exact: return "exact text";
    case ValueKind::word: return "a word";
    case ValueKind::glob: return "a glob";
    case ValueKind::option: return "an option";
    case ValueKind::assignment: return "a variable";
    case ValueKind::path: return "a path glob";
    case ValueKind::regex: return "an RE2 pattern";
    case ValueKind::boolean: return "a boolean";
  }
  return "";
}

const ConditionRow* find_condition(std::string_view name) {
  const auto row =
      std::find_if(kConditionTable.begin(), kConditionTable.end(), [&](const ConditionRow& r) { return r.name == name; });
  return row == kConditionTable.end() ? nullptr : &*row;
}

std::vector<std::string_view> condition_names() {
  std::vector<std::string_view> out;
  for (const auto& row : kConditionTable) out.push_back(row.name);
  return out;
}

std::vector<std::string_view> words_of(Key key) {
  std::vector<std::string_view> out;
  if (key == Key::stdin_) {
    for (unsigned i = 0; i <= static_cast<unsigned>(model::StdinKind::network); ++i) {
      out.push_back(model::name_of(static_cast<model::StdinKind>(i)));
    }
  }
  if (key == Key::reason) {
    for (unsigned i = 0; i <= static_cast<unsigned>(model::OpaqueReason::changed_environment); ++i) {
      out.push_back(model::name_of(static_cast<model::OpaqueReason>(i)));
    }
  }
  return out;
}

Kinds kinds_with_program() { return kProgram; }

bool is_reference(std::string_view value) {
  if (value.size() < 2 || value[0] != '@' || !base::is_alpha(value[1])) return false;
  value.remove_prefix(1);
  return std::all_of(value.begin(), value.end(), [](char c) { return base::is_name_char(c) || c == '-'; });
}

}  // namespace belay::policy
