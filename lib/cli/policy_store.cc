#include "cli/policy_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/descriptor.h"
#include "base/fs_posix.h"
#include "cli/policy_store_parts.h"
#include "image/policy_records.h"
#include "policy/compile.h"
#include "trust/chain.h"

namespace belay::cli {

namespace {

using base::Descriptor;
using base::Errc;
using base::fail;
using image::PolicyRecord;
using image::Section;
using trust::Standing;

/// Puts an image on top. The knowledge of a project's would replace that of the layers below: it has none
/// (store::compile_project).
void put(PolicyStore& store, std::unique_ptr<HeldImage> image, decide::Layer layer) {
  layer.image = &image->view();
  store.layers.push_back(layer);
  if (!layer.project) store.knowledge.push_back(layer.image);
  store.images.push_back(std::move(image));
}

base::Result<void> put_compiled(PolicyStore& store, std::string bytes, const decide::Layer& layer) {
  BELAY_TRY(auto held, HeldImage::own(std::move(bytes)));
  put(store, std::move(held), layer);
  return {};
}

/// Maps an image that must be there; closes `fd`.
base::Result<void> put_mapped(PolicyStore& store, int fd, const std::string& path, const decide::Layer& layer) {
  auto held = HeldImage::map(fd);
  if (!held) return tl::unexpected(store::about(path, std::move(held).error()));
  put(store, *std::move(held), layer);
  return {};
}

void name_sources(PolicyStore& store, const image::View& image) {
  const std::uint32_t count = image.count<image::Str>(Section::sources);
  for (std::uint32_t i = 0; i < count; ++i) store.sources.emplace_back(image.text(image.at<image::Str>(Section::sources, i)));
}

/// Root's image is the policy; its sources are not looked at, so that nothing but `belay compile` changes what holds.
base::Result<void> add_system(const trust::Installation& installation, PolicyStore& store) {
  const auto file = trust::open_checked(installation.image);
  if (!file && file.error().code == Errc::not_found) {
    return fail(Errc::not_found, file.error().what + ", while `" + installation.sources + "` does; run `belay compile` as root");
  }
  if (!file) return tl::unexpected(file.error());
  BELAY_CHECK(put_mapped(store, *file, installation.image, {nullptr, true, false}));
  name_sources(store, *store.layers.back().image);
  store.origin = Origin::cache;
  return {};
}

base::Result<void> add_user(const trust::Installation& installation, PolicyStore& store, base::Diagnostics& out) {
  auto listing = store::list_rules(installation.sources);
  if (!listing && listing.error().code == Errc::not_found) return {};
  if (!listing) return tl::unexpected(std::move(listing).error());
  if (listing->folders.empty()) return fail(Errc::untrusted, "`" + installation.sources + "` is not a directory");
  if (listing->files.empty()) return {};
  if (auto held = store::fresh_user_image(installation.image, *store.layers[0].image, *listing)) {
    put(store, std::move(held), {});
    store.origin = Origin::cache;
  } else {
    BELAY_CHECK(store::check_users_own(*listing));
    BELAY_TRY(const auto sources, read_sources(listing->files));
    BELAY_TRY(std::string bytes, compile_sources(sources, *store.layers[0].image, out));
    BELAY_CHECK(put_compiled(store, std::move(bytes), {}));
    store.origin = Origin::memory;
  }
  store.sources = std::move(listing->files);
  return {};
}

/// --policy: images become layers in the order given. All rule files are compiled together, since they may refer to each other,
/// and stand where the first of them does.
class Given {
 public:
  Given(PolicyStore& store, const decide::Layer& layer) : store_(store), layer_(layer), place_(store.layers.size()) {}

  base::Result<void> add(const std::string& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat status {};
    if (!file.open() || ::fstat(file.get(), &status) != 0) return tl::unexpected(store::system_error(path, errno));
    if (S_ISREG(status.st_mode) && is_image(file.get())) {
      BELAY_CHECK(put_mapped(store_, file.release(), path, layer_));
      name_sources(store_, *store_.layers.back().image);
      return {};
    }
    BELAY_TRY(const std::vector<std::string> found, rule_files(path));
    if (found.empty()) return fail(Errc::not_found, "`" + path + "` has no rule files");
    if (files_.empty()) place_ = store_.layers.size();
    files_.insert(files_.end(), found.begin(), found.end());
    return {};
  }

  base::Result<void> compile(base::Diagnostics& out) {
    if (files_.empty()) return {};
    BELAY_TRY(const auto sources, read_sources(files_));
    BELAY_TRY(std::string bytes, compile_sources(sources, *store_.layers[0].image, out));
    BELAY_CHECK(put_compiled(store_, std::move(bytes), layer_));
    move_last(store_.images);
    move_last(store_.layers);
    move_last(store_.knowledge);
    store_.sources.insert(store_.sources.end(), files_.begin(), files_.end());
    return {};
  }

 private:
  static bool is_image(int fd) {
    std::array<char, store::kMagic.size()> start{};
    const ssize_t got = ::pread(fd, start.data(), start.size(), 0);
    return got == static_cast<ssize_t>(start.size()) && std::string_view(start.data(), start.size()) == store::kMagic;
  }
  template <class T>
  void move_last(std::vector<T>& of) const {
    T last = std::move(of.back());
    of.pop_back();
    of.insert(of.begin() + static_cast<std::ptrdiff_t>(place_), std::move(last));
  }

  PolicyStore& store_;
  decide::Layer layer_;
  std::size_t place_;
  std::vector<std::string> files_;
};

base::Result<void> add_given(const PolicyRequest& request, PolicyStore& store, base::Diagnostics& out) {
  Given given(store, {nullptr, request.installation.standing == Standing::system, false});
  for (const std::string& path : request.given) BELAY_CHECK(given.add(path));
  BELAY_CHECK(given.compile(out));
  store.origin = Origin::given;
  return {};
}

base::Result<void> add_owner(const PolicyRequest& request, PolicyStore& store, base::Diagnostics& out) {
  if (!request.given.empty()) return add_given(request, store, out);
  switch (request.installation.standing) {
    case Standing::system: return add_system(request.installation, store);
    case Standing::user: return add_user(request.installation, store, out);
    case Standing::bare: return {};
  }
  return fail(Errc::internal, "no such standing");
}

/// Settings of the whole are the owner's, as everywhere (decide/layers.h).
PolicyRecord owner_settings(const PolicyStore& store) {
  return store.layers[store.layers.size() > 1 ? 1 : 0].image->at<PolicyRecord>(Section::policy, 0);
}

base::Result<void> add_project(const PolicyRequest& request, PolicyStore& store, base::Diagnostics& out) {
  if (!request.project.starts_with('/')) return {};
  if (request.before_blocking && base::may_block(request.project)) request.before_blocking();
  BELAY_TRY(std::string bytes, store::compile_project(request.project, *store.layers[0].image, out));
  if (bytes.empty()) return {};
  return put_compiled(store, std::move(bytes), {nullptr, false, true});
}

std::vector<std::string> texts(const image::View& image, image::Range range) {
  std::vector<std::string> out;
  for (std::uint32_t i = 0; i < range.count && !image.damaged(); ++i) {
    out.emplace_back(image.text(image.at<image::Str>(Section::texts, range.first + i)));
  }
  return out;
}

base::Result<void> check_sound(const PolicyStore& store) {
  for (const decide::Layer& layer : store.layers) {
    if (layer.image->damaged()) return fail(Errc::damaged, "a policy image is damaged; run `belay compile`");
  }
  return {};
}

base::Result<void> take_settings(PolicyStore& store) {
  const std::uint32_t mode = owner_settings(store).mode;
  if (mode > static_cast<std::uint32_t>(model::Mode::observe))
    return fail(Errc::damaged, "a policy image is damaged; run `belay compile`");
  store.mode = static_cast<model::Mode>(mode);
  for (const decide::Layer& layer : store.layers) {
    const auto record = layer.image->at<PolicyRecord>(Section::policy, 0);
    if (record.audit_required != 0) store.audit_required = true;
    if (record.strict != 0) store.strict = true;
    // Where records go is not for a project to say.
    if (!layer.project && record.audit_sinks.count != 0) store.sinks = texts(*layer.image, record.audit_sinks);
  }
  return check_sound(store);
}

}  // namespace

std::string_view name_of(Origin origin) {
  switch (origin) {
    case Origin::embedded: return "embedded";
    case Origin::cache: return "cache";
    case Origin::memory: return "memory";
    case Origin::given: return "given";
  }
  return "embedded";
}

base::Result<PolicyStore> open_policy(const PolicyRequest& request, base::Diagnostics& out) {
  PolicyStore store;
  BELAY_TRY(auto embedded, HeldImage::borrow(request.embedded));
  put(store, std::move(embedded), {});
  BELAY_CHECK(add_owner(request, store, out));
  if (owner_settings(store).project_layer != 0) BELAY_CHECK(add_project(request, store, out));
  BELAY_CHECK(take_settings(store));
  return store;
}

base::Result<void> demand_strict(PolicyStore& store) {
  policy::Policy wish;
  wish.profile = policy::Profile::strict;
  base::Diagnostics nothing;
  BELAY_TRY(std::string bytes, policy::compile(wish, {}, nothing));
  store.strict = true;
  return put_compiled(store, std::move(bytes), {nullptr, false, true});  // as a project's: it owns nothing
}

}  // namespace belay::cli
