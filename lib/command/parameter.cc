#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "command/expand.h"

/// Parameter expansion (POSIX XCU 2.6.2, bash(1) "Parameter Expansion").
namespace belay::command {

namespace {

using shell::ParamOp;

constexpr HoleTrait kUnknown = HoleTrait::slash | HoleTrait::blank | HoleTrait::empty;

std::optional<std::size_t> number(std::string_view s) {
  std::size_t n = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), n);
  if (error != std::errc() || end != s.data() + s.size() || s.empty()) return std::nullopt;
  return n;
}

/// Parameters that are some short text without slash or blank.
bool is_token(std::string_view name) {
  constexpr std::array kTokens{"?",    "$",      "!",       "RANDOM",       "SRANDOM",       "SECONDS",  "UID",
                               "EUID", "LINENO", "BASHPID", "EPOCHSECONDS", "EPOCHREALTIME", "HOSTNAME", "OSTYPE", "MACHTYPE"};
  return std::find(kTokens.begin(), kTokens.end(), name) != kTokens.end();
}

/// `@` or `*` as subscript.
char whole_array(const shell::Parameter& p) {
  if (!p.index || p.index->parts.size() != 1) return 0;
  const auto* l = std::get_if<shell::Literal>(&p.index->parts.front().node);
  return l != nullptr && (l->text == "@" || l->text == "*") ? l->text.front() : '\0';
}

bool is_default(ParamOp op) {
  return op == ParamOp::use_default || op == ParamOp::assign_default || op == ParamOp::error_if_unset ||
         op == ParamOp::use_alternate;
}

}  // namespace

std::optional<Value> Expander::special(std::string_view name) {
  if (const auto n = number(name)) {
    if (*n == 0) return state_.zero;
    if (!state_.positional_known) return Value::unknown();
    return *n <= state_.positional.size() ? std::optional(state_.positional[*n - 1]) : std::nullopt;
  }
  if (name == "#")
    return state_.positional_known ? Value(Text(std::to_string(state_.positional.size()))) : Value::unknown(HoleTrait::none);
  if (name == "?" && state_.status) return Value(Text(std::to_string(*state_.status)));
  if (name == "!") return Value::unknown(HoleTrait::empty);
  if (name == "PPID") return substitution_.parent_process();
  if (is_token(name)) return Value::unknown(HoleTrait::none);
  if (name == "_" && state_.last_word) return *state_.last_word;
  if (name == "-" || name == "_") return Value::unknown();
  return std::nullopt;
}

std::optional<Value> Expander::from_world(std::string_view name) {
  const auto all = [](const std::vector<Text>& texts) {
    Value v;
    v.alternatives = texts;
    return v;
  };
  if (name == "HOME" && !world_.homes.empty()) {
    Value v;
    v.alternatives.assign(world_.homes.begin(), world_.homes.end());
    return v;
  }
  if (name == "PWD") return all(state_.cwds);
  if (name == "OLDPWD" && !state_.old_cwds.empty()) return all(state_.old_cwds);
  if ((name == "USER" || name == "LOGNAME") && !world_.user.empty()) return Value(Text(world_.user));
  for (const auto& [key, value] : world_.env) {
    if (key == name) return Value(Text(value));
  }
  if (name == "TMPDIR") return Value(Text(world_.tmp));
  if (name == "BASH" || name == "SHELL") return Value(Text("/bin/bash"));
  if (name == "IFS") return Value(Text(" \t\n"));
  return std::nullopt;
}

std::optional<Value> Expander::lookup(std::string_view name, bool* maybe_unset) {
  if (const Variable* v = state_.find(name)) {
    if (v->unset) return std::nullopt;
    bool missing = v->maybe_unset;
    auto value = v->is_array ? element_of(*v, "0", missing) : std::optional(v->value);
    if (maybe_unset != nullptr) *maybe_unset = *maybe_unset || missing;
    return value;
  }
  if (const auto known = state_.variables.find(name); known != state_.variables.end()) {
    const std::string target = state_.resolve(name);
    if (state_.variables.find(target) == state_.variables.end() && target != name) return lookup(target, maybe_unset);
    return Value::unknown(kUnknown);  // a reference to something that is not known
  }
  if (auto value = special(name)) return value;
  if (number(name)) return std::nullopt;
  if (auto value = from_world(name)) return value;
  if (maybe_unset != nullptr) *maybe_unset = true;
  return Value::of_environment();
}

std::optional<Expander::Place> Expander::place_named(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && base::is_name_char(text[end])) ++end;
  if (end == 0 || !base::is_name_start(text.front())) return std::nullopt;
  if (end == text.size()) return Place{std::string(text), std::nullopt};
  if (text[end] != '[' || text.back() != ']') return std::nullopt;
  return Place{std::string(text.substr(0, end)), std::string(text.substr(end + 1, text.size() - end - 2))};
}

bool Expander::names_list(const shell::Parameter& p) {
  if (p.length || p.op == ParamOp::names_with_prefix) return false;
  if (whole_array(p) == '@' || p.name == "@") return true;
  if (counts_from_one(state_.shell) && !p.index && is_list(p.name)) return false;  // quoted it is one word
  if (!p.indirect || p.index) return false;
  const auto subject = subject_of(p);
  return subject && subject->all && !subject->star;
}

bool Expander::is_list(std::string_view name) const {
  const Variable* const variable = state_.find(name);
  return variable != nullptr && variable->is_array && !variable->unset;
}

std::optional<Expander::Subject> Expander::subject_of(const shell::Parameter& p) {
  Subject out;
  out.name = p.name;
  const char whole = whole_array(p);
  out.all = whole != 0 || p.name == "@" || p.name == "*";
  out.star = whole == '*' || p.name == "*";
  if (p.index && whole == 0) out.subscript = text_of(p.index->parts, true);
  if (counts_from_one(state_.shell) && !p.index && is_list(p.name)) out.all = out.star = true;  // zshparam(1), "Array Parameters"
  if (!p.indirect || p.op == ParamOp::keys || p.op == ParamOp::names_with_prefix) return out;
  if (out.all) return std::nullopt;
  bool maybe_unset = false;
  if (const Variable* v = state_.variables.find(p.name) != state_.variables.end() ? &state_.variables[p.name] : nullptr;
      v != nullptr && v->is_reference) {
    return std::nullopt;  // the name itself is meant: decided by the caller
  }
  const auto target = value_of(out, maybe_unset);
  if (!target || target->literal() == nullptr || maybe_unset) return std::nullopt;
  const std::string& name = *target->literal();
  if (name == "@" || name == "*") return Subject{name, std::nullopt, true, name == "*"};
  const auto place = place_named(name);
  if (!place) return number(name) || name == "#" ? std::optional(Subject{name, std::nullopt, false, false}) : std::nullopt;
  Subject inner{place->name, std::nullopt, false, false};
  if (place->subscript == "@" || place->subscript == "*") inner.all = true, inner.star = place->subscript == "*";
  else if (place->subscript) inner.subscript = Value(Text(*place->subscript));
  return inner;
}

Choices Expander::list(const List& list, bool quoted, bool star) {
  star = star && (quoted || !counts_from_one(state_.shell));  // there nothing is split that would have to be joined first
  Choices all{{}};
  if (!list.known) {
    note(Value::unknown());
    cross(all, only({Text::hole(HoleTrait::any), quoted, !quoted, false}));
    if (!list.items.empty() && !(star && quoted)) cross(all, only({Text(), quoted, false, true}));
  }
  const std::string blanks = separators();
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (i != 0) {
      Piece between{Text(), quoted, false, !(star && quoted)};
      if (star && quoted) between.text = Text(std::string_view(blanks).substr(0, 1));
      else if (star && !blanks.empty()) between = Piece{Text(std::string_view(blanks).substr(0, 1)), false, true, false};
      cross(all, only(std::move(between)));
    }
    cross(all, choices_of(list.items[i], quoted));
    if (quoted && !star) {
      for (Pieces& pieces : all) pieces.push_back({Text(), true, false, false});  // an empty item is a field
    }
  }
  return all;
}

/// The word of `${x:-word}`. Unquoted, its own quotes stay in force and the rest of it is split.
Choices Expander::operand(const shell::Parameter& p, bool quoted) {
  if (!p.operand) return {{}};
  if (quoted) return choices_of(text_of(p.operand->parts, true), true);
  Choices all{{}};
  for (std::size_t i = 0; i < p.operand->parts.size(); ++i) {
    const shell::Part& one = p.operand->parts[i];
    const auto* plain = std::get_if<shell::Literal>(&one.node);
    Choices next = plain != nullptr ? literal(plain->text, i == 0 ? Tilde::start : Tilde::none, i + 1 == p.operand->parts.size())
                                    : part(one, false);
    for (Pieces& pieces : next) {
      for (Piece& piece : pieces) piece.splits = !piece.quoted && !piece.breaks;
    }
    cross(all, next);
  }
  return all;
}

namespace {

/// The value where it is not empty.
Value filled(Value value) {
  for (Text& text : value.alternatives) {
    if (!is_hole_alone(text) || text.size() != 1) continue;
    text = Text::hole(static_cast<HoleTrait>(static_cast<unsigned>(text.trait(0)) & ~static_cast<unsigned>(HoleTrait::empty)));
  }
  return value;
}

}  // namespace

Choices Expander::defaulted(const shell::Parameter& p, const Subject& subject, const std::optional<Value>& value,
                            bool maybe_unset, bool quoted) {
  const auto may_be_empty = [](const Text& t) {
    return t.empty() || (!t.literal() && t.hole_count() == t.size() && model::has(t.traits(), HoleTrait::empty));
  };
  const bool some_empty = value && p.colon && std::any_of(value->alternatives.begin(), value->alternatives.end(), may_be_empty);
  const bool all_empty = !value || (p.colon && std::all_of(value->alternatives.begin(), value->alternatives.end(),
                                                           [](const Text& t) { return t.empty(); }));
  const bool may_use_other = all_empty || some_empty || maybe_unset;
  const auto with = [](Choices some, const Choices& more) {
    some.insert(some.end(), more.begin(), more.end());
    return some;
  };
  if (p.op == ParamOp::use_alternate) {
    if (all_empty) return {{}};
    return may_use_other ? with(operand(p, quoted), {{}}) : operand(p, quoted);
  }
  if (p.op == ParamOp::error_if_unset) {
    if (may_use_other) static_cast<void>(operand(p, quoted));
    // Where it is empty, the shell ends.
    return may_use_other ? choices_of(Value::unknown(HoleTrait::slash | HoleTrait::blank), quoted) : choices_of(*value, quoted);
  }
  if (!may_use_other) return choices_of(*value, quoted);
  const bool meant = means_default(p, subject, value);
  const Value present = value && p.colon ? filled(*value) : value.value_or(Value());
  if (p.op == ParamOp::assign_default) {
    Value assigned = p.operand ? text(*p.operand) : Value();
    if (!all_empty && !meant) assigned.merge(present);
    assign_at(
        {subject.name, subject.subscript && subject.subscript->literal() != nullptr ? std::optional(*subject.subscript->literal())
                                                                                    : std::nullopt},
        assigned);
    return choices_of(assigned, quoted);
  }
  const Choices other = operand(p, quoted);
  return all_empty || meant ? other : with(other, choices_of(present, quoted));
}

Value Expander::length_of(const Subject& subject) {
  if (subject.all) {
    const List list = items_of(subject);
    return list.known && list.counted ? Value(Text(std::to_string(list.items.size()))) : Value::unknown(HoleTrait::none);
  }
  bool maybe_unset = false;
  const auto value = value_of(subject, maybe_unset);
  if (!value && !maybe_unset) return Value(Text("0"));
  const std::string* known = maybe_unset ? nullptr : value->literal();
  const bool ascii =
      known != nullptr && std::all_of(known->begin(), known->end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? Value(Text(std::to_string(known->size()))) : Value::unknown(HoleTrait::none);
}

/// Expansions of `$@` and of whole arrays.
Choices Expander::all_of(const shell::Parameter& p, const Subject& subject, bool quoted) {
  if (p.op == ParamOp::keys) return list(keys_of(subject), quoted, subject.star);
  if (p.op == ParamOp::substring) return list(slice(p, subject), quoted, subject.star);
  if (p.op == ParamOp::none) {
    Choices all;
    for (const List& one : lists_of(subject)) {
      const Choices some = list(one, quoted, subject.star);
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }
  List items = items_of(subject);
  if (is_default(p.op)) {
    const bool nothing = items.items.empty() || (p.colon && items.items.size() == 1 && items.items.front() == Value(Text()));
    if (p.op == ParamOp::use_alternate) return nothing && items.known ? Choices{{}} : operand(p, quoted);
    if (nothing && items.known) return operand(p, quoted);
    Choices all = list(items, quoted, subject.star);
    if (nothing) {
      const Choices other = operand(p, quoted);
      all.insert(all.end(), other.begin(), other.end());
    }
    return all;
  }
  for (Value& item : items.items) item = changed(p, item);
  return list(items, quoted, subject.star);
}

Choices Expander::parameter(const shell::Parameter& p, bool quoted) {
  if (p.op == ParamOp::names_with_prefix) return choices_of(Value::unknown(HoleTrait::any), quoted);
  if (p.length && p.name == "#" && !p.index) return choices_of(Value::unknown(HoleTrait::none), quoted);
  if (p.computed) {
    static_cast<void>(operand(p, quoted));  // what runs in it runs
    if (p.index) static_cast<void>(text_of(p.index->parts, true));
    return choices_of(Value::unknown(HoleTrait::any), quoted);
  }
  if (p.name.empty() && is_default(p.op)) return operand(p, quoted);  // `${:-word}`
  const auto subject = subject_of(p);
  if (!subject) {
    Subject nobody;
    return is_default(p.op) ? defaulted(p, nobody, Value::unknown(kUnknown), true, quoted)
                            : choices_of(Value::unknown(HoleTrait::any), quoted);
  }
  if (p.length) return choices_of(length_of(*subject), quoted);
  // Attributes and assignments as text say more than the value does.
  const bool about = p.op == ParamOp::transform && std::string_view("aAKk").find(p.transform) != std::string_view::npos;
  if (about) return choices_of(Value::unknown(HoleTrait::any), quoted);
  if (subject->all) return all_of(p, *subject, quoted);
  bool maybe_unset = false;
  auto value = value_of(*subject, maybe_unset);
  if (p.op == ParamOp::none && !subject->subscript && value) add_elements(subject->name, *value);
  if (is_default(p.op)) return defaulted(p, *subject, value, maybe_unset, quoted);
  if (value && value->environment && prefers_defaults()) value->drop_environment();
  return value ? choices_of(changed(p, *value), quoted) : choices_of(Value(), quoted);
}

}  // namespace belay::command
