#pragma once

#include <array>
#include <string_view>

#include "command/inline/token.h"

/// Operators of all languages, longest first, and those that quote.
namespace belay::command::inline_code {

inline constexpr std::array kOperators{
    std::string_view("||="), std::string_view("//="), std::string_view("?\?="), std::string_view("==="), std::string_view("!=="),
    std::string_view("**="), std::string_view("..."), std::string_view("<<="),  std::string_view(">>="), std::string_view("|>"),
    std::string_view("->"),  std::string_view("=>"),  std::string_view("::"),   std::string_view("?."),  std::string_view("&."),
    std::string_view(".."),  std::string_view("&&"),  std::string_view("||"),   std::string_view("??"),  std::string_view("=="),
    std::string_view("!="),  std::string_view("=~"),  std::string_view("!~"),   std::string_view("+="),  std::string_view("-="),
    std::string_view(".="),  std::string_view("<-"),  std::string_view("<="),   std::string_view(">="),  std::string_view("<<"),
    std::string_view(">>"),  std::string_view("//"),  std::string_view(":="),   std::string_view("<>"),  std::string_view("++"),
    std::string_view("--"),  std::string_view("**"),  std::string_view("|>"),
};

/// `q qq qw …` and the letters behind `%`.
struct QuoteOperator {
  std::string_view name;
  TokenKind kind;
  bool interpolates;
  int parts;
};
inline constexpr std::array kQuoteOperators{
    QuoteOperator{"q", TokenKind::string, false, 1},   QuoteOperator{"qq", TokenKind::string, true, 1},
    QuoteOperator{"qw", TokenKind::words, false, 1},   QuoteOperator{"qx", TokenKind::command, true, 1},
    QuoteOperator{"qqx", TokenKind::command, true, 1}, QuoteOperator{"m", TokenKind::regex, false, 1},
    QuoteOperator{"qr", TokenKind::regex, false, 1},   QuoteOperator{"s", TokenKind::code, false, 2},
    QuoteOperator{"tr", TokenKind::regex, false, 2},   QuoteOperator{"y", TokenKind::regex, false, 2},
};
inline constexpr std::array kPercentLetters{
    QuoteOperator{"q", TokenKind::string, false, 1}, QuoteOperator{"Q", TokenKind::string, true, 1},
    QuoteOperator{"w", TokenKind::words, false, 1},  QuoteOperator{"W", TokenKind::words, false, 1},
    QuoteOperator{"i", TokenKind::words, false, 1},  QuoteOperator{"x", TokenKind::command, true, 1},
    QuoteOperator{"r", TokenKind::regex, false, 1},  QuoteOperator{"s", TokenKind::string, false, 1},
};

[[nodiscard]] constexpr char closer(char open) {
  constexpr std::string_view kOpen = "([{<";
  constexpr std::string_view kClose = ")]}>";
  const auto at = kOpen.find(open);
  return at == std::string_view::npos ? open : kClose[at];
}

}  // namespace belay::command::inline_code
