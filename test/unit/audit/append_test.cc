#include "audit/append.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "audit/chain.h"
#include "audit/journal.h"
#include "base/text.h"
#include "support/golden.h"

namespace belay::audit {

namespace {

class Folder {
 public:
  Folder() {
    std::string path = (std::filesystem::temp_directory_path() / "belay-log-XXXXXX").string();
    REQUIRE(::mkdtemp(path.data()) != nullptr);
    path_ = path;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string at(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

std::string record(int n) { return R"({"v":1,"n":)" + std::to_string(n) + "}"; }

std::vector<std::string> lines_of(const std::string& file) {
  std::vector<std::string> out;
  const std::string text = test::slurp(file);
  for (const std::string_view line : base::split(text, '\n')) {
    if (!line.empty()) out.emplace_back(line);
  }
  return out;
}

/// Lines that do not fit the one before.
std::size_t misfits(const std::string& file) {
  ChainReader reader;
  std::size_t out = 0;
  for (const std::string& line : lines_of(file)) {
    const Fit fit = reader.add(line);
    out += fit == Fit::linked || fit == Fit::first ? 0U : 1U;
  }
  return out;
}

void append(const std::string& file, int n) {
  auto log = LogFile::open(file);
  REQUIRE(log);
  REQUIRE(log->append(record(n)));
}

}  // namespace

TEST_CASE("lines of one process and of the next follow each other") {
  const Folder folder;
  const std::string file = folder.at("log");
  auto log = LogFile::open(file);
  REQUIRE(log);
  for (int n = 0; n < 3; ++n) REQUIRE(log->append(record(n)));
  for (int n = 3; n < 6; ++n) append(file, n);
  CHECK(lines_of(file).size() == 6);
  CHECK(misfits(file) == 0);
  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("lines of any length follow each other") {
  const Folder folder;
  const std::string file = folder.at("log");
  auto log = LogFile::open(file);
  REQUIRE(log);
  for (const std::size_t size : {10U, 4000U, 4095U, 4096U, 4097U, 9000U, 16000U, 60000U, 5U}) {
    REQUIRE(log->append(R"({"x":")" + std::string(size, 'x') + "\"}"));
  }
  CHECK(misfits(file) == 0);
  // Longer than anything that belay writes: the next line says that it could not look, and the one after that follows again.
  REQUIRE(log->append(R"({"x":")" + std::string(100'000, 'x') + "\"}"));
  REQUIRE(log->append(record(1)));
  CHECK(link_of(lines_of(file).back()) == "?");
  REQUIRE(log->append(record(2)));
  CHECK(link_of(lines_of(file).back()).size() == kDigestText);
}

TEST_CASE("many writers at once lose nothing and stay in one chain") {
  const Folder folder;
  const std::string file = folder.at("log");
  constexpr int kWriters = 16, kEach = 40;
  std::vector<pid_t> children;
  for (int w = 0; w < kWriters; ++w) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      for (int n = 0; n < kEach; ++n) {
        auto log = LogFile::open(file);
        if (!log || !log->append(record(w * 1000 + n))) ::_exit(1);
      }
      ::_exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  CHECK(lines_of(file).size() == std::size_t{kWriters} * kEach);
  CHECK(misfits(file) == 0);
}

TEST_CASE("a lock that is never given back costs a moment and no record") {
  const Folder folder;
  const std::string file = folder.at("log");
  append(file, 0);
  const int holder = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(holder >= 0);
  REQUIRE(::flock(holder, LOCK_EX) == 0);
  const auto before = std::chrono::steady_clock::now();
  append(file, 1);
  append(file, 2);
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::milliseconds(600));
  ::close(holder);
  append(file, 3);
  CHECK(link_of(lines_of(file)[1]).front() == '~');
  CHECK(link_of(lines_of(file)[3]).front() != '~');
  CHECK(misfits(file) == 0);
}

TEST_CASE("half a line that somebody left is not continued") {
  const Folder folder;
  const std::string file = folder.at("log");
  append(file, 0);
  std::ofstream(file, std::ios::app) << R"({"v":1,"cut)";
  append(file, 1);
  append(file, 2);
  const auto lines = lines_of(file);
  REQUIRE(lines.size() == 4);
  CHECK(lines[1] == R"({"v":1,"cut)");
  CHECK(lines[2].starts_with(record(1).substr(0, 8)));
  CHECK(misfits(file) == 1);  // the half itself
}

TEST_CASE("a line that does not fit the disk is an error, and the next one is whole") {
  const Folder folder;
  const std::string file = folder.at("log");
  append(file, 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{100, 100};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto log = LogFile::open(file);
    ::_exit(log && !log->append(record(1)) ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  append(file, 2);
  const auto lines = lines_of(file);
  CHECK(link_of(lines.back()).size() == kDigestText);
  CHECK(misfits(file) <= 1);
}

TEST_CASE("a line that is foreseen fits where it is written later") {
  const Folder folder;
  const std::string file = folder.at("log");
  append(file, 0);
  auto log = LogFile::open(file);
  REQUIRE(log);
  const std::string foreseen = log->foreseen(record(1));
  append(file, 2);
  append(file, 3);
  std::ofstream(file, std::ios::app) << foreseen << "\n";
  append(file, 4);
  CHECK(misfits(file) == 0);
}

TEST_CASE("what is no log of ours is not written to") {
  const Folder folder;
  const std::string file = folder.at("log");
  const auto code = [&] {
    const auto log = LogFile::open(file);
    REQUIRE_FALSE(log);
    return log.error().code;
  };
  CHECK_FALSE(LogFile::open_existing(file));
  REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
  CHECK(code() == base::Errc::untrusted);
  std::filesystem::remove(file);
  std::filesystem::create_symlink(folder.at("elsewhere"), file);
  CHECK(code() == base::Errc::untrusted);
  CHECK_FALSE(std::filesystem::exists(folder.at("elsewhere")));
  std::filesystem::remove(file);
  std::filesystem::create_directory(file);
  CHECK(code() == base::Errc::untrusted);
  std::filesystem::remove(file);
  append(file, 0);
  std::filesystem::create_hard_link(file, folder.at("other"));
  CHECK(code() == base::Errc::untrusted);
}

namespace {

/// Somebody who listens as a journal does.
class Listener {
 public:
  explicit Listener(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(static_cast<void*>(address.sun_path), path.c_str(), path.size() + 1);
    REQUIRE(::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() { ::close(fd_); }
  [[nodiscard]] std::string heard() const {
    std::array<char, 70'000> buffer;
    const ssize_t got = ::recv(fd_, buffer.data(), buffer.size(), 0);
    return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
  }

 private:
  int fd_;
};

}  // namespace

TEST_CASE("the journal comes before syslog, and each is spoken to in its own way") {
  const Folder folder;
  const JournalPaths paths{folder.at("journal"), folder.at("syslog")};
  CHECK_FALSE(reach_journal(paths));
  CHECK_FALSE(send_to_journal("{}", Priority::info, paths));
  const Listener syslog(paths.syslog);
  CHECK(reach_journal(paths));
  REQUIRE(send_to_journal(R"({"v":1})", Priority::warning, paths));
  CHECK(syslog.heard() == "<84>belay[" + std::to_string(::getpid()) + R"(]: {"v":1})");
  const Listener journal(paths.journal);
  REQUIRE(send_to_journal(R"({"v":1})", Priority::info, paths));
  CHECK(syslog.heard().empty());
  CHECK(journal.heard() == "SYSLOG_IDENTIFIER=belay\nPRIORITY=6\nMESSAGE={\"v\":1}\n");
  REQUIRE(send_to_journal(std::string(16'000, 'x'), Priority::info, paths));
  CHECK(journal.heard().size() > 16'000);
}

TEST_CASE("a journal that nobody reads any more does not hold the sender") {
  const Folder folder;
  const JournalPaths paths{folder.at("journal"), folder.at("syslog")};
  const Listener journal(paths.journal);
  bool full = false;
  const auto before = std::chrono::steady_clock::now();
  for (int n = 0; n < 10'000 && !full; ++n) full = !send_to_journal(std::string(10'000, 'x'), Priority::info, paths);
  CHECK(full);
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(20));
}

}  // namespace belay::audit
