#pragma once

#include "api/access/access_types.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <vector>

namespace creneau::access {

// SQL of windows, passes, credentials and zones, each query within one town. Throws what the
// database throws.

/// A row of access_windows to write.
struct WindowRow {
    TownId town{};
    BookingRow booking{};
    Holder holder;
    ZoneId zone{};
    Interval window;
};

void insert_window(store::Session& session, const WindowRow& row);
void delete_windows(store::Session& session, TownId town, BookingRow booking);

/// Inserts a pass under the next number of the town; answers it with both.
[[nodiscard]] Pass insert_pass(store::Session& session, TownId town, Pass pass);

/// Inserts a living credential; answers its row.
[[nodiscard]] CredentialRow insert_credential(store::Session& session, TownId town, PassRow pass,
                                              const Credential& credential);

/// Revokes the living credentials of a pass; answers how many.
std::size_t revoke_credentials(store::Session& session, TownId town, PassRow pass,
                               const Revocation& revocation);

/// Revokes the living credentials of all passes of a holder; answers whose.
std::vector<PassRow> revoke_credentials_of(store::Session& session, TownId town,
                                           const Holder& holder, const Revocation& revocation);

[[nodiscard]] bool pass_id_is_used(store::Session& session, TownId town, std::int64_t pass_id);
[[nodiscard]] std::optional<Pass> select_pass(store::Session& session, TownId town, PassRow row);
[[nodiscard]] std::vector<Pass> select_passes(store::Session& session, TownId town,
                                              BookingRow booking);
[[nodiscard]] int select_scope(store::Session& session, TownId town, ZoneId zone);
[[nodiscard]] std::vector<ZoneDoor> select_doors(store::Session& session, TownId town, ZoneId zone);

}  // namespace creneau::access
