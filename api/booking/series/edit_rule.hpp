#pragma once

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/series/book_dates.hpp"
#include "api/booking/series/edit_series.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/recurrence_gaps.hpp"
#include "api/booking/series/request_again.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <vector>

namespace creneau::booking {

/// Whether the series begins after `now` on that date, as far as can be told.
[[nodiscard]] bool begins_later(const LocalDate& date, const Series& series,
                                std::chrono::sys_seconds now);

/// The dates that the rule of `series` names. A list of dates is read back from its rows; of one
/// that an edit gives, what is past stays as it is.
[[nodiscard]] Outcome<RuleDates> dates_of_rule(store::Session& session, TownId town,
                                               const Series& series);

/// Cancels the occurrences that `dates` does not name, gives them back to the series that was
/// edited, so that a later rule may name their dates again, and takes them out of the vector. What
/// that frees is the caller's to offer, the mail too. Every date that may not be given up is in the
/// error; it is out of the vector, and in nobody's way, all the same.
[[nodiscard]] Outcome<std::vector<Affair>> give_up_others(store::Session& session,
                                                          const EditSeries& edit,
                                                          const std::vector<LocalDate>& dates,
                                                          std::vector<Booking>& occurrences);

/// The dates that a new rule names, and what each is to take.
struct NamedDates {
    const RuleDates& rule;
    const TakenByDates& taken;
};

/// Asks for the dates that have no row in the series yet and begin after `now`; forgets the missed
/// ones that the rule does not name, and explains the months that lack its day.
[[nodiscard]] Outcome<BookedDates> book_new_dates(store::Session& session, const Asker& asker,
                                                  const EditSeries& edit, const Series& series,
                                                  const NamedDates& named);

}  // namespace creneau::booking
