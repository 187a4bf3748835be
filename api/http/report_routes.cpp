#include "api/http/report_routes.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/booking_fields.hpp"
#include "api/http/fields.hpp"
#include "api/http/report_answers.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/reports/decisions.hpp"
#include "api/reports/report_types.hpp"
#include "api/reports/usage.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace creneau::http {

namespace {

constexpr std::size_t kLongestWord = 20;

reports::Scope scope_in(Fields& fields, const Request& request) {
    reports::Scope scope;
    scope.town = request.town;
    scope.site = fields.optional_id<booking::SiteId>("site");
    const auto from = date_in(fields, "from");
    const auto to = date_in(fields, "to");
    if (!from || !to) {
        return scope;
    }
    const auto days = std::chrono::sys_days(*to) - std::chrono::sys_days(*from);
    if (days < std::chrono::days(1) || days > std::chrono::days(reports::kLongestPeriod)) {
        fields.refuse("to", "bad_period",
                      {"La fin suit le début, de deux ans au plus ; son jour n’est pas compté.",
                       "The end follows the beginning, by two years at most; its day is not "
                       "counted."});
    }
    scope.period = {*from, *to};
    return scope;
}

bool wants_csv(Fields& fields) {
    const auto format = fields.optional_text("format", kLongestWord).value_or("json");
    if (format != "json" && format != "csv") {
        fields.refuse("format", "unknown_format",
                      {"Attendu : json ou csv.", "Expected: json or csv."});
    }
    return format == "csv";
}

reports::UsageBy usage_by_in(Fields& fields) {
    const auto word = fields.text("by", kLongestWord);
    const auto by = reports::usage_by_of(word);
    if (!by && !word.empty()) {
        fields.refuse("by", "unknown_grouping",
                      {"Attendu : room, association, kind, month ou weekday.",
                       "Expected: room, association, kind, month or weekday."});
    }
    return by.value_or(reports::UsageBy::room);
}

Step usage(const Request& request, store::Readers& readers) {
    auto fields = Fields::of_query(request);
    const auto scope = scope_in(fields, request);
    const auto by = usage_by_in(fields);
    const bool as_csv = wants_csv(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto read = readers.read([&](store::Session& session) {
        return reports::read_usage(session, request.signed_in(), scope, by);
    });
    if (!read) {
        return refused(request, read.error());
    }
    return as_csv ? csv_response("occupation.csv", usage_csv(*read, by))
                  : json_response(200, to_json(*read, scope.period, by));
}

Step decisions(const Request& request, store::Readers& readers) {
    auto fields = Fields::of_query(request);
    const auto scope = scope_in(fields, request);
    const bool as_csv = wants_csv(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto read = readers.read([&](store::Session& session) {
        return reports::read_decisions(session, request.signed_in(), scope);
    });
    if (!read) {
        return refused(request, read.error());
    }
    return as_csv ? csv_response("decisions.csv", decisions_csv(*read))
                  : json_response(200, to_json(*read, scope.period));
}

}  // namespace

void add_report_routes(Routes& routes) {
    routes.slow("GET", "/api/v1/reports/usage", usage);
    routes.slow("GET", "/api/v1/reports/decisions", decisions);
}

}  // namespace creneau::http
