#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::booking {

inline constexpr std::int64_t kLongestPage = 200;

/// Which bookings to list, and from where on.
struct BookingQuery {
    TownId town{};
    bool mine = false;  ///< only the reader's own and their associations'
    std::optional<Status> status;
    std::int64_t limit = 50;          ///< 1 to kLongestPage
    std::optional<BookingId> before;  ///< cursor: the last id of the page before
};

/// One page, newest first: the whole town for the office, otherwise the reader's own.
[[nodiscard]] std::vector<BookingView> list_bookings(store::Session& session,
                                                     const people::Person& reader,
                                                     const BookingQuery& query);

/// One booking, or `unknown_booking` when there is none that the reader may see.
[[nodiscard]] Outcome<BookingView> find_booking(store::Session& session, TownId town,
                                                const people::Person& reader, BookingId booking);

}  // namespace creneau::booking
