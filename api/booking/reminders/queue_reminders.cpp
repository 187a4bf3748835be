#include "api/booking/reminders/queue_reminders.hpp"

#include "api/access/access_types.hpp"
#include "api/access/passes.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/reminders/reminder_store.hpp"
#include "api/booking/view_store.hpp"
#include "api/mail/facts.hpp"
#include "api/store/present.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <optional>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

std::optional<access::Pass> living_pass(store::Session& session, const Affair& affair) {
    const auto passes =
        access::passes_of(session, access_id(affair.town), access_id(affair.booking.id));
    // The others may be somebody else's, and do not make up for one that was lost or taken away.
    const bool is_living = !passes.empty() && !passes.front().credential.revoked_at;
    return is_living ? std::optional(passes.front()) : std::nullopt;
}

void remind(store::Session& session, TownId town, BookingId booking, std::chrono::sys_seconds now) {
    auto view = store::present(select_view(session, town, booking), "booking to recall");
    auto place = store::present(find_place(session, town, view.booking.room), "room of a booking");
    const Affair affair{town,
                        {},
                        std::move(view.booking),
                        std::move(place),
                        std::move(view.booker_name),
                        std::move(view.association_name),
                        now};
    tell_booker(session, affair,
                {mail::Template::booking_reminder, living_pass(session, affair), {}});
}

}  // namespace

void queue_reminders(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    for (const DueReminder& due : select_due_reminders(session, town, now)) {
        mark_reminded(session, town, due.booking);
        if (!due.told) {
            remind(session, town, due.booking, now);
        }
    }
}

void queue_due_reminders(store::Readers& readers, store::Writer& writer, TownId town,
                         std::chrono::sys_seconds now) {
    const bool any =
        readers.read([&](store::Session& session) { return has_due_reminder(session, town, now); });
    if (any) {
        // What is not written now is written by the next tick.
        (void)writer.run([town, now](store::Session& session) -> tl::expected<bool, bool> {
            queue_reminders(session, town, now);
            return true;
        });
    }
}

}  // namespace creneau::booking
