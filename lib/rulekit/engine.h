#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/diag.h"
#include "base/result.h"
#include "image/image.h"
#include "model/decision.h"
#include "policy/knowledge.h"
#include "policy/rule.h"
#include "rulekit/case_world.h"

/// The whole way of a call, from scene to decision, with rules that were just read.
namespace belay::rulekit {

/// A compiled policy that owns its bytes.
class Compiled {
 public:
  [[nodiscard]] static base::Result<Compiled> make(const policy::Policy& policy, const policy::Knowledge& knowledge,
                                                   base::Diagnostics& out);
  [[nodiscard]] const image::View& view() const { return *view_; }
  [[nodiscard]] const std::string& bytes() const { return *bytes_; }

 private:
  std::shared_ptr<const std::string> bytes_;
  std::shared_ptr<const image::View> view_;
};

/// What a call does, by the knowledge of `images`; later ones stand over earlier ones.
[[nodiscard]] model::Analysis analyse(const Scene& scene, std::span<const image::View* const> images);

/// What `images` say in the profile of the scene, the lowest layer first; the last one may allow.
[[nodiscard]] model::Decision judge(const Scene& scene, const model::Analysis& analysis,
                                    std::span<const image::View* const> images);

}  // namespace belay::rulekit
