#pragma once

#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::arrivals {

using people::PersonId;
using people::TownId;

enum class MovementId : std::int64_t {};

enum class MovementKind : std::uint8_t { arrival, departure };

enum class MovementState : std::uint8_t { announced, done, withdrawn };

/// Who has to know, in this order.
enum class NoticeStep : std::uint8_t {
    line_manager,
    it,      ///< administrators
    access,  ///< access administrators
};

/// An instant, and what the clock on the wall of the town shows then: 'YYYY-MM-DDTHH:MM'.
struct Moment {
    std::chrono::sys_seconds at;
    std::string local;
};

/// Whether those of a step know.
struct Notice {
    NoticeStep step = NoticeStep::line_manager;
    std::optional<std::chrono::sys_seconds> told_at;
    std::optional<std::chrono::sys_seconds> reminded_at;
    std::int64_t reminders = 0;
    std::optional<std::chrono::sys_seconds> acknowledged_at;
    std::optional<people::NamedPerson> acknowledged_by;  ///< nobody: nobody answers for the step
};

/// Somebody of the staff comes or goes. Half-open: at that instant they are there, or gone.
struct Movement {
    MovementId id{};
    MovementKind kind = MovementKind::arrival;
    people::NamedPerson person;
    std::string department;  ///< its name
    std::optional<PersonId> line_manager;
    Moment moment;
    std::chrono::hours delay{};  ///< in which an acknowledgement is awaited
    bool corrected = false;      ///< another instant was announced first
    std::optional<std::chrono::sys_seconds> done_at;
    std::optional<std::chrono::sys_seconds> withdrawn_at;
    std::int64_t version = 0;
    std::vector<Notice> notices;  ///< by step
};

/// "arrival", "departure".
[[nodiscard]] std::string_view word_of(MovementKind kind);
[[nodiscard]] std::optional<MovementKind> movement_kind_of(std::string_view word);
/// "announced", "done", "withdrawn".
[[nodiscard]] std::string_view word_of(MovementState state);
/// "line_manager", "it", "access".
[[nodiscard]] std::string_view word_of(NoticeStep step);
[[nodiscard]] std::optional<NoticeStep> notice_step_of(std::string_view word);

}  // namespace creneau::arrivals
