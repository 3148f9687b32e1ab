#include "shell/region.h"

#include <array>

namespace belay::shell {
namespace {

constexpr ByteSet kWordStops{"\\'\"`$ \t\n;&|<>()"};
constexpr ByteSet kZshWordStops{"\\'\"`$ \t\n;&|<>(){}"};
constexpr ByteSet kQuotedStops{"\\\"`$"};
constexpr ByteSet kBodyStops{"\\`$"};
constexpr ByteSet kOperandStops{"\\'\"`$}<>"};
constexpr ByteSet kReplacedStops{"\\'\"`$}<>/"};
constexpr ByteSet kArithmeticStops{"\\'\"`$()"};
constexpr ByteSet kBracketStops{"\\'\"`$[]"};
constexpr ByteSet kSectionStops{"\\'\"`$();"};
constexpr ByteSet kOffsetStops{"\\'\"`$()?:}"};
constexpr ByteSet kSubscriptStops{"\\'\"`$[]"};

constexpr Rules kWord{kWordStops, true, Single::quotes, Escape::any, Ansi::quotes, true};
constexpr Rules kPattern{kOperandStops, true, Single::quotes, Escape::any, Ansi::quotes, true};
constexpr Rules expression(const ByteSet& stops) {
  return {stops, true, Single::protects, Escape::double_quoted, Ansi::spliced, false};
}

/// In the order of Kind.
constexpr std::array<Rules, 15> kRules{{
    kWord,
    kWord,
    kWord,
    kWord,
    {kQuotedStops, false, Single::plain, Escape::double_quoted, Ansi::plain, false},
    {kBodyStops, false, Single::plain, Escape::body, Ansi::plain, false},
    kPattern,
    {kOperandStops, false, Single::protects, Escape::double_quoted, Ansi::spliced, false},
    kPattern,
    {kReplacedStops, true, Single::quotes, Escape::any, Ansi::quotes, true},
    expression(kArithmeticStops),
    expression(kBracketStops),
    expression(kSectionStops),
    expression(kOffsetStops),
    {kSubscriptStops, true, Single::quotes, Escape::any, Ansi::quotes, false},
}};

}  // namespace

const Rules& rules_of(Kind kind) { return kRules[static_cast<std::size_t>(kind)]; }

const ByteSet& stops_of(Kind kind, Dialect dialect) {
  const bool word = kind == Kind::word || kind == Kind::command_word;
  return word && dialect == Dialect::zsh ? kZshWordStops : rules_of(kind).stops;
}

}  // namespace belay::shell
