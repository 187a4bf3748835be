#pragma once

#include "api/people/ids.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::privacy {

/// Why somebody is erased: codes of the security log.
inline constexpr std::array<std::string_view, 4> kErasureReasons{
    "person_request", "account_unused", "unlawful_processing", "legal_obligation"};
[[nodiscard]] bool is_erasure_reason(std::string_view word);

/// What still needs the person.
enum class ObstacleKind : std::uint8_t {
    booking_running,              ///< an individual's booking that is not over
    hold_running,                 ///< a slot kept for them
    association_without_manager,  ///< nobody else manages it
    association_contact,          ///< its address is theirs
    sole_administrator,
    line_manager,      ///< of somebody on the staff
    staff_in_service,  ///< their own service is not over
    own_account,       ///< nobody erases themselves
};

struct Obstacle {
    ObstacleKind kind = ObstacleKind::booking_running;
    std::int64_t subject = 0;  ///< id of the booking, hold, association or person; 0: none
};

enum class EraseFault : std::uint8_t { not_allowed, unknown_person, obstacles };

struct EraseRefusal {
    EraseFault fault = EraseFault::not_allowed;
    std::vector<Obstacle> obstacles = {};  ///< every one
};

/// An association's running affairs of somebody, and which other manager takes them over.
struct RunningAssociation {
    people::AssociationId id{};
    std::optional<people::PersonId> successor;
};

/// What is left of somebody.
struct ErasedPerson {
    people::PersonId id{};
    std::chrono::sys_seconds at;
};

}  // namespace creneau::privacy
