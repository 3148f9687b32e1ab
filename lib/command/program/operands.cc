#include "command/program/operands.h"

#include <algorithm>

#include "base/text.h"
#include "command/program/published.h"

namespace belay::command::program {

namespace {

constexpr std::size_t kGuessedWords = 3;
constexpr std::size_t kMaxWordSize = 40;

/// A word that may be the name of a subcommand: `delete`, `pg:reset`, `s3api`.
bool plain_word(std::string_view s) {
  return !s.empty() && s.size() <= kMaxWordSize && base::is_name_start(s[0]) &&
         std::all_of(s.begin(), s.end(), [](char c) { return base::is_name_char(c) || c == '-' || c == ':' || c == '.'; });
}

bool in_use(const Reading& reading, std::uint32_t number) {
  const auto here = static_cast<std::uint32_t>(reading.blocks.size() - 1);
  return std::any_of(reading.options.begin(), reading.options.end(),
                     [&](const ReadOption& o) { return o.number == number && o.block == here; });
}

/// Number of roles that need an operand of their own.
std::uint32_t fixed_roles(const Block& block, image::Range range) {
  std::uint32_t fixed = 0;
  for (std::uint32_t i = 0; i < range.count; ++i) {
    const OperandInfo role = block.operand(range.first + i);
    if (!role.repeat && !role.optional && role.role != Role::command && role.role != Role::shell) ++fixed;
  }
  return fixed;
}

void assign_keys(Reading& reading) {
  if (!reading.block().known()) return;
  for (ReadOperand& o : reading.operands) {
    const auto equals = o.text.view().find('=');
    if (equals == std::string_view::npos) continue;
    if (const auto role = reading.block().assignment(o.text.view().substr(0, equals))) {
      o.role = role->role;
      o.detail = role->detail;
      o.skip = equals + 1;
    }
  }
}

}  // namespace

image::Range operand_roles(const Reading& reading, std::optional<std::uint32_t> count) {
  if (!reading.block().known()) return {};
  return reading.block().choose([&](std::uint32_t n) { return in_use(reading, n); }, count);
}

void assign_roles(Reading& reading) {
  const auto count = static_cast<std::uint32_t>(reading.operands.size());
  const image::Range range = operand_roles(reading, count);
  const std::uint32_t fixed = fixed_roles(reading.block(), range);
  std::uint32_t spare = count > fixed ? count - fixed : 0;
  std::uint32_t next = 0;
  for (std::uint32_t i = 0; i < range.count && next < count; ++i) {
    const OperandInfo role = reading.block().operand(range.first + i);
    std::uint32_t take = role.repeat ? spare : role.optional ? std::min(spare, 1U) : 1U;
    if (role.repeat && count < fixed + 1 && fixed > 0) take = count == fixed ? 0 : 1;
    if (role.repeat || role.optional) spare -= std::min(spare, take);
    for (; take > 0 && next < count; --take, ++next) {
      ReadOperand& o = reading.operands[next];
      o.role = role.role;
      if (role.role == Role::program_or_script) o.role = names_file(o.text.view()) ? Role::script : Role::word;
      o.detail = role.detail;
      o.repeated = role.repeat;
    }
  }
  assign_keys(reading);
}

void guess_words(Reading& reading) {
  const bool unlisted_sub = reading.block().has_subs();
  std::size_t limit = reading.block().words();
  if (!reading.block().known() || (unlisted_sub && limit == 0)) limit = kGuessedWords;
  for (const ReadOperand& o : reading.operands) {
    if (reading.guessed >= limit || !o.text.literal() || !plain_word(o.text.view())) break;
    reading.words.push_back(o.text.bytes());
    ++reading.guessed;
  }
}

}  // namespace belay::command::program
