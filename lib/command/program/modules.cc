#include "command/program/modules.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace belay::command::program {

namespace {

/// `%` in a pattern is the name of the module, with slashes. Patterns are separated by blanks.
struct ModuleRow {
  std::string_view language;
  std::string_view modules;  ///< files of a module that is named
  std::string_view paths;    ///< … that is given as a path
  std::string_view started;  ///< … that is started by its path
  bool packages = false;     ///< those around it are read before it
};
constexpr std::array kModules{
    ModuleRow{"python", "%.py %/__init__.py %/__main__.py", "%", "%/__main__.py", true},
    ModuleRow{"javascript", "node_modules/%.js node_modules/%/index.js node_modules/%/index.mjs", "% %.js %.mjs %.cjs %.ts %.tsx %/index.js %/index.mjs %/index.ts",
              "%.js %/index.js %.mjs %.cjs %.ts %/index.ts"},
    ModuleRow{"perl", "%.pm", "%", ""},
    ModuleRow{"raku", "%.rakumod %.pm6", "%", ""},
    ModuleRow{"ruby", "%.rb %", "%.rb %", ""},
    ModuleRow{"java", "%.java %.kt %.scala", "%", ""},
    ModuleRow{"php", "%", "%", ""},
    ModuleRow{"lua", "%.lua %/init.lua", "%", ""},
    ModuleRow{"c", "%", "%", ""},
    ModuleRow{"rust", "%.rs %/mod.rs", "%", ""},
};

constexpr std::string_view kJavaScript = "javascript";

const ModuleRow* row_of(std::string_view language) {
  const auto* const row = std::find_if(kModules.begin(), kModules.end(), [&](const ModuleRow& r) { return r.language == language; });
  return row == kModules.end() ? nullptr : row;
}

std::string filled(std::string_view pattern, std::string_view name) {
  std::string out(pattern);
  out.replace(out.find('%'), 1, name);
  return out;
}

bool is_path(std::string_view name) { return name.find('/') != std::string_view::npos || name.ends_with(".pm") || name.ends_with(".pl") || name.ends_with(".java"); }

/// `a.b.c`, `A::B` with slashes; dots at the front of a Python name say where it begins.
std::string with_slashes(std::string_view name) {
  std::string out;
  for (std::size_t i = name.find_first_not_of('.'); i < name.size(); ++i) {
    const bool colons = name.substr(i, 2) == "::";
    out += colons || name[i] == '.' ? '/' : name[i];
    i += colons ? 1U : 0U;
  }
  return out;
}

void load_files(const ModuleRow& row, std::string_view patterns, std::string_view name, const Change& change, Effects& effects) {
  Change inside = change;
  inside.parts = true;
  for (const std::string_view pattern : base::split_blank(patterns)) {
    for (const std::string& file : effects.written_like(filled(pattern, name))) {
      if (effects.first_load(file)) effects.run_file(Text(file), row.language, {Text(file)}, inside);
    }
  }
}

/// The file that a package.json names as the one that is loaded, beside it.
std::string entry_of(const std::string& package, Effects& effects) {
  const std::optional<Text> text = effects.written_text(Text(package));
  if (!text) return {};
  for (const std::string_view key : {"\"main\"", "\"module\"", "\"exports\""}) {
    const std::string_view v = text->view();
    std::size_t at = v.find(key);
    if (at == std::string_view::npos) continue;
    at = v.find_first_not_of(" \t\r\n:", at + key.size());
    if (at == std::string_view::npos || v[at] != '"') continue;
    return package.substr(0, package.rfind('/') + 1) + std::string(v.substr(at + 1, v.find('"', at + 1) - at - 1));
  }
  return {};
}

void load_package(const ModuleRow& row, std::string_view name, const Change& change, Effects& effects) {
  if (row.language != kJavaScript) return;
  for (const std::string& package : effects.written_like(std::string(name) + "/package.json")) {
    const std::string entry = entry_of(package, effects);
    if (!entry.empty() && effects.first_load(entry)) effects.run_file(Text(entry), row.language, {Text(entry)}, change);
  }
}

/// Modules that run the script or the module that they are given.
constexpr std::array<std::string_view, 17> kRunners{"cProfile", "profile",  "pdb",       "trace",   "runpy",     "coverage", "memory_profiler", "kernprof", "pyinstrument",
                                                    "unittest", "doctest",  "debugpy",   "scalene", "viztracer", "IPython",  "nose2",           "torch.distributed.run"};

}  // namespace

std::string_view below_here(std::string_view path) {
  while (path.starts_with("./") || path.starts_with("../") || path.starts_with('/')) path.remove_prefix(path.find('/') + 1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return path == "." || path == ".." ? std::string_view() : path;
}

void run_given(const Text& module, const Change& change, Effects& effects) {
  if (!effects.has_written() || std::find(kRunners.begin(), kRunners.end(), module.view()) == kRunners.end()) return;
  const auto& argv = effects.invocation().argv;
  const auto named = std::find(argv.begin(), argv.end(), module);
  for (auto it = named; it != argv.end(); ++it) {
    if (it->view().ends_with(".py") && effects.first_load(it->bytes())) effects.run_file(*it, "python", {*it}, change);
    else if (it != named) load_module("python", *it, change, effects);
  }
}

void load_module(std::string_view language, const Text& name, const Change& change, Effects& effects) {
  const ModuleRow* const row = row_of(language);
  if (row == nullptr || !name.literal()) return;
  std::string_view v = name.view();
  if (v.starts_with("/dev/")) return effects.run_file(name, row->language, {name}, change);  // a stream
  if (v.empty() || !effects.has_written()) return;
  if (const auto colon = v.find(':'); colon != std::string_view::npos && v.substr(colon, 2) != "::") v = v.substr(0, colon);  // `module:application`
  if (is_path(v)) {
    const std::string_view path = below_here(v);
    if (!path.empty()) load_files(*row, row->paths, path, change, effects);
    if (!path.empty()) load_package(*row, path, change, effects);
    if (!v.starts_with('.') && !v.starts_with('/')) load_files(*row, row->modules, path, change, effects);
    return;
  }
  load_package(*row, v, change, effects);
  const std::string whole = language == "javascript" || language == "ruby" || language == "php" || language == "c" ? std::string(v) : with_slashes(v);
  for (std::size_t end = row->packages ? whole.find('/') : whole.size(); !whole.empty(); end = whole.find('/', end + 1)) {
    load_files(*row, row->modules, std::string_view(whole).substr(0, end), change, effects);
    if (end >= whole.size()) break;
  }
}

void load_named(std::string_view language, const Text& file, const Change& change, Effects& effects) {
  if (!file.literal() || file.view().starts_with('/')) {
    if (effects.first_load(file.bytes())) effects.run_file(file, language, {file}, change);
    return;
  }
  std::string_view path = file.view();
  if (path.starts_with("~/")) path.remove_prefix(2);
  path = below_here(path);
  for (const std::string& found : path.empty() ? std::vector<std::string>() : effects.written_like(path)) {
    if (effects.first_load(found)) effects.run_file(Text(found), language, {Text(found)}, change);
  }
}

std::vector<std::string> started_names(std::string_view language, std::string_view file, Effects& effects) {
  const ModuleRow* const row = row_of(language);
  std::vector<std::string> out;
  if (row == nullptr) return out;
  while (file.size() > 1 && file.ends_with('/')) file.remove_suffix(1);
  if (language == kJavaScript) {
    const std::string entry = entry_of(std::string(file) + "/package.json", effects);
    if (!entry.empty()) out = {entry, entry + ".js", entry + "/index.js"};
  }
  for (const std::string_view pattern : base::split_blank(row->started)) out.push_back(filled(pattern, file));
  return out;
}

}  // namespace belay::command::program
