#include "json/pretty.h"

#include "json/writer.h"

namespace belay::json {

namespace {

/// A reader admits kDeepest levels, which bounds the recursion here.
class Printer {
 public:
  explicit Printer(std::string_view indent) : indent_(indent) {}

  void print(const Tree& tree) {
    switch (tree.kind()) {
      case Kind::object: return object(tree);
      case Kind::array: return array(tree);
      case Kind::string: return append_string(out_, tree.text());
      case Kind::missing:
      case Kind::null:
      case Kind::boolean:
      case Kind::number: break;
    }
    out_ += tree.text();
  }

  [[nodiscard]] std::string take() { return std::move(out_) + '\n'; }

 private:
  void object(const Tree& tree) {
    open('{');
    for (const auto& [key, value] : tree.members()) {
      next(&value == &tree.members().front().second);
      append_string(out_, key);
      out_ += ": ";
      print(value);
    }
    close('}', tree.members().empty());
  }

  void array(const Tree& tree) {
    open('[');
    for (const auto& item : tree.items()) {
      next(&item == &tree.items().front());
      print(item);
    }
    close(']', tree.items().empty());
  }

  void open(char bracket) {
    out_ += bracket;
    ++depth_;
  }

  void close(char bracket, bool empty) {
    --depth_;
    if (!empty) line();
    out_ += bracket;
  }

  void next(bool first) {
    if (!first) out_ += ',';
    line();
  }

  void line() {
    out_ += '\n';
    for (std::size_t i = 0; i < depth_; ++i) out_ += indent_;
  }

  std::string_view indent_;
  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string pretty(const Tree& tree, std::string_view indent) {
  Printer printer(indent);
  printer.print(tree);
  return printer.take();
}

std::string_view indent_of(std::string_view text) {
  constexpr std::string_view kUsual = "  ";
  constexpr std::size_t kWidest = 8;
  const std::size_t brace = text.find('{');
  if (brace == std::string_view::npos) return kUsual;
  const std::size_t line = text.find_first_not_of("\r\n", brace + 1);
  if (line == std::string_view::npos || line == brace + 1) return kUsual;
  const std::size_t end = text.find_first_not_of(" \t", line);
  if (end == std::string_view::npos || end == line || end - line > kWidest || text[end] != '"') return kUsual;
  return text.substr(line, end - line);
}

}  // namespace belay::json
