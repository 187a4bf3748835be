#pragma once

#include "api/people/ids.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace creneau::people {

enum class ConfirmationId : std::int64_t {};

/// What wants four eyes.
enum class ConfirmedKind : std::uint8_t {
    person_export,  ///< somebody's data leaves
};

/// The words of the database and the API.
[[nodiscard]] std::string_view word_of(ConfirmedKind kind);
[[nodiscard]] std::optional<ConfirmedKind> confirmed_kind_of(std::string_view word);

struct Confirmation {
    ConfirmationId id{};
    ConfirmedKind kind = ConfirmedKind::person_export;
    PersonId subject{};  ///< whom it is about
    PersonId asked_by{};
    std::chrono::sys_seconds asked_at;
    std::chrono::sys_seconds ends_at;
    std::optional<PersonId> confirmed_by;
    std::optional<std::chrono::sys_seconds> confirmed_at;
    std::optional<std::chrono::sys_seconds> used_at;
};

}  // namespace creneau::people
