#include "api/booking/letter_time_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>

#include <soci/soci.h>

namespace creneau::booking {

std::chrono::minutes letter_time(store::Session& session, TownId town, PersonId person) {
    const std::int64_t town_id = store::raw(town);
    const std::int64_t id = store::raw(person);
    std::int64_t minutes = 0;
    session.sql() << "SELECT t.letter_ahead_min FROM people p JOIN towns t ON t.id = p.town_id"
                     " WHERE p.town_id = :town AND p.id = :id AND p.has_email = 0",
        soci::use(town_id), soci::use(id), soci::into(minutes);
    return std::chrono::minutes(session.sql().got_data() ? minutes : 0);
}

}  // namespace creneau::booking
