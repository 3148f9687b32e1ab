#include "decide/candidates.h"

#include "decide/layers.h"
#include "decide/rule_test.h"
#include "decide/verdict.h"
#include "base/text.h"
#include "decide_world.h"

/// Selection is sound: whatever rule holds for certain, or would ask about a maybe, is among the candidates. Proved by trying every rule.

using namespace decide_world;
using image::Section;

namespace {

/// Texts that a path pattern may mean: `**` as nothing and as folders, `*` as a name, a hole, nothing; what cannot be made plain is left out.
std::vector<std::string> paths_of(const image::View& view) {
  const std::vector<std::string> anchors{"/srv/x", "", "/root", "/home/dev", "/home/dev/project", "/home/dev/project", "/tmp"};
  std::vector<std::string> out;
  const auto count = view.count<image::PatternRecord>(Section::patterns);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto record = view.at<image::PatternRecord>(Section::patterns, i);
    const std::string glob(view.text(record.text));
    if (record.fold_case == 0 || glob.find_first_of("[\\") != std::string::npos) continue;
    for (const auto& [folders, star] : std::vector<std::pair<std::string, std::string>>{{"", "n"}, {"a/b", "n"}, {"a", "{name}"}, {"a", ""}, {"{any}", "x{name}"}}) {
      std::string path = anchors.at(record.anchor);
      for (const auto part : base::split(glob, '/')) {
        std::string one;
        for (const char c : part) one += c == '*' ? star : c == '?' ? "q" : std::string(1, c);
        if (part == "**") one = folders;
        if (!one.empty()) path += "/" + one;
      }
      out.push_back(path.empty() ? "/" : path);
    }
  }
  return out;
}

/// Every path, every way of meeting it: itself, from above, with links, upper case, partly unknown.
std::vector<Operation> file_operations(const image::View& view) {
  std::vector<Operation> out;
  for (const auto& path : paths_of(view)) {
    std::string upper = path;
    if (path.find('{') == std::string::npos) std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    const std::string above = path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
    const std::string top = path.substr(0, std::max<std::size_t>(std::min(path.find('/', 1), path.size()), 1));
    const std::string unknown = above + (above == "/" ? "" : "/") + "{any}";
    for (const OpKind kind : {OpKind::read, OpKind::write, OpKind::remove}) {
      for (const auto& where : {path, upper}) out.push_back(access(kind, where));
      out.push_back(access(kind, "/w", {false, false, true, path}));
      for (const auto& where : {path, above, top, std::string("/"), unknown, std::string("{any}")}) {
        out.push_back(access(kind, where, {true}));
        out.push_back(access(kind, where, {true, true}));
        out.push_back(access(kind, where, {false, false, true, "", "disableAllHooks {any}"}));
      }
    }
  }
  return out;
}

std::vector<Operation> other_operations(const image::View& view) {
  std::vector<Operation> out;
  const auto rules = view.count<image::RuleRecord>(Section::rules);
  for (std::uint32_t i = 0; i < rules; ++i) {
    const auto rule = view.at<image::RuleRecord>(Section::rules, i);
    for (std::uint32_t n = 0; n < rule.commands.count; ++n) {
      const std::string command(view.text(view.at<image::Str>(Section::texts, rule.commands.first + n)));
      for (const std::string more : {"", " more", "x"}) {
        out.push_back(exec(command + more, {"-f --force", "-D", "--hard"}, {"+x", "/dev/sda", "{any}"}));
        out.push_back(exec(command + more, {}, {".", "--delete --force", "migrate:fresh"}));
      }
    }
  }
  for (const std::string program : {"mkfs.ext4", "MKFS.ext4", "shred", "wipefs", "claude", "pkill", "killall"}) {
    out.push_back(exec(program, {"-a", "--yolo"}, {"/dev/sda", "belayd"}));
  }
  for (const std::string statement : {"DROP TABLE x", "drop database x", "/* c */ TRUNCATE t", "delete from users;", "FLUSHALL", "select 1", "{any}", "select {name}"}) {
    for (const std::string engine : {"postgres", "redis", "mongo"}) out.push_back(query(engine, statement, "prod"));
  }
  for (const std::string host : {"backboard.railway.app", "x.railway.internal", "API.github.com", "{any}", "example.com"}) {
    for (const std::string method : {"GET", "POST", "DELETE"}) {
      for (const std::string body : {"", "volumeDelete", "{any}"}) out.push_back(fetch(method, host, body));
    }
  }
  for (unsigned reason = 0; reason <= static_cast<unsigned>(model::OpaqueReason::changed_environment); ++reason) {
    out.push_back(opaque(static_cast<model::OpaqueReason>(reason)));
  }
  return out;
}

/// Tries every rule on every operation; how many held.
std::size_t compare(const Image& image, const model::Analysis& what) {
  const Asker asker;
  const decide::Question question{asker.call, what, asker.places, asker.actor};
  const auto policy = image.view.at<image::PolicyRecord>(Section::policy, 0);
  const auto rules = image.view.count<image::RuleRecord>(Section::rules);
  decide::Candidates candidates(image.view, policy, what);
  decide::RuleTest test(image.view, question);
  std::size_t held = 0;
  for (std::uint32_t op = 0; op < what.operations.size(); ++op) {
    const auto found = candidates.of(op);
    for (std::uint32_t number = 0; number < rules; ++number) {
      const auto rule = image.view.at<image::RuleRecord>(Section::rules, number);
      const Truth truth = test.holds(rule, op, decide::Doubts::wanted);
      const bool asks = truth == Truth::maybe && decide::doubt(rule, what.operations[op]) == Verdict::ask;
      const bool speaks = truth == Truth::yes || asks || (truth == Truth::maybe && rule.unsure == static_cast<std::uint32_t>(image::Unsure::log));
      held += speaks ? 1 : 0;
      if (!speaks || std::binary_search(found.begin(), found.end(), number)) continue;
      const auto* file = what.operations[op].as_file();
      FAIL_CHECK(image.view.text(rule.id) << " holds for operation " << op << " (" << (file != nullptr ? file->path.lexical.display() : "") << ") but is no candidate");
    }
  }
  CHECK_FALSE(image.view.damaged());
  return held;
}

}  // namespace

TEST_CASE("candidates hold every rule of the shipped packs that speaks") {
  const Image image = image_of(test::shipped_sources());
  CHECK(compare(image, analysis(file_operations(image.view))) > 5000);
  CHECK(compare(image, analysis(other_operations(image.view))) > 100);
}

TEST_CASE("candidates hold every rule of invented packs that speaks") {
  const std::vector<std::string> bodies{
      "on = \"read\"\npath = \"secret/**\"", "on = \"read\"\npath = \"a\"", "on = [\"read\", \"delete\"]\npath = [\"~/**\", \"**/x*y\"]",
      "on = \"delete\"\npath = \"{project}/**\"", "on = \"delete\"\npath = \"{tmp}/*\"", "on = \"delete\"\ncovers = \"~\"",
      "on = \"read\"\nany = [{ path = \"**/.env\" }, { path = \"/etc/**\" }]", "on = \"read\"\nall = [{ path = \"**/k??\" }, { path = \"/srv/**\" }]",
      "on = \"read\"\nany = [{ path = \"**/.env\" }, { program = \"cat\" }]", "program = \"mk*\"\narg = \"/dev/*\"", "match = '(?i)reset|[Ff]orce'",
      "match = 'x'", "program = [\"a\", \"b*\"]", "on = \"query\"\ntarget = \"*PROD*\"", "on = \"call\"\ninput = 'drop|kill'\nunsure = \"ask\"",
      "on = \"call\"\ntool = \"mcp:db/*\"", "on = \"fetch\"\nhost = \"*.Example.com\"", "on = \"fetch\"\nurl = 'a(bc|de)+f'\nunsure = \"ask\"",
      "on = \"read\"\ncommand = \"git push\"", "on = \"delete\"\nmatch = 'rm .*-r'", "on = \"write\"\ncontent = 'hook'\nunsure = \"ask\"",
  };
  std::vector<policy::SourcePtr> files;
  for (std::size_t i = 0; i < bodies.size(); ++i) files.push_back(file(rule_text(bodies[i], "p" + std::to_string(i)), std::to_string(i) + ".toml"));
  const Image image = image_of(files);
  auto operations = file_operations(image.view);
  for (const std::string path : {"/x/secret", "/SECRET/a", "/a", "/x/.ENV", "/etc", "/srv/kab", "/home/other/x"}) {
    for (const OpKind kind : {OpKind::read, OpKind::write, OpKind::remove}) operations.push_back(access(kind, path));
  }
  operations.push_back(exec("mkfs", {}, {"/dev/x"}));
  operations.push_back(exec("git push", {"--Force"}));
  operations.push_back(exec("bx"));
  operations.push_back(query("x", "select", "My-Prod-1"));
  operations.push_back(query("x", "select", "{any}"));
  operations.push_back(tool("mcp:db/x", "{any}"));
  operations.push_back(tool("other", "DROP kill"));
  operations.push_back(fetch("GET", "a.example.com", "", "/abcdef"));
  operations.push_back(fetch("GET", "b", "", "/{any}"));
  CHECK(compare(image, analysis(operations)) > 500);

  auto effects = analysis({exec("git push"), reads("/q"), exec("rm", {"-r"}), deletes("/q")});
  effects.operations[1].exec = 0;
  effects.operations[3].exec = 2;
  CHECK(compare(image, effects) >= 2);
}

TEST_CASE("candidates are few") {
  const Image image = image_of(test::shipped_sources());
  const auto policy = image.view.at<image::PolicyRecord>(Section::policy, 0);
  const auto what = analysis({exec("git status"), reads("/home/dev/project/a.cc"), exec("rm", {"-r"}), deletes("/home/dev/project/build", {true}), exec("ls")});
  decide::Candidates candidates(image.view, policy, what, false);
  CHECK(candidates.of(0).empty());
  CHECK(candidates.of(1).empty());
  CHECK(candidates.of(2).size() < 8);  // of the rules about `rm` on other machines and in containers
  CHECK(candidates.of(3).size() < 24);  // every rule about deletion, in both profiles, and those that are met from above
  CHECK(candidates.of(4).empty());
}

TEST_CASE("a literal that comes ten thousand times is one candidate") {
  const Image image = rule_image("on = \"write\"\ncontent = 'hook.*never'");
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "hook never ";
  const auto what = analysis({writes("/x", {false, false, true, "", text})});
  const auto policy = image.view.at<image::PolicyRecord>(Section::policy, 0);
  decide::Candidates candidates(image.view, policy, what);
  CHECK(candidates.of(0).size() == 1);
}
