#include "api/booking/calendars/calendar_store.hpp"
#include "api/booking/calendars/import_holidays.hpp"
#include "api/booking/series/retry_series.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {
namespace {

using namespace std::chrono;

class CalendarSeries : public SeriesTest {
  protected:
    /// Zone C as published for 2025-2026, first and last days off.
    static SchoolCalendar zone_c() {
        return {{},
                {{"Vacances de la Toussaint", 2025y / 10 / 18, 2025y / 11 / 2},
                 {"Vacances de Noël", 2025y / 12 / 20, 2026y / 1 / 4},
                 {"Vacances d'Hiver", 2026y / 2 / 21, 2026y / 3 / 8},
                 {"Vacances de Printemps", 2026y / 4 / 18, 2026y / 5 / 3},
                 {"Vacances d'Été", 2026y / 7 / 4, 2026y / 8 / 30}},
                2025y / 9 / 1,
                2026y / 8 / 30};
    }
    /// The year after, which is fictional.
    static SchoolCalendar next_year() {
        auto calendar = zone_c();
        calendar.holidays.push_back({"Vacances fictives", 2026y / 9 / 7, 2026y / 9 / 20});
        calendar.known_until = 2026y / 9 / 20;
        return calendar;
    }
    HolidaysImported import(const SchoolCalendar& calendar, SchoolZone zone = SchoolZone::c) {
        return *writer_
                    .run([=](store::Session& session) -> tl::expected<HolidaysImported, bool> {
                        return import_holidays(session, {kTown, zone, calendar, kAutumn});
                    })
                    .value();
    }
    void set(const std::string& assignment) {
        session_->sql() << "UPDATE towns SET " + assignment + " WHERE id = 1";
    }
    /// Wednesdays from 3 September 2025, asked for two days before.
    static RequestSeries wednesdays(const LocalDate& until) {
        auto request = saturdays();
        request.now = kAutumn;
        request.recurrence = {2025y / 9 / 3, Weekly{1, {Wednesday}}, until, std::nullopt};
        request.skips.school_holidays = true;
        return request;
    }
    std::string missed_of(SeriesId series, const std::string& rule) {
        std::string dates;
        for (const MissedDate& missed : select_missed(*session_, kTown, series)) {
            if (missed.reasons.front().rule == rule) {
                dates += (dates.empty() ? "" : " ") + missed.date;
            }
        }
        return dates;
    }

    static constexpr sys_seconds kAutumn{sys_days{2025y / 9 / 1} + hours{8}};
};
CRENEAU_ON_BOTH_ENGINES(CalendarSeries);

TEST_P(CalendarSeries, LeavesOutTheHolidaysOfTheTownsZone) {
    set("school_zone = 'c'");
    import(zone_c());
    const SeriesId series = ask(wednesdays(2026y / 7 / 8)).value();
    EXPECT_EQ(missed_of(series, "school_holiday"),
              "2025-10-22 2025-10-29 2025-12-24 2025-12-31 2026-02-25 2026-03-04 2026-04-22 "
              "2026-04-29 2026-07-08");
    EXPECT_EQ(count("bookings"), 36);
    EXPECT_EQ(count("bookings WHERE series_date = '2025-11-05'"), 1);
    const auto reason = select_missed(*session_, kTown, series).front().reasons.front();
    EXPECT_EQ(reason.field, "skip");
    EXPECT_EQ(reason.detail.fr,
              "Vacances scolaires : Vacances de la Toussaint. Pour l'avoir, demandez cette date à "
              "part.");
    EXPECT_TRUE(select_series(*session_, kTown, series)->skips.school_holidays);
}

TEST_P(CalendarSeries, WhatTheCalendarDoesNotKnowIsNeverTermTime) {
    set("school_zone = 'c'");
    import(zone_c());
    auto request = wednesdays(2026y / 9 / 9);
    const auto before = traces();
    const auto refused = ask(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(dates_of(refused.error()), "2026-09-02:calendar_unknown 2026-09-09:calendar_unknown");
    EXPECT_EQ(refused.error().failures.front().detail.en,
              "Calendar unknown on that date: school holidays of zone C, known from 2025-09-01 to "
              "2026-08-30. Choose a known date; with 'skip' this one waits.");
    EXPECT_EQ(traces(), before);
    request.conflicts = ConflictPolicy::skip;
    const SeriesId series = ask(request).value();
    EXPECT_EQ(missed_of(series, "calendar_unknown"), "2026-09-02 2026-09-09");
    EXPECT_EQ(count("bookings WHERE series_date > '2026-07-04'"), 0);
    request.recurrence.until = 2026y / 7 / 1;
    request.start_time = "08:00";
    request.end_time = "09:00";
    EXPECT_TRUE(ask(request)) << "all of it is known";
}

TEST_P(CalendarSeries, AnUnknownDateIsToldEveryOtherRuleToo) {
    set("school_zone = 'c'");
    import(zone_c());
    auto request = wednesdays(2026y / 9 / 9);
    request.recurrence.first = 2026y / 9 / 1;
    request.attendees = 600;
    request.purpose = "";
    EXPECT_EQ(codes_of(ask(request).error()), "calendar_unknown,over_capacity,purpose_missing");
}

TEST_P(CalendarSeries, WithoutZoneOrImportEveryDateIsUnknown) {
    const auto answer = ask(wednesdays(2025y / 9 / 10));
    ASSERT_FALSE(answer);
    EXPECT_EQ(dates_of(answer.error()), "2025-09-03:calendar_unknown 2025-09-10:calendar_unknown");
    EXPECT_NE(answer.error().failures.front().detail.en.find("the town has not said its zone"),
              std::string::npos);
    set("school_zone = 'a'");
    EXPECT_EQ(import(zone_c()).is_towns_zone, false);
    EXPECT_NE(ask(wednesdays(2025y / 9 / 10))
                  .error()
                  .failures.front()
                  .detail.en.find("zone A, not yet imported"),
              std::string::npos);
    import(zone_c(), SchoolZone::a);
    EXPECT_TRUE(ask(wednesdays(2025y / 9 / 10)));
}

TEST_P(CalendarSeries, ANewerImportTakesThePlaceOfTheOlder) {
    set("school_zone = 'c'");
    EXPECT_TRUE(import(zone_c()).changed);
    auto request = wednesdays(2026y / 9 / 9);
    request.conflicts = ConflictPolicy::skip;
    const SeriesId series = ask(request).value();
    const auto before = traces();
    EXPECT_FALSE(import(zone_c()).changed);
    EXPECT_EQ(traces(), before) << "the same file writes nothing";
    const auto imported = import(next_year());
    EXPECT_TRUE(imported.changed);
    EXPECT_EQ(imported.known_until_before, 2026y / 8 / 30);
    EXPECT_EQ(imported.now_term, (std::vector<SeriesDate>{{series, "2026-09-02"}}));
    EXPECT_TRUE(imported.booked.empty());
    EXPECT_EQ(count("audit WHERE action = 'school_calendar_imported' AND ground = 'c'"), 2);
    const auto kept = select_school_calendar(*session_, kTown, SchoolZone::c).value();
    EXPECT_EQ(kept.calendar.holidays, next_year().holidays);
    EXPECT_FALSE(select_school_calendar(*session_, kOtherTown, SchoolZone::c));
}

TEST_P(CalendarSeries, WhatHasBecomeTermTimeIsBookedWhenAskedForAgain) {
    set("school_zone = 'c'");
    import(zone_c());
    auto request = wednesdays(2026y / 9 / 9);
    request.conflicts = ConflictPolicy::skip;
    const SeriesId series = ask(request).value();
    const RetrySeries order{kTown, kCamille, series, {}, kAutumn};
    EXPECT_EQ(codes_of(write(retry_series, order).error()), "calendar_unknown");
    import(next_year());
    ASSERT_TRUE(write(retry_series, order));
    EXPECT_EQ(count("bookings WHERE series_date = '2026-09-02'"), 1);
    EXPECT_EQ(missed_of(series, "calendar_unknown"), "");
    EXPECT_NE(missed_of(series, "school_holiday").find("2026-09-09"), std::string::npos);
}

TEST_P(CalendarSeries, AnImportNamesTheBookedDatesThatAreHolidaysNow) {
    set("school_zone = 'c'");
    import(zone_c());
    const SeriesId series = ask(wednesdays(2026y / 6 / 24)).value();
    auto moved = zone_c();
    moved.holidays[0].last = 2025y / 11 / 9;
    const auto imported = import(moved);
    EXPECT_EQ(imported.booked, (std::vector<SeriesDate>{{series, "2025-11-05"}}));
    EXPECT_EQ(count("bookings WHERE status = 'pending' AND series_date = '2025-11-05'"), 1);
}

TEST_P(CalendarSeries, AlsaceMoselleKeepsTwoDaysMore) {
    auto request = saturdays();
    request.skips.public_holidays = true;
    request.recurrence = {2026y / 12 / 24, Daily{1}, std::nullopt, 3};
    EXPECT_EQ(plan_series(*session_, request)->dates.at(2).verdict, Verdict::accepted);
    set("holiday_law = 'alsace_moselle'");
    const SeriesId series = ask(request).value();
    EXPECT_EQ(missed_of(series, "public_holiday"), "2026-12-25 2026-12-26");
    request.recurrence = {2027y / 3 / 26, Daily{1}, std::nullopt, 4};
    const auto plan = plan_series(*session_, request).value();
    EXPECT_EQ(plan.dates.front().failures.front().detail.en,
              "Public holiday: Good Friday. To have it, ask for this date alone.");
}

}  // namespace
}  // namespace creneau::booking
