#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Commands put together at random from word forms; the same seed gives the same commands everywhere. For test/support/values_dump.cc.
namespace belay::values {

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  std::string command() {
    std::string out = setting();
    for (std::uint64_t n = 1 + pick(2); n > 0; --n) out += "; " + statement();
    return out;
  }

 private:
  using Texts = std::span<const std::string_view>;

  std::uint64_t pick(std::uint64_t below) { return random_() % below; }
  std::string any(Texts texts) { return std::string(texts[pick(texts.size())]); }

  /// A value as it is written behind `=`.
  std::string value() {
    static constexpr std::string_view kValues[] = {
        "abc", "/etc/passwd", "a/b/c.tar.gz", "'a b'", "' lead'", "'trail '", "'x  y'", "''", "'a:b::c'", "\"it's\"", "$'t\\tt'",
        "'*.txt'", "\"a\\\"b\"", "Abc.Def", "--force", "'a\\b'", "banana", "123", "-7", "~/x", "'q]z'", "a=b", "'{x,y}'"};
    return any(kValues);
  }

  /// Assignments that the words below speak of: v w n (a number) a (a list) m (a map) and the positional parameters.
  std::string setting() {
    std::string out = "v=" + value() + "; w=" + value() + "; n=" + std::to_string(pick(4)) + "; r=v";
    out += "; a=(" + value() + " " + value() + " " + value() + "); set -- " + value() + " " + value();
    out += "; declare -A m=([k]=" + value() + " [l]=" + value() + ")";
    if (pick(6) == 0) {
      static constexpr std::string_view kSeparators[] = {":", "'/'", "''", "', '", "a", "$'\\n'"};
      out += "; IFS=" + any(kSeparators);
    }
    if (pick(12) == 0) out += "; set -f";
    return out;
  }

  std::string operation() {
    static constexpr std::string_view kOperations[] = {
        ":-alt",  "-alt",  ":+alt",  "+alt",  ":=new", "#a",    "##*/",  "#*/",   "##*[.:]", "%c",    "%%.*",   "%.*",    "%/*",    "%%/*",  "/a/X",
        "//a/X",  "/#a/X", "/%c/X",  "//a",   "/b",    "//[ab]/_", "/?/-", ":1",  ":1:2",    ":0:1",  ": -2",   ":0:-1",  ": -3:2", ":n",    ":n:n+1",
        "^",      "^^",    ",",      ",,",    "^^[ab]", "@Q",   "@U",    "@u",    "@L",      "//\"a\"/$w", "#$w", "%\"$n\"", ":-$w", ":+\"$w x\"", "~~"};
    return any(kOperations);
  }

  std::string subject() {
    static constexpr std::string_view kSubjects[] = {"v", "w", "n", "1", "2", "a[0]", "a[1]", "a[n]", "a[-1]", "m[k]", "m[l]", "!r", "3"};
    return any(kSubjects);
  }

  std::string expansion() {
    static constexpr std::string_view kLists[] = {"$@", "$*", "${a[@]}", "${a[*]}", "${a[@]:1}", "${a[@]:0:2}", "${a[@]#a}", "${a[@]/a/X}", "${@:2}",
                                                  "${*:1:1}", "${#a[@]}", "$#", "${!a[@]}", "${a[@]^^}", "${@%c}", "${#m[@]}", "${@:1:1}"};
    static constexpr std::string_view kSums[] = {"$((n+1))", "$((2*(n+3)))", "$((n<2?10:20))", "$((n**2))", "$((0x1f&n))", "$((n==1||n>2))",
                                                 "$(( 7/2 ))", "$((-7%3))", "$((1<<n))", "$((!n))", "$[n+n]", "$((016))", "$((2#101))"};
    static constexpr std::string_view kSubstitutions[] = {
        "$(echo $v)", "$(echo \"$v\")", "`echo $w`", "$(printf '%s\\n' \"$v\" \"$w\")", "$(printf %s, \"${a[@]}\")", "$(echo \"$v\" | tr a-c x)",
        "$(basename \"$v\")", "$(printf '%03d' $n)", "$(dirname /x/y)", "$(echo a; echo b)", "$(printf '\\x41\\102')", "$(cat <<<\"$v\")", "$(rev <<<\"$w\")"};
    switch (pick(9)) {
      case 0: return "$" + std::string(pick(2) == 0 ? "v" : "w");
      case 1: return any(kLists);
      case 2: return any(kSums);
      case 3: return any(kSubstitutions);
      case 4: return "${#" + std::string(pick(2) == 0 ? "v" : "a[1]") + "}";
      case 5: return "${" + subject() + "}";
      default: return "${" + subject() + operation() + "}";
    }
  }

  std::string atom() {
    static constexpr std::string_view kLiterals[] = {"x", "-f", "a.b", "/", "\\ ", "'s q'", "\"d q\"", "$'\\x41'", "$'\\n'", "''", "\\*", "'$v'",
                                                     "{1,2}", "{a..c}", "{x,'y z'}", "~", "=", ":", "\"\"", "\\\\", "$'\\''", "{3..1}", "{,s}"};
    switch (pick(4)) {
      case 0: return any(kLiterals);
      case 1: return "\"" + expansion() + "\"";
      case 2: return "\"<" + expansion() + ">\"";
      default: return expansion();
    }
  }

  std::string word() {
    std::string out;
    for (std::uint64_t n = 1 + pick(3); n > 0; --n) out += atom();
    return out;
  }

  std::string call() {
    std::string out = "p";
    for (std::uint64_t n = 1 + pick(3); n > 0; --n) out += " " + word();
    return out;
  }

  std::string test() {
    static constexpr std::string_view kTests[] = {"[[ $v == a* ]]", "[ -n \"$w\" ]", "[[ $v = \"$w\" ]]", "((n>1))", "[ \"$n\" -eq 2 ]", "true", "false",
                                                  "[[ -z $v && $n -lt 3 ]]", "! true", "test \"$v\" = abc", "[[ $w =~ ^a ]]", "[ $# -gt 1 ]"};
    return any(kTests);
  }

  std::string statement() {
    switch (pick(16)) {
      case 0: return "for x in " + word() + " " + word() + "; do p $x \"$x\"; done";
      case 1: return "case " + word() + " in a*) p A;; *[.]*) p B;; \"$v\") p C;; *) p D;; esac";
      case 2: return "if " + test() + "; then " + call() + "; else q; fi";
      case 3: return test() + " && " + call();
      case 4: return test() + " || " + call();
      case 5: return "f() { local v=$1; " + call() + "; }; f " + word() + "; p \"$v\"";
      case 6: return "(v=in; " + call() + "); p \"$v\"";
      case 7: return "eval 'p \"$v\" $w' " + std::string(pick(2) == 0 ? "\\$n" : "'\"${a[@]}\"; p $1'");
      case 8: return "read -r v w <<<" + word() + "; p \"$v\" \"$w\"";
      case 9: return "v=" + word() + "; p \"$v\" $v";
      case 10: return "a+=(" + word() + "); p \"${a[@]}\"";
      case 11: return "printf -v v '%s|' " + word() + "; p \"$v\"";
      case 12: return "shift; " + call();
      default: return call();
    }
  }

  std::mt19937_64 random_;
};

}  // namespace belay::values
