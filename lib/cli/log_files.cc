#include "cli/log_files.h"

#include <cerrno>
#include <fstream>

#include "base/fs_posix.h"
#include "cli/machine.h"
#include "cli/program.h"

namespace belay::cli {

namespace {

[[noreturn]] void stop_at(const std::string& file) {
  throw Stop{ExitCode::policy, "`" + file + "`: " + base::system_text(errno)};
}

void for_each_line(std::istream& in, const std::function<void(std::string_view, std::uint64_t)>& take) {
  std::string line;
  for (std::uint64_t number = 1; std::getline(in, line); ++number) {
    if (!line.empty()) take(line, number);
  }
}

}  // namespace

std::string default_log_or_stop() {
  const Machine machine = look_at_machine();
  const auto installation = installation_or_stop(machine.account());
  if (!installation.log.empty()) return installation.log;
  throw Stop{ExitCode::usage, "this user has no home in the password database, and therefore no log", "name a file"};
}

std::vector<std::string> logs_or_default(const std::vector<std::string>& files) {
  return files.empty() ? std::vector{default_log_or_stop()} : files;
}

void for_each_line(const std::string& file, const std::function<void(std::string_view, std::uint64_t)>& take) {
  errno = 0;
  // Not std::cin: the library would make it before main.
  std::ifstream in(file == "-" ? "/dev/stdin" : file, std::ios::binary);
  if (!in) stop_at(file);
  for_each_line(in, take);
  if (in.bad()) stop_at(file);
}

std::uint64_t for_each_record(const std::vector<std::string>& files, const std::function<void(audit::Record record)>& take) {
  std::uint64_t unreadable = 0;
  for (const std::string& file : files) {
    for_each_line(file, [&](std::string_view line, std::uint64_t) {
      auto record = audit::from_line(line);
      if (record) take(*std::move(record));
      else ++unreadable;
    });
  }
  return unreadable;
}

}  // namespace belay::cli
