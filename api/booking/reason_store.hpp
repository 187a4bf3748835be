#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

/// What somebody decided, as the audit names it.
struct Decision {
    std::string_view subject_kind;  ///< "booking", "round_wish"
    std::int64_t subject = 0;
    std::string_view action;
    std::chrono::sys_seconds at;
    std::optional<PersonId> by;
};

/// Keeps why, in their own words: the audit holds codes only. Nothing where `reason` is empty.
void keep_reason(store::Session& session, TownId town, const Decision& decision,
                 std::string_view reason);

struct KeptReason {
    std::chrono::sys_seconds at;
    std::optional<PersonId> by;
    std::string by_name;  ///< empty with nobody
    std::string reason;
};
/// Why rules of a room were set aside for a booking: each time that they were, the first one first.
[[nodiscard]] std::vector<KeptReason> overrides_of(store::Session& session, TownId town,
                                                   BookingId booking);

}  // namespace creneau::booking
