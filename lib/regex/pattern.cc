#include "regex/pattern.h"

#include <algorithm>

#include "regex/options.h"

namespace belay::regex {

namespace {

/// Position of the first byte beyond ASCII that stands inside a character class.
std::optional<std::size_t> wide_in_class(std::string_view source) {
  std::size_t close_from = 0;  // inside a class: where its `]` may stand first
  bool inside = false;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char c = source[i];
    if (c == '\\') {
      // \Q…\E is literal text, brackets included
      if (!inside && source.substr(i, 2) == "\\Q") i = std::min(source.find("\\E", i), source.size() - 1);
      ++i;
    } else if (!inside && c == '[') {
      inside = true;
      close_from = i + (source.substr(i + 1, 1) == "^" ? 3 : 2);
    } else if (inside && source.substr(i, 2) == "[:") {
      const std::size_t end = source.find(":]", i);
      if (end != std::string_view::npos) i = end + 1;
    } else if (inside && c == ']' && i >= close_from) {
      inside = false;
    } else if (inside && static_cast<unsigned char>(c) >= 0x80U) {
      return i;
    }
  }
  return std::nullopt;
}

std::size_t sequence_size(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte >= 0xF0U) return 4;
  return byte >= 0xE0U ? 3 : 2;
}

}  // namespace

std::optional<PatternError> check(std::string_view source) {
  const RE2 re(re2::StringPiece(source.data(), source.size()), pattern_options());
  if (!re.ok()) {
    const std::string& arg = re.error_arg();
    const std::size_t at = arg.empty() ? std::string_view::npos : source.find(arg);
    if (at == std::string_view::npos) return PatternError{re.error(), 0, 0};
    return PatternError{re.error(), at, at + arg.size()};
  }
  if (const auto at = wide_in_class(source)) {
    return PatternError{"a character class cannot hold a character beyond ASCII", *at,
                        std::min(*at + sequence_size(source[*at]), source.size())};
  }
  return std::nullopt;
}

base::Result<Pattern> Pattern::compile(std::string_view source) {
  auto options = pattern_options();
  options.set_never_capture(true);  // only whether it matches is asked
  auto re = std::make_unique<RE2>(re2::StringPiece(source.data(), source.size()), options);
  if (!re->ok()) return base::fail(base::Errc::invalid, "pattern `" + std::string(source) + "`: " + re->error());
  return Pattern(std::move(re));
}

Pattern::Pattern(std::unique_ptr<re2::RE2> re) : re_(std::move(re)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

bool Pattern::found_in(std::string_view text) const {
  const re2::StringPiece piece(text.data(), text.size());
  return re_->Match(piece, 0, piece.size(), RE2::UNANCHORED, nullptr, 0);
}

}  // namespace belay::regex
