#include "api/booking/holds/hold_effects.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <utility>

namespace creneau::booking {

void record(store::Session& session, TownId town, const Deed& deed) {
    audit::Line line;
    line.at = deed.at;
    line.actor = deed.actor;
    if (deed.actor && *deed.actor != deed.booker) {
        line.for_whom = deed.booker;
    }
    line.action = deed.action;
    line.subject_kind = deed.subject_kind;
    line.subject = deed.subject;
    audit::append(session, town, line);
}

void tell_holder(store::Session& session, TownId town, const Hold& hold, Notice notice,
                 std::chrono::sys_seconds now) {
    auto booker = people::find_person(session, town, hold.claim.booker);
    if (!booker) {
        return;  // the account was closed since
    }
    auto place = store::present(find_place(session, town, hold.claim.room), "room of a hold");
    Booking booking;
    booking.room = hold.claim.room;
    booking.association = hold.claim.association;
    booking.booker = hold.claim.booker;
    booking.slot = hold.claim.slot;
    booking.attendees = hold.claim.attendees;
    booking.purpose = hold.claim.purpose;
    booking.requested_at = hold.placed_at;
    mail::HoldFacts facts{static_cast<std::int64_t>(hold.id),
                          local_time_of(hold.expires_at, place.site.time_zone)};
    for (const EquipmentLine& line : equipment_lines(session, town, hold.id)) {
        facts.equipment.push_back({line.name, line.order.quantity});
    }
    notice.hold = std::move(facts);
    notice.answer_by = hold.expires_at;
    auto name = booker->name;
    auto association = name_of(*booker, hold.claim.association);
    tell_booker(session,
                {town, *std::move(booker), std::move(booking), std::move(place), std::move(name),
                 std::move(association), now},
                notice);
}

}  // namespace creneau::booking
