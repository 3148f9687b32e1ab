#include "policy/load.h"

namespace belay::policy {

Loaded load_all(std::span<const SourcePtr> sources, base::Diagnostics& out) {
  const auto documents = read_documents(sources, out);
  Loaded loaded;
  loaded.policy = load(documents, out);
  for (const auto& document : documents) load_programs(document.root, document.source, loaded.knowledge, out);
  return loaded;
}

}  // namespace belay::policy
