#include "api/access/agents/keep_agents.hpp"
#include "tests/api/http/rights/asking.hpp"

#include <string>
#include <utility>

namespace creneau::http {

using nlohmann::json;

namespace {

const json kNothing = json::object();

json profile_of(const Things& things) {
    return {{"name", "Gardiens"},
            {"zone_ids", {things["zone"]}},
            {"hours", {{{"weekday", "monday"}, {"start_time", "07:00"}, {"end_time", "20:00"}}}}};
}

}  // namespace

std::vector<AskedRoute> organisation_routes() {
    auto file = on("PUT /api/v1/papers/{id}/file", "paper");
    file.ask = [ask = file.ask](const Things& things) {
        auto asked = ask(things);
        asked.file = "%PDF-1.4\n2 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
        return asked;
    };
    return {
        listing("GET /api/v1/associations", "association"),
        sending("POST /api/v1/associations",
                [](const Things&) { return json{{"name", "Les Nouveaux"}}; }),
        on("GET /api/v1/associations/{id}", "association"),
        on("PATCH /api/v1/associations/{id}", "association", {{"phone", "01 48 00 00 00"}}),
        below("PUT /api/v1/associations/{id}/managers/{person_id}", "{person_id}", "peer"),
        below("DELETE /api/v1/associations/{id}/managers/{person_id}", "{person_id}", "owner"),
        on("GET /api/v1/associations/{id}/members", "association"),
        on("POST /api/v1/associations/{id}/members", "association", {{"name", "Un ténor"}}),
        below("DELETE /api/v1/associations/{id}/members/{member_id}", "{member_id}", "member"),
        listing("GET /api/v1/people", "peer"),
        sending("POST /api/v1/people",
                [](const Things&) {
                    return json{{"name", "Une Personne"}, {"email", "une@example.org"}};
                }),
        on("GET /api/v1/people/{id}", "peer"),
        on("PATCH /api/v1/people/{id}", "peer", {{"phone", "06 00 00 00 00"}}),
        on("PATCH /api/v1/people/{id}", "office", {{"phone", "06 00 00 00 00"}}),
        on("POST /api/v1/people/{id}/erase", "leaver", {{"reason", "person_request"}}),
        plainly("GET /api/v1/retention"),
        sending("PUT /api/v1/retention",
                [](const Things&) {
                    return json{{"kind", "messages"}, {"months", 6}, {"decision", "2026-41"}};
                }),
        on("PUT /api/v1/people/{id}/restriction", "leaver", {{"restricted", true}}),
        plainly("GET /api/v1/privacy/register"),
        plainly("GET /api/v1/me/export"),
        {"GET /api/v1/people/{id}/export",
         [](const Things& things) {
             return Asked{"GET",
                          "/api/v1/people/" + std::to_string(things["leaver"]) + "/export",
                          nullptr,
                          {{"confirmation", std::to_string(things["confirmed"])}}};
         },
         [](const Things&) { return std::string("Un Partant"); }},
        listing("GET /api/v1/confirmations", "confirmation"),
        listing("GET /api/v1/confirmations", "ending"),
        sending("POST /api/v1/confirmations",
                [](const Things& things) {
                    return json{{"kind", "person_export"}, {"person_id", things["leaver"]}};
                }),
        sending("POST /api/v1/confirmations",
                [](const Things& things) {
                    return json{{"kind", "lockdown_end"}, {"lockdown_id", things["lockdown"]}};
                }),
        sending("POST /api/v1/confirmations",
                [](const Things&) { return json{{"kind", "key_import"}, {"key_id", 7}}; }),
        on("GET /api/v1/confirmations/{id}", "confirmation"),
        on("GET /api/v1/confirmations/{id}", "ending"),
        on("POST /api/v1/confirmations/{id}/confirm", "confirmation", kNothing),
        listing("GET /api/v1/departments", "department"),
        sending("POST /api/v1/departments", [](const Things&) { return json{{"name", "Sports"}}; }),
        on("PATCH /api/v1/departments/{id}", "department", {{"name", "Culture et sports"}}),
        plainly("GET /api/v1/staff"),
        on("GET /api/v1/staff/{id}", "office"),
        {"PUT /api/v1/staff/{id}",
         [](const Things& things) {
             return Asked{"PUT",
                          "/api/v1/staff/" + std::to_string(things["peer"]),
                          {{"department_id", things["department"]}, {"from_date", "2027-01-01"}}};
         }},
        listing("GET /api/v1/duties", "duty"),
        sending("POST /api/v1/duties",
                [](const Things& things) {
                    return json{{"person_id", things["office"]},
                                {"word", "Régie"},
                                {"from_date", "2026-01-01"}};
                }),
        on("DELETE /api/v1/duties/{id}", "duty"),
        listing("GET /api/v1/staff/movements", "movement"),
        on("GET /api/v1/staff/movements/{id}", "movement"),
        on("PATCH /api/v1/staff/movements/{id}", "movement", {{"at", "2027-03-01T08:00"}}),
        on("DELETE /api/v1/staff/movements/{id}", "movement"),
        on("POST /api/v1/staff/movements/{id}/acknowledge", "movement", kNothing),
        sending("POST /api/v1/staff/arrivals",
                [](const Things& things) {
                    return json{{"name", "Jo Nouvel"},
                                {"department_id", things["department"]},
                                {"starts", "2027-01-04T08:00"}};
                }),
        on("POST /api/v1/staff/{id}/departure", "office", {{"ends", "2027-06-30"}}),
        listing("GET /api/v1/badges", "badge"),
        sending("POST /api/v1/badges",
                [](const Things& things) {
                    return json{{"number", "04A219B2"}, {"person_id", things["office"]}};
                }),
        on("POST /api/v1/badges/{id}/lost", "badge", kNothing),
        on("POST /api/v1/badges/{id}/return", "badge", kNothing),
        sending("POST /api/v1/access/simulate",
                [](const Things& things) {
                    return json{{"badge_id", things["badge"]}, {"door_id", things["door"]}};
                }),
        sending("POST /api/v1/access/simulate",
                [](const Things& things) {
                    return json{{"pass_id", things["pass"]}, {"door_id", things["door"]}};
                }),
        listing("GET /api/v1/zones", "zone"),
        listing("GET /api/v1/access-profiles", "access_profile"),
        sending("POST /api/v1/access-profiles",
                [](const Things& things) { return profile_of(things); }),
        on("GET /api/v1/access-profiles/{id}", "access_profile"),
        {"PUT /api/v1/access-profiles/{id}",
         [](const Things& things) {
             return Asked{"PUT",
                          "/api/v1/access-profiles/" + std::to_string(things["access_profile"]),
                          profile_of(things)};
         }},
        on("DELETE /api/v1/access-profiles/{id}", "access_profile"),
        listing("GET /api/v1/door-agents", "door_agent"),
        on("POST /api/v1/door-agents/{id}/enrolment-code", "door_agent", kNothing),
        on("POST /api/v1/door-agents/{id}/confirm", "door_agent",
           {{"fingerprint", access::fingerprint_of(std::string(64, 'a'))}}),
        on("POST /api/v1/door-agents/{id}/revoke", "door_agent", kNothing),
        sending("POST /door-agent/v1/enrol",
                [](const Things&) {
                    const std::string some(64, '0');
                    return json{{"town_id", 1},
                                {"agent", "rights"},
                                {"public_key", some},
                                {"roots", {some}},
                                {"proof", some}};
                }),
        sending("POST /door-agent/v1/sync",
                [](const Things&) {
                    return json{{"nonce", std::string(32, '0')},
                                {"generation", 0},
                                {"version", 0},
                                {"clock", "trusted"},
                                {"seen", 0},
                                {"wait_s", 0}};
                }),
        listing("GET /api/v1/alarms", "alarm"),
        listing("GET /api/v1/doors", "door"),
        on("POST /api/v1/doors/{id}/disable", "door", {{"ground", "broken"}}),
        on("POST /api/v1/doors/{id}/enable", "door", kNothing),
        on("POST /api/v1/doors/{id}/open", "door", {{"ground", "visitor"}}),
        on("POST /api/v1/doors/{id}/free-access", "door",
           {{"ground", "visitor"}, {"until", "2026-11-21T20:00:00Z"}}),
        on("GET /api/v1/door-commands/{id}", "command"),
        on("GET /api/v1/doors/{id}/options", "door"),
        on("PUT /api/v1/doors/{id}/options", "door", {{"held_open_s", 60}}),
        on("GET /api/v1/sites/{id}/lockdown", "site"),
        on("PUT /api/v1/sites/{id}/lockdown", "site", {{"ground", "threat"}}),
        {"POST /api/v1/sites/{id}/lockdown/end",
         [](const Things& things) {
             return Asked{"POST",
                          "/api/v1/sites/" + std::to_string(things["site"]) + "/lockdown/end",
                          {{"confirmation", things["ending"]}}};
         }},
        {"POST /api/v1/access/events/search",
         [](const Things& things) {
             return Asked{"POST",
                          "/api/v1/access/events/search",
                          {{"purpose", "incident"},
                           {"from", "2026-11-20T00:00:00Z"},
                           {"until", "2026-11-22T00:00:00Z"},
                           {"door_id", things["door"]}}};
         },
         [](const Things& things) { return "\"door_id\":" + std::to_string(things["door"]); }},
        listing("GET /api/v1/papers", "accepted", {{"expiring_within_days", "366"}}),
        std::move(file),
        on("GET /api/v1/papers/{id}/file", "paper"),
        on("POST /api/v1/bookings/{id}/passes", "approved", kNothing),
        on("GET /api/v1/bookings/{id}/pass-holders", "approved"),
        on("PUT /api/v1/passes/{id}/holder", "pass", {{"name", "Un ténor"}}),
        on("DELETE /api/v1/passes/{id}/holder", "pass"),
    };
}

}  // namespace creneau::http
