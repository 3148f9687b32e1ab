#include "deploy/install.h"

#include <unistd.h>

#include <cerrno>
#include <optional>

#include "base/fs_posix.h"
#include "base/text.h"
#include "deploy/file.h"
#include "json/pretty.h"

namespace belay::deploy {

namespace {

using base::Errc;
using base::fail;
using json::Tree;

struct Opened {
  std::string file;
  std::optional<std::string> text;
  Tree settings = Tree::object();
};

base::Result<Opened> open_settings(const std::string& file) {
  Opened out;
  BELAY_TRY(out.file, real_file(file));
  BELAY_TRY(out.text, read_if_there(out.file));
  if (!out.text || base::trim(*out.text).empty()) return out;
  const auto document = json::Document::parse(*out.text);
  if (!document) return fail(document.error().code, "`" + out.file + "` is " + document.error().what + "; it was not changed");
  out.settings = Tree(document->root());
  return out;
}

std::string laid_out(const Opened& opened) {
  return json::pretty(opened.settings, opened.text ? json::indent_of(*opened.text) : "  ");
}

base::Error in_file(const std::string& file, const base::Error& error) {
  return {error.code, "`" + file + "`: " + error.what + "; it was not changed"};
}

/// Nothing left but what add_hook put there beside the hook.
bool empty_shell(const Tree& settings) {
  for (const auto& [key, value] : settings.members()) {
    if (key != "version") return false;
  }
  return true;
}

}  // namespace

base::Result<Plan> plan_install(const std::string& file, const AgentSettings& agent, const Hook& hook) {
  BELAY_TRY(Opened opened, open_settings(file));
  const bool ours_inside = !registrations(opened.settings, agent).empty();
  const auto changed = add_hook(opened.settings, agent, hook);
  if (!changed) return tl::unexpected(in_file(opened.file, changed.error()));
  Plan plan;
  plan.edited.file = opened.file;
  plan.edited.changed = *changed;
  plan.text = laid_out(opened);
  // The newest version without belay is worth keeping; one with an older registration of ours is not.
  if (*changed && opened.text && !ours_inside) {
    plan.edited.backup = opened.file + ".before-belay";
    plan.before = opened.text;
  }
  return plan;
}

base::Result<Plan> plan_uninstall(const std::string& file, const AgentSettings& agent) {
  BELAY_TRY(Opened opened, open_settings(file));
  const auto removed = remove_hook(opened.settings, agent);
  if (!removed) return tl::unexpected(in_file(opened.file, removed.error()));
  Plan plan;
  plan.edited.file = opened.file;
  plan.edited.removed = *removed;
  plan.edited.changed = *removed != 0;
  plan.remove = plan.edited.changed && agent.own_file && empty_shell(opened.settings);
  plan.text = laid_out(opened);
  return plan;
}

base::Result<Edited> carry_out(const Plan& plan) {
  if (!plan.edited.changed) return plan.edited;
  if (plan.remove) {
    if (::unlink(plan.edited.file.c_str()) == 0) return plan.edited;
    return fail(Errc::io, "`" + plan.edited.file + "`: " + base::system_text(errno));
  }
  if (plan.before) BELAY_CHECK(replace_file(plan.edited.backup, *plan.before));
  BELAY_CHECK(replace_file(plan.edited.file, plan.text));
  return plan.edited;
}

}  // namespace belay::deploy
