#include "command/output/translate.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/text.h"
#include "command/output/options.h"
#include "command/output/printf.h"

namespace belay::command {

namespace {

constexpr unsigned kBytes = 256;

struct ClassRow {
  std::string_view name;
  bool (*has)(unsigned char);
};
bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
bool is_alpha(unsigned char c) { return is_upper(c) || is_lower(c); }
bool is_alnum(unsigned char c) { return is_alpha(c) || is_digit(c); }
bool is_blank(unsigned char c) { return c == ' ' || c == '\t'; }
bool is_space(unsigned char c) { return is_blank(c) || (c >= '\n' && c <= '\r'); }
bool is_print(unsigned char c) { return c >= ' ' && c <= '~'; }
bool is_punct(unsigned char c) { return is_print(c) && c != ' ' && !is_alnum(c); }
bool is_cntrl(unsigned char c) { return c < ' ' || c == '\x7f'; }
constexpr std::array kClasses{ClassRow{"upper", is_upper}, ClassRow{"lower", is_lower}, ClassRow{"digit", is_digit},
                              ClassRow{"alpha", is_alpha}, ClassRow{"alnum", is_alnum}, ClassRow{"blank", is_blank},
                              ClassRow{"space", is_space}, ClassRow{"print", is_print}, ClassRow{"punct", is_punct},
                              ClassRow{"cntrl", is_cntrl}};

/// What stands for a NUL in a set.
std::string with_newline_for_nul(std::string_view set) {
  std::string out;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const std::size_t zeros = set[i] == '\\' ? std::min(set.find_first_not_of('0', i + 1), set.size()) - i - 1 : 0;
    if (zeros == 1 || zeros == 3) {
      out += "\\n";
      i += zeros;
    } else {
      out += set[i];
      if (set[i] == '\\' && i + 1 < set.size()) out += set[++i];
    }
  }
  return out;
}

/// The bytes of a set in their order; nothing for one that is not known (`[x*3]`, `[=a=]`, a class of locale).
std::optional<std::string> bytes_of(const Text& text) {
  if (!text.literal()) return std::nullopt;
  const Text plain = unescaped(Text(with_newline_for_nul(text.view())), Escapes::format);
  const std::string_view s = plain.view();
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s.substr(i, 2) == "[:") {
      const std::size_t end = s.find(":]", i);
      const auto row = std::find_if(kClasses.begin(), kClasses.end(), [&](const ClassRow& one) {
        return end != std::string_view::npos && one.name == s.substr(i + 2, end - i - 2);
      });
      if (row == kClasses.end()) return std::nullopt;
      for (unsigned c = 0; c < kBytes; ++c) {
        if (row->has(static_cast<unsigned char>(c))) out.push_back(static_cast<char>(c));
      }
      i = end + 1;
    } else if (s.substr(i, 2) == "[=" || (s[i] == '[' && i + 2 < s.size() && s[i + 2] == '*')) {
      return std::nullopt;
    } else if (i + 2 < s.size() && s[i + 1] == '-' && static_cast<unsigned char>(s[i]) <= static_cast<unsigned char>(s[i + 2])) {
      for (unsigned c = static_cast<unsigned char>(s[i]); c <= static_cast<unsigned char>(s[i + 2]); ++c)
        out.push_back(static_cast<char>(c));
      i += 2;
    } else {
      out.push_back(s[i]);
    }
  }
  return out;
}

std::string complement(const std::string& set) {
  std::string out;
  for (unsigned c = 1; c < kBytes; ++c) {
    if (set.find(static_cast<char>(c)) == std::string::npos) out.push_back(static_cast<char>(c));
  }
  return out;
}

/// What is done with each byte.
struct Table {
  std::string from, to, squeezed;
  bool removes = false;

  [[nodiscard]] std::string apply(std::string_view in) const {
    std::string out;
    bool again = false;
    for (const char c : in) {
      const auto at = from.find(c);
      if (removes && at != std::string::npos) continue;
      const char put = at == std::string::npos || to.empty() ? c : to[std::min(at, to.size() - 1)];
      if (again && put == out.back() && squeezed.find(put) != std::string::npos) continue;
      out.push_back(put);
      again = true;
    }
    return out;
  }
  /// Nothing but ends of lines is touched.
  [[nodiscard]] bool only_ends() const {
    return from.find_first_not_of("\n\r") == std::string::npos && squeezed.find_first_not_of("\n\r ") == std::string::npos;
  }
};

}  // namespace

std::optional<Text> translated(std::span<const Text> args, const std::optional<Text>& input) {
  const auto options = Options::read(args, {"cCdst", "", "complement=c delete=d squeeze-repeats=s truncate-set1=t"});
  if (!input || !options || options->operands().empty() || options->operands().size() > 2) return std::nullopt;
  const auto& sets = options->operands();
  Table table;
  const auto first = bytes_of(sets[0]);
  const auto second = sets.size() > 1 ? bytes_of(sets[1]) : std::optional<std::string>("");
  table.removes = options->has('d');
  const bool squeezes = options->has('s');
  if (!first || !second || (sets.size() == 1 && !table.removes && !squeezes) || (sets.size() == 2 && second->empty()))
    return std::nullopt;
  table.from = options->has('c') || options->has('C') ? complement(*first) : *first;
  if (options->has('t') && table.from.size() > second->size()) table.from.resize(second->size());
  if (!table.removes) table.to = *second;
  if (squeezes) table.squeezed = sets.size() > 1 ? *second : table.from;
  if (!input->literal() && !table.only_ends()) return std::nullopt;
  Text out;
  std::size_t begin = 0;
  for (std::size_t n = 0; n < input->hole_count(); ++n) {
    const std::size_t hole = input->view().find(model::kHole, begin);
    out.append(table.apply(input->view().substr(begin, hole - begin)));
    out.append_hole(input->trait(n));
    begin = hole + 1;
  }
  out.append(table.apply(input->view().substr(begin)));
  return out;
}

}  // namespace belay::command
