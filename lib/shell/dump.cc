#include "shell/dump.h"

#include <array>
#include <string_view>

#include "shell/dump_parts.h"

namespace belay::shell {
namespace {

/// In the order of RedirOp.
constexpr std::array<std::string_view, 12> kRedirections{"<", ">", ">>", ">|", "<>", "<&", ">&", "&>", "&>>", "<<", "<<-", "<<<"};

void dump_command(const Command& command, std::string& out);

class CommandDumper {
 public:
  explicit CommandDumper(std::string& out) : out_(out) {}

  void operator()(const SimpleCommand& node) {
    const char* separator = "";
    out_ += '[';
    for (const Assignment& one : node.assignments) {
      out_ += separator;
      assignment(one);
      separator = " ";
    }
    std::size_t next = 0;
    for (std::size_t i = 0; i < node.words.size(); ++i) {
      out_ += separator;
      if (next < node.declared.size() && node.declared[next].word == i) assignment(node.declared[next++].assignment);
      else dump_word(node.words[i], out_);
      separator = " ";
    }
    out_ += ']';
  }
  void operator()(const Subshell& node) { block("( ", node.body, " )"); }
  void operator()(const Group& node) {
    block("{ ", node.body, " }");
    block(" always{ ", node.always, " }");
  }
  void operator()(const If& node) {
    for (const If::Branch& branch : node.branches) {
      block("if{", branch.condition, "}");
      block("then{", branch.body, "}");
    }
    block("else{", node.otherwise, "}");
  }
  void operator()(const For& node) {
    out_ += node.select ? "select " : "for ";
    names(node.name, node.more_names);
    if (node.has_in) words(" in", node.words);
    block(" do{", node.body, "}");
  }
  void operator()(const ArithFor& node) {
    out_ += "for((";
    dump_word(node.init, out_);
    out_ += ';';
    dump_word(node.condition, out_);
    out_ += ';';
    dump_word(node.step, out_);
    block(")) do{", node.body, "}");
  }
  void operator()(const While& node) {
    block(node.until ? "until{" : "while{", node.condition, "}");
    block("do{", node.body, "}");
  }
  void operator()(const Case& node) {
    out_ += "case ";
    dump_word(node.subject, out_);
    for (const Case::Item& item : node.items) {
      words(" ", item.patterns);
      block("){", item.body, item.end == CaseEnd::stop ? "};;" : item.end == CaseEnd::fall_through ? "};&" : "};;&");
    }
    out_ += " esac";
  }
  void operator()(const Function& node) {
    names(node.name, node.more_names);
    out_ += "() ";
    if (node.body) dump_command(*node.body, out_);
  }
  void operator()(const Conditional& node) {
    words("[[", node.words);
    out_ += " ]]";
  }
  void operator()(const ArithCommand& node) {
    out_ += "((";
    dump_word(node.expression, out_);
    out_ += "))";
  }
  void operator()(const Coproc& node) {
    out_ += "coproc ";
    if (!node.name.empty()) out_ += node.name + " ";
    if (node.body) dump_command(*node.body, out_);
  }

 private:
  void names(std::string_view first, const std::vector<std::string>& more) {
    out_ += first;
    for (const std::string& name : more) out_ += " " + name;
  }
  void block(std::string_view open, const std::unique_ptr<List>& body, std::string_view close) {
    if (!body) return;
    out_ += open;
    dump_list(*body, out_);
    out_ += close;
  }
  void words(std::string_view before, const std::vector<Word>& list) {
    out_ += before;
    for (const Word& word : list) {
      out_ += ' ';
      dump_word(word, out_);
    }
  }
  void subscript(const std::unique_ptr<Word>& index) {
    if (!index) return;
    out_ += '[';
    dump_word(*index, out_);
    out_ += ']';
  }
  void assignment(const Assignment& one) {
    out_ += one.name;
    subscript(one.index);
    out_ += one.append ? "+=" : "=";
    if (!one.array) return dump_word(one.value, out_);
    out_ += '(';
    for (std::size_t i = 0; i < one.elements.size(); ++i) {
      if (i > 0) out_ += ' ';
      subscript(one.elements[i].index);
      if (one.elements[i].index) out_ += one.elements[i].append ? "+=" : "=";
      dump_word(one.elements[i].value, out_);
    }
    out_ += ')';
  }

  std::string& out_;
};

void dump_redirect(const Redirect& redirect, std::string& out) {
  out += ' ';
  if (redirect.fd >= 0) out += std::to_string(redirect.fd);
  if (!redirect.fd_variable.empty()) out += "{" + redirect.fd_variable + "}";
  out += kRedirections[static_cast<std::size_t>(redirect.op)];
  if (redirect.op == RedirOp::heredoc || redirect.op == RedirOp::heredoc_strip) dump_parts(redirect.body.parts, out);
  else dump_word(redirect.target, out);
}

void dump_command(const Command& command, std::string& out) {
  std::visit(CommandDumper(out), command.node);
  for (const Redirect& redirect : command.redirects) dump_redirect(redirect, out);
}

void dump_pipeline(const Pipeline& pipeline, std::string& out) {
  if (pipeline.negated) out += "! ";
  if (pipeline.timed) out += "time ";
  for (std::size_t i = 0; i < pipeline.commands.size(); ++i) {
    if (i > 0) out += pipeline.stderr_too[i - 1] ? " |& " : " | ";
    dump_command(pipeline.commands[i], out);
  }
}

}  // namespace

void dump_list(const List& list, std::string& out) {
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (i > 0) out += "; ";
    for (const AndOr::Link& link : list.items[i].links) {
      if (link.join != Join::first) out += link.join == Join::and_then ? " && " : " || ";
      dump_pipeline(link.pipeline, out);
    }
    if (list.items[i].end == Terminator::background) out += " &";
  }
}

std::string dump(const Script& script) {
  std::string out;
  dump_list(script.body, out);
  for (const Problem& problem : script.problems) {
    if (!out.empty()) out += ' ';
    out += "!" + std::string(name_of(problem.code)) + "@" + std::to_string(problem.at.begin);
  }
  return out;
}

}  // namespace belay::shell
