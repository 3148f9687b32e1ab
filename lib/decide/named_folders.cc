#include "decide/named_folders.h"

#include <algorithm>

#include "decide/tests.h"

namespace belay::decide {

namespace {

using image::Section;

void add_folders(const image::View& image, const path::Places& places, std::vector<std::string>& to) {
  const std::uint32_t count = image.count<image::ConditionRecord>(Section::conditions);
  for (std::uint32_t i = 0; i < count && !image.damaged(); ++i) {
    const auto condition = image.at<image::ConditionRecord>(Section::conditions, i);
    if (condition.key != static_cast<std::uint32_t>(image::ConditionKey::path)) continue;
    for (std::uint32_t k = 0; k < condition.values.count && !image.damaged(); ++k) {
      for (std::string& folder : path::folders_named(tests::glob_at(image, condition.values.first + k), places)) {
        to.push_back(std::move(folder));
      }
    }
  }
}

}  // namespace

std::vector<std::string> named_folders(std::span<const Layer> layers, const path::Places& places) {
  std::vector<std::string> out;
  for (const Layer& layer : layers) add_folders(*layer.image, places, out);
  for (const std::string* folder : {&places.project, &places.cwd}) {
    if (!folder->empty()) out.push_back(*folder);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace belay::decide
