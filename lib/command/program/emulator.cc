#include "command/program/emulator.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "command/http/host.h"

namespace belay::command::program {

namespace {

constexpr std::string_view kLocalPrefix = "local:";
constexpr std::string_view kScheme = "://";

/// Names that resolve to this machine (RFC 6761; LocalStack's own), and those that emulators have as services of a project's containers.
constexpr std::array<std::string_view, 10> kHosts{"localhost", "::1",        "[::1]", "0.0.0.0", "host.docker.internal",
                                                  "localstack", "localhost.localstack.cloud", "azurite", "moto", "dynamodb-local"};
constexpr std::array<std::string_view, 2> kDomains{".localhost", ".localhost.localstack.cloud"};
/// A connection string of Azure that stands for Azurite's own addresses.
constexpr std::string_view kDevelopmentStorage = "UseDevelopmentStorage=true";

/// Addresses are normal already: four decimal numbers.
bool is_loopback(std::string_view host) { return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos; }

bool is_here(std::string_view host) {
  return std::find(kHosts.begin(), kHosts.end(), host) != kHosts.end() || is_loopback(host) ||
         std::any_of(kDomains.begin(), kDomains.end(), [&](std::string_view d) { return host.ends_with(d); });
}

/// `http://localhost:4566`, `localhost:9000`, `BlobEndpoint=http://127.0.0.1:10000/x;QueueEndpoint=…`: every address in it.
bool all_here(const Text& value) {
  const std::string_view v = value.view();
  if (!value.literal() || v.empty()) return false;
  if (v.find(kDevelopmentStorage) != std::string_view::npos) return v.find(kScheme) == std::string_view::npos;
  if (v.find(kScheme) == std::string_view::npos) return is_here(http::normal_host(value).view());
  for (std::size_t at = v.find(kScheme); at != std::string_view::npos; at = v.find(kScheme, at + kScheme.size())) {
    const std::size_t end = std::min(v.find_first_of(";, ", at), v.size());
    if (!is_here(http::host_of(Text("http" + std::string(v.substr(at, end - at)))).view())) return false;
  }
  return true;
}

/// Of a declared name with a `*` (`AWS_ENDPOINT_URL_*`) the variable holds for one service, which the first word names.
bool concerns(const KeyInfo& declared, std::string_view variable, const Reading& reading) {
  const auto star = declared.key.find('*');
  if (star == std::string_view::npos) return true;
  std::string service = base::lower(variable.substr(star, variable.size() + 1 - declared.key.size()));
  std::replace(service.begin(), service.end(), '_', '-');
  return !reading.words.empty() && reading.words.front() == service;
}

std::vector<Text> addresses(const Reading& reading, const Effects& effects) {
  std::vector<Text> out;
  for (const ReadOption& o : reading.options) {
    if (o.number != kUnknownOption && o.has_value && reading.info(o).role == Role::host) out.push_back(o.value);
  }
  if (!out.empty()) return out;
  const Block& program = reading.blocks.front();
  for (const model::Binding& variable : effects.invocation().setting.env) {
    const auto info = program.known() ? program.variable(variable.name) : std::nullopt;
    if (info && info->role == Role::host && concerns(*info, variable.name, reading)) out.push_back(variable.value);
  }
  return out;
}

}  // namespace

std::string name_for_rules(const Reading& reading, const Effects& effects) {
  const std::vector<Text> all = addresses(reading, effects);
  if (all.empty() || !std::all_of(all.begin(), all.end(), all_here)) return effects.name();
  std::string local(kLocalPrefix);
  local += effects.name();
  return effects.knowledge().likeness(local).empty() ? effects.name() : local;
}

}  // namespace belay::command::program
