#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/delegation_types.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace creneau::booking {

inline constexpr int kLongestDelegation = 366;  ///< days

enum class DelegationFault : std::uint8_t {
    not_allowed,         ///< who decides by a delegation cannot delegate
    unknown_delegation,  ///< none that stands and is theirs to end
    unknown_delegate,
    delegate_is_oneself,
    already_decides,  ///< the delegate needs no delegation
    unknown_site,
    bad_from,
    bad_until,
    until_before_from,
    in_the_past,
    too_long,
};

using DelegationFaults = std::vector<DelegationFault>;

/// What is wrong with the dates on the local date `today`.
[[nodiscard]] DelegationFaults check_dates(const std::string& from, const std::string& until,
                                           const std::string& today);

/// Whether the delegation gives its mandate on that local date.
[[nodiscard]] bool stands_on(const Delegation& delegation, const std::string& date);

}  // namespace creneau::booking
