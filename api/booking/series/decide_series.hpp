#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/store/session.hpp"

#include <string>

namespace creneau::booking {

struct ApproveSeries {
    ChangeSeries change;
    /// `fail`: a date that somebody else has by now, or that is in a room on a site which is none
    /// of the actor's to decide for, refuses all. `skip`: it stays pending. Who decides sees such
    /// dates first; nothing is displaced here.
    ConflictPolicy conflicts = ConflictPolicy::fail;
};

/// The office says yes to the pending occurrences in scope: each gets its window and pass, whose
/// code leaves by itself ahead of the slot; one mail says so of all. A refusal names, for the first
/// kMostOffered dates that another slot or room can cure, where a move could take them.
[[nodiscard]] Outcome<SeriesId> approve_series(store::Session& session,
                                               const ApproveSeries& approval);

struct RefuseSeries {
    ChangeSeries change;
    std::string ground;  ///< a code of refusal_grounds()
    std::string text;
};

/// The office says no to the pending occurrences in scope, with one mail. A date that is not the
/// actor's to decide refuses all.
[[nodiscard]] Outcome<SeriesId> refuse_series(store::Session& session, const RefuseSeries& refusal);

struct CancelSeries {
    ChangeSeries change;
    std::string ground;  ///< a code of cancellation_grounds(); empty: the booker's own wish
    std::string text;
};

/// Gives up the occurrences in scope that have not begun, with one mail. `following` and `all`
/// close the series on the first date given up.
[[nodiscard]] Outcome<SeriesId> cancel_series(store::Session& session,
                                              const CancelSeries& cancellation);

}  // namespace creneau::booking
