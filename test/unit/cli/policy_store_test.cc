#include <cstddef>

#include "store_world.h"

using namespace store_world;
using base::Errc;
using cli::Origin;
using cli::PolicyRequest;
using Names = std::vector<std::string>;

namespace {

/// A user whose home has one pack.
struct User {
  Folder home;
  std::string embedded = packs();
  trust::Installation at = user_at(home);
  std::string rule_file = at.sources + "/mine.toml";

  User() { write(rule_file, pack("mine")); }
  [[nodiscard]] PolicyRequest request() const { return {embedded, at}; }
  [[nodiscard]] Origin origin() const { return (*open(request())).origin; }
  [[nodiscard]] bool fresh() const { return cli::image_is_fresh(at, embedded); }
};

/// A folder that root alone could have changed; nothing when the tests do not run as root.
std::unique_ptr<Folder> root_folder() {
  if (::geteuid() != 0 || !trust::check_chain("/run")) return nullptr;
  return std::make_unique<Folder>("/run");
}

/// Rules for everybody, by root.
struct System {
  std::unique_ptr<Folder> root = root_folder();
  std::string embedded = packs();
  trust::Installation at;

  System() {
    if (!root) return;
    ::chmod(root->path().c_str(), 0755);
    fs::create_directories(*root / "etc");
    at = *trust::find_installation(nullptr, {*root / "etc", *root / "cache/policy.img", ""});
  }
  [[nodiscard]] PolicyRequest request() const { return {embedded, at}; }
};

}  // namespace

TEST_CASE("a user without rules has the shipped packs") {
  const Folder home;
  const std::string embedded = packs();
  const auto at = user_at(home);
  CHECK((*open({embedded, at})).origin == Origin::embedded);
  CHECK((*open({embedded, {}})).origin == Origin::embedded);

  fs::create_directories(at.sources + "/knowledge");
  const auto opened = open({embedded, at});
  CHECK((*opened).layers.size() == 1);
  CHECK(rules(*opened, 0) == Names{"shipped.r0"});
  CHECK((*opened).mode == model::Mode::enforce);
  CHECK((*opened).knowledge == std::vector<const image::View*>{(*opened).layers[0].image});

  write(at.image, "an image whose sources are gone");
  CHECK((*open({embedded, at})).origin == Origin::embedded);
}

TEST_CASE("what is built in must be an image") { CHECK(open({"nothing", {}}).error() == Errc::damaged); }

TEST_CASE("a user's rules are compiled in memory until an image of them is there") {
  const User user;
  const auto opened = open(user.request());
  CHECK((*opened).origin == Origin::memory);
  CHECK(rules(*opened, 0) == Names{"shipped.r0"});
  CHECK(rules(*opened, 1) == Names{"mine.r0"});
  CHECK_FALSE((*opened).layers[1].may_allow);
  CHECK((*opened).sources == Names{user.rule_file});

  CHECK_FALSE(user.fresh());
  compile(user.at, user.embedded);
  CHECK(user.fresh());
  const auto cached = open(user.request());
  CHECK((*cached).origin == Origin::cache);
  CHECK(rules(*cached, 1) == Names{"mine.r0"});
  CHECK((*cached).sources == Names{user.rule_file});
}

TEST_CASE("an image is stale after any change of its sources") {
  const User user;
  write(user.at.sources + "/knowledge/tools.toml", "[[program]]\nname = \"frob\"\n");
  compile(user.at, user.embedded);
  REQUIRE(user.origin() == Origin::cache);
  SECTION("another text of the same size, with the old time") {
    const auto time = fs::last_write_time(user.rule_file);
    write(user.rule_file, pack("your"));
    fs::last_write_time(user.rule_file, time);
    CHECK(rules(*open(user.request()), 1) == Names{"your.r0"});
  }
  SECTION("a new file") { write(user.at.sources + "/new.toml", pack("new")); }
  SECTION("a new file that is older") {
    const Folder elsewhere;
    write(elsewhere / "old.toml", pack("old"));
    fs::last_write_time(elsewhere / "old.toml", fs::last_write_time(user.rule_file) - std::chrono::hours(1000));
    fs::rename(elsewhere / "old.toml", user.at.sources + "/old.toml");
  }
  SECTION("a file less") { fs::remove(user.at.sources + "/knowledge/tools.toml"); }
  SECTION("another folder in its place") {
    fs::rename(user.at.sources, user.at.sources + ".old");
    fs::copy(user.at.sources + ".old", user.at.sources, fs::copy_options::recursive);
  }
  CHECK_FALSE(user.fresh());
  CHECK(user.origin() == Origin::memory);
}

TEST_CASE("an image is stale however soon after it the files were written again") {
  const User user;
  for (int i = 0; i < 20; ++i) {
    write(user.rule_file, pack(i % 2 == 0 ? "even" : "oddd"));
    base::Diagnostics out;
    const auto compiled = cli::compile_installation(user.at, user.embedded, out);
    write(user.rule_file, pack(i % 2 == 0 ? "oddd" : "even"));
    REQUIRE(compiled);
    REQUIRE(cli::write_image(user.at.image, compiled->image, 0600));
    CHECK(user.origin() == Origin::memory);
  }
}

TEST_CASE("a user's image that cannot be used is as good as none") {
  const User user;
  compile(user.at, user.embedded);
  REQUIRE(user.origin() == Origin::cache);
  const std::string good = read(user.at.image);
  SECTION("truncated") { write(user.at.image, good.substr(0, good.size() - 1)); }
  SECTION("ends in the header") { write(user.at.image, good.substr(0, 20)); }
  SECTION("empty") { write(user.at.image, ""); }
  SECTION("garbage") { write(user.at.image, std::string(5000, 'x')); }
  SECTION("of another format") { write(user.at.image, std::string(good).replace(8, 1, "\x7f")); }
  SECTION("others may write it") { fs::permissions(user.at.image, fs::perms::group_write, fs::perm_options::add); }
  SECTION("a folder") {
    fs::remove(user.at.image);
    fs::create_directory(user.at.image);
  }
  SECTION("a pipe") {
    fs::remove(user.at.image);
    REQUIRE(::mkfifo(user.at.image.c_str(), 0600) == 0);
  }
  CHECK_FALSE(user.fresh());
  CHECK(user.origin() == Origin::memory);
}

TEST_CASE("another build's image, or another user's, is as good as none") {
  const User user;
  compile(user.at, user.embedded);
  REQUIRE(user.origin() == Origin::cache);
  const std::string other = packs("other");
  CHECK_FALSE(cli::image_is_fresh(user.at, other));
  CHECK((*open({other, user.at})).origin == Origin::memory);
  if (::geteuid() != 0) return;
  REQUIRE(::chown(user.at.image.c_str(), 4242, 4242) == 0);
  CHECK_FALSE(user.fresh());
  CHECK(user.origin() == Origin::memory);
}

TEST_CASE("a user's rules that cannot be used are an error") {
  const User user;
  SECTION("not TOML") {
    write(user.rule_file, "[[rule");
    const auto opened = open(user.request());
    CHECK(opened.error() == Errc::invalid);
    CHECK(opened.said.find(user.rule_file) != std::string::npos);
  }
  SECTION("a group that does not exist") {
    write(user.rule_file, pack("mine", 1, "when = { groups = [\"no-such-group-here\"] }\n"));
    CHECK(open(user.request()).error() == Errc::invalid);
  }
  SECTION("a pipe does not hang") {
    REQUIRE(::mkfifo((user.at.sources + "/pipe.toml").c_str(), 0600) == 0);
    CHECK(open(user.request()).error() == Errc::untrusted);
  }
  SECTION("a folder called like a file") {
    fs::create_directory(user.at.sources + "/folder.toml");
    CHECK(open(user.request()).error() == Errc::untrusted);
  }
  SECTION("a link to nothing") {
    fs::create_symlink("nowhere", user.at.sources + "/link.toml");
    CHECK(open(user.request()).error() == Errc::not_found);
  }
  SECTION("too large") {
    write(user.rule_file, std::string((4U << 20U) + 1, '#'));
    CHECK(open(user.request()).error() == Errc::too_large);
  }
  SECTION("the folder is a file") {
    fs::remove_all(user.at.sources);
    write(user.at.sources, pack("mine"));
    CHECK(open(user.request()).error() == Errc::untrusted);
  }
}

TEST_CASE("a user's rules that cannot be read are an error") {
  if (::geteuid() == 0) return;  // root reads everything
  const User user;
  fs::permissions(user.rule_file, fs::perms::none);
  CHECK(open(user.request()).error() == Errc::io);
  fs::permissions(user.at.sources, fs::perms::none);
  CHECK(open(user.request()).error() == Errc::io);
  fs::permissions(user.at.sources, fs::perms::owner_all);
}

TEST_CASE("a home below something that is no folder has no rules") {
  const Folder home;
  write(home / ".config", "a file");
  CHECK((*open({packs(), user_at(home)})).origin == Origin::embedded);
}

TEST_CASE("a user's rule file may be a link, as those who keep them elsewhere have it") {
  const User user;
  const Folder elsewhere;
  write(elsewhere / "linked.toml", pack("link"));
  fs::create_symlink(elsewhere / "linked.toml", user.at.sources + "/linked.toml");
  CHECK(rules(*open(user.request()), 1) == Names{"link.r0", "mine.r0"});
  compile(user.at, user.embedded);
  REQUIRE(user.fresh());
  write(elsewhere / "linked.toml", pack("knil"));
  CHECK_FALSE(user.fresh());
}

TEST_CASE("an image that numbers groups is as old as the group file") {
  const User user;
  write(user.rule_file, pack("mine", 1, "when = { groups = [\"root\"] }\n"));
  compile(user.at, user.embedded);
  CHECK(user.origin() == Origin::cache);
  const auto opened = open(user.request());
  const auto stamps = (*opened).layers[1].image->raw(image::Section::stamps);
  CHECK(stamps.ends_with("/etc/group"));
  const auto rule = (*opened).layers[1].image->at<image::RuleRecord>(image::Section::rules, 0);
  CHECK(rule.when.groups.count == 1);

  write(user.rule_file, pack("mine", 1, "when = { groups = [\"gid:0\"] }\n"));
  compile(user.at, user.embedded);
  CHECK(user.origin() == Origin::cache);
}

TEST_CASE("settings are the owner's") {
  const User user;
  write(user.at.sources + "/policy.toml", std::string(kObserve) + "[audit]\nsinks = [\"journal\"]\nrequire = true\n");
  const auto opened = open(user.request());
  CHECK((*opened).mode == model::Mode::observe);
  CHECK((*opened).sinks == Names{"journal"});
  CHECK((*opened).audit_required);
}

TEST_CASE("an image whose settings lie outside it is an error") {
  const User user;
  compile(user.at, user.embedded);
  std::string bytes = read(user.at.image);
  const auto view = image::View::open(bytes);
  REQUIRE(view);
  const auto record = static_cast<std::size_t>(view->raw(image::Section::policy).data() - bytes.data());
  SECTION("no such mode") { bytes[record + offsetof(image::PolicyRecord, mode)] = '\x7f'; }
  SECTION("more sinks than texts") { bytes[record + offsetof(image::PolicyRecord, audit_sinks) + 4] = '\x7f'; }
  write(user.at.image, bytes);
  CHECK(open(user.request()).error() == Errc::damaged);
}

TEST_CASE("system: root's image is the policy") {
  const System system;
  if (!system.root) return;
  CHECK(open(system.request()).error() == Errc::not_found);
  CHECK(open(system.request()).store.error().what.find("belay compile") != std::string::npos);
  write(*system.root / "etc/a.toml", pack("org"));
  CHECK(open(system.request()).error() == Errc::not_found);

  compile(system.at, system.embedded, 0644);
  CHECK(mode_of(system.at.image) == 0644);
  CHECK(cli::image_is_fresh(system.at, system.embedded));
  const auto opened = open(system.request());
  CHECK((*opened).origin == Origin::cache);
  CHECK((*opened).layers[1].may_allow);
  CHECK((*opened).sources == Names{*system.root / "etc/a.toml"});

  SECTION("and stays so when the sources change, which doctor sees") {
    write(*system.root / "etc/a.toml", "[[not even TOML");
    CHECK_FALSE(cli::image_is_fresh(system.at, system.embedded));
    CHECK(rules(*open(system.request()), 1) == Names{"org.r0"});
  }
  SECTION("not when others may write it") {
    ::chmod(system.at.image.c_str(), 0664);
    CHECK(open(system.request()).error() == Errc::untrusted);
    CHECK_FALSE(cli::image_is_fresh(system.at, system.embedded));
  }
  SECTION("not when it is a link") {
    fs::rename(system.at.image, system.at.image + ".real");
    fs::create_symlink(system.at.image + ".real", system.at.image);
    CHECK(open(system.request()).error() == Errc::untrusted);
  }
  SECTION("not when its folder is another's") {
    REQUIRE(::chown((*system.root / "cache").c_str(), 4242, 4242) == 0);
    CHECK(open(system.request()).error() == Errc::untrusted);
  }
  SECTION("not when it is cut short") {
    fs::resize_file(system.at.image, fs::file_size(system.at.image) - 1);
    CHECK(open(system.request()).error() == Errc::truncated);
  }
  SECTION("not when it is a folder") {
    fs::remove(system.at.image);
    fs::create_directory(system.at.image);
    CHECK(open(system.request()).error() == Errc::untrusted);
  }
}

TEST_CASE("system: only root's sources are compiled") {
  const System system;
  if (!system.root) return;
  base::Diagnostics out;
  const auto error = [&] {
    const auto compiled = cli::compile_installation(system.at, system.embedded, out);
    REQUIRE_FALSE(compiled);
    return compiled.error().code;
  };
  CHECK(cli::compile_installation(system.at, system.embedded, out));  // no rules is a policy too: the shipped packs
  write(*system.root / "etc/a.toml", pack("org"));
  CHECK(cli::compile_installation(system.at, system.embedded, out));
  SECTION("a file that others may write") {
    ::chmod((*system.root / "etc/a.toml").c_str(), 0666);
    CHECK(error() == Errc::untrusted);
  }
  SECTION("a link") {
    fs::create_symlink(*system.root / "etc/a.toml", *system.root / "etc/b.toml");
    CHECK(error() == Errc::untrusted);
  }
  SECTION("a folder that others may write") {
    ::chmod((*system.root / "etc").c_str(), 0777);
    CHECK(error() == Errc::untrusted);
    fs::remove(*system.root / "etc/a.toml");
    CHECK(error() == Errc::untrusted);
  }
}

TEST_CASE("there is nothing to compile without a home or a folder") {
  base::Diagnostics out;
  const Folder home;
  CHECK(cli::compile_installation({}, packs(), out).error().code == Errc::not_found);
  CHECK(cli::compile_installation(user_at(home), packs(), out).error().code == Errc::not_found);
  CHECK_FALSE(cli::image_is_fresh({}, packs()));
}

TEST_CASE("a given policy stands in for the default sources") {
  const User user;
  const Folder given;
  write(given / "rules/b.toml", pack("b"));
  write(given / "rules/a.toml", pack("a"));
  write(given / "one.toml", pack("one"));
  compile(user.at, user.embedded);
  fs::copy_file(user.at.image, given / "named-anything.toml");
  write(user.rule_file, "[[broken");  // nobody reads it

  const auto opened = [&](const Names& paths) {
    PolicyRequest request = user.request();
    request.given = paths;
    return open(request);
  };
  const auto layers = [&](const Names& paths) {
    const auto store = opened(paths);
    CHECK((*store).origin == Origin::given);
    CHECK((*store).knowledge.size() == (*store).layers.size());
    CHECK((*store).images.size() == (*store).layers.size());
    std::vector<Names> out;
    for (std::size_t i = 0; i < (*store).layers.size(); ++i) {
      out.push_back(rules(*store, i));
      CHECK((*store).knowledge[i] == (*store).layers[i].image);
      CHECK(&(*store).images[i]->view() == (*store).layers[i].image);
    }
    return out;
  };
  using All = std::vector<Names>;
  const Names shipped{"shipped.r0"};
  const std::string image = given / "named-anything.toml";
  CHECK(layers({given / "one.toml"}) == All{shipped, {"one.r0"}});
  CHECK(layers({given / "rules"}) == All{shipped, {"a.r0", "b.r0"}});
  CHECK(layers({image}) == All{shipped, {"mine.r0"}});
  CHECK(layers({image, given / "one.toml"}) == All{shipped, {"mine.r0"}, {"one.r0"}});
  CHECK(layers({given / "one.toml", image, given / "rules"}) == All{shipped, {"one.r0", "a.r0", "b.r0"}, {"mine.r0"}});
  CHECK((*opened({given / "one.toml", given / "rules/a.toml"})).sources == Names{given / "one.toml", given / "rules/a.toml"});
  CHECK((*opened({image})).sources == Names{user.rule_file});

  CHECK(opened({given / "nothing"}).error() == Errc::not_found);
  fs::create_directory(given / "empty");
  CHECK(opened({given / "empty"}).error() == Errc::not_found);
  CHECK(opened({user.rule_file}).error() == Errc::invalid);
  REQUIRE(::mkfifo((given / "pipe").c_str(), 0600) == 0);
  CHECK(opened({given / "pipe"}).error() == Errc::untrusted);
  fs::resize_file(image, 200);
  CHECK(opened({image}).error() == Errc::truncated);
}

TEST_CASE("a given policy may allow where the system's policy may") {
  const Folder given;
  write(given / "one.toml", pack("one"));
  const Names paths{given / "one.toml"};
  const std::string embedded = packs();
  PolicyRequest request{embedded, {}, paths};
  CHECK_FALSE((*open(request)).layers[1].may_allow);
  request.installation.standing = trust::Standing::system;
  CHECK((*open(request)).layers[1].may_allow);
}

TEST_CASE("rule files of a folder") {
  const Folder folder;
  for (const char* name : {"b.toml", "a.toml", "knowledge/c.toml", "knowledge/deeper/d.toml", "other/e.toml", ".hidden.toml",
                           ".toml", "a.toml~", "README.md"}) {
    write(folder / name, "");
  }
  CHECK(*cli::rule_files(folder.path()) == Names{folder / "a.toml", folder / "b.toml", folder / "knowledge/c.toml"});
  CHECK(*cli::rule_files(folder.path() + "/") == Names{folder / "a.toml", folder / "b.toml", folder / "knowledge/c.toml"});
  CHECK(*cli::rule_files(folder / "README.md") == Names{folder / "README.md"});
  CHECK(cli::rule_files(folder / "nothing").error().code == Errc::not_found);
  CHECK(cli::rule_files(folder / "a.toml/below").error().code == Errc::not_found);
  fs::create_symlink("loop", folder / "loop");
  CHECK(cli::rule_files(folder / "loop").error().code == Errc::io);
}

TEST_CASE("names of origins") {
  CHECK(cli::name_of(Origin::embedded) == "embedded");
  CHECK(cli::name_of(Origin::cache) == "cache");
  CHECK(cli::name_of(Origin::memory) == "memory");
  CHECK(cli::name_of(Origin::given) == "given");
}
