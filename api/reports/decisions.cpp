#include "api/reports/decisions.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/local_time.hpp"
#include "api/people/person.hpp"
#include "api/reports/decisions_store.hpp"
#include "api/reports/report_rules.hpp"
#include "api/reports/report_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace creneau::reports {

namespace {

std::string month_of(const Decided& request, const std::string& zone) {
    const std::chrono::sys_seconds at{std::chrono::seconds{request.requested_at}};
    return booking::local_time_of(at, zone).substr(0, std::string("2026-12").size());
}

std::chrono::sys_seconds midnight(const booking::LocalDate& date, const std::string& zone) {
    return booking::start_of_day(std::chrono::local_days(date), zone);
}

}  // namespace

booking::Outcome<Decisions> read_decisions(store::Session& session, const people::Person& reader,
                                           Scope scope) {
    if (!booking::may_read_reports(reader)) {
        return booking::refuse(booking::Refusal::not_allowed);
    }
    if (!booking::is_office(reader)) {
        scope.rooms.emplace(booking::rooms_as_office(reader));
    }
    const std::string zone = select_time_zone(session, scope.town);
    const auto requests = select_decided(
        session, scope, {midnight(scope.period.from, zone), midnight(scope.period.to, zone)});
    std::map<std::string, std::vector<Decided>> by_month;
    for (const Decided& request : requests) {
        by_month[month_of(request, zone)].push_back(request);
    }
    Decisions decisions{summed_up(requests), {}, grounds_of(requests)};
    for (const auto& [month, its] : by_month) {
        decisions.months.push_back(summed_up(its));
        decisions.months.back().month = month;
    }
    return decisions;
}

}  // namespace creneau::reports
