#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/local_time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

inline constexpr std::size_t kLongestPurpose = 500;      ///< characters
inline constexpr std::size_t kLongestGroundText = 1000;  ///< characters
/// The longest interval a pass of this format can say (44 640 minutes).
inline constexpr std::chrono::days kLongestBooking{31};

/// What is known of the person who will hold the booking.
struct BookerFacts {
    bool known = false;     ///< an enabled person of this town
    bool may_book = false;  ///< has the right to book
    bool association_known = false;
    bool manages_association = false;
};

/// The request as far as rules look at it.
struct RequestFacts {
    bool for_association = false;
    std::int64_t attendees = 0;
    std::string purpose;
};

/// Every rule about the room and the people in it.
[[nodiscard]] std::vector<Failure> check_room(const Room& room, bool for_association,
                                              std::int64_t attendees);

/// Every rule about who books.
[[nodiscard]] std::vector<Failure> check_booker(const BookerFacts& booker, bool for_association);

/// Every rule about the words of the request.
[[nodiscard]] std::vector<Failure> check_purpose(const std::string& purpose);

/// Every rule about the slot; `slot` is what resolve_slot said.
[[nodiscard]] std::vector<Failure> check_slot(const tl::expected<Slot, TimeError>& slot,
                                              std::chrono::sys_seconds now);

/// The status of a booking after `mover` put it elsewhere. A slot that was approved stays so when
/// the office moves it or when it only became shorter in the same room.
struct MoveFacts {
    Status before = Status::pending;
    bool by_office = false;
    bool only_shorter = false;
    bool approval_needed = true;
};
[[nodiscard]] Status status_after_move(const MoveFacts& move);

/// The access window of a slot: the room's margins added.
[[nodiscard]] Interval window_of(const Room& room, const Interval& slot);

}  // namespace creneau::booking
