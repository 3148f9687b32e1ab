#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "path/compose.h"
#include "path/path.h"
#include "path/spelling_table.h"

/// Spellings of other systems. Ordinary paths are told apart by one pass over their bytes; everything below that is rare.
namespace belay::path {

namespace {

using model::HoleTrait;
using model::kHole;

constexpr std::size_t kNone = std::string_view::npos;

bool begins(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && base::iequals(text.substr(0, lower.size()), lower);
}

bool is_one_of(std::string_view name, const auto& names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view one) { return base::iequals(name, one); });
}

bool is_odd(char c) {
  return c == '\\' || c == ':' || c == '%' || c == '$' || c == '~' || static_cast<unsigned char>(c) >= 0x80U;
}

/// Could the path begin like one of the aliases? Their first two letters tell.
bool begins_oddly(std::string_view path) {
  if (path.size() < 3 || path[0] != '/' || path[2] == '/') return true;
  const char first = base::to_lower(path[1]);
  const char second = base::to_lower(path[2]);
  return first == '.' || (first == 'p' && second == 'r') || (first == 'v' && second == 'o') || (first == 'm' && second == 'n') ||
         (first == 'c' && second == 'y');
}

bool has_odd_name(std::string_view path) {
  char before = '/';
  for (const char c : path) {
    const bool after_dot = before == '.' && (c == '/' || c == '.');
    if (is_odd(c) || after_dot || (c == '/' && before == ' ')) return true;
    before = c;
  }
  return before == '.' || before == ' ';
}

std::string_view first_name(std::string_view path) {
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  return path.substr(0, path.find('/'));
}

Text from(const Text& text, std::size_t at) { return text.substr(std::min(at, text.size())); }

Text joined(std::string_view head, const Text& tail) {
  Text out(head);
  out.append(tail);
  return out;
}

Text with_slashes(const Text& written) {
  Text out;
  std::size_t hole = 0;
  for (const char c : written.view()) {
    if (c == kHole) out.append_hole(written.trait(hole++));
    else out.append(std::string_view(c == '\\' ? "/" : &c, 1));
  }
  return out;
}

/// Somebody's home on a Windows machine.
Text some_home() {
  Text out("/Users/");
  out.append_hole(HoleTrait::none);
  return out;
}

void drop_device_prefix(Text& path) {
  for (const Beginning& prefix : kDevicePrefixes) {
    if (!begins(path.view(), prefix.written)) continue;
    path = joined(prefix.meant, from(path, prefix.written.size()));
    return;
  }
}

/// `//host/share/…`, where the host is this machine or its guest, or the share a whole drive.
void drop_host(Text& path) {
  if (!path.view().starts_with("//")) return;
  const std::size_t share_at = path.view().find('/', 2);
  if (share_at == kNone) return;
  const std::string_view host = path.view().substr(2, share_at - 2);
  const std::size_t end = std::min(path.view().find('/', share_at + 1), path.size());
  const std::string_view share = path.view().substr(share_at + 1, end - share_at - 1);
  const bool drive = share.size() == 2 && base::is_alpha(share[0]) && share[1] == '$';
  if (is_one_of(host, kGuestHosts)) path = joined(end == path.size() ? "/" : "", from(path, end));
  else if (drive) path = joined("/mnt/" + std::string(1, base::to_lower(share[0])), from(path, end));
  else if (is_one_of(host, kOwnHosts)) path = joined("/", from(path, share_at + 1));
}

/// Length of a variable at the front, and its name.
std::pair<std::size_t, std::string_view> variable_at(std::string_view path) {
  const auto until = [&](std::size_t begin, char close) -> std::pair<std::size_t, std::string_view> {
    const std::size_t end = path.find(close, begin);
    if (end == kNone) return {0, {}};
    return {end + 1, path.substr(begin, end - begin)};
  };
  if (path.starts_with('%')) return until(1, '%');
  if (begins(path, "${env:")) return until(6, '}');
  if (!begins(path, "$env:")) return {0, {}};
  const std::size_t end = std::min(path.find_first_of("/\\"), path.size());
  return {end, path.substr(5, end - 5)};
}

void expand_variable(Text& path) {
  const auto [size, name] = variable_at(path.view());
  const std::string_view wanted = name;
  const auto row =
      std::find_if(kVariables.begin(), kVariables.end(), [&](const Beginning& v) { return base::iequals(v.written, wanted); });
  if (size == 0 || row == kVariables.end()) return;
  Text out = row->meant.starts_with('~') ? some_home() : Text();
  out.append(row->meant.substr(row->meant.starts_with('~') ? 1 : 0));
  out.append(from(path, size));
  if (out.empty()) out = Text("/");
  path = std::move(out);
}

/// `C:` and `C:/x`. `C:x`, which lies in some folder of that drive, is not told from a name with a colon.
void mount_drive(Text& path) {
  const std::string_view view = path.view();
  if (view.size() < 2 || !base::is_alpha(view[0]) || view[1] != ':' || (view.size() > 2 && view[2] != '/')) return;
  path = joined("/mnt/" + std::string(1, base::to_lower(view[0])), from(path, 2));
}

Text from_windows(const Text& written, const Text& cwd, const Text& lexical_form) {
  const bool turned = written.view().find('\\') != kNone;
  Text path = turned ? with_slashes(written) : written;
  if (turned && (path.view() == "~" || path.view().starts_with("~/"))) {
    Text home = some_home();
    home.append(from(path, 1));
    path = std::move(home);
  }
  drop_device_prefix(path);
  drop_host(path);
  for (int i = 0; i < 2; ++i) expand_variable(path);  // %HOMEDRIVE%%HOMEPATH%
  mount_drive(path);
  return path == written ? lexical_form : lexical(path, cwd);
}

/// Bytes of `path` that `alias` takes; 0 when it is not that. `?` is a letter.
std::size_t alias_size(std::string_view path, std::string_view alias) {
  if (path.size() < alias.size() || (path.size() > alias.size() && path[alias.size()] != '/')) return 0;
  for (std::size_t i = 0; i < alias.size(); ++i) {
    const char c = base::to_lower(path[i]);
    if (alias[i] == '?' ? !base::is_alpha(c) : c != alias[i]) return 0;
  }
  return alias.size();
}

/// The root of a drive, or what lies there on every Windows machine.
bool is_drive(std::string_view rest, bool root_too) {
  return rest.empty() || rest == "/" ? root_too : is_one_of(first_name(rest), kDriveFolders);
}

Text without_alias(Text path) {
  const std::string_view view = path.view();
  if (begins(view, "/.vol/") || begins(view, "/.file/")) return Text::hole(HoleTrait::slash | HoleTrait::blank);  // by number
  for (const Beginning& alias : kAliases) {
    const std::size_t size = alias_size(view, alias.written);
    if (size == 0 || (alias.written.ends_with('?') && !is_drive(view.substr(size), true))) continue;
    Text out = joined(alias.meant, from(path, size));
    return out.empty() ? Text("/") : out;
  }
  if (alias_size(view, "/?") != 0 && is_drive(view.substr(2), false)) return from(path, 2);
  return path;
}

/// The code point at `i` and its bytes; itself and 1 where the text is not UTF-8.
std::pair<std::uint32_t, std::size_t> code_at(std::string_view s, std::size_t i) {
  const auto byte = [&](std::size_t k) { return i + k < s.size() ? static_cast<unsigned char>(s[i + k]) : 0U; };
  const unsigned first = byte(0);
  const std::size_t size = first < 0xC2U ? 1 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : first < 0xF5U ? 4 : 1;
  if (size == 1) return {first, 1};
  std::uint32_t code = first & (0xFFU >> (size + 1));
  for (std::size_t k = 1; k < size; ++k) {
    if ((byte(k) & 0xC0U) != 0x80U) return {first, 1};
    code = code << 6U | (byte(k) & 0x3FU);
  }
  return {code, size};
}

/// In the form in which rules are written, see compose.h.
Text in_one_form(Text name) {
  const auto form = composed(name.view());
  if (!form) return name;
  Text out;
  std::size_t hole = 0;
  for (std::size_t begin = 0; begin < form->size(); ++begin) {
    const std::size_t end = std::min(form->find(kHole, begin), form->size());
    out.append(std::string_view(*form).substr(begin, end - begin));
    if (end < form->size()) out.append_hole(name.trait(hole++));
    begin = end;
  }
  return out;
}

/// Without what folding file systems do not see.
Text folded(const Text& name) {
  const std::string_view view = name.view();
  Text out;
  std::size_t hole = 0;
  for (std::size_t i = 0; i < view.size();) {
    const auto [code, size] = code_at(view, i);
    const std::uint32_t wanted = code;
    const auto folding = std::find_if(kFoldings.begin(), kFoldings.end(), [&](const Folding& f) { return f.code == wanted; });
    const bool ignored = size > 1 && std::any_of(kIgnorable.begin(), kIgnorable.end(),
                                                 [&](const CodeRange& r) { return r.first <= wanted && wanted <= r.last; });
    if (view[i] == kHole) out.append_hole(name.trait(hole++));
    else if (size > 1 && folding != kFoldings.end()) out.append(std::string_view(&folding->letter, 1));
    else if (!ignored) out.append(view.substr(i, size));
    i += size;
  }
  return in_one_form(std::move(out));
}

/// `name:stream:$TYPE`, of which only the file's own text and a folder's own list are the thing itself.
Text without_stream(const Text& name) {
  const std::size_t colon = name.view().find(':');
  return colon != kNone && colon > 0 && name.view().find(":$", colon) != kNone ? name.substr(0, colon) : name;
}

Text without_final_dots(const Text& name) {
  const std::size_t last = name.view().find_last_not_of(". ");
  return last == kNone ? name : name.substr(0, last + 1);
}

/// `GIT~1`, `SETTIN~1.JSO`: six letters at most, a number, three letters at most.
Text long_name(const Text& name) {
  const std::string_view view = name.view();
  const std::size_t tilde = view.find('~');
  if (tilde == kNone || tilde == 0 || tilde > 6 || tilde + 1 >= view.size() || !base::is_digit(view[tilde + 1])) return name;
  const std::string_view rest = view.substr(tilde + 2);
  if (!name.literal() || (!rest.empty() && (rest[0] != '.' || rest.size() > 4))) return name;
  const auto row =
      std::find_if(kShortNames.begin(), kShortNames.end(), [&](const Beginning& r) { return base::iequals(r.written, view); });
  if (row != kShortNames.end()) return Text(row->meant);
  std::string out = "." + base::lower(view.substr(0, tilde)) + base::lower(rest);
  if (out.ends_with(".jso")) out += 'n';
  return Text(std::move(out));
}

Text plain_name(const Text& name) {
  if (!has_odd_name(name.view())) return name;
  return long_name(without_final_dots(without_stream(folded(name))));
}

/// What follows the first `kept` bytes, which end before a slash.
Text with_plain_names(const Text& path, std::size_t kept) {
  const std::string_view view = path.view();
  Text out = path.substr(0, kept);
  for (std::size_t begin = kept + (kept > 0 ? 1 : 0); begin < view.size();) {
    const std::size_t end = std::min(view.find('/', begin), view.size());
    const Text name = path.substr(begin, end - begin);
    if (base::iequals(name.view(), "..namedfork")) break;  // the parts of a file, named behind it
    if (begin > 0) out.append("/");
    out.append(plain_name(name));
    begin = end + 1;
  }
  return out.empty() ? Text("/") : out;
}

}  // namespace

std::optional<Text> respelled(const Text& written, const Text& cwd, const Text& lexical_form) {
  const std::string_view view = lexical_form.view();
  const std::string_view folder = cwd.view();
  // The working folder is the agent's own word for where it is.
  const bool inside = folder.size() > 1 && view.size() > folder.size() && view.starts_with(folder) && view[folder.size()] == '/';
  const bool odd = has_odd_name(inside ? view.substr(folder.size()) : view) || written.view().starts_with("//");
  if (!odd && !begins_oddly(view)) return std::nullopt;
  Text out = without_alias(from_windows(written, cwd, lexical_form));
  out = with_plain_names(out, inside && out == lexical_form ? folder.size() : 0);
  if (out == lexical_form) return std::nullopt;
  return out;
}

}  // namespace belay::path
