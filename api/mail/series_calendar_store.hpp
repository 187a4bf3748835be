#pragma once

#include "api/mail/series_calendar.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace creneau::mail {

/// How long a calendar shows what was refused or cancelled.
inline constexpr std::chrono::days kGoneShown{31};

/// iCalendar's SEQUENCE of a series, the same in its mails and in feeds: rises with every change of
/// the series or of a date of it.
[[nodiscard]] std::int64_t series_sequence(store::Session& session, std::int64_t town_id,
                                           std::int64_t series_id);

/// The series as it stands now, first, and all that it goes on from or that go on from it: edits
/// carry dates from one to another. Nothing when there is no such series.
[[nodiscard]] std::vector<SeriesCalendar> select_series_calendars(store::Session& session,
                                                                  std::int64_t town_id,
                                                                  std::int64_t series_id,
                                                                  std::chrono::sys_seconds now);

}  // namespace creneau::mail
