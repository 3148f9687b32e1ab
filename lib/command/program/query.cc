#include "base/text.h"
#include "command/program/roles.h"

namespace belay::command::program {

namespace {

using model::HoleTrait;
using model::Query;

bool is_local(const Text& host) {
  const std::string_view v = host.view();
  return v.empty() || v == "localhost" || v == "::1" || v.substr(0, 4) == "127." || v == "0.0.0.0" || v[0] == '/' || v[0] == '@';
}

/// A connection string: `postgres://user:password@host:port/database?…`, or `host=… dbname=…`.
void connect(const Text& text, Query& into) {
  const std::string_view v = text.view();
  const auto scheme = v.find("://");
  if (scheme != std::string_view::npos) {
    const std::size_t begin = scheme + 3;
    const std::size_t end = std::min(v.find_first_of("/?", begin), v.size());
    const auto at = v.substr(begin, end - begin).rfind('@');
    const std::size_t host = at == std::string_view::npos ? begin : begin + at + 1;
    const auto colon = v.substr(host, end - host).rfind(':');
    into.host = text.substr(host, colon == std::string_view::npos ? end - host : colon);
    if (end < v.size() && v[end] == '/') into.database = text.substr(end + 1, v.find('?', end) - end - 1);
    return;
  }
  bool pairs = false;
  for (const std::string_view word : base::split_blank(v)) {
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) continue;
    const auto value = static_cast<std::size_t>(word.data() - v.data()) + equals + 1;
    const Text part = text.substr(value, word.size() - equals - 1);
    pairs = true;
    if (word.substr(0, equals) == "host" || word.substr(0, equals) == "hostaddr") into.host = part;
    if (word.substr(0, equals) == "dbname") into.database = part;
  }
  if (!pairs) into.database = text;
}

/// Commands of the client itself that leave for a shell: `\! cmd` (psql, mysql), `.shell cmd`, `.system cmd` (sqlite3), `system cmd` (mysql).
constexpr std::string_view kEscapes[] = {"\\!", ".shell ", ".system ", "system ", "\\system "};

void run_escapes(const Text& statement, Effects& effects) {
  const std::string_view v = statement.view();
  for (std::size_t begin = 0; begin < v.size();) {
    const std::size_t end = std::min(v.find('\n', begin), v.size());
    const auto first = v.find_first_not_of(" \t", begin);
    for (const std::string_view escape : kEscapes) {
      if (first >= end || v.substr(first, escape.size()) != escape) continue;
      const std::size_t code = first + escape.size();
      Change change;
      change.via = effects.name();
      change.keeps_input = false;
      effects.run_shell(statement.substr(code, end - code), {}, change);
      break;
    }
    begin = end + 1;
  }
}

class Queries {
 public:
  Queries(const Reading& reading, Effects& effects) : reading_(reading), effects_(effects) {}

  void run() {
    query_.engine = reading_.block().engine();
    for (const ReadOption& o : reading_.options) {
      if (o.number == kUnknownOption || !o.has_value) continue;
      const OptionInfo info = reading_.info(o);
      part(info.role, info.detail, o.value);
    }
    for (const ReadOperand& o : reading_.operands) part(o.role, o.detail, o.text);
    if (statements_.empty()) from_input();
    query_.local = is_local(query_.host);
    for (const Text& s : statements_) emit(s);
  }

 private:
  void part(Role role, std::string_view detail, const Text& value) {
    if (role == Role::host) query_.host = value;
    if (role == Role::database) connect(value, query_);
    if (role == Role::sql) statements_.push_back(value);
    if (role == Role::sql_file) statements_.push_back(effects_.written_text(value).value_or(Text::hole(HoleTrait::any)));
    if ((role == Role::sql || role == Role::sql_file) && query_.engine.empty()) query_.engine = detail;
  }

  void from_input() {
    const auto input = reading_.block().known() ? reading_.block().standard_input() : std::nullopt;
    if (!input || input->first != Role::sql) return;
    if (query_.engine.empty()) query_.engine = input->second;
    if (effects_.input().text) {
      statements_.push_back(*effects_.input().text);
    } else if (effects_.input().kind != model::StdinKind::inherit) {
      statements_.push_back(Text::hole(HoleTrait::any));
    }
  }

  void emit(const Text& statement) {
    Query query = query_;
    query.statement = statement;
    effects_.query(std::move(query), "statement of `" + effects_.name() + "`");
    run_escapes(statement, effects_);
  }

  const Reading& reading_;
  Effects& effects_;
  Query query_;
  std::vector<Text> statements_;
};

}  // namespace

void apply_queries(const Reading& reading, Effects& effects) { Queries(reading, effects).run(); }

}  // namespace belay::command::program
