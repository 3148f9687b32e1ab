#include "trust/stamps.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "base/fs_posix.h"

namespace belay::trust {

namespace {

constexpr std::int64_t kNanos = 1'000'000'000;

template <class T>
void put(std::string& out, T value) {
  const auto bits = static_cast<std::uint64_t>(value);
  for (std::size_t i = 0; i < sizeof(T); ++i) out.push_back(static_cast<char>(static_cast<unsigned char>(bits >> (8 * i))));
}

/// Takes values off the front; anything missing makes all of it wrong.
class Taker {
 public:
  explicit Taker(std::string_view bytes) : rest_(bytes) {}

  template <class T>
  T number() {
    std::uint64_t value = 0;
    const std::string_view raw = bytes(sizeof(T));
    for (std::size_t i = 0; i < raw.size(); ++i) value |= std::uint64_t{static_cast<unsigned char>(raw[i])} << (8 * i);
    return static_cast<T>(value);
  }
  std::string_view text() { return bytes(number<std::uint32_t>()); }
  [[nodiscard]] bool at_end() const { return sound_ && rest_.empty(); }

 private:
  std::string_view bytes(std::size_t count) {
    if (!sound_ || count > rest_.size()) {
      sound_ = false;
      return {};
    }
    const std::string_view out = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return out;
  }

  std::string_view rest_;
  bool sound_ = true;
};

void put_text(std::string& out, std::string_view text) {
  put(out, static_cast<std::uint32_t>(text.size()));
  out.append(text);
}

void put_stamp(std::string& out, const Stamp& stamp) {
  put(out, stamp.device);
  put(out, stamp.inode);
  put(out, stamp.size);
  put(out, stamp.mtime_ns);
  put(out, stamp.ctime_ns);
  put_text(out, stamp.path);
}

Stamp take_stamp(Taker& from) {
  Stamp stamp;
  stamp.device = from.number<std::uint64_t>();
  stamp.inode = from.number<std::uint64_t>();
  stamp.size = from.number<std::uint64_t>();
  stamp.mtime_ns = from.number<std::int64_t>();
  stamp.ctime_ns = from.number<std::int64_t>();
  stamp.path = from.text();
  return stamp;
}

}  // namespace

base::Result<Stamp> stamp_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    return base::fail(errno == ENOENT ? base::Errc::not_found : base::Errc::io, "`" + path + "`: " + base::system_text(errno));
  }
  return Stamp{path,
               status.st_dev,
               status.st_ino,
               static_cast<std::uint64_t>(status.st_size),
               status.st_mtim.tv_sec * kNanos + status.st_mtim.tv_nsec,
               status.st_ctim.tv_sec * kNanos + status.st_ctim.tv_nsec};
}

std::string encode_stamps(std::string_view maker, std::span<const Stamp> stamps) {
  std::string out;
  put_text(out, maker);
  put(out, static_cast<std::uint32_t>(stamps.size()));
  for (const Stamp& stamp : stamps) put_stamp(out, stamp);
  return out;
}

bool fresh(std::string_view encoded, std::string_view maker, std::span<const std::string> paths) {
  Taker from(encoded);
  if (from.text() != maker || from.number<std::uint32_t>() != paths.size()) return false;
  const bool equal = std::all_of(paths.begin(), paths.end(), [&from](const std::string& path) {
    const auto now = stamp_of(path);
    return now && *now == take_stamp(from);
  });
  return equal && from.at_end();
}

}  // namespace belay::trust
