#include <catch2/catch.hpp>

#include "path/path.h"

/// What other systems call the same place. test/cases/paths has the decisions that follow.

using namespace belay;
using model::Text;

namespace {

std::string respelled(const std::string& written, const std::string& cwd = "/home/dev/project") {
  const auto found = path::respelled(written, Text(cwd), path::lexical(written, Text(cwd)));
  return found ? found->display() : "";
}

struct Row {
  const char* written;
  const char* meant;  ///< "" when there is no other reading
};

const Row kRows[] = {
    // nothing unusual
    {"a", ""},
    {"/etc/passwd", ""},
    {"../x/./y", ""},
    {"/proc/self/status", ""},
    {"/media/disk", ""},
    {"/mnt/data/x", ""},
    {"/mnt/c/data", ""},
    {"/c/x", ""},
    {"/c", ""},
    {"/privately/etc", ""},
    {"/private/etcetera", ""},
    {"a.b", ""},
    {".hidden", ""},
    {"...", ""},
    {"a:b", ""},
    {"host:path/x", ""},
    {"x.txt.~1~", ""},
    {"longname~1", ""},
    {"a~b", ""},
    {"naïve/日本語", ""},
    {"broken\xff\xc3utf8", ""},
    // one name in several forms of Unicode
    {"nai\xcc\x88ve", "/home/dev/project/na\xc3\xafve"},
    {"\xe2\x84\xab", "/home/dev/project/\xc3\x85"},
    {"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "/home/dev/project/\xed\x95\x9c"},
    {"a\xcc\x81\xff", ""},
    // macOS
    {"/private/etc/shadow", "/etc/shadow"},
    {"/PRIVATE/Var/x", "/var/x"},
    {"/private/tmp", "/tmp"},
    {"/Volumes/Macintosh HD", "/"},
    {"/Volumes/Macintosh HD/Users/x", "/Users/x"},
    {"f/..namedfork/rsrc", "/home/dev/project/f"},
    {"/.vol/16777220/2", "‹?›"},
    {"/.file/id=1.2", "‹?›"},
    // drives
    {"C:\\", "/"},
    {"C:", "/"},
    {"d:/", "/"},
    {"C:\\Users\\x", "/Users/x"},
    {"C:/Users/x", "/Users/x"},
    {"C:\\Windows\\..\\Users", "/Users"},
    {"D:\\work\\.env", "/mnt/d/work/.env"},
    {"C:x", ""},
    {"/mnt/c", "/"},
    {"/mnt/C/Users/x", "/Users/x"},
    {"/c/Users/x", "/Users/x"},
    {"/d/Program Files/x", "/Program Files/x"},
    {"/cygdrive/c/users", "/users"},
    {"/proc/cygdrive/c/users", "/users"},
    {"\\\\?\\C:\\Users", "/Users"},
    {"\\\\.\\C:\\Users", "/Users"},
    {"\\??\\C:\\Users", "/Users"},
    {"\\\\?\\UNC\\localhost\\c$\\Users", "/Users"},
    {"\\\\localhost\\c$\\Users", "/Users"},
    {"\\\\server\\D$\\Users", "/Users"},
    {"\\\\wsl$\\Debian\\home\\x", "/home/x"},
    {"\\\\wsl.localhost\\Debian", "/"},
    {"//localhost/share/x", "/share/x"},
    {"\\\\server\\share\\x", "/server/share/x"},
    {"\\", "/"},
    {"a\\b", "/home/dev/project/a/b"},
    {"..\\x", "/home/dev/x"},
    // variables
    {"%USERPROFILE%\\x", "/Users/‹?›/x"},
    {"%userprofile%", "/Users/‹?›"},
    {"%HOMEDRIVE%%HOMEPATH%\\x", "/Users/‹?›/x"},
    {"%APPDATA%\\gcloud", "/Users/‹?›/appdata/roaming/gcloud"},
    {"$env:USERPROFILE\\x", "/Users/‹?›/x"},
    {"${env:UserProfile}/x", "/Users/‹?›/x"},
    {"%SystemRoot%\\System32", "/windows/System32"},
    {"%NOSUCH%\\x", "/home/dev/project/%NOSUCH%/x"},
    {"~\\x", "/Users/‹?›/x"},
    {"100%", ""},
    // names
    {"a.", "/home/dev/project/a"},
    {"a. .", "/home/dev/project/a"},
    {"a /b", "/home/dev/project/a/b"},
    {"a::$DATA", "/home/dev/project/a"},
    {"a:$DATA", "/home/dev/project/a"},
    {"a:x:$DATA", "/home/dev/project/a"},
    {"dd:$I30:$INDEX_ALLOCATION/a", "/home/dev/project/dd/a"},
    {"GIT~1/hooks", "/home/dev/project/.git/hooks"},
    {"SETTIN~1.JSO", "/home/dev/project/settings.json"},
    {"PROGRA~1", "/home/dev/project/program files"},
    // what folding file systems do not see
    {".g\u200cit", "/home/dev/project/.git"},
    {"\ufeff.git", "/home/dev/project/.git"},
    {"cla\u00adude", "/home/dev/project/claude"},
    {"\u017fsh", "/home/dev/project/ssh"},
    {"\u212aube", "/home/dev/project/kube"},
};

}  // namespace

TEST_CASE("places under the names of other systems") {
  for (const Row& row : kRows) {
    INFO(row.written);
    CHECK(respelled(row.written) == row.meant);
  }
}

TEST_CASE("the working folder is the agent's own word, whatever it is called") {
  CHECK(respelled("a", "/home/josé/w:x/work. ") == "");
  CHECK(respelled("a.", "/home/josé/work") == "/home/josé/work/a");
}

TEST_CASE("rules are compared in one form of Unicode") {
  for (const char* const rule : {"/srv/\xc3\xa9t\xc3\xa9/**", "/srv/e\xcc\x81t\xc3\xa9/**", "/srv/e\xcc\x81te\xcc\x81/**"}) {
    const auto globs = path::compile_glob(rule, path::Case::exact);
    REQUIRE(globs.has_value());
    CHECK(path::meets(globs->front(), Text("/srv/\xc3\xa9t\xc3\xa9/x"), {}, {}) == model::Truth::yes);
    CHECK(path::meets(globs->front(), Text("/srv/ete/x"), {}, {}) == model::Truth::no);
  }
}

TEST_CASE("holes stay where they are") {
  Text path("C:\\Users\\");
  path.append_hole(model::HoleTrait::none);
  path.append("\\.ssh\\id. ");
  const auto found = path::respelled(path, Text("/w"), path::lexical(path, Text("/w")));
  REQUIRE(found.has_value());
  CHECK(found->display() == "/Users/‹?›/.ssh/id");
  CHECK(found->hole_count() == 1);
}

TEST_CASE("folders where the files of a pattern lie") {
  path::Places places;
  places.homes = {"/home/ana"};
  places.project = "/src";
  const auto folders = [&](const char* pattern) {
    std::vector<std::string> out;
    const auto globs = path::compile_glob(pattern, path::Case::fold);
    for (const auto& glob : *globs) {
      for (const auto& folder : path::folders_named(glob, places)) out.push_back(folder);
    }
    return out;
  };
  using Names = std::vector<std::string>;
  CHECK(folders("/etc/shadow") == Names{"/etc"});
  CHECK(folders("/x") == Names{"/"});
  CHECK(folders("{home}/.ssh/**") == Names{"/home/ana/.ssh"});
  CHECK(folders("{home}/.ssh/id_*") == Names{"/home/ana/.ssh"});
  CHECK(folders("{home}/.netrc") == Names{"/home/ana"});
  CHECK(folders("~/.aws/*/x") == Names{"/root/.aws", "/var/root/.aws", "/home/ana/.aws"});
  CHECK(folders("{project}/a/b") == Names{"/src/a"});
  CHECK(folders("**/.env").empty());
}

TEST_CASE("lexical: a working folder that is named by a name of the working folder may be anywhere") {
  const Text folder("/proc/self/cwd");
  CHECK(path::lexical(Text("x"), folder).display() == "‹?›/x");
  CHECK(path::lexical(Text("/proc/self/cwd/x"), folder).display() == "‹?›/x");
  CHECK(path::lexical(Text("/proc/self/cwd/x"), Text("/w")).display() == "/w/x");
}
