#include "api/http/calendar_routes.hpp"

#include "api/booking/calendars/calendar_store.hpp"
#include "api/booking/calendars/school_zone.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/http/conditional.hpp"
#include "api/http/fields.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/time_text.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <utility>

namespace creneau::http {

namespace {

constexpr IntegerRange kYears{2000, 2099};

nlohmann::json public_holidays_of(std::chrono::year year, booking::HolidayLaw law,
                                  Language language) {
    auto items = nlohmann::json::array();
    for (const auto& holiday : booking::public_holidays(year, law)) {
        items.push_back({{"date", booking::text_of(holiday.date)},
                         {"name", language == Language::en ? holiday.name.en : holiday.name.fr}});
    }
    return items;
}

nlohmann::json school_of(store::Session& session, const Request& request,
                         booking::SchoolZone zone) {
    nlohmann::json json{{"zone", booking::word_of(zone)},
                        {"known_from", nullptr},
                        {"known_until", nullptr},
                        {"imported_at", nullptr},
                        {"holidays", nlohmann::json::array()}};
    const auto kept = booking::select_school_calendar(session, request.town, zone);
    if (!kept) {
        return json;
    }
    json["known_from"] = booking::text_of(kept->calendar.known_from);
    json["known_until"] = booking::text_of(kept->calendar.known_until);
    json["imported_at"] = to_rfc3339(kept->imported_at);
    for (const auto& holiday : kept->calendar.holidays) {
        json["holidays"].push_back({{"name", holiday.name},
                                    {"first_date", booking::text_of(holiday.first)},
                                    {"last_date", booking::text_of(holiday.last)}});
    }
    return json;
}

Response calendars(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto asked = fields.optional_integer("year", kYears);
    if (!fields.ok()) {
        return fields.problem();
    }
    const std::chrono::year_month_day today = std::chrono::floor<std::chrono::days>(request.now);
    const std::chrono::year year =
        asked ? std::chrono::year{static_cast<int>(*asked)} : today.year();
    const auto settings = booking::select_calendar_settings(session, request.town);
    auto response = json_response(
        200, {{"year", static_cast<int>(year)},
              {"holiday_law", booking::word_of(settings.law)},
              {"public_holidays", public_holidays_of(year, settings.law, request.language)},
              {"school", settings.zone ? school_of(session, request, *settings.zone)
                                       : nlohmann::json(nullptr)}});
    const auto etag = etag_of_bytes(response.body);
    return with_etag(request, std::move(response), etag);
}

}  // namespace

void add_calendar_routes(Routes& routes) {
    routes.read("GET", "/api/v1/calendars", calendars, Access::anyone);
}

}  // namespace creneau::http
