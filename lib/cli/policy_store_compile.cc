#include <unistd.h>

#include <algorithm>
#include <ctime>

#include "base/descriptor.h"
#include "base/fs_posix.h"
#include "cli/policy_store_parts.h"
#include "policy/compile.h"
#include "policy/merge.h"
#include "trust/accounts.h"
#include "trust/chain.h"
#include "trust/stamps.h"

namespace belay::cli {

namespace {

using base::Errc;
using base::fail;

constexpr const char* kGroupFile = "/etc/group";
constexpr std::size_t kMaxGroupFile = 4U << 20U;
constexpr std::string_view kByGroupFile = "+groups";  ///< behind the maker: the last stamp is that of the group file

/// Numbers of groups by the group file, which is read when the first name is asked for.
class GroupFile {
 public:
  std::optional<std::uint32_t> number(std::string_view name) {
    if (!text_) text_ = base::read_file(kGroupFile, kMaxGroupFile).value_or("");
    return trust::group_number(*text_, name);
  }
  [[nodiscard]] bool asked() const { return text_.has_value(); }

 private:
  std::optional<std::string> text_;
};

/// Who makes images here. Another build may compile the same sources to something else, and its image is not ours to use.
std::string maker(const image::View& embedded) { return embedded.hash() + "/" + std::to_string(image::kFormatVersion); }

std::vector<std::string> stamped(const store::Listing& listing) {
  std::vector<std::string> paths = listing.folders;
  paths.insert(paths.end(), listing.files.begin(), listing.files.end());
  return paths;
}

base::Result<std::vector<trust::Stamp>> stamps_of(const std::vector<std::string>& paths) {
  std::vector<trust::Stamp> out;
  for (const std::string& path : paths) {
    BELAY_TRY(auto stamp, trust::stamp_of(path));
    out.push_back(std::move(stamp));
  }
  return out;
}

std::int64_t file_clock() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

/// The kernel stamps changes by a clock of a few milliseconds a tick. What is read in the tick of a file's last change could be
/// changed once more, to the same size, and keep its stamp; so reading waits for the next tick.
void let_a_tick_pass(const std::vector<trust::Stamp>& stamps) {
  constexpr timespec kPause{0, 1'000'000};
  constexpr int kMaxPauses = 25;  // times that lie in the future never pass
  std::int64_t newest = 0;
  for (const trust::Stamp& stamp : stamps) newest = std::max(newest, stamp.ctime_ns);
  for (int i = 0; i < kMaxPauses && file_clock() <= newest; ++i) ::nanosleep(&kPause, nullptr);
}

base::Result<std::vector<policy::SourcePtr>> read_checked(const std::vector<std::string>& files) {
  std::vector<policy::SourcePtr> out;
  for (const std::string& path : files) {
    BELAY_TRY(const int fd, trust::open_checked(path));
    const base::Descriptor file(fd);
    auto text = base::read_open_file(file.get(), store::kMaxSourceBytes);
    if (!text) return tl::unexpected(store::about(path, std::move(text).error()));
    out.push_back(std::make_shared<const base::SourceText>(path, *std::move(text)));
  }
  return out;
}

/// The rule files of an installation. Root's, where only root's count: else whoever could write there would be asked.
base::Result<store::Listing> list_installation(const trust::Installation& installation) {
  if (installation.sources.empty()) return fail(Errc::not_found, "this user has no home: there is nothing to compile");
  if (installation.standing == trust::Standing::system) BELAY_CHECK(trust::check_chain(installation.sources));
  BELAY_TRY(auto listing, store::list_rules(installation.sources));
  if (listing.folders.empty()) return fail(Errc::untrusted, "`" + installation.sources + "` is not a directory");
  return listing;
}

base::Result<std::vector<policy::SourcePtr>> read_installation(const trust::Installation& installation,
                                                               const store::Listing& listing) {
  if (installation.standing == trust::Standing::system) return read_checked(listing.files);
  BELAY_CHECK(store::check_users_own(listing));
  return read_sources(listing.files);
}

}  // namespace

base::Result<policy::Loaded> store::load_rules(std::span<const policy::SourcePtr> sources, const image::View& below,
                                               base::Diagnostics& out) {
  base::Diagnostics found;
  policy::Loaded loaded = policy::load_all(sources, found);
  loaded.policy = policy::resolve(std::move(loaded.policy), found, policy::carried_files(below));
  for (const auto& finding : found.items()) out.add(finding);
  if (found.has_errors()) return fail(Errc::invalid, "the rules have errors");
  return loaded;
}

base::Result<store::CompiledRules> store::compile_rules(const policy::Loaded& rules, base::Diagnostics& out) {
  GroupFile groups;
  const policy::CompileOptions options{[&groups](std::string_view name) { return groups.number(name); }};
  BELAY_TRY(std::string image, policy::compile(rules.policy, rules.knowledge, options, out));
  return CompiledRules{std::move(image), groups.asked()};
}

bool store::is_fresh(const image::View& image, const image::View& embedded, const Listing& listing) {
  const std::string_view stamps = image.raw(image::Section::stamps);
  const std::string own = maker(embedded);
  std::vector<std::string> paths = stamped(listing);
  if (trust::fresh(stamps, own, paths)) return true;
  paths.emplace_back(kGroupFile);
  return trust::fresh(stamps, own + std::string(kByGroupFile), paths);
}

base::Result<std::string> compile_sources(std::span<const policy::SourcePtr> sources, const image::View& below,
                                          base::Diagnostics& out) {
  BELAY_TRY(const policy::Loaded rules, store::load_rules(sources, below, out));
  BELAY_TRY(store::CompiledRules compiled, store::compile_rules(rules, out));
  return std::move(compiled.image);
}

base::Result<CompiledPolicy> compile_installation(const trust::Installation& installation, std::string_view embedded,
                                                  base::Diagnostics& out) {
  BELAY_TRY(const image::View shipped, image::View::open(embedded));
  BELAY_TRY(store::Listing listing, list_installation(installation));
  BELAY_TRY(std::vector<trust::Stamp> stamps, stamps_of(stamped(listing)));
  const auto groups = trust::stamp_of(kGroupFile);
  let_a_tick_pass(stamps);
  BELAY_TRY(const auto sources, read_installation(installation, listing));
  BELAY_TRY(const policy::Loaded rules, store::load_rules(sources, shipped, out));
  BELAY_TRY(const store::CompiledRules compiled, store::compile_rules(rules, out));
  if (compiled.by_group_file && groups) stamps.push_back(*groups);
  const std::string made_by = maker(shipped) + std::string(compiled.by_group_file ? kByGroupFile : "");
  BELAY_TRY(std::string image, image::with_stamps(compiled.image, trust::encode_stamps(made_by, stamps)));
  BELAY_TRY(const image::View view, image::View::open(image));
  if (!store::is_fresh(view, shipped, listing))
    return fail(Errc::io, "the rule files changed while they were compiled; run it again");
  return CompiledPolicy{std::move(image), std::move(listing.files)};
}

bool image_is_fresh(const trust::Installation& installation, std::string_view embedded) {
  const auto shipped = image::View::open(embedded);
  const auto listing = list_installation(installation);
  if (!shipped || !listing) return false;
  if (installation.standing != trust::Standing::system)
    return store::fresh_user_image(installation.image, *shipped, *listing) != nullptr;
  const auto file = trust::open_checked(installation.image);
  if (!file) return false;
  const auto held = HeldImage::map(*file);
  return held && store::is_fresh((*held)->view(), *shipped, *listing);
}

}  // namespace belay::cli
