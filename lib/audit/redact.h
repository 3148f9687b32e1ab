#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Takes secrets out of text that goes to a log: one pass, no regular expressions, fit for every call.
namespace belay::audit {

/// Replaces what looks like a secret with `‹kind:length:hash›`, where the hash is the first 6 hex digits of BLAKE2b keyed with `key`: equal
/// secrets look equal, and nobody without the key can try guesses. A placeholder has no blanks, quotes or shell characters, so
/// that a command keeps its words; expansions (`$TOKEN`, `$(cat f)`) are no secrets and stay. Redacting twice changes nothing.
///
/// Seen as secrets: tokens of well-known form (AKIA…, ghp_…, sk-…, JWTs, PEM private keys …), values whose key says so
/// (`PASSWORD=x`, `--token x`, `"api_key":"x"`), Authorization and Cookie headers, `scheme://user:PASSWORD@`, and the password options
/// of curl, mysql, sshpass, docker login, redis-cli.
class Redactor {
 public:
  explicit Redactor(std::string_view key) : key_(key) {}

  [[nodiscard]] std::string text(std::string_view s);
  /// One element of an argv or of a tool's input: `name` is the option or field that it belongs to.
  [[nodiscard]] std::string value(std::string_view name, std::string_view s);
  /// A placeholder for all of `s`, whatever it is; empty for empty, and a placeholder stays itself.
  [[nodiscard]] std::string whole(std::string_view kind, std::string_view s);
  /// Kinds replaced so far, sorted, each once.
  [[nodiscard]] const std::vector<std::string>& kinds() const { return kinds_; }
  void note(std::string_view kind);

 private:
  std::string key_;
  std::vector<std::string> kinds_;
};

/// Does a key, option or variable of this name hold a secret? (`api_key`, `--password`, `dbPassword`, `PGPASSWORD`; not `password_file`,
/// `max_tokens`, `author`.)
[[nodiscard]] bool names_a_secret(std::string_view key);
/// Is all of `s` one placeholder?
[[nodiscard]] bool is_placeholder(std::string_view s);
/// Kinds of the placeholders in `s`, in order.
[[nodiscard]] std::vector<std::string_view> placeholder_kinds(std::string_view s);

}  // namespace belay::audit
