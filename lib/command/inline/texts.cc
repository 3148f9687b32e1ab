#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "command/inline/functions.h"

/// What functions make of texts that are known: other cases, other letters, repetitions, bytes and numbers as texts.
namespace belay::command::inline_code {

namespace {

Value subject(const Call& call) {
  if (call.callee.self && (call.callee.self->is_text() || call.callee.self->kind == ValueKind::list)) return *call.callee.self;
  const Value* v = call.positional(0);
  return v == nullptr ? Value() : *v;
}
std::size_t behind_subject(const Call& call) { return call.callee.self && call.callee.self->is_text() ? 0 : 1; }
bool literal(const Value* v) { return v != nullptr && v->is_text() && v->text.literal(); }

/// The letters of a text that is known, each changed; what is not known stays so.
template <class F>
Value changed(const Call& call, F f) {
  const Value v = subject(call);
  if (!literal(&v)) {
    Value out;
    out.inherit(v);
    return out;
  }
  std::string bytes = v.text.bytes();
  for (char& c : bytes) c = f(c);
  Value out = Value::of(Text(std::move(bytes)));
  out.inherit(v);
  return out;
}

char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// `a-z` of tr.
std::string spelled_out(std::string_view set) {
  std::string out;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (i + 2 < set.size() && set[i + 1] == '-' && set[i] <= set[i + 2]) {
      for (char c = set[i]; c < set[i + 2]; ++c) out += c;
      ++i;
    } else {
      out += set[i];
    }
  }
  return out;
}

bool numbers(const Value& list) {
  return list.kind == ValueKind::list && !list.items.empty() &&
         std::all_of(list.items.begin(), list.items.end(), [](const Value& v) { return literal(&v) && !v.text.empty() && base::is_digit(v.text.view().front()); });
}

}  // namespace

Value gives_lower(const Call& call, Walker&) { return changed(call, [](char c) { return base::to_lower(c); }); }
Value gives_upper(const Call& call, Walker&) { return changed(call, to_upper); }
Value gives_swapped(const Call& call, Walker&) {
  return changed(call, [](char c) { return base::to_lower(c) != c ? base::to_lower(c) : to_upper(c); });
}

namespace {

std::string_view member_of(const Call& call) { return std::string_view(call.callee.name).substr(call.callee.name.rfind('.') + 1); }  // npos + 1 is 0

/// The part of a text that is known; nothing where it or what is taken off is not.
Value rest_of(const Value& v, std::size_t begin, std::size_t end) {
  Value out = v;
  out.apart();
  out.text = v.text.substr(begin, end - std::min(begin, end));
  return out;
}

Value unknown_of(const Value& v) {
  Value out;
  out.inherit(v);
  return out;
}

}  // namespace

/// `strip`, `lstrip("x")`, `trimEnd()`: blanks or any of the letters that are given, at the ends that the name says.
Value gives_trimmed(const Call& call, Walker&) {
  const Value v = subject(call);
  const Value* letters = call.positional(behind_subject(call));
  if (letters == nullptr && !literal(&v)) return v;
  if (!literal(&v) || (letters != nullptr && !literal(letters))) return unknown_of(v);
  const std::string_view taken = letters != nullptr ? letters->text.view() : std::string_view(" \t\r\n\v\f");
  const std::string_view s = v.text.view();
  const bool begins = !lists("rstrip rtrim trimEnd trimRight", member_of(call));
  const bool ends = !lists("lstrip ltrim trimStart trimLeft", member_of(call));
  const std::size_t begin = begins ? std::min(s.find_first_not_of(taken), s.size()) : 0;
  return rest_of(v, begin, ends ? s.find_last_not_of(taken) + 1 : s.size());  // npos + 1 is 0
}

/// `removeprefix("x")`, `delete_suffix("x")`, `chomp("x")`; chomp alone takes the line end.
Value gives_cut_off(const Call& call, Walker&) {
  const Value v = subject(call);
  const Value* given = call.positional(behind_subject(call));
  if (!literal(&v) || (given != nullptr && !literal(given))) return given == nullptr ? v : unknown_of(v);
  const std::string_view piece = given != nullptr ? given->text.view() : std::string_view("\n");
  const std::string_view s = v.text.view();
  const bool front = member_of(call).find("prefix") != std::string_view::npos;
  if (!(front ? s.starts_with(piece) : s.ends_with(piece))) return v;
  return front ? rest_of(v, piece.size(), s.size()) : rest_of(v, 0, s.size() - piece.size());
}

Value transliterated(const Value& text, std::string_view from, std::string_view to) {
  if (!text.is_text() || !text.text.literal() || to.empty()) return {};
  const std::string a = spelled_out(from);
  const std::string b = spelled_out(to);
  std::array<std::optional<char>, 256> meant;  // the first place of a byte counts
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::optional<char>& one = meant[static_cast<unsigned char>(a[i])];
    if (!one) one = b[std::min(i, b.size() - 1)];
  }
  std::string bytes = text.text.bytes();
  for (char& c : bytes) c = meant[static_cast<unsigned char>(c)].value_or(c);
  return Value::of(Text(std::move(bytes)));
}

/// `text.tr(a, b)`, `strtr(text, a, b)`, `text.translate(table)`.
Value gives_transliterated(const Call& call, Walker&) {
  const std::size_t at = behind_subject(call);
  const Value* from = call.positional(at);
  const Value* to = call.positional(at + 1);
  if (from != nullptr && from->name == "#Letters" && from->items.size() == 2) {
    return transliterated(subject(call), from->items[0].as_text().view(), from->items[1].as_text().view());
  }
  return literal(from) && literal(to) ? transliterated(subject(call), from->text.view(), to->text.view()) : Value();
}

/// Perl: `=~ tr/a-z/b-za/`, `=~ s/x/y/g` with a pattern that means itself.
Value substituted(const Value& text, const Token& operation) {
  if (!text.is_text() || !text.text.literal() || operation.pieces.size() != 3) return {};
  const std::string_view flags = operation.pieces[2].literal.view();
  if (flags.find_first_not_of("gr") != std::string_view::npos) return {};
  const Text& from = operation.pieces[0].literal;
  const Text& to = operation.pieces[1].literal;
  if (operation.text.front() != 's') return transliterated(text, from.view(), to.view());
  if (from.empty() || from.view().find_first_of("\\^$.|?*+()[]{}") != std::string_view::npos) return {};
  constexpr std::size_t kMostPlaces = 64;
  const std::size_t most = flags.find('g') == std::string_view::npos ? 1 : kMostPlaces;
  std::string bytes = text.text.bytes();
  std::size_t at = bytes.find(from.view());
  for (std::size_t n = 0; at != std::string::npos && n < most; ++n, at = bytes.find(from.view(), at + to.size())) bytes.replace(at, from.size(), to.view());
  return most > 1 && at != std::string::npos ? Value() : Value::of(Text(std::move(bytes)));
}

Value gives_letters(const Call& call, Walker&) {  // str.maketrans(a, b)
  if (call.arguments.size() != 2) return {};
  Value out = Value::list(call.arguments);
  out.name = "#Letters";
  return out;
}

Value gives_repeated(const Call& call, Walker&) {
  const Value v = subject(call);
  const Value* times = call.positional(behind_subject(call));
  if (times == nullptr) return {};
  return repeated(v, *times);
}

Value repeated(const Value& v, const Value& times) {
  if (!literal(&times) || times.text.size() > 3 || times.text.empty() || !base::is_digit(times.text.view().front())) return {};
  const int n = std::stoi(times.text.bytes());
  Value out = v.kind == ValueKind::list ? Value::list({}) : Value::of(Text());
  for (int i = 0; i < n && out.weight < kMostWeight; ++i) out = joined(out, v);
  return out;
}

/// `decodeURIComponent`, `unquote`, `urldecode`.
Value gives_unescaped(const Call& call, Walker&) { return unescaped(subject(call)); }

Value unescaped(const Value& v) {
  if (!v.is_text() || v.text.view().find('%') == std::string_view::npos || !v.text.literal()) return v;
  const std::string_view s = v.text.view();
  std::string out;
  const auto digit = [](char c) { return base::is_digit(c) ? c - '0' : base::to_lower(c) >= 'a' && base::to_lower(c) <= 'f' ? base::to_lower(c) - 'a' + 10 : -1; };
  for (std::size_t i = 0; i < s.size(); ++i) {
    const int high = s[i] == '%' && i + 2 < s.size() ? digit(s[i + 1]) : -1;
    const int low = high >= 0 ? digit(s[i + 2]) : -1;
    out += low >= 0 ? static_cast<char>(high * 16 + low) : s[i];
    i += low >= 0 ? 2U : 0U;
  }
  return Value::of(Text(std::move(out)));
}

/// `bytes([114, 109])`, `Buffer.from([…])`: the text that the numbers spell; texts as they are.
Value gives_bytes(const Call& call, Walker& walker) {
  const Value* v = call.positional(0);
  if (v == nullptr) return {};
  if (!numbers(*v)) return gives_decoded(call, walker);
  Call inner = call;
  inner.arguments.resize(1);
  inner.keys.resize(1);
  return gives_characters(inner, walker);
}

/// `pack("H*", …)`, `[…].pack("c*")`: hexadecimal digits, numbers, texts and base64 (perlfunc, Ruby's packed data).
Value gives_packed(const Call& call, Walker& walker) {
  const bool method = call.callee.self && call.callee.self->kind == ValueKind::list;
  const Value* form = call.positional(0);
  if (!literal(form) || form->text.empty()) return gives_unreadable(call, walker);
  Value list = method ? *call.callee.self : Value::list({});
  for (std::size_t i = 1; i < call.arguments.size() && !method; ++i) {
    for_each(call.arguments[i], [&](const Value& v) { list.add("", v); });
  }
  Call inner;
  inner.callee = Value::named("");
  const char kind = form->text.view().front();
  if (kind == 'H' || kind == 'm' || kind == 'A' || kind == 'a') {
    if (list.items.size() != 1) return gives_unreadable(call, walker);
    inner.add(list.items.front());
    return kind == 'H' ? gives_hex(inner, walker) : kind == 'm' ? gives_base64(inner, walker) : list.items.front();
  }
  if (std::string_view("CcUW").find(kind) == std::string_view::npos) return gives_unreadable(call, walker);
  inner.add(list);
  return gives_characters(inner, walker);
}

/// `text.unpack1("m")`, and the list of it.
Value gives_unpacked(const Call& call, Walker& walker) {
  const Value* form = call.positional(0);
  if (!call.callee.self || !literal(form) || form->text.view().find_first_not_of("m0") != std::string_view::npos) return gives_unreadable(call, walker);
  Call inner;
  inner.callee = Value::named("");
  inner.add(*call.callee.self);
  const Value text = gives_base64(inner, walker);
  return call.callee.name.ends_with('1') ? text : Value::list({text});
}

}  // namespace belay::command::inline_code
