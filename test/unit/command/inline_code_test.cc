#include <catch2/catch.hpp>

#include <array>
#include <random>

#include "command/inline/code.h"
#include "command/program/effects.h"

namespace belay::command::inline_code {

namespace {

/// Counts what is emitted; shell code and commands are not read further.
class Counter : public Host {
 public:
  std::uint32_t emit(model::Operation op) override {
    if (const model::Opaque* o = op.as_opaque()) limits += o->reason == model::OpaqueReason::limit ? 1 : 0;
    return effects++;
  }
  void flow(std::uint32_t from, std::uint32_t to) override { CHECK(from < to); }
  model::Path path(const Text& written, const Text&) override { return {written, written, written}; }
  std::optional<Input> written(const Text&, const Text&) override { return std::nullopt; }
  void run(const Invocation& inner) override {
    CHECK_FALSE(inner.argv.empty());
    ++effects;
  }
  void run_shell(const Text&, const std::vector<Text>&, const Invocation&) override { ++effects; }
  std::span<const image::View* const> knowledge() const override { return {}; }

  std::uint32_t effects = 0;
  int limits = 0;
};

void read(std::string_view language, Text code, Counter& host) {
  Invocation in;
  in.argv = {Text("interpreter")};
  in.setting.cwd = Text("/w");
  program::Effects effects(in, host, "interpreter");
  read_code({language, std::move(code), {Text("/etc/x")}}, {}, effects);
}

constexpr std::array<std::string_view, 20> kLanguages{"python", "javascript", "perl", "ruby",  "php",   "lua",  "r",      "julia", "raku", "elixir",
                                                      "erlang", "lisp",       "elisp", "ocaml", "java", "octave", "nim", "sed",   "awk",  "applescript"};

/// Pieces that these languages give a meaning, and some that none does.
constexpr std::array<std::string_view, 58> kPieces{
    "\"", "'", "`", "'''", "\"\"\"", "{", "}", "(", ")", "[", "]", "${", "#{", "$(", "f'{", "\\", "\n", " ", ",", ";", ":", "::", "=>", "->", "=", "+", ".", "|", "<<EOT\n", "EOT\n", "/", "//",
    "#", "--", "qw(", "s{", "%w[", "system", "os.remove", "require('fs').rmSync", "for x in ", "import os as o", "from a import ", "open", "unlink ", "$_", "$ARGV[0]", "eval", "exec", "base64.b64decode",
    "x", "1", "e ", "w ", "print ", "getline", "do shell script", "."};

Text random_code(std::mt19937& random, std::size_t pieces) {
  Text out;
  for (std::size_t i = 0; i < pieces; ++i) {
    const auto n = random() % (kPieces.size() + 8);
    if (n < kPieces.size()) out.append(kPieces[n]);
    else if (n == kPieces.size()) out.append_hole(static_cast<model::HoleTrait>(random() % 16));
    else out.append(std::string(1, static_cast<char>(random() % 256)));
  }
  return out;
}

}  // namespace

TEST_CASE("inline code: languages that are read") {
  for (const std::string_view language : kLanguages) CHECK(reads(language));
  CHECK_FALSE(reads("sh"));
  CHECK_FALSE(reads(""));
  Counter host;
  read("klingon", Text("os.remove('x')"), host);
  CHECK(host.effects == 0);
}

TEST_CASE("inline code: no text is too odd to be read") {
  std::mt19937 random(20260425);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts every time
  for (int round = 0; round < 4000; ++round) {
    const std::string_view language = kLanguages[random() % kLanguages.size()];
    const Text code = random_code(random, 1 + random() % 60);
    INFO(language << ": " << code.display());
    Counter host;
    read(language, code, host);
    SUCCEED();
  }
}

TEST_CASE("inline code: every beginning of a program is read") {
  constexpr std::string_view kProgram = "import os as o\np = f'{o.environ[\"HOME\"]}/x'\nfor q in [p, '/etc/y']:\n  o.remove(q)\nexec(\"o.system('id')\")\n";
  for (std::size_t length = 0; length <= kProgram.size(); ++length) {
    Counter host;
    read("python", Text(kProgram.substr(0, length)), host);
    CHECK(host.effects <= 4);
  }
}

TEST_CASE("inline code: what nests or repeats without end is cut off and said") {
  const auto repeated = [](std::string_view piece, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += piece;
    return Text(std::move(out));
  };
  for (const std::string_view piece : {"(", "[", "{", "f(", "x=[", "a.b(", "eval('", "f\"{", "`${", "[x for x in [", "if x:", "lambda: "}) {
    for (const std::string_view language : kLanguages) {
      INFO(language << " " << piece);
      Counter host;
      read(language, repeated(piece, 60000 / piece.size()), host);
      CHECK(host.limits <= 2);
    }
  }
  Counter deep;
  read("python", repeated("f(", 5000), deep);
  CHECK(deep.limits == 1);
}

TEST_CASE("inline code: values that double do not") {
  std::string code = "a = 'xxxxxxxx'\n";
  for (int i = 0; i < 200; ++i) code += "a = a + a\nb = [a, a]\nb = b + b\n";
  code += "import os\nos.remove(a)\n";
  Counter host;
  read("python", Text(code), host);
  CHECK(host.effects == 1);
}

TEST_CASE("inline code: a long program of plain calls is read to its end") {
  std::string code;
  while (code.size() < (64U << 10U)) code += "print(len('some text'), x + 1)\n";
  code += "import os\nos.remove('/etc/x')\n";
  Counter host;
  read("python", Text(code), host);
  CHECK(host.effects == 1);
  CHECK(host.limits == 0);
}

struct GrownRow {
  std::string_view language, begin, step, end;
};

TEST_CASE("inline code: a list that grows without end is forgotten, the program is not") {
  constexpr std::array kRows{
      GrownRow{"python", "import os\nl = []\n", "l.append('a')\n", "os.remove('/etc/x')\n"},
      GrownRow{"python", "import os\nd = {}\n", "d['k'] = d\n", "os.remove('/etc/x')\n"},
      GrownRow{"javascript", "const l = [];\n", "l.push('a');\n", "require('fs').rmSync('/etc/x');\n"},
      GrownRow{"ruby", "l = []\n", "l << 'a'\n", "File.delete('/etc/x')\n"},
      GrownRow{"perl", "my @l;\n", "push @l, 'a';\n", "unlink '/etc/x';\n"},
      GrownRow{"php", "$l = [];\n", "$l[] = 'a';\n", "unlink('/etc/x');\n"},
      GrownRow{"lua", "l = {}\n", "table.insert(l, 'a')\n", "os.remove('/etc/x')\n"},
  };
  for (const GrownRow& row : kRows) {
    INFO(row.language << " " << row.step);
    std::string code(row.begin);
    for (int i = 0; i < 2000; ++i) code += row.step;
    Counter host;
    read(row.language, Text(code + std::string(row.end)), host);
    CHECK(host.effects == 1);
    CHECK(host.limits == 0);
  }
}

TEST_CASE("inline code: functions in a list that is too long are not lost") {
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "l.append('a')\n";
  std::string literal = "l = [";
  for (int i = 0; i < 2000; ++i) literal += "'a', ";
  for (const std::string& code : {"import os\nl = [os.remove]\n" + many + "l[0]('/etc/x')\n", "import os\nl = []\n" + many + "l.append(os.remove)\nl[-1]('/etc/x')\n",
                                  "import os\n" + literal + "os.remove]\nl[-1]('/etc/x')\n", "import os\n" + literal + "os.remove]\nl[2000]('/etc/x')\n"}) {
    INFO(code.substr(0, 30));
    Counter host;
    read("python", Text(code), host);
    CHECK(host.effects == 1);
  }
}

}  // namespace belay::command::inline_code
