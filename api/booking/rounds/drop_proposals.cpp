#include "api/booking/rounds/drop_proposals.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_store.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace creneau::booking {

std::vector<RoundId> drop_proposals(store::Session& session, TownId town, DaysOff days,
                                    std::chrono::sys_seconds now) {
    auto dropped = touch_rounds_without(session, town, days);
    for (const RoundId round : dropped) {
        audit::Line line;
        line.at = now;
        line.action = "round_proposal_dropped";
        line.subject_kind = "round";
        line.subject = static_cast<std::int64_t>(round);
        line.ground = days == DaysOff::school ? "school_holidays" : "public_holidays";
        audit::append(session, town, line);
    }
    return dropped;
}

}  // namespace creneau::booking
