#include <array>
#include <string>
#include <utility>

#include "agent/protocol.h"
#include "base/text.h"

namespace belay::agent {

namespace {

using base::Errc;
using base::fail;
using json::Value;
using model::Call;

constexpr std::size_t kMaxFields = 10'000;

/// Member at `a.b.c`.
Value at_path(Value object, std::string_view path) {
  while (object && !path.empty()) {
    const std::size_t dot = path.find('.');
    object = object[path.substr(0, dot)];
    path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
  }
  return object;
}

base::Error wrong(const Call& call, std::string_view key, std::string_view what) {
  return {Errc::invalid, "the input of `" + base::printable(call.tool) + "`: `" + std::string(key) + "` " + std::string(what)};
}

/// Calls `use(value)` for each key of the list that is there; false from `use` is "not the right type".
template <class Use>
base::Result<std::size_t> each_key(const Call& call, Value input, std::string_view keys, const Use& use) {
  std::size_t found = 0;
  while (!keys.empty()) {
    const std::size_t end = keys.find(' ');
    const std::string_view key = keys.substr(0, end);
    keys.remove_prefix(end == std::string_view::npos ? keys.size() : end + 1);
    const Value v = at_path(input, key);
    if (!v || v.kind() == json::Kind::null) continue;
    if (!use(v)) return tl::unexpected(wrong(call, key, "is not of the right type"));
    if (v.text().find('\0') != std::string_view::npos) return tl::unexpected(wrong(call, key, "holds a NUL character"));
    ++found;
  }
  return found;
}

/// The strings under `keys`, which name places or code: NUL is refused.
base::Result<std::vector<std::string_view>> strings(const Call& call, Value input, std::string_view keys) {
  std::vector<std::string_view> out;
  BELAY_CHECK(each_key(call, input, keys, [&](Value v) {
    if (v.is_string()) out.push_back(v.text());
    return v.is_string();
  }));
  return out;
}

/// Text being written: any bytes. Several present keys are joined by a newline.
std::string contents(Value input, std::string_view keys) {
  std::string out;
  while (!keys.empty()) {
    const std::size_t end = keys.find(' ');
    const Value v = at_path(input, keys.substr(0, end));
    keys.remove_prefix(end == std::string_view::npos ? keys.size() : end + 1);
    if (!v.is_string()) continue;
    if (!out.empty()) out += '\n';
    out += v.text();
  }
  return out;
}

bool argv_of(Value list, std::vector<std::string>& argv) {
  for (Value v = list.first(); v; v = v.next()) {
    if (!v.is_string() || v.text().find('\0') != std::string_view::npos) return false;
    argv.emplace_back(v.text());
  }
  return !argv.empty();
}

base::Result<void> add_shell(const Tool& row, Value input, Call& call) {
  const auto dialect = row.shape == Shape::powershell ? model::Dialect::powershell : model::Dialect::bash;
  BELAY_CHECK(each_key(call, input, row.a, [&](Value v) {
    std::vector<std::string> argv;
    if (v.is_string()) call.actions.emplace_back(model::RunShell{std::string(v.text()), dialect});
    else if (v.is_array() && argv_of(v, argv)) call.actions.emplace_back(model::RunArgv{std::move(argv)});
    else return false;
    return true;
  }));
  return {};
}

/// `rm x{enter}` is typed text with the names of keys in braces: enter ends a line, every other key only moves about.
std::string typed_text(std::string_view s) {
  std::string out;
  while (!s.empty()) {
    const std::size_t open = s.find('{');
    out += s.substr(0, open);
    if (open == std::string_view::npos) break;
    s.remove_prefix(open);
    const std::size_t close = s.find('}');
    const std::string_view key = s.substr(1, close == std::string_view::npos ? 0 : close - 1);
    constexpr std::array<std::string_view, 7> kMoves{"up", "down", "left", "right", "backspace", "tab", "escape"};
    bool known = key == "enter";
    for (const std::string_view move : kMoves) known = known || key == move;
    if (known && key == "enter") out += '\n';
    if (!known) out += '{';
    s.remove_prefix(known ? close + 1 : 1);
  }
  return out;
}

base::Result<void> add_keystrokes(const Tool& row, Value input, Call& call) {
  BELAY_TRY(const auto texts, strings(call, input, row.a));
  for (const std::string_view text : texts) {
    std::string typed = typed_text(text);
    if (base::trim(typed).empty()) call.actions.emplace_back(model::Harmless{});
    else call.actions.emplace_back(model::RunShell{std::move(typed), model::Dialect::bash});
  }
  return {};
}

base::Result<void> add_file(const Tool& row, Value input, Call& call) {
  BELAY_TRY(const auto paths, strings(call, input, row.a));
  const bool reads = row.shape == Shape::read || (row.shape == Shape::editor && input.string_at("command") == "view");
  for (const std::string_view path : paths) {
    if (reads) call.actions.emplace_back(model::ReadFile{std::string(path)});
    else call.actions.emplace_back(model::WriteFile{std::string(path), contents(input, row.b)});
  }
  return {};
}

base::Result<void> add_edits(const Tool& row, Value input, Call& call) {
  BELAY_TRY(const auto paths, strings(call, input, row.a));
  const Value edits = input["edits"];
  if (edits && !edits.is_array()) return tl::unexpected(wrong(call, "edits", "is not of the right type"));
  std::string text;
  for (Value edit = edits.first(); edit; edit = edit.next()) {
    if (!text.empty()) text += '\n';
    text += contents(edit, row.b);
  }
  for (const std::string_view path : paths) call.actions.emplace_back(model::WriteFile{std::string(path), text});
  return {};
}

std::string join(std::string_view folder, std::string_view below) {
  if (folder.empty() || below.starts_with('/') || below.starts_with('~')) return std::string(below);
  if (below.empty()) return std::string(folder);
  return std::string(folder) + (folder.ends_with('/') ? "" : "/") + std::string(below);
}

/// A pattern may leave the folder it is given with (`/etc/*`, `../../.ssh/*`): its fixed front belongs to the folder.
model::SearchFiles search(std::string_view folder, std::string_view pattern, bool reads_content) {
  const std::size_t meta = pattern.find_first_of("*?[{");
  const std::size_t slash = pattern.substr(0, meta).rfind('/');
  std::string_view front;
  if (slash != std::string_view::npos) {
    front = pattern.substr(0, slash == 0 ? 1 : slash);
    pattern.remove_prefix(slash + 1);
  }
  std::string base = join(folder, front);
  return {base.empty() ? "." : std::move(base), std::string(pattern), reads_content};
}

base::Result<void> add_search(const Tool& row, Value input, Call& call) {
  BELAY_TRY(auto folders, strings(call, input, row.a));
  BELAY_TRY(auto patterns, strings(call, input, row.b));
  if (folders.empty()) folders.emplace_back();
  if (patterns.empty()) patterns.emplace_back(row.shape == Shape::list ? "*" : "");
  for (const std::string_view folder : folders) {
    for (const std::string_view pattern : patterns) {
      call.actions.emplace_back(search(folder, pattern, row.shape == Shape::find_text));
    }
  }
  return {};
}

void add_pattern(std::string_view pattern, Call& call) {
  if (pattern.find_first_of("*?[{") == std::string_view::npos) call.actions.emplace_back(model::ReadFile{std::string(pattern)});
  else call.actions.emplace_back(search({}, pattern, true));
}

base::Result<void> add_many(const Tool& row, Value input, Call& call) {
  BELAY_CHECK(each_key(call, input, row.a, [&](Value v) {
    if (v.is_string()) {
      add_pattern(v.text(), call);
      return true;
    }
    for (Value path = v.first(); path; path = path.next()) {
      if (!path.is_string() || path.text().find('\0') != std::string_view::npos) return false;
      add_pattern(path.text(), call);
    }
    return v.is_array();
  }));
  return {};
}

/// URLs in prose, each up to a blank, quote or bracket and without the punctuation of the sentence.
std::vector<std::string> urls_in(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    std::size_t begin = at;
    while (begin > 0 && (base::is_alpha(text[begin - 1]) || base::is_digit(text[begin - 1]) || text[begin - 1] == '+')) --begin;
    if (begin == at) continue;
    std::size_t end = text.find_first_of(" \t\r\n\"'`<>()[]{}|\\^", at + 3);
    if (end == std::string_view::npos) end = text.size();
    while (end > at + 3 && std::string_view(".,;:!?").find(text[end - 1]) != std::string_view::npos) --end;
    if (end > at + 3) out.emplace_back(text.substr(begin, end - begin));
  }
  return out;
}

base::Result<void> add_fetch(const Tool& row, Value input, Call& call) {
  BELAY_TRY(const auto texts, strings(call, input, row.a));
  for (const std::string_view text : texts) {
    if (row.shape == Shape::fetch) {
      call.actions.emplace_back(model::FetchUrl{std::string(text)});
      continue;
    }
    auto urls = urls_in(text);
    if (urls.empty()) call.actions.emplace_back(model::Harmless{});
    for (std::string& url : urls) call.actions.emplace_back(model::FetchUrl{std::move(url)});
  }
  return {};
}

base::Result<void> add_patch(const Tool& row, Value input, Call& call) {
  BELAY_TRY(const auto texts, strings(call, input, row.a));
  for (const std::string_view text : texts) BELAY_CHECK(read_patch(text, call));
  return {};
}

base::Result<void> add_row(const Tool& row, Value input, Call& call) {
  switch (row.shape) {
    case Shape::harmless: call.actions.emplace_back(model::Harmless{}); return {};
    case Shape::shell:
    case Shape::powershell: return add_shell(row, input, call);
    case Shape::keystrokes: return add_keystrokes(row, input, call);
    case Shape::read:
    case Shape::write:
    case Shape::editor: return add_file(row, input, call);
    case Shape::edits: return add_edits(row, input, call);
    case Shape::find_names:
    case Shape::find_text:
    case Shape::list: return add_search(row, input, call);
    case Shape::read_many: return add_many(row, input, call);
    case Shape::fetch:
    case Shape::fetch_in_text: return add_fetch(row, input, call);
    case Shape::patch: return add_patch(row, input, call);
  }
  return {};
}

base::Result<bool> add_known(const Protocol& protocol, Value input, Call& call) {
  std::string_view wanted;
  for (const Tool& row : protocol.tools) {
    if (row.name != call.tool) continue;
    wanted = row.a;
    BELAY_CHECK(add_row(row, input, call));
  }
  if (wanted.data() == nullptr) return !call.actions.empty();
  if (call.actions.empty()) {
    return fail(Errc::invalid, "the input of `" + base::printable(call.tool) + "` has none of: " + std::string(wanted));
  }
  return true;
}

base::Result<void> flatten_into(Value value, std::string& place, std::vector<model::Field>& out) {
  const std::size_t length = place.size();
  std::size_t index = 0;
  for (Value v = value.first(); v; v = v.next()) {
    if (value.is_array()) place += '[' + std::to_string(index++) + ']';
    else (place += place.empty() ? "" : ".") += v.key();
    if (v.is_object() || v.is_array()) {
      BELAY_CHECK(flatten_into(v, place, out));  // as deep as the reader allows
    } else if (v.kind() != json::Kind::null) {
      if (out.size() >= kMaxFields)
        return fail(Errc::too_large, "a tool input with more than " + std::to_string(kMaxFields) + " values");
      out.push_back({place, std::string(v.text())});
    }
    place.resize(length);
  }
  return {};
}

}  // namespace

base::Result<std::vector<model::Field>> flatten(Value value) {
  std::vector<model::Field> out;
  std::string place;
  BELAY_CHECK(flatten_into(value, place, out));
  return out;
}

base::Result<void> read_tool(const Protocol& protocol, Value payload, Value input, Call& call) {
  const auto known = add_known(protocol, input, call);
  // A tool of an agent without a dialect may only share its name with one we know.
  if (!known && call.agent != model::Agent::unknown) return tl::unexpected(known.error());
  if (known && *known) {
    // Gemini runs a command in the folder that the call names; the project stays where it is.
    const std::string_view folder = protocol.agent == model::Agent::gemini ? input.string_at("dir_path") : std::string_view();
    if (!folder.empty() && std::holds_alternative<model::RunShell>(call.actions.front())) call.cwd = join(call.cwd, folder);
    return {};
  }
  call.actions.clear();
  BELAY_TRY(auto fields, flatten(input));
  std::vector<std::string> names = protocol.mcp == nullptr ? std::vector<std::string>() : protocol.mcp(call.tool, payload);
  if (names.empty()) names.push_back(call.tool);
  for (std::string& name : names) {
    const bool last = &name == &names.back();
    call.actions.emplace_back(model::UseTool{std::move(name), last ? std::move(fields) : fields});
  }
  return {};
}

}  // namespace belay::agent
