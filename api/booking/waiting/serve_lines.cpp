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
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <map>
#include <optional>
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

/// Rooms and bookers of the lines, each read once.
class Known {
  public:
    Known(store::Session& session, TownId town) : session_(session), town_(town) {}

    const Place& place(RoomId room) {
        auto found = places_.find(room);
        if (found == places_.end()) {
            auto place = store::present(find_place(session_, town_, room), "room of a wait");
            found = places_.emplace(room, std::move(place)).first;
        }
        return found->second;
    }
    const std::optional<people::Person>& booker(PersonId id) {
        auto found = bookers_.find(id);
        if (found == bookers_.end()) {
            found = bookers_.emplace(id, people::find_person(session_, town_, id)).first;
        }
        return found->second;
    }

  private:
    store::Session& session_;
    TownId town_;
    std::map<RoomId, Place> places_;
    std::map<PersonId, std::optional<people::Person>> bookers_;
};

/// What of the rules nobody else's booking has a part in and no later day changes: what the holder
/// has counts against the quotas, and notice that is over does not come back.
std::vector<Failure> check_lasting(store::Session& session, TownId town, const Claim& claim,
                                   Known& known, std::chrono::sys_seconds now) {
    const Place& place = known.place(claim.room);
    const auto& booker = known.booker(claim.booker);
    Wish wish;
    wish.town = town;
    wish.room = claim.room;
    wish.slot = claim.slot;
    wish.crowd = {claim.attendees, claim.layout};
    wish.owner = {claim.association, claim.booker};
    wish.owner_is_staff = facts_of(booker, claim.association, claim.room).is_staff;
    wish.equipment = claim.equipment;
    auto failures = check_who(session, wish, place.room, place.rules);
    const std::string& zone = place.site.time_zone;
    const Interval& slot = claim.slot.at;
    const LocalSlot local{local_minutes_of(slot.start, zone), local_minutes_of(slot.end, zone)};
    join(failures, check_opening(place.rules.opening, local, [&zone](LocalMinutes written) {
             return shown_time(written, zone);
         }));
    join(failures, check_notice({place.rules.create.least, {}}, slot.start - now));
    join(failures, check_length(place.rules, slot.end - slot.start));
    join(failures, check_grid(place.rules.grid, local));
    join(failures, check_quotas(session, wish, place.room, place.rules));
    join(failures, check_totals(session, town, claim));
    return failures;
}

}  // namespace

LinesServed serve_lines(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    LinesServed served;
    served.offered = give_way(session, town, now);
    Known known(session, town);
    for (Wait& wait : select_lines(session, town, now)) {
        auto failures = check_lasting(session, town, wait.claim, known, now);
        if (!failures.empty()) {
            served.hopeless.push_back({std::move(wait), std::move(failures)});
        }
    }
    return served;
}

}  // namespace creneau::booking
