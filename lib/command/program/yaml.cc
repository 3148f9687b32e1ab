#include "command/program/yaml.h"

#include <algorithm>

#include "base/text.h"

namespace belay::command::program::yaml {

namespace {

using model::Text;

constexpr std::size_t kMostBytes = 1 << 15;
constexpr int kMostNodes = 4096;
constexpr int kMostDepth = 32;

struct Line {
  std::size_t begin;  ///< of the text behind the indentation
  std::size_t end;
  std::size_t indent;
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

class Reader {
 public:
  explicit Reader(const Text& text) : text_(text), v_(text.view()) { lines(); }

  std::vector<Node> documents() {
    std::vector<Node> out;
    while (next_line() != nullptr) {
      const std::size_t before = line_;
      if (is_marker(lines_[line_])) ++line_;
      else out.push_back(block(0, 0));
      if (line_ == before) ++line_;  // what nobody understands
    }
    return out;
  }

 private:
  void lines() {
    for (std::size_t begin = 0; begin < v_.size();) {
      const std::size_t end = std::min(v_.find('\n', begin), v_.size());
      const std::size_t first = std::min(v_.find_first_not_of(' ', begin), end);
      lines_.push_back({first, end, first - begin});
      begin = end + 1;
    }
  }

  [[nodiscard]] std::string_view view(const Line& line) const { return v_.substr(line.begin, line.end - line.begin); }
  [[nodiscard]] bool is_marker(const Line& line) const { return view(line).starts_with("---") || view(line).starts_with("..."); }
  [[nodiscard]] bool is_item(const Line& line) const { return view(line) == "-" || view(line).starts_with("- "); }

  /// The line at the place, once blank ones and comments are passed.
  const Line* next_line() {
    for (; line_ < lines_.size(); ++line_) {
      const std::string_view text = base::trim(view(lines_[line_]));
      if (!text.empty() && text.front() != '#') return &lines_[line_];
    }
    return nullptr;
  }

  /// What begins at the next line, if that is indented as far.
  Node block(std::size_t indent, int depth) {
    const Line* line = next_line();
    if (line == nullptr || line->indent < indent || is_marker(*line) || depth > kMostDepth || ++nodes_ > kMostNodes) return {};
    if (is_item(*line)) return list(line->indent, depth);
    const char first = v_[line->begin];
    if (first != '{' && first != '[' && colon_of(*line) != std::string_view::npos) return map(line->indent, depth);
    return value(line->begin, depth);
  }

  Node list(std::size_t indent, int depth) {
    Node out;
    out.kind = Node::Kind::list;
    for (const Line* line = next_line(); line != nullptr && line->indent == indent && is_item(*line) && nodes_ < kMostNodes; line = next_line()) {
      // What stands behind the dash is a block of its own, indented as far as it stands.
      Line& inner = lines_[line_];
      const std::size_t begin = std::min(v_.find_first_not_of(' ', inner.begin + 1), inner.end);
      inner.indent += begin - inner.begin;
      inner.begin = begin;
      if (begin == inner.end) ++line_;
      const std::size_t before = line_;
      out.entries.emplace_back(std::string(), block(indent + 1, depth + 1));
      if (begin != inner.end && line_ == before) ++line_;
    }
    return out;
  }

  Node map(std::size_t indent, int depth) {
    Node out;
    out.kind = Node::Kind::map;
    for (const Line* line = next_line(); line != nullptr && line->indent == indent && !is_marker(*line) && nodes_ < kMostNodes; line = next_line()) {
      const std::size_t colon = colon_of(*line);
      if (colon == std::string_view::npos || is_item(*line)) break;
      std::string key(unquoted(text_.substr(line->begin, colon - line->begin)).view());
      out.entries.emplace_back(std::move(key), member(*line, colon + 1, depth));
    }
    return out;
  }

  /// The value behind the colon of a line.
  Node member(const Line& line, std::size_t begin, int depth) {
    const std::size_t indent = line.indent;
    const std::size_t end = line.end;
    while (begin < end && is_blank(v_[begin])) ++begin;
    if (begin < end && (v_[begin] == '|' || v_[begin] == '>')) return folded(indent, v_[begin] == '>');
    if (begin < end && v_[begin] != '#' && v_[begin] != '&' && v_[begin] != '!') return continued(value(begin, depth + 1), indent);
    ++line_;
    const Line* below = next_line();
    const bool items = below != nullptr && below->indent == indent && is_item(*below);  // may stand as far left as the key
    return block(items ? indent : indent + 1, depth + 1);
  }

  /// A scalar goes on in lines that are indented further than its key.
  Node continued(Node node, std::size_t indent) {
    for (const Line* line = next_line(); line != nullptr && line->indent > indent; line = next_line()) {
      node.text.append(" ");
      node.text.append(text_.substr(line->begin, line->end - line->begin));
      ++line_;
    }
    return node;
  }

  Node folded(std::size_t indent, bool joins) {
    Node out;
    for (++line_; line_ < lines_.size(); ++line_) {
      const Line& line = lines_[line_];
      if (line.begin < line.end && line.indent <= indent) break;
      if (!out.text.empty()) out.text.append(joins ? " " : "\n");
      out.text.append(text_.substr(line.begin, line.end - line.begin));
    }
    return out;
  }

  /// A flow or a scalar that begins at `at`; the place is then the line behind it.
  Node value(std::size_t at, int depth) {
    Node out;
    const std::size_t line_end = lines_[line_].end;
    at_ = at;
    if (v_[at] == '{' || v_[at] == '[') {
      out = flow(depth);
    } else if (v_[at] == '"' || v_[at] == '\'') {
      out.text = quoted();
    } else {
      std::size_t end = v_.substr(0, line_end).find(" #", at);
      if (end == std::string_view::npos) end = line_end;
      out.text = unquoted(text_.substr(at, end - at));
      at_ = line_end;
    }
    while (line_ < lines_.size() && lines_[line_].begin < at_) ++line_;
    return out;
  }

  void skip() {
    while (at_ < v_.size() && (is_blank(v_[at_]) || v_[at_] == '\n' || v_[at_] == ',')) ++at_;
  }

  Node flow(int depth) {
    Node out;
    const bool list = v_[at_] == '[';
    out.kind = list ? Node::Kind::list : Node::Kind::map;
    const char close = list ? ']' : '}';
    ++at_;
    for (skip(); at_ < v_.size() && v_[at_] != close && depth < kMostDepth && ++nodes_ < kMostNodes; skip()) {
      const std::size_t before = at_;
      Node first = flow_part(depth);
      skip_blanks();
      if (at_ < v_.size() && v_[at_] == ':') {
        ++at_;
        skip_blanks();
        std::string key(first.text.view());
        Node pair;
        if (list) {  // `[a: b]`: a map of one
          pair.kind = Node::Kind::map;
          pair.entries.emplace_back(std::move(key), flow_part(depth));
          out.entries.emplace_back(std::string(), std::move(pair));
        } else {
          out.entries.emplace_back(std::move(key), flow_part(depth));
        }
      } else {
        out.entries.emplace_back(std::string(), std::move(first));
      }
      if (at_ == before) ++at_;
    }
    if (at_ < v_.size()) ++at_;
    return out;
  }

  void skip_blanks() {
    while (at_ < v_.size() && (is_blank(v_[at_]) || v_[at_] == '\n')) ++at_;
  }

  Node flow_part(int depth) {
    Node out;
    if (at_ >= v_.size()) return out;
    if (v_[at_] == '{' || v_[at_] == '[') return flow(depth + 1);
    if (v_[at_] == '"' || v_[at_] == '\'') {
      out.text = quoted();
      return out;
    }
    const std::size_t begin = at_;
    while (at_ < v_.size() && std::string_view(",[]{}\n").find(v_[at_]) == std::string_view::npos) {
      if (v_[at_] == ':' && (at_ + 1 == v_.size() || is_blank(v_[at_ + 1]) || v_[at_ + 1] == '\n')) break;
      ++at_;
    }
    out.text = unquoted(text_.substr(begin, at_ - begin));
    return out;
  }

  /// A string in quotes; `''` and the escapes of double quotes are taken for what they stand for.
  Text quoted() {
    const char quote = v_[at_];
    Text out;
    std::size_t begin = ++at_;  // of what is taken as it stands
    for (; at_ < v_.size(); ++at_) {
      const char c = v_[at_];
      const bool next = at_ + 1 < v_.size();
      if (c == quote && !(quote == '\'' && next && v_[at_ + 1] == quote)) break;
      const bool escape = next && ((quote == '"' && c == '\\') || (quote == '\'' && c == '\''));
      if (!escape) continue;
      out.append(text_.substr(begin, at_ - begin));
      begin = ++at_;
      if (quote == '"' && (v_[at_] == 'n' || v_[at_] == 't')) {
        out.append(v_[at_] == 'n' ? "\n" : "\t");
        ++begin;
      }
    }
    out.append(text_.substr(begin, at_ - begin));
    if (at_ < v_.size()) ++at_;
    return out;
  }

  static Text unquoted(const Text& text) {
    const std::string_view v = text.view();
    const std::size_t begin = v.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    const std::size_t end = v.find_last_not_of(" \t\r") + 1;
    const bool quotes = end - begin > 1 && (v[begin] == '"' || v[begin] == '\'') && v[end - 1] == v[begin];
    return quotes ? text.substr(begin + 1, end - begin - 2) : text.substr(begin, end - begin);
  }

  /// The colon that ends the key of a line.
  [[nodiscard]] std::size_t colon_of(const Line& line) const {
    const char quote = v_[line.begin];
    std::size_t at = line.begin;
    if (quote == '"' || quote == '\'') at = v_.find(quote, at + 1);
    for (; at < line.end; ++at) {
      if (v_[at] == ':' && (at + 1 == line.end || is_blank(v_[at + 1]))) return at;
    }
    return std::string_view::npos;
  }

  const Text& text_;
  std::string_view v_;
  std::vector<Line> lines_;
  std::size_t line_ = 0;
  std::size_t at_ = 0;  ///< inside of a flow
  int nodes_ = 0;
};

}  // namespace

const Node* Node::get(std::string_view key) const {
  const auto found = std::ranges::find_if(entries, [&](const auto& entry) { return kind == Kind::map && entry.first == key; });
  return found == entries.end() ? nullptr : &found->second;
}

std::string_view Node::scalar(std::string_view key) const {
  const Node* const node = get(key);
  return node == nullptr ? std::string_view() : node->text.view();
}

std::vector<Text> Node::texts() const {
  if (kind == Kind::scalar) return text.empty() ? std::vector<Text>() : std::vector<Text>{text};
  std::vector<Text> out;
  for (const auto& [key, node] : entries) {
    if (node.kind == Kind::scalar) out.push_back(node.text);
  }
  return out;
}

std::vector<Node> documents(const Text& text) {
  if (text.size() > kMostBytes) return {};
  return Reader(text).documents();
}

}  // namespace belay::command::program::yaml
