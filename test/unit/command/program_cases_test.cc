#include <catch2/catch.hpp>

#include "program_world.h"

namespace belay::command::program::test {

namespace {

Text with_holes(std::string_view s) {
  Text out;
  while (!s.empty()) {
    constexpr std::string_view kOne = "‹?›";
    constexpr std::string_view kMany = "‹*›";
    if (s.substr(0, kOne.size()) == kOne) {
      out.append_hole(model::HoleTrait::slash | model::HoleTrait::empty);
      s.remove_prefix(kOne.size());
    } else if (s.substr(0, kMany.size()) == kMany) {
      out.append_hole(model::HoleTrait::any);
      s.remove_prefix(kMany.size());
    } else {
      out.append(s.substr(0, 1));
      s.remove_prefix(1);
    }
  }
  return out;
}

std::string file_line(const model::Operation& op, const model::FileAccess& f) {
  std::string out = std::string(model::name_of(op.kind)) + " " + f.path.lexical.display();
  if (f.recursive) out += " recursive";
  if (f.contents_only) out += " contents";
  if (!f.certain) out += " maybe";
  return out;
}

std::string exec_line(const model::Exec& e) {
  std::string out = "exec " + e.canonical.display();
  if (!e.via.empty()) {
    out += " | via";
    for (const std::string& v : e.via) out += " " + v;
  }
  if (!e.as.empty()) out += " | as " + e.as;
  for (const model::Binding& b : e.env) out += " | env " + b.name + "=" + b.value.display();
  if (e.remote) out += " | remote";
  return out;
}

std::string line_of(const model::Operation& op) {
  if (const auto* e = op.as_exec()) return exec_line(*e);
  if (const auto* f = op.as_file()) return file_line(op, *f);
  if (const auto* f = op.as_fetch()) {
    return "fetch " + f->method + " " + f->host.display() + " " + f->url.display() +
           (f->has_body ? " | body " + f->body.display() : "");
  }
  if (const auto* q = op.as_query()) {
    return "query " + q->engine + " " + q->host.display() + "/" + q->database.display() + (q->local ? " local" : "") + " | " +
           q->statement.display();
  }
  if (const auto* o = op.as_opaque()) return "opaque " + std::string(model::name_of(o->reason));
  return "?";
}

/// A case has one line for each operation.
std::string one_line(const std::string& text) {
  std::string out;
  for (const char c : text.substr(0, text.find_last_not_of('\n') + 1)) {
    if (c == '\n') out += "⏎";
    else out.push_back(c);
  }
  return out;
}

class Printer : public Host {
 public:
  explicit Printer(const image::View& knowledge) : images_{&knowledge} {}

  std::uint32_t emit(model::Operation op) override {
    lines.push_back(one_line(line_of(op)));
    return static_cast<std::uint32_t>(lines.size() - 1);
  }
  void flow(std::uint32_t, std::uint32_t) override {}
  model::Path path(const Text& written, const Text& cwd) override {
    Text joined;
    if (written.view().substr(0, 1) != "/" && written.view().substr(0, 1) != "~") {
      joined = cwd;
      joined.append("/");
    }
    joined.append(written.view().substr(0, 2) == "./" ? written.substr(2) : written);
    if (written.view() == ".") joined = cwd;
    return {written, joined, joined};
  }
  std::optional<Input> written(const Text&, const Text&) override { return std::nullopt; }
  void run(const Invocation& inner) override { interpret(inner, *this); }
  void run_shell(const Text& code, const std::vector<Text>& parameters, const Invocation& around) override {
    std::string line = "shell " + code.display();
    for (const Text& p : parameters) line += " | " + p.display();
    if (!around.setting.as.empty()) line += " | as " + around.setting.as;
    if (around.setting.remote) line += " | remote";
    lines.push_back(one_line(line));
  }
  std::span<const image::View* const> knowledge() const override { return images_; }

  std::vector<std::string> lines;

 private:
  std::vector<const image::View*> images_;
};

struct Case {
  std::string where;
  World world;
  std::vector<std::string> expected;
};

void set_input(World& world, const std::string& line) {
  if (line == "@network") world.kind = model::StdinKind::network;
  else if (line == "@pipe") world.kind = model::StdinKind::pipe;
  else if (line == "@file") world.kind = model::StdinKind::file;
  else if (line == "@decoded") world.kind = model::StdinKind::pipe, world.decoded = true;
  else {
    world.kind = model::StdinKind::literal;
    world.input = (world.input ? *world.input : "") + line + "\n";
  }
}

std::vector<Case> read_cases(const std::filesystem::path& path) {
  std::vector<Case> out;
  std::istringstream in(file_text(path));
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    if (line.substr(0, 2) == "$ ")
      out.push_back({path.filename().string() + ":" + std::to_string(number), {line.substr(2), {}, {}, false}, {}});
    else if (line.substr(0, 2) == "< ") set_input(out.back().world, line.substr(2));
    else out.back().expected.push_back(line);
  }
  return out;
}

std::string together(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

}  // namespace

std::vector<std::string> operations_of(const World& world, const image::View& knowledge) {
  Printer printer(knowledge);
  Invocation in;
  in.argv = split_words(with_holes(world.command));
  in.setting.cwd = Text("/w");
  in.input.kind = world.kind;
  in.input.decoded = world.decoded;
  if (world.input) in.input.text = Text(*world.input);
  interpret(in, printer);
  return printer.lines;
}

TEST_CASE("programs: the shipped knowledge loads without a finding") {
  const auto known = shipped_knowledge();
  for (const auto& d : known->diagnostics.items()) {
    INFO(base::render(d));
    CHECK(false);
  }
  CHECK_FALSE(known->view.damaged());
}

TEST_CASE("programs: what commands do") {
  const auto known = shipped_knowledge();
  std::size_t count = 0;
  for (const auto& path : files_in(BELAY_TEST_DATA "/cases/programs", ".cases")) {
    for (const Case& c : read_cases(path)) {
      INFO(c.where << ": " << c.world.command);
      CHECK(together(operations_of(c.world, known->view)) == together(c.expected));
      CHECK_FALSE(known->view.damaged());
      ++count;
    }
  }
  CHECK(count > 0);
}

}  // namespace belay::command::program::test
