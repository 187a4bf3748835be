#pragma once

#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>

#include <tl/expected.hpp>

namespace creneau::people {

// What two people have to want: one asks, another confirms, it is used once. Whoever is at a screen
// has proved lately who they are: the caller's to see to. Each step is a line of the security log.

/// For so long something that was asked for can be confirmed and used.
inline constexpr std::chrono::hours kConfirmationServes{24};

/// For so long the pages of one use can be asked for.
inline constexpr std::chrono::minutes kUseGoesOn{30};

enum class FourEyesFault : std::uint8_t {
    not_allowed,
    unknown,
    unknown_subject,
    own_request,        ///< whoever asked does not confirm
    already_confirmed,  ///< nobody confirms twice
    not_settled,        ///< somebody let one of the two in a short while ago: see is_settled()
    not_confirmed,
    used,
    over,  ///< asked too long ago
};

struct AskConfirmation {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction, here and below
    ConfirmedKind kind = ConfirmedKind::person_export;
    std::int64_t subject = 0;  ///< see Confirmation
    std::chrono::sys_seconds now;
};
[[nodiscard]] tl::expected<Confirmation, FourEyesFault> ask_confirmation(
    store::Session& session, const AskConfirmation& order);

struct ConfirmRequest {
    TownId town{};
    PersonId actor{};
    ConfirmationId id{};
    std::chrono::sys_seconds now;
};
[[nodiscard]] tl::expected<Confirmation, FourEyesFault> confirm_request(
    store::Session& session, const ConfirmRequest& order);

struct UseConfirmation {
    TownId town{};
    PersonId actor{};  ///< whoever asked
    ConfirmedKind kind = ConfirmedKind::person_export;
    std::int64_t subject = 0;
    ConfirmationId id{};
    std::chrono::sys_seconds now;
    bool goes_on = false;  ///< with what a first use began, at most kUseGoesOn ago
};
/// Takes it: a second use finds it used. Both people must still be entitled.
[[nodiscard]] tl::expected<Confirmation, FourEyesFault> use_confirmation(
    store::Session& session, const UseConfirmation& order);

}  // namespace creneau::people
