// Shows what lib/shell read, for scripts that compare it with other readers.
//   shell_dump dump < script         the tree, one line
//   shell_dump commands FILE…        every simple command as a JSON array of its words, null for a word with an expansion or $'…'
//   shell_dump accepts FILE…         `yes` or `no` per file
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "json/writer.h"
#include "shell/dump.h"

namespace {

using namespace belay::shell;

std::string slurp(std::istream& in) { return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}; }

/// The word's text when no expansion decides it.
bool literal_text(const std::vector<Part>& parts, std::string& out) {
  for (const Part& part : parts) {
    if (const auto* literal = std::get_if<Literal>(&part.node)) out += literal->text;
    else if (const auto* quoted = std::get_if<Quoted>(&part.node)) {
      if (quoted->style == QuoteStyle::ansi_c) return false;  // other readers leave it encoded
      out += quoted->text;
    } else if (const auto* inside = std::get_if<DoubleQuoted>(&part.node)) {
      if (!literal_text(inside->parts, out)) return false;
    } else return false;
  }
  return true;
}

class Walker {
 public:
  void list(const List& list) {
    for (const AndOr& item : list.items)
      for (const AndOr::Link& link : item.links)
        for (const Command& one : link.pipeline.commands) command(one);
  }

 private:
  void command(const Command& command) {
    std::visit(*this, command.node);
    for (const Redirect& redirect : command.redirects) {
      word(redirect.target);
      parts(redirect.body.parts);
    }
  }

 public:
  void operator()(const SimpleCommand& node) {
    for (const Assignment& one : node.assignments) assignment(one);
    if (!node.words.empty()) print(node);
    std::size_t declared = 0;
    for (std::size_t i = 0; i < node.words.size(); ++i) {
      if (declared < node.declared.size() && node.declared[declared].word == i) assignment(node.declared[declared++].assignment);
      else word(node.words[i]);
    }
  }
  void operator()(const Subshell& node) { list(*node.body); }
  void operator()(const Group& node) { list(*node.body); }
  void operator()(const If& node) {
    for (const If::Branch& branch : node.branches) {
      list(*branch.condition);
      list(*branch.body);
    }
    if (node.otherwise) list(*node.otherwise);
  }
  void operator()(const For& node) {
    for (const Word& one : node.words) word(one);
    list(*node.body);
  }
  void operator()(const ArithFor& node) {
    word(node.init);
    word(node.condition);
    word(node.step);
    list(*node.body);
  }
  void operator()(const While& node) {
    list(*node.condition);
    list(*node.body);
  }
  void operator()(const Case& node) {
    word(node.subject);
    for (const Case::Item& item : node.items) {
      for (const Word& pattern : item.patterns) word(pattern);
      list(*item.body);
    }
  }
  void operator()(const Function& node) { command(*node.body); }
  void operator()(const Conditional& node) {
    for (const Word& one : node.words) word(one);
  }
  void operator()(const ArithCommand& node) { word(node.expression); }
  void operator()(const Coproc& node) { command(*node.body); }

 private:
  void assignment(const Assignment& one) {
    word(one.value);
    for (const ArrayElement& element : one.elements) word(element.value);
  }
  void word(const Word& word) { parts(word.parts); }
  void word(const std::unique_ptr<Word>& operand) {
    if (operand) parts(operand->parts);
  }
  void parts(const std::vector<Part>& all) {
    for (const Part& part : all) {
      if (const auto* inside = std::get_if<DoubleQuoted>(&part.node)) parts(inside->parts);
      else if (const auto* parameter = std::get_if<Parameter>(&part.node)) word(parameter->operand), word(parameter->operand2);
      else if (const auto* substitution = std::get_if<CommandSubst>(&part.node)) list(*substitution->body);
      else if (const auto* process = std::get_if<ProcessSubst>(&part.node)) list(*process->body);
      else if (const auto* arithmetic = std::get_if<Arithmetic>(&part.node)) word(arithmetic->expression);
    }
  }
  static void print(const SimpleCommand& node) {
    std::string line = "[";
    for (const Word& one : node.words) {
      if (line.size() > 1) line += ',';
      std::string text;
      if (literal_text(one.parts, text)) belay::json::append_string(line, text);
      else line += "null";
    }
    std::cout << line << "]\n";
  }
};

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mode = argc > 1 ? argv[1] : "";
  if (mode == "dump") {
    std::cout << dump(parse(slurp(std::cin))) << '\n';
    return 0;
  }
  if (mode != "commands" && mode != "accepts") return std::fputs("usage: shell_dump dump|commands|accepts [FILE…]\n", stderr), 2;
  for (int i = 2; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    const Script script = parse(slurp(in));
    if (mode == "accepts") std::cout << (script.complete ? "yes" : "no") << '\n';
    else Walker().list(script.body);
    if (mode == "commands" && !script.complete) {
      std::cerr << argv[i] << ": " << name_of(script.problems.front().code) << " at " << script.problems.front().at.begin << '\n';
    }
  }
}
