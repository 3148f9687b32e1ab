#include "image/image.h"

#include <catch2/catch.hpp>

using namespace belay;
using image::Section;

namespace {

struct Pair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

std::string sample() {
  image::Builder builder;
  builder.add(Section::rules, Pair{1, 2});
  builder.add(Section::rules, Pair{3, 4});
  (void)builder.add_all(Section::texts, std::vector<image::Str>{builder.text("git"), builder.text("push"), builder.text("git")});
  return builder.finish();
}

}  // namespace

TEST_CASE("what is written is read") {
  const std::string bytes = sample();
  const auto view = image::View::open(bytes);
  REQUIRE(view);
  CHECK(view->count<Pair>(Section::rules) == 2);
  CHECK(view->at<Pair>(Section::rules, 1).b == 4);
  const auto first = view->at<image::Str>(Section::texts, 0);
  const auto third = view->at<image::Str>(Section::texts, 2);
  CHECK(view->text(first) == "git");
  CHECK(third.offset == first.offset);  // stored once
  CHECK(view->text(view->at<image::Str>(Section::texts, 1)) == "push");
  CHECK(view->verify());
  CHECK_FALSE(view->damaged());
  CHECK(view->hash().size() == 64);
}

TEST_CASE("same calls, same bytes") { CHECK(sample() == sample()); }

TEST_CASE("an access out of bounds is a zero and is remembered") {
  const std::string bytes = sample();
  const auto view = *image::View::open(bytes);
  struct Row {
    const char* what;
    void (*access)(const image::View&);
  };
  const Row rows[] = {
      {"record", [](const image::View& v) { CHECK(v.at<Pair>(Section::rules, 2).a == 0); }},
      {"far record", [](const image::View& v) { CHECK(v.at<Pair>(Section::rules, 0xFFFFFFFFU).a == 0); }},
      {"empty section", [](const image::View& v) { CHECK(v.at<Pair>(Section::groups, 0).a == 0); }},
      {"text beyond",
       [](const image::View& v) {
         CHECK(v.text({6, 2}).empty());
       }},
      {"text that wraps",
       [](const image::View& v) {
         CHECK(v.text({0xFFFFFFFFU, 2}).empty());
       }},
      {"text that is long",
       [](const image::View& v) {
         CHECK(v.text({0, 0xFFFFFFFFU}).empty());
       }},
      {"a range that would take minutes to go through",
       [](const image::View& v) {
         CHECK(v.within({0, 3}).count == 3);
         CHECK(v.within({0, 0xFFFFFFFFU}).count == 0);
       }},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    image::View copy = view;
    row.access(copy);
    CHECK(copy.damaged());
  }
  CHECK_FALSE(view.damaged());
}

TEST_CASE("the stamps are outside the hash, everything else is inside") {
  const std::string bytes = sample();
  const auto stamped = image::with_stamps(bytes, "stamps");
  REQUIRE(stamped);
  const auto view = *image::View::open(*stamped);
  CHECK(view.raw(Section::stamps) == "stamps");
  CHECK(view.hash() == image::View::open(bytes)->hash());
  CHECK(view.verify());
  int noticed = 0;
  int kept = 0;
  for (std::size_t i = 0; i < stamped->size(); ++i) {
    std::string flipped = *stamped;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    const auto opened = image::View::open(flipped);
    (opened && opened->verify() ? kept : noticed) += 1;
  }
  // Not noticed: the six bytes of the stamps, and what only fills up to the next section.
  CHECK(kept < 6 + 8 * static_cast<int>(image::kSections));
  CHECK(noticed > 400);
}

TEST_CASE("what is no image") {
  struct Row {
    const char* what;
    std::string bytes;
    base::Errc code;
  };
  std::string version = sample();
  version[8] = 99;
  std::string count = sample();
  count[12] = 3;
  std::string moved = sample();
  moved[56] = static_cast<char>(moved[56] + 8);
  const std::vector<Row> rows{{"empty", "", base::Errc::damaged},
                              {"text", "this is not an image at all", base::Errc::damaged},
                              {"magic only", "BELAYIMG", base::Errc::damaged},
                              {"another format", version, base::Errc::version},
                              {"another number of sections", count, base::Errc::damaged},
                              {"a section out of place", moved, base::Errc::damaged},
                              {"cut in the header", sample().substr(0, 60), base::Errc::truncated},
                              {"cut in the sections", sample().substr(0, sample().size() - 1), base::Errc::truncated},
                              {"longer than it says", sample() + "x", base::Errc::damaged},
                              {"too large", std::string(image::kMaxBytes + 1, 'x'), base::Errc::too_large}};
  for (const Row& row : rows) {
    INFO(row.what);
    const auto view = image::View::open(row.bytes);
    REQUIRE_FALSE(view);
    CHECK(view.error().code == row.code);
  }
}
