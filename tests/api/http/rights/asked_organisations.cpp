#include "tests/api/http/rights/asking.hpp"

#include <utility>

namespace creneau::http {

using nlohmann::json;

namespace {

const json kNothing = json::object();

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
        sending("POST /api/v1/confirmations",
                [](const Things& things) {
                    return json{{"kind", "person_export"}, {"person_id", things["leaver"]}};
                }),
        sending("POST /api/v1/confirmations",
                [](const Things& things) {
                    return json{{"kind", "lockdown_end"}, {"lockdown_id", things["lockdown"]}};
                }),
        on("GET /api/v1/confirmations/{id}", "confirmation"),
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
        listing("GET /api/v1/doors", "door"),
        on("POST /api/v1/doors/{id}/disable", "door", {{"ground", "broken"}}),
        on("POST /api/v1/doors/{id}/enable", "door", kNothing),
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
