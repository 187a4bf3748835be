#pragma once

#include "api/access/access_types.hpp"
#include "api/store/session.hpp"

#include <cstdint>

namespace creneau::access {

/// How many bytes of keys.log stand in the security log already.
[[nodiscard]] std::int64_t select_key_log_read(store::Session& session, TownId town);

/// False where it was not `from` any more: somebody else carried those lines.
[[nodiscard]] bool move_key_log_read(store::Session& session, TownId town, std::int64_t from,
                                     std::int64_t to);

}  // namespace creneau::access
