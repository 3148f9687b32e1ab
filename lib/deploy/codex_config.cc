#include "deploy/codex_config.h"

#include <string>

#include "base/text.h"
#include "deploy/command_line.h"

namespace belay::deploy {

namespace {

/// Calls `f(table, key, value)` for each line `key = value`.
template <class F>
void each_setting(std::string_view toml, F f) {
  std::string_view table;
  for (std::string_view line : base::split(toml, '\n')) {
    line = base::trim(line);
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[') {
      table = line;
      f(table, std::string_view(), std::string_view());
      continue;
    }
    const std::size_t equals = line.find('=');
    if (equals != std::string_view::npos) f(table, base::trim(line.substr(0, equals)), base::trim(line.substr(equals + 1)));
  }
}

}  // namespace

Feature codex_hooks_feature(std::string_view toml) {
  Feature out = Feature::unsaid;
  each_setting(toml, [&](std::string_view table, std::string_view key, std::string_view value) {
    const bool inside = table.starts_with("[features]") && (key == "hooks" || key == "codex_hooks");
    if (!inside && key != "features.hooks" && key != "features.codex_hooks") return;
    out = value.starts_with("false") ? Feature::off : Feature::on;
  });
  return out;
}

bool codex_trusts(std::string_view config, std::string_view hooks_file) {
  bool trusted = false;
  const std::string table_start = "[hooks.state.\"" + std::string(hooks_file) + ":";
  each_setting(config, [&](std::string_view table, std::string_view key, std::string_view) {
    if (table.starts_with(table_start) && key == "trusted_hash") trusted = true;
  });
  return trusted;
}

std::vector<Registration> codex_managed_hooks(std::string_view requirements) {
  std::vector<Registration> out;
  std::string matcher;
  each_setting(requirements, [&](std::string_view table, std::string_view key, std::string_view value) {
    if (table.starts_with("[[hooks.PreToolUse]]") && key.empty()) matcher.clear();
    if (!table.starts_with("[[hooks.PreToolUse")) return;
    const auto words = first_words(value);  // the quotes of a TOML string are quotes of the shell too
    const std::string text = words.empty() ? std::string() : words[0];
    if (key == "matcher" && text != "*") matcher = text;
    if (key != "command") return;
    Registration found;
    found.shell = text;
    found.argv = first_words(text);
    found.matcher = matcher;
    found.fails_closed = text.find("exit 2") != std::string::npos;
    if (found.argv.size() >= 2 && found.argv[1] == "hook") out.push_back(std::move(found));
  });
  return out;
}

}  // namespace belay::deploy
