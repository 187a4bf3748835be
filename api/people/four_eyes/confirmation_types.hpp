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
    lockdown_end,   ///< a site's doors open again
    key_import,     ///< doors believe another key
    key_retire,     ///< a key signs no more
    key_withdraw,   ///< doors believe a key no more
};

/// The words of the database and the API.
[[nodiscard]] std::string_view word_of(ConfirmedKind kind);
[[nodiscard]] std::optional<ConfirmedKind> confirmed_kind_of(std::string_view word);

struct Confirmation {
    ConfirmationId id{};
    ConfirmedKind kind = ConfirmedKind::person_export;
    std::int64_t subject = 0;  ///< a person, a lockdown or a key's number, as the kind says
    PersonId asked_by{};
    std::chrono::sys_seconds asked_at;
    std::chrono::sys_seconds ends_at;
    std::optional<PersonId> confirmed_by;
    std::optional<std::chrono::sys_seconds> confirmed_at;
    std::optional<std::chrono::sys_seconds> used_at;
};

}  // namespace creneau::people
