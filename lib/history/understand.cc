#include "history/understand.h"

#include <utility>

#include "history/recorded_files.h"

namespace belay::history {

namespace {

/// The machine of the record. Moves out of `record` what only the analysis needs.
command::World world_of(audit::Record& record, const base::FileView* files) {
  command::World world;
  world.files = files;
  world.user = record.user;
  world.homes = record.homes;
  world.users = std::move(record.users);
  world.env = std::move(record.env);
  if (!record.tmp.empty()) world.tmp = record.tmp;
  return world;
}

}  // namespace

Understood understand(audit::Record& record, std::span<const image::View* const> knowledge, const command::Limits& limits) {
  const RecordedFiles files(record.probes);
  command::World world = world_of(record, record.had_files ? &files : nullptr);
  Understood out{command::analyse(record.call, world, knowledge, limits), 0};
  out.unanswered = files.unanswered();
  record.users = std::move(world.users);
  record.env = std::move(world.env);
  return out;
}

}  // namespace belay::history
