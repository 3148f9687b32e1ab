#include "command/inline/walker.h"
#include "command/program/modules.h"

namespace belay::command::inline_code {

void import(const Value& name, const Session& session, std::string_view language) {
  if (!session.effects.has_written()) return;
  for_each(name, [&](const Value& one) {
    const bool named = one.kind == ValueKind::name && !one.name.empty() && one.name.front() != '#';
    if (named) program::load_module(language, Text(one.name), session.change, session.effects);
    else if (one.is_text()) program::load_module(language, one.text, session.change, session.effects);
  });
}

}  // namespace belay::command::inline_code
