#include <algorithm>

#include "base/text.h"
#include "command/inline/functions.h"

/// What names, members and subscripts stand for.
namespace belay::command::inline_code {

using model::HoleTrait;

namespace {

Value held(Value value, const std::string& place) {
  if (value.kind != ValueKind::name) value.place = place;
  return value;
}

/// `__dirname`, `__file__`
Value own_place(bool folder, const Session& session) {
  const std::string_view file = session.effects.loading();
  if (file.find(model::kHole) != std::string_view::npos) return {};
  if (file.empty()) return Value::of(Text(folder ? "." : "./-"));
  return Value::of(Text(folder ? file.substr(0, std::max<std::size_t>(file.rfind('/'), 1)) : file));
}

}  // namespace

/// A list that is too much work to copy: only where its data comes from is kept. Not so when it holds what could be called.
Value Walker::forgotten(const Value& list) {
  bool functions = false;
  for_each(list, [&](const Value& item) { functions = functions || acts(item); });
  if (functions) report_over();
  Value out;
  out.inherit(list);
  return out;
}

Value Walker::name_operand() {
  const std::string_view name = t_.all[at_++].text;
  if (d_.has(Trait::default_argument) && (name == "@_" || (name == "$_" && peek().is("[") && !peek().spaced))) {
    const auto it = session_.variables.find("@_");
    return it == session_.variables.end() ? Value() : held(it->second, "@_");
  }
  if (d_.has(Trait::symbols) && name.front() == ':') return Value::of(Text(name.substr(1)));
  return lookup(name);
}

Value Walker::now_held(const Value& variable, const std::string& name) {
  Value v = held(variable, name);
  if (session_.changed) refresh(v);
  return v;
}

Value Walker::lookup(std::string_view name) {
  std::string key = variable_key(std::string(name));
  if (const auto it = session_.variables.find(key); it != session_.variables.end()) {
    if (it->second.weight > 1 && !session_.copies.spend(it->second.weight)) it->second = forgotten(it->second);
    return now_held(it->second, key);
  }
  if (lists(d_.own_folder, key)) return own_place(true, session_);
  if (lists(d_.own_file, key)) return own_place(false, session_);
  if (lists(d_.parameters, key)) {
    std::vector<Value> items(d_.parameter_offset, Value::of(Text::hole(HoleTrait::any)));
    for (const Text& p : session_.parameters) items.push_back(Value::of(p));
    Value list = Value::list(std::move(items));
    list.name = key;
    return list;
  }
  if (d_.has(Trait::sigils) && d_.name_start.find(name.front()) != std::string_view::npos && !lists(d_.environment, key))
    return held({}, key);
  return Value::named(canonical(std::move(key)));
}

/// What stands in `[…]` or `{…}`; `{word}` is a text.
Value Walker::subscript() {
  if (peek().is("{") && peek(1).kind == TokenKind::name && peek(2).is("}") &&
      d_.name_start.find(peek(1).text.front()) == std::string_view::npos) {
    at_ += 3;
    return Value::of(Text(t_.all[at_ - 2].text));
  }
  if (std::string spec = slice(); !spec.empty()) {
    at_ = t_.partner[at_] + 1;
    return Value::typed("#slice", Text(std::move(spec)));
  }
  ++brackets_;
  Value key = bracketed(peek().text.front());
  --brackets_;
  return key;
}

/// `2:-2`, `..5`, `2,8` between the brackets; else nothing.
std::string Walker::slice() const {
  std::string spec;
  bool parts = false;
  const std::size_t close = t_.partner[at_];
  if (!peek().is("[") || close > at_ + 8 || close + 1 >= end_) return {};
  for (std::size_t k = at_ + 1; k < close; ++k) {
    const Token& t = t_.all[k];
    if (t.kind != TokenKind::number && !lists("- : :: .. ... ,", t.text)) return {};
    parts = parts || (t.kind == TokenKind::punct && !t.is("-"));
    spec += t.text;
  }
  return parts ? spec : std::string();
}

/// Subscripts of what can be called: `local["rm"]`, `method(:f)["x"]`, an object with `__getitem__`.
std::optional<Value> Walker::called_by_index(const Value& of, const Value& key) {
  if (of.kind != ValueKind::name && (of.kind != ValueKind::unknown || session_.members.empty())) return std::nullopt;
  Call call;
  call.callee = of;
  for (const Value& v : key.items) call.add(v);
  if (of.name == "#Program") return gives_program({member(of, "bake"), call.arguments, call.keys}, *this);
  if (const auto program = program_named(of)) return gives_program({member(*program, "bake"), call.arguments, call.keys}, *this);
  if (const Callee* row = find(of.name + ".__getitem__"); row != nullptr && row->module != "?")
    return apply({member(of, "__getitem__"), call.arguments, call.keys});
  if (d_.has(Trait::percent_literals) && acts(of)) return apply(call);
  if (!d_.has(Trait::python_prefixes) || session_.members.empty()) return std::nullopt;
  for (const std::string_view name : {"__getitem__", "__class_getitem__", "__missing__"}) {
    const auto it = session_.members.find(std::string(name));
    if (it == session_.members.end()) continue;
    call.callee = it->second;
    return apply(call);
  }
  return std::nullopt;
}

Value Walker::index(const Value& of, const Value& key) {
  if (key.name == "#slice") {
    Value part = sliced(of, key.text.view());
    if (part.kind == ValueKind::unknown && of.kind == ValueKind::list) part = of;
    part.inherit(of);
    return part;
  }
  if (auto called = called_by_index(of, key)) return std::move(*called);
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
    const std::size_t first = lists(d_.parameters, of.name) ? 0 : d_.first_index;
    if (n >= first && n - first < of.items.size()) return of.items[n - first];
    const auto& given = session_.parameters;
    const bool all = std::all_of(given.begin(), given.end(), [](const Text& p) { return p.literal(); });
    if (n < 10000 && all && lists(d_.parameters, of.name)) {  // the call gives no such argument
      out.place = kUnset;
      return out;
    }
  }
  if ((of.kind == ValueKind::list || (of.is_text() && !d_.has(Trait::default_argument))) && literal) {
    if (Value found = at_position(of, name); found.kind != ValueKind::unknown) return found;
  }
  if (of.kind == ValueKind::list || of.kind == ValueKind::choice) return element_of(of);
  if (of.kind == ValueKind::name && !literal) out = Value::named("#computed");
  if (of.kind == ValueKind::name && literal)
    return lists("Dir", of.name) ? apply({member(of, "glob"), {*inner}, {""}}) : member(of, name);
  return out;
}

Value Walker::member(const Value& of, std::string_view name) {
  if (const Value* field = of.kind == ValueKind::list ? of.field(name) : nullptr) {
    Value out = *field;
    if (out.closure && of.cell != 0 && d_.has(Trait::arrows)) out.self = std::make_shared<const Value>(of);
    return out;
  }
  const auto has_field = [&](const Value& one) { return one.field(name) != nullptr; };
  if (is_choice_of_lists(of) && std::any_of(of.items.begin(), of.items.end(), has_field))
    return of_each(of, [&](const Value& one) { return member(one, name); });
  if (lists(d_.environment, of.name) && find(of.name + "." + std::string(name)) == nullptr) return environment(name);
  std::string type = of.name;
  if (of.cell != 0 && session_.changed) {  // of whatever name the object has
    const auto it = session_.variables.find("#" + std::to_string(of.cell) + "." + std::string(name));
    if (it != session_.variables.end()) return now_held(it->second, it->first);
  }
  if (type.empty() && !of.place.empty()) {  // `$this->x`
    const auto it = session_.variables.find(of.place + "." + std::string(name));
    if (it != session_.variables.end()) return now_held(it->second, it->first);
  }
  if ((of.kind == ValueKind::list || of.kind == ValueKind::choice) && !of.items.empty() && (type.empty() || type == "#Arguments"))
    type = of.items.front().name;
  std::string whole = type.empty() ? std::string(of.kind == ValueKind::name ? "" : "?.") : type + ".";
  if (whole.empty() && lists("update get setdefault", name)) whole = "?.";  // of globals()
  whole += name;
  whole = canonical(std::move(whole));
  if (const auto it = session_.variables.find(whole); it != session_.variables.end()) return now_held(it->second, whole);
  if (const Value* own = own_member(whole, name)) return *own;
  if (lists(d_.parameters, whole) || lists(d_.own_folder, whole) || lists(d_.own_file, whole)) return lookup(whole);
  Value out = Value::named(whole.size() > 256 ? std::string("?") : std::move(whole));
  out.self = std::make_shared<const Value>(of);
  out.weight = of.weight + 1;
  if (out.weight > kMostWeight) out.self = std::make_shared<const Value>();
  out.inherit(of);
  const Callee* row = find(out.name);
  if (row == nullptr && changes_object(out.name)) change(of, Value());
  return row != nullptr && row->arguments == "attribute" ? row->gives({out, {}, {}}, *this) : out;
}

/// Lua: `object:f(x)` is `f(object, x)`.
Value Walker::method_of(Value object, std::string_view name) {
  Value out = member(object, name);
  if (out.closure) out.self = std::make_shared<const Value>(std::move(object));
  return out;
}

const Value* Walker::own_member(const std::string& whole, std::string_view name) const {
  if (session_.members.empty() || find(whole) != nullptr) return nullptr;
  const auto it = session_.members.find(std::string(name));
  return it == session_.members.end() ? nullptr : &it->second;
}

Value Walker::environment(std::string_view name) const { return environment_of(session_, name); }

Value environment_of(const Session& session, std::string_view name) {
  if (name == "HOME" || name == "USERPROFILE") return Value::of(Text(std::string(1, kHomeMark)));
  std::optional<Value> bound;
  for (const model::Binding& b : session.effects.invocation().setting.env) {
    if (b.name == name) bound = bound ? either(*std::move(bound), Value::of(b.value)) : Value::of(b.value);
  }
  if (bound) return *std::move(bound);
  if (name == "PWD") return Value::of(Text("."));
  Value out = Value::of(Text::hole(HoleTrait::any));
  out.place = kUnset;
  return out;
}

/// `logging.os.system` is `os.system`, `os.__dict__` is `os`.
std::string Walker::without_detours(std::string name) const {
  if (d_.borrowed.empty() || name.find('.') == std::string::npos) return name;
  std::string out;
  for (const std::string_view part : base::split(name, '.')) {
    if (lists(d_.transparent, part) && !out.empty()) continue;
    if (lists(d_.borrowed, part)) out.clear();
    if (!out.empty()) out += '.';
    out += part;
  }
  return out;
}

std::string Walker::canonical(std::string name) const {
  name = without_detours(std::move(name));
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
