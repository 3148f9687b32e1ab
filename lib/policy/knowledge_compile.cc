#include <algorithm>
#include <map>

#include "base/text.h"
#include "policy/knowledge.h"
#include "policy/knowledge_spec.h"

namespace belay::policy {

namespace {

using image::BlockRecord;
using image::Builder;
using image::OperandRecord;
using image::Range;
using image::Section;

constexpr std::size_t kMaxLike = 8;

/// A block with its subcommands as a tree: `remote add` is `add` below `remote`.
struct Tree {
  const KnowledgeBlock* block = nullptr;
  std::map<std::string, Tree> subs;  // sorted: the order of the records
};

const KnowledgeBlock& empty_block() {
  static const KnowledgeBlock kNothing;
  return kNothing;
}

Tree tree_of(const KnowledgeBlock& block) {
  Tree out{&block, {}};
  for (const KnowledgeBlock& sub : block.sub) {
    const Tree made = tree_of(sub);
    for (const Value& name : sub.names) {
      Tree* at = &out;
      for (const std::string_view word : base::split_blank(name.text)) at = &at->subs[std::string(word)];
      at->block = &sub;
      for (const auto& [word, below] : made.subs) at->subs.insert_or_assign(word, below);
    }
  }
  return out;
}

/// `own` laid over the block it is like: its options and subcommands are added, its other keys replace.
KnowledgeBlock laid_over(const KnowledgeBlock& own, const KnowledgeBlock& base_block) {
  KnowledgeBlock out = base_block;
  out.names = own.names;
  out.like.reset();
  out.source = own.source;
  out.span = own.span;
  const auto declared_by_own = [&](const OptionSpec& o) {
    return std::any_of(own.options.begin(), own.options.end(), [&](const OptionSpec& mine) {
      return std::any_of(mine.spellings.begin(), mine.spellings.end(), [&](const std::string& s) {
        return std::find(o.spellings.begin(), o.spellings.end(), s) != o.spellings.end();
      });
    });
  };
  std::erase_if(out.options, declared_by_own);
  out.options.insert(out.options.end(), own.options.begin(), own.options.end());
  out.sub.insert(out.sub.end(), own.sub.begin(), own.sub.end());
  out.recursive.insert(out.recursive.end(), own.recursive.begin(), own.recursive.end());
  out.forms.insert(out.forms.begin(), own.forms.begin(), own.forms.end());
  out.assignments.insert(out.assignments.end(), own.assignments.begin(), own.assignments.end());
  out.flags |= own.flags;
  if (!own.operands.empty()) out.operands = own.operands;
  if (own.grammar != image::Grammar::none) out.grammar = own.grammar;
  if (own.words != 0) out.words = own.words;
  if (own.standard_input) out.standard_input = own.standard_input;
  if (!own.as.empty()) out.as = own.as;
  if (!own.engine.empty()) out.engine = own.engine;
  if (!own.default_method.empty()) out.default_method = own.default_method;
  if (!own.base_url.empty()) out.base_url = own.base_url;
  return out;
}

bool says_nothing(const KnowledgeBlock& b) {
  return b.options.empty() && b.operands.empty() && b.sub.empty() && b.forms.empty() && b.assignments.empty() && b.flags == 0 &&
         b.grammar == image::Grammar::none && !b.standard_input;
}

/// Nothing but another name: kept as that, so that who reads the image can tell an alias from its program.
bool is_alias(const KnowledgeBlock& b) {
  return b.like && says_nothing(b) && b.recursive.empty() && b.words == 0 && b.as.empty() && b.engine.empty() && b.default_method.empty() &&
         b.base_url.empty();
}

class Writer {
 public:
  Writer(const Knowledge& knowledge, Builder& builder, base::Diagnostics& out) : builder_(builder), out_(out) {
    for (const KnowledgeBlock& b : knowledge.programs) {
      for (const Value& name : b.names) {
        if (!by_name_.insert_or_assign(name.text, &b).second)
          KnowledgeNotes(b.source, out_).report(KnowledgeCode::repeated, name.span, "program `" + name.text + "` has a block already");
      }
    }
  }

  void write() {
    std::vector<BlockRecord> records;
    std::map<const KnowledgeBlock*, BlockRecord> written;  // looked up only: the order of records is that of names
    for (const auto& [name, block] : by_name_) {
      auto it = written.find(block);
      if (it == written.end()) it = written.emplace(block, program(*block)).first;
      records.push_back(it->second);
      records.back().name = builder_.text(name);
    }
    builder_.add_all(Section::programs, records);
  }

 private:
  BlockRecord program(const KnowledgeBlock& block) {
    const KnowledgeBlock whole = resolved(block, 0);
    return record(is_alias(block) ? tree_of(block) : tree_of(whole));
  }

  /// Follows `like` within these files; a name that is not here is looked up again when the image is read.
  KnowledgeBlock resolved(const KnowledgeBlock& block, std::size_t depth) {
    if (!block.like) return block;
    const auto it = by_name_.find(block.like->text);
    if (it == by_name_.end()) {
      if (!says_nothing(block))
        report(KnowledgeCode::like_extended, block, "`" + block.like->text + "` is not in these files, so it cannot be added to");
      return block;
    }
    if (it->second == &block || depth >= kMaxLike) {
      report(KnowledgeCode::like_cycle, block, "`like` leads back to this program");
      return block;
    }
    return laid_over(block, resolved(*it->second, depth + 1));
  }

  void report(KnowledgeCode code, const KnowledgeBlock& block, std::string message) {
    KnowledgeNotes(block.source, out_).report(code, block.like->span, std::move(message));
  }

  BlockRecord record(const Tree& tree) {
    const KnowledgeBlock& b = tree.block == nullptr ? empty_block() : *tree.block;
    BlockRecord out;
    out.flags = b.flags;
    out.grammar = static_cast<std::uint32_t>(b.grammar);
    out.words = b.words;
    options(b, out);
    out.operands = operands(b.operands);
    out.forms = forms(b);
    out.assignments = assignments(b);
    if (b.standard_input) {
      out.stdin_role = static_cast<std::uint32_t>(b.standard_input->role) + 1;
      out.stdin_detail = builder_.text(b.standard_input->detail);
    }
    out.as = builder_.text(b.as);
    out.like = builder_.text(b.like ? b.like->text : std::string());
    out.engine = builder_.text(b.engine);
    out.default_method = builder_.text(b.default_method);
    out.base_url = builder_.text(b.base_url);
    out.subs = subs(tree);
    return out;
  }

  Range subs(const Tree& tree) {
    std::vector<BlockRecord> records;
    for (const auto& [name, below] : tree.subs) {
      records.push_back(record(below));
      records.back().name = builder_.text(name);
    }
    return builder_.add_all(Section::subcommands, records);
  }

  void options(const KnowledgeBlock& b, BlockRecord& out) {
    std::vector<image::OptionRecord> records;
    std::vector<std::pair<std::string, std::uint32_t>> spellings;
    for (const OptionSpec& o : b.options) {
      for (const std::string& s : o.spellings) spellings.emplace_back(s, static_cast<std::uint32_t>(records.size()));
      records.push_back(option(o));
      if (is_recursive(b, o)) records.back().marks |= static_cast<std::uint32_t>(image::Mark::recursive);
    }
    std::sort(spellings.begin(), spellings.end());
    std::vector<image::SpellingRecord> sorted;
    for (const auto& [text, number] : spellings) sorted.push_back({builder_.text(text), number});
    out.options = builder_.add_all(Section::options, records);
    out.spellings = builder_.add_all(Section::spellings, sorted);
  }

  static bool is_recursive(const KnowledgeBlock& b, const OptionSpec& o) {
    return std::any_of(b.recursive.begin(), b.recursive.end(), [&](const Value& v) {
      return std::find(o.spellings.begin(), o.spellings.end(), v.text) != o.spellings.end();
    });
  }

  image::OptionRecord option(const OptionSpec& o) {
    std::string names;
    for (const std::string& s : o.spellings) names += (names.empty() ? "" : " ") + s;
    const auto by_length = [](const std::string& a, const std::string& b) { return a.size() < b.size(); };
    const auto longest = std::max_element(o.spellings.begin(), o.spellings.end(), by_length);
    const auto dashed =
        std::find_if(o.spellings.begin(), o.spellings.end(), [](const std::string& s) { return s.substr(0, 2) == "--"; });
    image::OptionRecord out;
    out.names = builder_.text(names);
    out.canonical = builder_.text(dashed != o.spellings.end() ? *dashed : *longest);
    out.arity = static_cast<std::uint32_t>(o.arity);
    out.role = static_cast<std::uint32_t>(o.role.role);
    out.detail = builder_.text(o.role.detail);
    out.method = builder_.text(o.method);
    out.marks = o.marks;
    return out;
  }

  OperandRecord operand(const RoleSpec& role, std::uint32_t flags, std::string_view key) {
    return {builder_.text(key), static_cast<std::uint32_t>(role.role), builder_.text(role.detail), flags};
  }

  Range operands(const std::vector<OperandSpec>& specs) {
    std::vector<OperandRecord> records;
    for (const OperandSpec& o : specs) {
      const std::uint32_t flags = (o.repeat ? static_cast<std::uint32_t>(image::OperandFlag::repeat) : 0U) |
                                  (o.optional ? static_cast<std::uint32_t>(image::OperandFlag::optional) : 0U);
      records.push_back(operand(o.role, flags, {}));
    }
    return builder_.add_all(Section::operands, records);
  }

  Range assignments(const KnowledgeBlock& b) {
    std::vector<OperandRecord> records;
    for (const AssignmentSpec& a : b.assignments) records.push_back(operand(a.role, a.variable ? static_cast<std::uint32_t>(image::OperandFlag::variable) : 0U, a.key));
    return builder_.add_all(Section::operands, records);
  }

  Range forms(const KnowledgeBlock& b) {
    std::vector<image::FormRecord> records;
    for (const FormSpec& f : b.forms) {
      image::FormRecord r;
      r.when = when(b, f);
      r.count = f.count ? *f.count + 1 : 0;
      r.operands = operands(f.operands);
      records.push_back(r);
    }
    return builder_.add_all(Section::forms, records);
  }

  Range when(const KnowledgeBlock& b, const FormSpec& f) {
    std::vector<std::uint32_t> numbers;
    for (const Value& v : f.when) {
      for (std::size_t i = 0; i < b.options.size(); ++i) {
        const auto& s = b.options[i].spellings;
        if (std::find(s.begin(), s.end(), v.text) != s.end()) numbers.push_back(static_cast<std::uint32_t>(i));
      }
    }
    return builder_.add_all(Section::lists, numbers);
  }

  Builder& builder_;
  base::Diagnostics& out_;
  std::map<std::string, const KnowledgeBlock*> by_name_;
};

}  // namespace

void add_knowledge(const Knowledge& knowledge, image::Builder& builder, base::Diagnostics& out) {
  Writer(knowledge, builder, out).write();
}

}  // namespace belay::policy
