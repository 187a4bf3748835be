#include "api/booking/series/decide_series.hpp"
#include "api/booking/waiting/join_line.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::booking {
namespace {

class WaitingAndSeries : public SeriesTest {
  protected:
    /// Dominique waits for kDanton on that day, 18:00 to 19:00.
    void wait_for(const std::string& date) {
        auto order = wish();
        order.actor = kDominique;
        order.association.reset();
        order.start = date + "T18:00";
        order.end = date + "T19:00";
        ASSERT_TRUE(write(join_line, order));
    }
};
CRENEAU_ON_BOTH_ENGINES(WaitingAndSeries);

TEST_P(WaitingAndSeries, ASeriesTakesWhatItDisplacesBeforeTheLineDoes) {
    chess_on("2026-12-12");
    wait_for("2026-12-12");
    ASSERT_TRUE(ask(office_saturdays()));
    EXPECT_EQ(count("bookings WHERE status = 'pending'"), 4);
    EXPECT_EQ(count("holds"), 0);
    EXPECT_EQ(text("SELECT status FROM waits"), "waiting");
}

TEST_P(WaitingAndSeries, ACancelledSeriesOffersItsDates) {
    const auto id = ask(saturdays()).value();
    wait_for("2026-12-12");
    wait_for("2026-12-26");
    CancelSeries order;
    order.change.town = kTown;
    order.change.actor = kCamille;
    order.change.series = id;
    order.change.scope = Scope::all;
    order.change.now = kNow;
    ASSERT_TRUE(write(cancel_series, order));
    EXPECT_EQ(count("holds WHERE status = 'held'"), 2);
    EXPECT_EQ(count("outbox WHERE template = 'wait_offered'"), 2);
}

}  // namespace
}  // namespace creneau::booking
