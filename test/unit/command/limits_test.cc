#include <catch2/catch.hpp>

#include <algorithm>

#include "program_world.h"

/// What costs more than a call is worth is cut off and said; it is neither looked at for ever nor taken for harmless.
namespace belay::command::program::test {

namespace {

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

/// The piece with a number in it, counted from 0.
std::string numbered(std::string_view before, std::string_view behind, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += std::string(before) + std::to_string(i) + std::string(behind);
  return out;
}

bool says_limit(const std::string& command) {
  const auto analysis = analysis_of(command);
  return std::any_of(analysis.operations.begin(), analysis.operations.end(), [](const model::Operation& op) {
    const auto* const opaque = op.as_opaque();
    return opaque != nullptr && opaque->reason == model::OpaqueReason::limit;
  });
}

bool removes(const std::string& command, std::string_view path) {
  const auto analysis = analysis_of(command);
  return std::any_of(analysis.operations.begin(), analysis.operations.end(), [&](const model::Operation& op) {
    return op.kind == model::OpKind::remove && op.as_file()->path.lexical.view() == path;
  });
}

std::string makefile(const std::string& text) { return "cat > Makefile <<'E'\n" + text + "\nE\nmake"; }

}  // namespace

TEST_CASE("limits: choices of a call's arguments do not multiply") {
  std::string code = "python3 - <<'E'\nimport os, sys\nk = sys.argv[1]\n";
  std::string names;
  for (char name = 'a'; name < 'o'; ++name) {
    code += std::string(1, name) + " = 'x'\n";
    for (char value = '1'; value < '9'; ++value)
      code += std::string("if k == '") + value + "':\n  " + name + " = '" + value + "'\n";
    names += std::string(", ") + name;
  }
  CHECK(analysis_of(code + "os.remove(os.path.join('/'" + names + "))\nE\n").operations.size() < 10);
}

TEST_CASE("limits: what find prints in a long format for many names is cut off") {
  CHECK(says_limit("find " + numbered("d", " ", 300) + "-printf '" + repeated("%p\\n", 5000) + "' | xargs rm"));
  CHECK_FALSE(says_limit("find a b -printf '%p\\n' | xargs rm"));
}

TEST_CASE("limits: text tools one behind the other read so much only, and nobody knows what comes behind") {
  const std::string head = "printf '" + repeated("rm -rf /w/aaaa\\n", 3000) + "'";
  CHECK(removes(head + " | sed s/b/c/ | sh", "/w/aaaa"));
  const auto analysis = analysis_of(head + repeated(" | sed s/a/a/g", 300) + " | sh");
  CHECK(std::any_of(analysis.operations.begin(), analysis.operations.end(), [](const auto& op) { return op.as_opaque() != nullptr; }));
}

TEST_CASE("limits: lists of PowerShell that hold one another are copied so often only") {
  const std::string script = "$a = @(1);" + repeated("$b = $a; $a += $b; $a[0] = $b; [array]::Reverse($a);", 600);
  CHECK(removes("pwsh -c '$a = @(\"/w/a\"); $b = $a; $b[0] = \"/w/b\"; Remove-Item $a[0]'", "/w/b"));
  CHECK_FALSE(removes("pwsh -c '" + script + " Remove-Item $a[0]'", "/w/b"));
}

TEST_CASE("limits: what parallel runs is cut off where it is too much") {
  CHECK(says_limit("parallel '" + repeated("{1}{2}{}", 3000) + "' ::: " + numbered("bbbbbbbbbb", " ", 900)));
  CHECK(says_limit("parallel echo {} ::: " + numbered("a", " ", 200) + "::: " + numbered("b", " ", 200)));
  CHECK_FALSE(says_limit("parallel echo {} ::: " + numbered("a", " ", 20) + "::: " + numbered("b", " ", 20)));
}

TEST_CASE("limits: groups of find do not multiply the names before them") {
  const std::string group = "\\( -type f -o -type d \\) ";
  CHECK(removes("find /w -name a " + repeated(group, 60) + "-delete", "/w/a"));
  CHECK_FALSE(says_limit("find /w -name a " + repeated(group, 60) + "-delete"));
  CHECK_FALSE(says_limit("find /w " + numbered("-name a", " -o ", 500) + "-name b -print"));
}

TEST_CASE("limits: what stands behind deep parentheses of find is not lost") {
  CHECK(says_limit("find /w " + repeated("\\( ", 70) + "-name x " + repeated("\\) ", 70) + "-o -delete"));
  CHECK(removes("find /w " + repeated("\\( ", 30) + "-name x " + repeated("\\) ", 30) + "-o -delete", "/w"));
}

TEST_CASE("limits: alternatives of a glob that are many times as long as it are not written out") {
  const std::string long_name(40'000, 'a');
  CHECK(says_limit("grep -r --include='" + long_name + "{" + repeated(",", 40'000) + "}' x ."));
  CHECK_FALSE(says_limit("grep -r --include='*.{" + numbered("ts", ",", 2000) + "js}' x ."));
}

TEST_CASE("limits: options that nobody declares are left out one by one so often only") {
  CHECK(says_limit("git " + repeated("-Z x ", 5000) + "status"));
  CHECK_FALSE(says_limit("git " + repeated("-Z x ", 20) + "status"));
}

TEST_CASE("limits: PowerShell says what it does not look at") {
  CHECK(says_limit("pwsh -c '" + numbered("\"a", "\",", 300) + "\"b\" | ForEach-Object { chmod 644 $_ }'"));
  CHECK_FALSE(says_limit("pwsh -c '" + numbered("\"a", "\",", 200) + "\"b\" | ForEach-Object { chmod 644 $_ }'"));
  for (const std::string_view piece : {"((", "if(", "@{a=", "[int]", "$a[", "if ($x) {"}) {
    INFO(piece);
    CHECK(says_limit("pwsh -c '" + repeated(piece, 200) + "; Remove-Item -Recurse ~'"));
    CHECK_FALSE(says_limit("pwsh -c '" + repeated(piece, 5) + "; Remove-Item -Recurse ~'"));
  }
}

TEST_CASE("limits: cells, addresses and functions inside one another end before the stack does") {
  CHECK(says_limit("ipython -c '" + repeated("%%time\n", 15'000) + "!ls'"));
  CHECK(removes("ipython -c '%%time\n%%capture\n!rm x'", "/home/dev/project/x"));
  CHECK_FALSE(says_limit("socat '" + repeated("a!!", 40'000) + "b'"));
  CHECK(removes("socat 'a!!exec:rm x'", "/home/dev/project/x"));
  CHECK(says_limit(makefile("all:\n\tls " + repeated("$(a ", 10'000))));
}

TEST_CASE("limits: variables of make do not double for ever, and the last of many is known") {
  std::string doubled = "A0 := xxxxxxxxxxxxxxxx\n";
  for (int i = 0; i < 40; ++i) doubled += "A" + std::to_string(i + 1) + " := $(A" + std::to_string(i) + ")$(A" + std::to_string(i) + ")\n";
  CHECK_FALSE(removes(makefile(doubled + "all:\n\trm $(A40)\n"), "/home/dev/project/x"));
  CHECK(removes(makefile(numbered("B", " = x\n", 1000) + "X = rm\nall:\n\t$(X) x\n"), "/home/dev/project/x"));
}

TEST_CASE("limits: awk and sed say where they stop, and what is assigned or printed late counts") {
  CHECK(says_limit("awk 'BEGIN{" + repeated(";", 500'000) + "system(\"rm x\")}'"));
  CHECK(says_limit("sed -n '" + repeated("p;", 500'000) + "\n1e rm x'"));
  CHECK(removes("awk 'BEGIN{" + numbered("a", "=\"ls\";", 1100) + "a1=\"rm x\";system(a1)}'", "/home/dev/project/x"));
  CHECK_FALSE(says_limit("awk 'BEGIN{" + numbered("a", "=1;", 1100) + "}'"));
}

TEST_CASE("limits: functions that call functions, and what is fetched into very many files") {
  CHECK(says_limit("php -r 'call_user_func(" + repeated("\"call_user_func\",", 5000) + "\"phpversion\");'"));
  CHECK_FALSE(says_limit("php -r 'call_user_func(" + repeated("\"call_user_func\",", 50) + "\"phpversion\");'"));
  CHECK(says_limit("curl " + repeated("-o x https://a/ ", 5000)));
  CHECK_FALSE(says_limit("curl " + repeated("-o x https://a/ ", 100)));
}

TEST_CASE("limits: a length that ends beyond all numbers is the rest of the text") {
  CHECK(removes("x=arm; ${x:1:9223372036854775807} x", "/home/dev/project/x"));
  CHECK(removes("x=arm; ${x: -2:9223372036854775807} x", "/home/dev/project/x"));
}

TEST_CASE("limits: a long text that YAML names very often is not written out each time") {
  const std::string text(5000, 'x');
  CHECK(says_limit("cat > docker-compose.yml <<'E'\nservices:\n  a: &a \"" + text + "\"\n  b: [" + repeated("*a ,", 10'000) + "*a ]\nE\ndocker compose up"));
  CHECK_FALSE(says_limit("cat > docker-compose.yml <<'E'\nservices:\n  a: &a \"" + text + "\"\n  b: [" + repeated("*a ,", 100) + "*a ]\nE\ndocker compose up"));
}

/// The reasons of what cannot be told.
std::vector<model::OpaqueReason> opaque_in(const std::string& command) {
  std::vector<model::OpaqueReason> out;
  for (const model::Operation& op : analysis_of(command).operations) {
    if (const auto* const opaque = op.as_opaque()) out.push_back(opaque->reason);
  }
  return out;
}

TEST_CASE("limits: a long text that is written and run is known, and a longer one does not pass for harmless") {
  for (const std::string_view begin : {"cat > a.sh <<'E'\n", "tee a.sh <<'E'\n", "cat <<'E' | cat > a.sh\n"}) {
    INFO(begin);
    CHECK(removes(std::string(begin) + repeated("# c\n", 20'000) + "rm x\nE\nbash a.sh", "/home/dev/project/x"));
    CHECK(opaque_in(std::string(begin) + repeated("# c\n", 20'000) + "ls x\nE\nbash a.sh").empty());
  }
  const std::string longer = repeated("# c\n", 150'000);
  for (const std::string& command : {"cat > a.sh <<'E'\n" + longer + "rm x\nE\nbash a.sh", "echo '" + longer + "rm x' > a.sh; bash a.sh",
                                     "printf '%s\\n' '" + longer + "' 'rm x' > a.sh; bash a.sh", "printf -v x '%s\\n' '" + longer + "' 'rm x'; eval \"$x\""}) {
    INFO(command.substr(0, 20));
    CHECK_FALSE(opaque_in(command).empty());
  }
  CHECK(opaque_in("cat > a.txt <<'E'\n" + longer + "E\ngrep x a.txt").empty());
}

TEST_CASE("limits: other shells say what is not read") {
  for (const std::string& command : {"cmd /c '" + repeated("(", 30) + "del x" + repeated(")", 30) + "'", "cmd /c '" + repeated("if exist a ", 30) + "del x'",
                                     "fish -c '" + repeated("echo (", 40) + "rm x" + repeated(")", 40) + "'"}) {
    INFO(command.substr(0, 20));
    CHECK_FALSE(opaque_in(command).empty());
  }
  CHECK(removes("cmd /c '" + repeated("(", 8) + "del x" + repeated(")", 8) + "'", "/home/dev/project/x"));
  CHECK(removes("fish -c '" + repeated("echo (", 8) + "rm x" + repeated(")", 8) + "'", "/home/dev/project/x"));
  for (const std::string_view shell : {"fish", "csh"}) {
    const std::string command = std::string(shell) + " -c '" + repeated("echo a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z\n", 4000) + "rm x'";
    INFO(shell);
    CHECK_FALSE(opaque_in(command).empty());
  }
}

TEST_CASE("limits: lines that a loop does not come to are said") {
  const auto loop = [](std::size_t lines) { return "printf '%s\\n' " + repeated("ls ", lines) + "'rm x' | while read -r l; do eval \"$l\"; done"; };
  CHECK(says_limit(loop(1500)));
  CHECK(removes(loop(900), "/home/dev/project/x"));
  CHECK_FALSE(says_limit(loop(900)));
}

}  // namespace belay::command::program::test
