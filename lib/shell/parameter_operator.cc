#include "shell/parameter_operator.h"

#include <array>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "shell/word.h"

namespace belay::shell {
namespace {

struct Row {
  std::string_view text;
  ParamOp op;
};
/// Longest first. A colon before the first four is read by itself.
constexpr std::array<Row, 18> kOperators{{
    {"##", ParamOp::remove_long_prefix},
    {"%%", ParamOp::remove_long_suffix},
    {"//", ParamOp::replace_all},
    {"/#", ParamOp::replace_prefix},
    {"/%", ParamOp::replace_suffix},
    {"^^", ParamOp::upper_all},
    {",,", ParamOp::lower_all},
    {"~~", ParamOp::toggle_all},
    {"-", ParamOp::use_default},
    {"=", ParamOp::assign_default},
    {"?", ParamOp::error_if_unset},
    {"+", ParamOp::use_alternate},
    {"#", ParamOp::remove_prefix},
    {"%", ParamOp::remove_suffix},
    {"/", ParamOp::replace_first},
    {"^", ParamOp::upper_first},
    {",", ParamOp::lower_first},
    {"~", ParamOp::toggle_first},
}};

bool read_operand(Cursor& c, Kind kind, Around around, std::unique_ptr<Word>& out) {
  out = std::make_unique<Word>();
  const std::uint32_t begin = c.pos();
  const bool ok = c.spend() && read_region(c, kind, around, out->parts);
  out->span = c.span_from(begin);
  return ok;
}

bool take_text(Cursor& c, std::string_view text) {
  const std::uint32_t begin = c.pos();
  for (const char one : text) {
    if (!c.take(one)) return c.seek(begin), false;
  }
  return true;
}

bool read_substring(Cursor& c, Around around, Parameter& out) {
  out.op = ParamOp::substring;
  if (!read_operand(c, Kind::offset, around, out.operand)) return false;
  return !c.take(':') || read_operand(c, Kind::offset, around, out.operand2);
}

/// A slash that begins the pattern is text: `${x////_}`. Behind an anchor it ends an empty pattern: `${x/#/_}`.
bool read_replacement(Cursor& c, Around around, Parameter& out) {
  std::vector<Part> slash;
  const std::uint32_t begin = c.pos();
  const bool anchored = out.op == ParamOp::replace_prefix || out.op == ParamOp::replace_suffix;
  if (!anchored && c.take('/')) slash.push_back({c.span_from(begin), Literal{"/"}});
  if (!read_operand(c, Kind::replaced, around, out.operand)) return false;
  if (!slash.empty()) out.operand->parts.insert(out.operand->parts.begin(), std::move(slash.front()));
  return !c.take('/') || read_operand(c, Kind::pattern, around, out.operand2);
}

Kind operand_kind(ParamOp op, Around around) {
  const bool value = op == ParamOp::use_default || op == ParamOp::assign_default || op == ParamOp::error_if_unset ||
                     op == ParamOp::use_alternate;
  if (!value) return Kind::pattern;
  return around == Around::nothing ? Kind::operand : Kind::operand_quoted;
}

bool is_replacement(ParamOp op) {
  return op == ParamOp::replace_first || op == ParamOp::replace_all || op == ParamOp::replace_prefix ||
         op == ParamOp::replace_suffix;
}

}  // namespace

bool read_operator(Cursor& c, Around around, Parameter& out) {
  const char first = c.peek();
  if (first == '}' || out.op != ParamOp::none) return true;
  if (first == '@' && base::is_alpha(c.peek_second())) {
    c.bump();
    out.op = ParamOp::transform;
    out.transform = c.peek();
    c.bump();
    return true;
  }
  if (first == ':') {
    c.bump();
    constexpr std::string_view kColon = "-=?+";
    if (kColon.find(c.peek()) == std::string_view::npos || c.at_end()) return read_substring(c, around, out);
    out.colon = true;
  }
  for (const Row& row : kOperators) {
    if (!take_text(c, row.text)) continue;
    out.op = row.op;
    if (is_replacement(row.op)) return read_replacement(c, around, out);
    return read_operand(c, operand_kind(row.op, around), around, out.operand);
  }
  return true;
}

}  // namespace belay::shell
