#include "command/powershell/cmdlets.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/inline/walker.h"
#include "command/windows/names.h"

namespace belay::command::powershell {

using model::HoleTrait;
using model::OpKind;

namespace {

bool is_block(const Value& v) { return v.is_text() && v.name == kBlock; }

/// What the pipe brings, or the value of the parameter.
Value given(const CmdletCall& c, std::string_view name, std::size_t place) {
  const Value v = c.bound.value(name, place);
  return v.kind == ValueKind::unknown && c.call.has_piped ? c.call.piped : v;
}

/// Every block among the arguments.
std::vector<Value> blocks_of(const CmdletCall& c) {
  std::vector<Value> out;
  const auto add = [&](const Value& v) {
    inline_code::for_each(v, [&](const Value& one) {
      if (is_block(one)) out.push_back(one);
    });
  };
  for (const Bound::Option& o : c.bound.options) add(o.value);
  for (const Value& v : c.bound.operands) add(v);
  return out;
}

Value invoke_expression(const CmdletCall& c) { return run_code(given(c, "-Command", 0), c.session); }

/// What `$_` may be: one of the things that the pipe brings.
Value each_of(const Value& piped) {
  if (piped.kind != ValueKind::list) return piped;
  Value out = Value::list({});
  out.kind = ValueKind::choice;
  for (const Value& item : piped.items) out.add("", item);
  out.inherit(piped);
  if (out.items.size() == 1) return Value(out.items.front());
  return out.items.empty() ? Value() : out;
}

Value for_each_object(const CmdletCall& c) {
  const Value each = each_of(c.call.piped);
  Value out;
  for (const Value& block : blocks_of(c)) out = run_block(block, each, c.session);
  if (c.bound.operands.empty() || is_block(c.bound.operands.front())) return out;
  const Value& member = c.bound.operands.front();
  if (!member.is_text() || !member.text.literal()) return each;
  Value result;
  inline_code::for_each(each, [&](const Value& one) { result = call_method(one, base::lower(member.text.view()), {}, c.session); });
  return result.kind == ValueKind::unknown ? each : result;
}

Value where_object(const CmdletCall& c) {
  for (const Value& block : blocks_of(c)) (void)run_block(block, each_of(c.call.piped), c.session);
  return c.call.piped;
}

Value invoke_command(const CmdletCall& c) {
  const bool remote = c.bound.has("-ComputerName") || c.bound.has("-Session") || c.bound.has("-HostName") || c.bound.has("-VMName");
  const program::Change outer = c.session.change;
  c.session.change.remote = c.session.change.remote || remote;
  Value out;
  for (const Value& block : blocks_of(c)) {
    std::vector<Argument> arguments;
    if (const Value* list = c.bound.option("-ArgumentList")) {
      for (const Value& item : items_of(*list)) arguments.push_back({item});
    }
    out = call_function({block.text, {}}, arguments, c.call.piped, c.session);
  }
  c.session.change = outer;
  return out;
}

/// The words of `-ArgumentList`: an array, or a line.
void add_words(const Value& list, std::vector<Argument>& out) {
  for (const Value& item : items_of(list)) {
    if (!item.is_text()) {
      out.push_back({item});
      continue;
    }
    for (const Text& word : windows::split_line(item.text)) out.push_back({Value::of(word), true});
  }
}

Value run_with(const Value& program, const Value& words, const CmdletCall& c, std::string as) {
  Call call;
  call.plain = false;
  call.name = program;
  if (words.kind != ValueKind::unknown) add_words(words, call.arguments);
  const program::Change outer = c.session.change;
  if (!as.empty()) c.session.change.as = std::move(as);
  Value out = run_command(std::move(call), c.session);
  c.session.change = outer;
  return out;
}

Value start_process(const CmdletCall& c) {
  const Value* verb = c.bound.option("-Verb");
  const bool elevated = verb != nullptr && verb->is_text() && base::iequals(verb->text.view(), "runas");
  return run_with(c.bound.value("-FilePath", 0), c.bound.value("-ArgumentList", 1), c, elevated ? "root" : "");
}

Value task_action(const CmdletCall& c) { return run_with(c.bound.value("-Execute", 0), c.bound.value("-Argument", 1), c, ""); }

Value invoke_item(const CmdletCall& c) { return run_with(given(c, "-Path", 0), {}, c, ""); }

/// Win32_Process Create, by whichever parameters it is named.
Value invoke_method(const CmdletCall& c) {
  for (const std::string_view name : {"-ArgumentList", "-Arguments"}) {
    const Value* v = c.bound.option(name);
    if (v == nullptr) continue;
    const Value* line = v->field("commandline");
    const std::vector<Value> items = items_of(*v);
    if (line == nullptr && items.empty()) continue;
    (void)call_method(Value::named("wmiclass"), "create", {line != nullptr ? *line : items.front()}, c.session);
  }
  return {};
}

Value set_alias(const CmdletCall& c) {
  const Value name = c.bound.value("-Name", 0);
  const Value value = c.bound.value("-Value", c.bound.option("-Name") != nullptr ? 0 : 1);
  if (name.is_text() && name.text.literal()) {
    if (value.is_text() && value.text.literal()) c.session.aliases.insert_or_assign(base::lower(name.text.view()), value.text.bytes());
    else c.session.effects.opaque(model::OpaqueReason::computed_command, "an alias for something that is computed");
  }
  return {};
}

Value set_variable(const CmdletCall& c) {
  const Value name = c.bound.value("-Name", 0);
  const Value value = c.bound.value("-Value", c.bound.option("-Name") != nullptr ? 0 : 1);
  if (name.is_text() && name.text.literal()) bind(base::lower(name.text.view()), value, c.session);
  return {};
}

Value get_variable(const CmdletCall& c) {
  const Value name = c.bound.value("-Name", 0);
  return name.is_text() && name.text.literal() ? lookup(base::lower(name.text.view()), c.session) : Value();
}

Value set_location(const CmdletCall& c) {
  const Value path = c.bound.value("-Path", 0);
  const Value literal = path.kind == ValueKind::unknown ? c.bound.value("-LiteralPath", 0) : path;
  if (literal.is_text() && windows::is_store(literal.text.view())) return {};
  const std::vector<Text> homes = inline_code::with_homes(normal_path(literal.as_text(), c.session), c.session.effects);
  c.session.effects.enter(homes.front());
  return {};
}

Value write_output(const CmdletCall& c) {
  if (c.bound.operands.empty()) return c.bound.option("-InputObject") != nullptr ? *c.bound.option("-InputObject") : c.call.piped;
  return c.bound.operands.size() == 1 ? c.bound.operands.front() : Value::list(c.bound.operands);
}

Value get_content(const CmdletCall& c) {
  Value path = c.bound.value("-Path", 0);
  if (path.kind == ValueKind::unknown) path = given(c, "-LiteralPath", 0);
  if (path.is_text()) {
    if (windows::is_store(path.text.view()) && base::lower(path.text.view()).starts_with("env:")) return lookup(base::lower(path.text.view()), c.session);
    const auto known = c.session.effects.written_text(normal_path(path.text, c.session));
    if (known) return Value::of(*known);
  }
  Value out = Value::of(Text::hole(HoleTrait::any));
  out.name = "#contents";
  return out;
}

Value new_guid(const CmdletCall&) { return made_up_name(); }
Value get_date(const CmdletCall& c) { return date_text(c.bound.has("-UFormat") ? Value() : c.bound.value("-Format", 99)); }
/// A number, unless it picks one of several things.
Value get_random(const CmdletCall& c) {
  const Value most = c.bound.value("-Maximum", 0);
  const bool picks = c.call.has_piped || c.bound.has("-InputObject") || c.bound.has("-Shuffle") || most.kind == ValueKind::list;
  return picks ? Value() : made_up_name();
}
Value temporary_file(const CmdletCall&) {
  Text path("/tmp/");
  path.append_hole(HoleTrait::none);
  return Value::typed(std::string(kPath), std::move(path));
}

/// What the name `name` picks in a folder, and deeper.
std::vector<Text> entries_below(Text folder, const Text& name, const CmdletCall& c) {
  const bool deep = c.bound.has("-Recurse") || c.bound.has("-Depth");
  folder.append("/");
  if (name.view() == "*" || name.view() == "*.*") {
    const bool tested = c.bound.has("-File") || c.bound.has("-Directory") || c.bound.has("-Exclude") || c.bound.has("-Attributes");
    folder.append_hole(deep ? HoleTrait::slash | HoleTrait::blank | HoleTrait::each | (tested ? HoleTrait::none : HoleTrait::glob)
                            : HoleTrait::glob | HoleTrait::blank);
    return {folder};
  }
  std::vector<Text> out{folder};
  out.front().append(with_wildcards(name));
  if (!deep) return out;
  folder.append_hole(HoleTrait::slash | HoleTrait::blank);
  folder.append("/");
  folder.append(with_wildcards(name));
  out.push_back(std::move(folder));
  return out;
}

/// Things in a folder, or below it.
Value get_child_item(const CmdletCall& c) {
  Value path = c.bound.value("-Path", 0);
  if (path.kind == ValueKind::unknown) path = c.bound.value("-LiteralPath", 0);
  if (path.kind == ValueKind::unknown) path = c.call.has_piped ? c.call.piped : Value::of(Text("."));
  const Value* filter = c.bound.option("-Filter") != nullptr ? c.bound.option("-Filter") : c.bound.option("-Include");
  const bool all = filter == nullptr || (filter->kind == ValueKind::list && filter->items.empty());
  const Value names = all ? Value::of(Text("*")) : *filter;
  Value out = Value::list({});
  inline_code::for_each(path, [&](const Value& one) {
    const Text there = with_wildcards(normal_path(one.as_text(), c.session));
    const bool pattern = there.hole_count() > 0 && one.is_text() && one.text.literal();
    if (pattern && !c.bound.has("-Recurse")) return out.add("", Value::typed(std::string(kPath), there));
    inline_code::for_each(names, [&](const Value& name) {
      for (Text& entry : entries_below(there, name.as_text(), c)) out.add("", Value::typed(std::string(kPath), std::move(entry)));
    });
  });
  return out.items.size() == 1 ? out.items.front() : out;
}

Value get_item(const CmdletCall& c) {
  Value path = c.bound.value("-Path", 0);
  if (path.kind == ValueKind::unknown) path = given(c, "-LiteralPath", 0);
  if (!path.is_text()) return path;
  if (base::lower(path.text.view()).starts_with("env:")) return lookup(base::lower(path.text.view()), c.session);
  return Value::typed(std::string(kPath), path.text);
}

Value join_path(const CmdletCall& c) {
  Value out = c.bound.value("-Path", 0);
  const std::size_t first = c.bound.option("-Path") != nullptr ? 0 : 1;
  const Value child = c.bound.value("-ChildPath", first);
  out = operate("+", operate("+", as_string(out), Value::of(Text("/"))), as_string(child));
  for (std::size_t i = first + 1; i < c.bound.operands.size(); ++i) out = operate("+", operate("+", out, Value::of(Text("/"))), c.bound.operands[i]);
  return out;
}

Value split_path(const CmdletCall& c) {
  const Value path = given(c, "-Path", 0);
  if (!path.is_text() || c.bound.has("-Leaf")) return path;
  const std::size_t slash = path.text.view().find_last_of("/\\");
  return Value::of(path.text.substr(0, slash == std::string_view::npos ? 0 : slash));
}

Value content_writer(const CmdletCall& c) {
  const bool literal = c.bound.option("-LiteralPath") != nullptr;
  const bool named = c.bound.option("-Path") != nullptr || c.bound.option("-FilePath") != nullptr || literal;
  Value path = literal ? *c.bound.option("-LiteralPath") : c.bound.option("-FilePath") != nullptr ? *c.bound.option("-FilePath") : c.bound.value("-Path", 0);
  const bool by_value = c.bound.cmdlet == "Set-Content" || c.bound.cmdlet == "Add-Content" || c.bound.cmdlet == "New-Item";
  Value content = by_value ? c.bound.value("-Value", c.bound.cmdlet == "New-Item" ? 99 : named ? 0 : 1) : c.bound.value("-InputObject", 99);
  if (content.kind == ValueKind::unknown && c.call.has_piped) content = c.call.piped;
  const Value* kind = c.bound.option("-ItemType");
  const bool folder = kind != nullptr && kind->is_text() && base::lower(kind->text.view()).starts_with("d");
  if (kind != nullptr && kind->is_text() && base::lower(kind->text.view()).find("link") != std::string::npos) {
    (void)touch(OpKind::read, c.bound.value("-Value", 99), {}, {}, c.session);
  }
  if (const Value* name = c.bound.option("-Name"); name != nullptr && c.bound.cmdlet == "New-Item") {
    path = path.kind == ValueKind::unknown ? *name : operate("+", operate("+", as_string(path), Value::of(Text("/"))), *name);
  }
  if (!folder && path.kind != ValueKind::unknown) (void)touch(OpKind::write, path, {}, as_string(content), c.session);
  if (path.kind == ValueKind::unknown && !folder)
    (void)touch(OpKind::write, Value::of(Text::hole(HoleTrait::any)), {}, {}, c.session);
  if (c.bound.cmdlet == "New-Item" && path.is_text()) return Value::typed(std::string(kPath), path.text);
  return c.bound.cmdlet == "Tee-Object" ? c.call.piped : Value();
}

Value new_object_cmdlet(const CmdletCall& c) {
  if (const Value* com = c.bound.option("-ComObject")) {
    return com->is_text() ? Value::named("com:" + base::lower(com->text.view())) : Value();
  }
  const Value type = c.bound.value("-TypeName", 0);
  if (!type.is_text() || !type.text.literal()) return {};
  const Value arguments = c.bound.value("-ArgumentList", c.bound.option("-TypeName") != nullptr ? 0 : 1);
  return new_object(type_named(type.text.view()).name, arguments.kind == ValueKind::unknown ? std::vector<Value>{} : items_of(arguments), c.session);
}

Value get_command(const CmdletCall& c) {
  const Value name = c.bound.value("-Name", 0);
  const bool pattern = name.is_text() && name.text.view().find_first_of("*?[") != std::string_view::npos;
  return pattern ? Value() : name;
}

Value piped(const CmdletCall& c) { return c.call.piped; }
Value where_it_is(const CmdletCall&) { return Value::of(Text(".")); }
Value path_itself(const CmdletCall& c) { return given(c, "-Path", 0); }
Value from_text(const CmdletCall& c) { return c.call.has_piped ? as_string(c.call.piped) : Value(); }

constexpr std::array kCmdlets{
    Cmdlet{"Invoke-Expression", invoke_expression},
    Cmdlet{"ForEach-Object", for_each_object, false},
    Cmdlet{"Where-Object", where_object, false},
    Cmdlet{"Select-Object", piped, false},
    Cmdlet{"Sort-Object", piped, false},
    Cmdlet{"Out-String", from_text, false},
    Cmdlet{"Invoke-Command", invoke_command},
    Cmdlet{"Start-Process", start_process},
    Cmdlet{"New-ScheduledTaskAction", task_action},
    Cmdlet{"Invoke-Item", invoke_item},
    Cmdlet{"Invoke-WmiMethod", invoke_method},
    Cmdlet{"Invoke-CimMethod", invoke_method},
    Cmdlet{"Set-Alias", set_alias},
    Cmdlet{"Set-Variable", set_variable, false},
    Cmdlet{"Get-Variable", get_variable, false},
    Cmdlet{"Set-Location", set_location},
    Cmdlet{"Push-Location", set_location},
    Cmdlet{"Get-Location", where_it_is, false},
    Cmdlet{"Write-Output", write_output},
    Cmdlet{"Get-Content", get_content},
    Cmdlet{"Get-ChildItem", get_child_item},
    Cmdlet{"Get-Item", get_item},
    Cmdlet{"Resolve-Path", path_itself},
    Cmdlet{"Convert-Path", path_itself},
    Cmdlet{"Join-Path", join_path, false},
    Cmdlet{"Split-Path", split_path, false},
    Cmdlet{"Set-Content", content_writer},
    Cmdlet{"Add-Content", content_writer},
    Cmdlet{"Out-File", content_writer},
    Cmdlet{"Tee-Object", content_writer},
    Cmdlet{"New-Item", content_writer},
    Cmdlet{"New-Object", new_object_cmdlet},
    Cmdlet{"Get-Command", get_command, false},
    Cmdlet{"New-Guid", new_guid},
    Cmdlet{"Get-Date", get_date},
    Cmdlet{"Get-Random", get_random},
    Cmdlet{"New-TemporaryFile", temporary_file},
};

}  // namespace

const Cmdlet* cmdlet_behaviour(std::string_view cmdlet) {
  const auto row = std::find_if(kCmdlets.begin(), kCmdlets.end(), [&](const Cmdlet& c) { return c.name == cmdlet; });
  return row == kCmdlets.end() ? nullptr : row;
}

}  // namespace belay::command::powershell
