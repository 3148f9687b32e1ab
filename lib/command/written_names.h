#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace belay::command {

/// Files by their last names, so that whoever asks for one does not look through all of them. Points into the keys of the map, which only grows.
class WrittenNames {
 public:
  using Paths = std::vector<const std::string*>;

  template <class Map>
  void refresh(const Map& files) {
    if (files.size() == count_) return;
    by_name_.clear();
    by_stem_.clear();
    for (const auto& [path, content] : files) {
      const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);  // npos + 1 is 0
      by_name_[name].push_back(&path);
      by_stem_[name.substr(0, name.rfind('.'))].push_back(&path);
    }
    count_ = files.size();
  }
  [[nodiscard]] const Paths& named(std::string_view name) const { return found(by_name_, name); }
  /// Without what begins at the last dot.
  [[nodiscard]] const Paths& with_stem(std::string_view stem) const { return found(by_stem_, stem); }

 private:
  using Index = std::unordered_map<std::string_view, Paths>;
  static const Paths& found(const Index& index, std::string_view key) {
    static const Paths kNone;
    const auto it = index.find(key);
    return it == index.end() ? kNone : it->second;
  }

  Index by_name_, by_stem_;
  std::size_t count_ = 0;
};

}  // namespace belay::command
