#include "api/booking/series/sort_series.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/kinds/sort_booking.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/store/session.hpp"

#include <utility>

namespace creneau::booking {

Outcome<SeriesId> sort_series(store::Session& session, const SortSeries& order) {
    const ChangeSeries& change = order.change;
    const auto open = open_series(session, change);
    if (!open) {
        return tl::unexpected(open.error());
    }
    bool any_sorted = false;
    for (const Booking& occurrence : open->occurrences) {
        auto sorted = sort_booking(session, {change_of(change, occurrence), order.kind});
        if (!sorted) {
            return tl::unexpected(std::move(sorted).error());
        }
        any_sorted |= sorted->kind != occurrence.kind;
    }
    if (any_sorted) {
        const auto affair = open_affair(session, change_of(change, open->occurrences.front()));
        if (!affair) {
            return tl::unexpected(affair.error());
        }
        record_series(session, *affair, "series_sorted");
    }
    return change.series;
}

}  // namespace creneau::booking
