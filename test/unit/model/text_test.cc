#include "model/text.h"

#include <catch2/catch.hpp>

using namespace belay::model;

TEST_CASE("a NUL from outside never becomes a hole") {
  const Text t(std::string("a\0b", 3));
  CHECK(t.literal());
  CHECK(t.bytes() == "ab");
  Text u;
  u.append(std::string_view("\0", 1));
  CHECK(u.empty());
}

TEST_CASE("parts keep the holes that lie in them") {
  Text t("a/");
  t.append_hole(HoleTrait::slash);
  t.append("/b/");
  t.append_hole(HoleTrait::empty);
  CHECK(t.hole_count() == 2);
  CHECK(t.display() == "a/‹?›/b/‹?›");
  const Text tail = t.substr(4);
  CHECK(tail.display() == "b/‹?›");
  CHECK(tail.hole_count() == 1);
  CHECK(tail.trait(0) == HoleTrait::empty);
  CHECK(t.substr(0, 2).literal());
  CHECK(t.substr(99).empty());
  CHECK(has(t.traits(), HoleTrait::slash));
  CHECK_FALSE(has(t.traits(), HoleTrait::words));
}
