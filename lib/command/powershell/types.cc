#include <algorithm>
#include <array>
#include <optional>

#include "base/encoding.h"
#include "base/text.h"
#include "command/powershell/code.h"
#include "command/powershell/walker.h"
#include "command/windows/names.h"

/// .NET as scripts use it: files, folders, processes, requests, encodings.
namespace belay::command::powershell {

using model::HoleTrait;
using model::OpaqueReason;
using model::OpKind;

namespace {

using Arguments = std::vector<Value>;

struct Use {
  const Value& object;
  const std::string& method;
  const Arguments& arguments;
  Session& session;
  [[nodiscard]] Value at(std::size_t n) const { return n < arguments.size() ? arguments[n] : Value(); }
};

Value with_all(const Use& use) {
  Value out;
  out.inherit(use.object);
  for (const Value& a : use.arguments) out.inherit(a);
  return out;
}

bool is_true(const Value& v) { return v.is_text() ? !base::iequals(v.text.view(), "false") && v.text.view() != "0" : true; }

// What methods do. Roles of their arguments, in order: r read, w write, d delete, - nothing; c content of the last write, u URL, b body.
struct Row {
  std::string_view type;
  std::string_view methods;  ///< blank separated
  std::string_view roles;
  std::string_view method = "GET";  ///< of a request
};
constexpr std::array kRows{
    Row{"io.file", "delete", "d"},
    Row{"io.file", "readalltext readalllines readallbytes readlines openread opentext", "r"},
    Row{"io.file", "writealltext writealllines writeallbytes appendalltext appendalllines", "wc"},
    Row{"io.file", "create createtext openwrite appendtext open setattributes encrypt", "w"},
    Row{"io.file", "copy", "rw"},
    Row{"io.file", "move replace", "mw"},
    Row{"io.directory", "move", "mw"},
    Row{"io.streamwriter", "new", "w"},
    Row{"io.streamreader", "new", "r"},
    Row{"io.filestream", "new", "w"},
    Row{"io.compression.zipfile", "createfromdirectory extracttodirectory", "Rw"},
    Row{"microsoft.visualbasic.fileio.filesystem", "deletedirectory", "D"},
    Row{"microsoft.visualbasic.fileio.filesystem", "deletefile", "d"},
    Row{"net.webclient", "downloadstring downloaddata openread downloadstringtaskasync", "u"},
    Row{"net.webclient", "downloadfile downloadfileasync downloadfiletaskasync", "uw"},
    Row{"net.webclient", "uploadfile", "ur", "POST"},
    Row{"net.webclient", "uploadstring uploaddata uploadvalues", "ub", "POST"},
    Row{"net.http.httpclient", "getstringasync getasync getbytearrayasync getstreamasync", "u"},
    Row{"net.http.httpclient", "postasync", "ub", "POST"},
    Row{"net.http.httpclient", "putasync patchasync", "ub", "PUT"},
    Row{"net.http.httpclient", "deleteasync", "u", "DELETE"},
    Row{"net.webrequest", "create", "u"},
    Row{"net.sockets.tcpclient", "new connect", "h"},
    Row{"#path", "delete", "@d"},
    Row{"#path", "moveto", "@mw"},
    Row{"#path", "copyto", "@rw"},
    Row{"#path", "opentext openread", "@r"},
    Row{"#path", "openwrite create createtext appendtext", "@w"},
};

bool lists(std::string_view list, std::string_view word) {
  std::size_t at = list.find(word);
  for (; at != std::string_view::npos; at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

std::string type_of(const Value& v) {
  if (v.kind == ValueKind::name) return v.name;
  return v.is_text() ? v.name : std::string();
}

/// The effects of a row; what is read or fetched is in what comes back.
Value apply(const Row& row, const Use& use) {
  Value out;
  Value url = row.roles.starts_with("h") ? Value::of(Text("tcp://")) : Value();
  std::size_t n = 0;
  bool on_object = false;
  for (const char role : row.roles) {
    if (role == '@') {
      on_object = true;
      continue;
    }
    const Value v = on_object ? use.object : use.at(n);
    if (!on_object) ++n;
    on_object = false;
    const Value content = row.roles.find('c') != std::string_view::npos ? as_string(use.at(1)) : out;
    switch (role) {
      case 'r':
      case 'R':
      case 'm': {
        const std::uint32_t op = touch(OpKind::read, v, {role == 'R'}, {}, use.session);
        if (op != model::kNoOperation) out.sources.push_back(op);
        if (role == 'm') (void)touch(OpKind::remove, v, {true}, {}, use.session);
        break;
      }
      case 'w': (void)touch(OpKind::write, v, {}, content, use.session); break;
      case 'd': (void)touch(OpKind::remove, v, {!use.arguments.empty() && is_true(use.arguments.back()) && row.type == kPath}, {}, use.session); break;
      case 'D': (void)touch(OpKind::remove, v, {true}, {}, use.session); break;
      case 'u': {
        const bool body = row.roles.starts_with("ub");
        const Value sent = body ? use.at(use.arguments.size() > 2 ? 2 : 1) : Value();
        if (row.roles == "ur") (void)touch(OpKind::read, use.at(1), {}, {}, use.session);
        fetch(std::string(row.method), v, body ? &sent : nullptr, out, use.session);
        if (row.roles == "ur") return out;
        break;
      }
      case 'h': fetch("CONNECT", operate("+", url, as_string(v)), nullptr, out, use.session); break;
      default: break;
    }
  }
  return out;
}


// Methods that compute or run.

Value start_process(const Use& use) {
  std::vector<Value> argv{use.at(0)};
  if (use.arguments.size() > 1 && use.at(1).is_text()) {
    for (const Text& word : windows::split_line(use.at(1).text)) argv.push_back(Value::of(word));
  } else if (use.arguments.size() > 1) {
    for (const Value& item : items_of(use.at(1))) argv.push_back(item);
  }
  Call call;
  call.plain = false;
  call.name = argv.front();
  for (std::size_t i = 1; i < argv.size(); ++i) call.arguments.push_back({argv[i]});
  return run_command(std::move(call), use.session);
}

/// A whole command line in one text, as WScript.Shell and Win32_Process take it.
Value run_line(const Use& use) {
  const Value line = as_string(use.at(0));
  if (!line.is_text() || line.text.empty()) return {};
  Value words = Value::list({});
  std::vector<Text> argv = windows::split_line(line.text);
  if (argv.empty()) return {};
  Arguments parts{Value::of(argv.front())};
  for (std::size_t i = 1; i < argv.size(); ++i) words.add("", Value::of(argv[i]));
  parts.push_back(words);
  return start_process({use.object, use.method, parts, use.session});
}

/// Bytes that a text can hold.
Value plain_bytes(std::string bytes, const Value& unknown) {
  return bytes.find('\0') == std::string::npos ? Value::typed("#bytes", Text(std::move(bytes))) : unknown;
}

Value from_base64(const Use& use) {
  const Value v = use.at(0);
  Value out = Value::typed("#bytes", Text::hole(HoleTrait::any));
  if (v.is_text() && v.text.literal()) {
    if (const auto wide = decode_command(v.text.view())) out = Value::typed("#wide", Text(*wide));
    else if (base::is_base64(v.text.view())) out = plain_bytes(base::base64_decoded(v.text.view()), out);
  }
  out.inherit(v);
  out.taint.decoded = !out.text.literal();
  return out;
}

Value get_string(const Use& use) {
  Value out = use.at(0);
  if (out.is_text()) out.name.clear();
  if (out.kind == ValueKind::list) out = operate("-join", cast("char[]", out));
  return out;
}

Value reversed(const Use& use) {
  Value out = Value::list({});
  const std::vector<Value> items = items_of(use.at(0));
  for (auto it = items.rbegin(); it != items.rend(); ++it) out.add("", *it);
  return out;
}

Value folder_of(const Use& use) {
  const std::string which = base::lower(use.at(0).as_text().view());
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kFolders{{{"userprofile", "\x02"},
                                                                                    {"desktop", "\x02/Desktop"},
                                                                                    {"mydocuments", "\x02/Documents"},
                                                                                    {"applicationdata", "\x02/AppData/Roaming"},
                                                                                    {"localapplicationdata", "\x02/AppData/Local"},
                                                                                    {"system", "C:\\Windows\\System32"}}};
  for (const auto& [name, path] : kFolders) {
    if (name == which) return Value::of(Text(path));
  }
  return {};
}

Value environment(const Use& use) {
  const Value name = use.at(0);
  return name.is_text() && name.text.literal() ? lookup("env:" + base::lower(name.text.view()), use.session) : Value();
}

Value set_environment(const Use& use) {
  if (use.at(0).is_text() && use.at(0).text.literal()) bind("env:" + base::lower(use.at(0).text.view()), use.at(1), use.session);
  return {};
}

Value load_code(const Use& use) {
  const Value all = with_all(use);
  if (all.taint.network) use.session.effects.opaque(OpaqueReason::download_and_run, "an assembly from the network is loaded");
  else use.session.effects.opaque(OpaqueReason::unknown_code, "an assembly is loaded");
  return {};
}

Value side_by_side(const Use& use) {
  Value out = use.at(0);
  for (std::size_t i = 1; i < use.arguments.size(); ++i) out = operate("+", operate("+", out, Value::of(Text("/"))), use.arguments[i]);
  return out;
}

/// A path from the root takes the place of what stands before it.
Value combine(const Use& use) {
  const auto rooted = [](const Value& v) {
    const std::string_view s = v.is_text() ? v.text.view() : std::string_view();
    return !s.empty() && (s[0] == '/' || s[0] == '\\' || s[0] == inline_code::kHomeMark || (s.size() > 1 && s[1] == ':'));
  };
  std::size_t first = use.arguments.size();
  while (first > 1 && !rooted(use.arguments[first - 1])) --first;
  if (first <= 1) return side_by_side(use);
  return side_by_side({use.object,
                       use.method,
                       {use.arguments.begin() + static_cast<std::ptrdiff_t>(first) - 1, use.arguments.end()},
                       use.session});
}

Value new_token(const Use&) { return made_up_name(); }
Value form_date(const Use& use) { return date_text(use.at(0)); }
Value temporary_folder(const Use&) { return Value::of(Text("/tmp/")); }
Value temporary_file(const Use&) {
  Text path("/tmp/");
  path.append_hole(HoleTrait::none);
  return Value::of(std::move(path));
}
/// Some of the characters of a GUID.
Value part_of_token(const Use& use) {
  const auto from = integer(use.at(0));
  const auto count = integer(use.at(1));
  constexpr long kShortest = 32;
  const bool some = from && *from >= 0 && *from < kShortest && (use.arguments.size() < 2 || (count && *count > 0));
  return some ? made_up_name() : with_all(use);
}

Value concatenate(const Use& use) {
  Value all = Value::list(use.arguments);
  return operate("-join", use.arguments.size() == 1 ? use.arguments[0] : all);
}
Value join(const Use& use) {
  Value rest = use.arguments.size() == 2 ? use.at(1) : Value::list({use.arguments.begin() + (use.arguments.empty() ? 0 : 1), use.arguments.end()});
  return operate("-join", rest, use.at(0));
}
Value string_format(const Use& use) {
  return operate("-f", use.at(0), Value::list({use.arguments.begin() + (use.arguments.empty() ? 0 : 1), use.arguments.end()}));
}
Value make_block(const Use& use) { return cast("scriptblock", as_string(use.at(0))); }
Value invoke(const Use& use) { return type_of(use.object) == kBlock ? run_block(use.object, {}, use.session) : with_all(use); }
Value invoke_script(const Use& use) { return run_block(make_block(use), {}, use.session); }
Value delete_folder(const Use& use) {
  (void)touch(OpKind::remove, use.at(0), {use.arguments.size() > 1 && is_true(use.at(1))}, {}, use.session);
  return {};
}
Value files_in(const Use& use) {
  const bool deep = base::iequals(use.at(2).as_text().view(), "alldirectories") || use.at(2).kind == ValueKind::name;
  Text below = normal_path(use.at(0).as_text(), use.session);
  below.append("/");
  below.append_hole(deep ? HoleTrait::slash | HoleTrait::blank | HoleTrait::each : HoleTrait::glob | HoleTrait::blank);
  return Value::typed(std::string(kPath), below);
}
Value replace_text(const Use& use) {
  if (!use.object.is_text() || !use.object.text.literal() || !use.at(0).is_text() || !use.at(1).is_text()) return with_all(use);
  const std::string from = use.at(0).text.bytes();
  std::string out;
  std::string_view rest = use.object.text.view();
  for (std::size_t at = rest.find(from); !from.empty() && at != std::string_view::npos; at = rest.find(from)) {
    out += std::string(rest.substr(0, at)) + use.at(1).text.bytes();
    rest.remove_prefix(at + from.size());
    if (out.size() > inline_code::kMostText) break;
  }
  return Value::of(Text(out + std::string(rest)));
}
Value lower_text(const Use& use) {
  return use.object.is_text() && use.object.text.literal() ? Value::of(Text(base::lower(use.object.text.view()))) : use.object;
}
/// Blanks, or any of the characters that are given.
Value trimmed(const Use& use) {
  if (!use.object.is_text() || !use.object.text.literal()) return use.object;
  std::string taken;
  for (const Value& given : use.arguments) taken += as_string(given).as_text().bytes();
  if (taken.find('\0') != std::string::npos) return with_all(use);
  if (use.arguments.empty()) taken = " \t\r\n\v\f";
  const std::string_view s = use.object.text.view();
  const std::size_t begin = use.method == "trimend" ? 0 : std::min(s.find_first_not_of(taken), s.size());
  const std::size_t end = use.method == "trimstart" ? s.size() : s.find_last_not_of(taken) + 1;  // npos + 1 is 0
  return Value::of(use.object.text.substr(begin, end - std::min(begin, end)));
}
Value characters(const Use& use) { return cast("char[]", use.object); }
Value substring(const Use& use) {
  const auto from = integer(use.at(0));
  const auto count = integer(use.at(1));
  if (!use.object.is_text() || !use.object.text.literal() || !from || *from < 0) return with_all(use);
  return Value::of(use.object.text.substr(static_cast<std::size_t>(*from), count && *count >= 0 ? static_cast<std::size_t>(*count) : std::string::npos));
}
Value split_text(const Use& use) { return operate("-split", use.object, Value::list({Value::of(Text("\\" + std::string(use.at(0).as_text().view().substr(0, 1))))})); }
Value itself(const Use& use) { return use.object; }
Value each_block(const Use& use) {
  for (const Value& item : items_of(use.object)) (void)run_block(use.at(0), item, use.session);
  return use.object;
}

struct Computed {
  std::string_view type;  ///< `?`: any
  std::string_view methods;
  Value (*gives)(const Use&);
};
constexpr std::array kComputed{
    Computed{"diagnostics.process", "start", start_process},
    Computed{"com:wscript.shell", "run exec", run_line},
    Computed{"com:shell.application", "shellexecute", start_process},
    Computed{"wmiclass", "create", run_line},
    Computed{"io.directory", "delete", delete_folder},
    Computed{"io.directory", "getfiles getdirectories enumeratefiles enumeratedirectories getfilesystementries", files_in},
    Computed{"#path", "getfiles getdirectories enumeratefiles", itself},
    Computed{"io.path", "combine", combine},
    Computed{"io.path", "join", side_by_side},
    Computed{"io.path", "gettemppath", temporary_folder},
    Computed{"io.path", "gettempfilename", temporary_file},
    Computed{"io.path", "getrandomfilename", new_token},
    Computed{"guid", "newguid", new_token},
    Computed{kToken, "substring", part_of_token},
    Computed{kToken, "tostring", itself},
    Computed{kDate, "tostring", form_date},
    Computed{"datetime.now", "tostring", form_date},
    Computed{"datetime.utcnow", "tostring", form_date},
    Computed{"datetime.today", "tostring", form_date},
    Computed{"datetimeoffset.now", "tostring", form_date},
    Computed{"convert", "frombase64string", from_base64},
    Computed{"?", "getstring", get_string},
    Computed{"array", "reverse", reversed},
    Computed{"environment", "getfolderpath", folder_of},
    Computed{"environment", "getenvironmentvariable", environment},
    Computed{"environment", "setenvironmentvariable", set_environment},
    Computed{"environment", "expandenvironmentvariables", itself},
    Computed{"reflection.assembly", "load loadfrom loadfile unsafeloadfrom loadwithpartialname", load_code},
    Computed{"string", "concat", concatenate},
    Computed{"string", "join", join},
    Computed{"string", "format", string_format},
    Computed{"scriptblock", "create", make_block},
    Computed{"?", "invoke invokereturnasis", invoke},
    Computed{"?", "newscriptblock", make_block},
    Computed{"?", "invokescript", invoke_script},
    Computed{"?", "replace", replace_text},
    Computed{"?", "tolower toupper tolowerinvariant toupperinvariant tostring normalize getawaiter getresult", lower_text},
    Computed{"?", "trim trimstart trimend", trimmed},
    Computed{"?", "tochararray", characters},
    Computed{"?", "substring", substring},
    Computed{"?", "split", split_text},
    Computed{"?", "foreach where", each_block},
};

}  // namespace

Value type_named(std::string_view name) {
  std::string low = base::lower(name);
  if (low.starts_with("system.")) low.erase(0, 7);
  return Value::named(low);
}

Value new_object(const std::string& type, const Arguments& arguments, Session& session) {
  const Value v = type_named(type);
  if (v.name == "io.fileinfo" || v.name == "io.directoryinfo") {
    return Value::typed(std::string(kPath), arguments.empty() ? Text::hole(HoleTrait::any) : as_string(arguments.front()).as_text());
  }
  (void)call_method(v, "new", arguments, session);
  return v;
}

Value call_method(const Value& object, const std::string& name, const Arguments& arguments, Session& session) {
  const std::string type = type_of(object);
  if (changes(object, name, arguments, session)) return {};
  if (object.kind == ValueKind::list && name != "foreach" && name != "where") {
    Value out = Value::list({});
    for (const Value& item : object.items) {
      if (type_of(item) == kPath && session.spend()) out.add("", call_method(item, name, arguments, session));
    }
    if (!out.items.empty()) return out;
  }
  const Use use{object, name, arguments, session};
  if (name == "new" && (type == "io.fileinfo" || type == "io.directoryinfo")) return new_object(type, arguments, session);
  for (const Row& row : kRows) {
    if (row.type == type && lists(row.methods, name)) {
      Value out = apply(row, use);
      if (name == "new") return object;
      return out;
    }
  }
  for (const Computed& row : kComputed) {
    if ((row.type == type || row.type == "?") && lists(row.methods, name)) {
      Value out = row.gives(use);
      if (row.type == "?") out.inherit(object);
      return out;
    }
  }
  if (name == "new") return object;
  return with_all(use);
}

Value property(const Value& object, const std::string& name, Session& session) {
  if (object.kind == ValueKind::list) {
    if (const Value* field = object.field(name)) return *field;
  }
  if (object.kind == ValueKind::name) return Value::named(object.name + "." + name);
  if (object.kind == ValueKind::choice) {
    Value out = Value::list({});
    out.kind = ValueKind::choice;
    for (const Value& one : object.items) out.add("", property(one, name, session));
    return out;
  }
  if (type_of(object) == kPath && lists("parent directory directoryname psparentpath", name))
    return folder_above(object, session);
  if (type_of(object) == kPath || type_of(object) == kToken) return object;
  // `$PROFILE.AllUsersAllHosts`: another file that every shell reads.
  if (object.is_text() && object.text.view().ends_with("_profile.ps1") && (name.starts_with("currentuser") || name.starts_with("allusers"))) return object;
  if (name == "length" && object.is_text() && object.text.literal()) return Value::of(Text(std::to_string(object.text.size())));
  (void)session;
  if (name == "path" || name == "value" || name == "fullname" || name == "definition" || name == "name" || name == "source") return object;
  Value out;
  out.inherit(object);
  return out;
}

}  // namespace belay::command::powershell
