#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/request_booking.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

enum class HoldId : std::int64_t {};
enum class WaitId : std::int64_t {};

/// What somebody wants of a room, all that a booking of it needs.
struct Claim {
    RoomId room{};
    std::optional<AssociationId> association;  ///< none: an individual, the booker
    PersonId booker{};
    PersonId requested_by{};  ///< differs from the booker when the office acts for somebody
    Slot slot;
    int attendees = 0;
    std::string purpose;
    std::string layout;
    std::vector<EquipmentOrder> equipment;
};

/// The request that the claim comes to, by `actor`.
[[nodiscard]] RequestBooking request_of(const Claim& claim, TownId town, PersonId actor,
                                        std::chrono::sys_seconds now);

/// The claim of a request that was judged.
[[nodiscard]] Claim claim_of(const RequestBooking& request, Slot slot);

enum class HoldStatus : std::uint8_t {
    held,      ///< occupies until it expires
    booked,    ///< became a booking
    released,  ///< given up, by its holder or the office
    expired,
};

/// A slot kept for somebody until a deadline.
struct Hold {
    HoldId id{};
    Claim claim;
    HoldStatus status = HoldStatus::held;
    std::chrono::sys_seconds expires_at;
    std::chrono::sys_seconds placed_at;
    std::optional<WaitId> wait;  ///< whose turn it is; none: the office placed it
    std::string room_name;
    std::string time_zone;  ///< of the site
    std::string booker_name;
    std::string association_name;  ///< empty for an individual
};

/// The stable words of the database and the API.
std::string_view word_of(HoldStatus status);
std::optional<HoldStatus> hold_status_of(std::string_view word);

}  // namespace creneau::booking
