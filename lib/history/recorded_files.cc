#include "history/recorded_files.h"

#include <algorithm>

namespace belay::history {

using base::Errc;
using base::fail;

RecordedFiles::RecordedFiles(const std::vector<audit::Probe>& probes) : probes_(probes) {
  index_.reserve(probes.size());
  for (std::uint32_t i = 0; i < probes.size(); ++i) index_.emplace_back(probes[i].path, i);
  std::sort(index_.begin(), index_.end());
}

const audit::Probe* RecordedFiles::find(std::string_view path, bool listing) const {
  auto at = std::lower_bound(index_.begin(), index_.end(), std::pair<std::string_view, std::uint32_t>(path, 0));
  for (; at != index_.end() && at->first == path; ++at) {
    if (probes_[at->second].listing == listing) return &probes_[at->second];
  }
  ++unanswered_;
  return nullptr;
}

base::Result<base::Node> RecordedFiles::lookup(const std::string& path) const {
  const audit::Probe* probe = find(path, false);
  if (probe == nullptr) return fail(Errc::io, "`" + path + "` was not looked at when the call was recorded");
  if (probe->failed) return fail(Errc::io, "`" + path + "` could not be looked at when the call was recorded");
  return probe->node;
}

base::Result<std::vector<std::string>> RecordedFiles::list(const std::string& path, std::size_t limit) const {
  const audit::Probe* probe = find(path, true);
  if (probe == nullptr) return fail(Errc::io, "`" + path + "` was not listed when the call was recorded");
  if (probe->failed) return fail(Errc::io, "`" + path + "` could not be listed when the call was recorded");
  if (probe->names.size() > limit)
    return fail(Errc::too_large, "`" + path + "` holds more than " + std::to_string(limit) + " names");
  return probe->names;
}

base::Result<std::string> RecordedFiles::read(const std::string&, std::size_t) const {
  ++unanswered_;
  return base::fail(base::Errc::io, "not in the record");
}

}  // namespace belay::history
