#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "rulekit/format.h"

namespace belay::cli {

namespace {

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(descriptor, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;  // nobody is left to tell
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

std::string_view code_of(Paint paint) {
  switch (paint) {
    case Paint::bold: return "\x1b[1m";
    case Paint::red: return "\x1b[1;31m";
    case Paint::yellow: return "\x1b[1;33m";
    case Paint::green: return "\x1b[1;32m";
    case Paint::faint: return "\x1b[2m";
  }
  return "";
}

bool set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

void print(std::string_view text) { write_all(STDOUT_FILENO, text); }
void complain(std::string_view text) { write_all(STDERR_FILENO, text); }

bool wants_colour() {
  if (::isatty(STDOUT_FILENO) == 0 || set("NO_COLOR")) return false;
  const char* term = std::getenv("TERM");
  return term != nullptr && std::strcmp(term, "dumb") != 0;
}

std::size_t terminal_width() {
  constexpr std::size_t kUsual = 100;
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsual;
  return size.ws_col;
}

std::string painted(std::string_view text, Paint paint, bool colour) {
  if (!colour) return std::string(text);
  return std::string(code_of(paint)) + std::string(text) + "\x1b[0m";
}

void complain(const base::Diagnostics& diagnostics) {
  std::string out;
  for (const auto& d : rulekit::in_order(diagnostics.items())) out += base::render(d, terminal_width()) + "\n";
  complain(out);
}

}  // namespace belay::cli
