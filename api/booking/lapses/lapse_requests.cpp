#include "api/booking/lapses/lapse_requests.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/keep_closed.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/lapses/lapse_ground.hpp"
#include "api/booking/lapses/lapse_store.hpp"
#include "api/booking/view_store.hpp"
#include "api/mail/facts.hpp"
#include "api/store/present.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

constexpr std::int64_t kMostAtOnce = 50;

void lapse(store::Session& session, TownId town, BookingId id, std::chrono::sys_seconds now) {
    auto view = store::present(select_view(session, town, id), "request that lapses");
    auto place = store::present(find_place(session, town, view.booking.room), "room of a booking");
    const Booking before = view.booking;
    Booking after = before;
    after.status = Status::refused;
    after.ground = lapse_ground().code;
    after.ground_text.clear();
    after.decided_at = now;
    after.decided_by.reset();
    ++after.sequence;
    if (!update_booking(session, town, before, after)) {
        return;  // somebody decided: a read before the write may be late
    }
    delete_occupancies(session, town, id);
    keep_closed(session, town, before.room, before.slot.at, now);
    const Affair affair{town,
                        {},
                        std::move(after),
                        std::move(place),
                        std::move(view.booker_name),
                        std::move(view.association_name),
                        now};
    record_by_itself(session, affair, "booking_lapsed");
    tell_booker(session, affair, {mail::Template::booking_refused, {}, {}});
}

}  // namespace

void lapse_requests(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    for (const BookingId booking : select_undecided(session, town, now, kMostAtOnce)) {
        lapse(session, town, booking, now);
    }
}

void lapse_due_requests(store::Readers& readers, store::Writer& writer, TownId town,
                        std::chrono::sys_seconds now) {
    const bool any = readers.read(
        [&](store::Session& session) { return !select_undecided(session, town, now, 1).empty(); });
    if (any) {
        // What is not written now is written by the next tick.
        (void)writer.run([town, now](store::Session& session) -> tl::expected<bool, bool> {
            lapse_requests(session, town, now);
            return true;
        });
    }
}

}  // namespace creneau::booking
