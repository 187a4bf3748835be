#include "api/booking/series/decide_series.hpp"
#include "api/booking/series/edit_series.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/view_store.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::booking {
namespace {

class SeriesEdit : public SeriesTest {
  protected:
    Outcome<SeriesId> edit(EditSeries order) { return write(edit_series, std::move(order)); }

    static ChangeSeries change_of(SeriesId series, Scope scope, const std::string& date = "") {
        return {kTown, kOffice, series, scope, date, kNow};
    }
    /// 19:00 to 21:00 instead of 18:30 to 20:30.
    static EditSeries later(const ChangeSeries& change) {
        EditSeries order;
        order.change = change;
        order.start_time = "19:00";
        order.end_time = "21:00";
        return order;
    }
    SeriesId approved_series() {
        const SeriesId id = ask(saturdays()).value();
        EXPECT_TRUE(write(approve_series, ApproveSeries{change_of(id, Scope::all)}));
        return id;
    }
    Booking occurrence(SeriesId id, std::size_t at) {
        return select_views_of(*session_, kTown, id).at(at).booking;
    }
    /// "05T18:30 12T19:00", by date in the series; cancelled ones in brackets.
    std::string starts(SeriesId id) {
        std::string starts;
        for (const BookingView& view : select_views_of(*session_, kTown, id)) {
            const auto start = view.booking.slot.local_start.substr(8);
            const bool gone = view.booking.status == Status::cancelled;
            starts += (starts.empty() ? "" : " ") + (gone ? '(' + start + ')' : start);
        }
        return starts;
    }
    void expect_occupancies_fit() {
        EXPECT_EQ(count("occupancies"), count("bookings b JOIN occupancies o ON o.source_id = b.id"
                                              " AND o.start_at = b.start_at AND o.end_at = b.end_at"
                                              " WHERE b.status IN ('pending', 'approved')"));
    }
};
CRENEAU_ON_BOTH_ENGINES(SeriesEdit);

TEST_P(SeriesEdit, AllMovesEveryDateAndReplacesItsCode) {
    const SeriesId id = approved_series();
    EXPECT_EQ(edit(later(change_of(id, Scope::all))).value(), id);
    EXPECT_EQ(starts(id), "05T19:00 12T19:00 19T19:00 26T19:00");
    EXPECT_EQ(select_series(*session_, kTown, id)->start_time, "19:00");
    EXPECT_EQ(count("credentials WHERE revoked_at IS NULL"), 4);
    EXPECT_EQ(count("credentials WHERE revoked_at IS NOT NULL"), 4);
    EXPECT_EQ(count("outbox WHERE template = 'series_moved'"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'booking_moved'"), 0);
    EXPECT_EQ(count("occupancies"), 4);
    expect_occupancies_fit();
}

TEST_P(SeriesEdit, WhatAwaitsAnAnswerIsToldApartFromWhatIsGiven) {
    const SeriesId id = ask(saturdays()).value();
    const auto first = change_of(id, Scope::one, "2026-12-05");
    ASSERT_TRUE(write(approve_series, ApproveSeries{first}));
    ASSERT_TRUE(edit(later(change_of(id, Scope::all))));
    EXPECT_EQ(count("bookings WHERE status = 'approved'"), 1);
    const auto told = [this](const std::string& end) {
        const auto facts = nlohmann::json::parse(
            text("SELECT facts FROM outbox WHERE template = 'series_moved' ORDER BY id" + end));
        return facts["status"].get<std::string>() + ' ' + facts["series"]["dates"].dump();
    };
    EXPECT_EQ(count("outbox WHERE template = 'series_moved'"), 2);
    EXPECT_EQ(told(""), "approved [[\"2026-12-05T19:00\",\"2026-12-05T21:00\"]]");
    EXPECT_TRUE(told(" DESC").starts_with("pending [[\"2026-12-12T19:00\""));
}

TEST_P(SeriesEdit, FollowingGoesOnInANewSeries) {
    const SeriesId id = approved_series();
    const SeriesId rest = edit(later(change_of(id, Scope::following, "2026-12-19"))).value();
    EXPECT_NE(rest, id);
    EXPECT_EQ(starts(id), "05T18:30 12T18:30");
    EXPECT_EQ(starts(rest), "19T19:00 26T19:00");
    const auto before = select_series(*session_, kTown, id).value();
    const auto after = select_series(*session_, kTown, rest).value();
    EXPECT_EQ(before.ended_on, "2026-12-19");
    EXPECT_EQ(before.start_time, "18:30");
    EXPECT_EQ(after.split_from, id);
    EXPECT_EQ(after.recurrence.first, day(2026, 12, 19));
    EXPECT_EQ(after.recurrence.count, 2);
    EXPECT_EQ(after.start_time, "19:00");
    expect_occupancies_fit();
}

TEST_P(SeriesEdit, ThisMakesAnExceptionThatLaterEditsKeep) {
    const SeriesId id = approved_series();
    ASSERT_TRUE(edit(later(change_of(id, Scope::one, "2026-12-12"))));
    EXPECT_EQ(starts(id), "05T18:30 12T19:00 19T18:30 26T18:30");
    EXPECT_EQ(count("outbox WHERE template = 'booking_moved'"), 1);
    ASSERT_TRUE(
        write(cancel_series, CancelSeries{change_of(id, Scope::one, "2026-12-19"), "other", ""}));
    EditSeries order;
    order.change = change_of(id, Scope::following, "2026-12-12");
    order.start_time = "10:00";
    order.end_time = "11:00";
    const SeriesId rest = edit(order).value();
    EXPECT_EQ(starts(id), "05T18:30");
    EXPECT_EQ(starts(rest), "12T19:00 (19T18:30) 26T10:00");
    expect_occupancies_fit();
}

TEST_P(SeriesEdit, AnEditOfOneDateLeavesWhatItDoesNotName) {
    const SeriesId id = approved_series();
    ASSERT_TRUE(move(occurrence(id, 1), "2026-12-13T09:00", "2026-12-13T11:00", kOffice, kSemanaz));
    EditSeries order;
    order.change = change_of(id, Scope::one, "2026-12-12");
    order.attendees = 7;
    ASSERT_TRUE(edit(order));
    EXPECT_EQ(starts(id), "05T18:30 13T09:00 19T18:30 26T18:30");
    EXPECT_EQ(occurrence(id, 1).attendees, 7);
    EXPECT_EQ(occurrence(id, 1).room, kSemanaz);
    order.start_time = "10:00";
    ASSERT_TRUE(edit(order));
    EXPECT_EQ(occurrence(id, 1).slot.local_start, "2026-12-13T10:00");
    EXPECT_EQ(occurrence(id, 1).slot.local_end, "2026-12-13T11:00");
    expect_occupancies_fit();
}

TEST_P(SeriesEdit, WhatHasBegunStaysWhereItWas) {
    const SeriesId id = approved_series();
    auto order = later(change_of(id, Scope::all));
    order.change.now = occurrence(id, 1).slot.at.start + std::chrono::minutes{5};
    ASSERT_TRUE(edit(order));
    EXPECT_EQ(starts(id), "05T18:30 12T18:30 19T19:00 26T19:00");
    order.change.scope = Scope::one;
    order.change.date = "2026-12-12";
    EXPECT_EQ(edit(order).error().refusal, Refusal::started);
}

TEST_P(SeriesEdit, GoesWholeOrNotAtAll) {
    const SeriesId id = approved_series();
    auto other = wish();
    other.start = "2026-12-19T20:30";
    other.end = "2026-12-19T22:00";
    ASSERT_TRUE(request(other));
    const auto before = traces();
    for (const Scope scope : {Scope::all, Scope::following}) {
        const auto answer = edit(later(change_of(id, scope, "2026-12-12")));
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().refusal, Refusal::room_taken);
        EXPECT_EQ(dates_of(answer.error()), "2026-12-19:room_taken");
        EXPECT_EQ(traces(), before);
    }
    EditSeries order;
    order.change = change_of(id, Scope::all);
    order.attendees = 600;
    EXPECT_EQ(codes_of(edit(order).error()), "over_capacity");
    order = later(change_of(id, Scope::all));
    order.end_time = "18:00";
    EXPECT_EQ(codes_of(edit(order).error()), "end_before_start");
    EXPECT_EQ(traces(), before);
}

TEST_P(SeriesEdit, APurposeIsOfEveryDateAndDecidedAnewForItsOwners) {
    const SeriesId id = approved_series();
    EditSeries order;
    order.change = change_of(id, Scope::following, "2026-12-19");
    order.purpose = "Concert";
    const SeriesId rest = edit(order).value();
    EXPECT_EQ(count("bookings WHERE purpose = 'Concert' AND status = 'approved'"), 2);
    EXPECT_EQ(select_series(*session_, kTown, rest)->purpose, "Concert");
    EXPECT_EQ(select_series(*session_, kTown, id)->purpose, "Répétition");
    order.change = change_of(rest, Scope::all);
    order.change.actor = kCamille;
    order.purpose = "Loto";
    ASSERT_TRUE(edit(order));
    EXPECT_EQ(count("bookings WHERE purpose = 'Loto' AND status = 'pending'"), 2);
    order.purpose = "";
    EXPECT_EQ(codes_of(edit(order).error()), "purpose_missing");
    order.change = change_of(rest, Scope::one, "2026-12-26");
    order.purpose = "Bal";
    ASSERT_TRUE(edit(order));
    EXPECT_EQ(occurrence(rest, 1).purpose, "Bal");
    expect_occupancies_fit();
}

TEST_P(SeriesEdit, MayTakeThePlaceOfItsOwnDates) {
    auto request = saturdays();
    request.recurrence = {day(2026, 12, 5), Daily{1}, std::nullopt, 3};
    request.start_time = "00:00";
    request.end_time = "20:00";
    const SeriesId id = ask(request).value();
    EditSeries order;
    order.change = change_of(id, Scope::all);
    order.start_time = "21:00";
    order.end_time = "17:00";
    order.end_day_offset = 1;
    ASSERT_TRUE(edit(order));
    EXPECT_EQ(starts(id), "05T21:00 06T21:00 07T21:00");
    expect_occupancies_fit();
}

TEST_P(SeriesEdit, ChangesNothingWhereNothingChanges) {
    const SeriesId id = approved_series();
    const auto before = traces();
    EditSeries order;
    order.change = change_of(id, Scope::all);
    order.start_time = "18:30";
    EXPECT_EQ(edit(order).value(), id);
    EXPECT_EQ(traces(), before);
}

TEST_P(SeriesEdit, OfItsOwnersAsksTheOfficeAgain) {
    const SeriesId id = approved_series();
    auto order = later(change_of(id, Scope::all));
    order.change.actor = kCamille;
    ASSERT_TRUE(edit(order));
    EXPECT_EQ(count("bookings WHERE status = 'pending'"), 4);
    EXPECT_EQ(count("access_windows"), 0);
    EXPECT_EQ(count("credentials WHERE revoked_at IS NULL"), 0);
    order.change.actor = kAlex;
    EXPECT_EQ(edit(order).error().refusal, Refusal::unknown_booking);
}

}  // namespace
}  // namespace creneau::booking
