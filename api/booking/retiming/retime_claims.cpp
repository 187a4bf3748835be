#include "api/booking/retiming/retime_claims.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_effects.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/retiming/retiming_store.hpp"
#include "api/booking/waiting/wait_effects.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

tl::expected<Slot, TimeError> slot_now(const Claim& claim, const std::string& zone) {
    return resolve_slot(claim.slot.local_start, claim.slot.local_end, zone);
}

void withdraw(store::Session& session, TownId town, const Hold& hold,
              std::chrono::sys_seconds now) {
    (void)end_hold(session, town, hold.id, {HoldStatus::released, now});
    if (hold.wait) {
        (void)end_wait(session, town, *hold.wait, {WaitStatus::offered, WaitStatus::waiting});
    }
    record(
        session, town,
        {"hold_released", "hold", static_cast<std::int64_t>(hold.id), {}, hold.claim.booker, now});
    tell_holder(session, town, hold, {mail::Template::hold_withdrawn, {}, {}}, now);
}

}  // namespace

std::vector<std::pair<RoomId, Interval>> retime_claims(store::Session& session, TownId town,
                                                       std::chrono::sys_seconds now) {
    std::vector<std::pair<RoomId, Interval>> to_offer;
    for (const Hold& hold : select_holds(session, town, {now})) {
        const auto slot = slot_now(hold.claim, hold.time_zone);
        if (!slot || slot->at != hold.claim.slot.at) {
            withdraw(session, town, hold, now);
            to_offer.emplace_back(hold.claim.room, hold.claim.slot.at);
        }
    }
    for (const Wait& wait : select_waits(session, town, {now})) {
        const auto slot = slot_now(wait.claim, wait.time_zone);
        if (!slot) {
            (void)end_wait(session, town, wait.id, {WaitStatus::waiting, WaitStatus::left});
            tell_ended(session, town, wait.id, {mail::kNoSuchTime, {}, {}, now});
        } else if (slot->at != wait.claim.slot.at) {
            move_wait(session, town, wait.id, slot->at);
            to_offer.emplace_back(wait.claim.room, slot->at);
        }
    }
    return to_offer;
}

}  // namespace creneau::booking
