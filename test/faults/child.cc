#include "child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace belay::faults {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
constexpr milliseconds kLongest{5000};

int checked(int result, const char* what) {
  if (result < 0) throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
  return result;
}

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { reset(); }
  void reset() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool open() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  checked(::pipe2(ends.data(), O_CLOEXEC), "pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void fill(int pipe) {
  ::fcntl(pipe, F_SETFL, O_NONBLOCK);
  const std::string block(4096, 'x');
  while (::write(pipe, block.data(), block.size()) > 0) {
  }
  while (::write(pipe, "x", 1) > 0) {
  }
  ::fcntl(pipe, F_SETFL, 0);
}

/// The two ends of a descriptor of the program: its own, and ours if there is one.
struct Joint {
  Descriptor theirs;
  Descriptor ours;
};

/// A file has no other end: all of the input is there before anybody reads.
Descriptor make_file(const std::string& text) {
  Descriptor file(checked(::memfd_create("input", MFD_CLOEXEC), "memfd_create"));
  if (::pwrite(file.get(), text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
    throw std::runtime_error("cannot write the input file");
  return file;
}

Joint make_in(const Start& start) {
  switch (start.in) {
    case Stdin::ends:
    case Stdin::stays_open:
    case Stdin::endless:
    case Stdin::slow: {
      Pipe pipe = make_pipe();
      return {std::move(pipe.read), std::move(pipe.write)};
    }
    case Stdin::closed: return {};
    case Stdin::socket: {
      std::array<int, 2> ends{};
      checked(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), "socketpair");
      return {Descriptor(ends[0]), Descriptor(ends[1])};
    }
    case Stdin::file: return {make_file(start.input), {}};
    case Stdin::nothing: return {Descriptor(checked(::open("/dev/null", O_RDONLY | O_CLOEXEC), "/dev/null")), {}};
    case Stdin::folder: return {Descriptor(checked(::open("/", O_RDONLY | O_CLOEXEC), "/")), {}};
    case Stdin::terminal: {
      Descriptor master(checked(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), "posix_openpt"));
      checked(::grantpt(master.get()), "grantpt");
      checked(::unlockpt(master.get()), "unlockpt");
      Descriptor slave(checked(::open(::ptsname(master.get()), O_RDWR | O_NOCTTY | O_CLOEXEC), "pty"));
      return {std::move(slave), std::move(master)};
    }
  }
  return {};
}

Joint make_sink(Sink kind) {
  if (kind == Sink::closed) return {};
  if (kind == Sink::full) return {Descriptor(checked(::open("/dev/full", O_WRONLY | O_CLOEXEC), "/dev/full")), {}};
  Pipe pipe = make_pipe();
  if (kind == Sink::abandoned) pipe.read.reset();
  if (kind == Sink::stuck) fill(pipe.write.get());
  return {std::move(pipe.write), std::move(pipe.read)};
}

[[noreturn]] void become(const std::string& program, const Start& start, const std::array<int, 3>& descriptors) {
  // Away from 0 to 2 first, so that no assignment destroys another's source.
  std::array<int, 3> high{};
  for (std::size_t i = 0; i < 3; ++i) high[i] = descriptors[i] < 0 ? -1 : ::fcntl(descriptors[i], F_DUPFD_CLOEXEC, 10);
  for (int i = 0; i < 3; ++i) {
    const int from = high[static_cast<std::size_t>(i)];
    if (from < 0) ::close(i);
    else ::dup2(from, i);
  }
  std::vector<char*> argv{const_cast<char*>("belay")};
  for (const std::string& argument : start.arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  // Few variables: a small limit of the stack is one of the arguments' too.
  const std::string home = std::string("HOME=") + (::getenv("HOME") != nullptr ? ::getenv("HOME") : "/");
  std::vector<char*> environment;
  for (const std::string& variable : start.environment) environment.push_back(const_cast<char*>(variable.c_str()));
  const auto names_home = [](const char* variable) { return std::string_view(variable).starts_with("HOME"); };
  if (std::none_of(environment.begin(), environment.end(), names_home)) environment.push_back(const_cast<char*>(home.c_str()));
  environment.push_back(nullptr);
  ::umask(start.umask);
  ::signal(SIGPIPE, SIG_DFL);
  if (start.masked) {
    sigset_t all;
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, nullptr);
  }
  for (const auto& [resource, value] : start.limits) {
    const rlimit limit{value, value};
    ::setrlimit(resource, &limit);
  }
  ::execve(program.c_str(), argv.data(), environment.data());
  ::_exit(99);
}

/// Sleeps in a system call: all that a hook ever waits for here is more input.
bool is_waiting(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string stat;
  std::getline(file, stat);
  const std::size_t name_end = stat.rfind(')');
  return name_end != std::string::npos && stat.size() > name_end + 2 && stat[name_end + 2] == 'S';
}

/// Feeds, listens, sends the signal, waits.
class Watch {
 public:
  Watch(pid_t process, const Start& start, Joint in, Joint out, Joint err)
      : process_(process),
        start_(start),
        rest_(start.input),
        in_(std::move(in)),
        out_(std::move(out.ours)),
        err_(std::move(err.ours)) {
    if (start.in == Stdin::file) rest_ = {};
    if (start.in != Stdin::stays_open && start.signal == 0) in_.theirs.reset();
    if (in_.ours.open()) ::fcntl(in_.ours.get(), F_SETFL, O_NONBLOCK);
    if (start.in == Stdin::terminal) rest_ = {};
    if (start.err == Sink::stuck) err_keep_ = std::move(err_);
    if (start.out == Sink::stuck) out_keep_ = std::move(out_);
  }

  End finish() {
    const auto begin = Clock::now();
    int status = 0;
    while (::waitpid(process_, &status, WNOHANG) == 0) {
      if (Clock::now() - begin > kLongest && !end_.hung) {
        end_.hung = true;
        ::kill(process_, SIGKILL);
      }
      turn();
    }
    end_.took = std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
    listen(out_, end_.out);
    listen(err_, end_.err);
    if (WIFEXITED(status)) end_.exit = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) end_.signal = WTERMSIG(status);
    return std::move(end_);
  }

 private:
  void turn() {
    feed();
    std::array<pollfd, 3> wait{
        {{out_.get(), POLLIN, 0}, {err_.get(), POLLIN, 0}, {rest_.empty() ? -1 : in_.ours.get(), POLLOUT, 0}}};
    ::poll(wait.data(), wait.size(), 1);
    if (wait[0].revents & POLLIN) listen_once(out_, end_.out);
    if (wait[1].revents & POLLIN) listen_once(err_, end_.err);
    send_signal();
  }
  /// How much may be written now.
  std::size_t portion() {
    if (start_.in != Stdin::slow) return rest_.size();
    const auto now = Clock::now();
    if (now - fed_ < milliseconds(100)) return 0;
    fed_ = now;
    return 1;
  }
  void feed() {
    if (!in_.ours.open()) return;
    if (rest_.empty() && start_.in == Stdin::endless) rest_ = start_.input;
    if (const std::size_t most = portion(); !rest_.empty() && most != 0) {
      const ssize_t written = ::write(in_.ours.get(), rest_.data(), most);
      if (written > 0) rest_.remove_prefix(static_cast<std::size_t>(written));
      if (written < 0 && errno != EAGAIN) rest_ = {};
    }
    const bool ends = start_.in == Stdin::ends || start_.in == Stdin::socket || start_.in == Stdin::slow;
    if (rest_.empty() && ends && (start_.signal == 0 || (start_.goes_on && sent_))) in_.ours.reset();
  }
  void send_signal() {
    if (start_.signal == 0 || sent_ || !rest_.empty()) return;
    int unread = 1;
    if (::ioctl(in_.theirs.get(), FIONREAD, &unread) != 0 || unread != 0) return;
    if (!is_waiting(process_)) return;
    sent_ = true;
    ::kill(process_, start_.signal);
    if (start_.goes_on) in_.theirs.reset();
  }
  static bool listen_once(const Descriptor& from, std::string& into) {
    std::array<char, 65536> buffer;
    const ssize_t got = ::read(from.get(), buffer.data(), buffer.size());
    if (got > 0) into.append(buffer.data(), static_cast<std::size_t>(got));
    return got > 0;
  }
  static void listen(const Descriptor& from, std::string& into) {
    while (from.open() && listen_once(from, into)) {
    }
  }

  pid_t process_;
  const Start& start_;
  std::string_view rest_;
  Joint in_;
  Descriptor out_;
  Descriptor err_;
  Descriptor out_keep_;
  Descriptor err_keep_;
  Clock::time_point fed_{};
  bool sent_ = false;
  End end_;
};

}  // namespace

End run(const std::string& program, const Start& start) {
  Joint in = make_in(start);
  Joint out = make_sink(start.out);
  Joint err = make_sink(start.err);
  Pipe started = make_pipe();
  const pid_t process = checked(::fork(), "fork");
  if (process == 0) become(program, start, {in.theirs.get(), out.theirs.get(), err.theirs.get()});
  started.write.reset();
  out.theirs.reset();
  err.theirs.reset();
  // Ends when the program has replaced the child: a signal sent before would not be one to the program.
  char nothing = 0;
  while (::read(started.read.get(), &nothing, 1) < 0 && errno == EINTR) {
  }
  return Watch(process, start, std::move(in), std::move(out), std::move(err)).finish();
}

}  // namespace belay::faults
