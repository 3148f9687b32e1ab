// Two programs in one static binary, for the private root of test/confirm/values.sh.
//
//   /values_oracle SHELL < CASES    runs each case in a fresh `SHELL -c`, as an agent does, one after the other
//   under any other name      a stub: notes the words it was called with and does nothing else
//
// CASES are records that end in a zero byte; the first byte of each says what is expected and is not part of the command. The log has a line
// `# N` before what case N did, and for each stub `COUNT LENGTH…` with the words right behind it; `! N` says that time was up.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <ftw.h>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

constexpr char kLog[] = "/log/calls";

void note(const std::string& text) {
  const int fd = open(kLog, O_WRONLY | O_APPEND | O_CLOEXEC);
  if (fd < 0) return;
  if (write(fd, text.data(), text.size()) < 0) std::abort();  // a log with a gap must not look whole
  close(fd);
}

int stub(int argc, char** argv) {
  std::string line = std::to_string(argc);
  std::string words;
  for (int i = 0; i < argc; ++i) {
    line += " " + std::to_string(std::strlen(argv[i]));
    words += argv[i];
  }
  note(line + "\n" + words + "\n");
  return std::strcmp(argv[0], "no") == 0 ? 1 : 0;
}

void limit(int resource, rlim_t most) {
  const rlimit value{most, most};
  setrlimit(static_cast<__rlimit_resource>(resource), &value);
}

[[noreturn]] void become_shell(const char* shell, const std::string& command) {
  if (chdir("/home/dev/project") != 0) _exit(126);
  const int nothing = open("/dev/null", O_RDWR);
  for (int fd = 0; fd < 3; ++fd) dup2(nothing, fd);
  close(nothing);
  limit(RLIMIT_CPU, 2);
  limit(RLIMIT_FSIZE, 1U << 20U);
  limit(RLIMIT_AS, 512U << 20U);
  limit(RLIMIT_CORE, 0);
  const std::string path = std::string("/bin/") + shell;
  const char* const argv[] = {shell, "-c", command.c_str(), nullptr};
  // A word that names no stub is noted too: bash hands it to this function.
  const char* const env[] = {"HOME=/home/dev",
                             "USER=dev",
                             "LOGNAME=dev",
                             "PATH=/usr/bin:/bin",
                             "LANG=C.UTF-8",
                             "KNOWN=known value",
                             "BASH_FUNC_command_not_found_handle%%=() { /usr/bin/not_found \"$@\"; }",
                             nullptr};
  execve(path.c_str(), const_cast<char* const*>(argv), const_cast<char* const*>(env));
  _exit(126);
}

/// Waits until nothing is left of the case, jobs in the background included; false when time was up.
bool wait_for_all(long milliseconds) {
  for (long waited = 0; waited < 10 * milliseconds;) {
    const pid_t done = waitpid(-1, nullptr, WNOHANG);
    if (done < 0) return true;
    if (done > 0) continue;
    const timespec pause{0, 100'000};
    nanosleep(&pause, nullptr);
    ++waited;
  }
  return false;
}

int remove_one(const char* path, const struct stat*, int, struct FTW* where) { return where->level == 0 ? 0 : remove(path); }

void run_case(const char* shell, std::size_t number, const std::string& command) {
  note("# " + std::to_string(number) + "\n");
  const pid_t child = fork();
  if (child == 0) become_shell(shell, command);
  if (!wait_for_all(2000)) {
    kill(-1, SIGKILL);  // this is process 1 of its namespace: everything else in it
    while (waitpid(-1, nullptr, 0) > 0) {
    }
    note("! " + std::to_string(number) + "\n");
  }
  nftw("/tmp", remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

}  // namespace

int main(int argc, char** argv) {
  if (std::string_view(argv[0]) != "/values_oracle") return stub(argc, argv);
  if (argc != 2) return std::cerr << "which shell?\n", 125;
  if (getpid() != 1) return std::cerr << "only as process 1 of a namespace of its own\n", 125;
  const std::string all{std::istreambuf_iterator<char>(std::cin), {}};
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < all.size(); ++number) {
    const std::size_t end = all.find('\0', begin);
    run_case(argv[1], number, all.substr(begin + 1, end - begin - 1));
    begin = end + 1;
  }
  return 0;
}
