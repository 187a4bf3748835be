#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// SQL of series and of the dates that missed them, each query within one town.

/// Inserts a series; answers its id (`series.id` is not looked at).
[[nodiscard]] SeriesId insert_series(store::Session& session, TownId town, const Series& series);

[[nodiscard]] std::optional<Series> select_series(store::Session& session, TownId town,
                                                  SeriesId series);

/// Writes `ended_on` and the next sequence, only while the row still has the sequence of `series`.
[[nodiscard]] bool close_series(store::Session& session, TownId town, const Series& series,
                                const std::string& ended_on);

/// Dates that go from one series to another.
struct HandOver {
    SeriesId from{};
    SeriesId to{};
    std::string date;
    std::chrono::sys_seconds now;
};

/// Writes room, times, attendees, purpose, rule (but for its first date) and the next sequence of
/// `after`, only while the row still has the sequence of `after`.
[[nodiscard]] bool update_series(store::Session& session, TownId town, const Series& after);

/// Gives `to` the dates of `from` that are not earlier than `date`, whatever became of them; what
/// has begun at `now` stays.
void hand_over_dates(store::Session& session, TownId town, const HandOver& dates);

/// Makes a booking one of `series`, which has none of that date.
void set_series_of(store::Session& session, TownId town, BookingId booking, SeriesId series);

void insert_missed(store::Session& session, TownId town, SeriesId series, const MissedDate& missed);

/// Forgets that a date missed the series.
void delete_missed(store::Session& session, TownId town, SeriesId series, const std::string& date);

/// By date, each with its reasons in the order they were found.
[[nodiscard]] std::vector<MissedDate> select_missed(store::Session& session, TownId town,
                                                    SeriesId series);

/// The bookings not begun at `now` that occupy the room within `interval`; nothing when anything
/// else does: a booking that has begun, or what is no booking.
[[nodiscard]] std::optional<std::vector<BookingId>> select_displaceable(
    store::Session& session, TownId town, RoomId room, const Interval& interval,
    std::chrono::sys_seconds now);

}  // namespace creneau::booking
