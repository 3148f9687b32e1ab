#include "base/text.h"
#include "decide/candidates.h"
#include "decide/rule_test.h"
#include "decide_world.h"
#include "policy/condition_table.h"
#include "regex/literals.h"
#include "regex/pattern.h"
#include "support/pattern_texts.h"

/// Selection is sound where it matters most: on texts that are made from the patterns themselves, so that they match. Whatever matches is found
/// by the literals of its pattern; whatever rule holds is among the candidates.

using namespace decide_world;
using pattern_texts::Numbers;
using pattern_texts::RegexTexts;
using policy::Condition;
using policy::Conjunction;
using policy::Key;

namespace {

std::string glob_text(std::string_view glob, Numbers& numbers) {
  std::string out;
  for (std::size_t i = 0; i < glob.size(); ++i) {
    const auto close = glob[i] == '[' ? glob.find(']', i + 2) : std::string_view::npos;
    if (glob[i] == '*') {
      for (unsigned n = numbers.below(4); n > 0; --n) out += numbers.one_of("abX9-_.");
    } else if (glob[i] == '?') {
      out += numbers.one_of("aZ0");
    } else if (close != std::string_view::npos) {
      std::string set(glob.substr(i, close + 1 - i));
      if (set[1] == '!') set[1] = '^';
      out += RegexTexts(set, numbers).next();
      i = close;
    } else {
      if (glob[i] == '\\' && i + 1 < glob.size()) ++i;
      out += glob[i];
    }
  }
  return out;
}

std::string path_text(std::string_view pattern, Numbers& numbers) {
  const std::vector<std::string> anchors{"/srv/x", "", "/root", "/home/dev", "/home/dev/project", "/home/dev/project", "/tmp"};
  const auto globs = path::compile_glob(pattern, path::Case::fold);
  REQUIRE(globs);
  const auto& glob = (*globs)[numbers.below(globs->size())];
  std::string out = anchors.at(static_cast<std::size_t>(glob.anchor));
  for (const auto part : base::split(glob.text, '/')) {
    if (part == "**") {
      for (unsigned n = numbers.below(3); n > 0; --n) out += "/f";
    } else {
      std::string name = glob_text(part, numbers);
      if (numbers.below(8) == 0) std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
      if (!name.empty()) out += "/" + name;
    }
  }
  return out.empty() ? "/" : out;
}

template <class Visit>
void each_conjunction(const policy::Rule& rule, Visit visit) {
  visit(rule.conditions);
  for (const auto* groups : {&rule.any, &rule.all, &rule.none}) {
    for (const auto& group : *groups) visit(group);
  }
  for (const auto* related : {&rule.reaches, &rule.also}) {
    for (const auto& one : *related) visit(one.conditions);
  }
}

/// Everything that a rule asks of one operation, collected text by text.
class Meeting {
 public:
  explicit Meeting(Numbers& numbers) : numbers_(numbers) {}

  void add(const Conjunction& conditions) {
    for (const Condition& condition : conditions) {
      if (policy::row_of(condition.key).suppresses || condition.values.empty()) continue;
      put(condition.key, condition.values[numbers_.below(condition.values.size())].text);
    }
  }
  void add(const policy::Rule& rule) {
    if (!rule.commands.empty()) command_ = rule.commands[numbers_.below(rule.commands.size())].text;
    add(rule.conditions);
    for (const auto& group : rule.all) add(group);
    if (!rule.any.empty()) add(rule.any[numbers_.below(rule.any.size())]);
  }
  void append(OpKind kind, bool recursive, std::vector<Operation>& to) const {
    Operation command = exec(command_.empty() ? "tool" : command_, options_, operands_);
    auto& line = std::get<model::Exec>(command.detail);
    if (!line_.empty()) line.canonical = model::Text(line_);
    const auto number = static_cast<std::uint32_t>(to.size());
    to.push_back(std::move(command));
    if (kind == OpKind::exec) return;
    to.push_back(effect(kind, recursive));
    to.back().exec = number;
  }

 private:
  std::string regex(const std::string& pattern) { return RegexTexts(pattern, numbers_).next(); }
  void put(Key key, const std::string& value) {
    switch (key) {
      case Key::program: command_ = glob_text(value, numbers_); break;
      case Key::option: {
        const auto equals = value.find('=');
        options_.push_back(equals == std::string::npos ? value : value.substr(0, equals + 1) + glob_text(std::string_view(value).substr(equals + 1), numbers_));
        break;
      }
      case Key::arg: operands_.push_back(glob_text(value, numbers_)); break;
      case Key::match: line_ = regex(value); break;
      case Key::path:
      case Key::covers: path_ = path_text(value, numbers_); break;
      case Key::content: content_ = regex(value); break;
      case Key::host: host_ = base::lower(glob_text(value, numbers_)); break;
      case Key::method: method_ = value; break;
      case Key::url: url_ = regex(value); break;
      case Key::body: body_ = regex(value); break;
      case Key::engine: engine_ = value; break;
      case Key::target: target_ = glob_text(value, numbers_); break;
      case Key::statement: statement_ = regex(value); break;
      case Key::tool: tool_ = glob_text(value, numbers_); break;
      case Key::input: input_ = regex(value); break;
      case Key::except: case Key::recursive: case Key::env: case Key::as: case Key::stdin_: case Key::via: case Key::unless: case Key::reason: case Key::folder: break;
    }
  }
  [[nodiscard]] Operation effect(OpKind kind, bool recursive) const {
    switch (kind) {
      case OpKind::fetch: {
        Operation op = fetch(method_, host_);
        auto& request = std::get<model::Fetch>(op.detail);
        // As bytes, not in the notation of the world: a pattern may well make a text with a brace.
        if (!url_.empty()) request.url = model::Text(url_);
        request.body = model::Text(body_);
        return op;
      }
      case OpKind::query: return query_of();
      case OpKind::call: return make(kind, model::ToolUse{tool_, {{"input", model::Text(input_)}}});
      case OpKind::opaque: return opaque(model::OpaqueReason::unknown_code);
      case OpKind::exec:
      case OpKind::read:
      case OpKind::write:
      case OpKind::remove: break;
    }
    Operation op = access(kind, "/x", {recursive});
    auto& file = std::get<model::FileAccess>(op.detail);
    file.path.written = file.path.lexical = file.path.canonical = model::Text(path_);
    file.content = model::Text(content_);
    return op;
  }
  [[nodiscard]] Operation query_of() const {
    Operation op = query(engine_, "");
    auto& asked = std::get<model::Query>(op.detail);
    asked.statement = model::Text(statement_);
    asked.database = model::Text(target_);
    return op;
  }

  Numbers& numbers_;
  std::string command_, line_, path_ = "/srv/one", content_, host_ = "h.example.com", method_ = "DELETE", url_, body_, engine_ = "postgres", target_, statement_, tool_, input_;
  std::vector<std::string> options_, operands_;
};

/// Operations that a rule was made for, and for the second operation that it may want.
model::Analysis meetings(const policy::Rule& rule, Numbers& numbers) {
  model::Analysis out;
  std::vector<OpKind> kinds{rule.on};
  kinds.insert(kinds.end(), rule.also_on.begin(), rule.also_on.end());
  for (int round = 0; round < 12; ++round) {
    Meeting one(numbers);
    one.add(rule);
    one.append(kinds[numbers.below(kinds.size())], numbers.below(2) == 0, out.operations);
  }
  const auto firsts = static_cast<std::uint32_t>(out.operations.size());
  for (const auto* related : {&rule.reaches, &rule.also}) {
    for (const auto& second : *related) {
      Meeting one(numbers);
      one.add(second.conditions);
      one.append(second.on, false, out.operations);
    }
  }
  for (std::uint32_t from = 0; from < firsts; ++from) {
    for (auto to = firsts; to < out.operations.size(); ++to) out.flows.push_back({from, to});
  }
  return out;
}

std::uint32_t number_of(const Image& image, const std::string& id) {
  const auto rules = image.view.count<image::RuleRecord>(image::Section::rules);
  for (std::uint32_t i = 0; i < rules; ++i) {
    if (image.view.text(image.view.at<image::RuleRecord>(image::Section::rules, i).id) == id) return i;
  }
  FAIL("no rule " << id);
  return 0;
}

/// Operations for which the rule holds; every one of them must find it.
std::size_t held_and_found(const Image& image, const policy::Rule& rule, const model::Analysis& what) {
  const Asker asker;
  const decide::Question question{asker.call, what, asker.places, asker.actor};
  const auto policy = image.view.at<image::PolicyRecord>(image::Section::policy, 0);
  const auto number = number_of(image, rule.id);
  const auto record = image.view.at<image::RuleRecord>(image::Section::rules, number);
  decide::Candidates candidates(image.view, policy, what);
  decide::RuleTest test(image.view, question);
  std::size_t held = 0;
  for (std::uint32_t op = 0; op < what.operations.size(); ++op) {
    if (test.holds(record, op, decide::Doubts::ignored) != Truth::yes) continue;
    ++held;
    const auto& found = candidates.of(op);
    INFO(rule.id << " for operation " << op);
    CHECK(std::binary_search(found.begin(), found.end(), number));
  }
  return held;
}

policy::Policy shipped_policy() {
  base::Diagnostics out;
  return policy::resolve(policy::load_all(test::shipped_sources(), out).policy, out);
}

/// Texts of 200 that the pattern matches; each of them must hold one of its literals.
std::size_t matched_and_found(const std::string& source, Numbers& numbers) {
  const auto pattern = regex::Pattern::compile(source);
  REQUIRE(pattern);
  const auto literals = regex::required_literals(source);
  RegexTexts texts(source, numbers);
  std::size_t matched = 0;
  for (int round = 0; round < 200; ++round) {
    const std::string text = texts.next();
    if (!pattern->found_in(text)) continue;
    ++matched;
    const bool found = literals.empty() || std::any_of(literals.begin(), literals.end(), [&](const auto& l) { return regex::contains_folded(text, l); });
    if (!found) FAIL_CHECK("`" << source << "` matches `" << text << "`, which has none of its literals");
  }
  return matched;
}

/// A pattern of a few letters that RE2 takes.
std::string invented_pattern(Numbers& numbers, unsigned depth) {
  std::string out;
  for (unsigned parts = 1 + numbers.below(4); parts > 0; --parts) {
    switch (numbers.below(depth == 0 ? 4 : 7)) {
      case 0: out += numbers.one_of("abcAB"); break;
      case 1: out += std::string(1, numbers.one_of("abc")) + numbers.one_of("xyz") + numbers.one_of("-/."); break;
      case 2: out += numbers.one_of("ab") + std::string(1, numbers.one_of("*+?")); break;
      case 3: out += std::vector<std::string>{"[a-c]", "[^a]", "\\w", "\\s", ".", "\\.", "\\x00", "[xX]y"}[numbers.below(8)]; break;
      case 4: out += "(?:" + invented_pattern(numbers, depth - 1) + "|" + invented_pattern(numbers, depth - 1) + ")"; break;
      case 5: out += "(?i:" + invented_pattern(numbers, depth - 1) + ")"; break;
      default: out += "(" + invented_pattern(numbers, depth - 1) + "){1,2}"; break;
    }
  }
  return out;
}

}  // namespace

TEST_CASE("every text that a shipped pattern matches has a literal of it") {
  Numbers numbers;
  std::size_t patterns = 0;
  for (const auto& pack : shipped_policy().packs) {
    for (const auto& rule : pack.rules) {
      each_conjunction(rule, [&](const Conjunction& conditions) {
        for (const auto& condition : conditions) {
          if (policy::row_of(condition.key).kind != policy::ValueKind::regex) continue;
          for (const auto& value : condition.values) {
            ++patterns;
            INFO(rule.id << " " << value.text);
            CHECK(matched_and_found(value.text, numbers) > 20);  // else the texts prove nothing about this pattern
          }
        }
      });
    }
  }
  CHECK(patterns > 60);
}

TEST_CASE("every text that an invented pattern matches has a literal of it") {
  Numbers numbers;
  std::size_t matched = 0;
  for (int round = 0; round < 2000; ++round) matched += matched_and_found(invented_pattern(numbers, 2), numbers);
  CHECK(matched > 200'000);
}

TEST_CASE("every shipped rule is found for the operations that it was made for") {
  const Image image = image_of(test::shipped_sources());
  const auto policy = shipped_policy();
  Numbers numbers;
  std::size_t rules = 0;
  std::size_t met = 0;
  std::size_t held = 0;
  for (const auto& pack : policy.packs) {
    for (const auto& rule : pack.rules) {
      const auto times = held_and_found(image, rule, meetings(rule, numbers));
      ++rules;
      held += times;
      met += times > 0 ? 1 : 0;
      if (times == 0) UNSCOPED_INFO(rule.id << " was never met");
    }
  }
  CHECK(held > 1500);
  CHECK(10 * met > 9 * rules);
}
