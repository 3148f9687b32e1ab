#include "command/powershell/binding.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/windows/names.h"

namespace belay::command::powershell {

using program::Role;

namespace {

/// Parameters that every cmdlet has, and their aliases (about_CommonParameters). None of them changes what is done but -WhatIf.
struct Common {
  std::string_view name;
  std::string_view alias;
  bool has_value;
};
constexpr std::array kCommon{
    Common{"debug", "db", false},           Common{"erroraction", "ea", true},         Common{"errorvariable", "ev", true},
    Common{"informationaction", "infa", true}, Common{"informationvariable", "iv", true}, Common{"outbuffer", "ob", true},
    Common{"outvariable", "ov", true},      Common{"pipelinevariable", "pv", true},    Common{"progressaction", "proga", true},
    Common{"verbose", "vb", false},         Common{"warningaction", "wa", true},       Common{"warningvariable", "wv", true},
    Common{"whatif", "wi", false},          Common{"confirm", "cf", false},
};

const Common* common_named(std::string_view name) {
  const Common* only = nullptr;
  for (const Common& row : kCommon) {
    if (row.name == name || row.alias == name) return &row;
    if (!row.name.starts_with(name)) continue;
    if (only != nullptr) return nullptr;
    only = &row;
  }
  return only;
}

bool is_off(const Value& v) { return v.is_text() && (base::iequals(v.text.view(), "false") || v.text.view() == "0"); }

bool is_file(Role role) {
  constexpr std::array kFiles{Role::read,       Role::write, Role::append,     Role::remove,     Role::read_tree, Role::write_tree,
                              Role::remove_tree, Role::move,  Role::write_into, Role::read_write, Role::script,    Role::attributes};
  return std::find(kFiles.begin(), kFiles.end(), role) != kFiles.end();
}

/// The role of the operand at `place`.
Role role_at(const program::Block& block, image::Range range, std::size_t place) {
  std::uint32_t index = range.first;
  for (std::size_t i = 0; i < range.count; ++i, ++index) {
    const program::OperandInfo info = block.operand(index);
    if (i == place || info.repeat) return info.role;
  }
  return Role::word;
}

/// A path as the rest of the analysis has it; texts that are none stay.
Value as_path(const Value& v, bool wildcards, const Session& session) {
  if (v.kind == ValueKind::choice) {
    Value out;
    bool first = true;
    for (const Value& item : v.items) {
      Value one = as_path(item, wildcards, session);
      out = first ? std::move(one) : inline_code::either(std::move(out), std::move(one));
      first = false;
    }
    return out;
  }
  const Text path = normal_path(v.as_text(), session);
  Value out = Value::of(wildcards ? with_wildcards(path) : path);
  out.inherit(v);
  return out;
}

bool in_store(const Value& v) { return v.is_text() && windows::is_store(v.text.view()); }

/// Adds options and operands one by one: arrays are several.
class Line {
 public:
  Line(const Bound& bound, const Session& session) : session_(session) { out_.push_back(Value::of(Text(bound.cmdlet))); }

  void option(const Bound::Option& o) {
    if (!o.has_value) return out_.push_back(Value::of(Text(o.name)));
    for (const Value& item : o.value.kind == ValueKind::list ? o.value.items : std::vector<Value>{o.value}) {
      if (is_file(o.role) && in_store(item)) {
        store(item);
        continue;
      }
      out_.push_back(Value::of(Text(o.name)));
      out_.push_back(is_file(o.role) ? as_path(item, o.name != "-LiteralPath", session_) : as_string(item));
    }
  }

  void operand(const Value& v, Role role) {
    for (const Value& item : v.kind == ValueKind::list ? v.items : std::vector<Value>{v}) {
      if (in_store(item)) store(item);
      else operands_.push_back(is_file(role) ? as_path(item, true, session_) : as_string(item));
    }
  }

  std::vector<Value> take() {
    if (!operands_.empty()) out_.push_back(Value::of(Text("--")));
    out_.insert(out_.end(), operands_.begin(), operands_.end());
    return std::move(out_);
  }

 private:
  /// Keys of the registry, variables, certificates: no files.
  void store(const Value& item) {
    out_.push_back(Value::of(Text(windows::is_registry(item.text.view()) ? "-XRegistry" : "-XStore")));
    out_.push_back(item);
  }

  const Session& session_;
  std::vector<Value> out_;
  std::vector<Value> operands_;
};

}  // namespace

const Value* Bound::option(std::string_view name) const {
  for (const Option& o : options) {
    if (o.name == name && o.has_value) return &o.value;
  }
  return nullptr;
}

Value Bound::value(std::string_view name, std::size_t place) const {
  if (const Value* v = option(name)) return *v;
  return place < operands.size() ? operands[place] : Value();
}

bool Bound::has(std::string_view name) const {
  return std::any_of(options.begin(), options.end(), [&](const Option& o) { return o.name == name; });
}

std::string cmdlet_named(std::string_view name, const program::KnowledgeView& knowledge) {
  const std::size_t module = name.rfind('\\');
  if (module != std::string_view::npos && name.find('-', module) != std::string_view::npos) name.remove_prefix(module + 1);
  return std::string(knowledge.likeness("ps:" + base::lower(name)));
}

std::optional<Bound> bind_arguments(const std::string& cmdlet, const Call& call, const program::KnowledgeView& knowledge) {
  Bound out;
  out.cmdlet = cmdlet;
  out.block = knowledge.find(cmdlet).value_or(program::Block());
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const Argument& a = call.arguments[i];
    if (!a.is_parameter()) {
      if (a.value.is_text() && a.plain && a.value.text.view() == "--") continue;
      out.operands.push_back(a.value);
      continue;
    }
    const bool value_follows = i + 1 < call.arguments.size() && !call.arguments[i + 1].is_parameter();
    const auto number = out.block.folded("-" + a.name);
    const Common* common = number ? nullptr : common_named(a.name);
    if (!number && common == nullptr) return std::nullopt;
    if (common != nullptr) {
      out.what_if = out.what_if || (common->name == "whatif" && !(a.attached && is_off(a.value)));
      if (common->has_value && !a.attached && value_follows) ++i;
      continue;
    }
    const program::OptionInfo info = out.block.info(*number);
    Bound::Option option{std::string(info.canonical), info.role, false, {}};
    if (info.arity == image::Arity::none) {
      if (a.attached && is_off(a.value)) continue;
    } else if (a.attached || value_follows) {
      option.has_value = true;
      option.value = a.attached ? a.value : call.arguments[++i].value;
    }
    out.options.push_back(std::move(option));
  }
  return out;
}

std::vector<Value> argv_of(const Bound& bound, const Call& call, const Session& session) {
  Line line(bound, session);
  bool path_given = false;
  for (const Bound::Option& o : bound.options) {
    path_given = path_given || (is_file(o.role) && (o.name == "-Path" || o.name == "-LiteralPath"));
    line.option(o);
  }
  image::Range range{};
  if (bound.block.known()) {
    const auto in_use = [&](std::uint32_t number) { return bound.has(bound.block.info(number).canonical); };
    range = bound.block.choose(in_use, std::nullopt);
  }
  for (std::size_t i = 0; i < bound.operands.size(); ++i) line.operand(bound.operands[i], role_at(bound.block, range, i));
  const Role first = range.count > 0 ? role_at(bound.block, range, 0) : Role::word;
  if (call.has_piped && !path_given && bound.operands.empty() && is_file(first) && first != Role::write) line.operand(call.piped, first);
  return line.take();
}

}  // namespace belay::command::powershell
