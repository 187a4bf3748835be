#pragma once

#include "api/documents/feed_calendar.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::documents {

/// What the calendar program that opens the file is asked to do (RFC 5546).
enum class CalendarMethod : std::uint8_t {
    publish,  ///< add or update the event; nobody is asked for an answer
    cancel,   ///< take the event of this UID away
};

/// Who publishes an event.
struct Organizer {
    std::string name;
    std::string email;
};

/// One booking as an event. Texts are UTF-8; control characters other than line feed are dropped.
struct BookingEvent {
    std::int64_t booking_id = 0;
    std::string town_key;
    std::int64_t sequence = 0;  ///< rises with every change of the booking
    CalendarMethod method = CalendarMethod::publish;
    bool tentative = false;          ///< not decided yet; says nothing in a cancellation
    std::chrono::sys_seconds start;  ///< half-open [start, end), UTC
    std::chrono::sys_seconds end;
    std::chrono::sys_seconds stamp;  ///< when this version was made (DTSTAMP)
    std::string time_zone;           ///< of the site, IANA name
    std::string summary;
    std::string location;
    std::string description;
    Organizer organizer;
};

enum class CalendarError : std::uint8_t {
    unknown_time_zone,
    bad_interval,   ///< end at or before start
    bad_organizer,  ///< not an address: RFC 5546 wants one in PUBLISH and CANCEL
};

/// The word of the METHOD property, as the MIME parameter wants it ("PUBLISH").
[[nodiscard]] std::string_view word_of(CalendarMethod method);

/// The iCalendar text (RFC 5545, CRLF, folded, UTF-8) of one booking, UID `booking-ID@TOWN`.
/// Times are local with a TZID and a short VTIMEZONE that covers the event; where the local form
/// would name another instant (second pass of an ambiguous hour), both ends are in UTC form.
[[nodiscard]] tl::expected<std::string, CalendarError> booking_calendar(const BookingEvent& event);

/// Series, at least one, as feed_calendar() has them: METHOD PUBLISH. What is cancelled says so by
/// its STATUS.
[[nodiscard]] tl::expected<std::string, CalendarError> series_calendar(
    const std::vector<FeedSeries>& series, const Organizer& organizer);

/// The first date of `series`, as one of it: under the UID of the series with its RECURRENCE-ID or,
/// where feed_calendar() has it stand alone, under its own. CANCEL takes it away.
[[nodiscard]] tl::expected<std::string, CalendarError> date_calendar(const FeedSeries& series,
                                                                     CalendarMethod method,
                                                                     const Organizer& organizer);

}  // namespace creneau::documents
