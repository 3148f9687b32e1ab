#include <cstring>
#include <numeric>
#include <utility>

#include "shell/ansi_c.h"
#include "shell/grammar.h"

namespace belay::shell {
namespace {

/// The lines of one body as they will be read: tabs stripped, continuations joined as far as the delimiter asks for it.
struct BodyText {
  std::string text;
  std::vector<std::uint32_t> origin;  ///< per byte and for the end: offset in the cursor's text

  void append(const Cursor& c, std::uint32_t from, std::uint32_t to) {
    text.append(c.text().substr(from, to - from));
    const std::size_t known = origin.size();
    origin.resize(known + (to - from));
    std::iota(origin.begin() + static_cast<std::ptrdiff_t>(known), origin.end(), from);
  }
};

std::uint32_t line_end(const Cursor& c, std::uint32_t from) {
  const void* newline = std::memchr(c.text().data() + from, '\n', c.end() - from);
  return newline != nullptr ? static_cast<std::uint32_t>(static_cast<const char*>(newline) - c.text().data()) : c.end();
}

/// Does the line end in a backslash that is not itself quoted?
bool continued(std::string_view line) {
  std::size_t backslashes = 0;
  while (backslashes < line.size() && line[line.size() - 1 - backslashes] == '\\') ++backslashes;
  return backslashes % 2 == 1;
}

class BodyReader {
 public:
  BodyReader(Cursor& c, const PendingBody& pending) : c_(c), pending_(pending) {}

  /// Gathers lines up to the delimiter, which is consumed. The end of the text ends a body too, with only a warning from bash.
  void gather() {
    if (pending_.quoted && !pending_.strip && !pending_.in_substitution) return gather_as_it_stands();
    while (c_.pos() < c_.end()) {
      const std::size_t before = body_.text.size();
      const std::uint32_t begin = c_.pos();
      read_line();
      if (is_delimiter(std::string_view(body_.text).substr(before), begin)) {
        body_.text.resize(before);
        body_.origin.resize(before);
        break;
      }
    }
    body_.origin.push_back(c_.pos());
  }

  bool parse() {
    pending_.slot->span = {c_.original(body_.origin.front()), c_.original(body_.origin.back())};
    if (auto* quoted = std::get_if<Quoted>(&pending_.slot->node)) {
      quoted->text = std::move(body_.text);
      return true;
    }
    std::vector<std::uint32_t> origin;
    origin.reserve(body_.origin.size());
    for (const std::uint32_t at : body_.origin) origin.push_back(c_.original(at));
    auto& document = std::get<DoubleQuoted>(pending_.slot->node);
    const OwnPending own(c_.shared(), false);
    const Nested nested(c_);
    if (!nested.ok()) return false;
    Cursor inside(body_.text, c_.shared(), &origin);
    return read_region(inside, Kind::body, Around::body, document.parts);
  }

 private:
  /// Nothing is stripped, joined or looked for inside a line: the body is one piece of the text.
  void gather_as_it_stands() {
    const std::uint32_t begin = c_.pos();
    std::uint32_t end = begin;
    for (bool over = false; !over && c_.pos() < c_.end();) {
      const std::uint32_t from = c_.pos();
      const std::uint32_t to = line_end(c_, from);
      over = c_.text().substr(from, to - from) == pending_.delimiter;
      c_.seek(to < c_.end() ? to + 1 : to);
      end = over ? from : c_.pos();
    }
    body_.text = c_.text().substr(begin, end - begin);
    body_.origin = {end > begin ? begin : c_.pos(), c_.pos()};
  }

  /// One line, or several joined by backslash-newline; its newline is included.
  void read_line() {
    if (pending_.strip) {
      while (c_.raw() == '\t') c_.bump();
    }
    for (;;) {
      const std::uint32_t from = c_.pos();
      const std::uint32_t end = line_end(c_, from);
      c_.seek(end < c_.end() ? end + 1 : end);
      const bool joined = !pending_.quoted && end < c_.end() && continued(c_.text().substr(from, end - from));
      body_.append(c_, from, joined ? end - 1 : c_.pos());
      if (!joined) return;
    }
  }

  /// In a substitution the delimiter also ends the body when the closing parenthesis is on its line; reading goes on behind it.
  bool is_delimiter(std::string_view line, std::uint32_t begin) {
    const bool has_newline = !line.empty() && line.back() == '\n';
    if (has_newline) line.remove_suffix(1);
    if (line == pending_.delimiter) return true;
    if (!pending_.in_substitution || !line.starts_with(pending_.delimiter)) return false;
    const std::size_t size = pending_.delimiter.size();
    if (line.find(')', size) == std::string_view::npos) return false;
    const std::size_t first = body_.text.size() - line.size() - (has_newline ? 1 : 0);
    c_.seek(size > 0 ? body_.origin[first + size - 1] + 1 : begin);
    return true;
  }

  Cursor& c_;
  const PendingBody& pending_;
  BodyText body_;
};

}  // namespace

bool read_bodies(Cursor& c) {
  const std::vector<PendingBody> waiting = std::exchange(c.shared().pending, {});
  for (const PendingBody& one : waiting) {
    if (!c.spend()) return false;
    BodyReader reader(c, one);
    reader.gather();
    if (!reader.parse()) return false;
  }
  return true;
}

bool take_newline(Cursor& c) {
  (void)c.take('\n');
  return c.shared().pending.empty() || read_bodies(c);
}

bool skip_newlines(Cursor& c) {
  for (;;) {
    c.skip_blanks();
    if (c.peek() != '\n') return true;
    if (!take_newline(c)) return false;
  }
}

std::string delimiter_text(std::string_view written, bool& quoted) {
  std::string out;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    const char next = i + 1 < written.size() ? written[i + 1] : '\0';
    if (c == '\\') {
      ++i;
      if (next == '\n') continue;
      quoted = true;
      if (next != '\0') out += next;
    } else if (c == '\'' || (c == '$' && next == '\'')) {
      quoted = true;
      if (c == '$') ++i;
      std::size_t end = i + 1;
      while (end < written.size() && written[end] != '\'') end += c == '$' && written[end] == '\\' ? 2U : 1U;
      if (end > written.size()) end = written.size();
      const std::string_view inside = written.substr(i + 1, end - i - 1);
      out += c == '$' ? decode_ansi_c(inside) : std::string(inside);
      i = end;
    } else if (c == '"') {
      quoted = true;
      for (++i; i < written.size() && written[i] != '"'; ++i) {
        if (written[i] == '\\' && i + 1 < written.size() &&
            std::string_view("$`\"\\").find(written[i + 1]) != std::string_view::npos)
          ++i;
        out += written[i];
      }
    } else if (c == '$' && next == '"') {
      continue;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace belay::shell
