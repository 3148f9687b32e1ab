#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "command/expand.h"
#include "command/pattern.h"

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
  constexpr std::array kTokens{"?", "$", "!", "RANDOM", "SRANDOM", "SECONDS", "PPID", "UID", "EUID", "LINENO", "BASHPID", "EPOCHSECONDS", "EPOCHREALTIME", "HOSTNAME", "OSTYPE", "MACHTYPE"};
  return std::find(kTokens.begin(), kTokens.end(), name) != kTokens.end();
}

bool whole_array(const shell::Parameter& p) {
  if (!p.index || p.index->parts.size() != 1) return false;
  const auto* l = std::get_if<shell::Literal>(&p.index->parts.front().node);
  return l != nullptr && (l->text == "@" || l->text == "*");
}


std::string folded(std::string_view s, ParamOp op) {
  std::string out(s);
  const bool first_only = op == ParamOp::upper_first || op == ParamOp::lower_first || op == ParamOp::toggle_first;
  const bool up = op == ParamOp::upper_first || op == ParamOp::upper_all;
  const bool toggle = op == ParamOp::toggle_first || op == ParamOp::toggle_all;
  for (std::size_t i = 0; i < out.size() && (!first_only || i == 0); ++i) {
    const bool lower = out[i] >= 'a' && out[i] <= 'z';
    if (lower && (up || toggle)) out[i] = static_cast<char>(out[i] - 'a' + 'A');
    else if (!up) out[i] = base::to_lower(out[i]);
  }
  return out;
}

/// `${v/pattern/with}` in its four forms.
std::string replaced(std::string_view text, ParamOp op, std::string_view pattern, std::string_view with) {
  std::string out;
  std::size_t i = 0;
  bool done = false;
  while (i < text.size()) {
    const bool here = !done && (op != ParamOp::replace_prefix || i == 0);
    const auto length = here ? matching_prefix(pattern, text.substr(i), Reach::longest) : std::nullopt;
    const bool at_end = op != ParamOp::replace_suffix || (length && i + *length == text.size());
    if (length && *length != 0 && at_end) {
      out += with;
      i += *length;
      done = op != ParamOp::replace_all;
    } else {
      out.push_back(text[i++]);
    }
  }
  return out;
}

}  // namespace

std::optional<Value> Expander::special(std::string_view name) {
  if (const auto n = number(name)) {
    if (*n == 0) return state_.zero;
    if (*n <= state_.positional.size()) return state_.positional[*n - 1];
    return state_.positional_known ? std::nullopt : std::optional(Value::unknown());
  }
  if (name == "#") return state_.positional_known ? Value(Text(std::to_string(state_.positional.size()))) : Value::unknown(HoleTrait::none);
  if (is_token(name)) return Value::unknown(HoleTrait::none);
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
  if (Variable* v = state_.find(name)) {
    if (maybe_unset != nullptr) *maybe_unset = v->maybe_unset;
    if (v->is_array && v->value.alternatives.front().empty() && !v->elements.empty() && v->value.alternatives.size() == 1) return v->elements.front().second;
    return v->value;
  }
  const auto known = state_.variables.find(name);
  if (known != state_.variables.end()) return Value::unknown(kUnknown);  // a reference to something that is not known
  if (auto value = special(name)) return value;
  if (number(name)) return std::nullopt;
  if (auto value = from_world(name)) return value;
  if (maybe_unset != nullptr) *maybe_unset = true;
  return Value::unknown(kUnknown);  // the environment may hold it
}

std::optional<Expander::List> Expander::list_of(const shell::Parameter& p) {
  if (p.length || p.op == ParamOp::names_with_prefix) return std::nullopt;
  if ((p.name == "@" || p.name == "*") && !p.indirect) {
    List list{state_.positional, state_.positional_known};
    if (p.op == ParamOp::substring && p.operand) {
      const Value offset = arithmetic(*p.operand);
      const std::string* literal_offset = offset.literal();
      const auto n = literal_offset == nullptr ? std::nullopt : number(*literal_offset);
      if (!n || *n == 0 || p.operand2) list.known = false;
      else list.items.erase(list.items.begin(), list.items.begin() + static_cast<std::ptrdiff_t>(std::min(*n - 1, list.items.size())));
    } else if (p.op != ParamOp::none) {
      for (Value& item : list.items) item = operate(p, item, false);
    }
    return list;
  }
  if (!whole_array(p)) return std::nullopt;
  List list;
  Variable* v = state_.find(p.name);
  if (v == nullptr) return List{{}, state_.variables.find(p.name) != state_.variables.end()};
  if (p.op == ParamOp::keys || p.indirect) {
    for (const auto& [key, value] : v->elements) list.items.emplace_back(Text(key));
    return list;
  }
  if (v->elements.empty() && !v->is_array) list.items.push_back(v->value);
  for (const auto& [key, value] : v->elements) list.items.push_back(p.op == ParamOp::none ? value : operate(p, value, false));
  list.known = !v->maybe_unset;
  return list;
}

Choices Expander::list(const List& list, bool quoted, bool star) {
  Choices all{{}};
  if (!list.known) {
    note(Value::unknown());
    cross(all, {{Piece{Text::hole(HoleTrait::any), quoted, !quoted, false}}});
  }
  const std::string blanks = separators();
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (i != 0) {
      Piece between{Text(), quoted, false, !(star && quoted)};
      if (star && quoted) between.text = Text(std::string_view(blanks).substr(0, 1));
      cross(all, {{between}});
    }
    cross(all, choices_of(list.items[i], quoted));
    if (quoted && !star) {
      for (Pieces& pieces : all) pieces.push_back({Text(), true, false, false});  // an empty item is a field
    }
  }
  return all;
}

std::optional<Value> Expander::element(const shell::Parameter& p, bool& maybe_unset) {
  Variable* v = state_.find(p.name);
  const Value index = text(*p.index);
  if (v == nullptr || index.literal() == nullptr) {
    maybe_unset = true;
    return Value::unknown(kUnknown);
  }
  std::string key = *index.literal();
  if (!v->is_map) {
    const Value computed = arithmetic(*p.index);
    if (computed.literal() != nullptr) key = *computed.literal();
  }
  if (!v->is_array && key == "0") return v->value;
  for (const auto& [name, value] : v->elements) {
    if (name == key) return value;
  }
  if (key == "-1" && !v->elements.empty()) return v->elements.back().second;
  return v->maybe_unset ? std::optional(Value::unknown(kUnknown)) : std::nullopt;
}

std::optional<Value> Expander::value_of(const shell::Parameter& p, bool& maybe_unset) {
  if (p.op == ParamOp::names_with_prefix) return Value::unknown(HoleTrait::any);
  if (p.index && !whole_array(p)) return element(p, maybe_unset);
  auto value = lookup(p.name, &maybe_unset);
  if (!p.indirect || !value) return value;
  const std::string* target = value->literal();
  if (target == nullptr || target->empty()) return Value::unknown(kUnknown);
  if (const auto bracket = target->find('['); bracket != std::string::npos) return Value::unknown(kUnknown);
  return lookup(*target, &maybe_unset);
}

Value Expander::defaulted(const shell::Parameter& p, const std::optional<Value>& value, bool maybe_unset) {
  const auto operand = [&] { return p.operand ? text(*p.operand) : Value(); };
  const bool some_empty = value && p.colon && std::any_of(value->alternatives.begin(), value->alternatives.end(), [](const Text& t) {
    return t.empty() || (!t.literal() && t.hole_count() == t.size() && model::has(t.traits(), HoleTrait::empty));
  });
  const bool all_empty = !value || (p.colon && std::all_of(value->alternatives.begin(), value->alternatives.end(), [](const Text& t) { return t.empty(); }));
  const bool may_use_other = all_empty || some_empty || maybe_unset;
  if (p.op == ParamOp::use_alternate) {
    Value out = all_empty ? Value() : operand();
    if (!all_empty && may_use_other) out.merge(Value());
    return out;
  }
  if (p.op == ParamOp::error_if_unset) {
    static_cast<void>(operand());
    if (!value) return Value::unknown(HoleTrait::slash | HoleTrait::blank);
    Value out = *value;
    if (may_use_other) out.alternatives.assign(1, Text::hole(HoleTrait::slash | HoleTrait::blank));
    return all_empty || out.literal() == nullptr ? out : *value;
  }
  if (!may_use_other) return *value;
  Value out = operand();
  if (!all_empty) out.merge(*value);
  if (p.op == ParamOp::assign_default) state_.set(p.name, out);
  return out;
}

std::optional<std::string> Expander::change_one(const shell::Parameter& p, const std::string& s) {
  const auto pattern_text = [&]() -> std::optional<std::string> {
    if (!p.operand) return std::string();
    const Value v = pattern(*p.operand);
    return v.literal() == nullptr ? std::nullopt : std::optional(*v.literal());
  };
  switch (p.op) {
    case ParamOp::remove_prefix:
    case ParamOp::remove_long_prefix: {
      const auto pat = pattern_text();
      if (!pat) return std::nullopt;
      return s.substr(matching_prefix(*pat, s, p.op == ParamOp::remove_prefix ? Reach::shortest : Reach::longest).value_or(0));
    }
    case ParamOp::remove_suffix:
    case ParamOp::remove_long_suffix: {
      const auto pat = pattern_text();
      if (!pat) return std::nullopt;
      return s.substr(0, s.size() - matching_suffix(*pat, s, p.op == ParamOp::remove_suffix ? Reach::shortest : Reach::longest).value_or(0));
    }
    case ParamOp::replace_first:
    case ParamOp::replace_all:
    case ParamOp::replace_prefix:
    case ParamOp::replace_suffix: {
      const auto pat = pattern_text();
      const Value with = p.operand2 ? text(*p.operand2) : Value();
      if (!pat || with.literal() == nullptr) return std::nullopt;
      return replaced(s, p.op, *pat, *with.literal());
    }
    case ParamOp::substring: {
      const Value offset = p.operand ? arithmetic(*p.operand) : Value(Text("0"));
      const Value length = p.operand2 ? arithmetic(*p.operand2) : Value(Text(std::to_string(s.size())));
      const auto from = offset.literal() == nullptr ? std::nullopt : number(*offset.literal());
      const auto count = length.literal() == nullptr ? std::nullopt : number(*length.literal());
      if (!from || !count) return std::nullopt;
      return s.substr(std::min(*from, s.size()), *count);
    }
    case ParamOp::upper_first:
    case ParamOp::upper_all:
    case ParamOp::lower_first:
    case ParamOp::lower_all:
    case ParamOp::toggle_first:
    case ParamOp::toggle_all:
      return p.operand && !p.operand->parts.empty() ? std::nullopt : std::optional(folded(s, p.op));
    case ParamOp::transform:
      if (p.transform == 'U') return folded(s, ParamOp::upper_all);
      if (p.transform == 'u') return folded(s, ParamOp::upper_first);
      if (p.transform == 'L') return folded(s, ParamOp::lower_all);
      return std::nullopt;
    case ParamOp::none:
    case ParamOp::use_default:
    case ParamOp::assign_default:
    case ParamOp::error_if_unset:
    case ParamOp::use_alternate:
    case ParamOp::names_with_prefix:
    case ParamOp::keys: return s;
  }
  return s;
}

Value Expander::changed(const shell::Parameter& p, const Value& value) {
  if (p.op == ParamOp::transform && p.transform == 'P') {
    for (const Text& t : value.alternatives) substitution_.run_prompt(t);
  }
  Value out = value;
  for (Text& t : out.alternatives) {
    if (!t.literal()) {
      t = Text::hole(t.traits() | HoleTrait::empty);
      continue;
    }
    const auto result = change_one(p, t.bytes());
    t = result ? Text(*result) : Text::hole(kUnknown);
  }
  return out;
}

Value Expander::operate(const shell::Parameter& p, std::optional<Value> value, bool maybe_unset) {
  switch (p.op) {
    case ParamOp::use_default:
    case ParamOp::assign_default:
    case ParamOp::error_if_unset:
    case ParamOp::use_alternate: return defaulted(p, value, maybe_unset);
    case ParamOp::none:
    case ParamOp::names_with_prefix:
    case ParamOp::keys: return value.value_or(Value());
    case ParamOp::remove_prefix:
    case ParamOp::remove_long_prefix:
    case ParamOp::remove_suffix:
    case ParamOp::remove_long_suffix:
    case ParamOp::replace_first:
    case ParamOp::replace_all:
    case ParamOp::replace_prefix:
    case ParamOp::replace_suffix:
    case ParamOp::substring:
    case ParamOp::upper_first:
    case ParamOp::upper_all:
    case ParamOp::lower_first:
    case ParamOp::lower_all:
    case ParamOp::toggle_first:
    case ParamOp::toggle_all:
    case ParamOp::transform: return changed(p, value.value_or(Value()));
  }
  return Value::unknown(kUnknown);
}

Choices Expander::parameter(const shell::Parameter& p, bool quoted) {
  if (const auto items = list_of(p)) {
    const bool star = p.name == "*" || (p.index && std::get<shell::Literal>(p.index->parts.front().node).text == "*");
    return list(*items, quoted, star);
  }
  bool maybe_unset = false;
  const auto value = value_of(p, maybe_unset);
  if (p.length) {
    const std::string* known = value && !p.index && !maybe_unset ? value->literal() : nullptr;
    return choices_of(known != nullptr ? Value(Text(std::to_string(known->size()))) : Value::unknown(HoleTrait::none), quoted);
  }
  return choices_of(operate(p, value, maybe_unset), quoted);
}

}  // namespace belay::command
