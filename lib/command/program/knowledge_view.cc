#include "command/program/knowledge_view.h"

#include "base/text.h"

namespace belay::command::program {

namespace {

constexpr int kMaxLike = 4;

/// First index in [0, count) whose name is not below `wanted`; `name` reads a record.
template <class Name>
std::uint32_t lower_bound(std::uint32_t count, std::string_view wanted, Name name) {
  std::uint32_t first = 0;
  while (count > 0) {
    const std::uint32_t half = count / 2;
    if (name(first + half) < wanted) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return first;
}

/// `core.pager`, `filter.*.clean`; of a pair (`KEY_*=VALUE_*`) the first name counts.
/// Every `*` of the pattern is any text.
bool matches(std::string_view pattern, std::string_view text) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  pattern.remove_prefix(star + 1);
  if (pattern.find('*') == std::string_view::npos) return text.size() >= star + pattern.size() && text.ends_with(pattern);
  for (std::size_t at = star; at <= text.size(); ++at) {
    if (matches(pattern, text.substr(at))) return true;
  }
  return false;
}

bool matches_key(std::string_view declared, std::string_view key) { return matches(declared.substr(0, declared.find('=')), key); }

std::optional<Block> find_block(const image::View& image, image::Section section, image::Range range, std::string_view wanted) {
  const auto name = [&](std::uint32_t i) {
    // Only the name is needed to compare: it is the first field of the record.
    return image.text(image.at<image::BlockRecord>(section, range.first + i).name);
  };
  const std::uint32_t at = lower_bound(range.count, wanted, name);
  if (at == range.count) return std::nullopt;
  const auto record = image.at<image::BlockRecord>(section, range.first + at);
  if (image.text(record.name) != wanted) return std::nullopt;
  return Block(image, record);
}

}  // namespace

std::optional<std::pair<Role, std::string_view>> Block::standard_input() const {
  if (record_.stdin_role == 0) return std::nullopt;
  return std::pair{static_cast<Role>(record_.stdin_role - 1), text(record_.stdin_detail)};
}

std::uint32_t Block::lower_spelling(std::string_view spelled) const {
  return lower_bound(record_.spellings.count, spelled,
                     [&](std::uint32_t i) { return image_->text(spelling(record_.spellings.first + i).text); });
}

std::optional<std::uint32_t> Block::option(std::string_view spelled) const {
  if (!known()) return std::nullopt;
  const std::uint32_t at = lower_spelling(spelled);
  if (at == record_.spellings.count) return std::nullopt;
  const auto found = spelling(record_.spellings.first + at);
  if (image_->text(found.text) != spelled || found.option >= record_.options.count) return std::nullopt;
  return found.option;
}

std::optional<std::uint32_t> Block::abbreviated(std::string_view prefix) const {
  if (!known() || has(Flag::exact)) return std::nullopt;
  std::optional<std::uint32_t> only;
  for (std::uint32_t at = lower_spelling(prefix); at < record_.spellings.count && !image_->damaged(); ++at) {
    const auto found = spelling(record_.spellings.first + at);
    if (image_->text(found.text).substr(0, prefix.size()) != prefix) break;
    if (only && *only != found.option) return std::nullopt;
    only = found.option;
  }
  return only && *only < record_.options.count ? only : std::nullopt;
}

std::optional<std::uint32_t> Block::folded(std::string_view spelled) const {
  if (!known()) return std::nullopt;
  std::optional<std::uint32_t> only;
  bool several = false;
  for (std::uint32_t i = 0; i < record_.spellings.count && !image_->damaged(); ++i) {
    const auto found = spelling(record_.spellings.first + i);
    const std::string_view text = image_->text(found.text);
    if (found.option >= record_.options.count || !base::iequals(text.substr(0, spelled.size()), spelled)) continue;
    if (text.size() == spelled.size()) return found.option;
    several = several || (only && *only != found.option);
    only = found.option;
  }
  return several ? std::nullopt : only;
}

OptionInfo Block::info(std::uint32_t number) const {
  const auto r = image_->at<image::OptionRecord>(image::Section::options, record_.options.first + number);
  return {
      text(r.names), text(r.canonical), static_cast<Arity>(r.arity), static_cast<Role>(r.role), text(r.detail), text(r.method),
      r.marks};
}

OperandInfo Block::operand(std::uint32_t index) const {
  const auto r = image_->at<image::OperandRecord>(image::Section::operands, index);
  return {static_cast<Role>(r.role), text(r.detail), (r.flags & static_cast<std::uint32_t>(image::OperandFlag::repeat)) != 0,
          (r.flags & static_cast<std::uint32_t>(image::OperandFlag::optional)) != 0};
}

std::optional<OperandInfo> Block::assignment(std::string_view key) const {
  std::optional<OperandInfo> any;
  for (std::uint32_t i = 0; i < record_.assignments.count; ++i) {
    const auto r = image_->at<image::OperandRecord>(image::Section::operands, record_.assignments.first + i);
    if (image_->damaged()) break;
    if ((r.flags & static_cast<std::uint32_t>(image::OperandFlag::variable)) != 0) continue;
    if (text(r.key) == key) return operand(record_.assignments.first + i);
    if (text(r.key) == "*") any = operand(record_.assignments.first + i);
  }
  return any;
}

std::optional<KeyInfo> Block::keyed(std::string_view key, bool variable) const {
  for (std::uint32_t i = 0; i < record_.assignments.count && !image_->damaged(); ++i) {
    const auto r = image_->at<image::OperandRecord>(image::Section::operands, record_.assignments.first + i);
    const bool is_variable = (r.flags & static_cast<std::uint32_t>(image::OperandFlag::variable)) != 0;
    if (is_variable != variable || !matches_key(text(r.key), key)) continue;
    return KeyInfo{text(r.key), static_cast<Role>(r.role), text(r.detail)};
  }
  return std::nullopt;
}

bool Block::looks_for_files() const {
  for (std::uint32_t i = 0; i < record_.assignments.count && !image_->damaged(); ++i) {
    const auto r = image_->at<image::OperandRecord>(image::Section::operands, record_.assignments.first + i);
    if (text(r.key).starts_with(image::kFilePrefix)) return true;
  }
  return false;
}

std::optional<Block> Block::sub(std::string_view name) const {
  if (!known() || record_.subs.count == 0) return std::nullopt;
  return find_block(*image_, image::Section::subcommands, record_.subs, name);
}

std::optional<Block> KnowledgeView::direct(std::string_view program) const {
  for (auto it = images_.rbegin(); it != images_.rend(); ++it) {
    const image::Range all{0, (*it)->count<image::BlockRecord>(image::Section::programs)};
    if (auto block = find_block(**it, image::Section::programs, all, program)) return block;
  }
  return std::nullopt;
}

std::optional<Block> KnowledgeView::find(std::string_view program) const {
  auto block = direct(program);
  for (int hops = 0; block && !block->like().empty() && hops < kMaxLike; ++hops) block = direct(block->like());
  return block;
}

std::string_view KnowledgeView::likeness(std::string_view program) const {
  const auto block = direct(program);
  return block ? block->like() : std::string_view();
}

}  // namespace belay::command::program
