#include "api/http/alarm_routes.hpp"

#include "api/access/alarms/alarm_store.hpp"
#include "api/access/alarms/alarm_types.hpp"
#include "api/access/alarms/watch_alarms.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/organisation_answers.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/time_text.hpp"
#include "api/store/session.hpp"

#include <cstdint>

#include <nlohmann/json.hpp>

namespace creneau::http {

namespace {

using nlohmann::json;

json to_json(const access::AlarmRecord& record) {
    const auto& alarm = record.alarm;
    const auto& door = alarm.subject.door;
    return {{"id", static_cast<std::int64_t>(alarm.id)},
            {"kind", access::word_of(alarm.subject.kind)},
            {"site_id", static_cast<std::int64_t>(record.site)},
            {"agent_id", static_cast<std::int64_t>(alarm.subject.agent)},
            {"agent", record.agent},
            {"door_id", door ? json(static_cast<std::int64_t>(*door)) : json(nullptr)},
            {"door", door ? json(record.door) : json(nullptr)},
            {"begun_at", to_rfc3339(alarm.begun_at)},
            {"ended_at", alarm.ended_at ? json(to_rfc3339(*alarm.ended_at)) : json(nullptr)}};
}

access::AlarmQuery query_in(Fields& fields) {
    const auto page = people_page_in(fields);
    access::AlarmQuery query;
    query.going_on = fields.optional_boolean("going_on").value_or(false);
    query.limit = page.limit;
    if (page.after > 0) {
        query.before = access::AlarmId{page.after};
    }
    return query;
}

Response list_alarms(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto query = query_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto found = access::list_alarms(session, request.town, request.signed_in(), query);
    return found ? page_response(
                       *found, query.limit,
                       [](const access::AlarmRecord& record) { return record.alarm.id; },
                       [](const access::AlarmRecord& record) { return to_json(record); })
                 : refused(request, found.error());
}

}  // namespace

void add_alarm_routes(Routes& routes) {
    routes.read("GET", "/api/v1/alarms", list_alarms);
}

}  // namespace creneau::http
