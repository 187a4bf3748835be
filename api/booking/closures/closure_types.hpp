#pragma once

#include "api/booking/booking_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

enum class ClosureId : std::int64_t {};

enum class ClosureKind : std::uint8_t { works, holiday, own_use };

/// What becomes of the bookings that a closure meets.
enum class MeetPolicy : std::uint8_t {
    refuse,  ///< nothing is closed
    notify,  ///< they stay, and their bookers are told
    cancel,  ///< they are cancelled, with the usual mail
};

/// Spaces of one site that cannot be booked over an interval.
struct Closure {
    ClosureId id{};
    SiteId site{};
    std::optional<RoomId> room;  ///< none: the whole site, or spaces of it
    std::vector<SpaceId> spaces;
    ClosureKind kind = ClosureKind::works;
    std::string reason;  ///< told to everybody
    Slot slot;
    std::string time_zone;  ///< the site's
    std::chrono::sys_seconds created_at;
    PersonId created_by{};
};

/// The stable words of the database and the API.
std::string_view word_of(ClosureKind kind);
std::optional<ClosureKind> closure_kind_of(std::string_view word);
std::string_view word_of(MeetPolicy policy);
std::optional<MeetPolicy> meet_policy_of(std::string_view word);

}  // namespace creneau::booking
