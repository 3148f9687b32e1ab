#include "command/http/escape.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"

namespace belay::command::http {

namespace {

bool unreserved(char c) { return base::is_alpha(c) || base::is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

}  // namespace

void Walk::copy(Text& out) {
  const char c = peek();
  if (c == model::kHole) out.append_hole(text_.trait(hole_++));
  else out.append(std::string_view(&c, 1));
  ++at_;
}

void Walk::skip(std::size_t count) {
  for (; count > 0 && !done(); --count, ++at_) {
    if (peek() == model::kHole) ++hole_;
  }
}

Text unescaped(const Text& text, Unescape which) {
  if (text.view().find_first_of(which == Unescape::form ? "%+" : "%") == std::string_view::npos) return text;
  Text out;
  for (Walk walk(text); !walk.done();) {
    const int high = walk.peek() == '%' ? base::hex_digit(walk.peek(1)) : -1;
    const int low = high >= 0 ? base::hex_digit(walk.peek(2)) : -1;
    const char c = static_cast<char>(high * 16 + low);
    if (low >= 0 && c != model::kHole && (which != Unescape::unreserved || unreserved(c))) {
      out.append(std::string_view(&c, 1));
      walk.skip(3);
    } else if (walk.peek() == '+' && which == Unescape::form) {
      out.append(" ");
      walk.skip();
    } else {
      walk.copy(out);
    }
  }
  return out;
}

Text kept_inside(const Text& text) {
  if (text.literal()) return text;
  Text out;
  std::size_t hole = 0;
  for (const char c : text.view()) {
    if (c == model::kHole) out.append_hole(text.trait(hole++) | model::HoleTrait::inside);
    else out.append(std::string_view(&c, 1));
  }
  return out;
}

Text lower(const Text& text) {
  Text out;
  for (Walk walk(text); !walk.done();) {
    if (walk.peek() == model::kHole) {
      walk.copy(out);
      continue;
    }
    const char c = base::to_lower(walk.peek());
    out.append(std::string_view(&c, 1));
    walk.skip();
  }
  return out;
}

}  // namespace belay::command::http
