#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fs.h"
#include "image/image.h"
#include "model/call.h"
#include "model/operation.h"

/// Works out what a call would do. Pure: everything it may know of the machine comes in by World.
namespace belay::command {

/// The machine as far as the analysis may see it. An absent capability means "refused": the value is then unknown.
struct World {
  const base::FileView* files = nullptr;  ///< for symlinks and globs; null: paths stay lexical
  std::string user;                       ///< the actor's name, from the password database
  std::vector<std::string> homes;         ///< distinct homes of the actor: the environment's first, the password database's
  std::vector<std::pair<std::string, std::string>> users;  ///< NAME -> home, for `~NAME`
  /// The same, asked for one name at a time when `users` has it not; empty: nobody of that name has one.
  std::function<std::string(std::string_view)> home_of = {};
  std::vector<std::pair<std::string, std::string>> env;  ///< variables whose value may be used; others are unknown, not unset
  std::string tmp = "/tmp";
};

/// Ends of the analysis' patience, counted as work; going over one yields an Opaque operation with reason `limit`.
struct Limits {
  std::uint32_t operations = 20'000;
  std::uint32_t commands = 10'000;       ///< simple commands evaluated, loops unrolled included
  std::uint32_t stored_commands = 2'000;  ///< those of scripts that lie on the disk
  std::uint32_t alternatives = 16;       ///< argvs that one command may turn into before holes replace the differences
  std::uint32_t words = 20'000;          ///< words one expansion may give
  std::uint32_t nesting = 24;            ///< wrappers, `sh -c`, eval, functions inside each other
  std::uint32_t loop_rounds = 64;        ///< rounds of a loop that counts which are unrolled
  std::uint32_t list_rounds = 1024;      ///< … of one that goes through a list of names: any of them may be the one that matters
  std::uint64_t text_bytes = 8U << 20U;  ///< bytes of shell text read in all
  std::uint64_t filtered_bytes = 2U << 20U;  ///< bytes that text tools are followed through in all; what they print beyond is not known
};

/// The operations of every action of `call`, in order. `knowledge` are the images that hold program tables; a later one's block for a
/// program replaces an earlier one's.
/// Never fails: what cannot be known is an Opaque operation. Data positions (an echo argument, a commit message, a
/// here-document written to a file) give nothing by themselves.
[[nodiscard]] model::Analysis analyse(const model::Call& call, const World& world, std::span<const image::View* const> knowledge,
                                      const Limits& limits = {});

}  // namespace belay::command
