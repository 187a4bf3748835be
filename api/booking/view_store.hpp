#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/reach.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

/// A booking with the names a screen shows.
struct BookingView {
    Booking booking;
    std::string room_name;
    std::string time_zone;  ///< of the site
    std::string booker_name;
    std::string association_name;  ///< empty for an individual
};

[[nodiscard]] std::optional<BookingView> select_view(store::Session& session, TownId town,
                                                     BookingId booking);

/// What to list, newest first.
struct ViewQuery {
    std::optional<Reach> reach;                  ///< none: the whole town
    std::optional<PersonId> but_of{};            ///< not theirs nor their associations'
    std::optional<std::vector<SiteId>> sites{};  ///< only of rooms there,
    std::vector<RoomId> rooms{};                 ///< and of these
    std::optional<Status> status;
    std::int64_t limit = 50;
    std::optional<BookingId> before;  ///< only older ids
};
[[nodiscard]] std::vector<BookingView> select_views(store::Session& session, TownId town,
                                                    const ViewQuery& query);

/// The occurrences of a series, by their date in it.
[[nodiscard]] std::vector<BookingView> select_views_of(store::Session& session, TownId town,
                                                       SeriesId series);

/// The pending and approved bookings of rooms that a space is part of and whose slot meets `range`,
/// whether they occupy it yet or not, by start.
[[nodiscard]] std::vector<BookingView> select_views_met(store::Session& session, TownId town,
                                                        SpaceId space, const Interval& range);

/// The bookings that occupy one space within `range`, in order: seeks the predecessor, scans
/// forward.
[[nodiscard]] std::vector<BookingView> select_views_on(store::Session& session, TownId town,
                                                       SpaceId space, const Interval& range);

}  // namespace creneau::booking
