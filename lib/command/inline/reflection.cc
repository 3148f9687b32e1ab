#include "base/encoding.h"
#include "base/text.h"
#include "command/inline/functions.h"

/// Code and names that are made of texts.
namespace belay::command::inline_code {

namespace {

bool literal(const Value* v) { return v != nullptr && v->is_text() && v->text.literal(); }

}  // namespace

Value gives_evaluated(const Call&, Walker& walker) { return walker.session().result; }

Value gives_maker(const Call&, Walker& walker) {
  Value out = Value::named("#Returns");
  out.self = std::make_shared<const Value>(walker.session().result);
  return out;
}

Value gives_own_member(const Call& call, Walker& walker) {
  const Value* name = call.positional(0);
  if (!call.callee.self || name == nullptr) return {};
  if (literal(name) && literal(call.callee.self.get())) {  // Perl: "CORE"->can("system")
    std::string whole = call.callee.self->text.bytes() + "." + name->text.bytes();
    for (std::size_t at = whole.find("::"); at != std::string::npos; at = whole.find("::")) whole.replace(at, 2, ".");
    return Value::named(walker.canonical(std::move(whole)));
  }
  if (literal(name)) return walker.member(*call.callee.self, name->text.view());
  return call.callee.self->kind == ValueKind::name ? Value::named("#computed") : Value();
}

Value gives_located(const Call& call, Walker& walker) {
  const Value* name = call.positional(0);
  if (!literal(name)) return {};
  std::string dotted = name->text.bytes();
  for (char& c : dotted) c = c == ':' ? '.' : c;
  return Value::named(walker.canonical(std::move(dotted)));
}

Value gives_constructor(const Call& call, Walker& walker) {
  const Value* code = call.positional(call.arguments.empty() ? 0 : call.arguments.size() - 1);
  const bool known = code != nullptr && (literal(code) || call.callee.name.ends_with("Function"));
  if (!known) return {};
  walker.read_code(*code);
  return gives_maker(call, walker);
}

/// `new Worker("code", {eval: true})`.
Value gives_worker(const Call& call, Walker& walker) {
  const Value* code = call.positional(0);
  const Value* evaluates = call.named("eval");
  if (literal(code) && evaluates != nullptr && truthy(*evaluates)) walker.read_code(*code);
  else if (literal(code)) import(*code, walker.session(), walker.dialect().language);
  return {};
}

/// The code of `data:text/javascript,…`, else nothing.
std::optional<Value> code_of_url(const Value& url) {
  if (!literal(&url) || !url.text.view().starts_with("data:")) return std::nullopt;
  const std::string_view whole = url.text.view();
  const std::size_t comma = whole.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const std::string_view body = whole.substr(comma + 1);
  if (whole.substr(0, comma).ends_with(";base64")) return Value::of(Text(base::base64_decoded(body, base::Base64::url_safe_too)));
  return unescaped(Value::of(Text(body)));
}

Value gives_type_name(const Call& call, Walker&) { return Value::named(call.callee.name); }

/// Python: the function that PYTHONBREAKPOINT names.
Value gives_breakpoint(const Call& call, Walker& walker) {
  const Value named = walker.environment("PYTHONBREAKPOINT");
  if (!literal(&named)) return {};
  Call inner = call;
  inner.callee = Value::named(walker.canonical(named.text.bytes()));
  return walker.apply(inner);
}

/// Of the oldest form of pickles, which is text: `cMODULE\nNAME\n` is a function, `S'…'` and `V…` are what it is called with.
Value gives_unpickled(const Call& call, Walker& walker) {
  const Value* data = call.positional(0);
  if (data != nullptr && data->taint.network) walker.read_code(Value(*data));
  if (!literal(data)) return {};
  const auto lines = base::split(data->text.view(), '\n');
  Call inner;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t global = lines[i].rfind('c');
    const std::size_t quote = lines[i].find_first_of("'\"");
    const std::size_t plain = lines[i].find('V');
    if (quote != std::string_view::npos)
      inner.add(Value::of(Text(lines[i].substr(quote + 1, lines[i].rfind(lines[i][quote]) - quote - 1))));
    else if (plain != std::string_view::npos) inner.add(Value::of(Text(lines[i].substr(plain + 1))));
    else if (inner.callee.name.empty() && global != std::string_view::npos && i + 1 < lines.size())
      inner.callee = Value::named(walker.canonical(std::string(lines[i].substr(global + 1)) + "." + std::string(lines[i + 1])));
  }
  return inner.callee.name.empty() ? Value() : walker.apply(inner);
}

/// JSON is read as what it is in the languages here: a text, a list or a map.
Value gives_json(const Call& call, Walker& walker) {
  const Value* text = call.positional(0);
  if (!literal(text) || text->text.empty() || std::string_view("\"[{").find(text->text.view().front()) == std::string_view::npos)
    return {};
  return Walker(walker.session(), walker.dialect(), text->text).expression();
}

/// Lines behind `>>>` and `...`.
Value gives_examples(const Call& call, Walker& walker) {
  const Value* text = call.positional(0);
  if (!literal(text)) return {};
  std::string code;
  for (const std::string_view line : base::split(text->text.view(), '\n')) {
    const std::string_view trimmed = base::trim(line);
    if (trimmed.starts_with(">>> ") || trimmed.starts_with("... ")) code += std::string(trimmed.substr(4)) + "\n";
  }
  walker.read_code(Value::of(Text(std::move(code))));
  return {};
}

Value gives_template(const Call& call, Walker& walker) {
  const Value* text = call.positional(0);
  if (!literal(text)) return {};
  std::string code;
  std::string_view rest = text->text.view();
  for (std::size_t open = rest.find("<%"); open != std::string_view::npos; open = rest.find("<%")) {
    const std::size_t close = rest.find("%>", open);
    if (close == std::string_view::npos) break;
    const std::string_view inner = rest.substr(open + 2, close - open - 2);
    code += inner.substr(inner.starts_with('=') || inner.starts_with('-') ? 1 : 0);
    code += '\n';
    rest.remove_prefix(close + 2);
  }
  walker.read_code(Value::of(Text(std::move(code))));
  return {};
}

}  // namespace belay::command::inline_code
