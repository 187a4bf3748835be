#include "api/booking/delegations/delegation_rules.hpp"

#include "api/booking/delegations/delegation_types.hpp"
#include "api/booking/series/local_date.hpp"

#include <string>

namespace creneau::booking {

DelegationFaults check_dates(const std::string& from, const std::string& until,
                             const std::string& today) {
    DelegationFaults faults;
    const auto first = parse_date(from);
    const auto last = parse_date(until);
    if (!first) {
        faults.push_back(DelegationFault::bad_from);
    }
    if (!last) {
        faults.push_back(DelegationFault::bad_until);
    }
    if (!first || !last) {
        return faults;
    }
    if (*last < *first) {
        faults.push_back(DelegationFault::until_before_from);
    } else if (*last >= plus_days(*first, kLongestDelegation)) {
        faults.push_back(DelegationFault::too_long);
    }
    if (until < today) {
        faults.push_back(DelegationFault::in_the_past);
    }
    return faults;
}

bool stands_on(const Delegation& delegation, const std::string& date) {
    return !delegation.ended_at && delegation.from <= date && date <= delegation.until;
}

}  // namespace creneau::booking
