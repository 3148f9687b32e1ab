#include "base/text.h"
#include "command/inline/functions.h"

/// What functions return that compute names of files and folders.
namespace belay::command::inline_code {

using model::HoleTrait;

namespace {

Value first_of(const Call& call) {
  if (const Value* v = call.positional(0)) return *v;
  return call.callee.self ? *call.callee.self : Value();
}
Value object_of(const Call& call) { return call.callee.self ? *call.callee.self : Value(); }

Text glob_text(const Text& pattern) {
  Text out(pattern.view().starts_with("**") ? "./" : "");
  std::size_t hole = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern.view()[i];
    if (c == model::kHole) out.append_hole(pattern.trait(hole++));
    else if (c == '*' && pattern.view().substr(i, 2) == "**") {
      const bool all = pattern.view().find_first_not_of("*/", i) == std::string_view::npos;  // `**`, `**/*`: whatever is below
      out.append_hole(HoleTrait::slash | HoleTrait::empty | HoleTrait::blank | (all ? HoleTrait::each : HoleTrait::none));
      if (all) return out;
      ++i;
    } else if (c == '*' || c == '?') out.append_hole(HoleTrait::glob | HoleTrait::blank);
    else out.append(std::string_view(&c, 1));
  }
  return out;
}

Value name_in_folder() { return Value::of(Text::hole(HoleTrait::blank | HoleTrait::each)); }

}  // namespace

Value gives_joined_path(const Call& call, Walker&) {
  Value out = Value::of(Text());
  for (const Value& a : call.arguments) {
    for_each(a, [&](const Value& part) { out.text = join_path(out.text, part.as_text()); });
    out.inherit(a);
  }
  return out;
}

Value gives_path(const Call& call, Walker& walker) {
  if (call.arguments.size() == 1 && call.arguments.front().kind == ValueKind::choice) {  // any of several paths
    Value out = call.arguments.front();
    for (Value& item : out.items) item = Value::typed("#Path", item.as_text());
    return out;
  }
  return Value::typed("#Path", call.arguments.empty() ? Text(".") : gives_joined_path(call, walker).text);
}

Value gives_below(const Call& call, Walker&) {
  Text out = object_of(call).as_text();
  for (const Value& a : call.arguments) out = join_path(out, a.as_text());
  return Value::typed("#Path", std::move(out));
}

Value gives_parent(const Call& call, Walker&) { return Value::typed("#Path", join_path(object_of(call).as_text(), Text(".."))); }

/// dirname(path)
Value gives_folder_of(const Call& call, Walker&) {
  const Value path = first_of(call);
  if (!path.is_text() || path.text.empty()) return {};
  const std::string_view v = path.text.view();
  const std::size_t slash = v.find_last_of('/');
  const std::string_view last = v.substr(slash == std::string_view::npos ? 0 : slash + 1);
  Value out = path;
  out.name.clear();
  if (v.back() == kHomeMark || last.find(model::kHole) != std::string_view::npos || lists(". ..", last))
    out.text = join_path(path.text, Text(".."));
  else if (slash == std::string_view::npos) out.text = Text(".");
  else out.text = path.text.substr(0, std::max<std::size_t>(slash, 1));
  return out;
}

Value gives_home(const Call&, Walker& walker) { return walker.environment("HOME"); }
Value gives_home_path(const Call&, Walker& walker) { return Value::typed("#Path", walker.environment("HOME").text); }

Value gives_home_expanded(const Call& call, Walker& walker) {
  Value v = first_of(call);
  if (!v.is_text()) return v;
  for (const std::string_view head : {"~", "$HOME", "${HOME}"}) {
    const std::string_view s = v.text.view();
    if (s.substr(0, head.size()) != head || (s.size() > head.size() && s[head.size()] != '/')) continue;
    Text out(std::string(1, kHomeMark));
    out.append(v.text.substr(head.size()));
    v.text = std::move(out);
    break;
  }
  const Value* folder = walker.dialect().has(Trait::percent_literals) ? call.positional(1) : nullptr;
  if (folder != nullptr && folder->is_text()) v.text = join_path(folder->text, v.text);  // File.expand_path
  return v;
}

Value gives_here(const Call&, Walker&) { return Value::of(Text(".")); }

Value gives_above(const Call&, Walker&) { return Value::of(Text("..")); }

Value gives_temporary(const Call& call, Walker&) {
  const Value* folder = call.named("dir");
  Text out = folder != nullptr && folder->is_text() ? folder->text : Text("/tmp");
  out.append("/");
  out.append_hole(HoleTrait::none);
  return Value::typed("#Path", std::move(out));
}

/// mkstemp(): a descriptor and the name.
Value gives_temporary_and_name(const Call& call, Walker& walker) {
  return Value::list({Value::named("#descriptor"), gives_temporary(call, walker)});
}

/// An open file whose `name` is its path.
Value gives_temporary_file(const Call& call, Walker& walker) {
  Value out = gives_temporary(call, walker);
  out.name = "#Temporary";
  return out;
}

Value gives_temporary_folder(const Call&, Walker&) { return Value::of(Text("/tmp")); }

Value gives_variable(const Call& call, Walker& walker) {
  const Value v = first_of(call);
  if (!v.is_text() || !v.text.literal()) return {};
  Value out = walker.environment(v.text.view());
  const Value* otherwise = call.argument(1, "default");
  return otherwise != nullptr && nothing_known(out.as_text()) ? *otherwise : out;
}

Value gives_glob(const Call& call, Walker&) {
  std::vector<Value> items;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (call.keys[i].empty())
      for_each(call.arguments[i], [&](const Value& p) { items.push_back(Value::of(glob_text(p.as_text()))); });
  }
  return Value::list(std::move(items));
}

Value gives_glob_at_home(const Call& call, Walker& walker) {
  Call expanded = call;
  if (!expanded.arguments.empty()) expanded.arguments.front() = gives_home_expanded(call, walker);
  return gives_glob(expanded, walker);
}

Value gives_glob_below(const Call& call, Walker&) {
  const bool deep = call.callee.name.find("rglob") != std::string::npos;
  Text folder = object_of(call).as_text();
  if (deep) {
    folder.append("/");
    folder.append_hole(HoleTrait::slash | HoleTrait::empty | HoleTrait::blank | HoleTrait::each);
  }
  const Text pattern = call.arguments.empty() ? Text("*") : call.arguments.front().as_text();
  return Value::list({Value::typed("#Path", join_path(folder, glob_text(pattern)))});
}

Value gives_names_in(const Call&, Walker&) { return Value::list({name_in_folder()}); }

Value gives_paths_in(const Call& call, Walker&) {
  return Value::list({Value::typed("#Path", join_path(first_of(call).as_text(), name_in_folder().text))});
}

Value gives_walk(const Call& call, Walker&) {
  Text folder = first_of(call).as_text();
  if (!folder.view().ends_with('/')) folder.append("/");
  folder.append_hole(HoleTrait::slash | HoleTrait::empty | HoleTrait::blank | HoleTrait::each);
  return Value::list(
      {Value::list({Value::of(std::move(folder)), Value::list({name_in_folder()}), Value::list({name_in_folder()})})});
}

}  // namespace belay::command::inline_code
