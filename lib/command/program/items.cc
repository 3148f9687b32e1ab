#include "command/program/items.h"

#include <algorithm>

namespace belay::command::program {

using model::HoleTrait;

namespace {

constexpr std::size_t kLongestWord = 1U << 20U;

}  // namespace

bool uses(const Reading& reading, std::string_view spelling) {
  const auto number = reading.block().option(spelling);
  return number && std::any_of(reading.options.begin(), reading.options.end(),
                               [&](const ReadOption& o) { return o.number == *number && o.block + 1 == reading.blocks.size(); });
}

std::optional<Text> value_of(const Reading& reading, std::string_view spelling) {
  const auto number = reading.block().option(spelling);
  std::optional<Text> out;
  if (!number) return out;
  for (const ReadOption& o : reading.options) {
    if (o.number == *number && o.block + 1 == reading.blocks.size()) out = o.has_value ? o.value : Text();
  }
  return out;
}

Text replaced(const Text& in, std::string_view what, const Text& by) {
  Text out;
  std::size_t begin = 0;
  for (auto at = in.view().find(what); at != std::string_view::npos && !what.empty(); at = in.view().find(what, begin)) {
    out.append(in.substr(begin, at - begin));
    out.append(by);
    begin = at + what.size();
    if (out.size() > kLongestWord) return Text::hole(HoleTrait::any);
  }
  out.append(in.substr(begin));
  return out;
}

Text any_path() { return Text::hole(HoleTrait::slash | HoleTrait::blank); }

Text filled(const Text& in, const Text& item) {
  Text out = replaced(in, "{}", item);
  for (const std::string_view mark : {"{.}", "{/}", "{//}", "{/.}"}) out = replaced(out, mark, any_path());
  return out;
}

std::vector<Text> cut(const Text& text, char separator) {
  std::vector<Text> out;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = std::min(text.view().find(separator, begin), text.size());
    if (end > begin) out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::optional<Text> items_text(const Reading& reading, Effects& effects) {
  const auto file = value_of(reading, "-a");
  return file && !is_standard_input(file->view()) ? effects.written_text(*file) : effects.input().text;
}

void limit_runs(std::vector<Text>& items, Effects& effects) {
  if (items.size() <= kMaxRuns) return;
  const bool numbers = std::all_of(items.begin(), items.end(), [](const Text& t) { return t.literal() && t.view().find_first_not_of("0123456789") == std::string_view::npos; });
  if (!numbers) effects.opaque(model::OpaqueReason::limit, "`" + effects.name() + "` runs more commands than are looked at");
  items.assign(1, numbers ? Text::hole(HoleTrait::none) : any_path());
}

}  // namespace belay::command::program
