#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/inline/functions.h"
#include "command/inline/mutators.h"
#include "command/inline/services.h"
#include "command/inline/walker.h"

/// Calls: which function it is, and the shell code and commands that calls run.
namespace belay::command::inline_code {

using model::HoleTrait;
using model::OpaqueReason;

namespace {

Text replaced(const Text& text, const Text& home) {
  Text out;
  std::size_t begin = 0;
  for (std::size_t at = text.view().find(kHomeMark); at != std::string_view::npos; at = text.view().find(kHomeMark, begin)) {
    out.append(text.substr(begin, at - begin));
    out.append(home);
    begin = at + 1;
  }
  out.append(text.substr(begin));
  return out;
}

const Callee* row_of(const Dialect& d, std::string_view module, std::string_view member) {
  for (const Callee& row : d.callees) {
    if (row.module == module && lists(row.members, member)) return &row;
  }
  return nullptr;
}

/// `CORE::system`, `\\system`.
std::string function_name(std::string_view written) {
  std::string out;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i] == '\\' && out.empty()) continue;
    const bool scope = written[i] == ':' && i + 1 < written.size() && written[i + 1] == ':';
    out += scope ? '.' : written[i];
    i += scope ? 1U : 0U;
  }
  return out;
}

void run_one(const Value& code, Session& session) {
  Text text = code.as_text();
  if (text.empty()) return;
  text = text.substr(0, text.view().find_last_not_of('\n') + 1);  // of a here-document
  if (nothing_known(text) || (code.taint.network && !text.literal())) {
    return session.opaque(reason_of(code.taint, OpaqueReason::unknown_code),
                          "`" + session.effects.name() + "` runs a command that it computes");
  }
  for (const Text& t : with_homes(text, session.effects)) session.effects.run_shell(t, {}, session.change);
}

void add_words(std::vector<Text>& argv, const Value& value) {
  if (value.kind == ValueKind::list && value.name.empty()) {
    for (const Value& item : value.items) add_words(argv, item);
  } else {
    argv.push_back(value.is_text() ? value.text : Text::hole(HoleTrait::any));
  }
}

/// Functions that make one text of another, and of one of several one of several.
bool of_one_text(Gives gives) {
  constexpr std::array<Gives, 10> kThese{gives_joined_path,   gives_path,     gives_below,     gives_parent,     gives_folder_of,
                                         gives_home_expanded, gives_replaced, gives_formatted, gives_glob_below, gives_first};
  return std::find(kThese.begin(), kThese.end(), gives) != kThese.end();
}

/// More ways than this to give the arguments of one call are not gone through.
constexpr std::size_t kMostWays = 64;

/// In how many ways a call may be made whose arguments are each one of several.
template <class IsSeveral>
std::size_t ways_of(const Call& call, IsSeveral is_several) {
  std::size_t ways = call.callee.self && is_several(*call.callee.self) ? call.callee.self->items.size() : 1;
  for (const Value& one : call.arguments) {
    if (ways <= kMostWays && is_several(one)) ways *= one.items.size();
  }
  return ways;
}

/// The same call where such arguments are not known.
template <class IsSeveral>
Call without_choices(Call call, IsSeveral is_several) {
  const auto unknown = [](const Value& one) {
    Value out = Value::of(Text::hole(HoleTrait::any));
    out.inherit(one);
    return out;
  };
  for (Value& one : call.arguments) {
    if (is_several(one)) one = unknown(one);
  }
  const auto& self = call.callee.self;
  if (self && is_several(*self)) call.callee.self = std::make_shared<const Value>(unknown(*self));
  return call;
}

}  // namespace

bool lists(std::string_view list, std::string_view word) {
  if (word.empty()) return false;
  for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

const Value* Call::positional(std::size_t n) const {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (keys[i].empty() && n-- == 0) return &arguments[i];
  }
  return nullptr;
}

const Value* Call::named(std::string_view keyword) const {
  for (std::size_t i = 0; i < arguments.size() && !keyword.empty(); ++i) {
    if (keys[i] == keyword) return &arguments[i];
    const Value* field = keys[i].empty() ? arguments[i].field(keyword) : nullptr;
    if (field != nullptr) return field;
  }
  return nullptr;
}

const Value* Call::argument(std::size_t n, std::string_view keyword) const {
  const Value* const found = named(keyword);
  return found != nullptr ? found : positional(n);
}

const Callee* Walker::find(std::string_view name) const {
  if (changes_object(name)) name.remove_suffix(1);
  const std::size_t dot = name.rfind('.');
  const std::string_view module = dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
  const std::string_view member = name.substr(dot + 1);  // npos + 1 is 0
  if (const Callee* row = row_of(d_, module, member)) return row;
  if (module.empty()) {
    for (const std::string& w : session_.wildcards) {
      if (const Callee* row = row_of(d_, w, member)) return row;
    }
    return service_of(module, member);
  }
  if (const Callee* row = service_of(module, member)) return row;
  if (const Callee* row = row_of(d_, "?", member)) return row;
  return service_of("?", member);
}

/// Ruby: `text.gsub!(a, b)` is gsub, and the text what that gives.
bool Walker::changes_object(std::string_view name) const { return d_.has(Trait::percent_literals) && name.size() > 1 && name.ends_with('!'); }

/// `Path.unlink(p)`, a method that is called through its class, is `p.unlink()`.
std::optional<Call> Walker::method_of_first(const Callee& row, std::string_view name, const Call& call) {
  const Value* const object = call.positional(0);
  if (!row.arguments.starts_with("self=") || object == nullptr || !object->name.starts_with('#')) return std::nullopt;
  const std::size_t dot = name.rfind('.');
  const std::string_view owner = name.substr(0, dot == std::string_view::npos ? 0 : dot);
  const std::string_view type = owner.substr(owner.rfind('.') + 1);
  if (type.empty() || base::to_lower(type.front()) == type.front()) return std::nullopt;  // no class
  Call out;
  out.callee = member(*object, name.substr(dot + 1));
  bool taken = false;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (taken || !call.keys[i].empty()) out.add(call.arguments[i], call.keys[i]);
    else taken = true;
  }
  return out;
}

Value Walker::apply(const Call& call) {
  constexpr int kMostCalls = 400;
  if (session_.calls >= kMostCalls || !session_.budget.spend()) return report_over(), Value();
  ++session_.calls;
  Value out = applied(call);
  --session_.calls;
  return out;
}

Value Walker::applied(const Call& call) {
  bool done = false;
  if (Value out = apply_object(call, done); done) return out;
  Value unknown;
  if (call.callee.self) unknown.inherit(*call.callee.self);
  unknown.inherit(call.callee);
  for (const Value& a : call.arguments) unknown.inherit(a);
  std::string name = call.callee.name;
  if (call.callee.is_text() && d_.has(Trait::text_calls)) name = canonical(function_name(call.callee.text.bytes()));
  if (name == "#computed") {
    session_.opaque(reason_of(unknown.taint, OpaqueReason::unknown_code),
                    "`" + session_.effects.name() + "` calls something that it computes");
    return unknown;
  }
  if (const auto it = session_.variables.find(name);
      call.callee.is_text() && it != session_.variables.end() && it->second.closure) {
    Call inner = call;
    inner.callee = it->second;
    return apply(inner);
  }
  const Callee* row = over_budget() ? nullptr : find(name);
  if (row == nullptr) {
    if (changes_object(name) && call.callee.self) change(*call.callee.self, Value());
    session_.all_known = session_.all_known && call.callee.kind != ValueKind::name;
    const std::size_t dot = d_.has(Trait::class_files) ? name.find('.') : std::string::npos;
    if (dot != std::string::npos && dot > 0) import(Value::named(name.substr(0, dot)), session_, d_.language);
    if (const auto program = program_named(call.callee)) return run_program(*program, call, session_);
    Value out = over_budget() ? Value() : pass_on(call);
    lose_arguments(call);
    out.inherit(unknown);
    return out;
  }
  if (auto bound = method_of_first(*row, name, call)) return apply(*bound);
  Value out = apply_row(*row, name, call);
  if (changes_object(name) && call.callee.self) {
    if (!name.ends_with(".slice!")) change(*call.callee.self, out);
    else if (call.arguments.size() == 1 && call.callee.self->kind == ValueKind::list) (void)gives_deleted_at(call, *this);
    else change(*call.callee.self, Value());  // what is cut out is no more in it
  }
  const bool service = row < d_.callees.data() || row >= d_.callees.data() + d_.callees.size();
  if (service && row->module == "?") (void)pass_on(call);
  out.inherit(unknown);
  return out;
}

Value Walker::apply_row(const Callee& row, const std::string& name, const Call& call) {
  const bool texts = row.arguments.empty() && of_one_text(row.gives);  // worked out for each text that an argument may be
  const auto is_several = [&](const Value& v) { return (texts && is_choice_of_texts(v)) || is_choice_of_lists(v); };
  if (ways_of(call, is_several) > kMostWays) return apply_row(row, name, without_choices(call, is_several));
  const auto several = std::find_if(call.arguments.begin(), call.arguments.end(), is_several);
  if (several != call.arguments.end()) {
    return of_each(*several, [&](const Value& one) {
      Call inner = call;
      inner.arguments[static_cast<std::size_t>(several - call.arguments.begin())] = one;
      return apply_row(row, name, inner);
    });
  }
  if (call.callee.self && is_several(*call.callee.self)) {
    return on_each(*call.callee.self, [&](const Value& one) {
      Call inner = call;
      inner.callee.self = std::make_shared<const Value>(one);
      return apply_row(row, name, inner);
    });
  }
  Value out;
  session_.command = {};
  if (!row.arguments.empty()) out.inherit(apply_arguments(row.arguments, name.substr(name.rfind('.') + 1), call, *this));
  if (row.gives != nullptr) {
    Value given = row.gives(call, *this);
    given.inherit(out);
    out = std::move(given);
  }
  if (row.arguments.empty()) return out;
  for (const Value& a : call.arguments) {  // what is told of the end
    if (!a.closure || a.closure->calls > 0) continue;
    Call inner;
    inner.callee = a;
    for (std::size_t i = 0; i < a.closure->parameters.size(); ++i) {
      if (out.name == "#Tuple") inner.add(i < out.items.size() ? out.items[i] : Value());
      else inner.add(out.is_text() || out.kind == ValueKind::name ? out : Value());
    }
    (void)apply_closure(a, inner);
  }
  return out;
}

void Walker::read_code(const Value& code) {
  const Text text = code.as_text();
  if (text.empty() || code.kind == ValueKind::list) return;
  if (nothing_known(text)) {
    if (code.name == "#contents" && !code.taint.network) return;  // of a file: a script like any other
    return session_.opaque(reason_of(code.taint, OpaqueReason::unknown_code),
                           "`" + session_.effects.name() + "` runs code that it computes");
  }
  if (over_budget()) return;
  session_.depth += 8;  // code inside code is dearer than a bracket
  session_.result = Walker(session_, d_, text).run();
  session_.depth -= 8;
}

std::vector<Text> with_homes(const Text& text, const program::Effects& effects) {
  if (text.view().find(kHomeMark) == std::string_view::npos) return {text};
  std::vector<Text> out;
  for (const Text& home : effects.homes()) out.push_back(replaced(text, home));
  return out;
}

Text quoted(const Text& word) {
  Text out("'");
  std::size_t begin = 0;
  for (std::size_t at = word.view().find('\''); at != std::string_view::npos; at = word.view().find('\'', begin)) {
    out.append(word.substr(begin, at - begin));
    out.append("'\\''");
    begin = at + 1;
  }
  out.append(word.substr(begin));
  out.append("'");
  return out;
}

Text piped(const Text& from, const Text& to) {
  Text out("{ ");
  out.append(from);
  out.append("\n} | { ");
  out.append(to);
  out.append("\n}");
  return out;
}

Text fed(const Text& input, const Text& command) {
  Text out("printf %s ");
  out.append(quoted(input));
  out.append(" | { ");
  out.append(command);
  out.append("\n}");
  return out;
}

void run_code(const Value& code, Session& session) {
  session.all_known = false;
  for_each(code, [&](const Value& one) { run_one(one, session); });
}

namespace {

/// One of the words, or of those in a list among them, that may be one of several texts.
Value* one_of_several(std::vector<Value>& words) {
  for (Value& w : words) {
    if (is_choice_of_texts(w)) return &w;
    if (Value* inner = w.kind == ValueKind::list && w.name.empty() ? one_of_several(w.items) : nullptr) return inner;
  }
  return nullptr;
}

std::size_t alternatives(const std::vector<Value>& words) {
  std::size_t product = 1;
  for (const Value& w : words) {
    if (is_choice_of_texts(w)) product *= w.items.size();
    else if (w.kind == ValueKind::list) product *= alternatives(w.items);
    if (product > kMostAlternatives) return product;
  }
  return product;
}

}  // namespace

void run_words(const std::vector<Value>& words, Session& session) {
  if (const std::size_t many = alternatives(words); many > 1 && many <= kMostAlternatives) {
    std::vector<Value> copy = words;
    const Value* first = &copy.front();
    while (first->kind == ValueKind::list && !first->items.empty()) first = &first->items.front();
    Value* place = first->is_text() ? one_of_several(copy) : nullptr;  // `[x for x in words]` is all of them
    const std::vector<Value> items = place == nullptr ? std::vector<Value>() : place->items;
    for (const Value& one : items) {
      *place = one;
      run_words(copy, session);
    }
    if (place != nullptr) return;
  }
  session.all_known = false;
  std::vector<Text> argv;
  Value all;
  for (const Value& w : words) {
    add_words(argv, w);
    all.inherit(w);
  }
  if (argv.empty()) return;
  if (argv.front().empty() || !argv.front().literal()) {
    return session.opaque(reason_of(all.taint, OpaqueReason::computed_command),
                          "`" + session.effects.name() + "` runs a program that it computes");
  }
  std::vector<Text> homes{Text()};
  const bool at_home =
      std::any_of(argv.begin(), argv.end(), [](const Text& t) { return t.view().find(kHomeMark) != std::string_view::npos; });
  if (at_home) homes = session.effects.homes();
  for (const Text& home : homes) {
    std::vector<Text> one = argv;
    if (at_home) std::transform(argv.begin(), argv.end(), one.begin(), [&](const Text& t) { return replaced(t, home); });
    session.effects.run(std::move(one), session.change);
  }
}

}  // namespace belay::command::inline_code
