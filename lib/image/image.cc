#include "image/image.h"

#include <sodium/crypto_generichash.h>

#include <algorithm>

namespace belay::image {

namespace {

constexpr std::string_view kMagic = "BELAYIMG";
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kFormatAt = 8;
constexpr std::size_t kCountAt = 12;
constexpr std::size_t kContentAt = 16;
constexpr std::size_t kHashAt = 24;
constexpr std::size_t kTableAt = kHashAt + kHashBytes;
constexpr std::size_t kEntryBytes = 16;
constexpr std::size_t kBodyAt = kTableAt + kSections * kEntryBytes;
constexpr std::size_t kAlign = 8;
constexpr std::size_t kStamps = static_cast<std::size_t>(Section::stamps);
static_assert(kStamps + 1 == kSections, "the stamps are the last section: everything before them is hashed");
static_assert(kBodyAt % kAlign == 0);

using Sections = std::array<std::string_view, kSections>;

template <class T>
void put(std::string& out, std::size_t at, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) out[at + i] = static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
}

template <class T>
T get(std::string_view bytes, std::size_t at) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i)
    value |= static_cast<T>(static_cast<T>(static_cast<unsigned char>(bytes[at + i])) << (8 * i));
  return value;
}

/// Sizes go in before the bytes, so that no byte can move from one section to its neighbour unseen.
std::array<unsigned char, kHashBytes> content_hash(const Sections& sections) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, kHashBytes);
  for (std::size_t i = 0; i < kStamps; ++i) {
    std::string size(8, '\0');
    put<std::uint64_t>(size, 0, sections[i].size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(size.data()), size.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(sections[i].data()), sections[i].size());
  }
  std::array<unsigned char, kHashBytes> out{};
  crypto_generichash_final(&state, out.data(), out.size());
  return out;
}

std::string lay_out(const Sections& sections) {
  std::string out(kBodyAt, '\0');
  for (std::size_t i = 0; i < kSections; ++i) {
    out.resize((out.size() + kAlign - 1) / kAlign * kAlign, '\0');
    put<std::uint64_t>(out, kTableAt + i * kEntryBytes, out.size());
    put<std::uint64_t>(out, kTableAt + i * kEntryBytes + 8, sections[i].size());
    if (i == kStamps) put<std::uint64_t>(out, kContentAt, out.size());
    out.append(sections[i]);
  }
  std::copy(kMagic.begin(), kMagic.end(), out.begin());
  put<std::uint32_t>(out, kFormatAt, kFormatVersion);
  put<std::uint32_t>(out, kCountAt, kSections);
  const auto hash = content_hash(sections);
  for (std::size_t i = 0; i < kHashBytes; ++i) out[kHashAt + i] = static_cast<char>(hash[i]);
  return out;
}

base::Result<void> check_header(std::string_view bytes) {
  if (bytes.size() > kMaxBytes) return base::fail(base::Errc::too_large, "the image is larger than 64 MiB");
  if (bytes.size() < kCountAt || bytes.substr(0, kMagic.size()) != kMagic)
    return base::fail(base::Errc::damaged, "not a policy image");
  const auto format = get<std::uint32_t>(bytes, kFormatAt);
  if (format != kFormatVersion) {
    return base::fail(base::Errc::version, "the image has format " + std::to_string(format) + ", this program reads format " +
                                               std::to_string(kFormatVersion) + "; run `belay compile`");
  }
  if (bytes.size() < kBodyAt) return base::fail(base::Errc::truncated, "the image ends inside its header");
  if (get<std::uint32_t>(bytes, kCountAt) != kSections)
    return base::fail(base::Errc::damaged, "the image has another number of sections");
  return {};
}

/// The sections must lie side by side in order, each where the one before it ends: nothing overlaps and nothing is hidden between.
base::Result<Sections> read_table(std::string_view bytes) {
  Sections sections;
  std::uint64_t end = kBodyAt;
  for (std::size_t i = 0; i < kSections; ++i) {
    const auto offset = get<std::uint64_t>(bytes, kTableAt + i * kEntryBytes);
    const auto size = get<std::uint64_t>(bytes, kTableAt + i * kEntryBytes + 8);
    if (offset != (end + kAlign - 1) / kAlign * kAlign)
      return base::fail(base::Errc::damaged, "a section of the image is out of place");
    if (offset > bytes.size() || size > bytes.size() - offset)
      return base::fail(base::Errc::truncated, "a section of the image ends outside it");
    sections[i] = bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
    end = offset + size;
  }
  if (end != bytes.size()) return base::fail(base::Errc::damaged, "the image goes on after its last section");
  const auto stamps_at = static_cast<std::uint64_t>(sections[kStamps].data() - bytes.data());
  if (get<std::uint64_t>(bytes, kContentAt) != stamps_at)
    return base::fail(base::Errc::damaged, "the image's content has another size");
  return sections;
}

}  // namespace

Str Builder::text(std::string_view s) {
  if (s.empty()) return {};
  const auto [place, added] = interned_.try_emplace(std::string(s));
  if (added) {
    auto& strings = sections_[static_cast<std::size_t>(Section::strings)];
    place->second = {static_cast<std::uint32_t>(strings.size()), static_cast<std::uint32_t>(s.size())};
    strings.append(s);
  }
  return place->second;
}

std::string Builder::finish() const {
  Sections sections;
  std::copy(sections_.begin(), sections_.end(), sections.begin());
  return lay_out(sections);
}

base::Result<std::string> with_stamps(std::string_view image, std::string_view stamps) {
  BELAY_CHECK(check_header(image));
  BELAY_TRY(Sections sections, read_table(image));
  sections[kStamps] = stamps;
  return lay_out(sections);
}

base::Result<View> View::open(std::string_view bytes) {
  BELAY_CHECK(check_header(bytes));
  BELAY_TRY(const Sections sections, read_table(bytes));
  View view;
  view.bytes_ = bytes;
  view.sections_ = sections;
  return view;
}

std::string_view View::text(Str s) const {
  const std::string_view strings = raw(Section::strings);
  if (s.offset > strings.size() || s.size > strings.size() - s.offset) {
    damaged_ = true;
    return {};
  }
  return strings.substr(s.offset, s.size);
}

std::string View::hash() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  if (bytes_.size() < kTableAt) return out;
  for (const char c : bytes_.substr(kHashAt, kHashBytes)) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(kDigits[byte >> 4U]);
    out.push_back(kDigits[byte & 15U]);
  }
  return out;
}

bool View::verify() const {
  if (bytes_.size() < kTableAt) return false;
  const auto hash = content_hash(sections_);
  return std::equal(hash.begin(), hash.end(), bytes_.begin() + kHashAt,
                    [](unsigned char a, char b) { return a == static_cast<unsigned char>(b); });
}

}  // namespace belay::image
