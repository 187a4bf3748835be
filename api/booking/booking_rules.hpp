#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/grounds.hpp"
#include "api/booking/local_time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

// Each check answers every rule that fails, with what would pass; the caller joins them.

inline constexpr std::size_t kLongestPurpose = 500;      ///< characters
inline constexpr std::size_t kLongestGroundText = 1000;  ///< characters
/// The longest window that the pass format can say is 44 640 minutes, about as long.
inline constexpr std::chrono::days kLongestBooking{30};

/// What is known of the person who will hold the booking.
struct BookerFacts {
    bool known = false;     ///< an enabled person of this town
    bool may_book = false;  ///< for themselves
    bool for_association = false;
    bool manages_association = false;
    bool is_staff = false;
    bool is_office = false;  ///< over the room asked for
};

[[nodiscard]] Failure unknown_room();

[[nodiscard]] std::vector<Failure> check_booker(const BookerFacts& booker);

[[nodiscard]] std::vector<Failure> check_attendees(std::int64_t attendees);

[[nodiscard]] std::vector<Failure> check_purpose(std::string_view purpose);

/// `slot` is what resolve_slot said.
[[nodiscard]] std::vector<Failure> check_slot(const tl::expected<Slot, TimeError>& slot,
                                              std::chrono::sys_seconds now);

/// A ground out of `list` and the words that go with it. `ground_field` names the request's field.
struct GroundChoice {
    std::string_view code;
    std::string_view text;
    bool by_office = true;
    std::string_view ground_field = "ground";
};
[[nodiscard]] std::vector<Failure> check_ground(std::span<const Ground> list,
                                                const GroundChoice& choice);

/// Why the office sets a soft rule aside: at most kLongestGroundText characters; may be empty.
[[nodiscard]] std::vector<Failure> check_reason(std::string_view reason);

[[nodiscard]] Failure room_taken();

/// What a move is judged by.
struct MoveFacts {
    Status before = Status::pending;
    bool by_office = false;
    bool asks_no_more = false;  ///< within the slot it had: no more time, people or equipment
    bool approval_needed = true;
};

/// The status after a move: what was approved stays so when the office moves it or when it asks
/// for no more; otherwise the room decides whether the office is asked again.
[[nodiscard]] Status status_after_move(const MoveFacts& move);

/// The slot with the room's margins: when doors let people in.
[[nodiscard]] Interval window_of(const Room& room, const Interval& slot);

}  // namespace creneau::booking
