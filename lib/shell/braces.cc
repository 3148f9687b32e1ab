#include <optional>
#include <utility>

#include "shell/brace_sequence.h"
#include "shell/cursor.h"
#include "shell/parser.h"

namespace belay::shell {
namespace {

/// What braces are seen in: one byte of a Literal, or a part that no brace looks into.
struct Atom {
  char c = 0;
  const Part* whole = nullptr;
  std::uint32_t at = 0;
};
using Atoms = std::vector<Atom>;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::uint32_t kMaxNesting = 64;

Atoms atoms_of(const Word& word) {
  Atoms atoms;
  for (const Part& part : word.parts) {
    const auto* literal = std::get_if<Literal>(&part.node);
    if (literal == nullptr) {
      atoms.push_back({0, &part, part.span.begin});
      continue;
    }
    std::uint32_t at = part.span.begin;
    for (const char c : literal->text) atoms.push_back({c, nullptr, at < part.span.end ? at++ : at});
  }
  return atoms;
}

class BraceExpander {
 public:
  BraceExpander(Atoms atoms, std::size_t limit) : atoms_(std::move(atoms)), limit_(limit), budget_(limit * 64) {
    match_.assign(atoms_.size(), kNone);
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      if (atoms_[i].c == '{') open.push_back(i);
      if (atoms_[i].c != '}' || open.empty()) continue;
      match_[open.back()] = i;
      open.pop_back();
    }
  }

  /// Nothing when a limit was reached.
  std::optional<std::vector<Atoms>> run() {
    std::vector<Atoms> all = expand(0, atoms_.size(), 0);
    if (overflow_) return std::nullopt;
    return all;
  }

 private:
  std::vector<Atoms> overflow() {
    overflow_ = true;
    return {};
  }

  std::vector<Atoms> expand(std::size_t begin, std::size_t end, std::uint32_t depth) {
    if (depth > kMaxNesting) return overflow();
    std::vector<Atoms> all(1);
    for (std::size_t i = begin; i < end && !overflow_; ++i) {
      const bool pair = atoms_[i].c == '{' && match_[i] < end;
      std::vector<Atoms> choices;
      if (pair) choices = inside(i, depth);
      if (choices.empty()) {
        for (Atoms& one : all) one.push_back(atoms_[i]);
      } else {
        cross(all, choices);
        i = match_[i];
      }
    }
    return all;
  }

  void cross(std::vector<Atoms>& all, const std::vector<Atoms>& choices) {
    if (all.size() * choices.size() > limit_ || !budget_.spend(all.size() * choices.size())) return (void)overflow();
    std::vector<Atoms> next;
    next.reserve(all.size() * choices.size());
    for (const Atoms& one : all) {
      for (const Atoms& choice : choices) {
        next.push_back(one);
        next.back().insert(next.back().end(), choice.begin(), choice.end());
      }
    }
    all = std::move(next);
  }

  /// What the pair at `open` stands for; empty when it is text.
  std::vector<Atoms> inside(std::size_t open, std::uint32_t depth) {
    const std::size_t close = match_[open];
    std::vector<std::size_t> commas;
    for (std::size_t i = open + 1; i < close; ++i) {
      if (atoms_[i].c == '{' && match_[i] < close) i = match_[i];
      else if (atoms_[i].c == ',') commas.push_back(i);
    }
    if (commas.empty()) return sequence(open, close);
    commas.push_back(close);
    std::vector<Atoms> all;
    std::size_t from = open + 1;
    for (const std::size_t comma : commas) {
      for (Atoms& one : expand(from, comma, depth + 1)) all.push_back(std::move(one));
      if (all.size() > limit_) return overflow();
      from = comma + 1;
    }
    return all;
  }

  std::vector<Atoms> sequence(std::size_t open, std::size_t close) {
    constexpr std::size_t kLongest = 64;
    if (close - open > kLongest) return {};
    std::string text;
    for (std::size_t i = open + 1; i < close; ++i) {
      if (atoms_[i].whole != nullptr) return {};
      text += atoms_[i].c;
    }
    const std::optional<std::vector<std::string>> members = brace_sequence(text, limit_);
    if (!members) return {};
    if (members->empty()) return overflow();
    std::vector<Atoms> all;
    for (const std::string& member : *members) {
      Atoms& one = all.emplace_back();
      for (const char c : member) one.push_back({c, nullptr, atoms_[open].at});
    }
    return all;
  }

  Atoms atoms_;
  std::vector<std::size_t> match_;
  std::size_t limit_;
  base::Budget budget_;
  bool overflow_ = false;
};

Word word_of(const Atoms& atoms, Span span) {
  Word word{{}, span};
  bool open = false;
  for (const Atom& atom : atoms) {
    if (atom.whole != nullptr) {
      word.parts.push_back(copy(*atom.whole));
      open = false;
    } else {
      if (!open) word.parts.push_back({{atom.at, atom.at}, Literal{}});
      open = true;
      Part& part = word.parts.back();
      std::get<Literal>(part.node).text += atom.c;
      if (atom.at >= part.span.end) part.span.end = atom.at + 1;
    }
  }
  return word;
}

}  // namespace

bool has_open_brace(const Word& word) {
  for (const Part& part : word.parts) {
    const auto* literal = std::get_if<Literal>(&part.node);
    if (literal != nullptr && literal->text.find('{') != std::string::npos) return true;
  }
  return false;
}

std::vector<Word> expand_braces(const Word& word, std::size_t limit) {
  std::vector<Word> words;
  if (!has_open_brace(word)) {
    words.push_back(copy(word));
    return words;
  }
  const std::optional<std::vector<Atoms>> all = BraceExpander(atoms_of(word), limit).run();
  if (!all || all->size() > limit) return words;
  words.reserve(all->size());
  for (const Atoms& atoms : *all) words.push_back(word_of(atoms, word.span));
  return words;
}

}  // namespace belay::shell
