#include "decide/candidates.h"

#include <algorithm>

namespace belay::decide {

namespace {

using image::Scope;
using image::Section;
using model::OpKind;

std::uint32_t continued_hash(std::uint32_t hash, std::string_view text) {
  for (const char c : text) hash = image::command_hash(hash, c);
  return hash;
}

/// Some text of the operation is not known whole, so that it may hold a literal that is not seen in it.
struct HasHole {
  bool operator()(const model::Exec& exec) const { return !exec.canonical.literal(); }
  bool operator()(const model::FileAccess& file) const {
    return file.contents_only || !file.path.lexical.literal() || !file.path.canonical.literal() || !file.content.literal() ||
           std::any_of(file.path.others.begin(), file.path.others.end(),
                       [](const model::OtherName& o) { return !o.path.literal(); });
  }
  bool operator()(const model::Fetch& fetch) const {
    return !fetch.url.literal() || !fetch.host.literal() || !fetch.body.literal();
  }
  bool operator()(const model::Query& query) const {
    return !query.statement.literal() || !query.host.literal() || !query.database.literal();
  }
  bool operator()(const model::ToolUse& use) const {
    return std::any_of(use.input.begin(), use.input.end(), [](const model::ToolField& field) { return !field.value.literal(); });
  }
  bool operator()(const model::Opaque&) const { return false; }
};

void sort_out(Candidates::Rules& rules) {
  std::sort(rules.begin(), rules.end());
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
}

}  // namespace

Candidates::Candidates(const image::View& image, const image::PolicyRecord& policy, const model::Analysis& analysis, bool strict)
    : image_(image),
      policy_(policy),
      analysis_(analysis),
      strict_(strict),
      by_exec_(analysis.operations.size()),
      known_exec_(analysis.operations.size()) {
  const std::string_view lists = image.raw(Section::lists);
  const auto words = [&](image::Range range) {
    const std::size_t begin = std::size_t{range.first} * 4;
    const std::size_t size = std::size_t{range.count} * 4;
    if (begin + size <= lists.size()) return lists.substr(begin, size);
    image.mark_damaged();
    return std::string_view();
  };
  scanner_ = regex::Scanner(
      {image.raw(Section::automaton_states), image.raw(Section::automaton_edges), words(policy.classes), words(policy.pairs)});
}

void Candidates::add_list(image::Range range, Rules& to) const {
  for (std::uint32_t i = 0; i < range.count && !image_.damaged(); ++i) {
    to.push_back(image_.at<std::uint32_t>(Section::lists, range.first + i));
  }
}

/// Rules of exactly `words_`; false when there is no longer command to look for.
bool Candidates::add_command(std::uint32_t hash, Rules& to) const {
  const std::uint32_t slots = image_.count<image::CommandRecord>(Section::command_index);
  const std::uint32_t mask = slots - 1;
  for (std::uint32_t probes = 0; probes < slots; ++probes) {
    const auto record = image_.at<image::CommandRecord>(Section::command_index, (hash + probes) & mask);
    if (record.words.size == 0) return false;
    if (image_.text(record.words) != words_) continue;
    add_list(record.rules, to);
    return true;
  }
  image_.mark_damaged();  // no free slot: not a table of ours
  return false;
}

/// `git push origin` is looked for under `git`, `git push` and `git push origin`, until one is not there.
void Candidates::add_commands(const model::Exec& exec, Rules& to) {
  const std::uint32_t slots = image_.count<image::CommandRecord>(Section::command_index);
  if (slots == 0) return;
  if ((slots & (slots - 1)) != 0) return image_.mark_damaged();
  words_ = exec.program.view();
  std::uint32_t hash = continued_hash(image::kCommandHashStart, words_);
  if (!add_command(hash, to)) return;
  for (const std::string& word : exec.words) {
    words_ += ' ';
    words_ += word;
    hash = continued_hash(image::command_hash(hash, ' '), word);
    if (!add_command(hash, to)) return;
  }
}

void Candidates::add_literals(std::string_view text, Scope scope, Rules& to) const {
  constexpr std::size_t kMany = 256;
  const auto wanted = static_cast<std::uint32_t>(scope);
  std::size_t full = to.size() + kMany;
  const bool sound = scanner_.scan(text, [&](std::uint32_t literal) {
    const auto record = image_.at<image::LiteralRecord>(Section::automaton_outputs, literal);
    for (std::uint32_t i = 0; i < record.rules.count && !image_.damaged(); ++i) {
      const auto entry = image_.at<image::LiteralRuleRecord>(Section::literal_rules, record.rules.first + i);
      if ((entry.scopes & wanted) != 0) to.push_back(entry.rule);
    }
    if (to.size() < full) return;
    sort_out(to);  // a long text may name the same literal thousands of times
    full = 2 * to.size() + kMany;
  });
  if (!sound) image_.mark_damaged();
}

void Candidates::add_exec_texts(const model::Exec& exec, Rules& to) const {
  const std::uint32_t scopes = policy_.scopes[static_cast<std::size_t>(OpKind::exec)];
  if ((scopes & static_cast<std::uint32_t>(Scope::program)) != 0) add_literals(exec.program.view(), Scope::program, to);
  if ((scopes & static_cast<std::uint32_t>(Scope::line)) != 0) add_literals(exec.canonical.view(), Scope::line, to);
}

void Candidates::add_texts(const model::Operation& op, Rules& to) const {
  const std::uint32_t scopes = policy_.scopes[static_cast<std::size_t>(op.kind)];
  if (scopes == 0) return;
  const auto add = [&](Scope scope, std::string_view text) {
    if ((scopes & static_cast<std::uint32_t>(scope)) != 0 && !text.empty()) add_literals(text, scope, to);
  };
  if (const auto* file = op.as_file()) {
    add(Scope::path, file->path.lexical.view());
    if (!(file->path.canonical == file->path.lexical)) add(Scope::path, file->path.canonical.view());
    for (const model::OtherName& other : file->path.others) add(Scope::path, other.path.view());
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
  Rules& rules = by_exec_[operation];
  if (known_exec_[operation]) return rules;
  known_exec_[operation] = true;
  const model::Exec& exec = *analysis_.operations[operation].as_exec();
  add_commands(exec, rules);
  add_exec_texts(exec, rules);
  return rules;
}

const Candidates::Rules& Candidates::of(std::uint32_t operation) {
  const model::Operation& op = analysis_.operations[operation];
  found_.clear();
  const auto kind = image_.at<image::KindRecord>(Section::kind_index, static_cast<std::uint32_t>(op.kind));
  add_list(kind.always, found_);
  if (strict_ && kind.strict.count != 0) add_list(kind.strict, found_);
  const auto* file = op.as_file();
  // Every name in turn is among them the one that a rule names.
  const bool all = file != nullptr && (file->recursive || has(file->path.lexical.traits(), model::HoleTrait::each));
  if (all && kind.recursive.count != 0) add_list(kind.recursive, found_);
  if (kind.holes.count != 0 && std::visit(HasHole{}, op.detail)) add_list(kind.holes, found_);
  const std::uint32_t exec = op.kind == OpKind::exec ? operation : op.exec;
  if (exec < analysis_.operations.size() && analysis_.operations[exec].as_exec() != nullptr) {
    const Rules& found = of_exec(exec);
    found_.insert(found_.end(), found.begin(), found.end());
  }
  add_texts(op, found_);
  if (found_.size() > 1) sort_out(found_);
  return found_;
}

}  // namespace belay::decide
