#include "api/booking/holds/expire_holds.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_effects.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/mail/facts.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>

#include <tl/expected.hpp>

namespace creneau::booking {

void release_expired(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    if (!has_expired_hold(session, town, now)) {
        return;
    }
    const auto expired = select_expired(session, town, now);
    for (const Hold& hold : expired) {
        (void)end_hold(session, town, hold.id, {HoldStatus::expired, now});
        if (hold.wait) {
            (void)end_wait(session, town, *hold.wait, {WaitStatus::offered, WaitStatus::lapsed});
        }
        const auto news = hold.wait ? mail::Template::offer_lapsed : mail::Template::hold_expired;
        tell_holder(session, town, hold, {news, {}, {}}, now);
        record(session, town,
               {"hold_expired",
                "hold",
                static_cast<std::int64_t>(hold.id),
                {},
                hold.claim.booker,
                now});
    }
    for (const Hold& hold : expired) {
        give_way(session, town, hold.claim.room, hold.claim.slot.at, now);
    }
}

void expire_holds(store::Readers& readers, store::Writer& writer, TownId town,
                  std::chrono::sys_seconds now) {
    const bool any =
        readers.read([&](store::Session& session) { return has_expired_hold(session, town, now); });
    if (any) {
        // What is not written now is written by the next tick.
        (void)writer.run([town, now](store::Session& session) -> tl::expected<bool, bool> {
            release_expired(session, town, now);
            return true;
        });
    }
}

}  // namespace creneau::booking
