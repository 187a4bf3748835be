#pragma once

#include "api/documents/feed_calendar.hpp"

#include <vector>

#include <libical/ical.h>

namespace creneau::documents {

// VEVENTs of a feed. The caller owns them. Their time zones are known.

[[nodiscard]] icalcomponent* event_component(const FeedEvent& event);

/// One date as what differs from its series: with its RECURRENCE-ID, or alone under its own UID.
[[nodiscard]] icalcomponent* date_component(const FeedSeries& series, const FeedDate& date);

/// The series as one event, the dates that differ from it, and those that stand alone.
[[nodiscard]] std::vector<icalcomponent*> series_components(const FeedSeries& series);

}  // namespace creneau::documents
