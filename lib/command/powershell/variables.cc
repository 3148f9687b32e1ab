#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/powershell/walker.h"

/// Variables that PowerShell or Windows sets (about_Automatic_Variables, about_Environment_Variables).
namespace belay::command::powershell {

using model::HoleTrait;

namespace {

/// Values that begin with kHomeMark lie in the home of whoever runs it.
struct KnownRow {
  std::string_view name;
  std::string_view value;
};
constexpr std::array kKnown{
    KnownRow{"home", "\x02"},
    KnownRow{"env:home", "\x02"},
    KnownRow{"env:userprofile", "\x02"},
    KnownRow{"env:appdata", "\x02/AppData/Roaming"},
    KnownRow{"env:localappdata", "\x02/AppData/Local"},
    KnownRow{"env:onedrive", "\x02/OneDrive"},
    KnownRow{"profile", "\x02/Documents/PowerShell/Microsoft.PowerShell_profile.ps1"},
    KnownRow{"env:temp", "/tmp"},
    KnownRow{"env:tmp", "/tmp"},
    KnownRow{"env:systemdrive", "C:"},
    KnownRow{"env:homedrive", "C:"},
    KnownRow{"env:systemroot", "C:\\Windows"},
    KnownRow{"env:windir", "C:\\Windows"},
    KnownRow{"env:comspec", "C:\\Windows\\system32\\cmd.exe"},
    KnownRow{"env:programfiles", "C:\\Program Files"},
    KnownRow{"env:programdata", "C:\\ProgramData"},
    KnownRow{"env:allusersprofile", "C:\\ProgramData"},
    KnownRow{"env:public", "C:\\Users\\Public"},
    KnownRow{"shellid", "Microsoft.PowerShell"},
    KnownRow{"verbosepreference", "SilentlyContinue"},
    KnownRow{"null", ""},
    KnownRow{"true", "True"},
    KnownRow{"false", "False"},
    KnownRow{"pwd", "."},
    KnownRow{"psscriptroot", "."},
    KnownRow{"ofs", " "},
};

/// `$script:x` and its like are the variable itself here.
constexpr std::array<std::string_view, 6> kScopes{"global:", "script:", "local:", "private:", "using:", "variable:"};

std::string_view without_scope(std::string_view name) {
  for (const std::string_view scope : kScopes) {
    if (name.starts_with(scope)) return name.substr(scope.size());
  }
  return name;
}

/// A variable of the environment that surrounds the command.
const Text* bound(std::string_view name, const Session& session) {
  const auto& env = session.effects.invocation().setting.env;
  const auto it = std::find_if(env.rbegin(), env.rend(), [&](const model::Binding& b) { return base::iequals(b.name, name); });
  return it == env.rend() ? nullptr : &it->value;
}

}  // namespace

Value lookup(std::string_view name, const Session& session) {
  name = without_scope(name);
  if (const auto it = session.variables.find(name); it != session.variables.end()) {
    return it->second.weight < 2 || session.copies.spend(it->second.weight) ? it->second : Value();
  }
  if (name.starts_with("env:")) {
    if (const Text* value = bound(name.substr(4), session)) return Value::of(*value);
  }
  for (const KnownRow& row : kKnown) {
    if (row.name == name) return Value::of(Text(row.value));
  }
  return {};
}

void bind(const std::string& name, Value value, Session& session) {
  const std::string key(without_scope(name));
  if (key == "null") return;
  if (key.starts_with("env:")) session.change.env.push_back({key.substr(4), as_string(value).as_text()});
  if (key.starts_with("function:")) {
    if (value.is_text()) session.functions.insert_or_assign(key.substr(9), Function{value.text, {}});
    return;
  }
  if (key.starts_with("alias:")) {
    if (value.is_text() && value.text.literal()) session.aliases.insert_or_assign(key.substr(6), value.text.bytes());
    return;
  }
  if (value.kind == ValueKind::list && value.cell == 0) value.cell = ++session.cells;
  Value& slot = session.variables[key];
  if (session.branches > 0 && slot.kind != ValueKind::unknown) value = inline_code::either(std::move(slot), std::move(value));
  slot = std::move(value);
}

}  // namespace belay::command::powershell
