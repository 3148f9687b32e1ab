#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/program/roles.h"
#include "command/sql/key_value.h"
#include "command/sql/script.h"

namespace belay::command::program {

namespace {

using model::HoleTrait;
using model::OpKind;
using model::Query;

constexpr int kMostFiles = 16;  ///< files of statements that one command may run, one from another

bool is_local(const Text& host) {
  const std::string_view v = host.view();
  return v.empty() || base::iequals(v, "localhost") || v == "::1" || v == "." || v.substr(0, 4) == "127." || v == "0.0.0.0" ||
         v[0] == '/' || v[0] == '@';
}

/// `user:password@host:port` without what surrounds the host.
Text bare_host(const Text& authority) {
  const std::string_view v = authority.view();
  const auto at = v.rfind('@');
  const std::size_t begin = at == std::string_view::npos ? 0 : at + 1;
  if (v.substr(begin, 1) == "[") return authority.substr(begin + 1, v.find(']', begin) - begin - 1);
  const auto colon = v.find(':', begin);
  const bool address = colon != std::string_view::npos && v.find(':', colon + 1) != std::string_view::npos;
  return authority.substr(begin, colon == std::string_view::npos || address ? colon : colon - begin);
}

/// `postgres://user:password@host:port/database?host=…`.
void connect_url(const Text& text, std::size_t scheme, Query& into) {
  const std::string_view v = text.view();
  const std::size_t begin = scheme + 3;
  const std::size_t end = std::min(v.find_first_of("/?", begin), v.size());
  into.host = bare_host(text.substr(begin, end - begin));
  const std::size_t question = std::min(v.find('?', end), v.size());
  if (end < v.size() && v[end] == '/') into.database = text.substr(end + 1, question - end - 1);
  for (std::size_t at = question; at < v.size();) {
    const std::size_t next = std::min(v.find('&', at + 1), v.size());
    const auto equals = std::min(v.find('=', at), next);
    const std::string_view key = v.substr(at + 1, equals - at - 1);
    if (equals < next && (key == "host" || key == "hostaddr")) into.host = text.substr(equals + 1, next - equals - 1);
    if (equals < next && key == "dbname") into.database = text.substr(equals + 1, next - equals - 1);
    at = next;
  }
}

/// A connection string: a URL, `host=… dbname=…`, or the name of a database alone.
void connect(const Text& text, Query& into) {
  const std::string_view v = text.view();
  const auto scheme = v.find("://");
  if (scheme != std::string_view::npos) return connect_url(text, scheme, into);
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

/// Variables that say where a client connects when its arguments do not (psql(1) "Environment", mysql(1)).
struct Variable {
  std::string_view name;
  bool database;
};
constexpr std::array kVariables{Variable{"PGHOST", false},        Variable{"PGHOSTADDR", false},   Variable{"MYSQL_HOST", false},
                                Variable{"REDISCLI_HOST", false}, Variable{"SQLCMDSERVER", false}, Variable{"PGDATABASE", true},
                                Variable{"SQLCMDDBNAME", true}};

void connect_by(const std::vector<model::Binding>& env, Query& into) {
  for (const model::Binding& binding : env) {
    for (const Variable& variable : kVariables) {
      if (variable.name != binding.name) continue;
      Text& part = variable.database ? into.database : into.host;
      if (part.empty()) part = binding.value;
    }
  }
}

/// Turns what a script does into operations of one client.
class Session : public sql::Sink {
 public:
  Session(Query query, Effects& effects) : query_(std::move(query)), effects_(effects) {}

  void run(const Text& text) {
    sql::read_script(text, dialect(), *this);
    if (dialect().language == sql::Language::script) run_modules(text);
  }

  /// Where results go from the beginning: psql's `-o FILE`, `-o '|COMMAND'`.
  void results(const Text& place) {
    if (place.view().starts_with("|")) pipe(place.substr(1));
    else effects_.write(place, {}, Text::hole(HoleTrait::any), why());
  }

  /// What was printed is complete.
  void close() { pipe({}); }

  /// Words of one command of a key-value store.
  void run(std::span<const Text> words) {
    sql::Telling telling{*this, {}};
    sql::read_words(words, telling);
  }

  /// A file of statements: what this call put there, or what lies there.
  void run_file(const Text& file) {
    if (++files_ > kMostFiles) return statement(Text::hole(HoleTrait::any));
    if (const auto text = effects_.file_text(file)) run(*text);
    else statement(Text::hole(HoleTrait::any));
  }

  void statement(Text normal) override {
    if (query_.engine == "sqlite" && base::iequals(normal.view().substr(0, 7), "ATTACH "))
      query_.database = Text::hole(HoleTrait::any);
    Query query = query_;
    query.local = is_local(query.host);
    query.statement = std::move(normal);
    effects_.query(std::move(query), "statement of `" + effects_.name() + "`");
  }

  void effect(sql::Effect effect) override {
    const bool here = !effect.server || is_local(query_.host);
    switch (effect.kind) {
      case sql::EffectKind::shell: return shell(effect.text, here);
      case sql::EffectKind::read:
        if (here) effects_.file(OpKind::read, effect.text, {}, why());
        return;
      case sql::EffectKind::write:
        for (const Text& path : here ? from_home(effect.text) : std::vector<Text>{}) effects_.write(path, {}, Text::hole(HoleTrait::any), why());
        return;
      case sql::EffectKind::script:
        if (effect.text.view().substr(0, 1) == "|") return shell(effect.text.substr(1), true);
        effects_.file(OpKind::read, effect.text, {}, why());
        return run_file(effect.text);
      case sql::EffectKind::database: return connect(effect.text, query_);
      case sql::EffectKind::host: query_.host = effect.text; return;
      case sql::EffectKind::pipe: return pipe(effect.text);
      case sql::EffectKind::printed: return printed_.append(effect.text), printed_.append("\n");
    }
  }

  [[nodiscard]] bool piped() const override { return !pipe_.empty(); }

 private:
  [[nodiscard]] const sql::Dialect& dialect() const { return sql::dialect_of(query_.engine); }
  [[nodiscard]] std::string why() const { return "command of `" + effects_.name() + "`"; }

  void shell(const Text& code, bool here) {
    Change change;
    change.via = effects_.name();
    change.keeps_input = false;
    change.remote = !here;
    effects_.run_shell(code, {}, change);
  }

  /// mongosh is Node.js too, and `fs` needs no `require` there.
  void run_modules(const Text& script) {
    const std::string_view v = script.view();
    if (v.find("require") == std::string_view::npos && v.find("fs.") == std::string_view::npos) return;
    Text code("const fs = require('fs');\n");
    code.append(script);
    apply_code("javascript", code, {}, effects_);
  }

  /// The command that read so far has all that it gets.
  void pipe(Text next) {
    if (!pipe_.empty()) {
      Change change;
      change.via = effects_.name();
      Input input;
      input.kind = model::StdinKind::pipe;
      if (printed_.literal()) input.text = printed_;
      effects_.run_shell_on(input, pipe_, change);
    }
    pipe_ = std::move(next);
    printed_ = Text();
  }

  /// Clients look for `~/x` in the home, whatever shell started them.
  [[nodiscard]] std::vector<Text> from_home(const Text& path) const {
    if (!path.view().starts_with("~/")) return {path};
    std::vector<Text> homes = effects_.homes();
    for (Text& home : homes) home.append(path.substr(1));
    return homes;
  }

  Query query_;
  Effects& effects_;
  int files_ = 0;
  Text pipe_;     ///< the command that reads what is printed
  Text printed_;  ///< for it
};

class Queries {
 public:
  Queries(const Reading& reading, Effects& effects) : reading_(reading), effects_(effects) {}

  void run() {
    query_.engine = sql::engine_of_client(effects_.name());
    if (query_.engine.empty()) query_.engine = reading_.block().engine();
    for (const ReadOption& o : reading_.options) {
      if (o.number == kUnknownOption || !o.has_value) continue;
      const OptionInfo info = reading_.info(o);
      if (info.role == Role::code && info.detail == "results") results_ = o.value;
      part(info.role, info.detail, o.value);
    }
    for (const ReadOperand& o : reading_.operands) part(o.role, o.detail, o.text);
    connect_by(effects_.invocation().setting.env, query_);
    if (sources_.empty()) from_input();
    Session session(query_, effects_);
    if (results_) session.results(*results_);
    if (sql::dialect_of(query_.engine).language == sql::Language::words && !words_.empty()) return session.run(words_);
    for (const Source& source : sources_) {
      if (source.file) session.run_file(source.text);
      else session.run(source.text);
    }
    session.close();
  }

 private:
  struct Source {
    Text text;
    bool file = false;
  };

  void part(Role role, std::string_view detail, const Text& value) {
    if (role == Role::host) query_.host = bare_host(value);
    if (role == Role::database) connect(value, query_);
    if (role != Role::sql && role != Role::sql_file) return;
    if (query_.engine.empty()) query_.engine = detail;
    if (role == Role::sql) words_.push_back(value);
    if (role == Role::sql_file && is_standard_input(value.view())) return from_input();
    sources_.push_back({value, role == Role::sql_file});
  }

  void from_input() {
    const auto input = reading_.block().known() ? reading_.block().standard_input() : std::nullopt;
    if (!input || input->first != Role::sql) return;
    if (query_.engine.empty()) query_.engine = input->second;
    if (const auto known = effects_.known_input()) sources_.push_back({*known->text, false});
    else if (effects_.input().kind != model::StdinKind::inherit) sources_.push_back({Text::hole(HoleTrait::any), false});
  }

  const Reading& reading_;
  Effects& effects_;
  Query query_;
  std::vector<Source> sources_;
  std::optional<Text> results_;  ///< where they go
  std::vector<Text> words_;
};

}  // namespace

void send_statements(const model::Query& where, const Text& script, Effects& effects) {
  Session session(where, effects);
  session.run(script);
  session.close();
}

void apply_queries(const Reading& reading, Effects& effects) { Queries(reading, effects).run(); }

}  // namespace belay::command::program
