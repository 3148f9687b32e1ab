# Writes `count` rules as an organisation of that size would have them: most about programs of its own (described beside them) and their
# subcommands, some about requests, statements, files and tools; every one with a case that fires and one that passes. The same count gives the
# same text. A file holds `first` to `first + count - 1`:   awk -v first=1000 -v count=1000 -f rules.awk
function pick(text, n,   words, size) { size = split(text, words, " "); return words[n % size + 1] }
function quoted(s) { return "\"" s "\"" }
function rule(action, summary, on) {
  printf "\n[[rule]]\nid = \"%s.r%d\"\naction = \"%s\"\nseverity = \"%s\"\nsummary = \"%s\"\n", pack, id, action, pick("medium high critical", id), summary
  printf "instead = \"ask the owner of %s\"\non = %s\n", service, on
}
function fires(text, expect) { printf "  [[rule.case]]\n  %s\n  expect = \"%s\"\n", text, expect }
function passes(text) { fires(text, "pass") }
function command_rule(   tool, verb, noun, action) {
  tool = service "ctl"
  verb = pick("destroy delete purge drop reset rotate revoke drain evict detach truncate wipe expire disable", int(id / 3))
  noun = pick("cluster volume topic bucket tenant index queue schema replica snapshot token route shard ledger cache", int(id / 7)) "-" id
  action = pick("ask deny", id)
  rule(action, verb "s a " noun, quoted("exec"))
  printf "command = \"%s %s %s\"\n", tool, verb, noun
  if (id % 3 == 0) printf "any = [ { option = [\"--yes\", \"--force\"] }, { arg = \"live-*\" } ]\n"
  if (id % 10 == 5) printf "match = ' --region=eu-(?:west|north)-[0-9]+'\n"
  printf "not = [ { option = [\"--dry-run\", \"--plan\"] } ]\n"
  fires("run = \"sudo " tool " " verb " " noun " --yes --region=eu-west-1\"", action)
  passes("run = \"" tool " " verb " " noun " --yes --dry-run --region=eu-west-1\"")
}
function known_rule(   branch) {
  branch = "release-" id
  rule("ask", "pushes to the branch of a release", quoted("exec"))
  printf "command = \"git push\"\narg = \"*%s\"\n", branch
  fires("run = \"git push origin " branch "\"", "ask")
  passes("run = \"git push origin topic-" id "\"")
}
function request_rule(   host) {
  host = "api." service "-" id ".example.com"
  rule("deny", "deletes what others use", quoted("fetch"))
  printf "host = \"%s\"\nmethod = [\"POST\", \"DELETE\"]\nurl = '/v[0-9]+/%s/[^/?]+'\n", host, service
  fires("run = \"curl -X DELETE https://" host "/v2/" service "/17\"", "deny")
  passes("run = \"curl https://" host "/v2/" service "/17\"")
}
function statement_rule(   table) {
  table = service "_" id
  rule("deny", "empties a table that the books rest on", quoted("query"))
  printf "statement = '\\A(?:DROP TABLE|TRUNCATE|DELETE FROM).*\\b%s\\b'\n", table
  fires("run = \"psql -c 'drop table " table "'\"", "deny")
  passes("run = \"psql -c 'select * from " table "'\"")
}
function secret_rule(   file) {
  file = "**/" service "-" id "/*.pem"
  rule("deny", "reads a key of " service, quoted("read"))
  printf "path = [\"%s\", \"~/.%s%d/token\"]\n", file, service, id
  fires("run = \"cat certs/" service "-" id "/live.pem\"", "deny")
  passes("run = \"cat certs/" service "-" id "/readme.md\"")
}
function folder_rule(   folder) {
  folder = "/srv/" service "/data-" id
  rule("ask", "changes data of " service, "[\"write\", \"delete\"]")
  printf "path = \"%s/**\"\n", folder
  fires("run = \"rm " folder "/one\"", "ask")
  passes("run = \"rm /srv/" service "/tmp-" id "/one\"")
}
function tool_rule(   tool) {
  tool = "mcp:" service "-" id "/delete_*"
  rule("ask", "deletes through a tool", quoted("call"))
  printf "tool = \"%s\"\n", tool
  fires("tool = \"mcp__" service "-" id "__delete_item\"\n  input = { id = \"17\" }", "ask")
  passes("tool = \"mcp__" service "-" id "__list_items\"\n  input = { id = \"17\" }")
}
BEGIN {
  pack = "scale" first
  printf "[pack]\nid = \"%s\"\ntitle = \"Generated rules %d to %d\"\n", pack, first, first + count - 1
  for (n = 0; n < 20; n++) printf "\n[[program]]\nname = \"%s%dctl\"\nwords = 2\noptions = [\"--yes\", \"--force\", \"--dry-run\", \"--plan\", \"--region=REGION\"]\n", pick(services(), n), int(first / 1000)
  for (id = first; id < first + count; id++) {
    service = pick(services(), id) int(first / 1000)
    share = id * 7 % 100
    if (share < 64) command_rule()
    else if (share < 72) known_rule()
    else if (share < 80) request_rule()
    else if (share < 84) statement_rule()
    else if (share < 91) secret_rule()
    else if (share < 97) folder_rule()
    else tool_rule()
  }
}
function services() { return "order billing search ledger mail stock fleet claim quote audit media report payroll ticket price track store login survey chat" }
