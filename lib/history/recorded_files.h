#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/record.h"
#include "base/fs.h"

namespace belay::history {

/// The file system as a record saw it. A question that the record does not answer is Errc::io, never "missing", and counted; so is one
/// that failed then. Of two answers to one question the first stands. Borrows the probes.
class RecordedFiles final : public base::FileView {
 public:
  explicit RecordedFiles(const std::vector<audit::Probe>& probes);

  [[nodiscard]] base::Result<base::Node> lookup(const std::string& path) const override;
  [[nodiscard]] base::Result<std::vector<std::string>> list(const std::string& path, std::size_t limit) const override;
  /// What was in files is not in a record: a question without an answer.
  [[nodiscard]] base::Result<std::string> read(const std::string& path, std::size_t limit) const override;

  /// Questions so far that no probe answers.
  [[nodiscard]] std::uint32_t unanswered() const { return unanswered_; }

 private:
  [[nodiscard]] const audit::Probe* find(std::string_view path, bool listing) const;

  const std::vector<audit::Probe>& probes_;
  std::vector<std::pair<std::string_view, std::uint32_t>> index_;  ///< sorted: path, place in probes_
  mutable std::uint32_t unanswered_ = 0;
};

}  // namespace belay::history
