#include "cli/machine.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdlib>
#include <string_view>

#include "path/compose.h"

namespace belay::cli {

namespace {

/// Supplementary groups and the real one, each once. The effective group may be that of the log, which is the program's and not
/// the actor's.
std::vector<std::uint32_t> groups_of_process(std::uint32_t gid) {
  std::vector<std::uint32_t> out{gid};
  const int count = ::getgroups(0, nullptr);
  if (count <= 0) return out;
  std::vector<gid_t> groups(static_cast<std::size_t>(count));
  const int got = ::getgroups(count, groups.data());
  groups.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  for (const gid_t group : groups) {
    if (std::find(out.begin(), out.end(), group) == out.end()) out.push_back(group);
  }
  return out;
}

std::string host_name() {
  utsname names{};
  return ::uname(&names) == 0 ? std::string(names.nodename) : std::string();
}

std::vector<std::pair<std::string, std::string>> known_variables() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const char* name : kKnownVariables) {
    if (const char* value = std::getenv(name)) out.emplace_back(name, value);
  }
  return out;
}

/// An absolute path without trailing slashes; empty when the text is none.
std::string folder(std::string_view path) {
  if (!path.starts_with('/')) return {};
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return std::string(path);
}

std::string folder_of(const Machine& machine, std::string_view variable) {
  for (const auto& [name, value] : machine.env) {
    if (name == variable) return folder(value);
  }
  return {};
}

void add_new(std::vector<std::string>& to, const std::string& text) {
  if (!text.empty() && std::find(to.begin(), to.end(), text) == to.end()) to.push_back(text);
}

}  // namespace

Machine look_at_machine() {
  Machine out;
  out.actor.uid = ::getuid();
  out.gid = ::getgid();
  out.actor.groups = groups_of_process(out.gid);
  out.actor.host = host_name();
  if (auto text = trust::read_accounts_text()) out.passwd = *std::move(text);
  out.own = trust::find_account(out.passwd, out.actor.uid);
  if (const trust::Account* account = out.account()) {
    out.actor.user = account->name;
    out.home = account->home;
  }
  out.env = known_variables();
  add_new(out.homes, folder_of(out, "HOME"));
  add_new(out.homes, out.home);
  if (const std::string tmp = folder_of(out, "TMPDIR"); !tmp.empty()) out.tmp = tmp;
  return out;
}

command::World world_of(const Machine& machine, const base::FileView* files) {
  command::World out;
  out.files = files;
  out.user = machine.actor.user;
  out.homes = machine.homes;
  out.home_of = [&machine](std::string_view user) {
    const auto account = trust::find_account(machine.passwd, user);
    return account ? account->home : std::string();
  };
  out.env = machine.env;
  out.tmp = machine.tmp;
  return out;
}

path::Places places_of(const Machine& machine, const model::Call& call) {
  path::Places out;
  for (const std::string& home : machine.homes) {
    add_new(out.homes, home);
    if (const auto form = path::composed(home)) add_new(out.homes, *form);
  }
  out.project = call.project;
  out.cwd = call.cwd;
  out.tmp = {"/tmp", "/var/tmp"};
  add_new(out.tmp, machine.tmp);
  return out;
}

std::string process_folder() {
  std::array<char, PATH_MAX> buffer;
  // The kernel says `(unreachable)…` of a folder outside this process' root.
  if (::getcwd(buffer.data(), buffer.size()) == nullptr || buffer[0] != '/') return "/";
  return buffer.data();
}

}  // namespace belay::cli
