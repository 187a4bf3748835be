#include "api/access/access_rules.hpp"

#include "api/access/access_types.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string_view>
#include <vector>

namespace creneau::access {

std::vector<WayIn> ways_on(const std::vector<WayIn>& all, std::string_view local_date) {
    std::vector<WayIn> ways;
    std::ranges::copy_if(all, std::back_inserter(ways), [&](const WayIn& way) {
        return way.from_date <= local_date && (!way.until_date || local_date < *way.until_date);
    });
    return ways;
}

bool can_issue_pass(const std::vector<ZoneDoor>& doors, const std::vector<WayIn>& ways_that_day,
                    const Interval& window) {
    const bool qr_is_a_way =
        std::ranges::any_of(ways_that_day, [](const WayIn& way) { return way.way == Way::qr; });
    const bool some_door_is_locked = std::ranges::any_of(doors, &ZoneDoor::locked);
    const bool each_reads_qr = std::ranges::all_of(doors, [](const ZoneDoor& door) {
        return !door.locked || (door.in_service && door.has_qr_reader);
    });
    return qr_is_a_way && some_door_is_locked && each_reads_qr &&
           minutes_of(window) <= kLongestGuestPassMin;
}

int minutes_of(const Interval& window) {
    return static_cast<int>(
        std::chrono::ceil<std::chrono::minutes>(window.end - window.start).count());
}

bool is_withheld(RevokeReason why) {
    return why == RevokeReason::misuse || why == RevokeReason::other ||
           why == RevokeReason::departed;
}

bool is_withheld(const Credential& credential) {
    return credential.revoked_why && is_withheld(*credential.revoked_why);
}

bool awaits_code(const Credential& credential) {
    return credential.revoked_why == RevokeReason::moved;
}

}  // namespace creneau::access
