#include "api/mail/facts.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::booking {
namespace {

using nlohmann::json;

class SeriesRequest : public SeriesTest {};
CRENEAU_ON_BOTH_ENGINES(SeriesRequest);

TEST_P(SeriesRequest, MakesABookingOfEachDateAndOneMailOfAll) {
    const SeriesId id = ask(saturdays()).value();
    EXPECT_EQ(count("bookings WHERE status = 'pending' AND series_id = 1"), 4);
    EXPECT_EQ(count("occupancies"), 4);
    EXPECT_EQ(text("SELECT MAX(series_date) FROM bookings"), "2026-12-26");
    EXPECT_EQ(count("audit WHERE action = 'booking_requested'"), 4);
    EXPECT_EQ(count("audit WHERE action = 'series_requested' AND subject_kind = 'series'"), 1);
    ASSERT_EQ(count("outbox"), 1);
    const auto facts = json::parse(facts_of_mail("series_received"));
    EXPECT_EQ(facts["series"]["id"], static_cast<std::int64_t>(id));
    EXPECT_EQ(facts["series"]["dates"].size(), 4U);
    EXPECT_EQ(facts["series"]["dates"][0][0], "2026-12-05T18:30");
    EXPECT_TRUE(facts["series"]["missed"].empty());
}

TEST_P(SeriesRequest, IsReadBackAsItWasAsked) {
    auto request = saturdays();
    request.recurrence = {day(2026, 12, 1), MonthlyByWeekday{2, -1, std::chrono::Sunday},
                          day(2027, 12, 31), std::nullopt};
    const SeriesId id = ask(request).value();
    const auto series = select_series(*session_, kTown, id).value();
    const auto parts = parts_of(series.recurrence.pattern);
    EXPECT_EQ(parts.word, "monthly_weekday");
    EXPECT_EQ(parts.interval, 2);
    EXPECT_EQ(parts.nth, -1);
    EXPECT_EQ(parts.weekdays, std::vector{std::chrono::Sunday});
    EXPECT_EQ(series.recurrence.first, day(2026, 12, 1));
    EXPECT_EQ(series.recurrence.until, day(2027, 12, 31));
    EXPECT_EQ(series.recurrence.count, std::nullopt);
    EXPECT_EQ(series.association, kChoir);
    EXPECT_EQ(series.time_zone, "Europe/Paris");
    EXPECT_EQ(select_series(*session_, kOtherTown, id).has_value(), false);
}

TEST_P(SeriesRequest, IsApprovedAtOnceWhereNoApprovalIsNeeded) {
    auto request = saturdays();
    request.room = kSmall;
    ASSERT_TRUE(ask(request));
    EXPECT_EQ(count("bookings WHERE status = 'approved' AND decided_at IS NOT NULL"), 4);
    EXPECT_EQ(count("outbox WHERE template = 'series_approved'"), 1);
    EXPECT_EQ(count("outbox"), 1);
}

TEST_P(SeriesRequest, KeepsItsLocalTimesOverTheClockChange) {
    auto request = saturdays();
    request.recurrence = {day(2027, 3, 20), Weekly{1, {std::chrono::Saturday}}, std::nullopt, 3};
    request.start_time = "22:00";
    request.end_time = "03:00";
    request.end_day_offset = 1;
    ASSERT_TRUE(ask(request));
    // The night of 27 to 28 March 2027 has no hour from two to three.
    EXPECT_EQ(count("bookings WHERE end_at - start_at = 5 * 3600"), 2);
    EXPECT_EQ(count("bookings WHERE end_at - start_at = 4 * 3600"), 1);
    EXPECT_EQ(text("SELECT local_end FROM bookings WHERE series_date = '2027-03-27'"),
              "2027-03-28T03:00");
}

TEST_P(SeriesRequest, RefusesAllWithEveryDateWhenOneIsTaken) {
    chess_on("2026-12-12");
    const auto before = traces();
    const auto answer = ask(saturdays());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().refusal, Refusal::room_taken);
    EXPECT_EQ(codes_of(answer.error()), "room_taken");
    EXPECT_EQ(dates_of(answer.error()), "2026-12-12:room_taken");
    EXPECT_EQ(traces(), before);
}

TEST_P(SeriesRequest, SkipsATakenDateAndKeepsItsReason) {
    chess_on("2026-12-12");
    auto request = saturdays();
    request.conflicts = ConflictPolicy::skip;
    const SeriesId id = ask(request).value();
    EXPECT_EQ(count("bookings WHERE series_id IS NOT NULL"), 3);
    const auto missed = select_missed(*session_, kTown, id);
    ASSERT_EQ(missed.size(), 1U);
    EXPECT_EQ(missed[0].date, "2026-12-12");
    EXPECT_EQ(missed[0].local_start, "2026-12-12T18:30");
    ASSERT_EQ(missed[0].reasons.size(), 1U);
    EXPECT_EQ(missed[0].reasons[0].rule, "room_taken");
    const auto series = json::parse(facts_of_mail("series_received"))["series"];
    EXPECT_EQ(series["dates"].size(), 3U);
    EXPECT_EQ(series["missed"], json::parse(R"([["2026-12-12T18:30","2026-12-12T20:30",0]])"));
    EXPECT_EQ(series["reasons"][0][1], "The room is already taken at that time: choose another.");
}

TEST_P(SeriesRequest, LeavesOutTheDatesItDoesNotWantUnderAnyPolicy) {
    auto request = saturdays();
    request.left_out = {day(2026, 12, 26)};
    const SeriesId id = ask(request).value();
    EXPECT_EQ(count("bookings"), 3);
    EXPECT_EQ(select_missed(*session_, kTown, id).at(0).reasons.at(0).rule, "date_left_out");
}

TEST_P(SeriesRequest, SkipsPublicHolidays) {
    auto request = saturdays();
    request.recurrence = {day(2026, 12, 24), Daily{1}, std::nullopt, 3};
    request.skips.public_holidays = true;
    const SeriesId id = ask(request).value();
    EXPECT_EQ(count("bookings"), 2);
    const auto missed = select_missed(*session_, kTown, id).at(0);
    EXPECT_EQ(missed.date, "2026-12-25");
    EXPECT_EQ(missed.reasons.at(0).rule, "public_holiday");
}

TEST_P(SeriesRequest, SkippingEveryDateIsARefusal) {
    auto request = saturdays();
    request.conflicts = ConflictPolicy::skip;
    request.recurrence.first = day(2026, 10, 3);
    request.purpose = "";
    const auto before = traces();
    const auto answer = ask(request);
    ASSERT_FALSE(answer);
    EXPECT_EQ(codes_of(answer.error()), "in_the_past,purpose_missing");
    EXPECT_EQ(answer.error().dates.size(), 4U);
    EXPECT_EQ(traces(), before);
}

TEST_P(SeriesRequest, ReplacesWhatIsInTheWayAndTellsItsBookers) {
    const auto chess = chess_on("2026-12-12");
    ASSERT_TRUE(approve(chess));
    ASSERT_TRUE(ask(office_saturdays()));
    EXPECT_EQ(count("bookings WHERE series_id IS NOT NULL AND status = 'pending'"), 4);
    EXPECT_EQ(text("SELECT status FROM bookings WHERE id = 1"), "cancelled");
    EXPECT_EQ(text("SELECT ground FROM bookings WHERE id = 1"), "service_operation");
    EXPECT_EQ(count("outbox WHERE template = 'booking_cancelled' AND person_id = 4"), 1);
    EXPECT_EQ(count("credentials WHERE revoked_at IS NULL"), 0);
    EXPECT_EQ(count("occupancies"), 4);
}

TEST_P(SeriesRequest, ReplacesOnceWhatIsInTheWayOfSeveralDates) {
    auto order = wish();
    order.actor = kAlex;
    order.association = kChess;
    order.start = "2026-12-12T18:00";
    order.end = "2026-12-14T22:00";
    ASSERT_TRUE(approve(this->request(order).value()));
    auto request = office_saturdays();
    request.recurrence = {day(2026, 12, 12), Daily{1}, std::nullopt, 3};
    const auto plan = plan_series(*session_, request).value();
    for (const PlannedDate& planned : plan.dates) {
        EXPECT_EQ(word_of(planned.verdict), "displaces");
    }
    ASSERT_TRUE(ask(request));
    EXPECT_EQ(count("bookings WHERE series_id IS NOT NULL AND status = 'pending'"), 3);
    EXPECT_EQ(text("SELECT status FROM bookings WHERE id = 1"), "cancelled");
    EXPECT_EQ(count("audit WHERE action = 'booking_cancelled'"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'booking_cancelled'"), 1);
}

TEST_P(SeriesRequest, ReplacesNothingThatHasBegun) {
    auto order = wish();
    order.start = "2026-12-05T18:00";
    order.end = "2026-12-05T19:00";
    ASSERT_TRUE(request(order));
    auto request = office_saturdays();
    request.now = kNow + std::chrono::hours{24 * 14 + 5} + std::chrono::minutes{10};
    const auto before = traces();
    const auto answer = ask(request);
    ASSERT_FALSE(answer);
    EXPECT_EQ(dates_of(answer.error()), "2026-12-05:room_taken");
    EXPECT_EQ(traces(), before);
}

TEST_P(SeriesRequest, OnlyTheOfficeReplaces) {
    chess_on("2026-12-12");
    auto request = saturdays();
    request.conflicts = ConflictPolicy::replace;
    const auto before = traces();
    const auto answer = ask(request);
    ASSERT_FALSE(answer);
    EXPECT_EQ(codes_of(answer.error()), "may_not_replace,room_taken");
    EXPECT_EQ(dates_of(answer.error()), "2026-12-12:room_taken");
    request.recurrence.first = day(2027, 1, 2);
    const auto free = ask(request);
    ASSERT_FALSE(free);
    EXPECT_EQ(codes_of(free.error()), "may_not_replace");
    EXPECT_EQ(free.error().refusal, Refusal::not_allowed);
    EXPECT_EQ(traces(), before);
    request.conflicts = ConflictPolicy::fail;
    EXPECT_TRUE(ask(request));
}

TEST_P(SeriesRequest, NamesEveryDateBesideWhatIsWrongWithTheSeries) {
    chess_on("2026-12-12");
    chess_on("2026-12-26");
    auto request = saturdays();
    request.left_out = {day(2026, 12, 13)};
    const auto answer = ask(request);
    ASSERT_FALSE(answer);
    EXPECT_EQ(codes_of(answer.error()), "bad_recurrence,room_taken");
    EXPECT_EQ(dates_of(answer.error()), "2026-12-12:room_taken 2026-12-26:room_taken");
    request.conflicts = ConflictPolicy::skip;
    EXPECT_EQ(codes_of(ask(request).error()), "bad_recurrence")
        << "what is skipped refuses nothing";
    request.left_out.clear();
    EXPECT_TRUE(ask(request));
}

TEST_P(SeriesRequest, MayNotOverlapItself) {
    auto request = saturdays();
    request.recurrence = {day(2026, 12, 5), Daily{1}, std::nullopt, 3};
    request.end_day_offset = 1;
    const auto answer = ask(request);
    ASSERT_FALSE(answer);
    EXPECT_EQ(dates_of(answer.error()), "2026-12-06:overlaps_itself");
    EXPECT_EQ(count("series"), 0);
}

TEST_P(SeriesRequest, NamesEveryFailingRuleOnce) {
    struct Row {
        const char* name;
        void (*change)(RequestSeries&);
        const char* codes;
    };
    const std::vector<Row> rows = {
        {"endless", [](RequestSeries& r) { r.recurrence.count.reset(); }, "bad_recurrence"},
        {"and more",
         [](RequestSeries& r) {
             r.recurrence.count = 0;
             r.attendees = 0;
         },
         "bad_recurrence,too_few_attendees"},
        {"room", [](RequestSeries& r) { r.room = kOtherRoom; }, "unknown_room"},
        {"time", [](RequestSeries& r) { r.start_time = "25:00"; }, "bad_date_time"},
        {"order", [](RequestSeries& r) { r.end_time = "18:00"; }, "end_before_start"},
        {"people",
         [](RequestSeries& r) {
             r.attendees = 600;
             r.association = kChess;
         },
         "over_capacity,not_a_manager"},
        {"offset", [](RequestSeries& r) { r.end_day_offset = 32; }, "bad_date_time,too_long"},
    };
    const auto before = traces();
    for (const Row& row : rows) {
        auto request = saturdays();
        row.change(request);
        const auto answer = ask(request);
        ASSERT_FALSE(answer) << row.name;
        EXPECT_EQ(codes_of(answer.error()), row.codes) << row.name;
        EXPECT_EQ(traces(), before) << row.name;
    }
}

TEST_P(SeriesRequest, APreviewSaysWhatTheCommitThenDoes) {
    chess_on("2026-12-12");
    auto request = saturdays();
    request.conflicts = ConflictPolicy::skip;
    request.left_out = {day(2026, 12, 19)};
    const auto before = traces();
    const auto plan = plan_series(*session_, request).value();
    EXPECT_EQ(traces(), before);
    ASSERT_TRUE(ask(request));
    std::string said;
    for (const PlannedDate& planned : plan.dates) {
        said += std::string(word_of(planned.verdict)) + ' ';
        EXPECT_EQ(count("bookings WHERE series_date = '" + text_of(planned.date) + "'"),
                  planned.is_booked() ? 1 : 0);
    }
    EXPECT_EQ(said, "accepted refused left_out accepted ");
}

TEST_P(SeriesRequest, FourHundredDatesFitAMail) {
    auto request = saturdays();
    request.conflicts = ConflictPolicy::skip;
    request.recurrence = {day(2026, 12, 5), Daily{1}, std::nullopt, 400};
    for (int at = 0; at < 200; ++at) {
        request.left_out.push_back(plus_days(request.recurrence.first, at * 2));
    }
    ASSERT_TRUE(ask(request));
    EXPECT_LT(facts_of_mail("series_received").size(), 64U * 1024);
    EXPECT_TRUE(mail::parse_facts(facts_of_mail("series_received")));
}

}  // namespace
}  // namespace creneau::booking
