#include <charconv>
#include <string>

#include "command/builtin.h"

/// `getopts OPTSTRING NAME [ARG…]` (POSIX XCU getopts): an option of the arguments with each call.
namespace belay::command {

using model::HoleTrait;

namespace {

constexpr std::string_view kIndex = "OPTIND";
constexpr std::string_view kValue = "OPTARG";

/// What one call finds.
struct Found {
  std::string name = "?";
  std::optional<Value> value;
  bool any = true;  ///< false: the options are at their end
};

class Getopts {
 public:
  Getopts(State& state, std::string_view options, std::vector<Value> arguments, std::size_t index)
      : state_(state), options_(options), arguments_(std::move(arguments)), index_(index) {}

  /// Nothing when a word that may be an option is not known.
  std::optional<Found> next() {
    const std::size_t letter = std::exchange(state_.option_letter, 0);
    if (index_ > arguments_.size()) return end();
    const std::string* const word = arguments_[index_ - 1].literal();
    if (word == nullptr) return std::nullopt;
    if (*word == "--") ++index_;
    if (*word == "--" || word->size() < 2 || word->front() != '-') return end();
    const std::size_t at = letter == 0 || letter >= word->size() ? 1 : letter;
    return option(*word, at);
  }

  [[nodiscard]] std::size_t index() const { return index_; }

 private:
  static Found end() { return {"?", std::nullopt, false}; }

  Found option(const std::string& word, std::size_t at) {
    const bool last = at + 1 == word.size();
    const std::string letter = word.substr(at, 1);
    const std::size_t known = letter == ":" ? std::string_view::npos : options_.find(letter);
    const bool valued = known != std::string_view::npos && options_.substr(known + 1, 1) == ":";
    if (last || valued) ++index_;
    else state_.option_letter = at + 1;
    if (known == std::string_view::npos) return {"?", told(letter), true};
    if (!valued) return {letter, std::nullopt, true};
    if (!last) return {letter, Value(Text(word.substr(at + 1))), true};
    if (index_ > arguments_.size()) return {silent() ? ":" : "?", told(letter), true};
    return {letter, arguments_[index_++ - 1], true};
  }

  [[nodiscard]] bool silent() const { return options_.starts_with(':'); }
  /// Which letter was wrong stands in OPTARG where nothing is printed of it.
  [[nodiscard]] std::optional<Value> told(const std::string& letter) const {
    return silent() ? std::optional(Value(Text(letter))) : std::nullopt;
  }

  State& state_;
  std::string_view options_;
  std::vector<Value> arguments_;
  std::size_t index_;
};

/// OPTIND; nothing when it is not known.
std::optional<std::size_t> index_of(State& state) {
  const Variable* const variable = state.find(kIndex);
  if (variable == nullptr || variable->unset) return 1;
  const std::string* const text = variable->value.literal();
  std::size_t n = 0;
  if (text == nullptr || std::from_chars(text->data(), text->data() + text->size(), n).ec != std::errc()) return std::nullopt;
  if (*text != state.option_index) state.option_letter = 0;  // set anew: from the beginning of that word
  return n == 0 ? 1 : n;
}

std::vector<Value> arguments_of(const Builtin& b) {
  if (b.argv.size() <= 3) return b.frame.state.positional;
  std::vector<Value> out;
  for (std::size_t i = 3; i < b.argv.size(); ++i) out.push_back(b.frame.value_of(b.argv[i]));
  return out;
}

void read_unknown(State& state, const std::string& name) {
  state.set(name, Value::unknown(HoleTrait::none));
  state.set(std::string(kValue), Value::unknown());
  state.set(std::string(kIndex), Value::unknown(HoleTrait::none));
  state.status.reset();
}

}  // namespace

Output run_getopts(Builtin& b) {
  State& state = b.frame.state;
  if (b.argv.size() < 3 || !b.argv[2].literal()) return {};
  const std::string& name = b.argv[2].bytes();
  run_subscript(b, name);
  const auto index = index_of(state);
  const bool given = b.argv.size() > 3 || state.positional_known;
  if (!index || !given || !b.argv[1].literal()) return read_unknown(state, name), Output();
  Getopts options(state, b.argv[1].view(), arguments_of(b), *index);
  const auto found = options.next();
  if (!found) return read_unknown(state, name), Output();
  state.option_index = std::to_string(options.index());
  state.set(std::string(kIndex), Value(Text(state.option_index)));
  state.set(name, Value(Text(found->name)));
  if (found->value) state.set(std::string(kValue), *found->value);
  else state.unset(std::string(kValue));
  state.status = found->any ? 0 : 1;
  return {};
}

}  // namespace belay::command
