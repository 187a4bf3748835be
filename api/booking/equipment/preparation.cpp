#include "api/booking/equipment/preparation.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/preparation_store.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

namespace {

/// From one midnight to the next.
Interval range_of(const LocalDate& day, const std::string& zone) {
    const auto start = store::present(start_of_day(text_of(day), zone), "start of a day");
    const auto end =
        day < kLastDate ? start_of_day(text_of(plus_days(day, 1)), zone) : std::nullopt;
    return {start, end.value_or(start + std::chrono::days(1))};
}

}  // namespace

Outcome<DayPlan> prepare_day(store::Session& session, TownId town, const people::Person& reader,
                             SiteId site, const LocalDate& day) {
    if (!may_prepare(reader)) {
        return refuse(Refusal::not_allowed);
    }
    const auto sites = list_sites(session, town);
    const auto found = std::ranges::find(sites, site, &Site::id);
    if (found == sites.end()) {
        return refuse(Refusal::unknown_booking);
    }
    DayPlan plan{*found, day,
                 select_preparations(session, town, site, range_of(day, found->time_zone))};
    std::erase_if(plan.items,
                  [&](const Preparation& item) { return !may_prepare(reader, item.room); });
    for (Preparation& item : plan.items) {
        item.equipment = equipment_lines(session, town, item.booking);
    }
    return plan;
}

}  // namespace creneau::booking
