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
#include <optional>
#include <utility>
#include <vector>

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

std::optional<Affair> affair_of(store::Session& session, TownId town, const Claimed& claimed) {
    const Claim& claim = claimed.claim;
    auto booker = people::find_person(session, town, claim.booker);
    if (!booker && !claim.association) {
        return std::nullopt;
    }
    auto place = store::present(find_place(session, town, claim.room), "room of a claim");
    Booking booking;
    booking.room = claim.room;
    booking.association = claim.association;
    booking.booker = claim.booker;
    booking.requested_by = claim.requested_by;
    booking.slot = claim.slot;
    booking.attendees = claim.attendees;
    booking.purpose = claim.purpose;
    booking.requested_at = claimed.asked_at;
    return Affair{town,
                  std::move(booker).value_or(people::Person{}),
                  std::move(booking),
                  std::move(place),
                  claimed.booker_name,
                  claimed.association_name,
                  claimed.now};
}

std::vector<mail::HeldThing> things_of(store::Session& session, TownId town,
                                       const OrderOwner& owner) {
    std::vector<mail::HeldThing> things;
    for (const EquipmentLine& line : equipment_lines(session, town, owner)) {
        things.push_back({line.name, line.order.quantity});
    }
    return things;
}

void tell_holder(store::Session& session, TownId town, const Hold& hold, Notice notice,
                 std::chrono::sys_seconds now) {
    const auto affair = affair_of(
        session, town, {hold.claim, hold.booker_name, hold.association_name, hold.placed_at, now});
    if (!affair) {
        return;
    }
    notice.hold = mail::HoldFacts{static_cast<std::int64_t>(hold.id),
                                  local_time_of(hold.expires_at, affair->place.site.time_zone),
                                  things_of(session, town, hold.id)};
    notice.answer_by = hold.expires_at;
    tell_booker(session, *affair, notice);
}

}  // namespace creneau::booking
