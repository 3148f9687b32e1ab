#include "command/expand.h"

#include <algorithm>

#include "base/text.h"
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
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c != '/' && c != ':' && c != '=' && c != '~' && c != '$'; });
}

}  // namespace

void Expander::note(const Value& value) {
  taint_ = taint_ | value.taint;
  add_sources(sources_, value.sources);
}

void Expander::cross(Choices& all, Choices next) {
  if (all.size() == 1 && all.front().empty()) {
    all = std::move(next);
    return;
  }
  if (next.size() == 1) {
    for (Pieces& pieces : all) pieces.insert(pieces.end(), next.front().begin(), next.front().end());
    return;
  }
  Choices product;
  if (all.size() * next.size() > limits_.alternatives) {
    return cross(all, only({Text::hole(kUnquoted), false, true, false}));
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
  for (const Text& text : value.alternatives) out.emplace_back().push_back({text, quoted, !quoted, false});
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
  if (std::string home = world_.home_of ? world_.home_of(prefix) : std::string(); !home.empty())
    return Value(Text(std::move(home)));
  return Value::unknown(HoleTrait::slash);  // another user's home, or the text itself
}

/// Text that may begin with a tilde prefix, which ends at a slash, or where the next one may begin.
Choices Expander::after_tilde(std::string_view text, Tilde where, bool last) {
  const bool colon = where == Tilde::value || state_.shell != ShellKind::zsh;  // bash: also at the begin of any word
  const std::size_t end = std::min(text.find_first_of(colon ? "/:" : "/"), text.size());
  const bool whole = end < text.size() || last;
  if (!whole || !text.starts_with('~') || !names_user(text.substr(1, end - 1)))
    return only({text_in_tree(text), false, false, false});
  Choices out;
  const Value home = tilde(text.substr(1, end - 1));
  for (const Text& alternative : home.alternatives) {
    Pieces pieces{Piece{alternative, true, false, false}};
    if (end < text.size()) pieces.push_back({text_in_tree(text.substr(end)), false, false, false});
    out.push_back(std::move(pieces));
  }
  return out;
}

/// Unquoted literal text.
Choices Expander::literal(const std::string& text, Tilde where, bool last) {
  // A hole that nothing quotes may be split.
  if (has_hole_in_code(text)) return only({text_in_tree(text), false, true, false});
  if (state_.shell == ShellKind::zsh && where == Tilde::start && text.size() > 1 && text[0] == '=' && base::is_alpha(text[1])) {
    Text path("/");  // `=NAME` is where NAME is found, zshexpn(1)
    path.append_hole(HoleTrait::slash);
    path.append("/bin/" + text.substr(1));
    return only({std::move(path), true, false, false});
  }
  if (where == Tilde::none || text.find('~') == std::string::npos) return only({Text(text), false, false, false});
  if (where == Tilde::start) return after_tilde(text, where, last);
  Choices all{{}};
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t colon = std::min(text.find(':', begin), text.size());
    const std::string_view segment = std::string_view(text).substr(begin, colon - begin);
    if (begin == 0 && where == Tilde::colon) cross(all, only({Text(segment), false, false, false}));
    else cross(all, after_tilde(segment, Tilde::value, last || colon < text.size()));
    if (colon < text.size()) cross(all, only({Text(":"), false, false, false}));
    begin = colon + 1;
  }
  return all;
}

Choices Expander::double_quoted(const shell::DoubleQuoted& quoted) {
  Choices all{{}};
  bool only_lists = !quoted.parts.empty();
  for (std::size_t i = 0; i < quoted.parts.size(); ++i) {
    const auto* parameter = std::get_if<shell::Parameter>(&quoted.parts[i].node);
    only_lists = only_lists && parameter != nullptr && names_list(*parameter);
    cross(all, part_of(quoted.parts, i, true));
  }
  if (!only_lists) {
    // "" is a field even when it is empty.
    for (Pieces& pieces : all) pieces.push_back({Text(), true, false, false});
  }
  return all;
}

/// zsh leaves the value of a parameter in one piece.
Choices Expander::unsplit(Choices choices) {
  for (Pieces& pieces : choices) {
    for (Piece& piece : pieces) piece.splits = false;
  }
  return choices;
}

Choices Expander::part(const shell::Part& part, bool quoted) {
  return std::visit(
      Overloaded{
          [&](const shell::Literal& l) -> Choices {
            return only({text_in_tree(l.text), quoted, false, false});
          },
          [&](const shell::Quoted& q) -> Choices {
            return only({text_in_tree(q.text), true, false, false});
          },
          [&](const shell::DoubleQuoted& d) { return double_quoted(d); },
          [&](const shell::Parameter& p) { return state_.shell == ShellKind::zsh && !state_.splits_values && !p.splits ? unsplit(parameter(p, quoted)) : parameter(p, quoted && !p.splits); },
          [&](const shell::CommandSubst& c) {
            Value output = c.body ? substitution_.command_output(*c.body) : Value();
            return choices_of(output, quoted);
          },
          [&](const shell::Arithmetic& a) { return choices_of(a.expression ? arithmetic(*a.expression) : Value(), quoted); },
          [&](const shell::ProcessSubst& p) { return choices_of(substitution_.process(p), true); },
          [&](const shell::ExtGlob& g) -> Choices {
            Choices out;
            for (const shell::Word& w : g.alternatives) static_cast<void>(word(w));  // what runs inside, runs
            if (g.alternatives.size() == 1) qualifier(pattern(g.alternatives.front()));
            HoleTrait names = HoleTrait::glob | HoleTrait::blank | HoleTrait::empty;
            if (state_.shell == ShellKind::zsh) names = names | HoleTrait::words;  // `(N)`: or nothing
            out.push_back({Piece{Text::hole(names), quoted, false, false}});
            return out;
          },
      },
      part.node);
}

/// … or nothing, when that is likely.
Choices Expander::part_of(const std::vector<shell::Part>& parts, std::size_t i, bool quoted) {
  Choices out = part(parts[i], quoted);
  if (may_vanish(parts, i)) out.push_back({Piece{Text(), true, false, false}});
  return out;
}

namespace {

/// Length of `NAME=` at the front, behind which a tilde is live as in an assignment; 0 when there is none.
std::size_t assignment_head(std::string_view text) {
  if (text.empty() || !base::is_name_start(text.front())) return 0;
  std::size_t end = 0;
  while (end < text.size() && base::is_name_char(text[end])) ++end;
  return end < text.size() && text[end] == '=' ? end + 1 : 0;
}

}  // namespace

Choices Expander::word(const shell::Word& w) {
  Choices all{{}};
  for (std::size_t i = 0; i < w.parts.size(); ++i) {
    const auto* plain = std::get_if<shell::Literal>(&w.parts[i].node);
    // zsh: a tilde prefix ends where what picks among its files begins.
    const bool last = i + 1 == w.parts.size() || (state_.shell == ShellKind::zsh && std::holds_alternative<shell::ExtGlob>(w.parts[i + 1].node));
    const std::size_t head = plain != nullptr && i == 0 ? assignment_head(plain->text) : 0;
    if (head != 0) {
      cross(all, literal(plain->text.substr(0, head), Tilde::none, false));
      if (head < plain->text.size()) cross(all, literal(plain->text.substr(head), Tilde::value, last));
    } else if (plain != nullptr) {
      cross(all, literal(plain->text, i == 0 ? Tilde::start : Tilde::none, last));
    } else {
      cross(all, part_of(w.parts, i, false));
    }
  }
  return all;
}

std::string Expander::separators() {
  const Variable* ifs = state_.find("IFS");
  if (ifs == nullptr || ifs->unset || ifs->value.literal() == nullptr) return " \t\n";
  return *ifs->value.literal();
}

std::vector<std::vector<Text>> Expander::split(const Choices& choices) {
  std::vector<std::vector<Text>> out;
  const std::string blanks = separators();
  for (const Pieces& pieces : choices) {
    std::vector<Text> fields;
    std::vector<Text> open;  // the same when an option says what matches
    bool strange = false;
    for (Field& field : split_pieces(pieces, blanks, !state_.no_glob)) {
      open.push_back(field.live ? Text::hole(kUnquoted) : field.text);
      if (!field.live) {
        fields.push_back(std::move(field.text));
        continue;
      }
      strange = strange || state_.strange_glob;
      for (Text& name : match_names(field, state_.cwds.front(), world_)) fields.push_back(std::move(name));
      if (state_.strange_glob && std::find(fields.begin(), fields.end(), field.text) == fields.end()) fields.push_back(std::move(field.text));
    }
    // Which names there are is not known then, nor whether there is any; of what form they are is.
    if (strange) out.push_back(std::move(open));
    if (std::find(out.begin(), out.end(), fields) == out.end()) out.push_back(std::move(fields));
  }
  return out;
}

namespace {

/// Braces are expanded before names are read: `$v{a,b}` is `$va $vb`.
void lengthen_names(shell::Word& word) {
  for (std::size_t i = 0; i + 1 < word.parts.size(); ++i) {
    auto* parameter = std::get_if<shell::Parameter>(&word.parts[i].node);
    auto* tail = std::get_if<shell::Literal>(&word.parts[i + 1].node);
    if (parameter == nullptr || tail == nullptr || parameter->braced || !base::is_name_start(parameter->name.front())) continue;
    std::size_t length = 0;
    while (length < tail->text.size() && base::is_name_char(tail->text[length])) ++length;
    parameter->name += tail->text.substr(0, length);
    tail->text.erase(0, length);
  }
}

}  // namespace

void Expander::add_fields(Fields& result, const shell::Word& word) {
  auto next = split(this->word(word));
  words_ += next.front().size();
  if (words_ > limits_.words) overflow_ = true;
  if (overflow_) return;
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

void Expander::add_braced(Fields& result, const shell::Word& word) {
  std::vector<shell::Word> braced = shell::expand_braces(word, limits_.words);
  if (braced.empty()) overflow_ = true;
  for (shell::Word& one : braced) {
    if (braced.size() > 1) lengthen_names(one);
    add_fields(result, one);
    if (overflow_) return;
  }
}

Fields Expander::fields(const std::vector<shell::Word>& words) {
  Fields result;
  words_ = 0;
  for (std::size_t i = 0; i < words.size() && !overflow_; ++i) {
    const std::vector<std::vector<Text>> without = result.alternatives.size() == 1 && word_may_vanish(words, i) ? result.alternatives : std::vector<std::vector<Text>>();
    if (state_.shell != ShellKind::dash && shell::has_open_brace(words[i])) add_braced(result, words[i]);
    else add_fields(result, words[i]);
    result.alternatives.insert(result.alternatives.end(), without.begin(), without.end());
  }
  result.taint = taint_;
  result.sources = sources_;
  return result;
}

Value Expander::declared(const shell::Word& word) { return joined(this->word(word)); }

/// Where words become one text, bash puts a blank between the items of a list, or now and then the first separator.
Value Expander::joined(const Choices& choices) {
  std::vector<std::string> between{" "};
  if (const std::string first = separators().substr(0, 1); first != " ") between.push_back(first);
  Value out;
  out.alternatives.clear();
  for (const Pieces& pieces : choices) {
    const bool breaks = std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.breaks; });
    for (std::size_t i = 0; i < (breaks ? between.size() : 1); ++i) {
      Text text;
      for (const Piece& piece : pieces) text.append(piece.breaks ? Text(between[i]) : piece.text);
      out.alternatives.push_back(std::move(text));
    }
  }
  out.taint = taint_;
  out.sources = sources_;
  return out;
}

Value Expander::text_of(const std::vector<shell::Part>& parts, bool quoted, Tilde where) {
  Value out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto* plain = std::get_if<shell::Literal>(&parts[i].node);
    const Tilde here = i == 0 ? where : where == Tilde::value ? Tilde::colon : Tilde::none;
    const Choices choices =
        plain != nullptr && !quoted ? literal(plain->text, here, i + 1 == parts.size()) : part(parts[i], quoted);
    const Value next = joined(choices);
    out.append(next);
  }
  out.taint = out.taint | taint_;
  add_sources(out.sources, sources_);
  return out;
}

Value Expander::text(const shell::Word& w) { return text_of(w.parts, false); }

/// zshexpn(1), "Glob Qualifiers": `*(e:'cmd':)` and `*(+cmd)` run a command for every name that matches.
void Expander::qualifier(const Value& text) {
  const std::string* s = text.literal();
  if (s == nullptr) return;
  constexpr std::string_view kOthers = "./@=p*%rwxAIERWXstfNDMTnUGdhLoOYP0123456789^-[],";
  const std::size_t at = s->find_first_not_of(kOthers);
  if (at == std::string::npos) return;
  if ((*s)[at] == '+') return substitution_.run_prompt(Text("$(" + s->substr(at + 1) + ")"));
  if ((*s)[at] != 'e' || at + 2 >= s->size() || base::is_name_char((*s)[at + 1])) return;
  constexpr std::string_view kOpen = "{([<";
  constexpr std::string_view kClose = "})]>";
  const std::size_t pair = kOpen.find((*s)[at + 1]);
  const char close = pair == std::string_view::npos ? (*s)[at + 1] : kClose[pair];
  const std::size_t end = s->rfind(close);
  if (end > at + 1) substitution_.run_prompt(Text("$(" + s->substr(at + 2, end - at - 2) + ")"));
}

/// `+(a|b)` as pattern text.
std::string Expander::glob_text(const shell::ExtGlob& glob) {
  std::string out = std::string(1, glob.kind) + "(";
  for (std::size_t i = 0; i < glob.alternatives.size(); ++i) {
    const Value one = pattern(glob.alternatives[i]);
    if (one.literal() == nullptr) return {};
    out += (i == 0 ? "" : "|") + *one.literal();
  }
  return out + ")";
}

Value Expander::pattern(const shell::Word& w) {
  Value out;
  for (const shell::Part& one : w.parts) {
    if (const auto* glob = std::get_if<shell::ExtGlob>(&one.node)) {
      const std::string text = glob_text(*glob);
      out.append(text.empty() ? Value::unknown() : Value(Text(text)));
      continue;
    }
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
