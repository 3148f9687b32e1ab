#include <algorithm>

#include "base/text.h"
#include "command/inline/walker.h"

/// The little syntax that binds names: imports, loops, patterns, parameters of callbacks.
namespace belay::command::inline_code {

namespace {

/// `node:fs/promises` is `fs.promises`, `File::Path` is `File.Path`.
std::string module_name(std::string name) {
  if (name.substr(0, 5) == "node:") name.erase(0, 5);
  if (name.substr(0, 4) == "npm:") name.erase(0, 4);
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '/' || (name[i] == ':' && i + 1 < name.size() && name[i + 1] == ':')) {
      i += name[i] == ':' ? 1U : 0U;
      out += '.';
    } else {
      out += name[i];
    }
  }
  return out;
}

constexpr std::size_t kLongestPattern = 24;

}  // namespace

Value Walker::statement() {
  const Token& t = peek();
  if (t.kind == TokenKind::name && lists(d_.importers, t.text) && import_statement()) return {};
  if (ends_statement(t)) {
    ++at_;
    return {};
  }
  if (t.word && t.text == "class" && peek(1).kind == TokenKind::name) {
    class_ = std::string(peek(1).text);
    if (d_.has(Trait::python_prefixes)) return class_head(), Value();
  }
  if (t.named("case") && t.line_start && d_.has(Trait::python_prefixes)) enter_branch();
  if (t.is("@") && d_.has(Trait::python_prefixes)) return decorated(), Value();
  if (renaming() || printed()) return {};
  if (lists("global nonlocal", t.text) && t.word) return share_names(), Value();
  const bool returns = t.named("return");
  if (d_.has(Trait::default_argument)) postfix_loop();
  if (several_targets()) return {};
  Value v = expression();
  if (!returns) return v;
  returned_ = returns_ ? either(std::move(returned_), v) : v;
  returns_ = true;
  return v;
}

/// Python: `class A(B, metaclass=f):`; what follows are statements.
void Walker::class_head() {
  at_ += 2;
  if (peek().is("(")) (void)bracketed('(');
  if (peek().is(":")) ++at_;
}

/// Ruby: `alias new old`.
bool Walker::renaming() {
  if (!d_.has(Trait::percent_literals) || !peek().named("alias") || peek(1).kind != TokenKind::name ||
      peek(2).kind != TokenKind::name)
    return false;
  at_ += 3;
  const auto plain = [](std::string_view name) { return name.substr(name.front() == ':' ? 1 : 0); };
  bind(std::string(plain(t_.all[at_ - 2].text)), lookup(plain(t_.all[at_ - 1].text)));
  return true;
}

bool Walker::ends_statement(const Token& t) { return t.kind == TokenKind::punct && lists("; , ) ] }", t.text); }

/// Statements that begin with `import`, `from`, `use`, `require`. False for a call of that name.
bool Walker::import_statement() {
  const bool called = peek(1).is("(");
  if (d_.has(Trait::python_prefixes)) {
    if (peek().text == "import") return python_import(), true;
    if (peek().text == "from") return python_from(), true;
  }
  if (called || peek(1).is(".")) return false;
  if (peek().text == "export" && d_.has(Trait::arrows)) {  // `export * from "x"`, `export {a} from "x"`
    const std::size_t behind = peek(1).is("{") ? t_.partner[at_ + 1] + 1 : at_ + 2;
    if ((!peek(1).is("{") && !peek(1).is("*")) || behind + 1 >= end_ ||
        !(t_.all[behind].named("from") || t_.all[behind].named("as")))
      return false;
  }
  script_import();
  return true;
}

/// Of a module that no table has, nothing is known by any name.
void Walker::open_module(const std::string& module) {
  const bool known = std::any_of(d_.callees.begin(), d_.callees.end(), [&](const Callee& row) { return row.module == module; });
  const bool open = std::find(session_.wildcards.begin(), session_.wildcards.end(), module) != session_.wildcards.end();
  if (known && !open) session_.wildcards.push_back(module);
}

std::string Walker::dotted() {
  std::string name;
  while (peek().kind == TokenKind::name || (peek().kind == TokenKind::punct && lists(". :: \\", peek().text))) {
    if (peek().kind == TokenKind::name && !name.empty() && name.back() != '.') break;
    name += peek().kind == TokenKind::name ? std::string(peek().text) : std::string(".");
    ++at_;
  }
  return name;
}

/// `import a.b as c, d`
void Walker::python_import() {
  ++at_;
  for (;;) {
    const std::string module = dotted();
    if (module.empty()) return;
    import(Value::named(module), session_, d_.language);
    if (peek().named("as") && peek(1).kind == TokenKind::name) {
      bind(std::string(peek(1).text), Value::named(canonical(module)));
      at_ += 2;
    }
    if (!peek().is(",")) return;
    ++at_;
  }
}

/// `from a import b as c, (d), *`
void Walker::python_from() {
  ++at_;
  const bool near = peek().is(".") || peek().is("...");
  while (peek().is(".") || peek().is("...")) ++at_;
  const std::string module = peek().named("import") ? std::string() : dotted();  // `from . import m`
  if (!peek().named("import") || (module.empty() && !near)) return;
  ++at_;
  if (!module.empty()) import(Value::named(module), session_, d_.language);
  if (peek().is("(")) ++at_;
  for (;;) {
    const Token& t = peek();
    if (t.is("*")) open_module(canonical(module));
    if (t.kind != TokenKind::name) {
      if (t.is("*") || t.is(")")) ++at_;
      return;
    }
    std::string local(t.text);
    const std::string member = module.empty() ? local : module + "." + local;
    const std::string whole = canonical(member);
    import(Value::named(member), session_, d_.language);
    ++at_;
    if (peek().named("as") && peek(1).kind == TokenKind::name) {
      local = std::string(peek(1).text);
      at_ += 2;
    }
    bind(local, Value::named(whole));
    if (!peek().is(",")) return;
    ++at_;
  }
}

/// JavaScript: `import fs, {rm as x} from 'fs'`, `import * as fs from 'fs'`. Perl, PHP, Ruby: `use File::Path qw(rmtree);`, `include FileUtils`,
/// `require 'x'`: all members may be called by their plain names.
void Walker::script_import() {
  ++at_;
  std::size_t from = at_;
  const std::size_t limit = std::min(end_ - 1, at_ + 64);
  while (from < limit && !t_.all[from].named("from") && t_.all[from].kind != TokenKind::string && !t_.all[from].is(";")) ++from;
  if (from < limit && t_.all[from].named("from") && t_.all[from + 1].kind == TokenKind::string) {
    const Value source = text_of(t_.all[from + 1].pieces);
    import(source, session_, d_.language);
    const Value module = Value::named(canonical(module_name(source.text.bytes())));
    for (std::size_t k = at_; k < from; ++k) {
      if (t_.all[k].is("{")) {
        bind_pattern(k + 1, t_.partner[k], module, "as");
        k = std::max(k, t_.partner[k]);
      } else if (t_.all[k].kind == TokenKind::name && t_.all[k].text != "as" && t_.all[k].text != "type") {
        bind(std::string(t_.all[k].text), module);
      }
    }
    at_ = from + 2;
    return;
  }
  if (peek().kind == TokenKind::string) return import(text_of(peek().pieces), session_, d_.language);  // `import "./m.mjs"`
  if (peek().kind != TokenKind::name) return;
  const std::string module = canonical(dotted());
  import(Value::named(module), session_, d_.language);
  if (lists(d_.accessors, "\\")) return bind(module.substr(module.rfind('.') + 1), Value::named(module));
  open_module(module);
  if (peek().is(",") && peek(1).named("as") && peek(2).is(":") && peek(3).kind == TokenKind::name) {  // Elixir: `alias File, as: F`
    bind(std::string(peek(3).text), Value::named(module));
    at_ += 4;
  }
}

/// `@x`, `%x` and `$x` are kept under one name.
std::string Walker::variable_key(std::string name) const {
  if (d_.has(Trait::sigils) && !name.empty() && (name[0] == '@' || name[0] == '%')) name[0] = '$';
  return name;
}

/// `for f in x:`, `for (const f of x)`, `foreach ($x as $f)`, `for my $f (list)`: the body is read once with any of the elements.
void Walker::loop() {
  ++at_;
  const bool parens = peek().is("(");
  const std::size_t begin = parens ? at_ + 1 : at_;
  const std::size_t limit = parens ? t_.partner[at_] : std::min(end_ - 1, at_ + kLongestPattern);
  std::size_t k = begin;
  for (; k < limit && !(t_.all[k].kind == TokenKind::name && lists("in of as", t_.all[k].text)); ++k) {
    if (t_.all[k].is("(") && !parens) break;
  }
  if (k == limit && parens && d_.has(Trait::typed)) {  // `for (auto& x : list)`
    for (k = begin; k < limit && !t_.all[k].is(":") && !t_.all[k].is(";") && !t_.all[k].is("("); ++k) {
    }
    if (k < limit && k > begin && t_.all[k].is(":")) {
      const std::size_t name = k - 1;
      at_ = k + 1;
      const Value list = expression();
      return bind_elements(name, name + 1, list);
    }
    k = limit;
  }
  const bool found = k < limit && t_.all[k].kind == TokenKind::name;
  if (found && t_.all[k].text == "as") {
    at_ = begin;
    const Value list = expression();
    std::size_t element = k + 1;
    if (element + 1 < limit && t_.all[element + 1].is("=>")) {  // `as $key => $value`
      bind(variable_key(std::string(t_.all[element].text)), Value());
      element += 2;
    }
    bind_elements(element, limit, list);
    for (std::size_t j = element; j + 1 < limit; ++j) {
      if (t_.all[j].is("&") && t_.all[j + 1].kind == TokenKind::name) own(std::string(t_.all[j + 1].text), list, loop_end());
    }
    return;
  }
  if (found) {
    at_ = k + 1;
    const bool outer = std::exchange(in_loop_head_, true);
    const bool by_key = d_.has(Trait::python_prefixes) || (d_.has(Trait::arrows) && t_.all[k].text == "in");
    const bool pairs = d_.first_index != 0 && begin + 3 == k && t_.all[begin + 1].is(",");  // Lua: `for i, x in ipairs(t)`
    const Value list = expression();
    in_loop_head_ = outer;
    if (pairs) bind(std::string(t_.all[begin].text), Value());
    return bind_elements(pairs ? begin + 2 : begin, k, by_key ? keys_of(list) : list);
  }
  if (!d_.has(Trait::sigils)) return;
  if (k < limit && t_.all[k].is("(") && !parens) {  // perl: for my $f (list)
    at_ = k;
    const Value list = opened(bracketed('('));
    bind_elements(begin, k, list);
    for (std::size_t j = begin; j < k; ++j) {
      if (t_.all[j].kind == TokenKind::name && !t_.all[j].word) own(variable_key(std::string(t_.all[j].text)), list, loop_end());
    }
    return;
  }
  if (!parens) return;
  const Value list = opened(bracketed('('));
  bind("$_", element_of(list));
  if (d_.has(Trait::default_argument)) own("$_", list, loop_end());
}

/// What a loop over a map finds: its keys.
Value keys_of(const Value& map) {
  const bool keyed = std::any_of(map.keys.begin(), map.keys.end(), [](const std::string& k) { return !k.empty(); });
  if (map.kind != ValueKind::list || !keyed) return map;
  Value out = Value::list({});
  for (const std::string& key : map.keys) out.add("", Value::of(Text(key)));
  out.inherit(map);
  return out;
}

void Walker::bind_elements(std::size_t begin, std::size_t end, const Value& list) {
  const Value element = element_of(list);
  std::size_t names = 0;
  for (std::size_t k = begin; k < end; ++k) names += t_.all[k].kind == TokenKind::name && !t_.all[k].word ? 1U : 0U;
  if (names > 1 && element.kind == ValueKind::list) return bind_pattern(begin, end, element, ":");
  for (std::size_t k = begin; k < end; ++k) {
    if (t_.all[k].kind == TokenKind::name && !t_.all[k].word) bind(variable_key(std::string(t_.all[k].text)), element);
  }
}

/// The variable of a comprehension is another one than that of its name outside.
void Walker::keep_outside(std::size_t name, std::size_t open) {
  const auto it = t_.all[name].kind == TokenKind::name ? session_.variables.find(std::string(t_.all[name].text)) : session_.variables.end();
  if (it != session_.variables.end()) outside_.push_back({open, it->first, it->second});
}

/// `[f(x) for y in list for x in y]`: the names are bound before the item is read.
void Walker::comprehension(std::size_t open) {
  if (!d_.has(Trait::python_prefixes)) return;
  const std::size_t back = at_;
  for (std::size_t k = open + 1; k < t_.partner[open]; ++k) {
    if (t_.all[k].named("for")) {
      at_ = k;
      for (std::size_t name = k + 1; name < t_.partner[open] && !t_.all[name].named("in"); ++name) keep_outside(name, open);
      ++brackets_;
      loop();
      --brackets_;
      read_loops_[k] = at_;
    }
    if (t_.partner[k] > k) k = t_.partner[k];
  }
  at_ = back;
}

/// Perl: `f($_) for LIST`: `$_` is bound before the statement is read.
void Walker::postfix_loop() {
  const std::size_t back = at_;
  for (std::size_t k = at_ + 1; k + 1 < end_ && !ends_statement(t_.all[k]); ++k) {
    if (t_.partner[k] > k) {
      k = t_.partner[k];
      continue;
    }
    if (t_.all[k].kind != TokenKind::name ||
        !(lists("for foreach", t_.all[k].text) || (t_.all[k].text == "while" && t_.all[k + 1].named("glob"))))
      continue;
    at_ = k + 1;
    const Value list = opened(expression());
    bind("$_", element_of(list));
    own("$_", list, at_);
    read_loops_[k] = at_;
    break;
  }
  at_ = back;
}

Value Walker::list_of(const Token& t) {
  std::vector<Value> items;
  for (const Piece& p : t.pieces) items.push_back(Value::of(p.literal));
  for (Value& item : items) item.cell = d_.copies == Copies::texts ? ++session_.cells : 0;
  return Value::list(std::move(items));
}

/// Perl: `map { f($_) } LIST`.
Value Walker::mapped() {
  const std::size_t block = at_ + 1;
  at_ = std::min(t_.partner[block] + 1, end_ - 1);
  const bool maps = t_.all[block - 1].text == "map";
  Value list = peek().is("(") ? bracketed('(') : expression();
  const std::size_t behind = at_;
  Closure each;
  each.begin = block + 1;
  each.end = t_.partner[block];
  each.source = source_;
  Value out = Value::list({});
  Value after = Value::list({});
  bool changes = false;
  const auto read = [&](const Value& element) {
    session_.owners.erase("$_");
    bind("$_", element);
    out.add("", Walker(session_, d_, each, each.begin, each.end).run());
    after.add("", lookup("$_"));
    const Value& now = after.items.back();
    changes = changes || now.kind != element.kind || now.text != element.text;
  };
  constexpr std::size_t kMostElements = 64;
  if (list.kind == ValueKind::list && !list.items.empty() && list.items.size() <= kMostElements) {
    for (const Value& item : list.items) read(item);
  } else {
    read(element_of(list));
  }
  at_ = std::max(behind, at_);
  if (changes && after.items.size() == list.items.size()) change(list, std::move(after));
  return maps ? out : list;
}

/// `{ |f| … }`, `do |f| … end`.
void Walker::block_parameter(const Value& value) {
  if (!peek().is("{") && !peek().named("do")) return;
  if (!peek(1).is("|") || peek(2).kind != TokenKind::name) return;
  const bool pair = peek(3).is(",") && peek(4).kind == TokenKind::name && peek(5).is("|") && keys_of(value).items.size() != 0 && value.kind == ValueKind::list;
  if (pair && !value.keys.front().empty()) {  // of a map
    bind(std::string(peek(2).text), element_of(keys_of(value)));
    return bind(std::string(peek(4).text), element_of(value));
  }
  if (value.name != "#Tuple") return bind(std::string(peek(2).text), element_of(value));
  std::size_t last = at_ + 2;
  while (last + 1 < end_ && !t_.all[last].is("|")) ++last;
  bind_pattern(at_ + 2, last, value, ":");
}

Value element_of(const Value& value) {
  if (is_choice_of_lists(value)) return of_each(value, [](const Value& one) { return element_of(one); });
  if (value.kind == ValueKind::list) {
    if (value.items.size() == 1) return value.items.front();
    Value out = Value::list({});
    out.kind = ValueKind::choice;
    for (const Value& item : value.items) out.add("", item);
    if (value.items.empty()) out.kind = ValueKind::unknown;
    out.inherit(value);
    return out;
  }
  return value;
}

/// C++: `std::ofstream f("x");` and `f{"x"}` are `f = std::ofstream("x")`.
bool Walker::construction(Value& v) {
  if (v.kind != ValueKind::name || peek().kind != TokenKind::name || peek().word || find(v.name) == nullptr) return false;
  const bool braces = peek(1).is("{");
  if (!braces && !peek(1).is("(")) return false;
  const std::string name(peek().text);
  ++at_;
  if (braces) {
    Call made;
    made.callee = std::move(v);
    for (Value& given : bracketed('{').items) made.add(std::move(given));
    v = apply(made);
  } else {
    v = call(std::move(v), true);
  }
  bind(name, v);
  return true;
}

/// A text, or the name of one, beside another: `A " b" C`, where A and C are macros.
bool Walker::adjoins(const Token& t) const {
  if (t.kind == TokenKind::string) return !t.line_start || brackets_ > 0;
  if (t.kind != TokenKind::name || t.word) return false;
  const auto it = session_.variables.find(std::string(t.text));
  return it != session_.variables.end() && it->second.is_text() && !peek(1).is("=");
}

}  // namespace belay::command::inline_code
