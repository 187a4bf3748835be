#pragma once

#include "api/store/session.hpp"

#include <cstdint>
#include <optional>

namespace creneau::store {

/// Until the end of the transaction, no other writer of this town runs; without a town, no other
/// writer at all. PostgreSQL only: on SQLite, BEGIN IMMEDIATE has done it. Locks are always taken
/// in the order "everyone", then the town, so that two writers cannot wait for one another.
void lock_town(Session& session, std::optional<std::int64_t> town_id);

}  // namespace creneau::store
