#include "api/booking/series/request_again.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/recurrence_gaps.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/organisations/pass_on_affairs.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// Those that were not given up and begin after `now`; where there is none, those that began, too.
std::vector<Booking> standing(std::vector<BookingView> views, std::chrono::sys_seconds now) {
    std::erase_if(views, [](const BookingView& view) {
        return view.booking.status != Status::pending && view.booking.status != Status::approved;
    });
    const bool any_to_come = std::ranges::any_of(
        views, [now](const BookingView& view) { return view.booking.slot.at.start > now; });
    std::vector<Booking> dates;
    for (BookingView& view : views) {
        if (!any_to_come || view.booking.slot.at.start > now) {
            dates.push_back(std::move(view.booking));
        }
    }
    return dates;
}

/// What most have, the first such.
template <class Taken>
Taken usual_of(const std::vector<Taken>& taken) {
    std::map<Taken, int> times;
    for (const Taken& one : taken) {
        ++times[one];
    }
    const auto usual =
        std::ranges::max_element(taken, {}, [&](const Taken& one) { return times.at(one); });
    return usual == taken.end() ? Taken() : *usual;
}

}  // namespace

std::string usual_layout(const std::vector<Booking>& dates) {
    std::vector<std::string> layouts;
    for (const Booking& date : dates) {
        layouts.push_back(date.layout);
    }
    return usual_of(layouts);
}

std::vector<std::vector<EquipmentOrder>> equipment_of(store::Session& session, TownId town,
                                                      const std::vector<Booking>& dates) {
    std::vector<std::vector<EquipmentOrder>> taken;
    for (const Booking& date : dates) {
        taken.push_back(orders_of(session, town, date.id));
    }
    return taken;
}

std::vector<EquipmentOrder> usual_equipment(const std::vector<std::vector<EquipmentOrder>>& taken) {
    return usual_of(taken);
}

TakenByDates taken_by(store::Session& session, TownId town, const std::vector<Booking>& dates) {
    if (dates.empty()) {
        return {};
    }
    const Booking& first = dates.front();
    const bool agree = std::ranges::all_of(
        dates, [&first](const Booking& date) { return date.kind == first.kind; });
    return {usual_layout(dates), agree ? first.kind : "",
            usual_equipment(equipment_of(session, town, dates))};
}

RequestSeries request_again(store::Session& session, const Asker& asker, const Series& series) {
    RequestSeries request;
    request.town = asker.town;
    request.actor = asker.person.id;
    // Another manager of its association asks in their own name; whoever else, in the booker's.
    if (!series.association || is_office(asker.person, series.room)) {
        request.booker = series.booker;
    }
    request.room = series.room;
    request.association = series.association;
    request.recurrence = series.recurrence;
    request.skips = series.skips;
    request.start_time = series.start_time;
    request.end_time = series.end_time;
    request.end_day_offset = series.end_day_offset;
    request.attendees = series.attendees;
    request.purpose = series.purpose;
    request.conflicts = series.conflicts;
    request.now = asker.now;
    auto taken = taken_by(session, asker.town,
                          standing(select_views_of(session, asker.town, series.id), asker.now));
    request.layout = std::move(taken.layout);
    request.kind = std::move(taken.kind);
    request.equipment = std::move(taken.equipment);
    return request;
}

Series with_booker_who_is_there(store::Session& session, const Asker& asker, const Series& series) {
    if (!series.association) {
        return series;
    }
    const auto booker = people::find_person(session, asker.town, series.booker);
    if (booker && booker->is_active(asker.now) && booker->manages(*series.association)) {
        return series;
    }
    people::PassOnAffairs order;
    order.town = asker.town;
    order.association = series.association;
    order.actor = asker.person.id;
    order.now = asker.now;
    if (asker.person.manages(*series.association)) {
        order.to = asker.person.id;
    }
    people::pass_on_affairs(session, order);
    return store::present(select_series(session, asker.town, series.id), "series at hand");
}

Outcome<SeriesPlan> plan_again(store::Session& session, const RequestSeries& request,
                               const Series& series, const RuleDates& named) {
    auto booker = people::find_person(session, request.town, series.booker);
    auto failures = check_booker(facts_of(booker, series.association, series.room));
    if (!booker || !failures.empty()) {
        return refuse(std::move(failures));
    }
    auto plan = plan_dates(session, request, named);
    if (plan) {
        plan->booker = *std::move(booker);
    }
    return plan;
}

}  // namespace creneau::booking
