#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>

#include "base/fs_posix.h"
#include "path/path.h"
#include "rulekit/case_world.h"

/// Where paths lead, on a real disk and on an invented one. The C library's realpath(3) is the oracle.

using namespace belay;
using model::Text;
namespace fs = std::filesystem;

namespace {

/// A folder of its own, gone at the end.
class TempFolder {
 public:
  TempFolder() {
    path_ = fs::temp_directory_path() / "belay-paths-XXXXXX";
    REQUIRE(::mkdtemp(path_.data()) != nullptr);
    path_ = fs::canonical(path_);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() { fs::remove_all(path_); }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

void write_file(const std::string& path) { std::ofstream(path) << "x"; }

/// What realpath(3) says; empty when it says nothing, `loop` when that is because of a loop.
std::string oracle(const std::string& path, bool& loop) {
  const std::unique_ptr<char, decltype(&std::free)> found(::realpath(path.c_str(), nullptr), &std::free);
  loop = !found && errno == ELOOP;
  return found ? found.get() : "";
}

std::string walked(const std::string& written, const std::string& cwd, const base::FileView& files) {
  const auto found = path::walked(written, Text(cwd), files);
  return found ? found->path.bytes() : "error: " + found.error().what;
}

/// A tree of folders, files and links that lead up, down, round and to nowhere.
class Tree {
 public:
  Tree(const std::string& root, unsigned seed) : root_(root), random_(seed) {
    folders_ = {root};
    for (int i = 0; i < 12; ++i) {
      const std::string folder = pick(folders_) + "/d" + std::to_string(i);
      fs::create_directory(folder);
      folders_.push_back(folder);
      names_.push_back(folder.substr(folder.rfind('/') + 1));
    }
    for (int i = 0; i < 6; ++i) add(pick(folders_) + "/f" + std::to_string(i), [](const std::string& at) { write_file(at); });
    for (int i = 0; i < 24; ++i) {
      add(pick(folders_) + "/l" + std::to_string(i), [&](const std::string& at) { fs::create_symlink(target(), at); });
    }
    for (int i = 0; i < 3; ++i) {
      const std::string name = "o" + std::to_string(i);
      add(pick(folders_) + "/" + name, [&](const std::string& at) { fs::create_symlink(name, at); });
    }
  }

  /// Some path of up to eight parts, seen from `cwd` or absolute. Most parts are names that exist where they stand.
  std::string some_path(const std::string& cwd) {
    const bool absolute = below(3) == 0;
    std::string out = absolute ? root_ : "";
    const unsigned parts = 1 + below(8);
    for (unsigned i = 0; i < parts; ++i) {
      const std::string name = below(4) == 0 ? some_name() : entry_of(absolute ? out : cwd + "/" + out);
      if (!out.empty()) out += below(8) == 0 ? "//" : "/";
      out += name;
    }
    return out;
  }
  const std::string& some_folder() { return pick(folders_); }

 private:
  unsigned below(unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random_); }
  const std::string& pick(const std::vector<std::string>& from) { return from[below(static_cast<unsigned>(from.size()))]; }
  std::string some_name() {
    switch (below(6)) {
      case 0: return "..";
      case 1: return ".";
      default: return pick(names_);
    }
  }
  std::string entry_of(const std::string& folder) {
    std::vector<std::string> found{"..", "."};
    std::error_code error;
    for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator(); it.increment(error)) {
      found.push_back(it->path().filename());
    }
    return pick(found);
  }
  std::string target() {
    if (below(2) == 0) return pick(folders_);
    std::string out = some_name();
    for (unsigned i = below(3); i > 0; --i) out += "/" + some_name();
    return out;
  }
  template <class Make>
  void add(const std::string& at, Make make) {
    make(at);
    names_.push_back(at.substr(at.rfind('/') + 1));
  }

  std::string root_;
  std::mt19937 random_;
  std::vector<std::string> folders_;
  std::vector<std::string> names_;
};

}  // namespace

TEST_CASE("a path leads where realpath(3) says, whatever links are on the way") {
  const base::PosixFiles disk;
  std::size_t compared = 0, loops = 0;
  for (unsigned seed = 0; seed < 20; ++seed) {
    const TempFolder folder;
    Tree tree(folder.path(), seed);
    for (int i = 0; i < 700; ++i) {
      const std::string cwd = tree.some_folder();
      const std::string written = tree.some_path(cwd);
      bool loop = false;
      const std::string expected = oracle(written[0] == '/' ? written : cwd + "/" + written, loop);
      INFO("seed " << seed << ": " << written << " from " << cwd);
      if (!expected.empty()) {
        ++compared;
        CHECK(walked(written, cwd, disk) == expected);
        // Without `..` there is one reading only.
        if (!path::has_parent(written)) CHECK(path::canonical(path::lexical(written, Text(cwd)), disk)->bytes() == expected);
      } else if (loop) {
        ++loops;
        CHECK_FALSE(path::walked(written, Text(cwd), disk).has_value());
      }
    }
  }
  CHECK(compared > 3'000);
  CHECK(loops > 100);
}

TEST_CASE("a path that ends in nothing keeps its end, behind the links before it") {
  const TempFolder folder;
  const base::PosixFiles disk;
  fs::create_directory(folder / "real");
  fs::create_symlink("real", folder / "link");
  fs::create_symlink("nowhere/else", folder / "dangling");
  const auto canonical = [&](const std::string& path) { return path::canonical(Text(path), disk)->bytes(); };
  CHECK(canonical(folder / "link/not/yet") == folder / "real/not/yet");
  CHECK(canonical(folder / "dangling") == folder / "nowhere/else");
  CHECK(canonical(folder / "dangling/x") == folder / "nowhere/else/x");
  CHECK(canonical(folder / std::string(5000, 'x')) == folder / std::string(5000, 'x'));
  CHECK(walked("link/../x", folder.path(), disk) == folder / "x");
  CHECK(walked("not/yet/../x", folder.path(), disk) == folder / "not/x");
  CHECK(walked("../..", folder.path(), disk) == fs::path(folder.path()).parent_path().parent_path());
}

TEST_CASE("what the file system would not say is an error, never the path as it is written") {
  const TempFolder folder;
  const base::PosixFiles disk;
  fs::create_symlink("b", folder / "a");
  fs::create_symlink("a", folder / "b");
  fs::create_symlink("self/x", folder / "self");
  for (const char* path : {"a", "a/x", "b", "self", "self/y"}) {
    INFO(path);
    const auto found = path::real(Text(folder / path), disk);
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().code == base::Errc::io);
  }
  CHECK_FALSE(path::walked("a/../x", Text(folder.path()), disk).has_value());
  // A row of links that ends is none.
  for (int i = 0; i < 39; ++i) fs::create_symlink("n" + std::to_string(i + 1), folder / ("n" + std::to_string(i)));
  write_file(folder / "n39");
  CHECK(path::canonical(Text(folder / "n0"), disk)->bytes() == folder / "n39");
  for (int i = 0; i < 41; ++i) fs::create_symlink("m" + std::to_string(i + 1), folder / ("m" + std::to_string(i)));
  CHECK_FALSE(path::canonical(Text(folder / "m0"), disk).has_value());
}

TEST_CASE("a folder that may not be entered is an error") {
  if (::geteuid() == 0) return;  // root enters everything; the invented disk below says the same
  const TempFolder folder;
  const base::PosixFiles disk;
  fs::create_directory(folder / "shut");
  ::chmod((folder / "shut").c_str(), 0);
  CHECK_FALSE(path::real(Text(folder / "shut/x"), disk).has_value());
  ::chmod((folder / "shut").c_str(), 0700);
}

namespace {

std::vector<std::string> names_of(const path::Real& real) {
  std::vector<std::string> out;
  for (const auto& name : real.same) out.push_back(name.path.display() + (name.file ? " file" : ""));
  return out;
}

}  // namespace

TEST_CASE("other names of what is met on the way follow the path to its end") {
  rulekit::InventedFiles files;
  files.add("/home/dev/.ssh", {base::NodeKind::directory, {}});
  files.add("/home/dev/.ssh/id", {base::NodeKind::file, {}});
  files.add_same("/p/seen", "/home/dev/.ssh");
  files.add_same("/p/hard", "/home/dev/.ssh/id");
  files.add("/p/link", {base::NodeKind::symlink, "seen"});
  files.add("/p/away", {base::NodeKind::symlink, "seen/../../q"});
  files.add_unreadable("/shut");
  using Names = std::vector<std::string>;
  const auto names = [&](const Text& path) { return names_of(*path::real(path, files)); };
  CHECK(names("/p/seen") == Names{"/home/dev/.ssh"});
  CHECK(names("/p/seen/new") == Names{"/home/dev/.ssh/new"});
  CHECK(names("/p/link/new") == Names{"/home/dev/.ssh/new"});
  CHECK(names("/p/hard") == Names{"/home/dev/.ssh/id file"});
  CHECK(names("/p/away/x").empty());
  CHECK(names("/p/seenx").empty());
  Text hole("/p/seen/");
  hole.append_hole(model::HoleTrait::none);
  CHECK(names(hole) == Names{"/home/dev/.ssh/‹?›"});
  CHECK_FALSE(path::real(Text("/shut/x"), files).has_value());
  CHECK_FALSE(path::walked("/shut/../x", Text("/"), files).has_value());
}

TEST_CASE("`..` behind a hole or a descriptor") {
  rulekit::InventedFiles files;
  files.add("/p/link", {base::NodeKind::symlink, "/srv/deep/er"});
  Text unknown;
  unknown.append_hole(model::HoleTrait::none);
  unknown.append("/../x");
  CHECK(path::walked(unknown, Text("/p"), files)->path.display() == "/p/x");
  CHECK(walked("link/../x", "/p", files) == "/srv/deep/x");
  CHECK(walked("link/../../x", "/p", files) == "/srv/x");
  CHECK(walked("/dev/fd/../root/etc/shadow", "/p", files) == "/etc/shadow");
  CHECK(walked("/proc/self/fd/../cwd/x", "/p", files) == "/p/x");
  CHECK(path::has_parent("a/../b"));
  CHECK(path::has_parent(".."));
  CHECK(path::has_parent("../a"));
  CHECK_FALSE(path::has_parent("a..b/..c/d../..."));
  CHECK_FALSE(path::has_parent(""));
}
