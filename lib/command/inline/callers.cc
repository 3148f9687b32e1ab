#include "command/inline/functions.h"

/// Functions that call functions, or give one: what a program does that hides which it calls.
namespace belay::command::inline_code {

namespace {

Value first_of(const Call& call) {
  const Value* v = call.positional(0);
  return v == nullptr ? Value() : *v;
}
Value object_of(const Call& call) { return call.callee.self ? *call.callee.self : Value(); }

bool literal(const Value* v) { return v != nullptr && v->is_text() && v->text.literal(); }

}  // namespace

Value gives_member(const Call& call, Walker& walker) {
  const Value* object = call.positional(0);
  const Value* name = call.positional(1);
  if (object == nullptr) return {};
  if (name == nullptr || !name->is_text() || !name->text.literal()) {
    return object->kind == ValueKind::name && !object->name.empty() && object->name.front() != '#' && object->self == nullptr
               ? Value::named("#computed")
               : Value();
  }
  return walker.member(*object, name->text.view());
}

Value gives_module(const Call& call, Walker& walker) {
  const Value v = first_of(call);
  if (!v.is_text() || !v.text.literal()) return Value::named("#computed");
  if (const auto code = code_of_url(v)) return walker.read_code(*code), Value();
  std::string name = v.text.bytes();
  for (const std::string_view head : {"node:", "npm:"}) {
    if (name.compare(0, head.size(), head) == 0) name.erase(0, head.size());
  }
  std::replace(name.begin(), name.end(), '/', '.');
  for (const std::string_view tail : {".global", ".globals"}) {  // all members get plain names
    if (name.ends_with(tail)) walker.open_module(name.substr(0, name.size() - tail.size()));
  }
  return Value::named(walker.canonical(std::move(name)));
}

Value gives_namespace(const Call& call, Walker&) {
  const Value* object = call.positional(0);  // vars(object)
  return object != nullptr && object->kind == ValueKind::name ? *object : Value::named("");
}

Value gives_called(const Call& call, Walker& walker) {
  const bool by_name = walker.dialect().has(Trait::text_calls);
  const Value* function = nullptr;
  Call rest;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const Value& a = call.arguments[i];
    if (function == nullptr && (walker.acts(a) || (by_name && literal(&a)))) function = &a;
    else if (lists("args kwargs", call.keys[i]) && a.kind == ValueKind::list)
      for (std::size_t k = 0; k < a.items.size(); ++k) rest.add(a.items[k], a.keys[k]);
    else if (function != nullptr) rest.add(a, lists("args arguments", call.keys[i]) ? std::string() : call.keys[i]);
  }
  return function == nullptr ? Value() : walker.apply_to(*function, rest);
}

namespace {

/// A function of the code is called with each element, one of the tables once with any of them.
Value called_with_elements(const Value& function, const Value& elements, Walker& walker) {
  constexpr std::size_t kMostElements = 32;
  Value out = Value::list({});
  Call inner;
  inner.callee = function;
  if (elements.kind != ValueKind::list || elements.items.empty() || elements.items.size() > kMostElements) {
    inner.add(element_of(elements));
    out.add("", walker.apply(inner));
    return out;
  }
  for (std::size_t i = 0; i < elements.items.size(); ++i) {
    const Value& item = elements.items[i];
    inner.arguments.clear();
    inner.keys.clear();
    const bool pair = !elements.keys[i].empty() && function.closure && function.closure->parameters.size() == 2;
    if (pair && walker.dialect().has(Trait::symbols)) inner.add(Value::of(Text(elements.keys[i])));  // `each { |key, value| … }`
    inner.add(item);
    out.add("", walker.apply(inner));
  }
  return out;
}

}  // namespace

Value gives_called_for_each(const Call& call, Walker& walker) {
  if (call.arguments.size() < 2) return {};
  Value function = call.arguments[0];
  Value list = call.arguments[1];
  if (function.kind == ValueKind::list) std::swap(function, list);  // array_walk(list, function)
  return called_with_elements(function, list, walker);
}

Value gives_text_of(const Call& call, Walker& walker) {
  program::Effects& effects = walker.session().effects;
  for (const Text& path : with_homes(object_of(call).as_text(), effects)) effects.file(model::OpKind::read, path, {}, "code of `" + effects.name() + "`");
  return Value::typed("#contents", Text::hole(model::HoleTrait::any));
}

Value gives_pipe(const Call& call, Walker&) {
  const Value command = first_of(call);
  std::string_view name = literal(&command) ? command.text.view() : std::string_view();
  if (const auto slash = name.rfind('/'); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  const bool shell = lists("sh bash dash zsh ksh", name.substr(0, name.find(' ')));
  return shell ? Value::typed("#shell", Text()) : Value();
}

Value gives_element_called(const Call& call, Walker& walker) {
  if (call.arguments.size() < 2) return {};
  Call inner;
  inner.callee = call.arguments[1];
  inner.add(element_of(call.arguments[0]));
  return Value::list({walker.apply(inner)});
}

Value gives_function_applied(const Call& call, Walker& walker) {
  const Value* module = call.positional(0);
  const Value* function = call.positional(1);
  if (module == nullptr || function == nullptr || module->kind != ValueKind::name) return {};
  Call inner;
  inner.callee = *module;
  const Value* list = function;
  if (const Value* const third = call.positional(2)) {
    std::string_view name = function->kind == ValueKind::name ? std::string_view(function->name) : function->text.view();
    if (name.starts_with(':')) name.remove_prefix(1);
    inner.callee = walker.member(*module, name);
    list = third;
  }
  for (const Value& item : list->items) inner.add(item);
  return walker.apply(inner);
}

Value gives_names_or_paths(const Call& call, Walker& walker) {
  return call.named("join") == nullptr ? gives_names_in(call, walker) : gives_paths_in(call, walker);
}

Value gives_each_called(const Call& call, Walker& walker) {
  const Value object = object_of(call);
  const std::string& name = call.callee.name;
  const bool keeps = name.find("ilter") != std::string::npos || name.find("select") != std::string::npos || name.ends_with(".tap") || name.ends_with(".each");
  if (!call.arguments.empty() && call.arguments.front().kind == ValueKind::name) {
    Value out = called_with_elements(call.arguments.front(), object, walker);
    if (keeps) return object;
    if (name.find(".find") != std::string::npos) return element_of(object);
    return object.kind == ValueKind::list ? out : element_of(out);
  }
  if (walker.dialect().has(Trait::symbols) && !call.arguments.empty() && literal(&call.arguments.front())) {  // `&:chr`
    Value out = Value::list({});
    for_each_element(object, [&](const Value& one) { out.add("", walker.apply({walker.member(one, call.arguments.front().text.view()), {}, {}})); });
    return out;
  }
  if (keeps) return object;
  return call.arguments.empty() ? Value() : call.arguments.front();
}

Value gives_sent(const Call& call, Walker& walker) {
  const Value* name = call.positional(0);
  if (name == nullptr || !call.callee.self) return {};
  if (!literal(name))
    return call.callee.self->kind == ValueKind::name ? walker.apply({Value::named("#computed"), {}, {}}) : Value();
  Call inner;
  inner.callee = walker.member(*call.callee.self, name->text.view());
  for (std::size_t i = 1; i < call.arguments.size(); ++i) inner.add(call.arguments[i], call.keys[i]);
  return walker.apply(inner);
}

Value gives_require(const Call&, Walker&) { return Value::named("require"); }

Value gives_applied(const Call& call, Walker& walker) {
  if (!call.callee.self || call.callee.self->kind != ValueKind::name) return {};
  const Value& function = *call.callee.self;
  if (!walker.acts(function) && !call.arguments.empty() && call.arguments.front().kind == ValueKind::list && function.name.find('.') != std::string::npos) {
    Call inner = call;  // `Array.prototype.push.call(list, x)`
    inner.callee = walker.member(call.arguments.front(), std::string_view(function.name).substr(function.name.rfind('.') + 1));
    inner.arguments.clear();
    inner.keys.clear();
    for (std::size_t i = 1; i < call.arguments.size(); ++i) {
      const Value& a = call.arguments[i];
      if (call.callee.name.find("apply") == std::string::npos || a.kind != ValueKind::list) inner.add(a);
      else
        for (const Value& item : a.items) inner.add(item);
    }
    return walker.apply(inner);
  }
  if (!walker.acts(*call.callee.self)) return walker.pass_on(call);
  Call inner;
  inner.callee = *call.callee.self;
  const bool list = call.callee.name.find("apply") != std::string::npos;
  for (std::size_t i = 1; i < call.arguments.size(); ++i) {
    if (!list || call.arguments[i].kind != ValueKind::list) {
      inner.add(call.arguments[i]);
      continue;
    }
    for (const Value& item : call.arguments[i].items) inner.add(item);
  }
  return walker.apply(inner);
}

Value gives_method(const Call& call, Walker& walker) {
  const Value* name = call.positional(0);
  if (!literal(name)) return Value::named("#computed");
  return call.callee.self ? walker.member(*call.callee.self, name->text.view())
                          : Value::named(walker.canonical(name->text.bytes()));
}

Value gives_object_called(const Call& call, Walker& walker) {
  if (!call.callee.self) return {};
  Call inner = call;
  inner.callee = *call.callee.self;
  const bool by_name = walker.dialect().has(Trait::symbols) && inner.callee.is_text();  // `:system.to_proc.call(Kernel, …)`
  if (by_name && !call.arguments.empty() && literal(&inner.callee)) {
    inner.callee = walker.member(call.arguments.front(), call.callee.self->text.view());
    inner.arguments.erase(inner.arguments.begin());
    inner.keys.erase(inner.keys.begin());
  }
  return walker.apply(inner);
}

Value gives_constant(const Call& call, Walker& walker) {
  const Value* name = call.positional(0);
  return literal(name) ? Value::named(walker.canonical(name->text.bytes())) : Value::named("#computed");
}

Value gives_sent_plain(const Call& call, Walker& walker) {
  const Value* name = call.positional(0);
  if (name == nullptr) return {};
  Call inner;
  inner.callee = Value::named(literal(name) ? walker.canonical(name->text.bytes()) : "#computed");
  for (std::size_t i = 1; i < call.arguments.size(); ++i) inner.add(call.arguments[i], call.keys[i]);
  return walker.apply(inner);
}

Value gives_parsed(const Call& call, Walker&) {
  const Value* text = call.argument(0, "text");
  return text == nullptr ? Value() : *text;
}

Value gives_do_called(const Call& call, Walker& walker) {
  Call inner;
  const Value function = first_of(call);
  inner.callee = literal(&function) ? Value::named(walker.canonical(function.text.bytes())) : function;
  if (const Value* list = call.positional(1)) {
    for (std::size_t i = 0; i < list->items.size(); ++i) inner.add(list->items[i], list->keys[i]);
  }
  return walker.apply(inner);
}

/// Julia: `open(function, path, mode)` opens the path and hands it over.
Value gives_file_given(const Call& call, Walker& walker) {
  if (call.arguments.size() < 2 || literal(&call.arguments.front()) || !literal(&call.arguments[1])) return gives_file(call, walker);
  Call inner;
  inner.callee = call.callee;
  for (std::size_t i = 1; i < call.arguments.size(); ++i) inner.add(call.arguments[i], call.keys[i]);
  return walker.apply(inner);
}

}  // namespace belay::command::inline_code
