#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "policy/load.h"
#include "policy/merge.h"
#include "rulekit/engine.h"

using namespace belay;
using model::Verdict;

namespace {

constexpr std::string_view kRules = R"toml([pack]
id = "p"
[[program]]
name = "x"
words = 1
options = ["-f --force", "-o --out=FILE : write", "-e=CODE : code:sh", "--help : harmless"]
operands = "read... write"
forms = [{ when = ["-f"], operands = "delete..." }]
[[rule]]
id = "p.a"
action = "deny"
on = "exec"
command = ["x up", "rm"]
any = [ { option = "--force" }, { arg = "a*" } ]
not = [ { option = "--help" } ]
[[rule]]
id = "p.b"
action = "deny"
on = ["read", "write", "delete"]
path = "**/.env"
except = "**/.env.example"
[[rule]]
id = "p.c"
action = "deny"
on = "exec"
match = "^git push .*--force|drop (?:table|database)"
)toml";

std::string small_image() {
  base::Diagnostics out;
  const std::vector<policy::SourcePtr> files{std::make_shared<const base::SourceText>("p.toml", std::string(kRules))};
  const auto loaded = policy::load_all(files, out);
  const auto compiled = rulekit::Compiled::make(policy::resolve(loaded.policy, out), loaded.knowledge, out);
  REQUIRE(compiled);
  return compiled->bytes();
}

struct Call {
  const char* command;
  rulekit::Scene scene;
};
std::vector<Call> calls() {
  std::vector<Call> out;
  for (const char* command : {"x up --force b", "echo a > .env", "git push --force"}) {
    policy::Case one;
    one.run = command;
    auto scene = rulekit::scene_of(one);
    REQUIRE(scene);
    out.push_back({command, *std::move(scene)});
  }
  return out;
}

enum class Outcome { refused, denied, passed };

/// What becomes of a call when `bytes` are the policy: an image that is refused denies every call (the hook says so).
Outcome decide_by(const std::string& bytes, const Call& call) {
  const auto image = image::View::open(bytes);
  if (!image) return Outcome::refused;
  const image::View* view = &*image;
  const auto decision = rulekit::judge(call.scene, rulekit::analyse(call.scene, {&view, 1}), {&view, 1});
  return decision.effective == Verdict::deny ? Outcome::denied : Outcome::passed;
}

/// Bytes of a section may say something else and still be an image: who may write a trusted policy may write another one. The header and
/// the table may not.
std::size_t header_size() { return 8 + 4 + 4 + 8 + 32 + image::kSections * 16; }

}  // namespace

TEST_CASE("an image that ends too early lets no call through") {
  const std::string whole = small_image();
  const auto all = calls();
  for (const Call& call : all) REQUIRE(decide_by(whole, call) == Outcome::denied);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(size);
    for (const Call& call : all) REQUIRE(decide_by(whole.substr(0, size), call) != Outcome::passed);
  }
}

TEST_CASE("no changed byte of an image makes it fall over, and none of its header lets a call through") {
  const std::string whole = small_image();
  const auto all = calls();
  std::size_t passed = 0;
  std::size_t tried = 0;
  for (std::size_t place = 0; place < whole.size(); ++place) {
    for (const int flip : {0x01, 0xff}) {
      std::string bytes = whole;
      bytes[place] = static_cast<char>(static_cast<unsigned char>(bytes[place]) ^ static_cast<unsigned>(flip));
      for (const Call& call : all) {
        const Outcome outcome = decide_by(bytes, call);
        INFO(place << " ^ " << flip << ": " << call.command);
        if (place < header_size()) REQUIRE(outcome != Outcome::passed);
        passed += outcome == Outcome::passed ? 1U : 0U;
        ++tried;
      }
    }
  }
  // Most bytes say nothing about these calls, or say it in a way that is checked.
  CHECK(passed * 4 < tried);
  WARN(passed << " of " << tried << " decisions by a changed image pass");
}
