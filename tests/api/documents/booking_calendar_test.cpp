#include "api/documents/booking_calendar.hpp"

#include "api/documents/feed_calendar.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>

namespace creneau::documents {
namespace {

std::chrono::sys_seconds at(std::int64_t seconds) {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

BookingEvent danton() {
    return {.booking_id = 12,
            .town_key = "le-pre",
            .sequence = 3,
            .start = at(1'796'491'800),  // 2026-12-05 17:30 UTC
            .end = at(1'796'500'800),
            .stamp = at(1'795'300'000),
            .time_zone = "Europe/Paris",
            .summary = "Salle du rez-de-chaussée (LCR Danton)",
            .location = "3 rue Danton",
            .description = "Répétition de la chorale",
            .organizer = {"Service de la vie associative", "salles@le-pre.example.org"}};
}

bool has_line(const std::string& text, const std::string& line) {
    return ("\r\n" + text).find("\r\n" + line + "\r\n") != std::string::npos;
}

TEST(BookingCalendar, TellsLocalTimesWithTheirZone) {
    const auto text = booking_calendar(danton());
    ASSERT_TRUE(text);
    EXPECT_TRUE(has_line(*text, "DTSTART;TZID=Europe/Paris:20261205T183000")) << *text;
    EXPECT_TRUE(has_line(*text, "DTEND;TZID=Europe/Paris:20261205T210000"));
    EXPECT_TRUE(has_line(*text, "UID:booking-12@le-pre"));
    EXPECT_TRUE(has_line(*text, "SEQUENCE:3"));
    EXPECT_TRUE(has_line(*text, "METHOD:PUBLISH"));
    EXPECT_TRUE(has_line(*text, "STATUS:CONFIRMED"));
}

TEST(BookingCalendar, KeepsTheUidInACancellation) {
    BookingEvent event = danton();
    event.method = CalendarMethod::cancel;
    event.sequence = 4;
    const auto text = booking_calendar(event);
    ASSERT_TRUE(text);
    EXPECT_TRUE(has_line(*text, "METHOD:CANCEL"));
    EXPECT_TRUE(has_line(*text, "STATUS:CANCELLED"));
    EXPECT_TRUE(has_line(*text, "UID:booking-12@le-pre"));
    EXPECT_TRUE(has_line(*text, "SEQUENCE:4"));
}

/// Two Saturdays at 18:30, the second at 20:00 instead.
FeedSeries saturdays() {
    FeedSeries series{"series-7@le-pre", 100'003, at(1'796'000'000), {}};
    FeedEvent event;
    event.uid = "booking-12@le-pre";
    event.sequence = 1;
    event.changed = series.changed;
    event.start = at(1'796'491'800);  // 5 December 2026, 18:30
    event.end = event.start + std::chrono::hours{2};
    event.time_zone = "Europe/Paris";
    event.summary = "Danton";
    series.dates.push_back({"2026-12-05T18:30", "2026-12-05T20:30", event});
    event.uid = "booking-13@le-pre";
    event.start += std::chrono::days{7} + std::chrono::minutes{90};
    event.end = event.start + std::chrono::hours{2};
    series.dates.push_back({"2026-12-12T18:30", "2026-12-12T20:30", event});
    return series;
}
const Organizer kOffice{"Vie associative", "salles@le-pre.example.org"};

TEST(BookingCalendar, OfASeriesIsAsInAFeedWithItsOrganizer) {
    const auto text = series_calendar({saturdays()}, kOffice);
    ASSERT_TRUE(text);
    for (const char* line : {"METHOD:PUBLISH", "UID:series-7@le-pre", "SEQUENCE:100003",
                             "DTSTART;TZID=Europe/Paris:20261205T183000",
                             "RECURRENCE-ID;TZID=Europe/Paris:20261212T183000",
                             "DTSTART;TZID=Europe/Paris:20261212T200000"}) {
        EXPECT_TRUE(has_line(*text, line)) << line << '\n' << *text;
    }
    EXPECT_EQ(text->find("booking-"), std::string::npos);
    EXPECT_NE(text->find("ORGANIZER"), text->rfind("ORGANIZER")) << "one each";
    EXPECT_EQ(text->find("BEGIN:VTIMEZONE"), text->rfind("BEGIN:VTIMEZONE"));
}

TEST(BookingCalendar, OfADateOfASeriesNamesTheDate) {
    auto series = saturdays();
    series.dates.erase(series.dates.begin());
    const auto moved = date_calendar(series, CalendarMethod::publish, kOffice);
    const auto gone = date_calendar(series, CalendarMethod::cancel, kOffice);
    ASSERT_TRUE(moved && gone);
    for (const auto* text : {&*moved, &*gone}) {
        EXPECT_TRUE(has_line(*text, "UID:series-7@le-pre")) << *text;
        EXPECT_TRUE(has_line(*text, "SEQUENCE:100003"));
        EXPECT_TRUE(has_line(*text, "RECURRENCE-ID;TZID=Europe/Paris:20261212T183000"));
        EXPECT_TRUE(has_line(*text, "DTSTART;TZID=Europe/Paris:20261212T200000"));
        EXPECT_EQ(text->find("RRULE"), std::string::npos);
    }
    EXPECT_TRUE(has_line(*moved, "METHOD:PUBLISH"));
    EXPECT_TRUE(has_line(*gone, "METHOD:CANCEL"));
    EXPECT_TRUE(has_line(*gone, "STATUS:CANCELLED"));
}

TEST(BookingCalendar, OfASeriesIsRefusedAsThatOfABookingIs) {
    auto series = saturdays();
    EXPECT_EQ(series_calendar({series}, {"", "mairie"}).error(), CalendarError::bad_organizer);
    series.dates[1].event.end = series.dates[1].event.start;
    EXPECT_EQ(series_calendar({series}, kOffice).error(), CalendarError::bad_interval);
    series.dates[0].event.time_zone = "Europe/Le_Pre";
    EXPECT_EQ(date_calendar(series, CalendarMethod::publish, kOffice).error(),
              CalendarError::unknown_time_zone);
    EXPECT_TRUE(series_calendar({saturdays()}, kOffice));
}

TEST(BookingCalendar, UsesUtcWhereALocalTimeWouldNameAnotherInstant) {
    BookingEvent event = danton();
    event.start = at(1'792'886'400);  // 2026-10-25 00:00 UTC, 02:00 summer time
    event.end = at(1'792'891'800);    // 01:30 UTC, the second 02:30
    const auto text = booking_calendar(event);
    ASSERT_TRUE(text);
    EXPECT_TRUE(has_line(*text, "DTSTART:20261025T000000Z")) << *text;
    EXPECT_TRUE(has_line(*text, "DTEND:20261025T013000Z"));
    EXPECT_EQ(text->find("VTIMEZONE"), std::string::npos);
}

TEST(BookingCalendar, LetsNoTextAddALine) {
    BookingEvent event = danton();
    event.summary = "Bal\r\nBEGIN:VALARM\r\nACTION:DISPLAY";
    event.organizer.name = "A\r\nATTENDEE:mailto:x@example.org\"";
    const auto text = booking_calendar(event);
    ASSERT_TRUE(text);
    EXPECT_EQ(text->find("\r\nBEGIN:VALARM"), std::string::npos) << *text;
    EXPECT_EQ(text->find("\r\nATTENDEE"), std::string::npos);
}

TEST(BookingCalendar, FoldsAtSeventyFiveBytes) {
    BookingEvent event = danton();
    for (int i = 0; i < 40; ++i) {
        event.description += " élève à l'été";
    }
    const auto text = booking_calendar(event);
    ASSERT_TRUE(text);
    std::size_t from = 0;
    for (std::size_t end = text->find("\r\n"); end != std::string::npos;
         from = end + 2, end = text->find("\r\n", from)) {
        EXPECT_LE(end - from, 75U) << text->substr(from, end - from);
    }
    EXPECT_EQ(from, text->size());
}

struct BadEvent {
    const char* name;
    void (*spoil)(BookingEvent&);
    CalendarError error;
};

class RefusedCalendar : public testing::TestWithParam<BadEvent> {};

TEST_P(RefusedCalendar, NamesWhatIsWrong) {
    BookingEvent event = danton();
    GetParam().spoil(event);
    const auto text = booking_calendar(event);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error(), GetParam().error);
    EXPECT_TRUE(booking_calendar(danton()));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RefusedCalendar,
    testing::Values(BadEvent{"zone", [](BookingEvent& e) { e.time_zone = "Europe/Lutece"; },
                             CalendarError::unknown_time_zone},
                    BadEvent{"empty_interval", [](BookingEvent& e) { e.end = e.start; },
                             CalendarError::bad_interval},
                    BadEvent{"organizer", [](BookingEvent& e) { e.organizer.email = "mairie"; },
                             CalendarError::bad_organizer},
                    BadEvent{"organizer_with_line_end",
                             [](BookingEvent& e) { e.organizer.email = "a@example.org\r\nX:1"; },
                             CalendarError::bad_organizer}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace creneau::documents
