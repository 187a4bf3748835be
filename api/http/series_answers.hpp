#pragma once

#include "api/booking/series/find_series.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/http/request.hpp"

#include <nlohmann/json.hpp>

namespace creneau::http {

// Series as the API answers them.

/// A series with what became of each date; occurrences in short, so that 400 fit an answer.
[[nodiscard]] nlohmann::json to_json(const booking::SeriesView& view, Language language);

/// What an edit did to a series: as it was, what is left of it, and the series that was answered.
struct EditedViews {
    const booking::SeriesView& before;
    const booking::SeriesView& left;
    const booking::SeriesView& after;
};

/// Its effect on each date in scope.
[[nodiscard]] nlohmann::json edit_to_json(const EditedViews& views, Language language);
/// Each date's verdict, and whether the request would go ahead under its policy.
[[nodiscard]] nlohmann::json to_json(const booking::SeriesPlan& plan,
                                     booking::ConflictPolicy conflicts, Language language);

}  // namespace creneau::http
