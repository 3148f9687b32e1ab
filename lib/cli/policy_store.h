#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diag.h"
#include "base/result.h"
#include "decide/judge.h"
#include "image/image.h"
#include "model/decision.h"
#include "policy/rule.h"
#include "trust/installation.h"

/// Where policy comes from: which images apply, lowest first, with the bytes that they borrow.
namespace belay::cli {

/// Where the highest layer's bytes come from; a record calls them by these names.
enum class Origin : std::uint8_t {
  embedded,  ///< nothing but the shipped packs
  cache,     ///< a compiled image on disk
  memory,    ///< compiled just now: the image on disk is absent or older than its sources
  given,     ///< --policy
};
[[nodiscard]] std::string_view name_of(Origin origin);

/// One image and the memory that it lies in.
class HeldImage {
 public:
  /// Borrows: for the image that is part of the program.
  [[nodiscard]] static base::Result<std::unique_ptr<HeldImage>> borrow(std::string_view bytes);
  [[nodiscard]] static base::Result<std::unique_ptr<HeldImage>> own(std::string bytes);
  /// Maps an open file; closes it.
  [[nodiscard]] static base::Result<std::unique_ptr<HeldImage>> map(int descriptor);

  HeldImage() = default;
  HeldImage(const HeldImage&) = delete;
  HeldImage& operator=(const HeldImage&) = delete;
  ~HeldImage();

  [[nodiscard]] const image::View& view() const { return view_; }

 private:
  std::string owned_;
  void* mapped_ = nullptr;
  std::size_t mapped_size_ = 0;
  image::View view_;
};

struct PolicyRequest {
  std::string_view embedded;                   ///< the image of the shipped packs
  trust::Installation installation;            ///< where the default sources are (trust/installation.h)
  std::span<const std::string> given = {};     ///< --policy: rule files, folders, compiled images; replaces the default sources
  std::string project = {};                    ///< the session's project root, absolute; else there is no project layer
  std::function<void()> before_blocking = {};  ///< called before a look-up in the project that may hang (base/fs_posix.h)
};

/// What applies to a call. `layers` and `knowledge` point into `images`; moving the store keeps them valid.
struct PolicyStore {
  std::vector<std::unique_ptr<HeldImage>> images;
  std::vector<decide::Layer> layers;          ///< embedded first
  std::vector<const image::View*> knowledge;  ///< in the same order; a later block replaces an earlier one. No project's
  model::Mode mode = model::Mode::enforce;    ///< as the owner's policy says (decide/judge.h); without one, the shipped packs
  bool strict = false;  ///< the profile; see demand_strict
  Origin origin = Origin::embedded;
  std::vector<std::string> sources;  ///< files of the policy above the shipped packs; of an image, those with rules
  std::vector<std::string> sinks;    ///< `[audit] sinks` of the highest layer that has any, the project's apart
  bool audit_required = false;       ///< of any layer
};

/// Layers from the lowest: the shipped packs; the installation's policy, or what `given` says (images in this order, all rule
/// files together as one layer); `.belay/*.toml` of the project when the owner's policy has `project_layer = true`. Only a system
/// installation may allow. A user's image that is not fresh or cannot be read is as good as absent, since the sources are the
/// policy; a system image is the policy itself.
///
/// Never falls back to less than what was asked for: an image or a source that cannot be read, is not to be trusted or has errors
/// is an error (Errc::untrusted, io, damaged, version, invalid …; `out` then has what there is to say about rule files). What is
/// said of a project's rules names none of its files: such an error may reach the model. `out` is for people only.
[[nodiscard]] base::Result<PolicyStore> open_policy(const PolicyRequest& request, base::Diagnostics& out);

/// The same policy in the strict profile: puts an empty layer that asks for it on top.
[[nodiscard]] base::Result<void> demand_strict(PolicyStore& store);

/// The rule files at `path`: itself, or the *.toml of a folder and of its subfolder `knowledge`, sorted. At most 10 000. Hidden
/// files, which editors leave behind, are none. Errc::not_found when nothing is there.
[[nodiscard]] base::Result<std::vector<std::string>> rule_files(const std::string& path);

/// Reads them whole: at most 4 MiB each, regular files only.
[[nodiscard]] base::Result<std::vector<policy::SourcePtr>> read_sources(std::span<const std::string> files);

/// Loads, resolves and compiles what stands above `below`, an image without carried files included; groups are numbered as the group
/// file says.
[[nodiscard]] base::Result<std::string> compile_sources(std::span<const policy::SourcePtr> sources, const image::View& below,
                                                        base::Diagnostics& out);

/// For `belay compile` and `doctor`: what compiling the default sources of `installation` gives, stamps included. A folder
/// without rule files gives an image without rules; no folder is Errc::not_found. In system mode every source must be root's
/// (Errc::untrusted).
struct CompiledPolicy {
  std::string image;
  std::vector<std::string> sources;
};
[[nodiscard]] base::Result<CompiledPolicy> compile_installation(const trust::Installation& installation,
                                                                std::string_view embedded, base::Diagnostics& out);
/// Whether the image at `installation.image` is what its sources are now; never an error: whatever cannot be read is not fresh.
[[nodiscard]] bool image_is_fresh(const trust::Installation& installation, std::string_view embedded);

/// Writes `bytes` to `path` in one step (temporary file beside it, fsync, rename); makes missing folders with mode 0700 below the
/// process' home and 0755 elsewhere, whatever the umask. The file gets `mode`. What is no regular file is not replaced
/// (Errc::untrusted).
[[nodiscard]] base::Result<void> write_image(const std::string& path, std::string_view bytes, std::uint32_t mode);

}  // namespace belay::cli
