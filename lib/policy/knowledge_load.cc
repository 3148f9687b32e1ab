#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "policy/knowledge.h"
#include "policy/knowledge_spec.h"

namespace belay::policy {

namespace {

using image::Role;

constexpr std::size_t kMaxNesting = 6;
constexpr std::int64_t kMaxWords = 6;

bool plain_name(std::string_view s) {
  return !s.empty() &&
         std::none_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '/' || c == 0x7F; });
}

/// Names of packages, images (`pkg:`) and scripts (`php:`) may have slashes.
bool prefixed_name(std::string_view s) {
  std::string name(s);
  std::replace(name.begin(), name.end(), '/', '-');
  return s.find(':') < s.find('/') && plain_name(name);
}

class Loader {
 public:
  Loader(SourcePtr source, base::Diagnostics& out) : notes_(std::move(source), out) {}

  void programs(const TomlValue& document, Knowledge& into);
  void settings(const TomlValue& document, Knowledge& into);

 private:
  using Read = void (Loader::*)(KnowledgeBlock&, const TomlValue&);
  struct KeyRow {
    std::string_view key;
    Read read;
  };
  struct FlagRow {
    std::string_view key;
    image::Flag flag;
    bool when;  ///< the value that sets the bit
  };
  static const std::array<KeyRow, 17> kKeys;
  static const std::array<KeyRow, 2> kSettingsKeys;
  static constexpr std::array<FlagRow, 15> kFlags{{{"permute", image::Flag::no_permute, false},
                                                   {"single_dash", image::Flag::single_dash, true},
                                                   {"remote", image::Flag::remote, true},
                                                   {"fetch", image::Flag::fetch, true},
                                                   {"saves", image::Flag::saves, true},
                                                   {"login_shell", image::Flag::login_shell, true},
                                                   {"abbreviate", image::Flag::exact, false},
                                                   {"globals_first", image::Flag::globals_first, true},
                                                   {"plus", image::Flag::plus, true},
                                                   {"bundle", image::Flag::bundle, true},
                                                   {"hosts", image::Flag::hosts, true},
                                                   {"truncates", image::Flag::truncates, true},
                                                   {"lists", image::Flag::lists, true},
                                                   {"lists_below", image::Flag::lists_below, true},
                                                   {"shell_line", image::Flag::shell_line, true}}};

  std::vector<Value> names_of(const TomlValue& value, std::string_view key);

  bool block(const TomlValue& table, KnowledgeBlock& into);
  void member(KnowledgeBlock& into, const TomlMember& m);
  bool flag(KnowledgeBlock& into, const TomlMember& m);
  void unknown_key(const TomlMember& m);
  void check_references(const KnowledgeBlock& block);
  void check_spellings(const KnowledgeBlock& block);

  void read_name(KnowledgeBlock& b, const TomlValue& v);
  void read_options(KnowledgeBlock& b, const TomlValue& v);
  void read_operands(KnowledgeBlock& b, const TomlValue& v) { b.operands = policy::read_operands(v, notes_); }
  void read_recursive(KnowledgeBlock& b, const TomlValue& v) { b.recursive = names_of(v, "recursive"); }
  void read_forms(KnowledgeBlock& b, const TomlValue& v);
  void read_assignments(KnowledgeBlock& b, const TomlValue& v);
  void read_environment(KnowledgeBlock& b, const TomlValue& v) { read_keyed(b, v, "environment", true); }
  void read_files(KnowledgeBlock& b, const TomlValue& v);
  void read_keys(KnowledgeBlock& b, const TomlValue& v) { read_keyed(b, v, "keys", false); }
  void read_keyed(KnowledgeBlock& b, const TomlValue& v, std::string_view key, bool variable);
  void read_sub(KnowledgeBlock& b, const TomlValue& v);
  void read_grammar(KnowledgeBlock& b, const TomlValue& v);
  void read_words(KnowledgeBlock& b, const TomlValue& v);
  void read_stdin(KnowledgeBlock& b, const TomlValue& v);
  void read_like(KnowledgeBlock& b, const TomlValue& v);
  void read_as(KnowledgeBlock& b, const TomlValue& v) { read_text(b.as, v, "as"); }
  void read_engine(KnowledgeBlock& b, const TomlValue& v) { read_text(b.engine, v, "engine"); }
  void read_method(KnowledgeBlock& b, const TomlValue& v) { read_text(b.default_method, v, "default_method"); }
  void read_base(KnowledgeBlock& b, const TomlValue& v) { read_text(b.base_url, v, "base_url"); }
  void read_text(std::string& into, const TomlValue& v, std::string_view key) {
    if (notes_.expect(v, TomlKind::string, key)) into = v.text;
  }

  void option(KnowledgeBlock& b, const TomlValue& v);
  void form(KnowledgeBlock& b, const TomlValue& v);

  KnowledgeNotes notes_;
  std::span<const KeyRow> keys_ = kKeys;  ///< of the kind of block that is being read
  std::size_t depth_ = 0;
};

const std::array<Loader::KeyRow, 17> Loader::kKeys{{{"name", &Loader::read_name},
                                                    {"options", &Loader::read_options},
                                                    {"operands", &Loader::read_operands},
                                                    {"recursive", &Loader::read_recursive},
                                                    {"forms", &Loader::read_forms},
                                                    {"assignments", &Loader::read_assignments},
                                                    {"environment", &Loader::read_environment},
                                                    {"files", &Loader::read_files},
                                                    {"sub", &Loader::read_sub},
                                                    {"grammar", &Loader::read_grammar},
                                                    {"words", &Loader::read_words},
                                                    {"stdin", &Loader::read_stdin},
                                                    {"like", &Loader::read_like},
                                                    {"as", &Loader::read_as},
                                                    {"engine", &Loader::read_engine},
                                                    {"default_method", &Loader::read_method},
                                                    {"base_url", &Loader::read_base}}};
const std::array<Loader::KeyRow, 2> Loader::kSettingsKeys{{{"name", &Loader::read_name}, {"keys", &Loader::read_keys}}};

/// A string, or an array of strings.
std::vector<Value> Loader::names_of(const TomlValue& value, std::string_view key) {
  std::vector<Value> out;
  if (value.kind == TomlKind::string) {
    out.push_back({value.text, value.span});
    return out;
  }
  if (!notes_.expect(value, TomlKind::array, key)) return out;
  for (const TomlValue& item : value.items) {
    if (notes_.expect(item, TomlKind::string, key)) out.push_back({item.text, item.span});
  }
  return out;
}

void Loader::programs(const TomlValue& document, Knowledge& into) {
  const TomlMember* list = document.find("program");
  if (list == nullptr || !notes_.expect(list->value, TomlKind::array, "program")) return;
  for (const TomlValue& table : list->value.items) {
    KnowledgeBlock b;
    if (notes_.expect(table, TomlKind::table, "program") && block(table, b)) into.programs.push_back(std::move(b));
  }
}

/// `[[settings]]`: the keys of `KEY=VALUE` in a language of settings, and what their values are for.
void Loader::settings(const TomlValue& document, Knowledge& into) {
  const TomlMember* list = document.find("settings");
  if (list == nullptr || !notes_.expect(list->value, TomlKind::array, "settings")) return;
  keys_ = kSettingsKeys;
  for (const TomlValue& table : list->value.items) {
    KnowledgeBlock b;
    if (!notes_.expect(table, TomlKind::table, "settings") || !block(table, b)) continue;
    for (Value& name : b.names) name.text.insert(0, image::kSettingsPrefix);
    into.programs.push_back(std::move(b));
  }
  keys_ = kKeys;
}

/// False when something about it was reported: a half-understood block would be trusted as if it were whole.
bool Loader::block(const TomlValue& table, KnowledgeBlock& into) {
  const bool broken_before = std::exchange(notes_.broken, false);
  into.source = notes_.source;
  into.span = table.span;
  for (const TomlMember& m : table.members) member(into, m);
  if (into.names.empty() && !notes_.broken) notes_.report(KnowledgeCode::bad_name, table.span, "a block without `name`");
  check_spellings(into);
  check_references(into);
  const bool whole = !notes_.broken;
  notes_.broken = notes_.broken || broken_before;
  return whole;
}

void Loader::member(KnowledgeBlock& into, const TomlMember& m) {
  const auto row = std::find_if(keys_.begin(), keys_.end(), [&](const KeyRow& r) { return r.key == m.key; });
  if (row != keys_.end()) {
    (this->*row->read)(into, m.value);
  } else if (keys_.size() == kSettingsKeys.size() || !flag(into, m)) {
    unknown_key(m);
  }
}

bool Loader::flag(KnowledgeBlock& into, const TomlMember& m) {
  const auto row = std::find_if(kFlags.begin(), kFlags.end(), [&](const FlagRow& r) { return r.key == m.key; });
  if (row == kFlags.end()) return false;
  if (notes_.expect(m.value, TomlKind::boolean, m.key) && m.value.flag == row->when)
    into.flags |= static_cast<std::uint32_t>(row->flag);
  return true;
}

void Loader::unknown_key(const TomlMember& m) {
  std::vector<std::string_view> known;
  for (const KeyRow& r : keys_) known.push_back(r.key);
  if (keys_.size() == kKeys.size()) {
    for (const FlagRow& r : kFlags) known.push_back(r.key);
  }
  notes_.unknown_name(KnowledgeCode::unknown_key, m.key_span, "key", m.key, known);
}

void Loader::check_spellings(const KnowledgeBlock& block) {
  std::vector<std::pair<std::string_view, base::Span>> seen;
  for (const OptionSpec& o : block.options) {
    for (const std::string& s : o.spellings) seen.emplace_back(s, o.span);
  }
  std::stable_sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 1; i < seen.size(); ++i) {
    if (seen[i].first != seen[i - 1].first) continue;
    notes_.report(KnowledgeCode::repeated, seen[i].second, "option `" + std::string(seen[i].first) + "` is declared twice");
  }
}

void Loader::check_references(const KnowledgeBlock& block) {
  const auto declared = [&](std::string_view name) {
    return std::any_of(block.options.begin(), block.options.end(), [&](const OptionSpec& o) {
      return std::find(o.spellings.begin(), o.spellings.end(), name) != o.spellings.end();
    });
  };
  const auto check = [&](const Value& v) {
    if (!declared(v.text))
      notes_.report(KnowledgeCode::undeclared, v.span, "option `" + v.text + "` is not declared in `options`");
  };
  if (block.like) return;  // its options come from elsewhere
  for (const Value& v : block.recursive) check(v);
  for (const FormSpec& f : block.forms) std::for_each(f.when.begin(), f.when.end(), check);
}

void Loader::read_name(KnowledgeBlock& b, const TomlValue& v) {
  b.names = names_of(v, "name");
  for (const Value& n : b.names) {
    const auto parts = base::split_blank(n.text);
    const bool words_allowed = depth_ > 0;
    if (parts.empty() || (!words_allowed && parts.size() > 1) || (!prefixed_name(n.text) && !std::all_of(parts.begin(), parts.end(), plain_name))) {
      notes_.report(KnowledgeCode::bad_name, n.span,
                    "`" + n.text + "` is no name of a " + (words_allowed ? "subcommand" : "program"));
    }
  }
}

void Loader::read_options(KnowledgeBlock& b, const TomlValue& v) {
  if (!notes_.expect(v, TomlKind::array, "options")) return;
  for (const TomlValue& item : v.items) {
    if (notes_.expect(item, TomlKind::string, "options")) option(b, item);
  }
}

void Loader::option(KnowledgeBlock& b, const TomlValue& v) {
  if (auto spec = read_option(v, notes_)) b.options.push_back(*std::move(spec));
}

void Loader::read_forms(KnowledgeBlock& b, const TomlValue& v) {
  if (!notes_.expect(v, TomlKind::array, "forms")) return;
  for (const TomlValue& item : v.items) {
    if (notes_.expect(item, TomlKind::table, "forms")) form(b, item);
  }
}

void Loader::form(KnowledgeBlock& b, const TomlValue& v) {
  FormSpec spec;
  for (const TomlMember& m : v.members) {
    if (m.key == "when") {
      spec.when = names_of(m.value, "when");
    } else if (m.key == "count") {
      if (!notes_.expect(m.value, TomlKind::integer, "count")) continue;
      spec.count = static_cast<std::uint32_t>(std::clamp<std::int64_t>(m.value.integer, 0, 1000));
    } else if (m.key == "operands") {
      spec.operands = policy::read_operands(m.value, notes_);
    } else {
      notes_.unknown_name(KnowledgeCode::unknown_key, m.key_span, "key", m.key, {"when", "count", "operands"});
    }
  }
  b.forms.push_back(std::move(spec));
}

void Loader::read_assignments(KnowledgeBlock& b, const TomlValue& v) {
  if (!notes_.expect(v, TomlKind::table, "assignments")) return;
  for (const TomlMember& m : v.members) {
    if (!notes_.expect(m.value, TomlKind::string, m.key)) continue;
    if (const auto r = read_role(m.value.text, m.value.span, KnowledgeCode::bad_role, notes_))
      b.assignments.push_back({m.key, *r});
  }
}

void Loader::read_keyed(KnowledgeBlock& b, const TomlValue& v, std::string_view key, bool variable) {
  if (!notes_.expect(v, TomlKind::array, key)) return;
  for (const TomlValue& item : v.items) {
    if (!notes_.expect(item, TomlKind::string, key)) continue;
    for (AssignmentSpec& one : read_keys_of(item, notes_)) {
      one.variable = variable;
      b.assignments.push_back(std::move(one));
    }
  }
}

/// They stand among the variables, under names that no variable has.
void Loader::read_files(KnowledgeBlock& b, const TomlValue& v) {
  const std::size_t before = b.assignments.size();
  read_keyed(b, v, "files", true);
  for (std::size_t i = before; i < b.assignments.size(); ++i) b.assignments[i].key.insert(0, image::kFilePrefix);
}

void Loader::read_sub(KnowledgeBlock& b, const TomlValue& v) {
  if (!notes_.expect(v, TomlKind::array, "sub") || depth_ >= kMaxNesting) return;
  ++depth_;
  for (const TomlValue& item : v.items) {
    KnowledgeBlock sub;
    if (item.kind == TomlKind::string) {  // a bare word: a subcommand with nothing to say about its arguments
      sub.source = notes_.source;
      sub.span = item.span;
      read_name(sub, item);
      b.sub.push_back(std::move(sub));
    } else if (notes_.expect(item, TomlKind::table, "sub") && block(item, sub)) {
      b.sub.push_back(std::move(sub));
    }
  }
  --depth_;
}

void Loader::read_grammar(KnowledgeBlock& b, const TomlValue& v) {
  if (!notes_.expect(v, TomlKind::string, "grammar")) return;
  const auto it = std::find(image::kGrammarNames.begin(), image::kGrammarNames.end(), v.text);
  if (it == image::kGrammarNames.end() || v.text.empty()) {
    notes_.unknown_name(KnowledgeCode::bad_grammar, v.span, "grammar", v.text,
                        {image::kGrammarNames.begin() + 1, image::kGrammarNames.end()});
    return;
  }
  b.grammar = static_cast<image::Grammar>(it - image::kGrammarNames.begin());
}

void Loader::read_words(KnowledgeBlock& b, const TomlValue& v) {
  if (!notes_.expect(v, TomlKind::integer, "words")) return;
  if (v.integer < 0 || v.integer > kMaxWords) {
    notes_.report(KnowledgeCode::wrong_type, v.span, "`words` is a number from 0 to " + std::to_string(kMaxWords));
    return;
  }
  b.words = static_cast<std::uint32_t>(v.integer);
}

void Loader::read_stdin(KnowledgeBlock& b, const TomlValue& v) {
  if (!notes_.expect(v, TomlKind::string, "stdin")) return;
  b.standard_input = v.text == "operands" ? RoleSpec{Role::word, {}} : read_role(v.text, v.span, KnowledgeCode::bad_role, notes_);
}

void Loader::read_like(KnowledgeBlock& b, const TomlValue& v) {
  if (notes_.expect(v, TomlKind::string, "like")) b.like = Value{v.text, v.span};
}

}  // namespace

void load_programs(const TomlValue& document, const SourcePtr& source, Knowledge& into, base::Diagnostics& out) {
  Loader loader(source, out);
  loader.programs(document, into);
  loader.settings(document, into);
}

void load_knowledge(const SourcePtr& source, Knowledge& into, base::Diagnostics& out) {
  const auto document = read_toml(source, out);
  if (!document) return;
  for (const TomlMember& m : document->members) {
    if (m.key == "program" || m.key == "settings") continue;
    KnowledgeNotes(source, out).report(KnowledgeCode::top_key, m.key_span, "unknown key `" + m.key + "`");
  }
  load_programs(*document, source, into, out);
}

}  // namespace belay::policy
