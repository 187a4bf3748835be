#include "api/booking/lapses/lapse_requests.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/booking/series/decide_series.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/people/people_store.hpp"
#include "api/store/doctor_checks.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace creneau::booking {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

/// The end of the slot of wish(), Saturday 5 December 2026 at 20:30 in Paris.
constexpr std::chrono::sys_seconds kEnd{std::chrono::sys_days{std::chrono::year{2026} / 12 / 5} +
                                        std::chrono::minutes{19 * 60 + 30}};

class Lapses : public SeriesTest {
  protected:
    void tick(std::chrono::sys_seconds now) {
        store::Readers readers(database_.database(), 1);  // as after a restart
        lapse_due_requests(readers, writer_, kTown, now);
    }
    Outcome<Booking> approve_at(const Booking& booking, std::chrono::sys_seconds now) {
        auto change = change_of(booking, kOffice);
        change.now = now;
        return write(approve_booking, change);
    }
    Outcome<Booking> refuse_at(const Booking& booking, std::chrono::sys_seconds now) {
        auto change = change_of(booking, kOffice);
        change.now = now;
        return write(refuse_booking, RefuseBooking{change, "public_order", ""});
    }
    Outcome<SeriesId> approve_all_at(SeriesId series, std::chrono::sys_seconds now) {
        return write(approve_series, ApproveSeries{{kTown, kOffice, series, Scope::all, "", now},
                                                   ConflictPolicy::fail});
    }
    std::size_t inbox_at(std::chrono::sys_seconds now) {
        const auto office = people::find_person(*session_, kTown, kOffice);
        BookingQuery query;
        query.town = kTown;
        query.decidable_at = now;
        return list_bookings(*session_, office.value(), query).size();
    }
};
CRENEAU_ON_BOTH_ENGINES(Lapses);

TEST_P(Lapses, ARequestThatNobodyDecidedOnIsRefusedByItselfWhenItsSlotEnds) {
    const auto booking = request(wish()).value();
    tick(kEnd - seconds{1});
    EXPECT_EQ(count("bookings WHERE status = 'pending'"), 1);
    EXPECT_EQ(inbox_at(kEnd - seconds{1}), 1U);
    tick(kEnd);
    EXPECT_EQ(inbox_at(kEnd), 0U);
    EXPECT_EQ(count("bookings WHERE status = 'refused' AND ground = 'no_answer'"
                    " AND decided_by_id IS NULL AND sequence = 1"),
              1);
    EXPECT_EQ(count("occupancies"), 0);
    EXPECT_EQ(count("audit WHERE action = 'booking_lapsed' AND actor_id IS NULL"), 1);
    const auto facts = nlohmann::json::parse(facts_of_mail("booking_refused"));
    EXPECT_EQ(facts["ground_en"], "The slot ended before the service had answered");
    EXPECT_FALSE(facts["legal"].is_null()) << "it may be contested";
    EXPECT_EQ(approve_at(booking, kEnd).error().refusal, Refusal::wrong_state);
    tick(kEnd + hours{1});
    EXPECT_EQ(count("outbox WHERE template = 'booking_refused'"), 1);
    EXPECT_TRUE(store::check_occupancies(*session_, database_.database()).healthy);
}

TEST_P(Lapses, NothingElseLapses) {
    approved();
    tick(kEnd + hours{1000});
    EXPECT_EQ(count("bookings WHERE status = 'approved'"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'booking_refused'"), 0);
}

TEST_P(Lapses, ARequestIsDecidedOnUntilItsSlotEndsAndNoLonger) {
    const auto booking = request(wish()).value();
    EXPECT_EQ(approve_at(booking, kEnd).error().refusal, Refusal::ended);
    EXPECT_EQ(refuse_at(booking, kEnd).error().refusal, Refusal::ended);
    EXPECT_EQ(approve_at(booking, kEnd - seconds{1}).value().status, Status::approved);
    EXPECT_EQ(count("credentials WHERE revoked_at IS NULL"), 1) << "they stand before the door";
}

TEST_P(Lapses, OfASeriesThatHasBegunEveryDateIsDecidedOnUntilItEnds) {
    const SeriesId series = ask(saturdays()).value();
    ASSERT_TRUE(approve_all_at(series, kEnd - seconds{1}));
    EXPECT_EQ(count("bookings WHERE status = 'approved'"), 4);
    auto later = saturdays();
    later.start_time = "14:00";
    later.end_time = "16:00";
    const SeriesId other = ask(later).value();
    ASSERT_TRUE(approve_all_at(other, kEnd));
    EXPECT_EQ(count("bookings WHERE status = 'approved'"), 7) << "its first date has ended";
    EXPECT_EQ(approve_all_at(other, kEnd).error().refusal, Refusal::ended);
    tick(kEnd);
    EXPECT_EQ(approve_all_at(other, kEnd).error().refusal, Refusal::wrong_state);
}

}  // namespace
}  // namespace creneau::booking
