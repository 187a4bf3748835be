#include "api/booking/series/decide_series.hpp"
#include "api/booking/series/edit_series.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/series/retry_series.hpp"
#include "api/booking/view_store.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {
namespace {

class SeriesRetry : public SeriesTest {
  protected:
    Outcome<SeriesId> retry(SeriesId series, std::vector<LocalDate> dates = {},
                            PersonId actor = kCamille) {
        return write(retry_series, RetrySeries{kTown, actor, series, std::move(dates), now_});
    }
    /// saturdays(), whose second and third date somebody else has.
    SeriesId with_two_missed() {
        twelfth_ = chess_on("2026-12-12");
        nineteenth_ = chess_on("2026-12-19");
        auto request = saturdays();
        request.conflicts = ConflictPolicy::skip;
        return ask(request).value();
    }
    void give_up(const Booking& booking) { ASSERT_TRUE(cancel(booking, kAlex)); }
    std::string missed_of(SeriesId series) {
        std::string dates;
        for (const MissedDate& missed : select_missed(*session_, kTown, series)) {
            dates += missed.date.substr(8) + ':' + missed.reasons.front().rule + ' ';
        }
        return dates;
    }

    Booking twelfth_;
    Booking nineteenth_;
    std::chrono::sys_seconds now_ = kNow;
};
CRENEAU_ON_BOTH_ENGINES(SeriesRetry);

TEST_P(SeriesRetry, BooksWhatIsFreeByNowAndKeepsTheReasonsOfTheRest) {
    const SeriesId series = with_two_missed();
    give_up(twelfth_);
    EXPECT_EQ(retry(series).value(), series);
    EXPECT_EQ(missed_of(series), "19:room_taken ");
    const auto views = select_views_of(*session_, kTown, series);
    ASSERT_EQ(views.size(), 3U);
    EXPECT_EQ(views[1].booking.series_date, "2026-12-12");
    EXPECT_EQ(views[1].booking.slot.local_start, "2026-12-12T18:30");
    EXPECT_EQ(views[1].booking.booker, kCamille);
    EXPECT_EQ(count("occupancies"), 4);
    EXPECT_EQ(count("outbox WHERE template = 'series_received'"), 2);
    EXPECT_EQ(count("audit WHERE action = 'series_retried'"), 1);
    EXPECT_EQ(select_series(*session_, kTown, series)->sequence, 1);
}

TEST_P(SeriesRetry, WritesNothingWhenNoneCanBeHad) {
    const SeriesId series = with_two_missed();
    const auto before = traces();
    const auto answer = retry(series);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().refusal, Refusal::room_taken);
    EXPECT_EQ(dates_of(answer.error()), "2026-12-12:room_taken 2026-12-19:room_taken");
    EXPECT_EQ(traces(), before);
    EXPECT_EQ(missed_of(series), "12:room_taken 19:room_taken ");
}

TEST_P(SeriesRetry, AsksOnlyForTheDatesItIsTold) {
    const SeriesId series = with_two_missed();
    give_up(twelfth_);
    give_up(nineteenth_);
    for (const auto& wrong : {day(2026, 12, 5), day(2026, 12, 13)}) {
        EXPECT_EQ(codes_of(retry(series, {day(2026, 12, 19), wrong}).error()), "bad_scope");
    }
    ASSERT_TRUE(retry(series, {day(2026, 12, 19)}));
    EXPECT_EQ(missed_of(series), "12:room_taken ");
    ASSERT_TRUE(retry(series));
    EXPECT_EQ(missed_of(series), "");
    EXPECT_EQ(retry(series).error().refusal, Refusal::wrong_state);
}

TEST_P(SeriesRetry, LeavesOutWhatWasNotWantedIsPastOrComesAfterTheEnd) {
    auto request = saturdays();
    request.left_out = {day(2026, 12, 12)};
    const SeriesId left_out = ask(request).value();
    EXPECT_EQ(retry(left_out).error().refusal, Refusal::wrong_state);
    ASSERT_TRUE(write(cancel_series,
                      CancelSeries{{kTown, kCamille, left_out, Scope::all, "", kNow}, "", ""}));
    const SeriesId series = with_two_missed();
    give_up(nineteenth_);
    give_up(twelfth_);
    ASSERT_TRUE(write(
        cancel_series,
        CancelSeries{{kTown, kCamille, series, Scope::following, "2026-12-26", kNow}, "", ""}));
    now_ = kNow + std::chrono::days{23};
    ASSERT_TRUE(retry(series));
    EXPECT_EQ(missed_of(series), "12:room_taken ") << "14 December: the 12th is past";
}

TEST_P(SeriesRetry, IsForTheOwnersAndTheOfficeAndStaysTheBookers) {
    const SeriesId series = with_two_missed();
    give_up(twelfth_);
    EXPECT_EQ(retry(series, {}, kAlex).error().refusal, Refusal::unknown_booking);
    ASSERT_TRUE(retry(series, {}, kMaud));
    give_up(nineteenth_);
    ASSERT_TRUE(retry(series, {}, kOffice));
    EXPECT_EQ(count("bookings WHERE series_id = 1 AND booker_id = 2"), 4);
    EXPECT_EQ(count("bookings WHERE series_id = 1 AND requested_by_id = 6"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'series_received' AND person_id = 2"), 3);
    EXPECT_NE(text("SELECT facts FROM outbox WHERE template = 'series_received' ORDER BY id DESC"
                   " LIMIT 1")
                  .find("Camille"),
              std::string::npos);
}

TEST_P(SeriesRetry, ComesToNothingOnceTheLaterDatesWereCancelled) {
    const SeriesId series = with_two_missed();
    give_up(twelfth_);
    give_up(nineteenth_);
    ASSERT_TRUE(write(
        cancel_series,
        CancelSeries{{kTown, kCamille, series, Scope::following, "2026-12-12", kNow}, "", ""}));
    EXPECT_EQ(select_series(*session_, kTown, series)->ended_on, "2026-12-12");
    EXPECT_EQ(retry(series).error().refusal, Refusal::wrong_state);
    EXPECT_EQ(count("bookings WHERE series_id = 1 AND status = 'pending'"), 1);
    EditSeries order;
    order.change = {kTown, kCamille, series, Scope::following, "2026-12-05", kNow};
    order.purpose = "Concert";
    const SeriesId rest = write(edit_series, order).value();
    EXPECT_EQ(retry(rest).error().refusal, Refusal::wrong_state);
}

TEST_P(SeriesRetry, RevivesNothingThatWasCancelledOrRefusedWhole) {
    const auto without_the_first = [this] {
        const Booking fifth = chess_on("2026-12-05");
        auto request = saturdays();
        request.conflicts = ConflictPolicy::skip;
        const SeriesId series = ask(request).value();
        give_up(fifth);
        return series;
    };
    const SeriesId cancelled = without_the_first();
    const ChangeSeries all{kTown, kCamille, cancelled, Scope::all, "", kNow};
    ASSERT_TRUE(write(cancel_series, CancelSeries{all, "", ""}));
    EXPECT_EQ(select_series(*session_, kTown, cancelled)->ended_on, "2026-12-05");
    EXPECT_EQ(retry(cancelled).error().refusal, Refusal::wrong_state);
    const SeriesId refused = without_the_first();
    ChangeSeries decision{kTown, kOffice, refused, Scope::all, "", kNow};
    ASSERT_TRUE(write(refuse_series, RefuseSeries{decision, "public_order", ""}));
    EXPECT_EQ(retry(refused).error().refusal, Refusal::wrong_state);
    EXPECT_EQ(count("occupancies"), 0);
}

TEST_P(SeriesRetry, NeedsSomebodyWhoManagesTheAssociation) {
    const SeriesId series = with_two_missed();
    give_up(twelfth_);
    session_->execute("UPDATE people SET enabled = 0 WHERE id IN (2, 6)");
    const auto before = traces();
    const auto answer = retry(series, {}, kOffice);
    ASSERT_FALSE(answer);
    EXPECT_EQ(codes_of(answer.error()), "unknown_booker");
    EXPECT_EQ(traces(), before);
    session_->execute("UPDATE people SET enabled = 1 WHERE id = 6");
    ASSERT_TRUE(retry(series, {}, kOffice));
    EXPECT_EQ(count("bookings WHERE series_id = 1 AND booker_id = 6"), 3);
}

TEST_P(SeriesRetry, GoesOnInTheNameOfTheManagerWhoAsksOnceItsBookerHasGone) {
    const SeriesId series = with_two_missed();
    give_up(twelfth_);
    for (const char* const gone : {"UPDATE people SET active_until = 1 WHERE id = 2",
                                   "DELETE FROM association_managers WHERE person_id = 2"}) {
        session_->execute(gone);
    }
    ASSERT_TRUE(retry(series, {}, kMaud));
    EXPECT_EQ(count("bookings WHERE series_id = 1 AND booker_id = 6"), 3);
    EXPECT_EQ(count("bookings WHERE series_id = 1 AND booker_id = 2"), 0);
    EXPECT_EQ(count("outbox WHERE template = 'series_received' AND person_id = 6"), 2);
    EXPECT_EQ(count("audit WHERE action = 'association_handed_over' AND actor_id = 6"), 1);
}

TEST_P(SeriesRetry, AsksForTheLayoutThatTheOtherDatesHave) {
    twelfth_ = chess_on("2026-12-12");
    auto request = saturdays();
    request.conflicts = ConflictPolicy::skip;
    session_->execute(
        "INSERT INTO room_rules (town_id, room_id) VALUES (1, 1);"
        "INSERT INTO room_layouts (town_id, room_id, key, name, capacity)"
        " VALUES (1, 1, 'circle', 'Cercle', 20)");
    request.layout = "circle";
    const SeriesId series = ask(request).value();
    give_up(twelfth_);
    ASSERT_TRUE(retry(series));
    EXPECT_EQ(count("bookings WHERE series_id = 1 AND layout = 'circle'"), 4);
}

TEST_P(SeriesRetry, OfAnotherTownIsUnknown) {
    const SeriesId series = with_two_missed();
    const auto answer =
        write(retry_series, RetrySeries{kOtherTown, kOtherOffice, series, {}, kNow});
    EXPECT_EQ(answer.error().refusal, Refusal::unknown_booking);
}

}  // namespace
}  // namespace creneau::booking
