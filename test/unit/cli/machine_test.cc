#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "cli/machine.h"

using namespace belay;
using Names = std::vector<std::string>;

namespace {

/// A variable of the environment as long as it lives; null: unset.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* now = std::getenv(name)) before_ = now;
    set(value);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { set(before_ ? before_->c_str() : nullptr); }

 private:
  void set(const char* value) {
    if (value != nullptr) ::setenv(name_, value, 1);
    else ::unsetenv(name_);
  }
  const char* name_;
  std::optional<std::string> before_;
};

bool has(const cli::Machine& machine, const std::string& name) {
  return std::any_of(machine.env.begin(), machine.env.end(), [&](const auto& one) { return one.first == name; });
}

}  // namespace

TEST_CASE("the actor is who the kernel says") {
  const Variable user("USER", "somebody-else");
  const auto machine = cli::look_at_machine();
  CHECK(machine.actor.uid == ::getuid());
  CHECK(machine.gid == ::getgid());
  CHECK(std::count(machine.actor.groups.begin(), machine.actor.groups.end(), ::getgid()) == 1);
  CHECK(machine.actor.user != "somebody-else");
  CHECK_FALSE(machine.actor.host.empty());
  const auto* account = machine.account();
  if (account == nullptr) return;
  CHECK(account->uid == ::getuid());
  CHECK(machine.actor.user == account->name);
  CHECK(machine.home == account->home);
}

TEST_CASE("each group of the process counts once") {
  if (::geteuid() != 0) return;
  const pid_t child = ::fork();
  if (child == 0) {
    const std::vector<gid_t> groups{::getgid(), 4242, 4243};
    const bool set = ::setgroups(groups.size(), groups.data()) == 0;
    ::_exit(set && cli::look_at_machine().actor.groups == std::vector<std::uint32_t>{::getgid(), 4242, 4243} ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}

TEST_CASE("homes are the environment's and the password database's, each once") {
  const std::string known = cli::look_at_machine().home;
  const auto homes_with = [](const char* value) {
    const Variable home("HOME", value);
    return cli::look_at_machine().homes;
  };
  const Names own = known.empty() ? Names{} : Names{known};
  Names both{"/somewhere/else"};
  both.insert(both.end(), own.begin(), own.end());
  CHECK(homes_with("/somewhere/else") == both);
  CHECK(homes_with("/somewhere/else///") == both);
  CHECK(homes_with("relative") == own);
  CHECK(homes_with("") == own);
  CHECK(homes_with(nullptr) == own);
  if (!known.empty()) CHECK(homes_with((known + "/").c_str()) == own);
  CHECK(homes_with("/").front() == "/");
}

TEST_CASE("only known variables are seen, and TMPDIR if it is absolute") {
  const Variable secret("AWS_SECRET_ACCESS_KEY", "x");
  const Variable tmp("TMPDIR", "/scratch/");
  const Variable cache("XDG_CACHE_HOME", nullptr);
  const auto machine = cli::look_at_machine();
  CHECK_FALSE(has(machine, "AWS_SECRET_ACCESS_KEY"));
  CHECK_FALSE(has(machine, "XDG_CACHE_HOME"));
  CHECK(has(machine, "TMPDIR"));
  CHECK(machine.tmp == "/scratch");
  const Variable relative("TMPDIR", "scratch");
  CHECK(cli::look_at_machine().tmp == "/tmp");
}

TEST_CASE("what the analysis and the judgement see of the machine") {
  cli::Machine machine;
  machine.actor.uid = 1000;
  machine.actor.user = "ana";
  machine.passwd = "root:x:0:0::/root:\nana:x:1000:1000::/home/ana:/bin/sh\nlost:x:5:5:::\n";
  machine.home = "/home/ana";
  machine.homes = {"/elsewhere", "/home/ana"};
  machine.env = {{"HOME", "/elsewhere"}};
  machine.tmp = "/scratch";
  const auto world = cli::world_of(machine, nullptr);
  CHECK(world.files == nullptr);
  CHECK(world.user == "ana");
  CHECK(world.homes == machine.homes);
  CHECK(world.home_of("root") == "/root");
  CHECK(world.home_of("ana") == "/home/ana");
  CHECK(world.home_of("lost").empty());
  CHECK(world.home_of("na").empty());
  CHECK(world.home_of("nobody-here").empty());
  CHECK(world.env == machine.env);
  CHECK(world.tmp == "/scratch");

  model::Call call;
  call.cwd = "/src/app/sub";
  call.project = "/src/app";
  CHECK(cli::places_of(machine, call).tmp == Names{"/tmp", "/var/tmp", "/scratch"});
  machine.tmp = "/tmp";
  const auto places = cli::places_of(machine, call);
  CHECK(places.tmp == Names{"/tmp", "/var/tmp"});
  CHECK(places.homes == machine.homes);
  CHECK(places.cwd == "/src/app/sub");
  CHECK(places.project == "/src/app");
}

TEST_CASE("the folder of the process, by the kernel alone") {
  const std::string before = std::filesystem::current_path();
  const Variable pwd("PWD", "/a/lie");
  CHECK(cli::process_folder() == before);
  std::string folder = std::filesystem::temp_directory_path() / "belay-folder-XXXXXX";
  REQUIRE(::mkdtemp(folder.data()) != nullptr);
  REQUIRE(::chdir(folder.c_str()) == 0);
  REQUIRE(::rmdir(folder.c_str()) == 0);
  CHECK(cli::process_folder() == "/");
  REQUIRE(::chdir(before.c_str()) == 0);
}
