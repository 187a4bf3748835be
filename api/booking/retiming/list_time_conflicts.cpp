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
    if (!is_office(reader)) {
        return refuse(Refusal::not_allowed);
    }
    return select_time_conflicts(session, town, query);
}

}  // namespace creneau::booking
