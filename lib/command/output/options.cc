#include "command/output/options.h"

#include "base/text.h"

namespace belay::command {

namespace {

bool listed(std::string_view letters, char letter) { return letters.find(letter) != std::string_view::npos; }

}  // namespace

std::optional<Options> Options::read(std::span<const Text> args, const OptionTable& table) {
  Options out;
  bool ended = false;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::string_view word = args[i].view();
    if (ended || word.size() < 2 || word[0] != '-') out.operands_.push_back(args[i]);
    else if (word == "--") ended = true;
    else if (!(word[1] == '-' ? out.take_long(args, i, table) : out.take_short(args, i, table))) return std::nullopt;
  }
  return out;
}

const Text* Options::value(char letter) const {
  const Text* out = nullptr;
  for (const auto& [given, text] : given_) {
    if (given == letter) out = &text;
  }
  return out;
}

std::vector<Text> Options::values(char letter) const {
  std::vector<Text> out;
  for (const auto& [given, text] : given_) {
    if (given == letter) out.push_back(text);
  }
  return out;
}

/// `--name`, `--name=value`, `--name value`; a name may be cut short.
bool Options::take_long(std::span<const Text> args, std::size_t& at, const OptionTable& table) {
  const std::string_view word = args[at].view().substr(2);
  const std::size_t equals = word.find('=');
  const std::string_view name = word.substr(0, equals);
  for (const std::string_view row : base::split(table.longs, ' ')) {
    if (row.size() < 3 || !row.substr(0, row.size() - 2).starts_with(name)) continue;
    const char letter = row.back();
    if (!listed(table.valued, letter)) return given_.emplace_back(letter, Text()), equals == std::string_view::npos;
    if (equals == std::string_view::npos && at + 1 >= args.size()) return false;
    given_.emplace_back(letter, equals != std::string_view::npos ? args[at].substr(2 + equals + 1) : args[++at]);
    return true;
  }
  return false;
}

/// A cluster of letters; the rest of it, or the next word, is the value of one that has a value.
bool Options::take_short(std::span<const Text> args, std::size_t& at, const OptionTable& table) {
  const Text& word = args[at];
  for (std::size_t i = 1; i < word.size(); ++i) {
    const char letter = word.view()[i];
    if (listed(table.valued, letter)) {
      if (i + 1 == word.size() && at + 1 >= args.size()) return false;
      given_.emplace_back(letter, i + 1 < word.size() ? word.substr(i + 1) : args[++at]);
      return true;
    }
    if (!listed(table.flags, letter)) return false;
    given_.emplace_back(letter, Text());
  }
  return true;
}

}  // namespace belay::command
