// Starts a program many times at once, as many agents on one machine do: every process is there and waits before the first one goes on.
//
//   many COUNT INPUT PROGRAM [ARG…]
//
// INPUT is the standard input of each. Prints how often each pair of exit code and first line of standard error came back.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

namespace {

struct Run {
  pid_t pid = -1;
  int said = -1;
};

[[noreturn]] void become(const char* input, int said, int gate, char** argv) {
  ::dup2(::open(input, O_RDONLY), STDIN_FILENO);
  ::dup2(::open("/dev/null", O_WRONLY), STDOUT_FILENO);
  ::dup2(said, STDERR_FILENO);
  char byte = 0;
  while (::read(gate, &byte, 1) > 0) {
  }
  ::execv(argv[0], argv);
  ::_exit(127);
}

Run start(const char* input, const std::array<int, 2>& gate, char** argv) {
  std::array<int, 2> said{};
  if (::pipe2(said.data(), O_CLOEXEC) != 0) return {};
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::close(gate[1]);
    become(input, said[1], gate[0], argv);
  }
  ::close(said[1]);
  return {pid, said[0]};
}

std::string first_line(int from) {
  std::string all;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = ::read(from, buffer.data(), buffer.size())) > 0;)
    all.append(buffer.data(), static_cast<std::size_t>(got));
  return all.substr(0, all.find('\n'));
}

std::string answer_of(const Run& run) {
  const std::string said = first_line(run.said);
  int status = 0;
  ::waitpid(run.pid, &status, 0);
  ::close(run.said);
  return (WIFEXITED(status) ? std::to_string(WEXITSTATUS(status)) : "signal") + " " + said;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fputs("usage: many COUNT INPUT PROGRAM [ARG…]\n", stderr);
    return 2;
  }
  std::array<int, 2> gate{};
  if (::pipe2(gate.data(), O_CLOEXEC) != 0) return 1;
  std::vector<Run> runs;
  for (int i = std::atoi(argv[1]); i > 0; --i) {
    runs.push_back(start(argv[2], gate, argv + 3));
    if (runs.back().pid < 0) {
      std::perror("many");
      return 1;
    }
  }
  ::close(gate[1]);
  std::map<std::string, int> answers;
  for (const Run& run : runs) ++answers[answer_of(run)];
  for (const auto& [answer, times] : answers) std::printf("%d %s\n", times, answer.c_str());
  return 0;
}
