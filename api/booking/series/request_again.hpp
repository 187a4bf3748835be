#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/recurrence_gaps.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::booking {

/// Who asks for more dates of a series, and when.
struct Asker {
    TownId town{};
    const people::Person& person;
    std::chrono::sys_seconds now;
};

/// What the dates of a series take and the series itself does not say.
struct TakenByDates {
    std::string layout;                     ///< as most of them have it
    std::string kind;                       ///< where they agree
    std::vector<EquipmentOrder> equipment;  ///< as most of them take it
};
[[nodiscard]] TakenByDates taken_by(store::Session& session, TownId town,
                                    const std::vector<Booking>& dates);

/// The layout that most of these dates have, the first such one; empty without dates.
[[nodiscard]] std::string usual_layout(const std::vector<Booking>& dates);

/// What each of these dates takes, in their order.
[[nodiscard]] std::vector<std::vector<EquipmentOrder>> equipment_of(
    store::Session& session, TownId town, const std::vector<Booking>& dates);

/// What most dates take, the first such; nothing without dates.
[[nodiscard]] std::vector<EquipmentOrder> usual_equipment(
    const std::vector<std::vector<EquipmentOrder>>& taken);

/// What a series asks for on each date, as it is now: with what its dates to come take or, without
/// any, those that stand.
[[nodiscard]] RequestSeries request_again(store::Session& session, const Asker& asker,
                                          const Series& series);

/// The series, whose booker is who asks where an association's is not there any more or manages it
/// no more: with everything it has under way. Another manager, where who asks is none.
[[nodiscard]] Series with_booker_who_is_there(store::Session& session, const Asker& asker,
                                              const Series& series);

/// plan_dates() of such a request; whoever asks, the bookings stay the series' booker's, who
/// still has to be somebody that may book them.
[[nodiscard]] Outcome<SeriesPlan> plan_again(store::Session& session, const RequestSeries& request,
                                             const Series& series, const RuleDates& named);

}  // namespace creneau::booking
