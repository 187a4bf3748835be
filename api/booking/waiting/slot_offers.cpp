#include "api/booking/waiting/slot_offers.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/equipment/check_equipment.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/hold_effects.hpp"
#include "api/booking/holds/hold_rules.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/obstacles.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>

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

bool write_offer(store::Session& session, TownId town, const Wait& wait, const Offered& offered,
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

}  // namespace

SlotOffers::SlotOffers(store::Session& session, TownId town, std::chrono::sys_seconds now)
    : session_(session), town_(town), now_(now), patience_(offer_patience(session, town)) {}

bool SlotOffers::offer(const Wait& wait) {
    const Claim& claim = wait.claim;
    // Asked first: of a long line for one slot, it is all that most of them need to be asked.
    if (!check_obstacles(session_, town_, {claim.room, claim.slot.at}, {now_}).empty()) {
        return false;
    }
    const Place& place = place_of(claim.room);
    const auto deadline = offer_deadline(now_, patience_, claim.slot.at, place.rules);
    return deadline > now_ && can_be_had(session_, town_, claim, place, now_) &&
           write_offer(session_, town_, wait, {place, deadline}, now_);
}

const Place& SlotOffers::place_of(RoomId room) {
    auto known = places_.find(room);
    if (known == places_.end()) {
        auto read = store::present(find_place(session_, town_, room), "room of a wait");
        known = places_.emplace(room, std::move(read)).first;
    }
    return known->second;
}

}  // namespace creneau::booking
