#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <cerrno>
#include <memory>

#include "audit/record.h"
#include "base/fs_posix.h"
#include "base/text.h"
#include "cli/command_log.h"
#include "cli/log_files.h"
#include "cli/log_text.h"
#include "cli/terminal.h"

namespace belay::cli {

namespace {

struct TailOptions {
  std::uint64_t count = 20;
  bool json = false;
  std::string file;
};

/// The end of an open regular file that holds its last `lines` lines, read backwards: a log may be larger than memory.
base::Result<std::string> end_of(int fd, std::uint64_t lines) {
  constexpr off_t kChunk = 1 << 16;
  std::string out;
  off_t begin = ::lseek(fd, 0, SEEK_END);
  if (begin < 0) return base::fail(base::Errc::io, base::system_text(errno));
  std::uint64_t newlines = 0;
  while (begin > 0 && newlines <= lines) {
    const off_t size = begin < kChunk ? begin : kChunk;
    begin -= size;
    std::string chunk(static_cast<std::size_t>(size), '\0');
    const ssize_t got = ::pread(fd, chunk.data(), chunk.size(), begin);
    if (got != size) return base::fail(base::Errc::io, got < 0 ? base::system_text(errno) : "it is being shortened");
    for (const char c : chunk) newlines += c == '\n' ? 1U : 0U;
    out.insert(0, chunk);
  }
  return out;
}

base::Result<std::string> end_of(const std::string& file, std::uint64_t lines) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) return base::fail(base::Errc::io, "`" + file + "`: " + base::system_text(errno));
  struct stat status {};
  const bool regular = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
  auto out = regular ? end_of(fd, lines) : base::fail(base::Errc::untrusted, "not a regular file");
  ::close(fd);
  if (!out) return base::fail(out.error().code, "`" + file + "`: " + out.error().what);
  return out;
}

std::vector<std::string_view> last_lines(std::string_view text, std::uint64_t count) {
  std::vector<std::string_view> lines;
  for (const std::string_view line : base::split(text, '\n')) {
    if (!line.empty()) lines.push_back(line);
  }
  if (lines.size() > count) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
  return lines;
}

void tail(Program& program, const TailOptions& options) {
  const std::string file = options.file.empty() ? default_log_or_stop() : options.file;
  const std::string text = value_or_stop(end_of(file, options.count), ExitCode::findings);
  const bool colour = wants_colour();
  std::string out;
  std::uint64_t unreadable = 0;
  for (const std::string_view line : last_lines(text, options.count)) {
    const auto record = audit::from_line(line);
    if (!record) ++unreadable;
    else out += (options.json ? std::string(line) : record_text(*record, colour)) + "\n";
  }
  print(out);
  if (unreadable == 0) return;
  complain("belay: " + std::to_string(unreadable) + (unreadable == 1 ? " line is no record\n" : " lines are no records\n"));
  program.status = ExitCode::findings;
}

}  // namespace

void add_log(CLI::App& app, Program& program) {
  CLI::App* command = app.add_subcommand("log", "what was decided");
  command->require_subcommand(1);
  CLI::App* last = command->add_subcommand("tail", "the last calls, one line each");
  const auto options = std::make_shared<TailOptions>();
  last->add_option("-n,--lines", options->count, "how many")->capture_default_str();
  last->add_flag("--json", options->json, "the records themselves (docs/audit.md)");
  last->add_option("file", options->file, "another log than the installed one")->type_name("FILE");
  last->footer("Exit code: 0; 1 when the log cannot be read or holds lines that are no records.");
  last->callback([&program, options] { tail(program, *options); });
  add_log_report(*command, program);
  add_log_export(*command, program);
  add_log_verify(*command, program);
}

}  // namespace belay::cli
