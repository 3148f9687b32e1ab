#include "audit/redact.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "audit/secret_forms.h"
#include "base/text.h"

namespace belay::audit {

namespace {

constexpr std::string_view kOpen = "\xE2\x80\xB9";   // ‹
constexpr std::string_view kClose = "\xE2\x80\xBA";  // ›

using base::is_alpha;
using base::is_digit;

/// What a byte may begin.
enum class Class : unsigned char { other, name, placeholder, equals, colon, blank, separator };
constexpr auto kClasses = [] {
  std::array<Class, 256> out{};
  const auto set = [&](std::string_view bytes, Class c) {
    for (const char byte : bytes) out[static_cast<unsigned char>(byte)] = c;
  };
  set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.", Class::name);
  set(kOpen.substr(0, 1), Class::placeholder);
  set("=", Class::equals);
  set(":", Class::colon);
  set(" \t", Class::blank);
  set("\n;|&", Class::separator);
  return out;
}();
Class class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }
bool name_char(char c) { return class_of(c) == Class::name; }
bool blank(char c) { return c == ' ' || c == '\t'; }
bool quote(char c) { return c == '"' || c == '\''; }
/// Ends a word of a shell, or a parameter of a URL.
bool ends_word(char c) {
  return blank(c) || c == '\n' || c == ';' || c == '|' || c == '&' || c == '<' || c == '>' || c == '(' || c == ')';
}

std::string short_hash(std::string_view key, std::string_view s) {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
  const std::size_t key_size = std::min<std::size_t>(key.size(), crypto_generichash_KEYBYTES_MAX);
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(s.data()), s.size(),
                     reinterpret_cast<const unsigned char*>(key_size == 0 ? nullptr : key.data()), key_size);
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < 3; ++i) {
    out += kHex[hash[i] >> 4U];
    out += kHex[hash[i] & 15U];
  }
  return out;
}

/// Length of the expansion (`$X`, `${…}`, `$(…)`, backticks) at the start of `s`; 0 if there is none.
std::size_t expansion(std::string_view s) {
  if (s.front() == '`') {
    const std::size_t end = s.find('`', 1);
    return end == std::string_view::npos ? s.size() : end + 1;
  }
  if (s.front() != '$' || s.size() < 2) return 0;
  if (s[1] == '(' || s[1] == '{') {
    const char open = s[1];
    const char close = open == '(' ? ')' : '}';
    std::size_t depth = 0;
    for (std::size_t i = 1; i < s.size(); ++i) {
      if (s[i] == open) ++depth;
      if (s[i] == close && --depth == 0) return i + 1;
    }
    return s.size();
  }
  std::size_t end = 1;
  while (end < s.size() && base::is_name_char(s[end])) ++end;
  return std::max<std::size_t>(end, 2);
}

/// One pass over one text.
class Scanner {
 public:
  Scanner(Redactor& redactor, std::string_view text) : redactor_(redactor), text_(text) {}

  std::string run() {
    while (at_ < text_.size()) step();
    out_ += text_.substr(copied_);
    return std::move(out_);
  }

 private:
  [[nodiscard]] char previous() const { return at_ == 0 ? '\n' : text_[at_ - 1]; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] bool at_name_start() const { return !name_char(previous()); }

  void step() {
    const char c = text_[at_];
    switch (class_of(c)) {
      case Class::name:
        if (!at_name_start()) break;
        if (token()) return;
        if (is_alpha(c)) word();
        break;
      case Class::placeholder:
        if (rest().starts_with(kOpen) && skip_placeholder()) return;
        break;
      case Class::equals: return assignment();
      case Class::colon: return colon();
      case Class::blank:
        if (after_blank()) return;
        break;
      case Class::separator: program_ = {}; break;
      case Class::other: break;
    }
    ++at_;
  }

  bool skip_placeholder() {
    const std::size_t end = text_.find(kClose, at_);
    if (end == std::string_view::npos || !is_placeholder(text_.substr(at_, end + kClose.size() - at_))) return false;
    at_ = end + kClose.size();
    return true;
  }

  bool token() {
    if (!may_start_token(text_[at_])) return false;
    const Found found = known_token(rest());
    if (found.kind.empty()) return false;
    replace(found.kind, found.size);
    return true;
  }

  /// Remembers a program that takes secrets as short options, and `Bearer`.
  void word() {
    std::size_t end = at_;
    while (end < text_.size() && name_char(text_[end])) ++end;
    const std::string_view name = text_.substr(at_, end - at_);
    word_end_ = end;
    if (has_secret_flags(name)) program_ = name;
    bearer_ = name.size() == 6 && base::iequals(name, "bearer");
    at_ = end - 1;
  }

  /// The name that ends right before the position.
  [[nodiscard]] std::string_view name_before(std::size_t end) const {
    std::size_t begin = end;
    while (begin > 0 && name_char(text_[begin - 1])) --begin;
    return text_.substr(begin, end - begin);
  }

  void assignment() {
    const std::string_view name = name_before(at_);
    ++at_;
    const KeyKind kind = key_kind(name);
    if (kind != KeyKind::none) value(kind);
  }

  void colon() {
    if (rest().starts_with("://")) return userinfo();
    const bool quoted = at_ > 0 && quote(text_[at_ - 1]);
    std::size_t name_end = quoted ? at_ - 1 : at_;
    if (quoted && name_end > 0 && text_[name_end - 1] == '\\') --name_end;
    const std::string_view name = name_before(name_end);
    const std::size_t name_begin = name_end - name.size();
    ++at_;
    if (name.empty()) return;
    if (!quoted && secret_header(name)) return header(name_begin);
    const KeyKind kind = key_kind(name);
    if (kind == KeyKind::none) return;
    const bool line_start = !quoted && only_blank_before(name_begin);
    if (!quoted && !line_start) return;
    skip_blanks();
    if (line_start && !one_word_to_line_end()) return;
    value(kind);
  }

  [[nodiscard]] bool only_blank_before(std::size_t end) const {
    while (end > 0 && blank(text_[end - 1])) --end;
    return end == 0 || text_[end - 1] == '\n';
  }

  [[nodiscard]] bool one_word_to_line_end() const {
    const std::string_view line = base::trim(rest().substr(0, rest().find('\n')));
    return !line.empty() && line.find(' ') == std::string_view::npos;
  }

  void skip_blanks() {
    while (at_ < text_.size() && blank(text_[at_])) ++at_;
  }

  /// `Authorization: Bearer x`: the scheme stays. Inside quotes the value goes up to the closing one, else it is one word.
  void header(std::size_t name_begin) {
    const bool in_quotes = name_begin > 0 && quote(text_[name_begin - 1]);
    skip_blanks();
    constexpr std::array<std::string_view, 7> kSchemes{"Basic",  "Bearer",    "Token",           "Digest",
                                                       "ApiKey", "Negotiate", "AWS4-HMAC-SHA256"};
    for (const std::string_view scheme : kSchemes) {
      const std::string_view s = rest();
      if (s.size() > scheme.size() && base::iequals(s.substr(0, scheme.size()), scheme) && blank(s[scheme.size()])) {
        at_ += scheme.size();
        skip_blanks();
        break;
      }
    }
    const char close = in_quotes ? text_[name_begin - 1] : '\n';
    do {
      literal("header",
              [&](char c) { return c == close || c == '\n' || blank(c) || (!in_quotes && (ends_word(c) || quote(c))); });
      if (!in_quotes) return;
      skip_blanks();
    } while (at_ < text_.size() && text_[at_] != close && text_[at_] != '\n');
  }

  /// `scheme://user:PASSWORD@host`
  void userinfo() {
    at_ += 3;
    const std::size_t end = rest().find_first_of("/?# \t\n\"'`<>");
    const std::string_view authority = rest().substr(0, end);
    const std::size_t at_sign = authority.rfind('@');
    const std::size_t colon = authority.find(':');
    if (at_sign == std::string_view::npos || colon == std::string_view::npos || colon > at_sign) return;
    const std::size_t stop = at_ + at_sign;
    at_ += colon + 1;
    while (at_ < stop) literal("userinfo", [&](char) { return at_ >= stop; });
  }

  /// Blanks after an option or after `Bearer` may lead to a secret.
  bool after_blank() {
    if (word_end_ == at_ && !bearer_) return attached_flag();  // a word that begins with a letter, as most do, is no option
    const std::string_view flag = name_before(at_);
    if (bearer_ && base::iequals(flag, "bearer")) {
      bearer_ = false;
      skip_blanks();
      constexpr std::size_t kLeast = 16;
      std::size_t end = at_;
      while (end < text_.size() && (name_char(text_[end]) || text_[end] == '/' || text_[end] == '+' || text_[end] == '=')) ++end;
      if (end - at_ >= kLeast) replace("bearer", end - at_);
      return true;
    }
    if (flag.size() < 2 || flag.front() != '-') return attached_flag();
    const ProgramFlag own = program_flag(program_, flag);
    const KeyKind kind = own.takes ? KeyKind::strong : flag.starts_with("--") ? key_kind(flag) : KeyKind::none;
    if (kind == KeyKind::none) return attached_flag();
    skip_blanks();
    if (at_ < text_.size() && text_[at_] != '-' && text_[at_] != '\n') value(kind);
    return true;
  }

  /// `mysql -pSECRET`: the option begins behind the blanks.
  bool attached_flag() {
    if (program_.empty()) return false;
    std::size_t begin = at_;
    while (begin < text_.size() && blank(text_[begin])) ++begin;
    if (begin >= text_.size() || text_[begin] != '-') return false;
    std::size_t end = begin;
    while (end < text_.size() && !ends_word(text_[end])) ++end;
    if (!program_flag(program_, text_.substr(begin, end - begin)).attached_only) return false;
    at_ = begin + 2;
    value(KeyKind::strong);
    return true;
  }

  /// A word of a shell: every literal run of it is replaced, quotes and expansions stay.
  void value(KeyKind kind) {
    std::size_t end = at_;
    char open = '\0';
    for (; end < text_.size(); ++end) {
      const char c = text_[end];
      if (open != '\0' && c == open) open = '\0';
      else if (open == '\0' && quote(c)) open = c;
      else if (open == '\0' && ends_word(c)) break;
    }
    std::string_view inner = text_.substr(at_, end - at_);
    while (!inner.empty() && (quote(inner.front()) || inner.front() == '\\')) inner.remove_prefix(1);
    while (!inner.empty() && (quote(inner.back()) || inner.back() == '\\' || inner.back() == ',' || inner.back() == '}'))
      inner.remove_suffix(1);
    if (ordinary_value(inner, kind)) return;
    word_runs();
  }

  void word_runs() {
    while (at_ < text_.size() && !ends_word(text_[at_])) {
      const char c = text_[at_];
      const bool escaped_quote = c == '\\' && at_ + 1 < text_.size() && quote(text_[at_ + 1]);
      if (!quote(c) && !escaped_quote) {
        literal("value", [&](char x) { return ends_word(x) || quote(x); });
        continue;
      }
      const char close = escaped_quote ? text_[at_ + 1] : c;
      at_ += escaped_quote ? 2 : 1;
      while (at_ < text_.size() && text_[at_] != close && !(escaped_quote && text_[at_] == '\\')) {
        literal(
            "value", [&](char x) { return x == close || (escaped_quote && x == '\\'); }, close != '\'');
      }
      at_ = std::min(text_.size(), at_ + (escaped_quote ? 2 : 1));
      if (escaped_quote || c == '"') return;  // a quoted JSON value, or a word that is done in all but the oddest cases
    }
  }

  /// Replaces the run up to where `stops` says; an expansion ends a run and is stepped over. Always moves on.
  template <class Stops>
  void literal(std::string_view kind, const Stops& stops, bool expands = true) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !stops(text_[at_])) {
      if (rest().starts_with(kOpen) && at_ == begin && skip_placeholder()) return;
      const std::size_t skip = expands ? expansion(rest()) : 0;
      if (skip != 0) {
        const std::size_t from = at_;
        at_ = begin;
        if (from > begin) replace(kind, from - begin);
        at_ = from + skip;
        return;
      }
      at_ += text_[at_] == '\\' && at_ + 1 < text_.size() && !stops(text_[at_]) ? 2U : 1U;
    }
    const std::size_t end = std::min(at_, text_.size());
    at_ = begin;
    if (end > begin) replace(kind, end - begin);
    else at_ = begin + 1;
  }

  void replace(std::string_view kind, std::size_t size) {
    out_ += text_.substr(copied_, at_ - copied_);
    out_ += redactor_.whole(kind, text_.substr(at_, size));
    at_ += size;
    copied_ = at_;
  }

  Redactor& redactor_;
  std::string_view text_;
  std::string_view program_;
  std::string out_;
  std::size_t at_ = 0;
  std::size_t copied_ = 0;
  std::size_t word_end_ = 0;  ///< of the last word that began with a letter
  bool bearer_ = false;
};

}  // namespace

void Redactor::note(std::string_view kind) {
  const auto at = std::lower_bound(kinds_.begin(), kinds_.end(), kind);
  if (at == kinds_.end() || *at != kind) kinds_.insert(at, std::string(kind));
}

std::string Redactor::whole(std::string_view kind, std::string_view s) {
  if (s.empty() || is_placeholder(s)) return std::string(s);
  note(kind);
  std::string out(kOpen);
  out += kind;
  out += ':' + std::to_string(s.size()) + ':' + short_hash(key_, s);
  return out += kClose;
}

std::string Redactor::text(std::string_view s) { return Scanner(*this, s).run(); }

std::string Redactor::value(std::string_view name, std::string_view s) {
  const KeyKind kind = key_kind(name);
  if (kind != KeyKind::none && !ordinary_value(s, kind) && (s.empty() || expansion(s) == 0)) return whole("value", s);
  return text(s);
}

bool names_a_secret(std::string_view key) { return key_kind(key) != KeyKind::none; }

bool is_placeholder(std::string_view s) {
  if (!s.starts_with(kOpen) || !s.ends_with(kClose) || s.size() < kOpen.size() + kClose.size()) return false;
  s.remove_prefix(kOpen.size());
  s.remove_suffix(kClose.size());
  const std::size_t first = s.find(':');
  const std::size_t last = s.rfind(':');
  if (first == std::string_view::npos || first == 0 || first == last || s.size() - last != 7) return false;
  const auto in = [](std::string_view part, std::string_view alphabet) {
    return !part.empty() && part.find_first_not_of(alphabet) == std::string_view::npos;
  };
  return in(s.substr(0, first), "abcdefghijklmnopqrstuvwxyz0123456789-") &&
         in(s.substr(first + 1, last - first - 1), "0123456789") && in(s.substr(last + 1), "0123456789abcdef");
}

std::vector<std::string_view> placeholder_kinds(std::string_view s) {
  std::vector<std::string_view> out;
  for (std::size_t at = s.find(kOpen); at != std::string_view::npos; at = s.find(kOpen, at + 1)) {
    const std::size_t end = s.find(kClose, at);
    if (end == std::string_view::npos) break;
    const std::string_view whole = s.substr(at, end + kClose.size() - at);
    if (is_placeholder(whole)) out.push_back(whole.substr(kOpen.size(), whole.find(':') - kOpen.size()));
  }
  return out;
}

}  // namespace belay::audit
