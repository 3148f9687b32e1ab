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
  std::string name = v.text.bytes();
  for (const std::string_view head : {"node:", "npm:"}) {
    if (name.compare(0, head.size(), head) == 0) name.erase(0, head.size());
  }
  std::replace(name.begin(), name.end(), '/', '.');
  return Value::named(walker.canonical(std::move(name)));
}

Value gives_namespace(const Call& call, Walker&) {
  const Value* object = call.positional(0);  // vars(object)
  return object != nullptr && object->kind == ValueKind::name ? *object : Value::named("");
}

Value gives_called(const Call& call, Walker& walker) {
  Call inner;
  const bool by_name = walker.dialect().has(Trait::text_calls);
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const Value& a = call.arguments[i];
    const bool wanted = inner.callee.name.empty() && !inner.callee.is_text();
    if (wanted && (a.kind == ValueKind::name || (by_name && a.is_text()))) {
      inner.callee = a;
    } else if (!wanted && a.kind == ValueKind::list && (by_name || !call.keys[i].empty() || a.name.empty())) {
      for (const Value& item : a.items) inner.add(item);
    } else if (!wanted) {
      inner.add(a);
    }
  }
  return inner.callee.kind == ValueKind::unknown ? Value() : walker.apply(inner);
}

Value gives_called_for_each(const Call& call, Walker& walker) {
  if (call.arguments.size() < 2) return {};
  Call inner;
  inner.callee = call.arguments[0];
  inner.add(element_of(call.arguments[1]));
  return Value::list({walker.apply(inner)});
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
  if (call.arguments.size() > 2) {
    std::string_view name = function->kind == ValueKind::name ? std::string_view(function->name) : function->text.view();
    if (name.starts_with(':')) name.remove_prefix(1);
    inner.callee = walker.member(*module, name);
    list = call.positional(2);
  }
  for (const Value& item : list->items) inner.add(item);
  return walker.apply(inner);
}

Value gives_names_or_paths(const Call& call, Walker& walker) {
  return call.argument(1000, "join") == nullptr ? gives_names_in(call, walker) : gives_paths_in(call, walker);
}

Value gives_each_called(const Call& call, Walker& walker) {
  const Value elements = element_of(object_of(call));
  if (!call.arguments.empty() && call.arguments.front().kind == ValueKind::name) {
    Call inner;
    inner.callee = call.arguments.front();
    inner.add(elements);
    return Value::list({walker.apply(inner)});
  }
  const std::string& name = call.callee.name;
  if (name.find("ilter") != std::string::npos || name.find("select") != std::string::npos) return object_of(call);
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
  if (!call.callee.self || call.callee.self->kind != ValueKind::name) return {};
  Call inner = call;
  inner.callee = *call.callee.self;
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
