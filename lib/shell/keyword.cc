#include "shell/keyword.h"

#include <array>
#include <string_view>

namespace belay::shell {
namespace {

/// The least that a dialect must be to have the word.
enum class Since : std::uint8_t { posix, bash, zsh };
struct Row {
  std::string_view text;
  Keyword keyword;
  Since since = Since::posix;
};
constexpr std::array<Row, 24> kRows{{
    {"!", Keyword::bang},
    {"{", Keyword::brace_open},
    {"}", Keyword::brace_close},
    {"[[", Keyword::conditional, Since::bash},
    {"case", Keyword::case_},
    {"coproc", Keyword::coproc, Since::bash},
    {"do", Keyword::do_},
    {"done", Keyword::done},
    {"elif", Keyword::elif},
    {"else", Keyword::else_},
    {"end", Keyword::end, Since::zsh},
    {"esac", Keyword::esac},
    {"fi", Keyword::fi},
    {"for", Keyword::for_},
    {"foreach", Keyword::foreach, Since::zsh},
    {"function", Keyword::function, Since::bash},
    {"if", Keyword::if_},
    {"in", Keyword::in},
    {"repeat", Keyword::repeat, Since::zsh},
    {"select", Keyword::select, Since::bash},
    {"then", Keyword::then},
    {"time", Keyword::time, Since::bash},
    {"until", Keyword::until},
    {"while", Keyword::while_},
}};
constexpr std::size_t kLongest = 8;
constexpr ByteSet kFirst{"!{}[cdefirstuw"};
constexpr ByteSet kInside{"!{}[abcdefghijklmnopqrstuvwxyz"};

bool has(const Cursor& c, Since since) { return since == Since::posix || (since == Since::zsh ? c.zsh() : c.extended()); }

}  // namespace

KeywordHere keyword_at(Cursor& c) {
  if (!kFirst.has(c.peek())) return {};
  if (c.zsh() && c.raw() == '{') return {Keyword::brace_open, c.pos() + 1};  // whatever follows
  if (c.zsh() && c.raw() == '}') return {Keyword::brace_close, c.pos() + 1};
  const std::uint32_t begin = c.pos();
  std::array<char, kLongest> text{};
  std::size_t size = 0;
  while (size < kLongest && kInside.has(c.peek())) {
    text[size++] = c.raw();
    c.bump();
  }
  const char next = c.peek();
  const char after = c.peek_second();
  const std::uint32_t end = c.pos();
  c.seek(begin);
  // `{<(x)` is one word: a process substitution goes on with it.
  const bool joined = (next == '<' || next == '>') && after == '(';
  if (joined || (next != '\0' && !is_meta(next))) return {};
  for (const Row& row : kRows) {
    if (row.text == std::string_view(text.data(), size)) return has(c, row.since) ? KeywordHere{row.keyword, end} : KeywordHere{};
  }
  return {};
}

bool take_keyword(Cursor& c, Keyword wanted) {
  c.skip_blanks();
  const KeywordHere here = keyword_at(c);
  if (here.keyword != wanted) return false;
  c.seek(here.end);
  return true;
}

bool at_keyword(Cursor& c, Keyword wanted) {
  c.skip_blanks();
  return keyword_at(c).keyword == wanted;
}

bool expect_keyword(Cursor& c, Keyword wanted) { return take_keyword(c, wanted) || c.unexpected(); }

}  // namespace belay::shell
