#include <catch2/catch.hpp>
#include <string>

#include "command/shells/fish_words.h"

using belay::command::shells::braces_vanish;

TEST_CASE("braces of fish vanish around one item that varies") {
  CHECK(braces_vanish("{$HOME}"));
  CHECK(braces_vanish("{\"$HOME\"}/x"));
  CHECK(braces_vanish("{$HOME{y}}"));
  CHECK_FALSE(braces_vanish("{{$HOME}}"));
  CHECK_FALSE(braces_vanish("{(echo $HOME)}"));
  CHECK_FALSE(braces_vanish("{\"$(pwd)\"}"));
  CHECK_FALSE(braces_vanish("{x}"));
  CHECK_FALSE(braces_vanish("{'$HOME'}"));
  CHECK_FALSE(braces_vanish("{$HOME,b}"));
  CHECK_FALSE(braces_vanish("{$HOME"));
}

TEST_CASE("braces of fish are looked through to a depth: a text of nothing else costs no square of its length") {
  CHECK_FALSE(braces_vanish("{$x" + std::string(30, '{') + std::string(30, '}') + "}"));
}
