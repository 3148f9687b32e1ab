#include "command/frame.h"

#include <algorithm>

namespace belay::command {

namespace {

/// All that it may be; empty where that is not known.
std::vector<Text> texts_of(const Output& one) { return one.known ? std::vector<Text>{one.text} : one.either; }

std::vector<Text> each_with_each(const std::vector<Text>& heads, const std::vector<Text>& tails) {
  std::vector<Text> out;
  if (heads.size() * tails.size() > kMaxAlternatives) return out;
  for (const Text& head : heads) {
    for (const Text& tail : tails) out.emplace_back(head).append(tail);
  }
  return out;
}

}  // namespace

void Output::add(const Output& next) {
  const bool first = known && text.empty() && file.empty() && sources.empty();
  file = first ? next.file : std::string();
  if (!either.empty() || !next.either.empty()) {
    std::vector<Text> both = each_with_each(texts_of(*this), texts_of(next));
    either = both.size() > 1 ? std::move(both) : std::vector<Text>();
  }
  if (!next.known && known && !next.part.empty()) part = text;
  if (!next.known) part.append(next.part);
  else if (!part.empty()) part.append(next.text);
  known = known && next.known;
  if (known) text.append(next.text);
  taint = taint | next.taint;
  add_sources(sources, next.sources);
}

void Output::or_else(const Output& next) {
  std::vector<Text> all = texts_of(*this);
  const std::vector<Text> more = texts_of(next);
  const bool told = !all.empty() && !more.empty();
  for (const Text& one : more) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  }
  if (!told || all.size() > kMaxAlternatives) all.clear();
  if (!told) {
    if (known) part = text;
    part.append(next.known ? next.text : next.part);
  }
  known = all.size() == 1;
  if (known) text = all.front();
  either = known ? std::vector<Text>() : std::move(all);
  file = file == next.file ? file : std::string();
  derived = derived && next.derived;
  taint = taint | next.taint;
  add_sources(sources, next.sources);
}

Output Output::unknown() {
  Output out;
  out.known = false;
  return out;
}

Output Output::of(const Input& input) {
  Output out;
  out.known = input.text.has_value();
  if (input.text) out.text = *input.text;
  out.taint = input.taint();
  out.sources = input.sources;
  return out;
}

/// Something may stand before, between and behind the lines that are known.
Text Output::around_part() const {
  Text out = part;
  out.append_hole(model::HoleTrait::any);
  return out;
}

/// Who reads it line by line meets no more than this, in whichever order.
Text Output::all_of_either() const {
  Text out;
  for (const Text& one : either) out.append(one);
  return out;
}

Input Output::as_input() const {
  Input input;
  input.kind = taint.network ? model::StdinKind::network : model::StdinKind::pipe;
  if (known) input.text = text;
  else if (!either.empty()) input.text = all_of_either();
  else if (!part.empty()) input.text = around_part();
  else input.file = file;
  input.sources = sources;
  input.decoded = taint.decoded;
  return input;
}

namespace {

Text without_newlines(const Text& text) {
  std::size_t end = text.size();
  while (end > 0 && text.view()[end - 1] == '\n') --end;
  return text.substr(0, end);
}

}  // namespace

Value Output::as_value() const {
  Value value;
  if (known) {
    value = Value(without_newlines(text));
  } else if (!either.empty()) {
    value.alternatives.clear();
    for (const Text& one : either) value.alternatives.push_back(without_newlines(one));
  } else if (!part.empty()) {
    value = Value(around_part());
  } else {
    value = Value::unknown();
  }
  value.taint = taint;
  value.sources = sources;
  return value;
}

Value Frame::value_of(const Text& word) const {
  Value value(word);
  value.taint = setting.taint;
  value.sources = word_sources;
  return value;
}

Frame Frame::subshell() const {
  Frame out = *this;
  out.loops.clear();
  out.function = nullptr;
  out.shell = nullptr;
  out.state.traps.clear();
  return out;
}

}  // namespace belay::command
