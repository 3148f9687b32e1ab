#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/fs.h"
#include "model/operation.h"

/// Folders that the call itself made or took away: whether a `cd` succeeds may hang on it.
namespace belay::command {

struct Folders {
  std::set<std::string, std::less<>> made;  ///< lexical, with their holes; nothing took them away since
  std::set<std::string, std::less<>> gone;  ///< things that were deleted or moved, made again by nobody

  /// What one simple command did: `operations` are all so far, those from `first` on its own. `writable` says where whoever calls may make something.
  void note(std::span<const model::Text> argv, std::span<const model::Operation> operations, std::size_t first, const base::FileView& files,
            const std::function<bool(const std::string&)>& writable);
  /// Made here, by mkdir or `mktemp -d`.
  [[nodiscard]] bool made_here(const model::Text& folder) const;
  [[nodiscard]] bool took_away(const model::Text& folder) const;
  /// What holds when either does.
  void merge(const Folders& other);
  friend bool operator==(const Folders&, const Folders&) = default;

 private:
  [[nodiscard]] bool may_be_made(const model::Text& folder, bool parents, std::span<const model::Operation> before, const base::FileView& files) const;
};

/// A deletion takes the history of a repository that the call itself made (clone, scaffold) where nothing was: `before` are the operations so far,
/// `began` is the folder that the call begins in, which is there.
[[nodiscard]] bool takes_own_history(const model::FileAccess& access, std::span<const model::Operation> before,
                                     std::string_view began, const base::FileView& files);

}  // namespace belay::command
