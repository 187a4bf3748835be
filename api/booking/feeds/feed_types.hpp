#pragma once

#include "api/booking/booking_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

enum class FeedId : std::int64_t {};

/// What a calendar is about.
enum class FeedKind : std::uint8_t { room, site, association, person };

/// The stable words of the database and the API.
std::string_view word_of(FeedKind kind);
std::optional<FeedKind> feed_kind_of(std::string_view word);

/// A calendar that whoever knows its token may read. It shows what `reader` may see.
struct Feed {
    FeedId id{};
    PersonId reader{};
    FeedKind kind = FeedKind::person;
    std::int64_t subject = 0;  ///< id of the room, site, association or person
    std::string subject_name;
    std::chrono::sys_seconds created_at;
    std::string booking_kind = {};  ///< of a room or site: only bookings of that kind; empty: all
};

/// A booking in a feed.
struct FollowedBooking {
    Booking booking;
    std::string association_name;         ///< empty for an individual
    std::chrono::sys_seconds changed_at;  ///< by its last audit line
    bool open = false;                    ///< its reader may see more than that the room is taken
};

/// A series in a feed, with its occurrences there by their date.
struct FollowedSeries {
    SeriesId id{};
    std::int64_t sequence = 0;  ///< rises with every change of the series or of an occurrence
    std::chrono::sys_seconds changed_at;
    std::string start_time;  ///< local, 'HH:MM'
    std::string end_time;
    int end_day_offset = 0;
    std::string time_zone;
    std::vector<FollowedBooking> occurrences;
};

}  // namespace creneau::booking
