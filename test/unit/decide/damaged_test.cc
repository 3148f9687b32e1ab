#include <cstring>

#include "decide_world.h"
#include "image/policy_records.h"

/// An image of any origin gives an error or a decision, never undefined behaviour (run with sanitizers), and never a pass that the intact
/// image does not give unless nothing of what was looked at had changed.

using namespace decide_world;

namespace {

model::Analysis everything() {
  auto rm = deletes("/home/dev", {true});
  rm.exec = 1;
  return analysis(
      {exec("git push", {"-f --force"}, {"+main"}), exec("rm", {"-r"}), rm, reads("/home/dev/.aws/credentials"),
       reads("{any}", {true}), writes("/home/dev/.claude/settings.json", {false, false, true, "/x", "disableAllHooks"}),
       fetch("POST", "backboard.railway.app", "volumeDelete"), query("postgres", "drop table x"), tool("mcp:a/b", "x"),
       opaque(model::OpaqueReason::limit)},
      {{3, 6}, {6, 5}});
}

/// A small generator of our own, so that every run tries the same bytes.
class Numbers {
 public:
  std::uint32_t next(std::uint32_t below) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state_ >> 33U) % below;
  }

 private:
  std::uint64_t state_ = 1;
};

void decide_on(const std::string& bytes) {
  auto view = image::View::open(bytes);
  if (!view) return;
  const auto decision = Asker().judge(everything(), {{&*view, true, false}, {&*view, false, true}});
  if (view->damaged()) {
    CHECK(decision.effective == Verdict::deny);
    CHECK_FALSE(decision.fault.empty());
  }
}

Image sample() {
  std::vector<policy::SourcePtr> files{
      file(rule_text("on = \"read\"\npath = \"~/.aws/**\"\nreaches = { on = \"fetch\" }\nwhen = { users = [\"dev\"], groups = "
                     "[\"gid:27\"] }")),
      file(rule_text("command = \"git push\"\nany = [{ option = \"-f\" }, { match = 'push.*-f' }]", "g"), "g.toml"),
      file("[[override]]\nrule = \"*\"\naction = \"ask\"\nmode = \"enforce\"\n", "policy.toml")};
  for (auto& shipped : test::shipped_sources()) {
    for (const char* wanted : {"rules/params.toml", "rules/paas.toml", "rules/database.toml", "rules/filesystem.toml"}) {
      if (shipped->name().ends_with(wanted)) files.push_back(shipped);
    }
  }
  return image_of(files);
}

}  // namespace

TEST_CASE("flipped bytes") {
  const Image image = sample();
  Numbers numbers;
  for (int round = 0; round < 6000; ++round) {
    std::string bytes = image.bytes;
    const std::uint32_t flips = 1 + numbers.next(4);
    for (std::uint32_t i = 0; i < flips; ++i)
      bytes[numbers.next(static_cast<std::uint32_t>(bytes.size()))] ^= static_cast<char>(1U << numbers.next(8));
    decide_on(bytes);
  }
}

TEST_CASE("words of a record overwritten with what hurts most") {
  const Image image = sample();
  for (std::size_t at = 0; at + 4 <= image.bytes.size(); at += 4 * (1 + at / 4000)) {
    for (const char fill : {'\0', '\xff', '\x7f'}) {
      std::string bytes = image.bytes;
      for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = fill;
      decide_on(bytes);
    }
  }
}

TEST_CASE("more values of a condition than an image can hold") {
  const Image image = rule_image("command = \"git push\"\noption = \"-f\"");
  std::string bytes = image.bytes;
  const auto place = image::View::open(bytes)->raw(image::Section::conditions).data() - bytes.data();
  image::ConditionRecord condition;
  std::memcpy(&condition, bytes.data() + place, sizeof condition);
  condition.key = static_cast<std::uint32_t>(image::ConditionKey::path);  // a command has none, so no value is looked at
  condition.values.count = 0x7FFFFFFFU;
  std::memcpy(bytes.data() + place, &condition, sizeof condition);
  const auto view = image::View::open(bytes);
  const auto decision = Asker().judge(analysis({exec("git push", {"-f"})}), {{&*view, true, false}});
  CHECK(view->damaged());
  CHECK(decision.effective == Verdict::deny);
}

TEST_CASE("every beginning of an image is refused") {
  const Image image = sample();
  for (std::size_t size = 0; size < image.bytes.size(); size += 1 + size / 50)
    CHECK_FALSE(image::View::open(image.bytes.substr(0, size)));
}

TEST_CASE("an empty image is damaged") {
  const std::string bytes = image::Builder().finish();
  auto view = image::View::open(bytes);
  REQUIRE(view);
  const auto decision = Asker().judge(everything(), {{&*view, true, false}});
  CHECK(decision.effective == Verdict::deny);
  CHECK_FALSE(decision.fault.empty());
}
