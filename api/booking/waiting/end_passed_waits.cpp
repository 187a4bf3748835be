#include "api/booking/waiting/end_passed_waits.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_effects.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/waiting/passed_wait_store.hpp"
#include "api/booking/waiting/wait_effects.hpp"
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

void end_passed_waits(store::Readers& readers, store::Writer& writer, TownId town,
                      std::chrono::sys_seconds now) {
    const bool any = readers.read([&](store::Session& session) {
        return !select_passed_waits(session, town, now, 1).empty();
    });
    if (!any) {
        return;
    }
    // What is not written now is written by the next tick.
    (void)writer.run([town, now](store::Session& session) -> tl::expected<bool, bool> {
        for (const WaitId wait : select_passed_waits(session, town, now, kMostPassedWaits)) {
            if (end_wait(session, town, wait, {WaitStatus::waiting, WaitStatus::lapsed})) {
                record(session, town,
                       {"wait_lapsed", "wait", static_cast<std::int64_t>(wait), {}, {}, now});
                tell_ended(session, town, wait, {mail::kSlotBegun, {}, {}, now});
            }
        }
        return true;
    });
}

}  // namespace creneau::booking
