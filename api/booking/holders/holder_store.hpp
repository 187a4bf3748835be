#pragma once

#include "api/access/access_types.hpp"
#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::booking {

// SQL of who holds a pass, each query within one town. One row a pass: what is written takes the
// place of what was there.

struct HolderRow {
    std::string name;
    std::optional<std::int64_t> outbox_id;  ///< the mail that took the code there
    std::string mail_state;                 ///< of that mail; not written
};

void save_holder(store::Session& session, TownId town, access::PassRow pass, const HolderRow& row);
[[nodiscard]] std::optional<HolderRow> select_holder(store::Session& session, TownId town,
                                                     access::PassRow pass);
void delete_holder(store::Session& session, TownId town, access::PassRow pass);

/// Deletes who held passes of bookings that ended before `now`; answers how many.
std::size_t delete_past_holders(store::Session& session, TownId town, std::chrono::sys_seconds now);
[[nodiscard]] bool has_past_holders(store::Session& session, TownId town,
                                    std::chrono::sys_seconds now);

}  // namespace creneau::booking
