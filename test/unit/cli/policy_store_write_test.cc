#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

#include "cli/policy_store_parts.h"
#include "store_world.h"

using namespace store_world;
using base::Errc;

namespace {

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(folder)) out.push_back(entry.path().filename());
  std::sort(out.begin(), out.end());
  return out;
}

/// The umask as long as it lives.
class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;
  ~Umask() { ::umask(before_); }

 private:
  mode_t before_;
};

}  // namespace

TEST_CASE("write: the file, its mode, and nothing else") {
  const Folder folder;
  const Umask strict(0077);
  const std::string path = folder / "a/b/policy.img";
  REQUIRE(cli::write_image(path, "one", 0644));
  CHECK(read(path) == "one");
  CHECK(mode_of(path) == 0644);
  CHECK(mode_of(folder / "a") == 0755);
  CHECK(mode_of(folder / "a/b") == 0755);

  REQUIRE(cli::write_image(path, "", 0600));
  CHECK(read(path).empty());
  CHECK(mode_of(path) == 0600);
  CHECK(names_in(folder / "a/b") == std::vector<std::string>{"policy.img"});
}

TEST_CASE("write: folders in a home are the owner's alone") {
  const Folder home;
  const std::vector<std::string> homes{home.path()};
  const Umask open_to_all(0);
  REQUIRE(cli::store::make_folders(home / ".cache/belay", homes));
  CHECK(mode_of(home / ".cache") == 0700);
  CHECK(mode_of(home / ".cache/belay") == 0700);
  REQUIRE(cli::store::make_folders(home.path() + "-beside/x", homes));
  CHECK(mode_of(home.path() + "-beside") == 0755);
  fs::remove_all(home.path() + "-beside");
}

TEST_CASE("write: what is already there stays as it is") {
  const Folder folder;
  fs::create_directory(folder / "a");
  fs::permissions(folder / "a", fs::perms::owner_all);
  REQUIRE(cli::write_image(folder / "a/x", "one", 0644));
  CHECK(mode_of(folder / "a") == 0700);
}

TEST_CASE("write: what is no regular file is not replaced") {
  const Folder folder;
  write(folder / "real", "kept");
  fs::create_symlink("real", folder / "link");
  fs::create_directory(folder / "folder");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  const auto before = names_in(folder.path());
  for (const char* name : {"link", "folder", "pipe"}) {
    CHECK(cli::write_image(folder / name, "x", 0600).error().code == Errc::untrusted);
  }
  CHECK(cli::write_image(folder / "real/below", "x", 0600).error().code == Errc::untrusted);
  CHECK(cli::write_image(folder.path() + "/", "x", 0600).error().code == Errc::invalid);
  CHECK(read(folder / "real") == "kept");
  CHECK(names_in(folder.path()) == before);
}

TEST_CASE("write: what a dead process left is not in the way") {
  const Folder folder;
  const std::string left = folder / (".x." + std::to_string(::getpid()) + ".0");
  write(left, "half");
  REQUIRE(cli::write_image(folder / "x", "whole", 0600));
  CHECK(read(folder / "x") == "whole");
  CHECK(read(left) == "half");
}

TEST_CASE("write: no room leaves the old file and no draft") {
  const Folder folder;
  REQUIRE(cli::write_image(folder / "x", "old", 0600));
  const pid_t child = ::fork();
  if (child == 0) {
    // A limit on the size of files is a full disk without one.
    const rlimit small{10, 10};
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto written = cli::write_image(folder / "x", std::string(100, 'n'), 0600);
    ::_exit(!written && written.error().code == Errc::io ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(read(folder / "x") == "old");
  CHECK(names_in(folder.path()) == std::vector<std::string>{"x"});
}

TEST_CASE("write: whoever reads meanwhile has one whole image or the other") {
  const Folder home;
  const std::string embedded = packs();
  const auto at = user_at(home);
  write(at.sources + "/mine.toml", pack("mine"));
  const std::vector<std::string> images{packs("one"), packs("twotwo")};
  REQUIRE(cli::write_image(at.image, images[0], 0600));
  const std::vector<std::string> given{at.image};

  std::atomic<bool> stop{false};
  std::atomic<int> failures{0};
  std::vector<pid_t> writers;
  for (std::size_t i = 0; i < 2; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      bool good = true;
      for (int round = 0; round < 150; ++round)
        good = good && cli::write_image(at.image, images[(i + static_cast<std::size_t>(round)) % 2], 0600);
      ::_exit(good ? 0 : 1);
    }
    writers.push_back(child);
  }
  const auto rewrite = [&] {
    while (!stop) failures += cli::write_image(at.image, images[1], 0600) ? 0 : 1;
  };
  std::vector<std::thread> threads;
  threads.emplace_back(rewrite);
  threads.emplace_back(rewrite);
  int opened = 0;
  for (; opened < 1000; ++opened) {
    base::Diagnostics out;
    const auto store = cli::open_policy({embedded, at, given}, out);
    if (!store || !store->layers[1].image->verify()) ++failures;
  }
  for (const pid_t writer : writers) {
    int status = 0;
    failures += ::waitpid(writer, &status, 0) == writer && status == 0 ? 0 : 1;
  }
  stop = true;
  for (auto& thread : threads) thread.join();
  CHECK(failures == 0);
  CHECK(names_in(fs::path(at.image).parent_path()) == std::vector<std::string>{"policy.img"});
}
