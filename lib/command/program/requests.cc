#include "command/program/requests.h"

#include <algorithm>

#include "base/text.h"

namespace belay::command::program {

namespace {

using model::HoleTrait;

constexpr std::size_t kMostUrls = 16;

bool is(const Reading& reading, const ReadOption& o, std::string_view canonical) {
  return o.number != kUnknownOption && reading.info(o).canonical == canonical;
}

bool uses(const Reading& reading, std::string_view canonical) {
  return std::any_of(reading.options.begin(), reading.options.end(),
                     [&](const ReadOption& o) { return is(reading, o, canonical); });
}

std::optional<Text> file_text(const Text& file, Effects& effects) {
  if (file.view() == "-" || file.view() == "/dev/stdin") return effects.input().text;
  return effects.written_text(file);
}

/// The value of a line of a configuration file: a word, or text in double quotes with backslashes.
Text config_value(const Text& line) {
  const std::string_view v = line.view();
  const std::size_t begin = v.find_first_not_of(" \t=:");
  if (begin == std::string_view::npos) return {};
  if (v[begin] != '"') return line.substr(begin, v.find_first_of(" \t\r", begin) - begin);
  Text out;
  for (std::size_t i = begin + 1; i < v.size() && v[i] != '"'; ++i) {
    if (v[i] == '\\' && i + 1 < v.size()) ++i;
    out.append(line.substr(i, 1));
  }
  return out;
}

/// curl(1), -K: `option = value` a line, dashes of long options may be missing.
void add_config(const Text& text, std::vector<Text>& arguments) {
  const std::string_view v = text.view();
  for (std::size_t begin = 0; begin < v.size();) {
    const std::size_t end = std::min(v.find('\n', begin), v.size());
    const std::size_t name = std::min(v.find_first_not_of(" \t\r", begin), end);
    const std::size_t name_end = std::min(v.find_first_of(" \t\r=:", name), end);
    if (name < end && v[name] != '#') {
      Text option(v[name] == '-' ? "" : "--");
      option.append(text.substr(name, name_end - name));
      arguments.push_back(std::move(option));
      Text value = config_value(text.substr(name_end, end - name_end));
      if (!value.empty()) arguments.push_back(std::move(value));
    }
    begin = end + 1;
  }
}

}  // namespace

Requests::Requests(const Reading& reading, Effects& effects) : whole_(reading) {
  if (!uses(reading, "--next") && !(reading.block().option("--next") && uses(reading, "--config"))) {
    parts_.push_back({&reading, false});
    return;
  }
  std::size_t begin = 0;
  const auto part = [&](std::size_t end) {
    const auto some = reading.arguments.subspan(begin, end - begin);
    add({some.begin(), some.end()}, effects);
    begin = end + 1;
  };
  for (const ReadOption& o : reading.options) {
    if (is(reading, o, "--next") && o.argument >= begin && o.argument < reading.arguments.size()) part(o.argument);
  }
  part(reading.arguments.size());
}

void Requests::add(std::vector<Text> arguments, Effects& effects) {
  const KnowledgeView knowledge = effects.knowledge();
  bool unknown = false;
  std::vector<Text> added;
  const Reading first = read_arguments(knowledge, whole_.blocks.front(), arguments);
  for (const ReadOption& o : first.options) {
    if (!is(first, o, "--config") || !o.has_value) continue;
    if (const auto text = file_text(o.value, effects)) add_config(*text, added);
    else unknown = true;
  }
  arguments.insert(arguments.end(), added.begin(), added.end());
  arguments_.push_back(std::move(arguments));
  readings_.push_back(read_arguments(knowledge, whole_.blocks.front(), arguments_.back()));
  parts_.push_back({&readings_.back(), unknown});
}

namespace {

/// `[1-9]`, `[a-z:2]`; `[::1]` is an address.
bool is_range(std::string_view inside) {
  return inside.find('-') != std::string_view::npos && inside.find("::") == std::string_view::npos;
}

std::vector<Text> alternatives(const Text& inside) {
  std::vector<Text> out;
  const std::string_view v = inside.view();
  for (std::size_t begin = 0; begin <= v.size();) {
    const std::size_t end = std::min(v.find(',', begin), v.size());
    out.push_back(inside.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

}  // namespace

std::vector<Text> globbed_urls(const Text& url) {
  std::vector<Text> out{Text()};
  const std::string_view v = url.view();
  for (std::size_t at = 0; at < v.size();) {
    const std::size_t open = std::min(v.find_first_of("{[", at), v.size());
    const std::size_t close = open < v.size() ? v.find(v[open] == '{' ? '}' : ']', open) : std::string_view::npos;
    const bool range = close != std::string_view::npos && v[open] == '[';
    const Text inside = close == std::string_view::npos ? Text() : url.substr(open + 1, close - open - 1);
    const bool globs = close != std::string_view::npos && (!range || is_range(inside.view()));
    for (Text& one : out)
      one.append(url.substr(at, (globs ? open : close == std::string_view::npos ? v.size() : close + 1) - at));
    if (!globs) {
      at = close == std::string_view::npos ? v.size() : close + 1;
      continue;
    }
    std::vector<Text> choices = range ? std::vector<Text>{Text::hole(HoleTrait::none)} : alternatives(inside);
    if (out.size() * choices.size() > kMostUrls) choices = {Text::hole(HoleTrait::slash)};
    std::vector<Text> grown;
    for (const Text& one : out) {
      for (const Text& choice : choices) {
        grown.push_back(one);
        grown.back().append(choice);
      }
    }
    out = std::move(grown);
    at = close + 1;
  }
  return out;
}

}  // namespace belay::command::program
