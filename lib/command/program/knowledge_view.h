#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "image/image.h"
#include "image/knowledge_records.h"

/// What is known about programs, read out of images. Nothing is looked at before a program is asked for.
namespace belay::command::program {

using image::Arity;
using image::Flag;
using image::Grammar;
using image::Mark;
using image::Role;

/// What an option means; the views point into the image.
struct OptionInfo {
  std::string_view names;
  std::string_view canonical;
  Arity arity = Arity::none;
  Role role = Role::word;
  std::string_view detail;
  std::string_view method;
  std::uint32_t marks = 0;

  [[nodiscard]] bool has(Mark m) const { return (marks & static_cast<std::uint32_t>(m)) != 0; }
};

struct OperandInfo {
  Role role = Role::word;
  std::string_view detail;
  bool repeat = false;
  bool optional = false;
};

/// A variable of the environment or a setting.
struct KeyInfo {
  std::string_view key;  ///< as declared, with its `*`
  Role role = Role::word;
  std::string_view detail;
};

/// The block of a program or subcommand. A small value; borrows the image.
class Block {
 public:
  Block() = default;  ///< of an unknown program: no options, no operands, `known()` is false
  Block(const image::View& image, const image::BlockRecord& record) : image_(&image), record_(record) {}

  [[nodiscard]] bool known() const { return image_ != nullptr; }
  [[nodiscard]] bool has(Flag f) const { return (record_.flags & static_cast<std::uint32_t>(f)) != 0; }
  [[nodiscard]] Grammar grammar() const { return static_cast<Grammar>(record_.grammar); }
  [[nodiscard]] std::uint32_t words() const { return record_.words; }
  [[nodiscard]] std::string_view as() const { return text(record_.as); }
  [[nodiscard]] std::string_view engine() const { return text(record_.engine); }
  [[nodiscard]] std::string_view like() const { return text(record_.like); }
  [[nodiscard]] std::string_view default_method() const { return text(record_.default_method); }
  [[nodiscard]] std::string_view base_url() const { return text(record_.base_url); }
  /// Role and language of standard input, if the block says so.
  [[nodiscard]] std::optional<std::pair<Role, std::string_view>> standard_input() const;

  /// Number of the option with exactly this spelling.
  [[nodiscard]] std::optional<std::uint32_t> option(std::string_view spelling) const;
  /// Number of the only option that has a long spelling beginning like this.
  [[nodiscard]] std::optional<std::uint32_t> abbreviated(std::string_view prefix) const;
  /// Number of the option that is spelt like this in whatever case, or the only one that begins so (PowerShell).
  [[nodiscard]] std::optional<std::uint32_t> folded(std::string_view spelling) const;
  [[nodiscard]] OptionInfo info(std::uint32_t option) const;

  [[nodiscard]] image::Range operands() const { return known() ? image_->within(record_.operands) : image::Range(); }
  /// One of the records of operands() or of a form.
  [[nodiscard]] OperandInfo operand(std::uint32_t index) const;
  /// What the value of an operand `KEY=VALUE` is for; what is declared for `*` holds for every other key.
  [[nodiscard]] std::optional<OperandInfo> assignment(std::string_view key) const;
  /// What the value of a variable of the environment is for, if the program heeds it.
  [[nodiscard]] std::optional<KeyInfo> variable(std::string_view name) const { return keyed(name, true); }
  /// Does it heed files of any name (image::kFilePrefix)?
  [[nodiscard]] bool looks_for_files() const;
  /// What the value of a setting is for; of a block of settings().
  [[nodiscard]] std::optional<KeyInfo> setting(std::string_view key) const { return keyed(key, false); }
  /// The operands of the first form for which `in_use(option number)` holds of all its options and whose count fits; else operands().
  template <class InUse>
  [[nodiscard]] image::Range choose(InUse in_use, std::optional<std::uint32_t> count) const;

  [[nodiscard]] bool has_subs() const { return record_.subs.count != 0; }
  [[nodiscard]] std::optional<Block> sub(std::string_view name) const;

 private:
  [[nodiscard]] std::string_view text(image::Str s) const { return s.size == 0 ? std::string_view() : image_->text(s); }
  [[nodiscard]] std::optional<KeyInfo> keyed(std::string_view key, bool variable) const;
  [[nodiscard]] std::uint32_t lower_spelling(std::string_view spelling) const;
  [[nodiscard]] image::SpellingRecord spelling(std::uint32_t index) const {
    return image_->at<image::SpellingRecord>(image::Section::spellings, index);
  }

  const image::View* image_ = nullptr;
  image::BlockRecord record_;
};

template <class InUse>
image::Range Block::choose(InUse in_use, std::optional<std::uint32_t> count) const {
  for (std::uint32_t i = 0; i < record_.forms.count; ++i) {
    const auto form = image_->at<image::FormRecord>(image::Section::forms, record_.forms.first + i);
    bool holds = form.count == 0 || (count && *count + 1 == form.count);
    for (std::uint32_t k = 0; holds && k < form.when.count && !image_->damaged(); ++k) {
      holds = in_use(image_->at<std::uint32_t>(image::Section::lists, form.when.first + k));
    }
    if (holds) return image_->within(form.operands);
    if (image_->damaged()) break;
  }
  return operands();
}

/// All images that hold knowledge; a later one's block for a program replaces an earlier one's.
class KnowledgeView {
 public:
  explicit KnowledgeView(std::span<const image::View* const> images) : images_(images) {}

  /// By basename; follows `like`. Nothing for an unknown program.
  [[nodiscard]] std::optional<Block> find(std::string_view program) const;
  /// The program that `program` is declared to be like; empty if none. Views the image.
  [[nodiscard]] std::string_view likeness(std::string_view program) const;
  /// Variables that any program heeds.
  [[nodiscard]] std::optional<Block> any_program() const { return direct(image::kAnyProgram); }
  /// A language of settings: `git-config`.
  [[nodiscard]] std::optional<Block> settings(std::string_view language) const {
    return direct(std::string(image::kSettingsPrefix) + std::string(language));
  }

 private:
  [[nodiscard]] std::optional<Block> direct(std::string_view program) const;

  std::span<const image::View* const> images_;
};

}  // namespace belay::command::program
