#include "decide/candidates.h"

#include <algorithm>
#include <string>

namespace belay::decide {

namespace {

using image::Scope;
using image::Section;
using model::OpKind;

std::uint32_t continued_hash(std::uint32_t hash, std::string_view text) {
  for (const char c : text) hash = image::command_hash(hash, c);
  return hash;
}

bool has_hole(const model::Operation& op) {
  if (const auto* file = op.as_file()) return !file->path.lexical.literal() || !file->path.canonical.literal();
  if (const auto* fetch = op.as_fetch()) return !fetch->url.literal() || !fetch->body.literal() || !fetch->host.literal();
  if (const auto* query = op.as_query()) return !query->statement.literal() || !query->host.literal() || !query->database.literal();
  if (const auto* exec = op.as_exec()) return !exec->canonical.literal();
  return false;
}

}  // namespace

Candidates::Candidates(const image::View& image, const image::PolicyRecord& policy, const model::Analysis& analysis)
    : image_(image), policy_(policy), analysis_(analysis), by_exec_(analysis.operations.size()), known_exec_(analysis.operations.size()) {
  const std::string_view lists = image.raw(Section::lists);
  const auto words = [&](image::Range range) {
    const std::size_t begin = std::size_t{range.first} * 4;
    const std::size_t size = std::size_t{range.count} * 4;
    return begin + size <= lists.size() ? lists.substr(begin, size) : std::string_view();
  };
  scanner_ = regex::Scanner({image.raw(Section::automaton_states), image.raw(Section::automaton_edges), words(policy.classes), words(policy.pairs)});
}

void Candidates::add_list(image::Range range, Rules& to) const {
  for (std::uint32_t i = 0; i < range.count && !image_.damaged(); ++i) {
    to.push_back(image_.at<std::uint32_t>(Section::lists, range.first + i));
  }
}

/// `git push origin` is looked for under `git`, `git push` and `git push origin`, until one is not there.
void Candidates::add_commands(const model::Exec& exec, Rules& to) const {
  const std::uint32_t slots = image_.count<image::CommandRecord>(Section::command_index);
  if (slots == 0 || (slots & (slots - 1)) != 0) return;
  std::string words(exec.program.view());
  std::uint32_t hash = continued_hash(image::kCommandHashStart, words);
  for (std::size_t next = 0;; ++next) {
    image::CommandRecord record;
    std::uint32_t probes = 0;
    for (std::uint32_t at = hash & (slots - 1);; at = (at + 1) & (slots - 1)) {
      record = image_.at<image::CommandRecord>(Section::command_index, at);
      if (record.words.size == 0 || image_.text(record.words) == words) break;
      if (++probes == slots) return image_.mark_damaged();  // no free slot: not a table of ours
    }
    if (record.words.size == 0) return;
    add_list(record.rules, to);
    if (next == exec.words.size()) return;
    words += ' ';
    words += exec.words[next];
    hash = continued_hash(continued_hash(hash, " "), exec.words[next]);
  }
}

void Candidates::add_literals(std::string_view text, Scope scope, Rules& to) const {
  const auto wanted = static_cast<std::uint32_t>(scope);
  const bool sound = scanner_.scan(text, [&](std::uint32_t literal) {
    const auto record = image_.at<image::LiteralRecord>(Section::automaton_outputs, literal);
    for (std::uint32_t i = 0; i < record.rules.count && !image_.damaged(); ++i) {
      const auto entry = image_.at<image::LiteralRuleRecord>(Section::literal_rules, record.rules.first + i);
      if ((entry.scopes & wanted) != 0) to.push_back(entry.rule);
    }
  });
  if (!sound) image_.mark_damaged();
}

void Candidates::add_texts(const model::Operation& op, Rules& to) const {
  const std::uint32_t scopes = policy_.scopes[static_cast<std::size_t>(op.kind)];
  const auto add = [&](Scope scope, std::string_view text) {
    if ((scopes & static_cast<std::uint32_t>(scope)) != 0) add_literals(text, scope, to);
  };
  if (const auto* exec = op.as_exec()) {
    add(Scope::program, exec->program.view());
    add(Scope::line, exec->canonical.view());
  } else if (const auto* file = op.as_file()) {
    add(Scope::path, file->path.lexical.view());
    if (!(file->path.canonical == file->path.lexical)) add(Scope::path, file->path.canonical.view());
    add(Scope::content, file->content.view());
  } else if (const auto* fetch = op.as_fetch()) {
    add(Scope::url, fetch->url.view());
    add(Scope::host, fetch->host.view());
    add(Scope::body, fetch->body.view());
  } else if (const auto* query = op.as_query()) {
    add(Scope::statement, query->statement.view());
    add(Scope::target, query->host.view());
    add(Scope::target, query->database.view());
  } else if (const auto* use = op.as_tool()) {
    add(Scope::tool, use->tool);
    for (const model::ToolField& field : use->input) add(Scope::input, field.value.view());
  }
}

const Candidates::Rules& Candidates::of_exec(std::uint32_t operation) {
  if (!known_exec_[operation]) {
    known_exec_[operation] = true;
    Rules& rules = by_exec_[operation];
    add_commands(*analysis_.operations[operation].as_exec(), rules);
    add_texts(analysis_.operations[operation], rules);
  }
  return by_exec_[operation];
}

std::vector<std::uint32_t> Candidates::of(std::uint32_t operation) {
  const model::Operation& op = analysis_.operations[operation];
  Rules rules;
  const auto kind = image_.at<image::KindRecord>(Section::kind_index, static_cast<std::uint32_t>(op.kind));
  add_list(kind.always, rules);
  const auto* file = op.as_file();
  if (file != nullptr && file->recursive) add_list(kind.recursive, rules);
  if (has_hole(op)) add_list(kind.holes, rules);
  const std::uint32_t exec = op.kind == OpKind::exec ? operation : op.exec;
  if (exec < analysis_.operations.size() && analysis_.operations[exec].as_exec() != nullptr) {
    const Rules& found = of_exec(exec);
    rules.insert(rules.end(), found.begin(), found.end());
  }
  if (op.kind != OpKind::exec) add_texts(op, rules);
  std::sort(rules.begin(), rules.end());
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  return rules;
}

}  // namespace belay::decide
