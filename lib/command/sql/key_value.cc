#include "command/sql/key_value.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"
#include "command/sql/normal.h"

namespace belay::command::sql {

namespace {

/// Commands whose next word is part of their name.
constexpr std::array<std::string_view, 13> kContainers{"CONFIG", "SCRIPT", "CLUSTER", "DEBUG",  "ACL",    "CLIENT", "FUNCTION",
                                                       "MEMORY", "MODULE", "OBJECT",  "XGROUP", "PUBSUB", "LATENCY"};

/// A name may be unknown; an argument that is not known is a key or a value.
void append_name(const Text& word, Text& out) {
  if (word.literal()) out.append(base::upper(word.view()));
  else out.append(word);
}

void append_argument(const Text& word, Text& out) {
  for (const char c : word.view()) out.append(c == model::kHole ? kValue : std::string_view(&c, 1));
}

/// The words of a line; quotes as redis-cli takes them.
class Line {
 public:
  explicit Line(Slices& slices) : slices_(slices) {}

  /// From `at` to the end of the line, which `at` becomes.
  std::vector<Text> words(std::size_t& at) {
    const std::string_view v = slices_.view();
    std::vector<Text> out;
    while (at < v.size() && v[at] != '\n') {
      if (v[at] == ' ' || v[at] == '\t' || v[at] == '\r') {
        ++at;
        continue;
      }
      out.push_back(word(at));
    }
    return out;
  }

 private:
  Text word(std::size_t& at) {
    const std::string_view v = slices_.view();
    Text out;
    char quote = 0;
    for (; at < v.size() && v[at] != '\n' && (quote != 0 || (v[at] != ' ' && v[at] != '\t' && v[at] != '\r')); ++at) {
      if (v[at] == quote) {
        quote = 0;
      } else if (quote == 0 && (v[at] == '"' || v[at] == '\'')) {
        quote = v[at];
      } else {
        if (v[at] == '\\' && quote == '"' && at + 1 < v.size()) ++at;
        slices_.append(at, 1, out);
      }
    }
    return out;
  }

  Slices& slices_;
};

/// `redis.call('FLUSHALL')`, `server.pcall("DEL", KEYS[1])`: the strings in front of the first argument that is none.
void read_lua(const Text& script, Telling& telling) {
  Slices slices(script);
  const Dialect& lua = dialect_of("mysql");  // strings in both quotes, with backslashes
  Lexer lexer(script, lua);
  std::vector<Text> words;
  enum class At : std::uint8_t { code, dot, call, arguments } at = At::code;
  for (Token t = lexer.next(); t.kind != TokenKind::finished; t = lexer.next()) {
    const std::string_view spelling = script.view().substr(t.begin, t.size);
    if (at == At::arguments && t.kind == TokenKind::string) {
      words.push_back(unquoted(slices, t, lua));
      continue;
    }
    if (at == At::arguments && t.kind == TokenKind::comma) continue;
    if (at == At::arguments) {
      if (words.empty()) words.push_back(Text::hole(model::HoleTrait::blank));
      read_words(std::exchange(words, {}), telling);
    }
    if (t.kind == TokenKind::dot) at = At::dot;
    else if (at == At::dot && (spelling == "call" || spelling == "pcall")) at = At::call;
    else at = at == At::call && t.kind == TokenKind::open ? At::arguments : At::code;
  }
  if (!words.empty()) read_words(words, telling);
}

}  // namespace

void read_words(std::span<const Text> words, Telling& telling) {
  if (words.empty()) return;
  Text out;
  append_name(words[0], out);
  const std::string name = base::upper(words[0].view());
  const bool container = std::find(kContainers.begin(), kContainers.end(), name) != kContainers.end();
  for (std::size_t i = 1; i < words.size(); ++i) {
    out.append(" ");
    if (i == 1 && container) append_name(words[i], out);
    else if (i == 1 && name == "EVAL") out.append(kData);
    else append_argument(words[i], out);
  }
  telling.statement(std::move(out));
  if (name == "EVAL" && words.size() > 1) {
    if (words[1].view() == std::string_view("\0", 1)) telling.unknown();
    else read_lua(words[1], telling);
  }
}

void read_commands(const Text& text, Telling& telling) {
  Slices slices(text);
  Line line(slices);
  for (std::size_t at = 0; at < text.size(); ++at) read_words(line.words(at), telling);
}

}  // namespace belay::command::sql
