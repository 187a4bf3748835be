#include "api/booking/waiting/wait_effects.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/holds/hold_effects.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace creneau::booking {

namespace {

mail::WaitFacts facts_of(store::Session& session, TownId town, const Wait& wait) {
    mail::WaitFacts facts;
    facts.wait_id = static_cast<std::int64_t>(wait.id);
    facts.equipment = things_of(session, town, wait.id);
    return facts;
}

/// The office is its service; another manager of the association is known to its reader by name.
std::string name_of_actor(store::Session& session, const Affair& affair, PersonId id) {
    const auto actor =
        store::present(people::find_person(session, affair.town, id), "who gave a place up");
    const auto& association = affair.booking.association;
    const bool is_own = association && actor.manages(*association);
    return !is_own && is_office(actor, affair.booking.room) ? affair.place.town.service
                                                            : actor.name;
}

}  // namespace

void tell_joined(store::Session& session, TownId town, const Wait& wait,
                 std::chrono::sys_seconds now) {
    const auto affair = affair_of(
        session, town, {wait.claim, wait.booker_name, wait.association_name, wait.asked_at, now});
    if (!affair) {
        return;
    }
    Notice notice{mail::Template::wait_joined, {}, {}};
    notice.wait = facts_of(session, town, wait);
    notice.wait->place = wait.ahead + 1;
    tell_booker(session, *affair, notice);
}

void tell_ended(store::Session& session, TownId town, WaitId id, const WaitEnd& end) {
    const auto wait = store::present(select_wait(session, town, id), "wait that ended");
    if (wait.in_round && end.why == mail::kSlotBegun) {
        return;
    }
    const auto affair =
        affair_of(session, town,
                  {wait.claim, wait.booker_name, wait.association_name, wait.asked_at, end.now});
    if (!affair || (end.actor && reader_of(session, *affair) == end.actor)) {
        return;
    }
    Notice notice{mail::Template::wait_ended, {}, {}};
    notice.wait = facts_of(session, town, wait);
    notice.wait->why = end.why;
    if (end.actor) {
        notice.wait->given_up_by = name_of_actor(session, *affair, *end.actor);
    }
    if (end.hold) {
        notice.wait->hold_id = static_cast<std::int64_t>(*end.hold);
    }
    tell_booker(session, *affair, notice);
}

}  // namespace creneau::booking
