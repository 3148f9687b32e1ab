#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.h"
#include "model/operation.h"

namespace belay::command {

/// The file system as it is after the links that the call itself made so far. A link that is taken away again still counts.
class LinkedFiles final : public base::FileView {
 public:
  explicit LinkedFiles(const base::FileView& inner) : inner_(inner) {}

  /// Takes in what a linking program (see makes_links) did: the operations of `all` from `first` on.
  void learn(const model::Analysis& all, std::size_t first);

  [[nodiscard]] base::Result<base::Node> lookup(const std::string& path) const override;
  [[nodiscard]] base::Result<std::vector<std::string>> list(const std::string& path, std::size_t limit) const override;
  [[nodiscard]] base::Result<std::string> read(const std::string& path, std::size_t limit) const override { return inner_.read(path, limit); }

 private:
  void link(const model::FileAccess& target, const model::FileAccess& at, bool symbolic);

  const base::FileView& inner_;
  std::map<std::string, base::Node> made_;
};

/// Programs whose writes are links to what they read.
[[nodiscard]] bool makes_links(std::string_view program);

}  // namespace belay::command
