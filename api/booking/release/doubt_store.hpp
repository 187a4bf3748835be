#pragma once

#include "api/booking/release/doubts.hpp"
#include "api/store/session.hpp"

#include <optional>

namespace creneau::booking {

/// The first doubt that the rows of a booking, its doors and their agents leave.
[[nodiscard]] std::optional<Doubt> select_doubt(store::Session& session, const Proof& proof);

}  // namespace creneau::booking
