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

/// Names that resolve to this machine (RFC 6761; LocalStack's own).
constexpr std::array<std::string_view, 6> kHosts{"localhost", "::1", "[::1]", "0.0.0.0", "host.docker.internal", "localhost.localstack.cloud"};
/// Names that emulators have as services of a project's containers.
constexpr std::array<std::string_view, 4> kEmulators{"localstack", "azurite", "moto", "dynamodb-local"};
constexpr std::array<std::string_view, 2> kDomains{".localhost", ".localhost.localstack.cloud"};
/// Parts of a connection string of Azure that stand for Azurite; services without an endpoint of their own are found by the account.
constexpr std::string_view kDevelopmentStorage = "UseDevelopmentStorage=true";
constexpr std::string_view kAccountKey = "AccountName=";
constexpr std::string_view kDevelopmentAccount = "devstoreaccount1";

/// Addresses are normal already: four decimal numbers.
bool is_loopback(std::string_view host) { return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos; }

/// What runs elsewhere means that place by `localhost`.
bool is_here(std::string_view host, bool remote) {
  if (std::find(kEmulators.begin(), kEmulators.end(), host) != kEmulators.end()) return true;
  const bool here = std::find(kHosts.begin(), kHosts.end(), host) != kHosts.end() || is_loopback(host) ||
                    std::any_of(kDomains.begin(), kDomains.end(), [&](std::string_view d) { return host.ends_with(d); });
  return here && !remote;
}

enum class Place { none, here, elsewhere };

/// One part of a value: an address, or a key with one (`BlobEndpoint=http://…`). Other keys say nothing of a place.
Place place_of(std::string_view part, bool remote) {
  if (part == kDevelopmentStorage) return Place::here;
  if (part.starts_with(kAccountKey)) return part.substr(kAccountKey.size()) == kDevelopmentAccount ? Place::none : Place::elsewhere;
  const auto scheme = part.find(kScheme);
  if (scheme == std::string_view::npos && part.find('=') != std::string_view::npos) return Place::none;
  const Text host = scheme == std::string_view::npos ? http::normal_host(Text(part)) : http::host_of(Text("http" + std::string(part.substr(scheme))));
  return is_here(host.view(), remote) ? Place::here : Place::elsewhere;
}

/// `http://localhost:4566`, `localhost:9092,localhost:9093`, `BlobEndpoint=http://127.0.0.1:10000/x;QueueEndpoint=…`: every address in it.
bool all_here(const Text& value, bool remote) {
  if (!value.literal()) return false;
  bool any = false;
  for (std::string_view rest = value.view(); !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of(";, "), rest.size());
    const Place place = end == 0 ? Place::none : place_of(rest.substr(0, end), remote);
    if (place == Place::elsewhere) return false;
    any = any || place == Place::here;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return any;
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
  const auto here = [&](const Text& address) { return all_here(address, effects.remote()); };
  if (all.empty() || !std::all_of(all.begin(), all.end(), here)) return effects.name();
  std::string local(kLocalPrefix);
  local += effects.name();
  return effects.knowledge().likeness(local).empty() ? effects.name() : local;
}

bool uses_other_engine(const Reading& reading, const Effects& effects) {
  constexpr std::array<std::string_view, 5> kEngines{"--host", "--context", "--connection", "--url", "--remote"};
  constexpr std::array<std::string_view, 6> kOwn{"docker", "podman", "nerdctl", "finch", "docker-compose", "podman-compose"};
  constexpr std::array<std::string_view, 3> kVariables{"DOCKER_HOST", "DOCKER_CONTEXT", "CONTAINER_HOST"};
  const auto has = [](const auto& all, std::string_view one) { return std::find(all.begin(), all.end(), one) != all.end(); };
  if (!has(kOwn, effects.name())) return true;
  const auto& env = effects.invocation().setting.env;
  return std::any_of(env.begin(), env.end(), [&](const model::Binding& b) { return has(kVariables, b.name); }) ||
         std::any_of(reading.options.begin(), reading.options.end(),
                     [&](const ReadOption& o) { return o.number != kUnknownOption && has(kEngines, reading.info(o).canonical); });
}

}  // namespace belay::command::program
