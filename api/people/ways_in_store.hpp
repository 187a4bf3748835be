#pragma once

#include "api/store/session.hpp"

#include <cstdint>

namespace creneau::people {

/// Deletes the sessions, mailed codes and tokens of every town: after a restore some of them had
/// been ended before. Answers how many there were. The schema may be older than the program's.
std::int64_t delete_ways_in(store::Session& session);

}  // namespace creneau::people
