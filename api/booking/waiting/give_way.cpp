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
#include <optional>
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
bool can_be_had(store::Session& session, TownId town, const Wait& wait, const Place& place,
                std::chrono::sys_seconds now) {
    const Claim& claim = wait.claim;
    if (!has_stock(session, town, claim, place, now)) {
        return false;
    }
    const auto booker = people::find_person(session, town, claim.booker);
    auto request = request_of(claim, town, claim.requested_by, now);
    request.in_round = wait.in_round;
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

/// Rooms and the town's patience, each read once for a line.
class Line {
  public:
    Line(store::Session& session, TownId town, std::chrono::sys_seconds now)
        : session_(session), town_(town), now_(now), patience_(offer_patience(session, town)) {}

    /// What the wait could be offered now, all of it; none: something is in the way.
    std::optional<Offered> offer_to(const Wait& wait) {
        const Claim& claim = wait.claim;
        // Asked first: of a long line for one slot, it is all that most of them need to be asked.
        if (!check_obstacles(session_, town_, {claim.room, claim.slot.at}, {now_}).empty()) {
            return std::nullopt;
        }
        const Place& place = place_of(claim.room);
        const auto stands = patience_ + letter_time(session_, town_, claim.booker);
        const auto deadline = offer_deadline(now_, stands, claim.slot.at, place.rules);
        if (deadline <= now_ || !can_be_had(session_, town_, wait, place, now_)) {
            return std::nullopt;
        }
        return Offered{place, deadline};
    }

  private:
    const Place& place_of(RoomId room) {
        auto known = places_.find(room);
        if (known == places_.end()) {
            auto read = store::present(find_place(session_, town_, room), "room of a wait");
            known = places_.emplace(room, std::move(read)).first;
        }
        return known->second;
    }

    store::Session& session_;
    TownId town_;
    std::chrono::sys_seconds now_;
    std::chrono::minutes patience_;
    std::map<RoomId, Place> places_;
};

/// Offers to each of `waits` in turn what can be had by then; answers how many got an offer.
std::size_t serve(store::Session& session, TownId town, const std::vector<Wait>& waits,
                  std::chrono::sys_seconds now) {
    std::size_t offers = 0;
    Line line(session, town, now);
    for (const Wait& wait : waits) {
        if (const auto offered = line.offer_to(wait)) {
            offers += offer(session, town, wait, *offered, now) ? 1U : 0U;
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

std::vector<WaitId> who_could_have(store::Session& session, TownId town,
                                   std::chrono::sys_seconds now, std::size_t limit) {
    std::vector<WaitId> found;
    Line line(session, town, now);
    LinePage page{now};
    auto waits = select_free_lines(session, town, page);
    while (!waits.empty() && found.size() < limit) {
        for (const Wait& wait : waits) {
            if (found.size() < limit && line.offer_to(wait)) {
                found.push_back(wait.id);
            }
        }
        page.after = waits.back().id;
        waits = select_free_lines(session, town, page);
    }
    return found;
}

std::size_t give_way(store::Session& session, TownId town, const std::vector<WaitId>& waits,
                     std::chrono::sys_seconds now) {
    release_expired(session, town, now);
    std::vector<Wait> line;
    for (const WaitId id : waits) {
        auto wait = select_wait(session, town, id);
        if (wait && wait->status == WaitStatus::waiting && wait->claim.slot.at.start > now) {
            line.push_back(*std::move(wait));
        }
    }
    return serve(session, town, line, now);
}

void give_way(store::Session& session, const Affair& affair) {
    give_way(session, affair.town, affair.booking.room, affair.booking.slot.at, affair.now);
}

}  // namespace creneau::booking
