#include <algorithm>

#include "command/inline/functions.h"

/// Functions that are handed on as values: a function that is known, given to one that is not, counts as called with what stands beside it.
namespace belay::command::inline_code {

namespace {

/// What takes the place of arguments that say when, not what: `setTimeout(f, 100, x)`, `apply(f, null, x)`.
bool is_filler(const Value& v) {
  if (v.kind == ValueKind::name) return lists("null None undefined nil false true this self False True", v.name);
  return v.is_text() && !v.text.empty() && v.text.view().find_first_not_of("-0123456789") == std::string_view::npos;
}

bool known(const Value& v) {
  if (v.kind == ValueKind::list || v.kind == ValueKind::choice) return std::any_of(v.items.begin(), v.items.end(), known);
  return v.is_text() && !v.text.empty() && !nothing_known(v.text);
}

bool known(const Call& call) { return std::any_of(call.arguments.begin(), call.arguments.end(), [](const Value& v) { return known(v); }); }

bool literal_text(const Value& v) { return v.is_text() && v.text.literal(); }

bool plain_list(const Value& v) {
  return v.kind == ValueKind::list && std::all_of(v.keys.begin(), v.keys.end(), [](const std::string& k) { return k.empty(); });
}

/// Arguments [begin, end) without those that say when, and without functions.
Call beside(const Call& call, std::size_t begin, std::size_t end, const Walker& walker) {
  Call out;
  for (std::size_t i = begin; i < end; ++i) {
    const Value& v = call.arguments[i];
    if (walker.acts(v) || call.keys[i] == "&" || (out.arguments.empty() && call.keys[i].empty() && is_filler(v))) continue;
    if (lists("args argument arguments", call.keys[i])) {  // Thread(target=f, args=(…))
      for_each(v, [&](const Value& one) { out.add(one); });
    } else if (call.keys[i] != "kwargs") {
      out.add(v, call.keys[i]);
    }
  }
  return out;
}

/// What the function at `at` is called with: what follows it, else what it stands behind, else the elements of the object.
Call given_to(const Call& call, std::size_t at, const Walker& walker) {
  Call out;
  if (call.keys[at].empty()) out = beside(call, at + 1, call.arguments.size(), walker);
  if (!out.arguments.empty()) return out;
  Call others = beside(call, 0, call.arguments.size(), walker);
  const bool own = call.arguments[at].closure != nullptr;  // whose parameters are not what it is registered under
  for (std::size_t i = 0; i < others.arguments.size(); ++i) {
    const Value& v = others.arguments[i];
    if (!own || (v.kind == ValueKind::list && plain_list(v))) out.add(own ? element_of(v) : v, own ? std::string() : others.keys[i]);
  }
  const Value* self = call.callee.self.get();
  if (!known(out) && self != nullptr && (self->is_text() || self->kind == ValueKind::list)) {
    out = {};
    out.add(element_of(*self));
  }
  return out;
}

}  // namespace

bool Walker::acts(const Value& v) const {
  if (v.closure != nullptr) return true;
  if (v.kind == ValueKind::choice) return std::any_of(v.items.begin(), v.items.end(), [&](const Value& item) { return acts(item); });
  if (v.kind != ValueKind::name || v.name.empty()) return false;
  if (lists("#Bound #Program", v.name)) return true;
  if (program_named(v)) return true;
  const Callee* row = find(v.name);
  return row != nullptr && !row->arguments.empty() && row->arguments != "attribute";
}

Value Walker::apply_to(const Value& function, const Call& arguments) {
  Call call = arguments;
  call.callee = function;
  Value out = apply(call);
  const bool opens = function.closure == nullptr && std::any_of(call.arguments.begin(), call.arguments.end(), [](const Value& v) { return plain_list(v) && v.items.size() > 1; });
  if (!opens) return out;
  Call opened;
  opened.callee = function;
  for (std::size_t i = 0; i < arguments.arguments.size(); ++i) {
    const Value& v = arguments.arguments[i];
    if (!plain_list(v)) opened.add(v, arguments.keys[i]);
    else
      for (const Value& item : v.items) opened.add(item);
  }
  (void)apply(opened);
  return out;
}

Value Walker::pass_on(const Call& call) {
  Value out;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const Value& function = call.arguments[i];
    for (std::size_t k = 0; k < function.items.size() && function.kind == ValueKind::list; ++k) {  // `type("A", (), {"f": os.system})`
      if (!function.keys[k].empty() && acts(function.items[k])) session_.members[function.keys[k]] = function.items[k];
    }
    if (call.keys[i] == "&" || !acts(function)) continue;
    const Call inner = given_to(call, i, *this);
    if (known(inner) || function.name == "#Bound") out = apply_to(function, inner);
    else if (out.kind == ValueKind::unknown) out = function;  // a wrapper: `promisify(f)`
  }
  return out;
}

/// Objects that can be called: functions with some of their arguments, programs, what always returns the same.
Value Walker::apply_object(const Call& call, bool& done) {
  const Value& callee = call.callee;
  done = true;
  if (callee.closure != nullptr) {
    Call inner = call;
    if ((d_.has(Trait::default_argument) || d_.first_index != 0) && callee.self) {  // Perl, Lua: the object is the first argument
      inner.arguments.insert(inner.arguments.begin(), *callee.self);
      inner.keys.insert(inner.keys.begin(), std::string());
    }
    return apply_closure(callee, inner);
  }
  if (callee.name == "#Bound" && callee.self) {
    if (!session_.budget.spend(callee.items.size())) return report_over(), Value();
    Call inner;
    inner.callee = *callee.self;
    for (std::size_t i = 0; i < callee.items.size(); ++i) inner.add(callee.items[i], callee.keys[i]);
    for (std::size_t i = 0; i < call.arguments.size(); ++i) inner.add(call.arguments[i], call.keys[i]);
    return apply(inner);
  }
  if (callee.name == "#Returns" && callee.self) return *callee.self;
  if (callee.name == "#Program") return run_program(callee, call, session_);
  if (callee.kind == ValueKind::choice) {
    Value out;
    for (std::size_t i = 0; i < callee.items.size() && !over_budget(); ++i) {
      Call inner = call;
      inner.callee = callee.items[i];
      out = i == 0 ? apply(inner) : either(std::move(out), apply(inner));
    }
    return out;
  }
  if (callee.kind == ValueKind::list && callee.items.size() == 1) {
    Call inner = call;
    inner.callee = callee.items.front();
    return apply(inner);
  }
  done = false;
  return {};
}

/// `partial(f, x)`, `f.bind(this, x)`: called at once with what is given, since who calls it later is often not seen.
Value gives_bound(const Call& call, Walker& walker) {
  const bool method = call.callee.self && walker.acts(*call.callee.self);
  if (call.callee.self && call.callee.self->self && call.callee.self->self->kind == ValueKind::list) return *call.callee.self;  // `list.push.bind(list)`
  if (!method && (call.arguments.empty() || !walker.acts(call.arguments.front()))) return method ? Value() : call.arguments.empty() ? Value() : call.arguments.front();
  Value out = Value::named("#Bound");
  out.self = std::make_shared<const Value>(method ? *call.callee.self : call.arguments.front());
  for (std::size_t i = 1; i < call.arguments.size(); ++i) out.add(call.keys[i], call.arguments[i]);
  Call now;
  now.callee = out;
  if (out.self->closure == nullptr && !out.items.empty()) (void)walker.apply(now);
  return out;
}

/// `Reflect.apply(f, this, list)`.
Value gives_reflected(const Call& call, Walker& walker) {
  if (call.arguments.size() < 3) return {};
  Call inner;
  inner.callee = call.arguments.front();
  for (const Value& item : call.arguments[2].items) inner.add(item);
  return walker.apply(inner);
}

/// `sorted(list, key=f)`, `usort($list, 'f')`: each element is given to the function.
Value gives_sorted(const Call& call, Walker& walker) {
  const bool by_name = walker.dialect().has(Trait::text_calls);
  Value list = call.callee.self && call.callee.self->kind == ValueKind::list ? *call.callee.self : Value();
  for (const Value& v : call.arguments) {
    if (v.kind == ValueKind::list && list.kind == ValueKind::unknown) list = v;
  }
  for (const Value& v : call.arguments) {
    if (!walker.acts(v) && !(by_name && v.is_text() && walker.find(v.text.view()) != nullptr)) continue;
    Call inner;
    inner.callee = v;
    inner.add(element_of(list));
    (void)walker.apply(inner);
  }
  return list;
}

/// `ob_start('f')`, `preg_replace_callback(pattern, 'f', text)`: called with what is not known, or with what follows.
Value gives_handled(const Call& call, Walker& walker) {
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const Value& v = call.arguments[i];
    if (v.closure || !(walker.acts(v) || (literal_text(v) && walker.acts(Value::named(v.text.bytes()))))) continue;
    Call inner;
    inner.callee = v;
    inner.add(i + 1 < call.arguments.size() ? call.arguments[i + 1] : Value());
    return walker.apply(inner);
  }
  return {};
}

/// `select(n, …, f)`: the function among them, else the last.
Value gives_last(const Call& call, Walker& walker) {
  for (const Value& v : call.arguments) {
    if (walker.acts(v)) return v;
  }
  return call.arguments.empty() ? Value() : call.arguments.back();
}

/// Lua: `text:gsub(pattern, f)`.
Value gives_lua_replaced(const Call& call, Walker& walker) {
  const bool method = call.callee.self && call.callee.self->is_text();
  Call inner = call;
  if (!method && !inner.arguments.empty()) {
    inner.callee.self = std::make_shared<const Value>(inner.arguments.front());
    inner.arguments.erase(inner.arguments.begin());
    inner.keys.erase(inner.keys.begin());
  }
  return gives_replaced(inner, walker);
}

/// `starmap(f, [(a, b)])`: each element holds the arguments.
Value gives_called_with_each(const Call& call, Walker& walker) {
  if (call.arguments.size() < 2) return {};
  Value out = Value::list({});
  for_each_element(call.arguments[1], [&](const Value& arguments) {
    Call inner;
    inner.callee = call.arguments.front();
    if (arguments.kind != ValueKind::list) inner.add(arguments);
    for (const Value& item : arguments.items) inner.add(item);
    out.add("", walker.apply(inner));
  });
  return out;
}

/// `reduce(f, list)`, `list.reduce(f, first)`.
Value gives_reduced(const Call& call, Walker& walker) {
  const Value* function = nullptr;
  for (const Value& v : call.arguments) {
    if (walker.acts(v) && function == nullptr) function = &v;
  }
  if (function == nullptr) return {};
  const Value* list = call.callee.self ? call.callee.self.get() : nullptr;
  for (const Value& v : call.arguments) {
    if (v.kind == ValueKind::list && (list == nullptr || list->kind != ValueKind::list)) list = &v;
  }
  if (list == nullptr) return {};
  Call inner;
  inner.callee = *function;
  inner.add(function->closure ? Value() : element_of(*list));
  inner.add(element_of(*list));
  return walker.apply(inner);
}

}  // namespace belay::command::inline_code
