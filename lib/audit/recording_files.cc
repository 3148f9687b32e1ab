#include "audit/recording_files.h"

namespace belay::audit {

bool RecordingFiles::room() const {
  if (probes_.size() < most_) return true;
  ++dropped_;
  return false;
}

base::Result<base::Node> RecordingFiles::lookup(const std::string& path) const {
  auto answer = inner_.lookup(path);
  // Few questions, and mostly about the folders of the last one: looking back is cheaper than an index.
  constexpr std::size_t kLookBack = 64;
  const std::size_t from = probes_.size() > kLookBack ? probes_.size() - kLookBack : 0;
  for (std::size_t i = probes_.size(); i > from; --i) {
    if (!probes_[i - 1].listing && probes_[i - 1].path == path) return answer;
  }
  if (room()) probes_.push_back({path, answer ? *answer : base::Node{}, !answer, {}, false});
  return answer;
}

base::Result<std::vector<std::string>> RecordingFiles::list(const std::string& path, std::size_t limit) const {
  auto answer = inner_.list(path, limit);
  if (room()) probes_.push_back({path, {}, !answer, answer ? *answer : std::vector<std::string>(), true});
  return answer;
}

}  // namespace belay::audit
