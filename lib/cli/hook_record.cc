#include "cli/hook_record.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "audit/clock.h"
#include "audit/journal.h"
#include "base/fs_posix.h"
#include "cli/hook_guard.h"
#include "cli/rights.h"

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

audit::Priority priority_of(const model::Decision& decision) {
  if (decision.effective == model::Verdict::deny) return audit::Priority::warning;
  return decision.would == model::Verdict::pass ? audit::Priority::info : audit::Priority::notice;
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

Sinks sinks_of(std::span<const std::string> words) {
  if (words.empty()) return {};
  const auto named = [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); };
  return {named("file"), named("journal")};
}

void HookLog::open_shared(const trust::SystemPaths& system) {
  if (!has_borrowed_rights()) return;
  if (auto log = audit::LogFile::open_existing(system.log)) shared_ = *std::move(log);
  key_ = read_key(key_file_of(system.log));
  if (!give_up_rights()) give_up(Cause::privileges);
}

base::Result<void> HookLog::open(const trust::Installation& installation) {
  if (log_) return {};
  if (installation.standing == Standing::system && shared_) {
    log_ = std::exchange(shared_, std::nullopt);
    return {};
  }
  BELAY_TRY(auto log, audit::LogFile::open(installation.log));
  log_ = std::move(log);
  return {};
}

const std::string& HookLog::key(const trust::Installation& installation) {
  if (!key_.empty()) return key_;
  const bool users = installation.standing == Standing::user;
  key_ = users ? key_for(installation.log) : random_key();
  return key_;
}

base::Result<void> HookLog::append_to_file(const trust::Installation& installation, std::string_view line) {
  BELAY_CHECK(open(installation));
  return log_->append(line);
}

base::Result<void> HookLog::append(const trust::Installation& installation, const audit::Record& record, Sinks sinks) {
  leave_note(-1, {});
  sinks.file = sinks.file && !installation.log.empty();
  if (!sinks.file && !sinks.journal) return {};
  const std::string line = audit::to_line(record, key(installation));
  base::Result<void> out;
  if (sinks.file) out = append_to_file(installation, line);
  if (!sinks.journal) return out;
  auto sent = audit::send_to_journal(line, priority_of(record.decision));
  return out ? sent : out;
}

void HookLog::foresee(const trust::Installation& installation, const audit::Record& record, Sinks sinks) {
  if (!sinks.file || installation.log.empty()) return;
  const std::string line = audit::to_line(record, key(installation));
  if (!open(installation)) return;
  note_ = log_->foreseen(line);
  leave_note(log_->descriptor(), note_);
}

}  // namespace belay::cli
