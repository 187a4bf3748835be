#include "api/booking/waiting/serve_lines.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/failures.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// More is asked for of something than there is.
std::vector<Failure> check_totals(store::Session& session, TownId town, const Claim& claim) {
    std::vector<Failure> failures;
    for (const EquipmentOrder& order : claim.equipment) {
        const auto equipment = find_equipment(session, town, order.id);
        if (equipment && equipment->stock < order.quantity) {
            const auto stock = std::to_string(equipment->stock);
            const auto asked = std::to_string(order.quantity);
            failures.push_back(
                {Rule::equipment_short,
                 "equipment",
                 {equipment->name + " : " + asked + " demandés, il y en a " + stock + " en tout.",
                  equipment->name + ": " + asked + " asked for, there are " + stock + " in all."}});
        }
    }
    return failures;
}

/// What of the room's rules no other booking has a part in, and notice and quotas neither.
std::vector<Failure> check_lasting(store::Session& session, TownId town, const Claim& claim,
                                   const Place& place) {
    const auto booker = people::find_person(session, town, claim.booker);
    Wish wish;
    wish.town = town;
    wish.room = claim.room;
    wish.crowd = {claim.attendees, claim.layout};
    wish.owner = {claim.association, claim.booker};
    wish.owner_is_staff = facts_of(booker, claim.association).is_staff;
    wish.equipment = claim.equipment;
    auto failures = check_who(session, wish, place.room, place.rules);
    const std::string& zone = place.site.time_zone;
    const Interval& slot = claim.slot.at;
    const LocalSlot local{local_minutes_of(slot.start, zone), local_minutes_of(slot.end, zone)};
    join(failures, check_opening(place.rules.opening, local, [&zone](LocalMinutes written) {
             return shown_time(written, zone);
         }));
    join(failures, check_length(place.rules, slot.end - slot.start));
    join(failures, check_grid(place.rules.grid, local));
    join(failures, check_totals(session, town, claim));
    return failures;
}

}  // namespace

LinesServed serve_lines(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    LinesServed served;
    served.offered = give_way(session, town, now);
    for (Wait& wait : select_lines(session, town, now)) {
        const auto place =
            store::present(find_place(session, town, wait.claim.room), "room of a wait");
        auto failures = check_lasting(session, town, wait.claim, place);
        if (!failures.empty()) {
            served.hopeless.push_back({std::move(wait), std::move(failures)});
        }
    }
    return served;
}

}  // namespace creneau::booking
