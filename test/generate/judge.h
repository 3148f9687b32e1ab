#pragma once

#include <string>
#include <string_view>

#include "image/image.h"
#include "model/decision.h"
#include "rulekit/engine.h"

namespace belay::generate {

/// What the shipped packs decide on a command, on the machine that rule cases run on. One per thread.
class Judge {
 public:
  /// Borrows the bytes of the image. Throws when it cannot be opened.
  explicit Judge(std::string_view image);
  [[nodiscard]] model::Verdict operator()(const std::string& command);
  /// In the world that the case describes.
  [[nodiscard]] model::Decision decide(const policy::Case& one);
  /// Ids of the rules that hold, the leading one first.
  [[nodiscard]] std::string rules(const std::string& command);

 private:
  model::Decision decide(const std::string& command);
  image::View view_;
  policy::Case one_;
};

}  // namespace belay::generate
