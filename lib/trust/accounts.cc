#include "trust/accounts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "base/fs_posix.h"

namespace belay::trust {

namespace {

/// The next line without its newline; `text` becomes the rest.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

/// The first N fields of a line; false when it has fewer.
template <std::size_t N>
bool fields_of(std::string_view line, std::array<std::string_view, N>& out) {
  for (std::size_t i = 0; i < N; ++i) {
    const std::size_t colon = line.find(':');
    out[i] = line.substr(0, colon);
    if (colon == std::string_view::npos) return i + 1 == N;
    line.remove_prefix(colon + 1);
  }
  return true;
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

bool is_name(std::string_view name) { return !name.empty() && name[0] != '+' && name[0] != '-' && name[0] != '#'; }

std::string_view folder(std::string_view home) {
  if (home.empty() || home[0] != '/') return {};
  while (home.size() > 1 && home.back() == '/') home.remove_suffix(1);
  return home;
}

std::optional<Account> account_in(std::string_view line) {
  std::array<std::string_view, 6> fields;
  if (!fields_of(line, fields) || !is_name(fields[0])) return std::nullopt;
  const auto uid = number(fields[2]);
  const auto gid = number(fields[3]);
  if (!uid || !gid) return std::nullopt;
  return Account{std::string(fields[0]), *uid, *gid, std::string(folder(fields[5]))};
}

/// The account of the first line that holds `sign` and is the right one; lines without it are passed over byte by byte.
template <class Right>
std::optional<Account> first_line_with(std::string_view text, const std::string& sign, Right right) {
  for (;;) {
    const void* const at = ::memmem(text.data(), text.size(), sign.data(), sign.size());
    if (at == nullptr) return std::nullopt;
    const auto hit = static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
    const std::size_t begin = text.rfind('\n', hit) + 1;  // npos + 1 is 0
    std::string_view line = text.substr(begin);
    line = line.substr(0, line.find('\n'));
    auto account = account_in(line);
    if (account && right(*account)) return account;
    text.remove_prefix(std::min(text.size(), begin + line.size() + 1));
  }
}

}  // namespace

std::vector<Account> parse_accounts(std::string_view text) {
  std::vector<Account> accounts;
  accounts.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
  while (!text.empty()) {
    if (auto account = account_in(take_line(text))) accounts.push_back(*std::move(account));
  }
  return accounts;
}

base::Result<std::string> read_accounts_text(const std::string& file) { return base::read_file(file, kMaxAccountsFile); }

base::Result<std::vector<Account>> read_accounts(const std::string& file) {
  BELAY_TRY(const std::string text, read_accounts_text(file));
  return parse_accounts(text);
}

std::optional<Account> find_account(std::string_view text, std::uint32_t uid) {
  auto found = first_line_with(text, ":" + std::to_string(uid) + ":", [&](const Account& account) { return account.uid == uid; });
  if (found) return found;
  const std::vector<Account> accounts = parse_accounts(text);
  const Account* account = account_of(accounts, uid);
  return account == nullptr ? std::nullopt : std::optional(*account);
}

std::optional<Account> find_account(std::string_view text, std::string_view name) {
  return first_line_with(text, std::string(name) + ":", [&](const Account& account) { return account.name == name; });
}

const Account* account_of(std::span<const Account> accounts, std::uint32_t uid) {
  for (const Account& account : accounts) {
    if (account.uid == uid) return &account;
  }
  return nullptr;
}

std::optional<std::uint32_t> group_number(std::string_view text, std::string_view name) {
  std::array<std::string_view, 3> fields;
  while (!text.empty()) {
    if (fields_of(take_line(text), fields) && is_name(fields[0]) && fields[0] == name) return number(fields[2]);
  }
  return std::nullopt;
}

}  // namespace belay::trust
