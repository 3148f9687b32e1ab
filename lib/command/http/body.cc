#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "base/text.h"
#include "command/http/escape.h"
#include "command/http/graphql.h"
#include "command/http/request.h"

namespace belay::command::http {

namespace {

constexpr std::string_view kData = "‹data›";
constexpr std::string_view kBlanks = " \t\r\n";

void append_code_point(unsigned value, Text& out) {
  std::string bytes;
  if (value == 0 || (value >= 0xD800 && value < 0xE000)) {
    bytes = "?";  // halves of a pair: nothing that a rule looks for
  } else if (value < 0x80) {
    bytes = static_cast<char>(value);
  } else if (value < 0x800) {
    bytes = {static_cast<char>(0xC0U | value >> 6U), static_cast<char>(0x80U | (value & 0x3FU))};
  } else {
    bytes = {static_cast<char>(0xE0U | value >> 12U), static_cast<char>(0x80U | (value >> 6U & 0x3FU)),
             static_cast<char>(0x80U | (value & 0x3FU))};
  }
  out.append(bytes);
}

/// A field whose value is a document: all others are what its variables stand for.
bool names_document(std::string_view name) { return name == "query" || name == "mutation"; }
bool is_document(std::string_view name, std::string_view value) { return names_document(name) && looks_like_graphql(value); }

/// JSON as far as it is some: a body with holes, or one that breaks off, is read too.
class Json {
 public:
  enum class Strings : bool { shown, data };
  Json(const Text& text, Strings strings) : walk_(text), strings_(strings) {}

  Text run() {
    while (!walk_.done()) {
      if (walk_.peek() == '"') string();
      else if (walk_.peek() == model::kHole && is_value()) value();
      else walk_.copy(out_);
    }
    return std::move(out_);
  }
  [[nodiscard]] bool has_graphql() const { return has_graphql_; }

 private:
  /// `"name": ‹?›}`: a number, a list, an object.
  [[nodiscard]] bool is_value() const {
    const std::string_view before = base::trim(out_.view());
    const std::string_view behind = base::trim(walk_.rest().substr(1));
    return before.ends_with(':') && !behind.empty() && std::string_view(",}]").find(behind.front()) != std::string_view::npos;
  }

  [[nodiscard]] bool hidden() const { return strings_ == Strings::data && !names_document(key_); }

  void value() {
    Text hole;
    walk_.copy(hole);
    out_.append(hidden() ? Text(kData) : kept_inside(hole));
  }

  void string() {
    walk_.skip();
    Text value;
    while (!walk_.done() && walk_.peek() != '"') {
      if (walk_.peek() == '\\') escape(value);
      else walk_.copy(value);
    }
    walk_.skip();
    const std::string_view rest = walk_.rest();
    const auto next = rest.find_first_not_of(kBlanks);
    if (next != std::string_view::npos && rest[next] == ':') {
      key_ = value.bytes();
      return show(value);
    }
    const bool document = is_document(key_, value.view());
    has_graphql_ = has_graphql_ || document;
    if (document) show(normal_graphql(value));
    else show(hidden() ? Text(kData) : kept_inside(value));
  }

  void show(const Text& value) {
    out_.append("\"");
    for (Walk walk(value); !walk.done(); walk.copy(out_)) {
      if (walk.peek() == '"') out_.append("\\");
    }
    out_.append("\"");
  }

  void escape(Text& value) {
    walk_.skip();
    const char c = walk_.peek();
    if (c == 'u') return unicode(value);
    if (std::string_view("nrtbf").find(c) != std::string_view::npos) {
      value.append(c == 'n' || c == 'r' ? "\n" : " ");
      return walk_.skip();
    }
    if (!walk_.done()) walk_.copy(value);
  }

  void unicode(Text& value) {
    unsigned code = 0;
    std::size_t digits = 1;
    for (; digits <= 4 && base::hex_digit(walk_.peek(digits)) >= 0; ++digits)
      code = code * 16 + static_cast<unsigned>(base::hex_digit(walk_.peek(digits)));
    walk_.skip(digits);
    append_code_point(code, value);
  }

  Walk walk_;
  Strings strings_;
  Text out_;
  std::string key_;
  bool has_graphql_ = false;
};

bool looks_like_json(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return false;
  if (text[first] == '[') return true;
  const auto second = text.find_first_not_of(kBlanks, first + 1);
  return text[first] == '{' && second != std::string_view::npos && (text[second] == '"' || text[second] == '}');
}

Text normal_json(const Text& text) {
  Json json(text, Json::Strings::shown);
  Text out = json.run();
  return json.has_graphql() ? Json(text, Json::Strings::data).run() : out;
}

Text normal_value(const Text& value) {
  if (looks_like_json(value.view())) return normal_json(value);
  return looks_like_graphql(value.view()) ? normal_graphql(value) : value;
}

/// The value of a field: what is not known of it does not become a field of its own. JSON and documents have parts of their own.
Text field_value(const Text& value) {
  const bool parts = looks_like_json(value.view()) || looks_like_graphql(value.view());
  return parts ? normal_value(value) : kept_inside(value);
}

/// `name=value&name=value`.
bool looks_like_form(std::string_view text) {
  const auto equals = text.find('=');
  return equals != std::string_view::npos && equals > 0 && text.find_first_of(" \t\n<{\"") > equals;
}

struct Field {
  Text name;
  std::optional<Text> value;
};

std::vector<Field> fields_of(const Text& form) {
  std::vector<Field> out;
  const std::string_view v = form.view();
  for (std::size_t begin = 0; begin <= v.size();) {
    const std::size_t end = std::min(v.find('&', begin), v.size());
    const Text field = unescaped(form.substr(begin, end - begin), Unescape::form);
    const auto equals = field.view().find('=');
    if (equals == std::string_view::npos) out.push_back({field, std::nullopt});
    else out.push_back({field.substr(0, equals), field.substr(equals + 1)});
    begin = end + 1;
  }
  return out;
}

Text normal_form(const Text& text) {
  const std::vector<Field> fields = fields_of(text);
  const auto holds_document = [](const Field& f) { return f.value && is_document(f.name.view(), f.value->view()); };
  const bool graphql = std::any_of(fields.begin(), fields.end(), holds_document);
  Text out;
  for (const Field& field : fields) {
    if (&field != &fields.front()) out.append("&");
    out.append(field.name);
    if (!field.value) continue;
    out.append("=");
    const bool variable = graphql && field.name.literal() && !names_document(field.name.view());
    out.append(variable ? Text(kData) : field_value(*field.value));
  }
  return out;
}

}  // namespace

Text normal_body(const Text& body) {
  if (looks_like_json(body.view()) || looks_like_graphql(body.view())) return normal_value(body);
  return looks_like_form(body.view()) ? normal_form(body) : body;
}

}  // namespace belay::command::http
