#include "api/booking/reason_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

using soci::into;
using soci::use;
using store::raw;

void keep_reason(store::Session& session, TownId town, const Decision& decision,
                 std::string_view reason) {
    if (reason.empty()) {
        return;
    }
    const std::int64_t town_id = raw(town);
    const std::string kind(decision.subject_kind);
    const std::string action(decision.action);
    const std::int64_t at = store::unix_seconds(decision.at);
    auto by = store::Nullable::of(decision.by);
    const std::string text(reason);
    session.sql() << "INSERT INTO reasons (town_id, subject_kind, subject_id, action, at, by_id,"
                     " reason) VALUES (:town, :kind, :subject, :action, :at, :by, :reason)",
        use(town_id), use(kind), use(decision.subject), use(action), use(at),
        use(by.value, by.there), use(text);
}

std::vector<KeptReason> overrides_of(store::Session& session, TownId town, BookingId booking) {
    const std::int64_t town_id = raw(town);
    const std::int64_t booking_id = raw(booking);
    std::int64_t at = 0;
    std::int64_t by = 0;
    KeptReason kept;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT r.at, COALESCE(r.by_id, 0), COALESCE(p.name, ''), r.reason FROM reasons r"
                " LEFT JOIN people p ON p.id = r.by_id WHERE r.subject_kind = 'booking'"
                " AND r.subject_id = :booking AND r.action = 'buffers_overridden'"
                " AND r.town_id = :town ORDER BY r.id",
         use(booking_id), use(town_id), into(at), into(by), into(kept.by_name), into(kept.reason));
    statement.execute();
    std::vector<KeptReason> reasons;
    while (statement.fetch()) {
        kept.at = store::instant(at);
        kept.by.reset();
        if (by != 0) {
            kept.by = PersonId{by};
        }
        reasons.push_back(kept);
    }
    return reasons;
}

}  // namespace creneau::booking
