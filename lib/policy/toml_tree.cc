#include "policy/toml_tree.h"

#define TOML_MAX_NESTED_VALUES 32
#include <toml++/toml.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "policy/diag_table.h"

namespace belay::policy {

namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 20U;
constexpr std::size_t kMaxDots = 32;
/// Arrays of tables inside each other and dotted keys deepen the tree without nesting values; nothing we read needs half of this.
constexpr int kMaxLevels = 64;

/// toml++ counts lines from 1 and columns in code points from 1; we count bytes.
std::uint32_t byte_offset(const base::SourceText& source, toml::source_position at) {
  const auto line = source.line(at.line);
  std::size_t byte = 0;
  for (toml::source_index column = 1; column < at.column && byte < line.size(); ++column) {
    do ++byte;
    while (byte < line.size() && (static_cast<unsigned char>(line[byte]) & 0xC0U) == 0x80U);
  }
  return source.offset({at.line, 1}) + static_cast<std::uint32_t>(byte);
}

Span span_of(const base::SourceText& source, const toml::source_region& region) {
  const Span span{byte_offset(source, region.begin), byte_offset(source, region.end)};
  return {span.begin, std::max(span.begin, span.end)};
}

TomlValue convert(const base::SourceText& source, const toml::node& node, int levels);

void convert_table(const base::SourceText& source, const toml::table& table, TomlValue& out, int levels) {
  for (auto&& [key, value] : table) {
    out.members.push_back({std::string(key.str()), span_of(source, key.source()), convert(source, value, levels)});
  }
  // toml++ keeps tables sorted by key; people read in the order of writing.
  std::stable_sort(out.members.begin(), out.members.end(),
                   [](const TomlMember& a, const TomlMember& b) { return a.key_span.begin < b.key_span.begin; });
}

TomlValue convert(const base::SourceText& source, const toml::node& node, int levels) {
  TomlValue out;
  out.span = span_of(source, node.source());
  if (const auto* table = node.as_table()) {
    if (levels > 0) convert_table(source, *table, out, levels - 1);
  } else if (const auto* array = node.as_array()) {
    out.kind = TomlKind::array;
    for (const auto& item : *array) {
      if (levels > 0) out.items.push_back(convert(source, item, levels - 1));
    }
    // An array of tables reports the stretch of all its headers; its first header is the place to point at.
    if (array->is_array_of_tables() && !out.items.empty() && !array->front().as_table()->is_inline())
      out.span = out.items.front().span;
  } else if (const auto* text = node.as_string()) {
    out.kind = TomlKind::string;
    out.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = TomlKind::integer;
    out.integer = integer->get();
  } else if (const auto* flag = node.as_boolean()) {
    out.kind = TomlKind::boolean;
    out.flag = flag->get();
  } else if (node.is_floating_point()) {
    out.kind = TomlKind::real;
  } else {
    out.kind = TomlKind::date;
    out.text = std::string(source.text().substr(out.span.begin, out.span.end - out.span.begin));
  }
  return out;
}

/// Length of the string that begins at `at` (a quote), its quotes included; to the end of the text when it is never closed.
std::size_t quoted_length(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string_view triple = quote == '"' ? "\"\"\"" : "'''";
  const bool multi = text.substr(at, 3) == triple;
  for (std::size_t i = at + (multi ? 3 : 1); i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') ++i;
    else if (!multi && (text[i] == quote || text[i] == '\n')) return i + 1 - at;
    else if (multi && text.substr(i, 3) == triple) return i + 3 - at;
  }
  return text.size() - at;
}

/// Where a key has more dots than a key may have. toml++ makes a table per dot and takes them down by recursion, so this has to be
/// seen before it reads the text.
std::optional<std::size_t> overlong_key(std::string_view text) {
  std::size_t dots = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '"' || c == '\'') {
      i += quoted_length(text, i);
      continue;
    }
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
      continue;
    }
    if (c == '.' && ++dots > kMaxDots) return i;
    if (c == '\n' || c == '=' || c == ',' || c == '{' || c == '[') dots = 0;
    ++i;
  }
  return std::nullopt;
}

/// True when the bytes may be given to toml++.
bool acceptable(const SourcePtr& source, base::Diagnostics& out) {
  const std::string_view text = source->text();
  const auto refuse = [&](Code code, std::size_t at, std::string message) {
    const auto begin = static_cast<std::uint32_t>(at);
    report(out, source, {begin, begin}, {code, std::move(message), "", ""});
    return false;
  };
  if (text.size() > kMaxBytes) return refuse(Code::too_large, 0, "the file is larger than 1 MiB");
  if (text.substr(0, 3) == "\xEF\xBB\xBF") return refuse(Code::bad_text, 0, "the file begins with a byte order mark");
  if (const auto nul = text.find('\0'); nul != std::string_view::npos)
    return refuse(Code::bad_text, nul, "the file contains a NUL byte");
  if (!base::valid_utf8(text)) {
    std::uint32_t line = 1;
    while (base::valid_utf8(source->line(line)) && source->offset({line + 1, 1}) > source->offset({line, 1})) ++line;
    return refuse(Code::bad_text, source->offset({line, 1}), "this line is not UTF-8");
  }
  if (const auto at = overlong_key(text)) return refuse(Code::syntax, *at, "the key has more than 32 parts");
  return true;
}

/// toml++ begins its sentences with a capital and names its own macro; ours do neither.
std::string tidy(std::string_view description) {
  std::string out(description);
  if (!out.empty()) out[0] = base::to_lower(out[0]);
  if (const auto macro = out.find(" (TOML_"); macro != std::string::npos) out.resize(macro);
  for (char& c : out) {
    if (c == '\'') c = '`';
  }
  return out;
}

}  // namespace

std::string_view name_of(TomlKind kind) {
  switch (kind) {
    case TomlKind::string: return "a string";
    case TomlKind::integer: return "an integer";
    case TomlKind::real: return "a number";
    case TomlKind::boolean: return "a boolean";
    case TomlKind::date: return "a date";
    case TomlKind::array: return "a list";
    case TomlKind::table: return "a table";
  }
  return "a table";
}

const TomlMember* TomlValue::find(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(), [&](const TomlMember& m) { return m.key == key; });
  return found == members.end() ? nullptr : &*found;
}

std::optional<TomlValue> read_toml(const std::shared_ptr<const base::SourceText>& source, base::Diagnostics& out) {
  if (!acceptable(source, out)) return std::nullopt;
  const auto result = toml::parse(source->text(), source->name());
  if (!result) {
    report(out, source, span_of(*source, result.error().source()), {Code::syntax, tidy(result.error().description()), "", ""});
    return std::nullopt;
  }
  TomlValue root;
  root.span = {0, 0};
  convert_table(*source, result.table(), root, kMaxLevels);
  return root;
}

}  // namespace belay::policy
