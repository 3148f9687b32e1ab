#include "decide_world.h"

using namespace decide_world;

namespace {

/// One rule, one call, the strictest finding. `pass` means that the rule does not hold.
struct Row {
  const char* rule;
  model::Analysis call;
  Verdict verdict;
  Truth truth = Truth::yes;
};

model::Analysis one(Operation op) { return analysis({std::move(op)}); }

Operation with_env(Operation op, const std::string& name, const std::string& value) {
  std::get<model::Exec>(op.detail).env.push_back({name, text(value)});
  return op;
}
Operation through(Operation op, const std::vector<std::string>& via, const std::string& as) {
  auto& exec = std::get<model::Exec>(op.detail);
  exec.via = via;
  exec.as = as;
  return op;
}
Operation fed(Operation op, model::StdinKind input) {
  std::get<model::Exec>(op.detail).input = input;
  return op;
}

void check(const std::vector<Row>& rows) {
  const Asker asker;
  for (const Row& row : rows) {
    const Image image = rule_image(row.rule);
    const auto decision = asker.judge(row.call, image);
    INFO(row.rule << "\n#" << &row - rows.data());
    CHECK(decision.fault.empty());
    CHECK(model::name_of(decision.effective) == model::name_of(row.verdict));
    if (row.verdict != Verdict::pass && decision.leading() != nullptr) CHECK(decision.leading()->truth == row.truth);
  }
}

}  // namespace

TEST_CASE("conditions on the command") {
  const char* push = "command = \"git push\"\noption = [\"-f\", \"--force\"]";
  const char* valued = "program = \"kubectl\"\noption = \"--context=*prod*\"";
  check({
      {"command = \"git push\"", one(exec("git push")), Verdict::deny},
      {"command = \"git push\"", one(exec("git push origin")), Verdict::deny},  // a longer one begins with it
      {"command = \"git push\"", one(exec("git pushx")), Verdict::pass},
      {"command = \"git push\"", one(exec("git")), Verdict::pass},
      {"command = \"git\"", one(exec("git stash drop")), Verdict::deny},
      {"command = \"git\"", one(exec("gitk")), Verdict::pass},
      {"command = [\"a b\", \"git stash drop\"]", one(exec("git stash drop")), Verdict::deny},
      {push, one(exec("git push", {"-f --force"})), Verdict::deny},
      {push, one(exec("git push", {"--force-with-lease"})), Verdict::pass},
      {push, one(exec("git push", {}, {"{words}"})), Verdict::log, Truth::maybe},
      {push, one(exec("git push", {}, {"{name}"})), Verdict::pass},
      {valued, one(exec("kubectl", {"--context=live-prod-1"})), Verdict::deny},
      {valued, one(exec("kubectl", {"--context=dev"})), Verdict::pass},
      {valued, one(exec("kubectl", {"--context"})), Verdict::pass},
      {valued, one(exec("kubectl", {"--context={any}"})), Verdict::log, Truth::maybe},
      {valued, one(exec("kubectl", {"--context=dev", "--context=prod"})), Verdict::deny},
      {"program = \"mkfs*\"", one(exec("mkfs.ext4")), Verdict::deny},
      {"program = \"mkfs*\"", one(exec("amkfs.ext4")), Verdict::pass},
      {"program = [\"mkfs*\", \"dd\"]", one(exec("dd")), Verdict::deny},
      {"command = \"git push\"\narg = \"+*\"", one(exec("git push", {}, {"origin", "+main"})), Verdict::deny},
      {"command = \"git push\"\narg = \"+*\"", one(exec("git push", {}, {"{any}"})), Verdict::log, Truth::maybe},
      {"command = \"git push\"\narg = \"+*\"", one(exec("git push", {}, {"origin+x"})), Verdict::pass},
      {"env = \"HTTP_PROXY=*evil*\"", one(with_env(exec("curl"), "HTTP_PROXY", "http://evil")), Verdict::deny},
      {"env = \"HTTP_PROXY=*evil*\"", one(with_env(exec("curl"), "HTTP_PROXY", "{any}")), Verdict::log, Truth::maybe},
      {"env = \"HTTP_PROXY=*evil*\"", one(with_env(exec("curl"), "NO_PROXY", "evil")), Verdict::pass},
      {"env = \"LD_PRELOAD\"", one(with_env(exec("ls"), "LD_PRELOAD", "{any}")), Verdict::deny},
      {"as = \"root\"", one(through(exec("ls"), {"sudo"}, "root")), Verdict::deny},
      {"as = \"root\"", one(exec("ls")), Verdict::pass},
      {"as = \"dev\"", one(exec("ls")), Verdict::deny},  // the actor's own
      {"via = \"ssh\"", one(through(exec("ls"), {"sudo", "ssh"}, "")), Verdict::deny},
      {"via = \"ssh\"", one(exec("ssh")), Verdict::pass},
      {"stdin = \"network\"", one(fed(exec("sh"), model::StdinKind::network)), Verdict::deny},
      {"stdin = [\"file\", \"network\"]", one(fed(exec("sh"), model::StdinKind::pipe)), Verdict::pass},
      {"match = '^git +re'", one(exec("git reset")), Verdict::deny},
      {"match = '^git +re'", one(exec("git push")), Verdict::pass},
      {"command = \"terraform\"\nunless = '-target'", one(exec("terraform destroy")), Verdict::deny},
      {"command = \"terraform\"\nunless = '-target'", one(exec("terraform destroy", {"-target=x"})), Verdict::pass},
      // of an effect, the command that has it
      {"on = \"delete\"\ncommand = \"rm\"\noption = \"-f\"", effect_of(exec("rm", {"-f"}), deletes("/x")), Verdict::deny},
      {"on = \"delete\"\ncommand = \"rm\"\noption = \"-f\"", effect_of(exec("rm"), deletes("/x")), Verdict::pass},
      {"on = \"delete\"\nprogram = \"rm\"", one(deletes("/x")), Verdict::pass},
      {"on = \"delete\"\nmatch = 'rm.*secret'", effect_of(exec("rm", {}, {"secret"}), deletes("/secret")), Verdict::deny},
  });
}

TEST_CASE("conditions on paths") {
  // With `unsure` said: a maybe that would only be logged by default is not looked for.
  const char* env = "on = \"read\"\npath = \"**/.env\"\nexcept = \"{tmp}/**\"\nunsure = \"log\"";
  const char* aws = "on = \"read\"\npath = \"~/.aws/credentials\"";
  const char* home = "on = \"delete\"\nrecursive = true\ncovers = \"~\"";
  check({
      {env, one(reads("/home/dev/project/.env")), Verdict::deny},
      {env, one(reads("/home/dev/project/.ENV")), Verdict::deny},
      {env, one(reads("/home/dev/project/.env.d")), Verdict::pass},
      {env, one(reads("{any}/.env")), Verdict::deny},
      {env, one(reads("/home/dev/{name}")), Verdict::log, Truth::maybe},
      {env, one(reads("/tmp/.env")), Verdict::pass},
      {env, one(reads("/tmp/.env", {false, false, true, "/home/dev/.env"})), Verdict::deny},  // a link out of what is excused
      {env, one(reads("/home/dev/.env", {false, false, true, "/tmp/.env"})), Verdict::deny},  // and into it
      {env, one(reads("/srv/cfg", {false, false, true, "/srv/.env"})), Verdict::deny},
      {env, one(reads("/home/dev/.env", {false, false, false})), Verdict::log, Truth::maybe},  // it may touch it
      {aws, one(reads("/home/dev/.aws", {true})), Verdict::deny},
      {aws, one(reads("/home/dev/.aws")), Verdict::pass},
      {aws, one(reads("/", {true})), Verdict::deny},
      {env, one(reads("/home/dev", {true})), Verdict::pass},  // unanchored: or no `grep -r` could run
      {home, one(deletes("/home/dev", {true})), Verdict::deny},
      {home, one(deletes("/home", {true})), Verdict::deny},
      {home, one(deletes("/home/dev", {true, true})), Verdict::deny},
      {home, one(deletes("/home/dev/x", {true})), Verdict::pass},
      {home, one(deletes("/home/dev")), Verdict::pass},
      {home, one(deletes("{any}", {true})), Verdict::ask, Truth::maybe},
      {"on = \"write\"\npath = \"{project}/**\"\ncontent = 'hook'",
       one(writes("/home/dev/project/a", {false, false, true, "", "a hook"})), Verdict::deny},
      {"on = \"write\"\npath = \"{project}/**\"\ncontent = 'hook'\nunsure = \"log\"",
       one(writes("/home/dev/project/a", {false, false, true, "", "a {any}"})), Verdict::log, Truth::maybe},
      {"on = \"write\"\npath = \"{project}/**\"\ncontent = 'hook'",
       one(writes("/home/dev/project/a", {false, false, true, "", "a"})), Verdict::pass},
      {"on = [\"read\", \"write\"]\npath = \"/etc/**\"", one(writes("/etc/x")), Verdict::deny},
      {"on = [\"read\", \"write\"]\npath = \"/etc/**\"", one(deletes("/etc/x")), Verdict::pass},
      // what is held back is held back for every form, and not from above
      {"on = \"read\"\npath = \"/**\"\nnot = [{ path = \"/srv/**\" }]", one(reads("/srv/a")), Verdict::pass},
      {"on = \"read\"\npath = \"/**\"\nnot = [{ path = \"/srv/**\" }]", one(reads("/srv/a", {false, false, true, "/etc/shadow"})),
       Verdict::deny},
      {"on = \"read\"\npath = \"/**\"\nnot = [{ path = \"/srv/a/b\" }]", one(reads("/srv", {true})), Verdict::deny},
      {"on = \"read\"\npath = \"/**\"\nnot = [{ path = \"/srv/**\", except = \"/srv/key\" }]", one(reads("/srv/key")),
       Verdict::deny},
      {"on = \"read\"\npath = \"/**\"\nnot = [{ path = \"/srv/**\", except = \"/srv/key\" }]", one(reads("/srv/{name}")),
       Verdict::deny},
  });
}

TEST_CASE("conditions on requests, statements, tools and the unknown") {
  const char* railway = "on = \"fetch\"\nhost = [\"backboard.railway.app\", \"*.railway.internal\"]\nbody = 'volumeDelete'";
  const char* drop = "on = \"query\"\nstatement = '(?i)\\bdrop\\s+table\\b'";
  check({
      {railway, one(fetch("POST", "backboard.railway.app", "{volumeDelete}")), Verdict::deny},
      {railway, one(fetch("POST", "backboard.railway.app.", "volumeDelete")), Verdict::deny},
      {railway, one(fetch("POST", "x.railway.internal", "volumeDelete")), Verdict::deny},
      {railway, one(fetch("POST", "example.com", "volumeDelete")), Verdict::pass},
      {railway, one(fetch("POST", "backboard.railway.app", "{any}")), Verdict::ask, Truth::maybe},
      {railway, one(fetch("GET", "backboard.railway.app", "{any}")), Verdict::log, Truth::maybe},
      {railway, one(fetch("POST", "{any}", "volumeDelete")), Verdict::log, Truth::maybe},  // some host, not the named one
      {railway, one(fetch("POST", "backboard.railway.app", "me")), Verdict::pass},
      {"on = \"fetch\"\nmethod = \"delete\"", one(fetch("DELETE", "x")), Verdict::deny},
      {"on = \"fetch\"\nmethod = \"delete\"", one(fetch("GET", "x")), Verdict::pass},
      {"on = \"fetch\"\nurl = '/v1/apps/[^/]+$'", one(fetch("GET", "x", "", "/v1/apps/a")), Verdict::deny},
      {"on = \"fetch\"\nurl = '/v1/apps/[^/]+$'\nunsure = \"log\"", one(fetch("GET", "x", "", "/v1/{any}")), Verdict::log,
       Truth::maybe},
      {"on = \"fetch\"\nurl = '/v1/apps/[^/]+$'", one(fetch("GET", "x", "", "/v1/{any}")), Verdict::pass},
      {drop, one(query("postgres", "DROP TABLE users")), Verdict::deny},
      {drop, one(query("postgres", "{any}")), Verdict::ask, Truth::maybe},
      {drop, one(query("postgres", "select 1")), Verdict::pass},
      {"on = \"query\"\nengine = \"Postgres\"", one(query("postgres", "x")), Verdict::deny},
      {"on = \"query\"\nengine = \"mysql\"", one(query("postgres", "x")), Verdict::pass},
      {"on = \"query\"\ntarget = \"*PROD*\"", one(query("postgres", "x", "Live-Prod")), Verdict::deny},
      {"on = \"query\"\ntarget = \"*prod*\"", one(query("postgres", "x", "{name}")), Verdict::ask, Truth::maybe},
      {"on = \"query\"\ntarget = \"*\"", one(query("sqlite", "x")), Verdict::pass},
      {"on = \"call\"\ntool = \"mcp:db/*\"\ninput = 'drop'", one(tool("mcp:db/run", "drop it")), Verdict::deny},
      {"on = \"call\"\ntool = \"mcp:db/*\"\ninput = 'drop'", one(tool("mcp:db/run", "list")), Verdict::pass},
      {"on = \"call\"\ntool = \"mcp:db/*\"\ninput = 'drop'", one(tool("mcp:web/run", "drop")), Verdict::pass},
      {"on = \"opaque\"\nreason = [\"limit\", \"unparsable\"]", one(opaque(model::OpaqueReason::limit)), Verdict::deny},
      {"on = \"opaque\"\nreason = \"limit\"", one(opaque(model::OpaqueReason::unknown_code)), Verdict::pass},
  });
}

TEST_CASE("any, all and not") {
  const std::string head = "command = \"git push\"\n";
  const auto rows = [&](const std::string& groups, const std::vector<std::pair<Operation, Verdict>>& calls) {
    const std::string rule = head + groups;
    for (const auto& [op, verdict] : calls)
      check({{rule.c_str(), one(op), verdict, verdict == Verdict::log ? Truth::maybe : Truth::yes}});
  };
  rows("any = [{ option = \"-f\" }, { arg = \"+*\" }]", {{exec("git push", {"-f"}), Verdict::deny},
                                                         {exec("git push", {}, {"+x"}), Verdict::deny},
                                                         {exec("git push", {}, {"{any}"}), Verdict::log},
                                                         {exec("git push", {}, {"x"}), Verdict::pass}});
  rows("any = [{ option = \"-f\", arg = \"+*\" }, { match = 'zzz' }]", {{exec("git push", {"-f"}, {"+x"}), Verdict::deny},
                                                                        {exec("git push", {"-f"}), Verdict::pass},
                                                                        {exec("git push", {}, {"zzz"}), Verdict::deny}});
  rows("all = [{ option = \"-f\" }, { arg = \"+*\" }]",
       {{exec("git push", {"-f"}, {"+x"}), Verdict::deny}, {exec("git push", {"-f"}), Verdict::pass}});
  rows("not = [{ option = \"-n\" }, { arg = \"x\" }]",
       {{exec("git push", {"-n"}), Verdict::pass},
        {exec("git push", {}, {"x"}), Verdict::pass},
        {exec("git push", {}, {"y"}), Verdict::deny},
        {exec("git push", {}, {"{words}"}), Verdict::deny}});  // only certainty suppresses
  rows("not = [{ option = \"-n\", arg = \"x\" }]",
       {{exec("git push", {"-n"}), Verdict::deny}, {exec("git push", {"-n"}, {"x"}), Verdict::pass}});
}

TEST_CASE("a second operation of the same call") {
  const char* leak = "on = \"read\"\npath = \"**/.env\"\nreaches = { on = \"fetch\", not_host = [\"*.corp\", \"localhost\"] }";
  const char* both = "on = \"read\"\npath = \"**/.env\"\nalso = { on = \"fetch\", method = \"POST\" }";
  const auto call = [](const std::string& host, std::vector<model::Flow> flows) {
    return analysis({reads("/x/.env"), exec("cat"), fetch("POST", host)}, std::move(flows));
  };
  check({
      {leak, call("evil.com", {{0, 2}}), Verdict::deny},
      {leak, call("evil.com", {{0, 1}, {1, 2}}), Verdict::deny},  // by way of another
      {leak, call("evil.com", {{0, 1}}), Verdict::pass},
      {leak, call("evil.com", {{2, 0}}), Verdict::pass},          // the other way round
      {leak, call("evil.com", {{0, 1}, {1, 0}}), Verdict::pass},  // a circle ends
      {leak, call("a.corp", {{0, 2}}), Verdict::pass},
      {leak, call("{any}", {{0, 2}}), Verdict::deny},             // only certainty excuses
      {leak, call("evil.com", {{0, 9}, {9, 2}}), Verdict::pass},  // flows to nowhere
      {both, call("evil.com", {}), Verdict::deny},
      {both, analysis({reads("/x/.env"), fetch("GET", "x")}), Verdict::pass},
      {both, analysis({reads("/x/.env")}), Verdict::pass},
  });
}
