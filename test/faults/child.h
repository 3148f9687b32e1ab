#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

/// One run of a program under circumstances that an agent would not choose, and how it ended.
namespace belay::faults {

enum class Stdin : unsigned char {
  ends,        ///< the input, then its end
  stays_open,  ///< the input, and no end
  closed,
  terminal,
  folder,
  socket,  ///< as Claude Code and Gemini CLI connect it
  file,
  nothing,  ///< /dev/null
  endless,  ///< the input, and then more and more of it
  slow,     ///< a byte every 100 ms
};
enum class Sink : unsigned char {
  pipe,
  closed,
  full,       ///< /dev/full: every write fails
  abandoned,  ///< a pipe that nobody reads any more
  stuck,      ///< a pipe that is full and stays so
};

struct Start {
  std::string input = {};
  std::vector<std::string> arguments = {"hook"};
  Stdin in = Stdin::ends;
  Sink out = Sink::pipe;
  Sink err = Sink::pipe;
  std::vector<std::pair<__rlimit_resource, rlim_t>> limits = {};
  int signal = 0;        ///< sent when the program has read all of the input and waits for more
  bool goes_on = false;  ///< the input ends after the signal, as if there had been none
  bool masked = false;   ///< every signal is blocked when the program starts
  mode_t umask = 022;
  std::vector<std::string> environment = {};  ///< beside HOME, which a later one replaces
};

struct End {
  int exit = -1;      ///< -1: it did not exit
  int signal = 0;     ///< that it died of
  bool hung = false;  ///< had to be killed
  std::string out;
  std::string err;
  std::chrono::milliseconds took{};
};

[[nodiscard]] End run(const std::string& program, const Start& start);

}  // namespace belay::faults
