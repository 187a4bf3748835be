#pragma once

#include "api/people/person.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace creneau::people {

/// From when until when an administrator of the whole town is there; half-open, none: no bound.
struct AdministratorStay {
    PersonId person{};
    std::optional<std::chrono::sys_seconds> from;
    std::optional<std::chrono::sys_seconds> until;
};

/// The first instant from `now` on at which none of them is there; nothing when there is none.
[[nodiscard]] std::optional<std::chrono::sys_seconds> first_without(
    std::vector<AdministratorStay> stays, std::chrono::sys_seconds now);

/// When one of them would be there instead; none: not any more.
struct AdministratorChange {
    PersonId person{};
    std::optional<AdministratorStay> changed;
};
/// Whether the town would ever be without an administrator because of it, or sooner than it is.
[[nodiscard]] bool leaves_none(const std::vector<AdministratorStay>& stays,
                               const AdministratorChange& change, std::chrono::sys_seconds now);

}  // namespace creneau::people
