#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/fs.h"
#include "base/result.h"
#include "command/analyse.h"
#include "decide/judge.h"
#include "model/call.h"
#include "path/path.h"
#include "policy/rule.h"

/// The machine that cases run on: invented, the same for everybody, never the real one.
namespace belay::rulekit {

/// A file system that exists only here. What nobody invented is missing.
class InventedFiles : public base::FileView {
 public:
  /// Adds `path` (absolute) and every folder above it; a later entry for the same path stands.
  void add(const std::string& path, base::Node node);
  /// `path` is another name of `other`: a hard link of a file, a second mount of a folder. `other` is made if nobody did, as a file.
  void add_same(const std::string& path, const std::string& other);
  /// A path that the operating system would not look up.
  void add_unreadable(const std::string& path);

  [[nodiscard]] base::Result<base::Node> lookup(const std::string& path) const override;
  [[nodiscard]] base::Result<std::vector<std::string>> list(const std::string& path, std::size_t limit) const override;

 private:
  struct Entry {
    base::Node node;
    bool unreadable = false;
  };
  std::map<std::string, Entry> entries_;
};

inline constexpr std::string_view kCaseUser = "dev";
inline constexpr std::string_view kCaseHome = "/home/dev";
inline constexpr std::string_view kCaseProject = "/home/dev/project";

/// Everything the analysis and the judgement ask of the machine, for one case.
struct Scene {
  model::Call call;
  std::unique_ptr<InventedFiles> files;
  std::string home;
  std::vector<std::pair<std::string, std::string>> env;
  policy::Profile profile = policy::Profile::standard;

  /// Borrows from this scene.
  [[nodiscard]] command::World world() const;
  [[nodiscard]] path::Places places() const;
  [[nodiscard]] decide::Actor actor() const;
};

/// User `dev` (uid 1000, group 1000) at home in /home/dev, project and working folder /home/dev/project, temporary files in /tmp; the
/// case's own keys on top. The project stays where it is when a case says `cwd`. Errc::invalid when the tool's input is none.
[[nodiscard]] base::Result<Scene> scene_of(const policy::Case& one);

}  // namespace belay::rulekit
