#include "audit/chain.h"

#include <sodium/crypto_generichash.h>

#include <algorithm>

namespace belay::audit {

namespace {

constexpr std::string_view kOpen = ",\"prev\":\"";
constexpr std::string_view kClose = "\"}";

bool is_loose(std::string_view link) { return link.starts_with('~') || link == "?"; }

}  // namespace

std::string digest_of(std::string_view line) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::array<unsigned char, kDigestText / 2> hash;
  // Fails only for sizes that the library does not have.
  static_cast<void>(
      crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(line.data()), line.size(), nullptr, 0));
  std::string out;
  out.reserve(kDigestText);
  for (const unsigned char byte : hash) {
    out += kHex[byte >> 4U];
    out += kHex[byte & 15U];
  }
  return out;
}

Linked with_link(std::string_view line, std::string_view link) {
  if (line.size() < 3 || line.back() != '}') return {{line, {}, {}, {}, {}}};
  line.remove_suffix(1);
  return {{line, kOpen, link, kClose, {}}};
}

std::string joined(const Linked& linked) {
  std::string out;
  for (const std::string_view part : linked.parts) out += part;
  return out;
}

std::string_view link_of(std::string_view line) {
  if (!line.ends_with(kClose)) return {};
  line.remove_suffix(kClose.size());
  // No JSON text has a bare quote inside: the last one that stands open begins the value.
  const std::size_t quote = line.rfind('"');
  if (quote == std::string_view::npos || !line.substr(0, quote + 1).ends_with(kOpen)) return {};
  const std::string_view link = line.substr(quote + 1);
  const std::string_view digest = link.starts_with('~') ? link.substr(1) : link;
  return digest.size() == kDigestText || digest == "-" || link == "?" ? link : std::string_view();
}

Fit ChainReader::add(std::string_view line) {
  const std::string_view link = link_of(line);
  const Fit fit = fit_of(link);
  head_ = digest_of(line);
  seen_.push_back({head_, is_loose(link)});
  if (seen_.size() > kReach) {
    seen_.pop_front();
    forgotten_ = true;
  }
  return fit;
}

Fit ChainReader::fit_of(std::string_view link) const {
  if (link.empty()) return Fit::unlinked;
  if (link == "?") return Fit::unknown;
  const bool loose = link.front() == '~';
  if (loose) link.remove_prefix(1);
  if (link == "-") return may_be_first(loose) ? Fit::first : Fit::broken;
  if (seen_.empty()) return Fit::no_first;
  return stands_before(link, loose) ? Fit::linked : Fit::broken;
}

/// The same of those that found the file empty.
bool ChainReader::may_be_first(bool loose) const {
  if (forgotten_) return false;
  return loose || std::all_of(seen_.begin(), seen_.end(), [](const Seen& one) { return one.loose; });
}

/// A line that was written under the lock names the one directly before it. Those that write without it come in between the look at the end
/// and the write, so they may be stepped over.
bool ChainReader::stands_before(std::string_view digest, bool loose) const {
  for (auto one = seen_.rbegin(); one != seen_.rend(); ++one) {
    if (one->digest == digest) return true;
    if (!loose && !one->loose) return false;
  }
  return false;
}

}  // namespace belay::audit
