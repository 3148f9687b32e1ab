#pragma once

#include "command/inline/walker.h"

/// Functions that change what they are called on, or what they are given first.
namespace belay::command::inline_code {

Value gives_copied(const Call& call, Walker& walker);
Value gives_changed(const Call& call, Walker& walker);
Value gives_shuffled(const Call& call, Walker& walker);
Value gives_any_order(const Call& call, Walker& walker);  ///< changes nothing itself
Value gives_sorted_copy(const Call& call, Walker& walker);
Value gives_sorted_in_place(const Call& call, Walker& walker);
Value gives_inserted(const Call& call, Walker& walker);
Value gives_spliced(const Call& call, Walker& walker);
Value gives_filled_whole(const Call& call, Walker& walker);
Value gives_stored(const Call& call, Walker& walker);
Value gives_set_once(const Call& call, Walker& walker);
Value gives_removed(const Call& call, Walker& walker);
Value gives_deleted_at(const Call& call, Walker& walker);
Value gives_shifted(const Call& call, Walker& walker);
Value gives_substituted_part(const Call& call, Walker& walker);
Value gives_chopped(const Call& call, Walker& walker);
Value gives_map(const Call& call, Walker& walker);
Value gives_assigned(const Call& call, Walker& walker);
Value gives_walked(const Call& call, Walker& walker);
Value gives_matched(const Call& call, Walker& walker);
Value gives_parsed_query(const Call& call, Walker& walker);

}  // namespace belay::command::inline_code
