#include "command/inline/functions.h"

#include "command/inline/printing.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/text.h"
#include "command/program/roles.h"

namespace belay::command::inline_code {

using model::HoleTrait;

namespace {

Value first_of(const Call& call) {
  if (const Value* v = call.positional(0)) return *v;
  return call.callee.self ? *call.callee.self : Value();
}
Value object_of(const Call& call) { return call.callee.self ? *call.callee.self : Value(); }

Value decoded_unknown(const Call& call) {
  Value out = Value::of(Text::hole(HoleTrait::any));
  for (const Value& a : call.arguments) out.inherit(a);
  out.taint.decoded = true;
  return out;
}

std::string base64(std::string_view s) { return base::base64_decoded(s, base::Base64::url_safe_too); }
std::string hex(std::string_view s) { return base::hex_decoded(s); }

std::string rot13(std::string_view s) {
  std::string out(s);
  for (char& c : out) {
    const char l = base::to_lower(c);
    if (base::is_alpha(c)) c = static_cast<char>(l < 'n' ? c + 13 : c - 13);
  }
  return out;
}

using Decoder = std::string (*)(std::string_view);
Value decoded(const Call& call, const Value& input, Decoder decoder) {
  if (!input.is_text() || !input.text.literal()) return decoded_unknown(call);
  Value out = Value::of(Text(decoder(input.text.view())));
  out.inherit(input);
  return out;
}

struct Encoding {
  std::string_view name;
  Decoder decoder;
};
constexpr std::array kEncodings{Encoding{"base64", base64}, Encoding{"base64url", base64}, Encoding{"hex", hex},
                                Encoding{"rot13", rot13},   Encoding{"rot_13", rot13},     Encoding{"rot-13", rot13}};

Value join_with(const Text& separator, const Value& list) {
  Value out = Value::of(Text());
  bool first = true;
  if (list.kind == ValueKind::unknown || list.kind == ValueKind::name) return {};
  for_each(list, [&](const Value& item) {
    if (!std::exchange(first, false)) out = joined(out, Value::of(separator));
    out = joined(out, item);
  });
  return out;
}

}  // namespace

long number_of(const Value& v) {
  const Text text = v.as_text();
  const std::string_view s = text.view();
  const bool is_hex = s.substr(0, 2) == "0x";
  long out = 0;
  for (const char c : s.substr(is_hex ? 2 : 0)) {
    const char l = base::to_lower(c);
    const int d = base::is_digit(c) ? c - '0' : is_hex && l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
    if (d < 0 || out > 0x10FFFF) return -1;
    out = out * (is_hex ? 16 : 10) + d;
  }
  return s.empty() ? -1 : out;
}

Value gives_first(const Call& call, Walker&) { return first_of(call); }

Value gives_object(const Call& call, Walker&) { return object_of(call); }

Value gives_network(const Call&, Walker&) {
  Value out = Value::typed("#network", Text::hole(HoleTrait::any));
  out.taint.network = true;
  return out;
}

Value gives_library(const Call&, Walker&) { return Value::named("#Library"); }

Value gives_file(const Call& call, Walker& walker) {
  if (!walker.session().command.empty()) return gives_process(call, walker);  // open("|command")
  const Value* path = call.argument(0, "file");
  const Value* mode = call.argument(1, "mode");
  const bool method = call.callee.self && call.callee.self->name == "#Path";
  if (method) path = call.callee.self.get(), mode = call.argument(0, "mode");
  const bool writes = mode != nullptr && mode->as_text().view().find_first_of("wax+>") != std::string_view::npos;
  return Value::typed(writes ? "#out" : "#in", path == nullptr ? Text::hole(HoleTrait::any) : path->as_text());
}

Value gives_stream(const Call& call, Walker&) { return Value::typed("#out", first_of(call).as_text()); }

Value gives_perl_file(const Call& call, Walker& walker) {
  const Value* mode = call.positional(1);
  const bool writes = mode != nullptr && mode->as_text().view().find('>') != std::string_view::npos;
  const Value* path = call.positional(2) != nullptr ? call.positional(2) : mode;
  Text name = path == nullptr ? Text::hole(HoleTrait::any) : path->as_text();
  name = name.substr(std::min(name.view().find_first_not_of("<>+ "), name.size()));
  Value out = Value::typed(writes ? "#out" : "#in", std::move(name));
  if (writes) bind_handle(call.positional(0), out, walker);
  return out;
}

/// Standard input under its number and its names.
bool names_input(std::string_view path) {
  return path == "0" || path == "php://stdin" || (path != "-" && program::is_standard_input(path));
}

/// Known when it is a file that the call wrote.
Value gives_contents(const Call& call, Walker& walker) {
  const Value object = object_of(call);
  const bool method = object.name == "#Path" || object.name == "#in" || object.name == "#out";
  const Value path = method ? object : first_of(call);
  if (path.text.literal() && names_input(path.text.view())) return gives_input(call, walker);
  const auto text = path.is_text() && path.text.literal() ? walker.session().effects.written_text(path.text) : std::nullopt;
  return Value::typed("#contents", text ? *text : Text::hole(HoleTrait::any));
}

Value gives_joined(const Call& call, Walker&) {
  return call.arguments.empty() ? Value() : join_with(object_of(call).as_text(), call.arguments.front());
}
Value gives_js_joined(const Call& call, Walker& walker) {
  const std::string_view between = walker.dialect().has(Trait::percent_literals) ? "" : ",";
  return join_with(call.arguments.empty() ? Text(between) : call.arguments.front().as_text(), object_of(call));
}

Value gives_perl_joined(const Call& call, Walker&) {
  const Value* separator = call.positional(0);
  if (separator == nullptr || call.arguments.size() < 2) return {};
  Value list = Value::list({});
  for (std::size_t i = 1; i < call.arguments.size(); ++i) list.add("", call.arguments[i]);
  return join_with(separator->as_text(), list);
}

Value gives_table_joined(const Call& call, Walker&) {
  const Value* list = call.positional(0);
  const Value* separator = call.positional(1);
  return list == nullptr ? Value() : join_with(separator == nullptr ? Text() : separator->as_text(), *list);
}

Value gives_rot13(const Call& call, Walker&) { return decoded(call, first_of(call), rot13); }

Value gives_concatenated(const Call& call, Walker& walker) {
  if (call.callee.self && call.callee.self->kind == ValueKind::list) return gives_list_joined(call, walker);
  Value out = call.callee.self && call.callee.self->is_text() ? *call.callee.self : Value::of(Text());
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (call.keys[i].empty()) for_each(call.arguments[i], [&](const Value& part) { out = joined(out, part); });
  }
  return out;
}

namespace {

/// The first `most` places.
Value replaced(const Call& call, Walker& walker, std::size_t most) {
  Value out = object_of(call);
  const Value* from = call.positional(0);
  const Value* to = call.positional(1);
  Value returned;
  if (to != nullptr && walker.acts(*to)) {
    Call inner;
    inner.callee = *to;
    inner.add(out);
    returned = walker.apply(inner);
    to = &returned;
  }
  if (!out.is_text() || from == nullptr || to == nullptr || !from->is_text() || from->text.empty() || !from->text.literal() ||
      !to->is_text())
    return {};
  Text text;
  std::size_t begin = 0;
  for (std::size_t at = out.text.view().find(from->text.view()); at != std::string_view::npos && most > 0;
       at = out.text.view().find(from->text.view(), begin), --most) {
    text.append(out.text.substr(begin, at - begin));
    text.append(to->text);
    begin = at + from->text.size();
    if (text.size() > kMostText) return {};
  }
  text.append(out.text.substr(begin));
  return Value::of(std::move(text));
}

constexpr std::size_t kEverywhere = std::string_view::npos;

}  // namespace

/// Of Python, as often as a third argument says.
Value gives_replaced(const Call& call, Walker& walker) {
  const Value* times = call.positional(2);
  if (times == nullptr) return replaced(call, walker, kEverywhere);
  const long most = number_of(*times);
  const bool all = times->as_text().view().starts_with('-');
  return most < 0 && !all ? Value() : replaced(call, walker, all ? kEverywhere : static_cast<std::size_t>(most));
}
Value gives_replaced_once(const Call& call, Walker& walker) { return replaced(call, walker, 1); }

Value gives_reversed(const Call& call, Walker&) {
  Value out = object_of(call).kind == ValueKind::unknown ? first_of(call) : object_of(call);
  out.apart();
  std::reverse(out.items.begin(), out.items.end());
  std::reverse(out.keys.begin(), out.keys.end());
  if (!out.is_text() || !out.text.literal()) return out.kind == ValueKind::list ? out : Value();
  std::string bytes = out.text.bytes();
  std::reverse(bytes.begin(), bytes.end());
  return Value::of(Text(std::move(bytes)));
}

Value gives_split(const Call& call, Walker&) {
  const Value text = object_of(call);
  if (!text.is_text() || !text.text.literal()) return {};
  const std::string separator = call.arguments.empty() ? " " : call.arguments.front().as_text().bytes();
  std::vector<Value> items;
  const std::string_view s = text.text.view();
  if (separator.empty()) {
    for (std::size_t i = 0; i < s.size() && i < kMostWeight; ++i) items.push_back(Value::of(Text(s.substr(i, 1))));
  } else if (separator == " ") {
    for (const std::string_view w : base::split_blank(s)) items.push_back(Value::of(Text(w)));
  } else if (separator.size() == 1) {
    for (const std::string_view w : base::split(s, separator[0])) items.push_back(Value::of(Text(w)));
  } else {
    return {};
  }
  return Value::list(std::move(items));
}

Value gives_first_split(const Call& call, Walker&) {
  const Value text = first_of(call);
  if (!text.is_text()) return {};
  std::vector<Value> items;
  for (Text& word : program::split_words(text.text)) items.push_back(Value::of(std::move(word)));
  return Value::list(std::move(items));
}

Value gives_pasted(const Call& call, Walker&) {
  Value list = Value::list({});
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (call.keys[i].empty()) list.add("", call.arguments[i]);
  }
  return join_with(Text(" "), list);
}

Value gives_base64(const Call& call, Walker&) { return decoded(call, first_of(call), base64); }
Value gives_hex(const Call& call, Walker&) { return decoded(call, first_of(call), hex); }

Value gives_decoded(const Call& call, Walker&) {
  for (const Value& a : call.arguments) {
    for (const Encoding& e : kEncodings) {
      if (a.is_text() && base::iequals(a.text.view(), e.name))
        return decoded(call, first_of(call).is_text() && &a != &call.arguments.front() ? first_of(call) : object_of(call),
                       e.decoder);
    }
  }
  const Value* named = call.positional(1);
  if (named != nullptr && !named->is_text()) return decoded_unknown(call);
  const bool method = call.callee.self && call.callee.self->is_text();
  return method ? object_of(call) : first_of(call);
}

Value gives_characters(const Call& call, Walker& walker) {
  std::string out;
  std::vector<Value> numbers = call.arguments;
  if (numbers.empty() && call.callee.self) numbers.push_back(*call.callee.self);  // 114.chr
  if (const auto it = walker.session().variables.find("$_"); numbers.empty() && it != walker.session().variables.end())
    numbers.push_back(it->second);
  bool known = !numbers.empty();
  for (const Value& a : numbers) {
    for_each(a, [&](const Value& v) {
      const long n = number_of(v);
      known = known && n > 0 && n < 256;
      out.push_back(known ? static_cast<char>(n) : '?');
    });
  }
  return known ? Value::of(Text(std::move(out))) : decoded_unknown(call);
}

Value gives_unreadable(const Call& call, Walker&) { return decoded_unknown(call); }

}  // namespace belay::command::inline_code
