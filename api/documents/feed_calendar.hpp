#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::documents {

enum class EventStatus : std::uint8_t { confirmed, tentative, cancelled };

/// One slot as an event. Texts are UTF-8; control characters other than line feed are dropped.
struct FeedEvent {
    std::string uid;
    std::int64_t sequence = 0;         ///< rises with every change
    std::chrono::sys_seconds changed;  ///< the last one (LAST-MODIFIED)
    std::chrono::sys_seconds start;    ///< half-open [start, end), UTC
    std::chrono::sys_seconds end;
    std::string time_zone;  ///< of the site, IANA name
    EventStatus status = EventStatus::confirmed;
    bool busy = true;  ///< false: nobody's time is taken (TRANSP)
    std::string summary;
    std::string location;
    std::string description;
};

/// One date of a series: where its rule puts it, in local time "2026-12-05T18:30", and what became
/// of it. The event's own UID serves where the date cannot stand under that of the series.
struct FeedDate {
    std::string usual_start;
    std::string usual_end;
    FeedEvent event;
};

/// Dates in one time zone, in the order of `usual_start`, no day twice, at the same local times.
struct FeedSeries {
    std::string uid;
    std::int64_t sequence = 0;
    std::chrono::sys_seconds changed;
    std::vector<FeedDate> dates;
};

struct Feed {
    std::string name;
    std::string time_zone;  ///< stands in the file even without events: one component has to
    std::vector<FeedEvent> events;
    std::vector<FeedSeries> series;
};

enum class FeedFault : std::uint8_t { unknown_time_zone };

/// The iCalendar text (RFC 5545, CRLF, folded, UTF-8) of many bookings.
///
/// A series is one VEVENT at its usual times with every date named: by a weekly RRULE with EXDATEs
/// where that says it, by RDATEs otherwise. A date whose slot, status or texts differ is a VEVENT
/// with its RECURRENCE-ID. Calendar programs disagree about what a rule means around a clock
/// change, so a date on the day of one or on the day before, or whose usual slot meets one, stands
/// alone, under its own UID: whoever reads the file gets the instants given here. Times are local
/// with a TZID and a VTIMEZONE that covers them; a slot that meets a clock change is in UTC form.
[[nodiscard]] tl::expected<std::string, FeedFault> feed_calendar(const Feed& feed);

}  // namespace creneau::documents
