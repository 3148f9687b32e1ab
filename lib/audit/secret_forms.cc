#include "audit/secret_forms.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "base/text.h"

namespace belay::audit {

namespace {

using base::is_alpha;
using base::is_digit;
using base::to_lower;

enum class Alphabet : unsigned char { upper, word, dashed, dotted };

bool belongs(char c, Alphabet alphabet) {
  const bool upper = is_digit(c) || (c >= 'A' && c <= 'Z');
  switch (alphabet) {
    case Alphabet::upper: return upper;
    case Alphabet::word: return is_alpha(c) || is_digit(c) || c == '_';
    case Alphabet::dashed: return is_alpha(c) || is_digit(c) || c == '_' || c == '-';
    case Alphabet::dotted: return is_alpha(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
  }
  return false;
}

struct Form {
  std::string_view prefix;
  std::string_view kind;
  Alphabet alphabet;
  std::size_t least;  ///< bytes behind the prefix
};

/// As the issuers document them; longer prefixes before shorter ones that they begin with.
constexpr auto kForms = std::to_array<Form>({
    {"AKIA", "aws-key", Alphabet::upper, 16},       {"ASIA", "aws-key", Alphabet::upper, 16},
    {"ABIA", "aws-key", Alphabet::upper, 16},       {"ACCA", "aws-key", Alphabet::upper, 16},
    {"ghp_", "github", Alphabet::word, 30},         {"gho_", "github", Alphabet::word, 30},
    {"ghu_", "github", Alphabet::word, 30},         {"ghs_", "github", Alphabet::word, 30},
    {"ghr_", "github", Alphabet::word, 30},         {"github_pat_", "github", Alphabet::word, 30},
    {"glpat-", "gitlab", Alphabet::dashed, 16},     {"gldt-", "gitlab", Alphabet::dashed, 16},
    {"xoxa-", "slack", Alphabet::dashed, 16},       {"xoxb-", "slack", Alphabet::dashed, 16},
    {"xoxo-", "slack", Alphabet::dashed, 16},       {"xoxp-", "slack", Alphabet::dashed, 16},
    {"xoxs-", "slack", Alphabet::dashed, 16},       {"xoxr-", "slack", Alphabet::dashed, 16},
    {"sk-ant-", "anthropic", Alphabet::dashed, 16}, {"sk-", "openai", Alphabet::dashed, 20},
    {"sk_live_", "stripe", Alphabet::word, 16},     {"rk_live_", "stripe", Alphabet::word, 16},
    {"sk_test_", "stripe", Alphabet::word, 16},     {"AIza", "google", Alphabet::dashed, 30},
    {"ya29.", "google", Alphabet::dashed, 20},      {"npm_", "npm", Alphabet::word, 30},
    {"pypi-", "pypi", Alphabet::dashed, 40},        {"dop_v1_", "digitalocean", Alphabet::word, 40},
    {"hf_", "huggingface", Alphabet::word, 30},     {"hvs.", "vault", Alphabet::dashed, 20},
    {"hvb.", "vault", Alphabet::dashed, 20},        {"SG.", "sendgrid", Alphabet::dotted, 40},
    {"shpat_", "shopify", Alphabet::word, 30},      {"shpss_", "shopify", Alphabet::word, 30},
    {"dckr_pat_", "docker", Alphabet::dashed, 20},  {"lin_api_", "linear", Alphabet::word, 30},
    {"sbp_", "supabase", Alphabet::word, 30},       {"AGE-SECRET-KEY-1", "age", Alphabet::upper, 40},
});

/// Three base64url parts of which the first is a JSON object.
Found jwt(std::string_view s) {
  constexpr std::size_t kLeastPart = 6;
  std::size_t size = 0;
  std::size_t parts = 0;
  while (parts < 3) {
    std::size_t end = size;
    while (end < s.size() && belongs(s[end], Alphabet::dashed)) ++end;
    if (end - size < kLeastPart) break;
    ++parts;
    size = end;
    if (parts == 3 || size >= s.size() || s[size] != '.') break;
    ++size;
  }
  return parts == 3 ? Found{"jwt", size} : Found{};
}

Found private_key(std::string_view s) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  constexpr std::string_view kDashes = "-----";
  const std::size_t head = s.find(kDashes, kBegin.size());
  if (head == std::string_view::npos || s.substr(0, head).find("PRIVATE KEY") == std::string_view::npos) return {};
  const std::size_t tail = s.find("-----END ", head + kDashes.size());
  if (tail == std::string_view::npos) return {"private-key", s.size()};
  const std::size_t end = s.find(kDashes, tail + 9);
  return {"private-key", end == std::string_view::npos ? s.size() : end + kDashes.size()};
}

/// The words of `clientSecret`, `client_secret`, `--client-secret`, `CLIENT.SECRET`, from the last to the first, lower case.
class WordsBackwards {
 public:
  explicit WordsBackwards(std::string_view key) : rest_(key) {}

  /// Empty when there are no more. The view lasts until the next call.
  std::string_view next() {
    while (!rest_.empty() && !part(rest_.back())) rest_.remove_suffix(1);
    std::size_t begin = rest_.size();
    while (begin > 0 && part(rest_[begin - 1])) {
      --begin;
      if (begin > 0 && upper(rest_[begin]) && lower(rest_[begin - 1])) break;
    }
    const std::size_t size = std::min(rest_.size() - begin, word_.size());
    for (std::size_t i = 0; i < size; ++i) word_[i] = to_lower(rest_[begin + i]);
    rest_ = rest_.substr(0, begin);
    return {word_.data(), size};
  }

 private:
  static bool part(char c) { return is_alpha(c) || is_digit(c); }
  static bool upper(char c) { return c >= 'A' && c <= 'Z'; }
  static bool lower(char c) { return c >= 'a' && c <= 'z'; }

  std::string_view rest_;
  std::array<char, 32> word_{};
};

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// The last word says what the value is: `password_file` is a file.
constexpr auto kStrong = std::to_array<std::string_view>({"password", "passwd", "passphrase", "pwd", "pass", "sshpass", "pgpassword",
                                                          "apikey", "privatekey", "secretkey", "accesskey", "clientsecret",
                                                          "connectionstring", "connstr", "dbpassword", "userpassword"});
constexpr auto kWeak = std::to_array<std::string_view>({"secret", "secrets", "token", "auth", "credential", "credentials", "authtoken",
                                                        "accesstoken", "bearer", "sig", "creds", "authorization"});
/// `x key` and `connection string`.
constexpr auto kKeyOf = std::to_array<std::string_view>({"api", "access", "secret", "private", "signing", "encryption", "auth", "account",
                                                         "storage", "master", "service"});

}  // namespace

namespace {

/// Bit n: form n begins with this byte.
static_assert(kForms.size() <= 64, "one bit each");
constexpr auto kFormsByFirst = [] {
  std::array<std::uint64_t, 256> out{};
  for (std::size_t n = 0; n < kForms.size(); ++n) out[static_cast<unsigned char>(kForms[n].prefix.front())] |= std::uint64_t{1} << n;
  return out;
}();

}  // namespace

bool may_start_token(char c) { return c == '-' || c == 'e' || kFormsByFirst[static_cast<unsigned char>(c)] != 0; }

Found known_token(std::string_view s) {
  if (s.starts_with("-----BEGIN ")) return private_key(s);
  if (s.starts_with("eyJ")) return jwt(s);
  for (std::uint64_t left = kFormsByFirst[static_cast<unsigned char>(s.front())]; left != 0; left &= left - 1) {
    const Form& form = kForms[static_cast<std::size_t>(std::countr_zero(left))];
    if (s.size() < 2 || s[1] != form.prefix[1] || !s.starts_with(form.prefix)) continue;
    std::size_t end = form.prefix.size();
    while (end < s.size() && belongs(s[end], form.alphabet)) ++end;
    if (end - form.prefix.size() < form.least) continue;
    // Words of a sentence joined by dashes are longer than a token and have no digit.
    const std::string_view body = s.substr(form.prefix.size(), end - form.prefix.size());
    if (form.prefix == "sk-" && std::none_of(body.begin(), body.end(), is_digit)) continue;
    return {form.kind, end};
  }
  return {};
}

KeyKind key_kind(std::string_view key) {
  if (base::iequals(key, "PWD") || base::iequals(key, "OLDPWD")) return KeyKind::none;  // the shell's working folder
  WordsBackwards words(key);
  const std::string_view last = words.next();
  if (one_of(last, kStrong)) return KeyKind::strong;
  if (one_of(last, kWeak)) return KeyKind::weak;
  if (last.size() > 8 && last.ends_with("password")) return KeyKind::strong;
  if (last == "key" && one_of(words.next(), kKeyOf)) return KeyKind::strong;
  if (last == "string" && words.next() == "connection") return KeyKind::strong;
  return KeyKind::none;
}

bool ordinary_value(std::string_view value, KeyKind kind) {
  constexpr auto kOrdinary = std::to_array<std::string_view>({"", "true", "false", "yes", "no", "on", "off", "none", "null", "nil", "basic",
                                                              "bearer", "digest", "prompt", "ask", "auto", "inherit", "required",
                                                              "optional", "disabled", "enabled", "undefined", "0", "1"});
  if (one_of(base::lower(value.substr(0, 16)), kOrdinary)) return true;
  if (value.starts_with("\xE2\x80\xB9")) return true;  // a placeholder
  if (kind == KeyKind::strong) return false;
  constexpr std::size_t kLeast = 8;
  if (value.size() < kLeast || value.front() == '/' || value.front() == '.' || value.front() == '~' || value.front() == '@') return true;
  return std::none_of(value.begin(), value.end(), [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z') || c == ':'; });
}

bool secret_header(std::string_view name) {
  constexpr auto kHeaders = std::to_array<std::string_view>({"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key",
                                                             "x-auth-token", "x-access-token", "x-vault-token", "private-token",
                                                             "job-token", "api-key", "apikey", "team-access-token", "project-access-token",
                                                             "x-goog-api-key", "x-amz-security-token", "x-csrf-token", "x-auth-key"});
  constexpr std::size_t kLongest = 24;
  return name.size() <= kLongest && one_of(base::lower(name), kHeaders);
}

namespace {

struct FlagRow {
  std::string_view program;
  std::string_view flag;
  bool attached_only = false;
};

constexpr auto kFlags = std::to_array<FlagRow>({
    {"curl", "-u"}, {"curl", "--user"}, {"curl", "-U"}, {"curl", "--proxy-user"}, {"curl", "--oauth2-bearer"},
    {"wget", "--http-password"}, {"http", "-a"}, {"xh", "-a"},
    {"mysql", "-p", true}, {"mysqldump", "-p", true}, {"mysqladmin", "-p", true}, {"mariadb", "-p", true}, {"mariadb-dump", "-p", true},
    {"sshpass", "-p"}, {"redis-cli", "-a"}, {"mongosh", "-p"}, {"mongo", "-p"}, {"mongodump", "-p"}, {"sqlcmd", "-P"},
    {"docker", "-p"}, {"podman", "-p"}, {"nerdctl", "-p"}, {"az", "-p"}, {"ldapsearch", "-w"}, {"ldapmodify", "-w"}, {"smbclient", "-U"},
    {"rabbitmqadmin", "-p"}, {"influx", "-t"}, {"vault", "-t"},
});

}  // namespace

namespace {

/// Bit n: some program that begins, or ends, with this byte has n letters.
struct Sizes {
  std::uint32_t first = 0, last = 0;
};
constexpr auto kSizes = [] {
  std::array<Sizes, 256> out{};
  for (const FlagRow& row : kFlags) {
    out[static_cast<unsigned char>(row.program.front())].first |= std::uint32_t{1} << row.program.size();
    out[static_cast<unsigned char>(row.program.back())].last |= std::uint32_t{1} << row.program.size();
  }
  return out;
}();

}  // namespace

bool has_secret_flags(std::string_view program) {
  // Asked about every word of a command, here-documents included.
  if (program.empty() || program.size() >= 32) return false;
  const std::uint32_t sizes = kSizes[static_cast<unsigned char>(program.front())].first & kSizes[static_cast<unsigned char>(program.back())].last;
  if ((sizes >> program.size() & 1U) == 0) return false;
  return std::any_of(kFlags.begin(), kFlags.end(), [&](const FlagRow& row) { return row.program == program; });
}

ProgramFlag program_flag(std::string_view program, std::string_view flag) {
  for (const FlagRow& row : kFlags) {
    if (row.program != program) continue;
    if (row.flag == flag) return {!row.attached_only, false};
    // A short option may have its value attached.
    if (row.flag.size() == 2 && flag.size() > 2 && flag.starts_with(row.flag)) return {true, true};
  }
  return {};
}

}  // namespace belay::audit
