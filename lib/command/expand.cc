#include "command/expand.h"

#include <algorithm>

#include "command/pattern.h"
#include "shell/parser.h"

namespace belay::command {

namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

constexpr HoleTrait kUnquoted = HoleTrait::any;

bool names_user(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c != '/' && c != ':' && c != '=' && c != '~' && c != '$'; });
}

}  // namespace

void Expander::note(const Value& value) {
  taint_ = taint_ | value.taint;
  add_sources(sources_, value.sources);
}

void Expander::cross(Choices& all, const Choices& next) {
  if (next.size() == 1) {
    for (Pieces& pieces : all) pieces.insert(pieces.end(), next.front().begin(), next.front().end());
    return;
  }
  Choices product;
  if (all.size() * next.size() > limits_.alternatives) {
    const Pieces unknown{Piece{Text::hole(kUnquoted), false, true, false}};
    return cross(all, {unknown});
  }
  for (const Pieces& head : all) {
    for (const Pieces& tail : next) {
      product.push_back(head);
      product.back().insert(product.back().end(), tail.begin(), tail.end());
    }
  }
  all = std::move(product);
}

Choices Expander::choices_of(const Value& value, bool quoted) {
  note(value);
  Choices out;
  for (const Text& text : value.alternatives) out.push_back({Piece{text, quoted, !quoted, false}});
  return out;
}

Value Expander::tilde(std::string_view prefix) {
  if (prefix.empty()) {
    if (const auto home = lookup("HOME")) return *home;
    return Value::unknown(HoleTrait::slash);
  }
  if (prefix == "+") return lookup("PWD").value_or(Value::unknown());
  if (prefix == "-") return lookup("OLDPWD").value_or(Value::unknown());
  for (const auto& [name, home] : world_.users) {
    if (name == prefix) return Value(Text(home));
  }
  return Value::unknown(HoleTrait::slash);  // another user's home, or the text itself
}

/// Unquoted literal text: a tilde prefix at the start of a word is live.
Choices Expander::literal(const std::string& text, bool at_start, bool last) {
  if (at_start && !text.empty() && text.front() == '~') {
    const std::size_t slash = text.find('/');
    const std::string_view prefix = std::string_view(text).substr(1, slash == std::string::npos ? slash : slash - 1);
    const bool whole = slash != std::string::npos || last;
    if (whole && names_user(prefix)) {
      Choices out;
      const Value home = tilde(prefix);
      for (const Text& alternative : home.alternatives) {
        Pieces pieces{Piece{alternative, true, false, false}};
        if (slash != std::string::npos) pieces.push_back({text_in_tree(std::string_view(text).substr(slash)), false, false, false});
        out.push_back(std::move(pieces));
      }
      return out;
    }
  }
  // A hole that nothing quotes may be split.
  return {{Piece{text_in_tree(text), false, text.find(kHoleInCode) != std::string::npos, false}}};
}

Choices Expander::double_quoted(const shell::DoubleQuoted& quoted) {
  Choices all{{}};
  bool only_lists = !quoted.parts.empty();
  for (const shell::Part& inner : quoted.parts) {
    const auto* parameter = std::get_if<shell::Parameter>(&inner.node);
    only_lists = only_lists && parameter != nullptr && list_of(*parameter).has_value() && parameter->name != "*";
    cross(all, part(inner, true));
  }
  if (!only_lists) {
    // "" is a field even when it is empty.
    for (Pieces& pieces : all) pieces.push_back({Text(), true, false, false});
  }
  return all;
}

Choices Expander::part(const shell::Part& part, bool quoted) {
  return std::visit(
      Overloaded{
          [&](const shell::Literal& l) -> Choices { return {{Piece{text_in_tree(l.text), quoted, false, false}}}; },
          [&](const shell::Quoted& q) -> Choices { return {{Piece{text_in_tree(q.text), true, false, false}}}; },
          [&](const shell::DoubleQuoted& d) { return double_quoted(d); },
          [&](const shell::Parameter& p) { return parameter(p, quoted); },
          [&](const shell::CommandSubst& c) {
            Value output = c.body ? substitution_.command_output(*c.body) : Value();
            return choices_of(output, quoted);
          },
          [&](const shell::Arithmetic& a) { return choices_of(a.expression ? arithmetic(*a.expression) : Value(), quoted); },
          [&](const shell::ProcessSubst& p) { return choices_of(substitution_.process(p), true); },
          [&](const shell::ExtGlob& g) -> Choices {
            Choices out;
            for (const shell::Word& w : g.alternatives) static_cast<void>(word(w));  // what runs inside, runs
            out.push_back({Piece{Text::hole(HoleTrait::glob | HoleTrait::blank | HoleTrait::empty), quoted, false, false}});
            return out;
          },
      },
      part.node);
}

Choices Expander::word(const shell::Word& w) {
  Choices all{{}};
  for (std::size_t i = 0; i < w.parts.size(); ++i) {
    const auto* plain = std::get_if<shell::Literal>(&w.parts[i].node);
    if (plain != nullptr) cross(all, literal(plain->text, i == 0, i + 1 == w.parts.size()));
    else cross(all, part(w.parts[i], false));
  }
  return all;
}

std::string Expander::separators() {
  const Variable* ifs = state_.find("IFS");
  if (ifs == nullptr || ifs->value.literal() == nullptr) return " \t\n";
  return *ifs->value.literal();
}

std::vector<std::vector<Text>> Expander::split(const Choices& choices) {
  std::vector<std::vector<Text>> out;
  const std::string blanks = separators();
  for (const Pieces& pieces : choices) {
    std::vector<Text> fields;
    for (Text& field : split_pieces(pieces, blanks, !state_.no_glob)) {
      for (Text& name : match_names(field, state_.cwds.front(), world_)) fields.push_back(std::move(name));
    }
    if (std::find(out.begin(), out.end(), fields) == out.end()) out.push_back(std::move(fields));
  }
  return out;
}

Fields Expander::fields(const std::vector<shell::Word>& words) {
  Fields result;
  std::size_t total = 0;
  for (const shell::Word& w : words) {
    const std::vector<shell::Word> braced = shell::expand_braces(w, limits_.words);
    if (braced.empty()) overflow_ = true;
    for (const shell::Word& one : braced) {
      const auto next = split(word(one));
      total += next.front().size();
      if (total > limits_.words) overflow_ = true;
      if (overflow_) break;
      if (next.size() == 1) {
        for (auto& fields : result.alternatives) fields.insert(fields.end(), next.front().begin(), next.front().end());
      } else if (result.alternatives.size() * next.size() > limits_.alternatives) {
        for (auto& fields : result.alternatives) fields.push_back(Text::hole(kUnquoted));
      } else {
        std::vector<std::vector<Text>> product;
        for (const auto& head : result.alternatives) {
          for (const auto& tail : next) {
            product.push_back(head);
            product.back().insert(product.back().end(), tail.begin(), tail.end());
          }
        }
        result.alternatives = std::move(product);
      }
    }
  }
  result.taint = taint_;
  result.sources = sources_;
  return result;
}

Value Expander::text_of(const std::vector<shell::Part>& parts, bool quoted) {
  Value out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto* plain = std::get_if<shell::Literal>(&parts[i].node);
    const Choices choices = plain != nullptr && !quoted ? literal(plain->text, i == 0, i + 1 == parts.size()) : part(parts[i], quoted);
    Value next;
    next.alternatives.clear();
    for (const Pieces& pieces : choices) {
      Text joined;
      for (const Piece& piece : pieces) joined.append(piece.breaks ? Text(" ") : piece.text);
      next.alternatives.push_back(std::move(joined));
    }
    out.append(next);
  }
  out.taint = out.taint | taint_;
  add_sources(out.sources, sources_);
  return out;
}

Value Expander::text(const shell::Word& w) { return text_of(w.parts, false); }

Value Expander::pattern(const shell::Word& w) {
  Value out;
  for (const shell::Part& one : w.parts) {
    const auto* plain = std::get_if<shell::Literal>(&one.node);
    if (plain != nullptr) {
      out.append(Value(text_in_tree(plain->text)));
      continue;
    }
    Value next;
    next.alternatives.clear();
    for (const Pieces& pieces : part(one, false)) {
      Text joined;
      for (const Piece& piece : pieces) {
        if (piece.quoted && piece.text.literal()) joined.append(quote_pattern(piece.text.view()));
        else joined.append(piece.text);
      }
      next.alternatives.push_back(std::move(joined));
    }
    out.append(next);
  }
  return out;
}

}  // namespace belay::command
