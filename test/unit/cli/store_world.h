#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "cli/policy_store.h"
#include "image/policy_records.h"
#include "trust/chain.h"

/// A machine of a few folders: a home with rules and a cache, a system folder that may be root's, a project.
namespace store_world {

using namespace belay;
namespace fs = std::filesystem;

/// A folder that goes when the test ends.
class Folder {
 public:
  explicit Folder(const std::string& below = fs::temp_directory_path()) : path_(below + "/belay-store-XXXXXX") {
    REQUIRE(::mkdtemp(path_.data()) != nullptr);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline void write(const std::string& path, const std::string& text) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  REQUIRE(out.flush());
}
inline std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}
inline unsigned mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

/// A pack of `count` rules that stop programs `PACK-0`, `PACK-1` …; `more` goes into each rule.
inline std::string pack(const std::string& id, int count = 1, const std::string& more = "") {
  std::string out = "[pack]\nid = \"" + id + "\"\ntitle = \"T\"\n";
  for (int i = 0; i < count; ++i) {
    const std::string n = std::to_string(i);
    out += "[[rule]]\nid = \"" + id + ".r" + n +
           "\"\naction = \"deny\"\nseverity = \"high\"\non = \"exec\"\nsummary = \"s\"\ninstead = \"i\"\ncommand = \"" + id +
           "-" + n + "\"\n" + more;
  }
  return out;
}
inline constexpr const char* kObserve = "[policy]\nmode = \"observe\"\nversion = \"7\"\n";

/// What is built into this program.
inline std::string packs(const std::string& id = "shipped") {
  base::Diagnostics out;
  const std::vector<policy::SourcePtr> files{std::make_shared<const base::SourceText>("shipped.toml", pack(id))};
  const auto image = cli::compile_sources(files, {}, out);
  REQUIRE(image);
  return *image;
}

inline trust::Installation user_at(const Folder& home) {
  const trust::Account account{"ana", 1000, 1000, home.path()};
  const auto found = trust::find_installation(&account, {home / "no-etc", "", ""});
  REQUIRE(found);
  return *found;
}

/// What came of opening; `said` has codes and messages.
struct Opened {
  base::Result<cli::PolicyStore> store;
  std::string said;

  [[nodiscard]] const cli::PolicyStore& operator*() const {
    INFO((store ? said : store.error().what + "\n" + said));
    REQUIRE(store);
    return *store;
  }
  [[nodiscard]] base::Errc error() const {
    REQUIRE_FALSE(store);
    return store.error().code;
  }
};
inline Opened open(const cli::PolicyRequest& request) {
  base::Diagnostics out;
  Opened opened{cli::open_policy(request, out), {}};
  for (const auto& d : out.items()) opened.said += base::render(d);
  return opened;
}

/// Ids of the rules of layer `n`.
inline std::vector<std::string> rules(const cli::PolicyStore& store, std::size_t n) {
  std::vector<std::string> out;
  const image::View& view = *store.layers.at(n).image;
  for (std::uint32_t i = 0; i < view.count<image::RuleRecord>(image::Section::rules); ++i) {
    out.emplace_back(view.text(view.at<image::RuleRecord>(image::Section::rules, i).id));
  }
  return out;
}

/// Compiles the installation and writes its image.
inline void compile(const trust::Installation& installation, const std::string& embedded, std::uint32_t mode = 0600) {
  base::Diagnostics out;
  const auto compiled = cli::compile_installation(installation, embedded, out);
  INFO((compiled ? std::string() : compiled.error().what));
  REQUIRE(compiled);
  const auto written = cli::write_image(installation.image, compiled->image, mode);
  INFO((written ? std::string() : written.error().what));
  REQUIRE(written);
}

}  // namespace store_world
