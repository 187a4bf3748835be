#include "api/booking/release/release_watch.hpp"

#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/release/release_booking.hpp"
#include "api/booking/release/release_store.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

constexpr std::chrono::seconds kLookPause{10};
constexpr std::int64_t kMostAtOnce = 50;

struct Looked {
    BookingId last{};  ///< none: that were all
    std::vector<BookingId> empty;
};

Looked look(store::Session& session, TownId town, std::chrono::sys_seconds now, BookingId after) {
    const auto due = select_releasable(session, town, {now, after, kMostAtOnce});
    Looked looked;
    for (const BookingId id : due) {
        const auto booking = select_booking(session, town, id);
        if (booking && !release_doubt(session, town, *booking, now)) {
            looked.empty.push_back(id);
        }
    }
    if (due.size() == static_cast<std::size_t>(kMostAtOnce)) {
        looked.last = due.back();
    }
    return looked;
}

}  // namespace

void ReleaseWatch::tick(store::Readers& readers, store::Writer& writer, TownId town,
                        std::chrono::sys_seconds now) {
    if (now >= looked_ && now - looked_ < kLookPause) {
        return;
    }
    looked_ = now;
    const Looked looked =
        readers.read([&](store::Session& session) { return look(session, town, now, after_); });
    after_ = looked.last;
    for (const BookingId id : looked.empty) {
        // A read before the write may be late: the write proves it anew. What fails waits.
        (void)writer.run([town, id, now](store::Session& session) -> tl::expected<bool, bool> {
            if (!release_booking(session, town, id, now)) {
                return tl::unexpected(false);
            }
            return true;
        });
    }
}

}  // namespace creneau::booking
