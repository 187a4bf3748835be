#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

/// Which occurrences a change is about. What has begun is never among them.
enum class Scope : std::uint8_t {
    one,        ///< "this": the occurrence of `date`
    following,  ///< that of `date` and the later ones
    all,        ///< whatever has not begun
};
std::string_view word_of(Scope scope);
std::optional<Scope> scope_of(std::string_view word);

/// What every change to a series says.
struct ChangeSeries {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    SeriesId series{};
    Scope scope = Scope::all;
    std::string date;  ///< local, of the series (not of a moved slot); unless the scope is `all`
    std::chrono::sys_seconds now;
    /// About pending requests, until they end; who holds a mandate over the room's site may reach
    /// the series, too.
    bool to_decide = false;
    std::string override_reason = {};  ///< the office's, to set soft rules of every date aside
};

/// A series with those of its occurrences that a change may touch, by date.
struct OpenSeries {
    people::Person actor;
    Series series;
    /// Pending or approved, not begun; to decide: pending, not ended. At least one.
    std::vector<Booking> occurrences;
};

/// Reads what a change is about. `unknown_booking` when there is no such series that the actor may
/// see, a failing `date`, `started` when what there is has begun (to decide: `ended`),
/// `wrong_state` when nothing is left to change, and the dates that stand in rooms which are not
/// the actor's: a series changes as a whole, or date by date.
[[nodiscard]] Outcome<OpenSeries> open_series(store::Session& session, const ChangeSeries& change);

/// The same actor, time and reason, about one occurrence.
[[nodiscard]] Change change_of(const ChangeSeries& change, const Booking& occurrence);

}  // namespace creneau::booking
