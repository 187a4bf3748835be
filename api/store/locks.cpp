#include "api/store/locks.hpp"

#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace creneau::store {

void lock_town(Session& session, std::optional<std::int64_t> town_id) {
    if (session.engine() == Engine::sqlite) {
        return;
    }
    if (!town_id) {
        session.execute("SELECT pg_advisory_xact_lock(0)");
        return;
    }
    session.execute("SELECT pg_advisory_xact_lock_shared(0)");
    session.execute("SELECT pg_advisory_xact_lock(" + std::to_string(*town_id) + ")");
}

}  // namespace creneau::store
