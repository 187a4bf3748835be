#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace creneau::mail {

/// A date of a series as calendars have it.
struct SeriesDate {
    std::int64_t booking_id = 0;
    std::int64_t sequence = 0;
    std::string date;    ///< local, "2026-12-05"; the day on which the series has it
    std::string status;  ///< word of the booking's state
    std::chrono::sys_seconds start;
    std::chrono::sys_seconds end;
    std::string purpose;
    std::string room;
    std::string site;
    std::string site_address;
};

/// A series with its dates, by day.
struct SeriesCalendar {
    std::int64_t series_id = 0;
    std::int64_t sequence = 0;  ///< rises with every change of the series or of a date
    std::string start_time;     ///< local, "18:30"
    std::string end_time;
    int end_day_offset = 0;
    std::string time_zone;
    std::vector<SeriesDate> dates;
};

}  // namespace creneau::mail
