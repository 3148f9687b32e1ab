#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/descriptor.h"
#include "base/fs_posix.h"
#include "cli/policy_store_parts.h"

namespace belay::cli {

namespace {

using base::Descriptor;
using base::Errc;
using base::fail;

base::Result<std::size_t> mappable_size(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return fail(Errc::io, base::system_text(errno));
  if (!S_ISREG(status.st_mode)) return fail(Errc::untrusted, "not a regular file");
  if (status.st_size <= 0) return fail(Errc::truncated, "the image is empty");
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > image::kMaxBytes) return fail(Errc::too_large, "the image is larger than 64 MiB");
  return static_cast<std::size_t>(size);
}

/// A user's cache: the user's own or root's, and nobody else may write.
bool is_own(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return false;
  return (status.st_uid == ::geteuid() || status.st_uid == 0) && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

}  // namespace

base::Result<std::unique_ptr<HeldImage>> HeldImage::borrow(std::string_view bytes) {
  auto held = std::make_unique<HeldImage>();
  BELAY_TRY(held->view_, image::View::open(bytes));
  return held;
}

base::Result<std::unique_ptr<HeldImage>> HeldImage::own(std::string bytes) {
  auto held = std::make_unique<HeldImage>();
  held->owned_ = std::move(bytes);
  BELAY_TRY(held->view_, image::View::open(held->owned_));
  return held;
}

base::Result<std::unique_ptr<HeldImage>> HeldImage::map(int descriptor) {
  const Descriptor file(descriptor);
  auto held = std::make_unique<HeldImage>();
  BELAY_TRY(const std::size_t size, mappable_size(file.get()));
  void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (mapped == MAP_FAILED) return fail(Errc::io, base::system_text(errno));
  held->mapped_ = mapped;
  held->mapped_size_ = size;
  BELAY_TRY(held->view_, image::View::open({static_cast<const char*>(mapped), size}));
  return held;
}

HeldImage::~HeldImage() {
  if (mapped_ != nullptr) ::munmap(mapped_, mapped_size_);
}

std::unique_ptr<HeldImage> store::fresh_user_image(const std::string& path, const image::View& embedded, const Listing& listing) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.open() || !is_own(file.get())) return nullptr;
  auto held = HeldImage::map(file.release());
  if (!held || !is_fresh((*held)->view(), embedded, listing)) return nullptr;
  return *std::move(held);
}

}  // namespace belay::cli
