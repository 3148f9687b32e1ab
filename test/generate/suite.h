#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "change.h"

/// What is combined, and what comes out of it.
namespace belay::generate {

/// A command and what the shipped packs say of it alone.
struct Seed {
  Verdict expected = Verdict::deny;
  bool local = true;  ///< acts on this machine's files: elsewhere it is another deed. Otherwise it acts on a service, from anywhere
  Command command;
};

struct Material {
  std::vector<Seed> seeds;
  std::vector<Seed> everyday;      ///< harmless commands: pass
  std::vector<Change> changes;     ///< wrappers, positions, quotings: do the same
  std::vector<Change> consumers;   ///< make a text of the command: pass
};
[[nodiscard]] Material read_material(const std::string& folder);

/// A seed and the changes on it, innermost first: indices into Material.
struct Combination {
  const Seed* seed = nullptr;
  std::vector<const Change*> changes;
};
[[nodiscard]] std::optional<Command> spell(const Combination& combination);
/// The least strict decision that will do.
[[nodiscard]] Verdict least(const Combination& combination);

/// Accepted failures, as `EXPECTED COMMAND`, and whether they were met.
class Known {
 public:
  explicit Known(const std::string& path);
  /// True when it is listed.
  bool meet(const std::string& line);
  [[nodiscard]] std::vector<std::string> unmet() const;
  [[nodiscard]] std::size_t size() const { return lines_.size(); }

 private:
  std::map<std::string, bool> lines_;
};

[[nodiscard]] std::string one_line(const std::string& command);

}  // namespace belay::generate
