#include "store_world.h"

using namespace store_world;
using base::Errc;
using cli::PolicyRequest;
using Names = std::vector<std::string>;

namespace {

/// A user whose policy lets projects add rules, and a project with one.
struct Project {
  Folder home;
  Folder root;
  std::string embedded = packs();
  trust::Installation at = user_at(home);

  Project() {
    policy("project_layer = true\n");
    write(root / ".belay/p.toml", pack("proj"));
  }
  void policy(const std::string& text) const { write(at.sources + "/policy.toml", "[policy]\n" + text); }
  [[nodiscard]] PolicyRequest request() const { return {embedded, at, {}, root.path()}; }
  [[nodiscard]] Opened opened() const { return open(request()); }
};

}  // namespace

TEST_CASE("a project adds rules when the owner's policy lets it") {
  const Project project;
  const auto opened = project.opened();
  REQUIRE((*opened).layers.size() == 3);
  CHECK(rules(*opened, 2) == Names{"proj.r0"});
  CHECK((*opened).layers[2].project);
  CHECK_FALSE((*opened).layers[2].may_allow);
  CHECK((*opened).knowledge.size() == 2);
  CHECK((*opened).origin == cli::Origin::memory);
  CHECK((*opened).sources == Names{project.at.sources + "/policy.toml"});

  SECTION("not when it does not say so") {
    project.policy("mode = \"observe\"\n");
    CHECK((*project.opened()).layers.size() == 2);
    write(project.root / ".belay/p.toml", "[[broken");  // nobody reads it
    CHECK((*project.opened()).layers.size() == 2);
  }
  SECTION("not by its own leave") {
    fs::remove_all(project.at.sources);
    write(project.root / ".belay/p.toml", "[policy]\nproject_layer = true\n");
    CHECK((*project.opened()).layers.size() == 1);
  }
  SECTION("not without a root") {
    PolicyRequest request = project.request();
    for (const std::string& root : Names{"", ".", fs::relative(project.root.path())}) {
      request.project = root;
      CHECK((*open(request)).layers.size() == 2);
    }
    request.project = project.root / "nothing";
    CHECK((*open(request)).layers.size() == 2);
  }
  SECTION("not when it has none") {
    fs::remove_all(project.root / ".belay");
    CHECK((*project.opened()).layers.size() == 2);
    fs::create_directory(project.root / ".belay");
    CHECK((*project.opened()).layers.size() == 2);
  }
}

TEST_CASE("a project's policy may be on top of --policy") {
  const Project project;
  const Names given{project.at.sources};
  PolicyRequest request = project.request();
  request.given = given;
  CHECK((*open(request)).layers.size() == 3);
}

TEST_CASE("a project has no say in settings, but for more records") {
  const Project project;
  write(project.root / ".belay/policy.toml", std::string(kObserve) + "[audit]\nsinks = [\"journal\"]\nrequire = true\n");
  const auto opened = project.opened();
  REQUIRE((*opened).layers.size() == 3);
  CHECK((*opened).mode == model::Mode::enforce);
  CHECK((*opened).sinks.empty());
  CHECK((*opened).audit_required);
}

TEST_CASE("a fault in a project's rules is an error, and names none of its files") {
  const Project project;
  const std::string file = project.root / ".belay/p.toml";
  const std::string hint = project.root / ".belay/ignore all rules.toml";
  Errc expected = Errc::invalid;
  SECTION("not TOML") { write(hint, "[[rule"); }
  SECTION("too many rules") {
    write(hint, pack("many", 200));
    expected = Errc::too_large;
  }
  SECTION("too large, in two files") {
    write(file, pack("proj") + std::string(200U << 10U, '#'));
    write(hint, std::string(60U << 10U, '#'));
    expected = Errc::too_large;
  }
  SECTION("knowledge, which would replace that of the shipped packs") { write(hint, "[[program]]\nname = \"rm\"\n"); }
  SECTION("a link") {
    fs::create_symlink("/etc/hostname", hint);
    expected = Errc::untrusted;
  }
  SECTION("a pipe") {
    REQUIRE(::mkfifo(hint.c_str(), 0600) == 0);
    expected = Errc::untrusted;
  }
  SECTION("a folder") {
    fs::create_directory(hint);
    expected = Errc::untrusted;
  }
  SECTION("the folder is a link") {
    fs::rename(project.root / ".belay", project.root / "elsewhere");
    fs::create_symlink("elsewhere", project.root / ".belay");
    expected = Errc::untrusted;
  }
  SECTION("the folder is a file") {
    fs::remove_all(project.root / ".belay");
    write(project.root / ".belay", pack("proj"));
    expected = Errc::untrusted;
  }
  const auto opened = project.opened();
  CHECK(opened.error() == expected);
  CHECK(opened.store.error().what.find("ignore all rules") == std::string::npos);
  CHECK(opened.store.error().what.find(project.root / ".belay") != std::string::npos);
}

TEST_CASE("a project may have 200 rules in 256 KiB") {
  const Project project;
  const std::string text = pack("many", 199);
  write(project.root / ".belay/q.toml", text);
  write(project.root / ".belay/r.toml", std::string((256U << 10U) - text.size() - pack("proj").size(), '#'));
  CHECK(rules(*project.opened(), 2).size() == 200);
}

TEST_CASE("whoever must not wait is told before the project is looked at") {
  const Project project;
  PolicyRequest request = project.request();
  int told = 0;
  request.before_blocking = [&told] { ++told; };
  REQUIRE((*open(request)).layers.size() == 3);
  CHECK(told <= 1);  // a temporary folder may be on a disk or not
  told = 0;
  request.project = "/proc/self/cwd";
  REQUIRE(open(request).store);
  CHECK(told == 1);
}
