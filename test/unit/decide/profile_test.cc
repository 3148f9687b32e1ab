#include "decide_world.h"

using namespace decide_world;

namespace {

model::Analysis one(Operation op) { return analysis({std::move(op)}); }

Image settings(const std::string& text) { return image_of({file(text, "policy.toml")}); }
const std::string kStrict = "[policy]\nprofile = \"strict\"\n";
const std::string kStandard = "[policy]\nprofile = \"standard\"\n";

/// What `ls` meets under one rule and a policy above it; a project's when `project`.
Verdict answer(const std::string& rule, const std::string& above, bool project = false) {
  const Image low = rule_image("program = \"ls\"\n" + rule);
  const Image high = settings(above);
  return Asker().judge(one(exec("ls")), {{&low.view, false, false}, {&high.view, false, project}}).effective;
}

std::string change(const std::string& body, const std::string& rule = "t.r") {
  return "[[override]]\nrule = \"" + rule + "\"\n" + body + "\n";
}

/// `below` carries its files, and `above` is compiled over it.
struct Stack {
  Image low, high;

  Stack(const std::string& below, const std::string& above) {
    const std::vector<policy::SourcePtr> files{file(below, "below.toml")};
    base::Diagnostics out;
    low.bytes = *policy::compile(policy::resolve(policy::load(files, out), out), {}, {.carry = files}, out);
    low.view = *image::View::open(low.bytes);
    auto own = policy::load(std::vector{file(above, "policy.toml")}, out);
    high.bytes = *policy::compile(policy::resolve(std::move(own), out, policy::carried_files(low.view)), {}, out);
    high.view = *image::View::open(high.bytes);
    for (const auto& d : out.items()) UNSCOPED_INFO(base::render(d));
    REQUIRE_FALSE(out.has_errors());
  }
  [[nodiscard]] model::Decision judge(const Operation& op, bool project) const {
    return Asker().judge(one(op), {{&low.view, false, false}, {&high.view, false, project}});
  }
  [[nodiscard]] Verdict owner(const Operation& op) const { return judge(op, false).would; }
  [[nodiscard]] Verdict project(const Operation& op) const { return judge(op, true).would; }
};

std::string listed(const std::string& more = "") {
  return rule_text("on = \"fetch\"\nhost = \"@bad\"\nnot = [ { host = \"@good\" } ]\n" + more) +
         "[params]\nbad = [\"*.bad\"]\ngood = [\"ok.bad\"]\n";
}

}  // namespace

TEST_CASE("a rule of the strict profile is silent in the standard one") {
  const std::string rule = "profile = \"strict\"\naction = \"ask\"\n";
  CHECK(answer(rule, "") == Verdict::pass);
  CHECK(answer(rule, kStandard) == Verdict::pass);
  CHECK(answer(rule, kStrict) == Verdict::ask);
  CHECK(answer(rule, kStrict, true) == Verdict::ask);  // a project tightens
}

TEST_CASE("a rule may say more in the strict profile, and no layer takes that back by saying standard") {
  const std::string rule = "action = \"ask\"\nstrict = \"deny\"\n";
  CHECK(answer(rule, "") == Verdict::ask);
  CHECK(answer(rule, kStrict) == Verdict::deny);
  const Image low = rule_image("program = \"ls\"\n" + rule);
  const Image owner = settings(kStrict);
  const Image project = settings(kStandard);
  const auto decision =
      Asker().judge(one(exec("ls")), {{&low.view, false, false}, {&owner.view, false, false}, {&project.view, false, true}});
  CHECK(decision.effective == Verdict::deny);
}

TEST_CASE("naming a rule of the strict profile and saying what it does switches it on") {
  const std::string rule = "profile = \"strict\"\naction = \"ask\"\n";
  CHECK(answer(rule, change("action = \"deny\"")) == Verdict::deny);
  CHECK(answer(rule, change("mode = \"enforce\"")) == Verdict::ask);
  CHECK(answer(rule, change("mode = \"off\"")) == Verdict::pass);
  CHECK(answer(rule, change("action = \"deny\"", "t.*")) == Verdict::pass);  // a pattern names nobody
  CHECK(answer(rule, kStrict + change("mode = \"off\"")) == Verdict::pass);
}

TEST_CASE("the owner's lists take the place of those that shipped rules use") {
  const Stack more(listed(), "[params]\nbad = [\"*.worse\", \"@default\"]\n");
  CHECK(more.owner(fetch("GET", "x.worse")) == Verdict::deny);
  CHECK(more.owner(fetch("GET", "x.bad")) == Verdict::deny);
  CHECK(more.owner(fetch("GET", "ok.bad")) == Verdict::pass);
  CHECK(more.judge(fetch("GET", "x.bad"), false).matches.size() == 1);  // the rule below gave way

  const Stack other(listed(), "[params]\ngood = [\"x.bad\"]\n");
  CHECK(other.owner(fetch("GET", "x.bad")) == Verdict::pass);
  CHECK(other.owner(fetch("GET", "ok.bad")) == Verdict::deny);

  const Stack none(listed(), "[params]\ngood = []\n");
  CHECK(none.owner(fetch("GET", "ok.bad")) == Verdict::deny);
}

TEST_CASE("a project's lists only tighten") {
  const Stack tighter(listed(), "[params]\nbad = [\"*.worse\"]\n");
  CHECK(tighter.project(fetch("GET", "x.worse")) == Verdict::deny);
  CHECK(tighter.project(fetch("GET", "x.bad")) == Verdict::deny);
  const Stack looser(listed(), "[params]\ngood = [\"*\"]\nbad = []\n");
  CHECK(looser.project(fetch("GET", "x.bad")) == Verdict::deny);
  const Stack off(listed(), "[params]\ngood = [\"*\"]\n" + change("mode = \"off\""));
  CHECK(off.project(fetch("GET", "x.bad")) == Verdict::deny);
}

TEST_CASE("a floor rule is not replaced, and an adopted rule observes with the packs") {
  const Stack floor(listed("floor = true\n"), "[params]\ngood = [\"*\"]\n");
  CHECK(floor.owner(fetch("GET", "x.bad")) == Verdict::deny);
  const Stack observing(listed(), "[policy]\nmode = \"observe\"\n[params]\nbad = [\"*.worse\"]\n");
  const auto decision = observing.judge(fetch("GET", "x.worse"), false);
  CHECK(decision.would == Verdict::deny);
  CHECK(decision.effective == Verdict::pass);
}

TEST_CASE("overrides beside the lists reach the adopted rule") {
  const Stack milder(listed(), "[params]\nbad = [\"*.worse\"]\n" + change("action = \"ask\""));
  CHECK(milder.owner(fetch("GET", "x.worse")) == Verdict::ask);
  const Stack off(listed(), "[params]\nbad = [\"*.worse\"]\n" + change("mode = \"off\""));
  CHECK(off.owner(fetch("GET", "x.worse")) == Verdict::pass);
}
