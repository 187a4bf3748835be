#include "api/booking/waiting/give_way.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/opening_store.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/waiting/slot_offers.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <vector>

namespace creneau::booking {

namespace {

/// Offers to each of `line` in turn what can be had by then; answers how many got an offer.
std::size_t serve(store::Session& session, TownId town, const std::vector<Wait>& line,
                  std::chrono::sys_seconds now) {
    if (line.empty()) {
        return 0;
    }
    SlotOffers offers(session, town, now);
    const bool any_opening = select_opening(session, town).has_value();
    std::size_t made = 0;
    for (const Wait& wait : line) {
        if (offers.offer(wait)) {
            ++made;
        } else if (any_opening) {
            // It may be the closure alone that is in the way, and they had been asked about that.
            ask_again_from(session, town, wait.id, wait.claim);
        }
    }
    return made;
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
