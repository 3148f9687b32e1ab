#include "command/http/file_url.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "command/http/escape.h"

namespace belay::command::http {

namespace {

using model::Text;

/// Schemes that only say how the file behind them is shown.
constexpr std::array<std::string_view, 3> kAround{"view-source:", "jar:", "nested:"};
constexpr std::string_view kScheme = "file:";

bool begins(std::string_view text, std::string_view lower_prefix) {
  return text.size() >= lower_prefix.size() && base::iequals(text.substr(0, lower_prefix.size()), lower_prefix);
}

/// Names under which a URL means this machine.
bool is_here(std::string_view host) { return host.empty() || base::iequals(host, "localhost") || host == "127.0.0.1"; }

}  // namespace

std::optional<Text> file_of_url(const Text& url) {
  std::size_t at = 0;
  const std::string_view view = url.view();
  const auto around = [&](std::string_view scheme) { return begins(view.substr(at), scheme); };
  for (auto one = kAround.begin(); one != kAround.end();) {
    const bool goes_on = around(*one);
    if (goes_on) at += one->size();
    one = goes_on ? kAround.begin() : one + 1;
  }
  if (!begins(view.substr(at), kScheme)) return std::nullopt;
  at += kScheme.size();
  const std::size_t end = std::min(view.find_first_of("?#", at), view.size());
  if (view.substr(at, 2) == "//") {
    const std::size_t host = at + 2;
    const std::size_t path = std::min({view.find('/', host), view.size(), end});
    if (is_here(view.substr(host, path - host))) at = path;
  }
  if (at >= end) return Text("/");
  return unescaped(url.substr(at, end - at), Unescape::all);
}

}  // namespace belay::command::http
