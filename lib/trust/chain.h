#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

/// Who could have changed a file: the check that sshd's StrictModes makes, on descriptors, so that nothing can be swapped between
/// the check and the use.
namespace belay::trust {

struct Ownership {
  std::uint32_t uid = 0;
  std::uint32_t mode = 0;
};
/// Root's, and nobody else may write. Errc::untrusted otherwise; `what` is named in the message.
[[nodiscard]] base::Result<void> check_owner(const Ownership& node, const std::string& what);

/// A file in a home: `uid`'s own or root's, and nobody else may write; a group may that has only that user in it, as useradd(8) makes one with
/// the user's number. Errc::untrusted otherwise.
[[nodiscard]] base::Result<void> check_own(const Ownership& node, std::uint32_t gid, std::uint32_t uid, const std::string& what);

/// Opens absolute `path` for reading, component by component from the root, checking each; follows no symbolic link. The caller
/// closes the descriptor. Errc::not_found, untrusted, io.
[[nodiscard]] base::Result<int> open_checked(const std::string& path);
[[nodiscard]] base::Result<void> check_chain(const std::string& path);

}  // namespace belay::trust
