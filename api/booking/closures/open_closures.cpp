#include "api/booking/closures/open_closures.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/closures/keep_closed.hpp"
#include "api/booking/closures/opening_store.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/booking/waiting/slot_offers.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/savepoint.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

constexpr int kMostWrites = 10;

Source source_of(const Opening& opening) {
    return {"closure", static_cast<std::int64_t>(opening.closure)};
}

/// Opens the slot and as much about it as buffers reach, for this one alone: who does not get it
/// leaves it closed for the next.
void ask(store::Session& session, TownId town, const Opening& opening, const Wait& wait,
         SlotOffers& offers) {
    const Claim& claim = wait.claim;
    // Asked first: of a long line for one slot, it is all that most of them need to be asked.
    if (held_until(session, town, claim.room, claim.slot.at, {offers.now()}) ||
        is_booked(session, town, claim.room, claim.slot.at, {offers.now()})) {
        return;
    }
    const auto reach = offers.place_of(claim.room).rules.reach;
    const Interval part{claim.slot.at.start - reach, claim.slot.at.end + reach};
    store::Savepoint opened(session);
    vacate_within(session, town, source_of(opening), claim.room, part);
    keep_closed(session, town, claim.room, part, offers.now());
    if (offers.offer(wait)) {
        opened.keep();
    }
}

void finish(store::Session& session, TownId town, const Opening& opening,
            std::chrono::sys_seconds now) {
    vacate(session, town, source_of(opening));
    keep_closed(session, town, spaces_of(session, town, opening.closure), opening.at, now);
    delete_opening(session, town, opening.closure);
}

}  // namespace

bool open_closure(store::Session& session, TownId town, std::chrono::sys_seconds now,
                  std::optional<ClosureId> closure) {
    release_expired(session, town, now);  // what holds nothing any more is in nobody's way
    const auto opening = select_opening(session, town, closure);
    if (!opening) {
        return false;
    }
    const auto line = select_closed_line(
        session, town, {opening->closure, opening->at, opening->asked_to, kMostAsked}, now);
    SlotOffers offers(session, town, now);
    for (const Wait& wait : line) {
        ask(session, town, *opening, wait, offers);
    }
    if (std::cmp_less(line.size(), kMostAsked)) {
        finish(session, town, *opening, now);
    } else {
        set_asked_to(session, town, opening->closure, line.back().id);
    }
    return true;
}

void open_closures(store::Readers& readers, store::Writer& writer, TownId town,
                   std::chrono::sys_seconds now) {
    bool more = readers.read(
        [town](store::Session& session) { return select_opening(session, town).has_value(); });
    for (int written = 0; more && written < kMostWrites; ++written) {
        // What is not written now is written by the next tick.
        const auto answered =
            writer.run([town, now](store::Session& session) -> tl::expected<bool, bool> {
                return open_closure(session, town, now);
            });
        more = answered && answered->value_or(false);
    }
}

}  // namespace creneau::booking
