#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

/// What was done with a booking, by whom and in whose place.
struct HistoryLine {
    std::chrono::sys_seconds at;
    std::string action;                   ///< as the audit has it: "booking_moved", …
    std::optional<NamedPerson> by;        ///< none: it followed by itself
    std::optional<NamedPerson> for_whom;  ///< none: in nobody's place
    std::string ground;                   ///< of a refusal or cancellation
};

inline constexpr int kLongestHistory = 50;

/// The last of what was done with a booking, the newest first, as far back as the audit is kept.
[[nodiscard]] std::vector<HistoryLine> history_of(store::Session& session, TownId town,
                                                  BookingId booking);

/// Who asked for it.
[[nodiscard]] NamedPerson requester_of(store::Session& session, TownId town,
                                       const Booking& booking);

}  // namespace creneau::booking
