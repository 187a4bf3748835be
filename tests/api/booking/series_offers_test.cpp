#include "api/booking/series/edit_series.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {
namespace {

/// The choir wants an evening every day; the chess club has some of them.
class SeriesOffers : public SeriesTest {
  protected:
    static RequestSeries evenings(int count = 10) {
        auto request = saturdays();
        request.recurrence = {day(2026, 12, 5), Daily{}, std::nullopt, count};
        return request;
    }
    void rule(RoomId room, const std::string& column, int value) {
        session_->execute("INSERT INTO room_rules (town_id, room_id, " + column + ") VALUES (1, " +
                          std::to_string(static_cast<std::int64_t>(room)) + ", " +
                          std::to_string(value) + ")");
    }
    void quota(const std::string& columns, const std::vector<RoomId>& rooms = {}) {
        session_->execute(
            "INSERT INTO quotas (id, town_id, key, name, holder, unit, most, period)"
            " VALUES (1, 1, 'q', 'Part de chacun', 'each', " +
            columns + ")");
        for (const RoomId room : rooms) {
            session_->execute(
                "INSERT INTO quota_rooms (town_id, quota_id, room_id) VALUES (1, 1, " +
                std::to_string(static_cast<std::int64_t>(room)) + ")");
        }
    }
    /// What the only refused date is offered.
    std::vector<Alternative> offers(const RequestSeries& request) {
        const auto answer = ask(request);
        EXPECT_FALSE(answer);
        if (answer || answer.error().dates.size() != 1U) {
            ADD_FAILURE() << (answer ? "accepted" : dates_of(answer.error()));
            return {};
        }
        return answer.error().dates.front().alternatives;
    }
    static std::vector<std::string> starts_in(const std::vector<Alternative>& offers, RoomId room) {
        std::vector<std::string> starts;
        for (const Alternative& offer : offers) {
            if (offer.room == room) {
                starts.push_back(offer.slot.local_start);
            }
        }
        return starts;
    }
    static bool is_offered(const std::vector<Alternative>& offers, RoomId room) {
        return !starts_in(offers, room).empty();
    }
    /// Each passes beside all other dates of the series.
    void expect_bookable(RequestSeries request, const std::vector<Alternative>& offers) {
        request.conflicts = ConflictPolicy::skip;
        ASSERT_TRUE(ask(request));
        for (const Alternative& offer : offers) {
            auto order = wish();
            order.room = offer.room;
            order.start = offer.slot.local_start;
            order.end = offer.slot.local_end;
            const auto booking = this->request(order);
            EXPECT_TRUE(booking) << offer.room_name << ' ' << order.start << ' '
                                 << (booking ? "" : codes_of(booking.error()));
            if (booking) {
                EXPECT_TRUE(cancel(*booking, kOffice, "weather_alert"));
            }
        }
    }
};
CRENEAU_ON_BOTH_ENGINES(SeriesOffers);

TEST_P(SeriesOffers, ADateOfADailySeriesHasThreeSlotsOfItsRoomThatAreNotItsOwn) {
    chess_on("2026-12-09");
    const auto found = offers(evenings());
    EXPECT_EQ(
        starts_in(found, kDanton),
        (std::vector<std::string>{"2026-12-09T19:00", "2026-12-09T16:00", "2026-12-10T20:30"}));
    EXPECT_TRUE(is_offered(found, kSmall));
    expect_bookable(evenings(), found);
}

TEST_P(SeriesOffers, TheyKeepTheBuffersOfTheDatesAround) {
    rule(kDanton, "setup_min", 60);
    chess_on("2026-12-09");
    const auto found = offers(evenings());
    EXPECT_EQ(
        starts_in(found, kDanton),
        (std::vector<std::string>{"2026-12-09T20:00", "2026-12-09T15:00", "2026-12-10T15:30"}));
    expect_bookable(evenings(), found);
}

TEST_P(SeriesOffers, AnotherRoomsBuffersAreNotMetByTheSeries) {
    rule(kSmall, "setup_min", 1440);
    chess_on("2026-12-09");
    const auto found = offers(evenings());
    EXPECT_TRUE(is_offered(found, kSmall)) << "the series is in another room";
    expect_bookable(evenings(), found);
}

TEST_P(SeriesOffers, AnotherRoomsQuotaDoesNotCountTheSeries) {
    quota("'bookings', 1, 'week'", {kSmall});
    chess_on("2026-12-09");
    const auto found = offers(evenings());
    EXPECT_TRUE(is_offered(found, kSmall));
    expect_bookable(evenings(), found);
}

TEST_P(SeriesOffers, AQuotaOfBothRoomsCountsTheDatesBeforeAndAfter) {
    quota("'bookings', 6, 'week'");
    // Monday to Sunday: six of seven dates, and no more of that week in any room.
    auto week = evenings(7);
    week.recurrence.first = day(2026, 12, 7);
    chess_on("2026-12-09");
    const auto found = offers(week);
    EXPECT_FALSE(found.empty());
    for (const Alternative& offer : found) {
        const std::string date = offer.slot.local_start.substr(0, 10);
        EXPECT_TRUE(date < "2026-12-07" || date > "2026-12-13") << date;
    }
    expect_bookable(week, found);
    session_->execute("UPDATE quotas SET most = 7");
    auto next = evenings(7);
    next.recurrence.first = day(2026, 12, 14);
    auto order = wish();
    order.actor = kAlex;
    order.association = kChess;
    order.start = "2026-12-16T18:00";
    order.end = "2026-12-16T19:00";
    ASSERT_TRUE(request(order));
    EXPECT_TRUE(is_offered(offers(next), kSmall)) << "one is left of the week";
}

TEST_P(SeriesOffers, ARoomThatSharesASpaceWithTheSeriesIsMetByIt) {
    session_->execute("UPDATE rooms SET capacity = 5 WHERE id IN (1, 2, 4)");
    quota("'bookings', 3, 'week'", {kSmall});
    rule(kHall, "setup_min", 1440);
    auto small = evenings(4);
    small.room = kSmall;
    small.recurrence.first = day(2026, 12, 7);
    EXPECT_FALSE(is_offered(offers(small), kHall)) << "half of it is used the day before";
    session_->execute("UPDATE room_rules SET setup_min = 60 WHERE room_id = 5");
    const auto found = offers(small);
    EXPECT_TRUE(is_offered(found, kHall));
    expect_bookable(small, found);
}

TEST_P(SeriesOffers, AnEditIsOfferedNothingThatItsOtherDatesGoTo) {
    auto mornings = evenings();
    mornings.start_time = "09:00";
    mornings.end_time = "11:00";
    const auto series = ask(mornings).value();
    chess_on("2026-12-09");
    EditSeries edit;
    edit.change.town = kTown;
    edit.change.actor = kCamille;
    edit.change.series = series;
    edit.change.scope = Scope::all;
    edit.change.now = kNow;
    edit.start_time = "18:30";
    edit.end_time = "20:30";
    const auto answer = write(edit_series, edit);
    ASSERT_FALSE(answer);
    ASSERT_EQ(dates_of(answer.error()), "2026-12-09:room_taken");
    EXPECT_EQ(
        starts_in(answer.error().dates.front().alternatives, kDanton),
        (std::vector<std::string>{"2026-12-09T19:00", "2026-12-09T16:00", "2026-12-10T20:30"}));
}

}  // namespace
}  // namespace creneau::booking
