#include "command/program/yaml.h"

#include <yaml.h>

#include <algorithm>
#include <iterator>
#include <memory>

namespace belay::command::program::yaml {

namespace {

using model::OpaqueReason;
using model::Text;

constexpr std::size_t kMostBytes = 1U << 20U;
constexpr int kMostNodes = 20'000;  ///< aliases resolved: an alias may name what is full of aliases
constexpr std::size_t kBytesOfNode = 1024;
constexpr int kMostDepth = 64;

/// A hole has no place in YAML. Hole number n is written as the private code point U+E000+n (three bytes in UTF-8) and read back.
constexpr unsigned kFirst = 0xE000;
constexpr unsigned kMostHoles = 0xF900 - kFirst;

std::string without_holes(const Text& text) {
  std::string out;
  unsigned hole = 0;
  for (const char c : text.view()) {
    if (c != model::kHole) {
      out.push_back(c);
      continue;
    }
    const unsigned code = kFirst + std::min(hole++, kMostHoles - 1);
    out.push_back(static_cast<char>(0xE0U | (code >> 12U)));
    out.push_back(static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | (code & 0x3FU)));
  }
  return out;
}

Text with_holes(std::string_view bytes, const Text& text) {
  Text out;
  std::size_t begin = 0;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[at])); };
  for (std::size_t at = 0; at + 2 < bytes.size(); ++at) {
    if (byte(at) != 0xEE && byte(at) != 0xEF) continue;
    const unsigned code = ((byte(at) & 0xFU) << 12U) | ((byte(at + 1) & 0x3FU) << 6U) | (byte(at + 2) & 0x3FU);
    if (code < kFirst || code - kFirst >= text.hole_count()) continue;
    out.append(bytes.substr(begin, at - begin));
    out.append_hole(text.trait(code - kFirst));
    at += 2;
    begin = at + 1;
  }
  out.append(bytes.substr(begin));
  return out;
}

/// Brackets that are open at once, quotes or not: libyaml looks at each of them for every token.
bool nests_too_deep(std::string_view text) {
  constexpr int kMostOpen = 200;
  int open = 0;
  return std::ranges::any_of(text, [&](char c) {
    open = c == '[' || c == '{' ? open + 1 : (c == ']' || c == '}') && open > 0 ? open - 1 : open;
    return open > kMostOpen;
  });
}

struct Deleter {
  void operator()(yaml_parser_t* parser) const {
    yaml_parser_delete(parser);
    delete parser;
  }
  void operator()(yaml_document_t* document) const {
    yaml_document_delete(document);
    delete document;
  }
};
using Parser = std::unique_ptr<yaml_parser_t, Deleter>;
using Document = std::unique_ptr<yaml_document_t, Deleter>;

class Reader {
 public:
  explicit Reader(const Text& text) : text_(text), bytes_(without_holes(text)) {}

  Documents run() {
    Documents out;
    const Parser parser(new yaml_parser_t());
    if (yaml_parser_initialize(parser.get()) == 0) return {{}, OpaqueReason::limit};
    yaml_parser_set_input_string(parser.get(), reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size());
    for (;;) {
      const Document document(new yaml_document_t());
      if (yaml_parser_load(parser.get(), document.get()) == 0) return {std::move(out.all), OpaqueReason::unparsable};
      yaml_node_t* const root = yaml_document_get_root_node(document.get());
      if (root == nullptr) return out;
      document_ = document.get();
      out.all.push_back(read(*root, 0));
      if (nodes_ > kMostNodes) return {std::move(out.all), OpaqueReason::limit};
    }
  }

 private:
  Node read(const yaml_node_t& from, int depth) {
    Node out;
    if (++nodes_ > kMostNodes) return out;
    if (depth > kMostDepth) return nodes_ = kMostNodes + 1, out;
    if (from.type == YAML_SCALAR_NODE) {
      out.text = scalar(from);
      nodes_ += static_cast<int>(out.text.size() / kBytesOfNode);  // aliases may name one long text very often
    }
    if (from.type == YAML_SEQUENCE_NODE) list(from, depth, out);
    if (from.type == YAML_MAPPING_NODE) map(from, depth, out);
    return out;
  }

  [[nodiscard]] Text scalar(const yaml_node_t& node) const {
    return with_holes({reinterpret_cast<const char*>(node.data.scalar.value), node.data.scalar.length}, text_);
  }

  void list(const yaml_node_t& from, int depth, Node& out) {
    out.kind = Node::Kind::list;
    for (const yaml_node_item_t* item = from.data.sequence.items.start; item < from.data.sequence.items.top; ++item) {
      if (const yaml_node_t* const node = yaml_document_get_node(document_, *item))
        out.entries.push_back({{}, read(*node, depth + 1)});
    }
  }

  /// What `<<` brings in comes behind a map's own entries, which are found first.
  void map(const yaml_node_t& from, int depth, Node& out) {
    out.kind = Node::Kind::map;
    std::vector<Entry> merged;
    for (const yaml_node_pair_t* pair = from.data.mapping.pairs.start; pair < from.data.mapping.pairs.top; ++pair) {
      const yaml_node_t* const key = yaml_document_get_node(document_, pair->key);
      const yaml_node_t* const value = yaml_document_get_node(document_, pair->value);
      if (key == nullptr || value == nullptr) continue;
      std::string name = key->type == YAML_SCALAR_NODE ? scalar(*key).bytes() : std::string();
      Node node = read(*value, depth + 1);
      if (name == "<<") merge(std::move(node), merged);
      else out.entries.push_back({std::move(name), std::move(node)});
    }
    std::move(merged.begin(), merged.end(), std::back_inserter(out.entries));
  }

  static void merge(Node node, std::vector<Entry>& into) {
    if (node.kind == Node::Kind::map) std::move(node.entries.begin(), node.entries.end(), std::back_inserter(into));
    if (node.kind != Node::Kind::list) return;
    for (auto& [key, one] : node.entries) merge(std::move(one), into);
  }

  const Text& text_;
  const std::string bytes_;
  yaml_document_t* document_ = nullptr;
  int nodes_ = 0;
};

}  // namespace

const Node* Node::get(std::string_view key) const {
  const auto found = std::ranges::find_if(entries, [&](const auto& entry) { return kind == Kind::map && entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
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

Documents documents(const Text& text) {
  if (text.size() > kMostBytes || nests_too_deep(text.view())) return {{}, OpaqueReason::limit};
  return Reader(text).run();
}

}  // namespace belay::command::program::yaml
