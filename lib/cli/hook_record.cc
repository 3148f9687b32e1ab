#include "cli/hook_record.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "audit/append.h"
#include "audit/clock.h"
#include "base/fs_posix.h"
#include "cli/hook_guard.h"

namespace belay::cli {

namespace {

using trust::Standing;

constexpr std::size_t kKeySize = 32;

template <std::size_t N>
bool fill_randomly(std::array<std::uint8_t, N>& bytes) {
  return ::getrandom(bytes.data(), N, GRND_NONBLOCK) == static_cast<ssize_t>(N);
}

std::string folder_of(const std::string& file) { return file.substr(0, file.rfind('/')); }

std::string key_file_of(const std::string& log) { return folder_of(log) + "/audit.key"; }

/// Every folder above `file` that does not exist; those of the caller's umask, which is 077.
void make_folders_for(const std::string& file) {
  for (std::size_t at = file.find('/', 1); at != std::string::npos; at = file.find('/', at + 1)) {
    ::mkdir(file.substr(0, at).c_str(), 0700);
  }
}

/// The key in `file`; empty if there is no whole one.
std::string read_key(const std::string& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) return {};
  std::array<char, kKeySize> key;
  const ssize_t got = ::read(fd, key.data(), key.size());
  ::close(fd);
  return got == static_cast<ssize_t>(key.size()) ? std::string(key.data(), key.size()) : std::string();
}

std::string random_key() {
  std::array<std::uint8_t, kKeySize> random{};
  if (!fill_randomly(random)) return {};
  return {random.begin(), random.end()};
}

/// Written beside its place and linked there, so that nobody ever reads a part of it, and the first of two writers wins.
void make_key(const std::string& file) {
  const std::string key = random_key();
  const std::string draft = file + "." + std::to_string(::getpid());
  const int fd = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return;
  const bool written = !key.empty() && ::write(fd, key.data(), key.size()) == static_cast<ssize_t>(key.size());
  ::close(fd);
  if (written && ::link(draft.c_str(), file.c_str()) != 0) {
    // Somebody else's is there, or there will be none: either way the caller looks again.
  }
  ::unlink(draft.c_str());
}

/// A lost key is replaced by one for this record alone: its secrets then look like no other's, but nobody can try guesses.
std::string key_for(const std::string& log) {
  const std::string file = key_file_of(log);
  std::string key = read_key(file);
  if (!key.empty()) return key;
  make_folders_for(file);
  make_key(file);
  key = read_key(file);
  return key.empty() ? random_key() : key;
}

}  // namespace

std::uint64_t unix_micros() {
  timespec t{};
  ::clock_gettime(CLOCK_REALTIME, &t);
  return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(t.tv_nsec) / 1000;
}

audit::Record begin_record(const Machine& machine) {
  audit::Record record;
  record.unix_micros = unix_micros();
  std::array<std::uint8_t, 10> random{};
  // Early in a boot there may be no random bytes: an id that is only the time is better than waiting.
  static_cast<void>(fill_randomly(random));
  record.id = audit::uuid7(record.unix_micros, random);
  record.host = machine.actor.host;
  record.uid = machine.actor.uid;
  record.gid = machine.gid;
  record.user = machine.actor.user;
  record.groups = machine.actor.groups;
  record.homes = machine.homes;
  record.env = machine.env;
  record.tmp = machine.tmp;
  return record;
}

void HookLog::open_shared(const trust::SystemPaths& system) {
  const gid_t group = ::getgid();
  const uid_t user = ::getuid();
  if (::getegid() == group && ::geteuid() == user) return;
  shared_ = ::open(system.log.c_str(), O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  key_ = read_key(key_file_of(system.log));
  if (::setresgid(group, group, group) != 0 || ::setresuid(user, user, user) != 0) give_up(Cause::privileges);
}

base::Result<void> HookLog::open(const trust::Installation& installation) {
  if (log_ >= 0) return {};
  if (installation.standing == Standing::system) {
    if (key_.empty()) key_ = random_key();
    log_ = shared_;
    if (log_ >= 0) return {};
  } else {
    key_ = key_for(installation.log);
  }
  BELAY_TRY(log_, audit::open_log(installation.log));
  return {};
}

base::Result<void> HookLog::append(const trust::Installation& installation, const audit::Record& record) {
  leave_note(-1, {});
  if (installation.log.empty()) return {};
  BELAY_CHECK(open(installation));
  return audit::append_line(log_, audit::to_line(record, key_));
}

void HookLog::foresee(const trust::Installation& installation, const audit::Record& record) {
  if (installation.log.empty() || !open(installation)) return;
  note_ = audit::to_line(record, key_);
  leave_note(log_, note_);
}

}  // namespace belay::cli
