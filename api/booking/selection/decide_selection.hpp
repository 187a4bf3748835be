#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

inline constexpr std::size_t kLargestSelection = 100;

enum class Decision : std::uint8_t { approve, refuse };

struct SelectedBooking {
    BookingId id{};
    std::int64_t sequence = 0;  ///< as it was seen; another one is `stale`
};

struct DecideSelection {
    TownId town{};
    PersonId actor{};
    Decision decision = Decision::approve;
    std::vector<SelectedBooking> bookings;  ///< each once, kLargestSelection at most
    std::string ground;                     ///< of a refusal: a code of refusal_grounds()
    std::string text;
    std::string override_reason;  ///< of an approval: sets soft rules aside
    std::chrono::sys_seconds now;
};

/// What became of one of them.
struct SelectedOutcome {
    BookingId id{};
    std::optional<BookingError> error;     ///< why it was left as it was
    std::vector<BookingId> collides_with;  ///< others of the selection that want the same
    std::vector<PaperKind> missing_papers;
    std::int64_t sequence = 0;  ///< of a decided one, for the next change
};

/// Decides on each booking that allows it, in the order given, by the single decision with its own
/// mail; the others stay as they are. Whole only in its transaction: rolled back, it is the
/// preview. Fails as a whole where the ground is none.
[[nodiscard]] Outcome<std::vector<SelectedOutcome>> decide_selection(store::Session& session,
                                                                     const DecideSelection& order);

}  // namespace creneau::booking
