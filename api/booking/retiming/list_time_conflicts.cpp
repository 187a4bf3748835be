#include "api/booking/retiming/list_time_conflicts.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/retiming/retiming_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::booking {

Outcome<std::vector<StandingConflict>> list_time_conflicts(store::Session& session, TownId town,
                                                           const people::Person& reader,
                                                           const ConflictQuery& query) {
    ConflictQuery allowed = query;
    if (!is_office(reader)) {
        allowed.rooms = rooms_as_office(reader);
        if (allowed.rooms->empty()) {
            return refuse(Refusal::not_allowed);
        }
    }
    return select_time_conflicts(session, town, allowed);
}

}  // namespace creneau::booking
