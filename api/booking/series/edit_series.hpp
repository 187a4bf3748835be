#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

/// What changes; the rest stays as the series has it.
struct EditSeries {
    ChangeSeries change;
    std::optional<RoomId> room;
    std::optional<std::string> start_time;  ///< local, 'HH:MM'
    std::optional<std::string> end_time;
    std::optional<int> end_day_offset;
    std::optional<std::int64_t> attendees;
    std::optional<std::string> purpose;
    std::optional<std::string> layout;                     ///< of each date; empty: none
    std::optional<std::vector<EquipmentOrder>> equipment;  ///< of each date
    std::optional<Pattern> pattern;                        ///< with its interval and weekdays
    std::optional<LocalDate> until;                        ///< in place of the bound there was
    std::optional<int> count;  ///< the same; from the first date in scope on

    /// Whether other dates than those there are may be meant.
    [[nodiscard]] bool changes_rule() const { return pattern || until || count; }
};

/// Moves the occurrences in scope that have not begun, all of them or none: a date that cannot be
/// had refuses the edit, each with its reasons. A date that was given a layout or equipment
/// of its own keeps it. `this` makes an exception of one date. `following`
/// closes the series and goes on in a new one with `split_from`, whose id is the answer. Exceptions
/// (dates moved or given up by themselves) stay what they are under the same date.
///
/// Another rule always goes on in a new series. It gives up the dates in scope that it does not
/// name, exceptions too, which stay in the old series, and asks for those it names anew: as a
/// request of the series would, so that `skip` keeps those that cannot be had under `missed` and
/// any other policy refuses the edit. Not with `this`.
[[nodiscard]] Outcome<SeriesId> edit_series(store::Session& session, const EditSeries& order);

}  // namespace creneau::booking
