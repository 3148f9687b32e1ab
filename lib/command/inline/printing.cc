#include "command/inline/printing.h"

#include <algorithm>

#include "command/inline/functions.h"

namespace belay::command::inline_code {

namespace {

constexpr const char* kHandle = "#handle";
constexpr const char* kSelected = "#selected";

void print(const Text& text, const Call& call, Session& session) {
  for (const Value& argument : call.arguments) {
    session.printed_taint = session.printed_taint | argument.taint;
  }
  session.prints = true;
  if (session.printed.size() + text.size() <= kMostText) session.printed.append(text);
  else session.all_known = false;
}

void print_into(const Value& file, const Text& text, Session& session) {
  if (file.name != "#out") return;
  for (const Text& path : with_homes(file.as_text(), session.effects)) {
    (void)session.effects.write(path, {false, false, true, false, true}, with_homes(text, session.effects).front(), "`print` in code of `" + session.effects.name() + "`");
  }
}

Text keyed(const Call& call, std::string_view key, std::string_view otherwise) {
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (call.keys[i] == key) return call.arguments[i].as_text();
  }
  return Text(otherwise);
}

/// The arguments that have no key, `between` them, and `inside` between the elements of lists.
Text all_of(const Call& call, const Text& between, const Text& inside = {}) {
  Text out;
  bool any = false;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (!call.keys[i].empty()) continue;
    if (std::exchange(any, true)) out.append(between);
    const Value& one = call.arguments[i];
    bool first = true;
    if (one.kind != ValueKind::list) out.append(one.as_text());
    else
      for_each(one, [&](const Value& item) {
        if (!std::exchange(first, false)) out.append(inside);
        out.append(item.as_text());
      });
  }
  return out;
}

bool is_handle(const Value& v) {
  return v.name == "#out" || (v.kind == ValueKind::name && v.name.find('.') == std::string::npos && !v.name.starts_with('#'));
}

/// The file that perl's `print` writes into without a handle.
const Value* standard_output(const Session& session) {
  for (const char* name : {kSelected, "STDOUT"}) {
    const auto it = session.variables.find(name);
    if (it != session.variables.end() && it->second.name == "#out") return &it->second;
  }
  return nullptr;
}

}  // namespace

Value gives_python_print(const Call& call, Walker& walker) {
  Text text = all_of(call, keyed(call, "sep", " "));
  text.append(keyed(call, "end", "\n"));
  const auto file = std::find(call.keys.begin(), call.keys.end(), "file");
  const Value* into = file == call.keys.end() ? nullptr : &call.arguments[static_cast<std::size_t>(file - call.keys.begin())];
  if (into == nullptr || into->name == "sys.stdout") print(text, call, walker.session());
  else if (into->name == "sys.stderr") walker.session().prints = true;
  else print_into(*into, text, walker.session());
  return {};
}

Value gives_spaced_line(const Call& call, Walker& walker) {
  Text text = all_of(call, Text(" "));
  text.append("\n");
  print(text, call, walker.session());
  return {};
}

Value gives_lines(const Call& call, Walker& walker) {
  Text text = all_of(call, Text("\n"), Text("\n"));
  text.append("\n");
  print(text, call, walker.session());
  return {};
}

Value gives_plain_print(const Call& call, Walker& walker) {
  print(all_of(call, Text()), call, walker.session());
  return {};
}

Value gives_formatted_print(const Call& call, Walker& walker) {
  print(gives_formatted(call, walker).as_text(), call, walker.session());
  return {};
}

Value gives_perl_print(const Call& call, Walker& walker) {
  Session& session = walker.session();
  Call list = call;
  if (call.arguments.empty()) {
    const auto implied = session.variables.find("$_");
    if (implied != session.variables.end()) list.add(implied->second);
    else list.add(Value());
  }
  const Value first = list.arguments.front();
  const bool block = first.kind == ValueKind::list && first.items.size() == 1 && list.arguments.size() > 1;
  const bool handle = list.arguments.size() > 1 && (block || is_handle(first) || !list.keys.front().empty());
  if (handle) {
    list.arguments.erase(list.arguments.begin());
    list.keys.erase(list.keys.begin());
  }
  for (std::string& key : list.keys) key.clear();
  const std::string& name = call.callee.name;
  Text text = name == "printf" ? gives_formatted(list, walker).as_text() : all_of(list, Text());
  if (name == "say") text.append("\n");
  const Value& named = block ? first.items.front() : first;
  if (!handle || named.name == "STDOUT") {
    if (const Value* file = handle ? nullptr : standard_output(session)) print_into(*file, text, session);
    else print(text, list, session);
    return {};
  }
  const auto last = session.variables.find(kHandle);
  if (named.name == "#out") print_into(named, text, session);
  else if (named.name != "STDERR" && last != session.variables.end()) print_into(last->second, text, session);
  return {};
}

Value gives_selected(const Call& call, Walker& walker) {
  const Value* handle = call.positional(0);
  if (handle != nullptr) walker.bind(kSelected, *handle);
  return {};
}

void bind_handle(const Value* handle, const Value& file, Walker& walker) {
  walker.bind(kHandle, file);
  if (handle == nullptr) return;
  const std::string& name = handle->kind == ValueKind::name ? handle->name : handle->place;
  if (!name.empty() && name.front() != '#') walker.bind(name, file);
}

void report_printed(Session& session) {
  if (!session.prints) return;
  Text lines;
  for (std::size_t begin = 0; begin < session.printed.size();) {
    const std::size_t end = std::min(session.printed.view().find('\n', begin), session.printed.size() - 1) + 1;
    const Text line = session.printed.substr(begin, end - begin);
    begin = end;
    const std::size_t first = line.view().find_first_not_of(" \t");
    const bool begins_unknown = first != std::string_view::npos && line.view()[first] == model::kHole;
    session.all_known = session.all_known && !begins_unknown;
    if (!begins_unknown) lines.append(line);
  }
  if (!session.all_known && !lines.empty() && lines.view().back() != '\n') lines.append("\n");
  session.effects.printed(with_homes(lines, session.effects).front(), session.all_known, session.printed_taint);
}

}  // namespace belay::command::inline_code
