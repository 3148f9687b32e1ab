#include "command/inline/printing.h"

#include <algorithm>

#include "command/inline/functions.h"

namespace belay::command::inline_code {

namespace {

constexpr const char* kHandle = "#handle";

void print(const Text& text, const Call& call, Session& session) {
  for (const Value& argument : call.arguments) {
    session.printed_taint = session.printed_taint | argument.taint;
  }
  session.prints = true;
  if (session.printed.size() + text.size() <= kMostText) session.printed.append(text);
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

/// The arguments that have no key, `between` them.
Text all_of(const Call& call, const Text& between, std::size_t first = 0) {
  Text out;
  bool any = false;
  for (std::size_t i = first; i < call.arguments.size(); ++i) {
    if (!call.keys[i].empty()) continue;
    if (std::exchange(any, true)) out.append(between);
    const Value& one = call.arguments[i];
    if (one.kind == ValueKind::list) for_each(one, [&](const Value& item) { out.append(item.as_text()); });
    else out.append(one.as_text());
  }
  return out;
}

bool is_handle(const Value& v) { return v.name == "#out" || (v.kind == ValueKind::name && v.name.find('.') == std::string::npos && v.name.front() != '#'); }

}  // namespace

Value gives_python_print(const Call& call, Walker& walker) {
  Text text = all_of(call, keyed(call, "sep", " "));
  text.append(keyed(call, "end", "\n"));
  const auto file = std::find(call.keys.begin(), call.keys.end(), "file");
  if (file != call.keys.end()) print_into(call.arguments[static_cast<std::size_t>(file - call.keys.begin())], text, walker.session());
  else print(text, call, walker.session());
  return {};
}

Value gives_spaced_line(const Call& call, Walker& walker) {
  Text text = all_of(call, Text(" "));
  text.append("\n");
  print(text, call, walker.session());
  return {};
}

Value gives_lines(const Call& call, Walker& walker) {
  Text text = all_of(call, Text("\n"));
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
  if (!handle || first.name == "STDOUT") {
    print(text, list, session);
    return {};
  }
  const auto file = session.variables.find(kHandle);
  if (first.name != "STDERR" && file != session.variables.end()) print_into(file->second, text, session);
  return {};
}

void bind_handle(const Value& file, Walker& walker) { walker.bind(kHandle, file); }

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
