#pragma once

#include "api/booking/series/edit_series.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/retry_series.hpp"
#include "api/http/fields.hpp"
#include "api/http/request.hpp"

namespace creneau::http {

/// The members of a request for a series. Meaningless unless `fields` is ok afterwards.
[[nodiscard]] booking::RequestSeries series_in(Fields& fields, const Request& request);

/// `scope` (all when it is not there) and `date` of a change to the series of the path; of the
/// body, or of the query.
[[nodiscard]] booking::ChangeSeries change_in(Fields& fields, const Request& request);

/// What is to change; `change` is for the caller to fill in.
[[nodiscard]] booking::EditSeries edit_in(Fields& fields);

/// `dates` to ask for again; none: all.
[[nodiscard]] booking::RetrySeries retry_in(Fields& fields, const Request& request);

/// `conflicts`, one of the words of ConflictPolicy; fail when it is not there.
[[nodiscard]] booking::ConflictPolicy conflicts_in(Fields& fields);

}  // namespace creneau::http
