#pragma once

#include "api/store/session.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace creneau::signer {

/// What two people want of a key, as the town's database holds it.
struct WantedOfKey {
    std::int64_t confirmation = 0;
    std::string_view kind;  ///< "key_import", "key_retire" or "key_withdraw"
    std::uint8_t key = 0;
};

/// Whether that confirmation is about this, was asked for by one person and confirmed by another
/// not longer ago than it serves, and both are still entitled: they may come in, administer the
/// town's accounts or its doors, and nobody else let them in within the town's days (settle_days).
/// Reads only: a key is imported, retired and withdrawn once each, and each is confirmed by itself,
/// so that there is nothing that a second use would do.
[[nodiscard]] bool is_confirmed(store::Session& session, qr::TownId town, const WantedOfKey& wanted,
                                std::chrono::sys_seconds now);

}  // namespace creneau::signer
