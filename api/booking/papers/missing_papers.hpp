#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/store/session.hpp"

#include <span>
#include <string>
#include <vector>

namespace creneau::booking {

/// Those of the papers that the booking's room requires which its holder lacks over its slot: while
/// there are any, it gets neither access window nor pass (open_doors() in effects.hpp).
[[nodiscard]] std::vector<PaperKind> missing_papers(store::Session& session, TownId town,
                                                    const Booking& booking,
                                                    const std::vector<PaperKind>& required);

/// A paper that is missing from one of several dates on.
struct MissingFrom {
    PaperKind kind = PaperKind::insurance;
    std::string date;  ///< local, of the first slot without it
    bool is_first_slot = true;
};

/// The same over bookings of one holder in the order of their slots.
[[nodiscard]] std::vector<MissingFrom> missing_papers(store::Session& session, TownId town,
                                                      std::span<const Booking> bookings);

}  // namespace creneau::booking
