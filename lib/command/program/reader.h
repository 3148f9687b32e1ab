#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "command/program/knowledge_view.h"
#include "model/text.h"

/// What the arguments of one program are: getopt_long(3) and its relatives, led by knowledge. Nothing here knows of effects.
namespace belay::command::program {

using model::Text;

inline constexpr std::uint32_t kUnknownOption = 0xFFFFFFFFU;

/// One option in use, after later `--no-x` have removed earlier `--x`.
struct ReadOption {
  std::uint32_t block = 0;                ///< index into Reading::blocks
  std::uint32_t number = kUnknownOption;  ///< within that block
  std::string written;                    ///< spelling, when unknown
  bool has_value = false;
  Text value;
  std::uint32_t argument = 0;  ///< index of the argument that it stood in
};

struct ReadOperand {
  Text text;
  Role role = Role::word;
  std::string_view detail;
  bool repeated = false;  ///< one of any number with that role
  std::size_t skip = 0;   ///< bytes before the part that the role is about: `if=` of `if=FILE`
};

struct Reading {
  std::span<const Text> arguments;  ///< what was read; borrowed
  std::vector<Block> blocks;        ///< program, subcommand, subcommand of that …; at least one
  std::vector<std::string> words;   ///< subcommand words
  std::size_t guessed = 0;          ///< so many of `words` are also the first operands
  std::vector<ReadOption> options;
  std::vector<ReadOperand> operands;
  bool has_rest = false;  ///< a wrapped command follows
  Role rest_role = Role::command;
  std::size_t rest = 0;  ///< index of its first argument
  bool harmless = false;
  bool recursive = false;
  bool dashes = false;              ///< `--` was written
  bool whole_options = false;       ///< of an unknown block: `-execdir` is one option and no letters in a row
  bool maybe_more_options = false;  ///< an argument that is not known may be an option

  [[nodiscard]] const Block& block() const { return blocks.back(); }
  [[nodiscard]] OptionInfo info(const ReadOption& o) const { return blocks[o.block].info(o.number); }
};

/// `arguments` without argv[0]. A block that is not known() gives the reading of an unknown program: every option as written, leading
/// plain words also as subcommand words.
[[nodiscard]] Reading read_arguments(const KnowledgeView& knowledge, const Block& program, std::span<const Text> arguments);

}  // namespace belay::command::program
