#include "command/inline/services.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "command/inline/functions.h"
#include "command/program/roles.h"

namespace belay::command::inline_code {

namespace {

using model::HoleTrait;

// --- statements ------------------------------------------------------------------------------------------------------------------

/// First words of statements that change something. Reading ones are none: their text has no effect.
constexpr std::string_view kVerbs =
    "alter call create delete detach do drop exec execute grant insert merge purge reassign rename replace reset revoke set truncate update vacuum with "
    "explain begin start copy load";

bool is_statement(const Value& v) {
  if (!v.is_text()) return false;
  const std::string_view s = v.text.view();
  const std::size_t begin = s.find_first_not_of(" \t\r\n;(");
  if (begin == std::string_view::npos) return false;
  if (s.substr(begin, 2) == "/*" || s.substr(begin, 2) == "--") return true;
  std::size_t end = begin;
  while (end < s.size() && base::is_alpha(s[end])) ++end;
  return lists(kVerbs, base::lower(s.substr(begin, end - begin)));
}

void send(std::string_view engine, const Text& statement, Walker& walker, Text database = {}) {
  model::Query where;
  where.engine = engine;
  where.database = std::move(database);
  program::send_statements(where, statement, walker.session().effects);
}

std::string_view last_segment(std::string_view name) { return name.substr(name.rfind('.') + 1); }

/// `User`, `App.Models.User`: what stands for a whole table in object-relational mappers.
bool is_model(const Value& v) {
  const std::string_view name = last_segment(v.name);
  return v.kind == ValueKind::name && !name.empty() && name.front() >= 'A' && name.front() <= 'Z' && v.name.front() != '#';
}
bool receives_model(const Call& call) { return call.callee.self && is_model(*call.callee.self); }

Value table() { return Value::named("#Table"); }

/// The object that a chain of members begins with.
const Value* root_of(const Call& call) {
  const Value* v = call.callee.self.get();
  while (v != nullptr && v->kind == ValueKind::name && v->self) v = v->self.get();
  return v;
}

constexpr std::string_view kSqlite = "#Sqlite";

/// `sqlite3.connect(":memory:")`: its cursors speak to that file too.
Value gives_sqlite(const Call& call, Walker&) {
  const Value* file = call.argument(0, "database");
  return file != nullptr && file->is_text() && file->text.literal() ? Value::typed(std::string(kSqlite), file->text) : Value();
}
Value gives_cursor(const Call& call, Walker&) {
  const Value* root = root_of(call);
  return root != nullptr ? *root : Value();
}

/// The file that a statement is for. None once another one was attached: names without a schema may be of that one.
Text database_of(const Call& call, Walker& walker) {
  const Value* code = call.positional(0);
  const bool known = code != nullptr && code->is_text() && code->text.literal();
  if (!known || base::lower(code->text.view()).find("attach") != std::string::npos) walker.session().attached = true;
  const Value* root = root_of(call);
  return !walker.session().attached && root != nullptr && root->is_text() && root->name == kSqlite ? root->text : Text();
}

/// `cursor.execute("…")`, `pool.query({text: "…"})`, `session.query(User)`.
Value sends_statement(const Call& call, Walker& walker) {
  const Text database = call.arguments.empty() ? Text() : database_of(call, walker);
  for (const Value& a : call.arguments) {
    for_each(a, [&](const Value& v) {
      if (is_statement(v)) send("sql", v.text, walker, database);
    });
  }
  if (call.arguments.empty() ? receives_model(call) : is_model(call.arguments.front())) return table();
  return {};
}

Value sends_text(std::string_view statement, Walker& walker) {
  Text whole(statement);
  send("sql", whole, walker);
  return {};
}

/// `User.delete_all`, `Repo.delete_all(User)`: of everything, when nothing narrows it.
Value sends_delete_all(const Call& call, Walker& walker) {
  const bool narrowed = !call.arguments.empty() && !is_model(call.arguments.front());
  return receives_model(call) && !narrowed ? sends_text("DELETE FROM entries", walker) : Value();
}
Value sends_truncate(const Call& call, Walker& walker) {
  return receives_model(call) && call.arguments.empty() ? sends_text("TRUNCATE entries", walker) : Value();
}
Value sends_drop_tables(const Call&, Walker& walker) { return sends_text("DROP TABLE entries", walker); }
/// `sequelize.sync({force: true})` drops what it creates; `User.destroy({truncate: true})`.
Value sends_by_flag(const Call& call, Walker& walker) {
  const Value* force = call.named("force");
  const Value* all = call.named("truncate");
  if (force != nullptr && truthy(*force) && last_segment(call.callee.name) == "sync") return sends_drop_tables(call, walker);
  if (all != nullptr && truthy(*all)) return sends_text("TRUNCATE entries", walker);
  return {};
}

/// `User.objects.all()`, `User.all`.
Value gives_all_rows(const Call& call, Walker&) {
  if (!call.arguments.empty() || !call.callee.self) return {};
  return receives_model(call) || last_segment(call.callee.self->name) == "objects" ? table() : Value(*call.callee.self);
}
Value gives_table(const Call&, Walker&) { return table(); }
Value gives_unknown(const Call&, Walker&) { return {}; }

constexpr std::string_view kWholeTable = "all iterator order_by orderBy order distinct unscoped with_deleted in_batches find_each connection newQuery";

/// A table that nothing has narrowed yet: what empties it, what leaves it whole, and everything else, which picks rows.
Value uses_table(const Call& call, Walker& walker) {
  const std::string_view name = last_segment(call.callee.name);
  if (lists("delete del destroy delete_all destroy_all forceDelete", name) && call.arguments.empty()) return sends_text("DELETE FROM entries", walker);
  if (name == "truncate") return sends_text("TRUNCATE entries", walker);
  if (name == "drop") return sends_drop_tables(call, walker);
  return lists(kWholeTable, name) ? table() : Value();
}

// --- documents and keys ------------------------------------------------------------------------------------------------------------

bool filters_nothing(const Call& call) {
  const Value* filter = call.positional(0);
  if (filter == nullptr) return call.arguments.empty();
  if (const Value* where = filter->field("where")) filter = where;
  return filter->kind == ValueKind::list && filter->items.empty();
}

Value sends_delete_many(const Call& call, Walker& walker) {
  if (filters_nothing(call)) send("mongo", Text("db.c.deleteMany({})"), walker);
  return {};
}
Value sends_drop_database(const Call&, Walker& walker) {
  send("mongo", Text("db.dropDatabase()"), walker);
  return {};
}
Value sends_drop_collection(const Call&, Walker& walker) {
  send("mongo", Text("db.c.drop()"), walker);
  return {};
}
Value gives_collection(const Call&, Walker&) { return Value::named("#Collection"); }
Value gives_documents(const Call&, Walker&) { return Value::named("#Documents"); }

Value sends_flush(const Call& call, Walker& walker) {
  const bool all = base::lower(call.callee.name).find("all") != std::string::npos;
  send("redis", Text(all ? "FLUSHALL" : "FLUSHDB"), walker);
  return {};
}

// --- clouds: a call of the library is the command of the program -------------------------------------------------------------------

/// `terminate_instances`, `deleteBucket`, `DeleteBucketCommand` → `terminate-instances`, `delete-bucket`.
std::string kebab(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if ((upper && !out.empty()) || c == '_') out += '-';
    if (c != '_') out += base::to_lower(c);
  }
  return out;
}

/// Services whose program has another name than the library (aws-cli, `aws help`).
std::string program_name(std::string_view service) {
  const std::string name = base::lower(service);
  return name == "s3" ? "s3api" : name;
}

void run_order(const Text& service, const std::string& order, const Call& call, Walker& walker) {
  std::vector<Value> words{Value::of(Text("aws")), Value::of(service), Value::of(Text(order))};
  const auto option = [&](const std::string& key, const Value& value) {
    if (key.empty()) return;
    words.push_back(Value::of(Text("--" + kebab(key))));
    for_each(value, [&](const Value& v) { words.push_back(Value::of(v.as_text())); });
  };
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    option(call.keys[i], call.arguments[i]);
    const Value& a = call.arguments[i];
    for (std::size_t k = 0; call.keys[i].empty() && k < a.keys.size(); ++k) option(a.keys[k], a.items[k]);
  }
  run_words(words, walker.session());
}

/// `boto3.client("ec2")`, `new AWS.S3()`, `Aws::S3::Client.new`.
Value gives_cloud(const Call& call, Walker&) {
  const Value* named = call.argument(0, "service_name");
  const auto parts = base::split(call.callee.name, '.');
  const bool ruby = parts.size() > 2 && parts.front() == "Aws";
  const bool by_argument = parts.front() == "boto3" || parts.front() == "aioboto3";
  if (by_argument && (named == nullptr || !named->is_text())) return {};
  const std::string_view service = by_argument ? named->text.view() : ruby ? parts[1] : parts.back();
  const bool resource = lists("resource Resource", by_argument ? parts.back() : ruby ? parts[2] : std::string_view());
  return Value::typed(resource ? "#Resource" : "#Cloud", Text(program_name(service)));
}

Value orders_cloud(const Call& call, Walker& walker) {
  const Value* root = root_of(call);
  if (root == nullptr || !root->is_text()) return {};
  run_order(root->text, kebab(last_segment(call.callee.name)), call, walker);
  return {};
}

/// `new DeleteBucketCommand({…})` of `@aws-sdk/client-s3`; its clients have methods too.
Value orders_cloud_by_class(const Call& call, Walker& walker) {
  constexpr std::string_view kCommand = "Command";
  constexpr std::string_view kHead = "@aws-sdk.client-";
  const std::string_view name = last_segment(call.callee.name);
  std::string_view service(call.callee.name);
  service = service.substr(kHead.size(), service.rfind('.') - kHead.size());
  const Text program(program_name(service));
  if (name.size() <= kCommand.size() || name.substr(name.size() - kCommand.size()) != kCommand) return Value::typed("#Cloud", program);
  run_order(program, kebab(name.substr(0, name.size() - kCommand.size())), call, walker);
  return {};
}

/// `resource("s3").Bucket("b").objects.all().delete()`: the last thing named is what the verb is about.
Value orders_resource(const Call& call, Walker& walker) {
  const Value* root = root_of(call);
  if (root == nullptr || !root->is_text()) return {};
  const auto parts = base::split(call.callee.name, '.');
  const auto words = base::split_blank(root->text.view());
  if (words.empty()) return {};  // `boto3.resource("")` names no service
  std::string thing(words.size() > 1 ? words[1] : std::string_view("all"));
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
    if (!lists("all filter limit pages", parts[i])) thing = parts[i];
  }
  const std::string_view verb = parts.back();
  const Text service(words.front());
  if (lists("delete terminate stop reboot detach disassociate deregister purge release remove disable revoke", verb)) {
    run_order(service, std::string(verb) + "-" + kebab(thing), call, walker);
    return {};
  }
  const bool same = lists("all filter limit pages", verb);
  return Value::typed("#Resource", Text(std::string(words.front()) + " " + (same ? thing : std::string(verb))));
}

// --- programs behind libraries -----------------------------------------------------------------------------------------------------

void run_behind(std::initializer_list<std::string_view> program, const Call& call, Walker& walker) {
  std::vector<Value> words;
  for (const std::string_view word : program) words.push_back(Value::of(Text(word)));
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (call.keys[i].empty()) words.push_back(call.arguments[i]);
  }
  run_words(words, walker.session());
}
Value runs_django(const Call& call, Walker& walker) { return run_behind({"django-admin"}, call, walker), Value(); }
Value runs_artisan(const Call& call, Walker& walker) { return run_behind({"php", "artisan"}, call, walker), Value(); }

/// `os.kill(pid, 9)`; Ruby and Perl name the signal first.
Value sends_signal(const Call& call, Walker& walker) {
  const bool signal_first = call.callee.name == "Process.kill";
  const Value* process = call.positional(signal_first ? 1 : 0);
  const Value* signal = call.positional(signal_first ? 0 : 1);
  if (process == nullptr) return {};
  std::vector<Value> words{Value::of(Text("kill"))};
  if (signal != nullptr && signal->is_text()) {
    words.push_back(Value::of(Text("-s")));
    words.push_back(*signal);
  }
  words.push_back(*process);
  run_words(words, walker.session());
  return {};
}

// --- the table ---------------------------------------------------------------------------------------------------------------------

/// `module` may end in `*`; members `*` are all that have no row before. Rows for any object (`?`) come last.
constexpr std::array kServices{
    Callee{"sqlalchemy", "text", "", gives_first},
    Callee{"sqlalchemy.sql", "text", "", gives_first},
    Callee{"psycopg2.sql", "SQL", "", gives_first},
    Callee{"psycopg.sql", "SQL", "", gives_first},
    Callee{"", "sql postgres mysqli_query mysqli_multi_query pg_query pg_query_params pg_send_query sqlsrv_query oci_parse dbExecute dbSendQuery dbGetQuery", "",
           sends_statement},
    Callee{"DB", "table", "", gives_table},
    Callee{"#Regex*", "*", "", gives_unknown},
    Callee{"#Table*", "*", "", uses_table},
    Callee{"pymongo", "MongoClient", "", gives_documents},
    Callee{"motor.motor_asyncio", "AsyncIOMotorClient", "", gives_documents},
    Callee{"#Collection*", "drop", "", sends_drop_collection},
    Callee{"#Documents*", "drop", "", sends_drop_collection},
    Callee{"#Documents*", "delete_many remove", "", sends_delete_many},
    Callee{"#Documents*", "drop_database", "", sends_drop_database},
    Callee{"#Documents*", "*", "", gives_documents},
    Callee{"sqlite3", "connect", "", gives_sqlite},
    Callee{"#Sqlite*", "cursor", "", gives_cursor},
    Callee{"boto3", "client resource", "", gives_cloud},
    Callee{"aioboto3", "client resource", "", gives_cloud},
    Callee{"boto3", "Session", "", gives_object},
    Callee{"aws-sdk", "*", "", gives_cloud},
    Callee{"Aws.*", "new", "", gives_cloud},
    Callee{"@aws-sdk.client-*", "*", "", orders_cloud_by_class},
    Callee{"#Cloud*", "*", "", orders_cloud},
    Callee{"#Resource*", "*", "", orders_resource},
    Callee{"django.core.management", "call_command", "", runs_django},
    Callee{"Artisan", "call", "", runs_artisan},
    Callee{"os", "kill killpg", "", sends_signal},
    Callee{"process", "kill", "", sends_signal},
    Callee{"Process", "kill", "", sends_signal},
    Callee{"?",
           "execute executemany executescript execute_sql executeSql executeQuery executeUpdate exec exec_query exec_update multi_query query raw unsafe "
           "queryRawUnsafe executeRawUnsafe $executeRawUnsafe $queryRawUnsafe $executeRaw $queryRaw do run prepare simple_query statement unprepared delete_sql",
           "", sends_statement},
    Callee{"?", "delete_all destroy_all", "", sends_delete_all},
    Callee{"?", "truncate", "", sends_truncate},
    Callee{"?", "drop_all drop_table dropTable drop_tables dropTables dropAllTables dropTableIfExists drop_schema dropSchema", "", sends_drop_tables},
    Callee{"?", "sync destroy", "", sends_by_flag},
    Callee{"?", "all", "", gives_all_rows},
    Callee{"?", "delete_many deleteMany", "", sends_delete_many},
    Callee{"?", "drop_database dropDatabase", "", sends_drop_database},
    Callee{"?", "drop_collection dropCollection", "", sends_drop_collection},
    Callee{"?", "collection get_collection getCollection", "", gives_collection},
    Callee{"?", "flushall flushdb flushAll flushDb flush_all", "", sends_flush},
};

bool fits(std::string_view pattern, std::string_view module) {
  if (pattern.empty() || pattern.back() != '*') return pattern == module;
  return module.substr(0, pattern.size() - 1) == pattern.substr(0, pattern.size() - 1);
}

}  // namespace

const Callee* service_of(std::string_view module, std::string_view member) {
  const auto row = std::find_if(kServices.begin(), kServices.end(), [&](const Callee& r) {
    return fits(r.module, module) && (r.members == "*" || lists(r.members, member));
  });
  return row == kServices.end() ? nullptr : &*row;
}

}  // namespace belay::command::inline_code
