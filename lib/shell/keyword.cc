#include "shell/keyword.h"

#include <array>
#include <string_view>

namespace belay::shell {
namespace {

struct Row {
  std::string_view text;
  Keyword keyword;
  bool bash_only = false;
};
constexpr std::array<Row, 21> kRows{{
    {"!", Keyword::bang},        {"{", Keyword::brace_open},      {"}", Keyword::brace_close}, {"[[", Keyword::conditional, true},
    {"case", Keyword::case_},    {"coproc", Keyword::coproc, true},     {"do", Keyword::do_},        {"done", Keyword::done},
    {"elif", Keyword::elif},     {"else", Keyword::else_},        {"esac", Keyword::esac},     {"fi", Keyword::fi},
    {"for", Keyword::for_},      {"function", Keyword::function, true}, {"if", Keyword::if_},        {"in", Keyword::in},
    {"select", Keyword::select, true}, {"then", Keyword::then},         {"time", Keyword::time, true},     {"until", Keyword::until},
    {"while", Keyword::while_},
}};
constexpr std::size_t kLongest = 8;
constexpr ByteSet kFirst{"!{}[cdefistuw"};
constexpr ByteSet kInside{"!{}[abcdefghijklmnopqrstuvwxyz"};

}  // namespace

KeywordHere keyword_at(Cursor& c) {
  if (!kFirst.has(c.peek())) return {};
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
    if (row.text == std::string_view(text.data(), size)) return c.extended() || !row.bash_only ? KeywordHere{row.keyword, end} : KeywordHere{};
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

bool expect_keyword(Cursor& c, Keyword wanted) { return take_keyword(c, wanted) || c.unexpected(); }

}  // namespace belay::shell
