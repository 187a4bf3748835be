#include "api/booking/closures/close_rooms.hpp"
#include "tests/api/booking/closures/closure_order.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <barrier>
#include <memory>
#include <string>
#include <thread>

namespace creneau::booking {
namespace {

class ClosureRace : public TownTest {
  protected:
    /// Two people ask for the room while the office closes it, by another writer; answers whether
    /// anybody got it.
    bool somebody_was_first(const RequestBooking& order, const CloseRooms& closure) {
        store::Writer& other = *other_;
        std::barrier start(3);
        bool first = false;
        bool second = false;
        bool closed = false;
        const auto ask = [&](store::Writer& writer, bool& got) {
            start.arrive_and_wait();
            got =
                writer.run([&](store::Session& session) { return request_booking(session, order); })
                    .value()
                    .has_value();
        };
        {
            const std::jthread one([&] { ask(writer_, first); });
            const std::jthread two([&] { ask(other, second); });
            const std::jthread office([&] {
                start.arrive_and_wait();
                closed =
                    other
                        .run([&](store::Session& session) { return close_rooms(session, closure); })
                        .value()
                        .has_value();
            });
        }
        EXPECT_TRUE(closed);
        EXPECT_FALSE(first && second);
        return first || second;
    }

    std::unique_ptr<store::Writer> other_ = std::make_unique<store::Writer>(
        database_.database(), store::WriterOptions{.limits = {}, .town_id = 1, .report = {}});
};
CRENEAU_ON_BOTH_ENGINES(ClosureRace);

TEST_P(ClosureRace, ABookingIsMetByTheClosureOrRefusedByIt) {
    for (int round = 0; round < 100; ++round) {
        const int day = 1 + round % 28;
        const std::string date = (round < 28   ? "2027-01-"
                                  : round < 56 ? "2027-02-"
                                  : round < 84 ? "2027-03-"
                                               : "2027-04-") +
                                 std::string(day < 10 ? "0" : "") + std::to_string(day);
        auto order = wish();
        order.start = date + "T18:30";
        order.end = date + "T20:30";
        auto closure = danton_closure(round % 2 == 0 ? MeetPolicy::notify : MeetPolicy::cancel);
        closure.start = date + "T17:00";
        closure.end = date + "T22:00";
        const auto told = number("SELECT COUNT(*) FROM outbox");
        const bool booked = somebody_was_first(order, closure);
        EXPECT_EQ(number("SELECT COUNT(*) FROM outbox"), told + (booked ? 2 : 0)) << date;
        EXPECT_EQ(number("SELECT CAST(SUM(end_at - start_at) AS BIGINT) FROM occupancies"),
                  (round + 1) * 5 * 3600)
            << "the whole closure is taken, by it or by what it met";
    }
}

}  // namespace
}  // namespace creneau::booking
