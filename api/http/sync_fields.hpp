#pragma once

#include "api/access/agents/take_sync.hpp"
#include "api/http/fields.hpp"

namespace creneau::http {

/// What a door agent says of itself in a sync: status, doors, events. Whose it is and when it came
/// is for the caller to fill in.
[[nodiscard]] access::TakeSync sync_in(Fields& fields);

}  // namespace creneau::http
