#include "api/booking/waiting/give_way.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/equipment/check_equipment.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/holds/hold_effects.hpp"
#include "api/booking/holds/hold_rules.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/letter_time_store.hpp"
#include "api/booking/obstacles.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// Whether what is waited for is left of the equipment: asked before all the rules are.
bool has_stock(store::Session& session, TownId town, const Claim& claim, const Place& place,
               std::chrono::sys_seconds now) {
    Wish wish;
    wish.town = town;
    wish.room = claim.room;
    wish.slot = claim.slot;
    wish.equipment = claim.equipment;
    wish.now = now;
    return claim.equipment.empty() || check_stock(session, wish, place.room, place.rules).empty();
}

/// Whether all of the wish can be had now.
bool can_be_had(store::Session& session, TownId town, const Claim& claim, const Place& place,
                std::chrono::sys_seconds now) {
    if (!has_stock(session, town, claim, place, now)) {
        return false;
    }
    const auto booker = people::find_person(session, town, claim.booker);
    const auto request = request_of(claim, town, claim.requested_by, now);
    return judge(session, request, place, facts_of(booker, claim.association, claim.room),
                 {.offer = Offer::nothing})
        .has_value();
}

/// Until when an offer of a room stands, and where.
struct Offered {
    const Place& place;
    std::chrono::sys_seconds deadline;
};

bool offer(store::Session& session, TownId town, const Wait& wait, const Offered& offered,
           std::chrono::sys_seconds now) {
    if (!end_wait(session, town, wait.id, {WaitStatus::waiting, WaitStatus::offered})) {
        return false;
    }
    Hold hold;
    hold.claim = wait.claim;
    hold.expires_at = offered.deadline;
    hold.placed_at = now;
    hold.wait = wait.id;
    hold.id = insert_hold(session, town, hold, offered.place);
    hold = store::present(select_hold(session, town, hold.id), "hold just placed");
    record(
        session, town,
        {"wait_offered", "wait", static_cast<std::int64_t>(wait.id), {}, hold.claim.booker, now});
    tell_holder(session, town, hold, {mail::Template::wait_offered, {}, {}}, now);
    return true;
}

/// Offers to each of `line` in turn what can be had by then; answers how many got an offer.
std::size_t serve(store::Session& session, TownId town, const std::vector<Wait>& line,
                  std::chrono::sys_seconds now) {
    const auto patience = offer_patience(session, town);
    std::size_t offers = 0;
    std::map<RoomId, Place> places;
    for (const Wait& wait : line) {
        const Claim& claim = wait.claim;
        // Asked first: of a long line for one slot, it is all that most of them need to be asked.
        if (!check_obstacles(session, town, {claim.room, claim.slot.at}, {now}).empty()) {
            continue;
        }
        auto known = places.find(claim.room);
        if (known == places.end()) {
            auto read = store::present(find_place(session, town, claim.room), "room of a wait");
            known = places.emplace(claim.room, std::move(read)).first;
        }
        const Place& place = known->second;
        const auto stands = patience + letter_time(session, town, claim.booker);
        const auto deadline = offer_deadline(now, stands, claim.slot.at, place.rules);
        if (deadline > now && can_be_had(session, town, claim, place, now)) {
            offers += offer(session, town, wait, {place, deadline}, now) ? 1U : 0U;
        }
    }
    return offers;
}

}  // namespace

void give_way(store::Session& session, TownId town, RoomId room, const Interval& freed,
              std::chrono::sys_seconds now) {
    release_expired(session, town, now);  // what holds nothing any more is in nobody's way
    (void)serve(session, town, select_line(session, town, room, freed, now), now);
}

std::size_t give_way(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    release_expired(session, town, now);
    return serve(session, town, select_lines(session, town, now), now);
}

void give_way(store::Session& session, const Affair& affair) {
    give_way(session, affair.town, affair.booking.room, affair.booking.slot.at, affair.now);
}

}  // namespace creneau::booking
