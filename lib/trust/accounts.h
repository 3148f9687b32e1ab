#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Who is who and which files may be believed, by system calls alone: a static program must not ask a name service (passwd(5)).
namespace belay::trust {

/// One line of the password database, as far as anybody here needs it.
struct Account {
  std::string name;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::string home;  ///< absolute, without trailing slash; empty when the line has none that is
};

inline constexpr std::size_t kMaxAccountsFile = 4U << 20U;

/// Lines that are no account (comments, NIS `+`, too few fields, no number for the uid) are left out.
[[nodiscard]] std::vector<Account> parse_accounts(std::string_view text);
/// Errc::not_found, Errc::io, or Errc::too_large over kMaxAccountsFile.
[[nodiscard]] base::Result<std::string> read_accounts_text(const std::string& file = "/etc/passwd");
[[nodiscard]] base::Result<std::vector<Account>> read_accounts(const std::string& file = "/etc/passwd");
/// The account with that uid, or that name, without taking the other lines apart. The first one that writes its uid without leading zeros;
/// if none does, what account_of says.
[[nodiscard]] std::optional<Account> find_account(std::string_view text, std::uint32_t uid);
[[nodiscard]] std::optional<Account> find_account(std::string_view text, std::string_view name);
/// The first account with that uid, as getpwuid(3) would say; null when there is none.
[[nodiscard]] const Account* account_of(std::span<const Account> accounts, std::uint32_t uid);

/// The number of the group `name` in the text of a group file (group(5)); nothing when it has none.
[[nodiscard]] std::optional<std::uint32_t> group_number(std::string_view text, std::string_view name);

}  // namespace belay::trust
