#include <catch2/catch.hpp>

#include "base/encoding.h"

namespace belay::base::test {

TEST_CASE("hexadecimal") {
  CHECK(hex_digit('0') == 0);
  CHECK(hex_digit('F') == 15);
  CHECK(hex_digit('f') == 15);
  CHECK(hex_digit('g') == -1);
  CHECK(hex_decoded("72 6d:2D") == "rm-");
  CHECK(hex_decoded("726") == "r");
}

TEST_CASE("base64") {
  // RFC 4648, section 10.
  CHECK(base64_decoded("Zm9vYmFy") == "foobar");
  CHECK(base64_decoded("Zm9vYg==") == "foob");
  CHECK(base64_decoded("Zm\n9v") == "foo");
  CHECK(base64_decoded("-_-_") == "");
  CHECK(base64_decoded("-_-_", Base64::url_safe_too) == base64_decoded("+/+/"));
  CHECK(is_base64("Zm9v Yg==\n"));
  CHECK_FALSE(is_base64("Zm9v-_"));
}

TEST_CASE("code points as UTF-8") {
  const auto utf8 = [](unsigned long code) {
    std::string out;
    append_utf8(out, code);
    return out;
  };
  CHECK(utf8('r') == "r");
  CHECK(utf8(0xE9) == "\xC3\xA9");
  CHECK(utf8(0x20AC) == "\xE2\x82\xAC");
  CHECK(utf8(0x1F600) == "\xF0\x9F\x98\x80");
  CHECK(utf8(0x110000).empty());
}

}  // namespace belay::base::test
