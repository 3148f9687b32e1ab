#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/fs_posix.h"
#include "base/other_names.h"

using namespace belay::base;
namespace fs = std::filesystem;
using Names = std::vector<std::string>;

namespace {

class TempFolder {
 public:
  TempFolder() {
    path_ = fs::temp_directory_path() / "belay-names-XXXXXX";
    REQUIRE(::mkdtemp(path_.data()) != nullptr);
    path_ = fs::canonical(path_);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() { fs::remove_all(path_); }

  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

Names sorted(Names names) {
  std::sort(names.begin(), names.end());
  return names;
}

constexpr const char* kTable =
    "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
    "21 20 8:2 / /home rw shared:1 - ext4 /dev/sda2 rw\n"
    "22 20 8:2 /ana/.ssh /srv/keys rw - ext4 /dev/sda2 rw\n"
    "23 20 8:1 / /mnt/whole rw - ext4 /dev/sda1 rw\n"
    "24 20 0:5 / /tmp rw - tmpfs tmpfs rw\n"
    "25 20 8:1 /a\\040b /mnt/with\\040blank rw - ext4 /dev/sda1 rw\n"
    "26 20 8:1 /etc/hosts /srv/file rw - ext4 /dev/sda1 rw\n"
    "27 20 8:9 / /srv/twice rw - ext4 /dev/sdb rw\n"
    "28 27 8:1 /var /srv/twice rw - ext4 /dev/sda1 rw\n"
    "broken\n";

}  // namespace

TEST_CASE("the mount table says where else a tree is seen") {
  const auto places = [](const char* path) { return sorted(other_places(kTable, path)); };
  CHECK(places("/srv/keys") == Names{"/home/ana/.ssh"});
  CHECK(places("/home").empty());
  CHECK(places("/tmp").empty());
  CHECK(places("/mnt/whole") == Names{"/"});
  CHECK(places("/mnt/with blank") == Names{"/a b", "/mnt/whole/a b"});
  CHECK(places("/srv/file") == Names{"/etc/hosts", "/mnt/whole/etc/hosts"});
  CHECK(places("/srv/twice") == Names{"/mnt/whole/var", "/var"});
  CHECK(places("/not/mounted").empty());
  CHECK(other_places("", "/x").empty());
}

TEST_CASE("a hard link is found by the folders that are watched") {
  const TempFolder folder;
  fs::create_directory(folder / "secret");
  fs::create_directory(folder / "work");
  std::ofstream(folder / "secret/key") << "k";
  std::ofstream(folder / "work/plain") << "p";
  fs::create_hard_link(folder / "secret/key", folder / "work/notes");
  fs::create_hard_link(folder / "secret/key", folder / "work/beside");
  int asked = 0;
  const PosixFiles watching({}, [&] {
    ++asked;
    return Names{folder / "secret", folder / "not-there"};
  });
  CHECK(watching.lookup(folder / "work/plain")->same.empty());
  CHECK(watching.lookup(folder / "work")->same.empty());
  CHECK(asked == 0);
  CHECK(sorted(watching.lookup(folder / "work/notes")->same) == Names{folder / "secret/key", folder / "work/beside"});
  CHECK(sorted(watching.lookup(folder / "work/beside")->same) == Names{folder / "secret/key", folder / "work/notes"});
  CHECK(asked == 1);
  const PosixFiles blind;
  CHECK(blind.lookup(folder / "work/notes")->same == Names{folder / "work/beside"});
}

TEST_CASE("a bind mount is seen in a mount namespace of one's own") {
  const TempFolder folder;
  fs::create_directory(folder / "secret");
  fs::create_directory(folder / "seen");
  std::ofstream(folder / "secret/key") << "k";
  std::ofstream(folder / "file") << "f";
  constexpr int kNotAllowed = 77;
  const pid_t child = ::fork();
  if (child == 0) {
    const bool own = ::unshare(CLONE_NEWNS) == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0;
    if (!own || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) ::_exit(kNotAllowed);
    if (::mount((folder / "secret").c_str(), (folder / "seen").c_str(), nullptr, MS_BIND, nullptr) != 0) ::_exit(kNotAllowed);
    if (::mount((folder / "secret/key").c_str(), (folder / "file").c_str(), nullptr, MS_BIND, nullptr) != 0) ::_exit(kNotAllowed);
    const PosixFiles disk;
    const auto has = [&](const std::string& path, const std::string& name) {
      const auto node = disk.lookup(path);
      return node && std::find(node->same.begin(), node->same.end(), name) != node->same.end();
    };
    int failed = 0;
    if (!has(folder / "seen", folder / "secret")) failed |= 1;
    if (!has(folder / "file", folder / "secret/key")) failed |= 2;
    if (!disk.lookup(folder / "secret")->same.empty()) failed |= 4;
    ::_exit(failed);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == kNotAllowed) {
    WARN("no mount namespace for this user: bind mounts were not tried");
    return;
  }
  CHECK(WEXITSTATUS(status) == 0);
}
