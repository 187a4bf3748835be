#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
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

/// Which bookings to list, and from where on.
struct BookingQuery {
    TownId town{};
    Actor actor;
    bool everybody =
        false;  ///< the office's view; otherwise the actor's own and their associations'
    std::optional<Status> status;
    std::int64_t limit = 50;
    BookingId after{};  ///< cursor: the last id of the page before; newest first
};

/// One page, newest first. `everybody` needs the office, otherwise `not_allowed`.
[[nodiscard]] Outcome<std::vector<BookingView>> list_bookings(store::Session& session,
                                                              const BookingQuery& query);

/// One booking, or `unknown_booking` when there is none that this actor may see.
[[nodiscard]] Outcome<BookingView> find_booking(store::Session& session, TownId town,
                                                const Actor& actor, BookingId booking);

/// The booker, who asked for them, any manager of its association, and the office.
[[nodiscard]] bool may_see(store::Session& session, TownId town, const Actor& actor,
                           const Booking& booking);

/// The booker or a manager of its association: those whose pass it is.
[[nodiscard]] bool owns(store::Session& session, TownId town, const Actor& actor,
                        const Booking& booking);

}  // namespace creneau::booking
