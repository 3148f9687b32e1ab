#include "command/program/reader.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "command/program/operands.h"
#include "command/program/published.h"

namespace belay::command::program {

namespace {

bool is_off(std::string_view value) {
  for (const std::string_view off : {"false", "0", "no", "none", "off", "f", "False", "FALSE"}) {
    if (value == off) return true;
  }
  return false;
}

bool is_assignment(std::string_view s) {
  const auto equals = s.find('=');
  return equals != std::string_view::npos && equals > 0 && s[0] != '-';
}

class ArgumentReader {
 public:
  ArgumentReader(const KnowledgeView& knowledge, const Block& program, std::span<const Text> arguments)
      : knowledge_(knowledge), arguments_(arguments) {
    out_.arguments = arguments;
    out_.blocks.push_back(program);
  }

  Reading run() {
    while (at_ < arguments_.size() && !out_.has_rest) step();
    finish();
    return std::move(out_);
  }

 private:
  void step() {
    const std::string_view v = arguments_[at_].view();
    if (v == "-" && !ended_ && find_exact(v)) {
      known_option(*find_exact(v), std::string_view::npos);
    } else if (ended_ || v.size() < 2 || !looks_like_option(v)) {
      operand();
    } else if (v == "--") {
      dashes();
    } else if (v[0] == '+' || v[0] == '@') {
      prefixed(v);
    } else if (v[1] == '-') {
      long_option(v);
    } else if (single_dashes()) {
      single_dash(v);
    } else {
      cluster(1);
    }
  }

  struct Found {
    std::uint32_t block;
    std::uint32_t number;
  };

  /// `+eo posix`: one of the letters behind the sign is declared with it.
  [[nodiscard]] bool switches_off(std::string_view v) const {
    return std::any_of(v.begin() + 1, v.end(), [&](char c) { return find_exact(std::string{v[0], c}).has_value(); });
  }

  /// `+o`, the command of an editor, `+COMMAND`, or the site that a tool works on, `@ALIAS`, where an option `+` or `@` is declared; else letters.
  void prefixed(std::string_view v) {
    if (const auto found = find_exact(v.substr(0, 1))) return attached(*found, 1);
    if (switches_off(v)) return cluster(1);
    add_unknown(v);
    ++at_;
  }

  /// An option of `letters` letters whose value is the rest of the argument.
  void attached(const Found& option, std::size_t letters = 2) {
    ReadOption use = make(option);
    use.has_value = true;
    use.value = arguments_[at_].substr(letters);
    add(std::move(use), out_.blocks[option.block].info(option.number));
    ++at_;
  }

  [[nodiscard]] bool names_output(const Found& option) const {
    const OptionInfo info = out_.blocks[option.block].info(option.number);
    return info.role == Role::write && info.arity == Arity::required;
  }

  [[nodiscard]] bool looks_like_option(std::string_view v) const {
    return v[0] == '-' || (v[0] == '+' && block().has(Flag::plus)) || (v[0] == '@' && find_exact("@"));
  }

  [[nodiscard]] const Block& block() const { return out_.blocks.back(); }
  [[nodiscard]] bool single_dashes() const {
    return std::any_of(out_.blocks.begin(), out_.blocks.end(), [](const Block& b) { return b.has(Flag::single_dash); });
  }

  /// Innermost block first. An outer block's options count after the subcommand word unless the program says otherwise.
  template <class Lookup>
  std::optional<Found> find(Lookup lookup) const {
    for (std::size_t i = out_.blocks.size(); i-- > 0;) {
      if (i + 1 < out_.blocks.size() && out_.blocks[i].has(Flag::globals_first)) continue;
      if (const auto number = lookup(out_.blocks[i])) return Found{static_cast<std::uint32_t>(i), *number};
    }
    return std::nullopt;
  }
  [[nodiscard]] std::optional<Found> find_exact(std::string_view spelling) const {
    return find([&](const Block& b) { return b.option(spelling); });
  }
  [[nodiscard]] std::optional<Found> find_long(std::string_view name) const {
    if (const auto exact = find_exact(name)) return exact;
    if (name.size() < 3 || name.find(model::kHole) != std::string_view::npos) return std::nullopt;
    return find([&](const Block& b) { return b.abbreviated(name); });
  }

  void dashes() {
    ended_ = true;
    out_.dashes = true;
    ++at_;
    jump_to_command();
  }

  void long_option(std::string_view v) {
    const auto equals = v.find('=');
    const std::string_view name = v.substr(0, equals);
    if (const auto found = find_long(name)) {
      known_option(*found, equals);
    } else if (const auto single = single_dashes() ? find_exact(name.substr(1)) : std::nullopt) {  // Go takes both
      known_option(*single, equals);
    } else if (const auto sign = v.substr(0, equals).find(':'); sign != std::string_view::npos && find_exact(v.substr(0, sign))) {  // Nim: `--eval:CODE`
      known_option(*find_exact(v.substr(0, sign)), sign);
    } else {
      if (name.substr(0, 5) == "--no-") cancel(std::string("--") + std::string(name.substr(5)));
      add_unknown_with_value(name, equals);
      ++at_;
    }
  }

  /// `-auto-approve`, `-var=x`, `-name x`: the dash before a whole name.
  void single_dash(std::string_view v) {
    const auto equals = v.find('=');
    const std::string_view name = v.substr(0, equals);
    if (const auto found = find_exact(name)) {
      known_option(*found, equals);
    } else if (const auto doubled = find_exact("-" + std::string(name))) {
      known_option(*doubled, equals);
    } else if (const auto output = v.starts_with("-o") ? find_exact("-o") : std::nullopt; output && names_output(*output)) {
      attached(*output);  // `-ox` (POSIX c17)
    } else {
      add_unknown_with_value(name, equals);
      ++at_;
    }
  }

  /// `equals`: where the attached value begins in the current argument, or npos.
  void known_option(Found found, std::size_t equals) {
    const OptionInfo info = out_.blocks[found.block].info(found.number);
    const Text& argument = arguments_[at_];
    ReadOption use = make(found);
    ++at_;
    if (equals != std::string_view::npos) {
      use.has_value = true;
      use.value = argument.substr(equals + 1);
      if (info.arity == Arity::none && is_off(use.value.view())) return cancel(found);
    } else if (info.arity == Arity::required || info.arity == Arity::pair) {
      take_next(use);
    }
    if (info.arity == Arity::pair) take_second(use, info);
    add(std::move(use), info);
  }

  /// Two values: the second one has the role, `HOST CONTAINER` becomes the usual `HOST:CONTAINER`.
  void take_second(ReadOption& use, const OptionInfo& info) {
    Text first = std::move(use.value);
    take_next(use);
    if (info.role != Role::mount) return;
    first.append(":");
    first.append(use.value);
    use.value = std::move(first);
  }

  void take_next(ReadOption& use) {
    if (at_ >= arguments_.size()) return;
    use.has_value = true;
    use.value = arguments_[at_++];
  }

  /// Letters from `begin` on: `-rf`, `-ofile`, `-n5`; tar's first argument has no dash.
  void cluster(std::size_t begin) {
    const Text argument = arguments_[at_];
    const std::string_view v = argument.view();
    if (!block().known()) return unknown_cluster(v);
    if (is_number(v)) return add_unknown_argument(v);
    if (whole_spelling(v)) return;
    std::string spelling{v[0] == '+' ? '+' : '-', '?'};
    for (std::size_t i = begin; i < v.size(); ++i) {
      if (v[i] == model::kHole) {
        out_.maybe_more_options = true;
        break;
      }
      spelling[1] = v[i];
      const auto found = find_exact(spelling);
      if (!found) {
        if (i + 1 < v.size() && v[i + 1] == '=') {
          add_unknown_with_value(spelling, i + 1);
          break;
        }
        add_unknown(spelling);
        continue;
      }
      if (letter(*found, argument, i)) break;
    }
    ++at_;
    if (out_.has_rest) out_.rest = at_;
  }

  /// `-nc`, `-TT`: an option of several letters behind one dash, declared as such.
  bool whole_spelling(std::string_view v) {
    const auto equals = v.find('=');
    const std::string_view name = v.substr(0, equals);
    if (name.size() < 3) return false;
    const auto found = find_exact(name);
    if (found) known_option(*found, equals);
    return found.has_value();
  }

  /// One known letter of a cluster; true when it took the rest of the argument.
  bool letter(Found found, const Text& argument, std::size_t i) {
    const OptionInfo info = out_.blocks[found.block].info(found.number);
    ReadOption use = make(found);
    const bool last = i + 1 == argument.size();
    if (info.arity == Arity::none || (info.arity == Arity::optional && last)) {
      add(std::move(use), info);
      return false;
    }
    if (!last) {
      const bool assigned = argument.view()[i + 1] == '=' && block().has(Flag::exact);
      use.has_value = true;
      use.value = argument.substr(i + (assigned ? 2 : 1));
    } else if (at_ + 1 < arguments_.size()) {
      use.has_value = true;
      use.value = arguments_[++at_];
    }
    add(std::move(use), info);
    return true;
  }

  [[nodiscard]] bool is_number(std::string_view v) const {
    return base::is_digit(v[1]) && std::all_of(v.begin() + 1, v.end(), base::is_digit) && !find_exact(v.substr(0, 2));
  }

  void add_unknown_argument(std::string_view v) {
    add_unknown(v);
    ++at_;
  }

  /// An unknown program: as written, and each letter by itself so that a rule may name one.
  void unknown_cluster(std::string_view v) {
    const auto equals = v.find('=');
    if (equals != std::string_view::npos) {
      add_unknown_with_value(v.substr(0, equals), equals);
    } else {
      add_unknown(v);
    }
    ++at_;
  }

  ReadOption make(Found found) const { return {found.block, found.number, {}, false, {}, static_cast<std::uint32_t>(at_)}; }

  void add(ReadOption use, const OptionInfo& info) {
    if (info.has(Mark::stop)) ended_ = true;
    cancel_opposite(info);
    const Role role = info.role;
    out_.options.push_back(std::move(use));
    if (info.arity == Arity::none && (role == Role::command || role == Role::shell)) start_rest(role);
  }

  void add_unknown(std::string_view written) {
    if (written.find(model::kHole) != std::string_view::npos) out_.maybe_more_options = true;
    out_.options.push_back({0, kUnknownOption, std::string(written), false, {}, static_cast<std::uint32_t>(at_)});
  }

  void add_unknown_with_value(std::string_view name, std::size_t equals) {
    add_unknown(name);
    if (equals == std::string_view::npos) return;
    out_.options.back().has_value = true;
    out_.options.back().value = arguments_[at_].substr(equals + 1);
  }

  static std::uint64_t key(Found f) { return (std::uint64_t{f.block} << 32U) | f.number; }
  /// Earlier uses of this option do not count.
  void cancel(Found found) { cancelled_[key(found)] = out_.options.size(); }
  void cancel(std::string_view name) {
    if (const auto found = find_exact(name)) cancel(*found);
  }
  /// `--x` and `--no-x` declared side by side: the last one wins.
  void cancel_opposite(const OptionInfo& info) {
    constexpr std::string_view kNo = "--no-";
    if (info.canonical.substr(0, 2) != "--") return;
    if (info.canonical.substr(0, kNo.size()) == kNo) {
      cancel("--" + std::string(info.canonical.substr(kNo.size())));
    } else if (info.arity == Arity::none) {
      cancel(std::string(kNo) + std::string(info.canonical.substr(2)));
    }
  }

  void operand() {
    const Text& argument = arguments_[at_];
    if (bundle()) return;
    if (subcommand(argument)) return;
    if (!ended_ && !argument.empty() && argument.view()[0] == model::kHole) out_.maybe_more_options = true;
    if (tail(argument)) return;
    out_.operands.push_back({argument, Role::word, {}, false, 0});
    ++at_;
    if (block().has(Flag::no_permute)) ended_ = true;
  }

  /// `tar xzf a.tgz`: the first argument is a cluster without its dash.
  bool bundle() {
    if (at_ != 0 || !block().has(Flag::bundle) || arguments_[0].empty() || !arguments_[0].literal()) return false;
    if (!base::is_alpha(arguments_[0].view()[0])) return false;
    old_style(arguments_[0].bytes());
    return true;
  }

  /// Values are taken from the following arguments, in the order of the letters.
  void old_style(const std::string& letters) {
    ++at_;
    for (const char c : letters) {
      const std::string spelling{'-', c};
      const auto found = find_exact(spelling);
      if (!found) {
        add_unknown(spelling);
        continue;
      }
      const OptionInfo info = out_.blocks[found->block].info(found->number);
      ReadOption use = make(*found);
      if (info.arity == Arity::required) take_next(use);
      add(std::move(use), info);
    }
  }

  bool subcommand(const Text& argument) {
    if (!out_.operands.empty() || !argument.literal() || !block().has_subs()) return false;
    auto sub = block().sub(argument.view());
    if (!sub) return false;
    if (!sub->like().empty()) {
      if (auto other = knowledge_.find(sub->like())) sub = other;
    }
    out_.words.push_back(argument.bytes());
    out_.blocks.push_back(*sub);
    position_ = 0;
    ++at_;
    return true;
  }

  /// Is this operand the first word of a wrapped command? Moves along the operand roles.
  bool tail(const Text& argument) {
    if (!block().known()) return false;
    const image::Range range = operand_roles(out_, std::nullopt);
    while (position_ < range.count) {
      const OperandInfo role = block().operand(range.first + position_);
      if (role.role == Role::command || role.role == Role::shell) return start_rest(role.role);
      if (role.role == Role::program_or_script && names_program(argument.view(), knowledge_)) return start_rest(Role::command);
      if (!role.repeat) {
        ++position_;
        return false;
      }
      if (role.role != Role::env || is_assignment(argument.view())) return false;
      ++position_;
    }
    return false;
  }

  /// After `--` a wrapped command begins even where any number of operands may stand before it.
  void jump_to_command() {
    if (!block().known()) return;
    const image::Range range = operand_roles(out_, std::nullopt);
    bool repeats = false;
    for (std::uint32_t i = position_; i < range.count; ++i) {
      const OperandInfo role = block().operand(range.first + i);
      repeats = repeats || role.repeat || role.optional;
      if (repeats && role.role != Role::env && (role.role == Role::command || role.role == Role::shell)) position_ = i;
    }
  }

  bool start_rest(Role role) {
    out_.has_rest = true;
    out_.rest_role = role;
    out_.rest = at_;
    return true;
  }

  void finish() {
    // Most programs that run another one let it be set off by `--`, also behind an operand of their own.
    if (out_.has_rest && out_.rest < arguments_.size() && arguments_[out_.rest].view() == "--") ++out_.rest;
    drop_cancelled();
    for (const ReadOption& o : out_.options) weigh(o);
    assign_roles(out_);
    guess_words(out_);
  }

  /// A use counts when it came after the last cancellation of its option.
  void drop_cancelled() {
    if (cancelled_.empty()) return;
    std::vector<ReadOption> kept;
    for (std::size_t i = 0; i < out_.options.size(); ++i) {
      const ReadOption& o = out_.options[i];
      const auto it = o.number == kUnknownOption ? cancelled_.end() : cancelled_.find(key({o.block, o.number}));
      if (it == cancelled_.end() || i >= it->second) kept.push_back(std::move(out_.options[i]));
    }
    out_.options = std::move(kept);
  }

  void weigh(const ReadOption& o) {
    if (o.number == kUnknownOption) return;
    const OptionInfo info = out_.info(o);
    if (info.has(Mark::recursive)) out_.recursive = true;
    const bool off = o.has_value && (!o.value.literal() || is_off(o.value.view()));
    if (info.has(Mark::harmless) && !off) out_.harmless = true;
  }

  const KnowledgeView& knowledge_;
  std::span<const Text> arguments_;
  std::size_t at_ = 0;
  bool ended_ = false;
  std::uint32_t position_ = 0;                                ///< in the roles of the block's operands
  std::unordered_map<std::uint64_t, std::size_t> cancelled_;  ///< option -> number of uses before its cancellation
  Reading out_;
};

}  // namespace

Reading read_arguments(const KnowledgeView& knowledge, const Block& program, std::span<const Text> arguments) {
  return ArgumentReader(knowledge, program, arguments).run();
}

}  // namespace belay::command::program
