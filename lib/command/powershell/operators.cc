#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "command/powershell/walker.h"

/// What operators and casts make of values: only what builds names, paths and code (about_Operators, about_Join, about_Split).
namespace belay::command::powershell {

using model::HoleTrait;

namespace {

Value unknown_of(const Value& a, const Value& b) {
  Value out;
  out.inherit(a);
  out.inherit(b);
  return out;
}

Text joined_items(const Value& list, const Text& separator) {
  Text out;
  bool first = true;
  for (const Value& item : items_of(list)) {
    if (!first) out.append(separator);
    first = false;
    out.append(item.kind == ValueKind::list ? joined_items(item, Text(" ")) : item.as_text());
  }
  return out;
}

bool known(const Value& v) { return v.is_text() && v.text.literal(); }

/// A pattern that is nothing but the text it stands for.
std::optional<std::string> plain_pattern(std::string_view pattern) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size() && !base::is_name_char(pattern[i + 1])) out += pattern[++i];
    else if (std::string_view("\\^$.|?*+()[]{}").find(pattern[i]) != std::string_view::npos) return std::nullopt;
    else out += pattern[i];
  }
  return out;
}

/// Small and capital letters are the same to -replace and -split.
std::size_t place_of(std::string_view wanted, std::string_view text) {
  const auto* const found = std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), [](char a, char b) { return base::to_lower(a) == base::to_lower(b); });
  return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  std::size_t at = 0;
  while (!from.empty()) {
    const std::size_t begin = place_of(from, text.substr(at));
    if (begin == std::string_view::npos) break;
    out += std::string(text.substr(at, begin)) + std::string(to);
    at += begin + from.size();
    if (out.size() > inline_code::kMostText) break;
  }
  return out + std::string(text.substr(at));
}

Value replace(const Value& left, const Value& right) {
  const std::vector<Value> parts = items_of(right);
  const Value to = parts.size() > 1 ? parts[1] : Value::of(Text());
  const auto from = parts.empty() || !known(parts[0]) ? std::nullopt : plain_pattern(parts[0].text.view());
  if (!known(left) || !from || !known(to)) return unknown_of(left, right);
  Value out = Value::of(Text(replaced(left.text.view(), *from, to.text.view())));
  out.inherit(left);
  return out;
}

Value split(const Value& text, const Value& by) {
  const std::vector<Value> parts = items_of(by);
  const auto separator = parts.empty() || !known(parts[0]) ? std::nullopt : plain_pattern(parts[0].text.view());
  if (!known(text) || !separator || separator->empty()) return unknown_of(text, by);
  Value out = Value::list({});
  std::string_view rest = text.text.view();
  for (std::size_t at = place_of(*separator, rest); at != std::string_view::npos; at = place_of(*separator, rest)) {
    out.add("", Value::of(Text(rest.substr(0, at))));
    rest.remove_prefix(at + separator->size());
  }
  out.add("", Value::of(Text(rest)));
  out.inherit(text);
  return out;
}

/// `'{1}{0}' -f 'a','b'`: fields with a width or a form are not known.
Value format(const Value& left, const Value& right) {
  if (!known(left)) return unknown_of(left, right);
  const std::vector<Value> items = items_of(right);
  const std::string_view f = left.text.view();
  Text out;
  for (std::size_t i = 0; i < f.size(); ++i) {
    if (f.substr(i, 2) == "{{" || f.substr(i, 2) == "}}") {
      out.append(f.substr(i++, 1));
    } else if (f[i] == '{') {
      const std::size_t end = std::min(f.find('}', i), f.size());
      const std::string_view field = f.substr(i + 1, end - i - 1);
      std::size_t number = 0;
      const bool digits = !field.empty() && field.size() < 4 && std::all_of(field.begin(), field.end(), base::is_digit);
      for (const char c : digits ? field : std::string_view()) number = number * 10 + static_cast<std::size_t>(c - '0');
      if (digits && number < items.size()) out.append(as_string(items[number]).as_text());
      else out.append_hole(HoleTrait::any);
      i = end;
    } else {
      out.append(f.substr(i, 1));
    }
  }
  Value v = Value::of(std::move(out));
  v.inherit(right);
  return v;
}

Value range(const Value& left, const Value& right) {
  constexpr long kMost = 256;
  const auto a = integer(left);
  const auto b = integer(right);
  if (!a || !b || std::abs(*b - *a) > kMost) return unknown_of(left, right);
  Value out = Value::list({});
  for (long i = *a;; i += *a <= *b ? 1 : -1) {
    out.add("", Value::of(Text(std::to_string(i))));
    if (i == *b) break;
  }
  return out;
}

Value plus(const Value& left, const Value& right) {
  if (left.kind == ValueKind::list) {
    Value out = left;
    if (right.kind == ValueKind::list) {
      for (std::size_t i = 0; i < right.items.size(); ++i) out.add(right.keys[i], right.items[i]);
    } else {
      out.add("", right);
    }
    return out;
  }
  if (left.kind == ValueKind::choice || right.kind == ValueKind::choice) {
    Value out;
    bool first = true;
    inline_code::for_each(left, [&](const Value& a) {
      inline_code::for_each(right, [&](const Value& b) {
        Value one = plus(a, b);
        out = first ? std::move(one) : inline_code::either(std::move(out), std::move(one));
        first = false;
      });
    });
    return out;
  }
  Value out = inline_code::joined(left, right.kind == ValueKind::list ? as_string(right) : right);
  if (left.name == kPath) out.name.clear();
  return out;
}

/// Comparisons give a truth that is not known, and no data.
constexpr std::array<std::string_view, 4> kBuilders{"+", "*", "/", "-"};

}  // namespace

std::vector<Value> items_of(const Value& value) {
  if (value.kind == ValueKind::list || value.kind == ValueKind::choice) return value.items;
  return {value};
}

std::optional<long> integer(const Value& value) {
  if (!known(value) || value.text.empty() || value.text.size() > 9) return std::nullopt;
  const std::string_view s = value.text.view();
  const bool negative = s[0] == '-';
  const bool hex = s.size() > 2 && s[0] == '0' && base::to_lower(s[1]) == 'x';
  long out = 0;
  for (std::size_t i = negative ? 1 : hex ? 2 : 0; i < s.size(); ++i) {
    const char l = base::to_lower(s[i]);
    const int digit = base::is_digit(l) ? l - '0' : hex && l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
    if (digit < 0) return std::nullopt;
    out = out * (hex ? 16 : 10) + digit;
  }
  if (negative && s.size() == 1) return std::nullopt;
  return negative ? -out : out;
}

Value as_string(const Value& value) {
  if (value.kind == ValueKind::choice) return value;
  Value out = Value::of(value.kind == ValueKind::list ? joined_items(value, Text(" ")) : value.as_text());
  out.inherit(value);
  return out;
}

Value operate(std::string_view op, const Value& left, const Value& right) {
  if (op == "+") return plus(left, right);
  if (op == "-f") return format(left, right);
  if (op == "..") return range(left, right);
  if (op == "-replace") return replace(left, right);
  if (op == "-split") return split(left, right);
  if (op == "-join") {
    Value out = Value::of(joined_items(left, right.as_text()));
    out.inherit(left);
    return out;
  }
  if (op == "??") return inline_code::either(left, right);
  if (op == "-as") return left;
  const auto a = integer(left);
  const auto b = integer(right);
  if (op == "-" && a && b) return Value::of(Text(std::to_string(*a - *b)));
  if (op == "-bxor" && a && b) return Value::of(Text(std::to_string(*a ^ *b)));
  if (op == "*" && known(left) && b && *b > 0 && *b < 4096 && !a) {
    Text out;
    for (long i = 0; i < *b && out.size() < inline_code::kMostText; ++i) out.append(left.text);
    return Value::of(std::move(out));
  }
  if (std::find(kBuilders.begin(), kBuilders.end(), op) != kBuilders.end()) return unknown_of(left, right);
  return {};
}

Value operate(std::string_view op, const Value& right) {
  if (op == "-join") {
    Value out = Value::of(joined_items(right, Text()));
    out.inherit(right);
    return out;
  }
  if (op == "-split") {
    Value out = Value::list({});
    if (known(right)) {
      for (const std::string_view part : base::split_blank(right.text.view())) out.add("", Value::of(Text(part)));
      return out;
    }
    return unknown_of(right, right);
  }
  return {};
}

Value cast(std::string_view type, const Value& value) {
  if (type == "char" || type == "system.char") {
    const auto n = integer(value);
    if (!n) return value;
    if (*n < 1 || *n > 0x7E) return unknown_of(value, value);
    const char c = static_cast<char>(*n);
    return Value::of(Text(std::string_view(&c, 1)));
  }
  if (type == "char[]") {
    Value out = Value::list({});
    for (const Value& item : items_of(value)) {
      if (!integer(item) && known(item)) {
        for (const char c : item.text.view()) out.add("", Value::of(Text(std::string_view(&c, 1))));
      } else {
        out.add("", cast("char", item));
      }
    }
    return out;
  }
  if (type == "string" || type == "system.string") return as_string(value);
  if (type == "scriptblock") return value.is_text() ? Value::typed(std::string(kBlock), value.text) : value;
  if (type == "wmiclass") return Value::named("wmiclass");
  if (type == "type") return value.is_text() ? type_named(value.text.view()) : value;
  return value;
}

Value made_up_name() { return Value::typed(std::string(kToken), Text::hole(HoleTrait::none)); }

Value date_text(const Value& form) {
  const std::string_view s = form.is_text() && form.text.literal() ? form.text.view() : std::string_view();
  // One letter alone is a form with a name of its own, and `%D` one of several parts.
  const bool piece = s.size() > 1 && std::any_of(s.begin(), s.end(), base::is_alpha) &&
                     std::all_of(s.begin(), s.end(), [](char c) { return base::is_name_char(c) || c == '-' || c == '.'; });
  if (piece) return Value::of(Text::hole(HoleTrait::none));
  return Value::typed(std::string(kDate), Text::hole(HoleTrait::slash | HoleTrait::blank));
}

}  // namespace belay::command::powershell
