#include "base/text.h"
#include "command/inline/walker.h"

/// What names, members and subscripts stand for.
namespace belay::command::inline_code {

using model::HoleTrait;

Value Walker::name_operand() {
  const std::string_view name = t_.all[at_++].text;
  if (d_.has(Trait::symbols) && name.front() == ':') return Value::of(Text(name.substr(1)));
  return lookup(name);
}

Value Walker::lookup(std::string_view name) {
  std::string key = variable_key(std::string(name));
  if (const auto it = session_.variables.find(key); it != session_.variables.end()) {
    return session_.budget.spend(it->second.weight) ? it->second : Value();
  }
  if (lists(d_.parameters, key)) {
    std::vector<Value> items(d_.parameter_offset, Value::of(Text::hole(HoleTrait::any)));
    for (const Text& p : session_.parameters) items.push_back(Value::of(p));
    Value list = Value::list(std::move(items));
    list.name = key;
    return list;
  }
  if (d_.has(Trait::sigils) && d_.name_start.find(name.front()) != std::string_view::npos && !lists(d_.environment, key))
    return {};
  return Value::named(canonical(std::move(key)));
}

/// What stands in `[…]` or `{…}`; `{word}` is a text.
Value Walker::subscript() {
  if (peek().is("{") && peek(1).kind == TokenKind::name && peek(2).is("}") &&
      d_.name_start.find(peek(1).text.front()) == std::string_view::npos) {
    at_ += 3;
    return Value::of(Text(t_.all[at_ - 2].text));
  }
  ++brackets_;
  Value key = bracketed(peek().text.front());
  --brackets_;
  return key;
}

Value Walker::index(const Value& of, const Value& key) {
  const Value* inner = &key;
  if (key.kind == ValueKind::list && key.items.size() == 1) inner = &key.items.front();
  Value out;
  out.inherit(of);
  if (lists(d_.environment, of.name))
    return inner->is_text() || inner->kind == ValueKind::name ? environment(inner->is_text() ? inner->text.view() : inner->name)
                                                              : out;
  const bool literal = (inner->is_text() && inner->text.literal()) || inner->kind == ValueKind::name;
  const std::string name = inner->is_text() ? inner->text.bytes() : inner->name;
  if (of.kind == ValueKind::list && literal) {
    if (const Value* field = of.field(name)) return *field;
    std::size_t n = 0;
    for (const char c : name) n = base::is_digit(c) && n < 10000 ? n * 10 + static_cast<std::size_t>(c - '0') : 10000;
    if (n < of.items.size()) return of.items[n];
  }
  if (of.kind == ValueKind::list || of.kind == ValueKind::choice) return element_of(of);
  if (of.kind == ValueKind::name && !literal) out = Value::named("#computed");
  if (of.kind == ValueKind::name && literal)
    return lists("Dir", of.name) ? apply({member(of, "glob"), {*inner}, {""}}) : member(of, name);
  return out;
}

Value Walker::member(const Value& of, std::string_view name) {
  if (const Value* field = of.kind == ValueKind::list ? of.field(name) : nullptr) return *field;
  if (lists(d_.environment, of.name) && find(of.name + "." + std::string(name)) == nullptr) return environment(name);
  std::string type = of.name;
  if ((of.kind == ValueKind::list || of.kind == ValueKind::choice) && !of.items.empty() && (type.empty() || type == "#Arguments"))
    type = of.items.front().name;
  std::string whole = type.empty() ? std::string(of.kind == ValueKind::name ? "" : "?.") : type + ".";
  whole += name;
  whole = canonical(std::move(whole));
  if (const auto it = session_.variables.find(whole); it != session_.variables.end()) return it->second;
  if (lists(d_.parameters, whole)) return lookup(whole);
  Value out = Value::named(whole.size() > 256 ? std::string("?") : std::move(whole));
  out.self = std::make_shared<const Value>(of);
  out.weight = of.weight + 1;
  if (out.weight > kMostWeight) out.self = std::make_shared<const Value>();
  out.inherit(of);
  const Callee* row = find(out.name);
  return row != nullptr && row->arguments == "attribute" ? row->gives({out, {}, {}}, *this) : out;
}

Value Walker::environment(std::string_view name) const {
  if (name == "HOME" || name == "USERPROFILE") return Value::of(Text(std::string(1, kHomeMark)));
  for (const model::Binding& b : session_.effects.invocation().setting.env) {
    if (b.name == name) return Value::of(b.value);
  }
  if (name == "PWD") return Value::of(Text("."));
  return Value::of(Text::hole(HoleTrait::any));
}

std::string Walker::canonical(std::string name) const {
  for (int round = 0; round < 4; ++round) {
    bool changed = false;
    for (const Alias& a : d_.aliases) {
      if (name.compare(0, a.from.size(), a.from) != 0 || (name.size() > a.from.size() && name[a.from.size()] != '.')) continue;
      std::string rest = name.substr(std::min(name.size(), a.from.size() + (a.to.empty() ? 1 : 0)));
      if (a.to.empty() && rest.empty()) continue;
      name = std::string(a.to) + rest;
      changed = true;
      break;
    }
    if (!changed) break;
  }
  return name;
}

}  // namespace belay::command::inline_code
