#include "command/inline/walker.h"
#include "command/program/modules.h"

namespace belay::command::inline_code {

Text behind_folder(const Text& path) {
  const std::string_view v = path.view();
  return path.hole_count() == 1 && v.size() > 2 && v[0] == model::kHole && v[1] == '/' ? path.substr(2) : Text();
}

void import(const Value& name, const Session& session, std::string_view language) {
  if (!session.effects.has_written()) return;
  for_each(name, [&](const Value& one) {
    const bool named = one.kind == ValueKind::name && !one.name.empty() && one.name.front() != '#';
    if (named) program::load_module(language, Text(one.name), session.change, session.effects);
    else if (const Text below = behind_folder(one.as_text()); !below.empty()) program::load_module(language, Text("./" + below.bytes()), session.change, session.effects);
    else if (one.is_text()) program::load_module(language, one.text, session.change, session.effects);
  });
}

}  // namespace belay::command::inline_code
