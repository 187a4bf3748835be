#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::booking {

inline constexpr std::int64_t kLongestPage = 200;

/// Which bookings to list, and from where on.
struct BookingQuery {
    TownId town{};
    bool mine = false;  ///< only the reader's own and their associations'
    /// Only the pending ones that are the reader's to decide at that instant; `mine` and `status`
    /// do not count then.
    std::optional<std::chrono::sys_seconds> decidable_at = {};
    std::optional<Status> status;
    std::int64_t limit = 50;          ///< 1 to kLongestPage
    std::optional<BookingId> before;  ///< cursor: the last id of the page before
};

/// One page, newest first: the whole town for the office, otherwise the reader's own.
[[nodiscard]] std::vector<BookingView> list_bookings(store::Session& session,
                                                     const people::Person& reader,
                                                     const BookingQuery& query);

/// One booking, or `unknown_booking` when there is none that the reader may see; by a mandate that
/// stands at `now`, too.
[[nodiscard]] Outcome<BookingView> find_booking(store::Session& session, TownId town,
                                                const people::Person& reader, BookingId booking,
                                                std::chrono::sys_seconds now = {});

}  // namespace creneau::booking
