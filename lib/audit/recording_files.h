#pragma once

#include <cstddef>
#include <vector>

#include "audit/record.h"
#include "base/fs.h"

namespace belay::audit {

/// Passes every question on and keeps the answers, each question once, for the record. What is over `most` is answered and not kept;
/// `dropped` then counts it, and belongs into Record::loss.probes. Costs one copy of the path per new question.
class RecordingFiles final : public base::FileView {
 public:
  explicit RecordingFiles(const base::FileView& inner, std::size_t most = 1000) : inner_(inner), most_(most) {}

  [[nodiscard]] base::Result<base::Node> lookup(const std::string& path) const override;
  [[nodiscard]] base::Result<std::vector<std::string>> list(const std::string& path, std::size_t limit) const override;
  /// What is in files is no part of a record.
  [[nodiscard]] base::Result<std::string> read(const std::string& path, std::size_t limit) const override { return inner_.read(path, limit); }

  [[nodiscard]] std::vector<Probe> take() { return std::move(probes_); }
  [[nodiscard]] std::uint32_t dropped() const { return dropped_; }

 private:
  [[nodiscard]] bool room() const;

  const base::FileView& inner_;
  std::size_t most_;
  mutable std::vector<Probe> probes_;
  mutable std::uint32_t dropped_ = 0;
};

}  // namespace belay::audit
