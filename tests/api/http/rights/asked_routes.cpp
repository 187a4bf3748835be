#include "tests/api/http/rights/asked_routes.hpp"

#include "tests/api/http/rights/asking.hpp"

#include <utility>

namespace creneau::http {

namespace {

using nlohmann::json;

json slot_of(const Things& things, const std::string& date) {
    return {{"room_id", things["room"]},
            {"start", date + "T18:30"},
            {"end", date + "T20:30"},
            {"attendees", 12},
            {"purpose", "Fête"}};
}

json closure_of(const Things& things) {
    return {{"room_id", things["room"]},   {"kind", "works"},           {"reason", "Travaux"},
            {"start", "2027-06-01T08:00"}, {"end", "2027-06-02T08:00"}, {"meets", "refuse"}};
}

json series_of(const Things& things) {
    return {{"room_id", things["room"]},  {"pattern", "weekly"}, {"weekdays", {"friday"}},
            {"first_date", "2027-04-02"}, {"count", 2},          {"start_time", "18:30"},
            {"end_time", "20:30"},        {"attendees", 12},     {"purpose", "Fête"}};
}

json for_owner(json body, const Things& things) {
    body["association_id"] = things["association"];
    body["booker_id"] = things["owner"];
    return body;
}

json wish_of(const Things& things) {
    return {{"association_id", things["association"]},
            {"weekday", "thursday"},
            {"start_time", "18:30"},
            {"end_time", "20:30"},
            {"room_ids", {things["room"]}},
            {"attendees", 12},
            {"purpose", "Fête"}};
}

json email_of_somebody(const Things&) {
    return {{"email", "dominique@example.org"}};
}

json wrong_code(const Things&) {
    return {{"email", "dominique@example.org"},
            {"code", "AAAA-AAAA-AAAA"},
            {"password", "a quite different phrase"}};
}

const json kRound{
    {"name", "Autre saison"},
    {"wishes_from", "2026-11-21"},
    {"wishes_until", "2026-11-30"},
    {"season_first", "2027-03-01"},
    {"season_last", "2027-03-28"},
    {"criteria", json::array({{{"kind", "every_wish"}, {"text", "Chacun"}, {"weight", 10}}})}};
const json kPaper{{"kind", "deposit"}, {"valid_from", "2026-09-01"}};
const json kNothing = json::object();
const Query kSeason{{"from", "2026-11-01"}, {"to", "2027-11-01"}};
const Query kDay{{"from", "2026-12-05T00:00:00Z"}, {"to", "2026-12-06T00:00:00Z"}};

std::vector<AskedRoute> open_routes() {
    return {
        plainly("GET /healthz"),
        plainly("GET /readyz"),
        plainly("GET /api/openapi.json"),
        plainly("GET /api/v1/grounds"),
        plainly("GET /api/v1/booking-kinds"),
        plainly("GET /api/v1/calendars"),
        plainly("GET /api/v1/equipment"),
        listing("GET /api/v1/sites", "site"),
        plainly("GET /api/v1/spaces"),
        listing("GET /api/v1/rooms", "room"),
        on("GET /api/v1/rooms/{id}", "room"),
        {"GET /api/v1/rooms/{id}/availability",
         [](const Things& things) {
             return Asked{"GET",
                          "/api/v1/rooms/" + std::to_string(things["room"]) + "/availability",
                          nullptr, kDay};
         }},
        {"GET /api/v1/schedule",
         [](const Things& things) {
             Query query = kDay;
             query.emplace_back("room", std::to_string(things["room"]));
             return Asked{"GET", "/api/v1/schedule", nullptr, query};
         },
         [](const Things&) { return std::string("Répétition secrète"); }},
        listing("GET /api/v1/closures", "closure"),
        on("GET /api/v1/closures/{id}", "closure"),
        sending("POST /api/v1/sessions",
                [](const Things&) {
                    return json{{"email", "danton@le-pre.example.org"},
                                {"password", "correct horse battery"}};
                }),
        plainly("DELETE /api/v1/sessions/current"),
        plainly("GET /api/v1/me"),
        listing("GET /api/v1/me/tokens", "token"),
        sending("POST /api/v1/me/tokens",
                [](const Things&) {
                    return json{{"name", "Hall"},
                                {"scopes", {"schedule:read"}},
                                {"expires_at", "2027-01-01T00:00:00Z"}};
                }),
        on("DELETE /api/v1/me/tokens/{id}", "token"),
        plainly("GET /api/v1/me/sessions"),
        plainly("DELETE /api/v1/me/sessions"),
        on("DELETE /api/v1/me/sessions/{id}", "session"),
        sending("PUT /api/v1/me/password",
                [](const Things&) {
                    return json{{"current_password", "correct horse battery"},
                                {"password", "a quite different phrase"}};
                }),
        sending("POST /api/v1/sessions/current/proof",
                [](const Things&) { return json{{"password", "correct horse battery"}}; }),
        plainly("POST /api/v1/me/totp"),
        sending("POST /api/v1/me/totp/confirm", [](const Things&) { return json{{"code", "1"}}; }),
        plainly("POST /api/v1/me/recovery-codes"),
        on("DELETE /api/v1/people/{id}/totp", "peer"),
        on("DELETE /api/v1/people/{id}/sessions", "peer"),
        sending("POST /api/v1/sessions/codes", email_of_somebody),
        sending("POST /api/v1/password-resets", email_of_somebody),
        sending("POST /api/v1/password-resets/accept", wrong_code),
        sending("POST /api/v1/invitations/accept", wrong_code),
        sending("POST /api/v1/invitations",
                [](const Things& things) { return json{{"person_id", things["peer"]}}; }),
        {"GET /api/v1/audit",
         [](const Things& things) {
             return Asked{"GET",
                          "/api/v1/audit",
                          nullptr,
                          {{"log", "activity"},
                           {"purpose", "rights_check"},
                           {"subject_kind", "booking"},
                           {"subject_id", std::to_string(things["pending"])}}};
         },
         [](const Things& things) {
             return "\"subject_id\":" + std::to_string(things["pending"]);
         }},
        {"GET /feeds/{token}.ics",
         [](const Things& things) { return Asked{"GET", things.feed_path}; }},
    };
}

std::vector<AskedRoute> booking_routes() {
    return {
        listing("GET /api/v1/bookings", "pending"),
        sending("POST /api/v1/bookings",
                [](const Things& things) { return slot_of(things, "2027-05-10"); }),
        sending(
            "POST /api/v1/bookings",
            [](const Things& things) { return for_owner(slot_of(things, "2027-05-10"), things); }),
        on("GET /api/v1/bookings/{id}", "pending"),
        on("POST /api/v1/bookings/{id}/approve", "pending", kNothing),
        on("POST /api/v1/bookings/{id}/refuse", "pending", {{"ground", "property_management"}}),
        on("PUT /api/v1/bookings/{id}/kind", "pending", {{"kind", "event"}}),
        on("POST /api/v1/bookings/{id}/cancel", "pending", kNothing),
        on("POST /api/v1/bookings/{id}/move", "pending",
           {{"start", "2027-05-11T18:30"}, {"end", "2027-05-11T20:30"}}),
        on("GET /api/v1/bookings/{id}/passes", "approved"),
        on("GET /api/v1/bookings/{id}/messages", "approved"),
        {"POST /api/v1/bookings/decisions",
         [](const Things& things) {
             const json chosen{{"id", things["pending"]}, {"sequence", 0}};
             return Asked{"POST",
                          "/api/v1/bookings/decisions",
                          {{"decision", "approve"}, {"bookings", json::array({chosen})}}};
         },
         [](const Things&) { return std::string("\"outcome\":\"approved\""); }},
        on("GET /api/v1/passes/{id}.png", "pass"),
        on("POST /api/v1/passes/{id}/revoke", "pass", {{"reason", "lost"}}),
        on("POST /api/v1/passes/{id}/reissue", "pass", kNothing),
        listing("GET /api/v1/messages", "bounced", {{"state", "undelivered"}}),
        listing("GET /api/v1/letters", "letter"),
        on("POST /api/v1/letters/{id}/printed", "letter", kNothing),
        on("GET /api/v1/messages/{id}.pdf", "letter"),
        listing("GET /api/v1/time-conflicts", "pending"),
        showing({"GET /api/v1/preparation",
                 [](const Things& things) {
                     return Asked{
                         "GET",
                         "/api/v1/preparation",
                         nullptr,
                         {{"site", std::to_string(things["site"])}, {"day", "2026-12-05"}}};
                 }},
                "\"booking_id\":"),
        {"GET /api/v1/reports/usage",
         [](const Things&) {
             Query query = kSeason;
             query.emplace_back("by", "room");
             return Asked{"GET", "/api/v1/reports/usage", nullptr, query};
         },
         [](const Things& things) { return "\"key\":\"" + std::to_string(things["room"]) + '"'; }},
        plainly("GET /api/v1/reports/decisions", kSeason),
    };
}

std::vector<AskedRoute> claim_routes() {
    return {
        listing("GET /api/v1/holds", "hold"),
        sending("POST /api/v1/holds",
                [](const Things& things) {
                    auto hold = for_owner(slot_of(things, "2027-05-12"), things);
                    hold["until"] = "2026-11-28T12:00";
                    return hold;
                }),
        on("GET /api/v1/holds/{id}", "hold"),
        on("DELETE /api/v1/holds/{id}", "hold"),
        on("POST /api/v1/holds/{id}/book", "hold", kNothing),
        listing("GET /api/v1/waiting-list", "wait"),
        sending(
            "POST /api/v1/waiting-list",
            [](const Things& things) { return for_owner(slot_of(things, "2026-12-16"), things); }),
        on("GET /api/v1/waiting-list/{id}", "wait"),
        on("DELETE /api/v1/waiting-list/{id}", "wait"),
        sending("POST /api/v1/closures", closure_of),
        sending("POST /api/v1/closures/preview", closure_of),
        on("DELETE /api/v1/closures/{id}", "closure"),
        listing("GET /api/v1/feeds", "feed"),
        sending("POST /api/v1/feeds",
                [](const Things& things) {
                    return json{{"kind", "association"}, {"subject_id", things["association"]}};
                }),
        on("DELETE /api/v1/feeds/{id}", "feed"),
        listing("GET /api/v1/subscriptions", "subscription"),
        sending("POST /api/v1/subscriptions",
                [](const Things& things) {
                    return json{{"service", "Ménage"},
                                {"email", "menage@example.org"},
                                {"room_id", things["room"]},
                                {"changes", {"approved"}}};
                }),
        on("DELETE /api/v1/subscriptions/{id}", "subscription"),
        listing("GET /api/v1/delegations", "delegation"),
        sending("POST /api/v1/delegations",
                [](const Things& things) {
                    return json{{"delegate_id", things["stage"]},
                                {"site_id", things["site"]},
                                {"from", "2027-06-01"},
                                {"until", "2027-06-02"}};
                }),
        on("GET /api/v1/delegations/{id}", "delegation"),
        on("DELETE /api/v1/delegations/{id}", "delegation"),
        on("GET /api/v1/associations/{id}/papers", "association"),
        on("POST /api/v1/associations/{id}/papers", "association", kPaper),
        on("GET /api/v1/people/{id}/papers", "peer"),
        on("POST /api/v1/people/{id}/papers", "peer", kPaper),
        on("POST /api/v1/papers/{id}/accept", "unsent", kNothing),
        listing("GET /api/v1/roles", "role"),
        sending("POST /api/v1/roles",
                [](const Things& things) {
                    return json{{"person_id", things["peer"]},
                                {"role", "office"},
                                {"scope", "room"},
                                {"scope_id", things["room"]}};
                }),
        on("GET /api/v1/roles/{id}", "role"),
        on("DELETE /api/v1/roles/{id}", "role"),
    };
}

std::vector<AskedRoute> series_routes() {
    return {
        sending("POST /api/v1/series",
                [](const Things& things) { return for_owner(series_of(things), things); }),
        sending("POST /api/v1/series/preview",
                [](const Things& things) { return for_owner(series_of(things), things); }),
        on("GET /api/v1/series/{id}", "series"),
        on("PATCH /api/v1/series/{id}", "series", {{"attendees", 13}}),
        on("POST /api/v1/series/{id}/preview", "series", {{"attendees", 13}}),
        on("POST /api/v1/series/{id}/retry", "skipping", kNothing),
        on("POST /api/v1/series/{id}/approve", "series", kNothing),
        on("POST /api/v1/series/{id}/refuse", "series", {{"ground", "property_management"}}),
        on("PUT /api/v1/series/{id}/kind", "series", {{"kind", "event"}}),
        on("POST /api/v1/series/{id}/cancel", "series", kNothing),
    };
}

std::vector<AskedRoute> round_routes() {
    return {
        listing("GET /api/v1/rounds", "draft"),
        listing("GET /api/v1/rounds", "open"),
        sending("POST /api/v1/rounds", [](const Things&) { return kRound; }),
        on("GET /api/v1/rounds/{id}", "draft"),
        on("GET /api/v1/rounds/{id}", "open"),
        on("PATCH /api/v1/rounds/{id}", "draft", {{"name", "Saison 2"}}),
        on("POST /api/v1/rounds/{id}/open", "draft", kNothing),
        on("POST /api/v1/rounds/{id}/close", "open", kNothing),
        on("POST /api/v1/rounds/{id}/propose", "closed", kNothing),
        on("POST /api/v1/rounds/{id}/publish", "proposed", kNothing),
        on("GET /api/v1/rounds/{id}/demand", "closed"),
        on("GET /api/v1/rounds/{id}/messages", "proposed"),
        listing("GET /api/v1/rounds/{id}/wishes", "open_wish"),
        {"POST /api/v1/rounds/{id}/wishes",
         [](const Things& things) {
             return Asked{"POST", "/api/v1/rounds/" + std::to_string(things["open"]) + "/wishes",
                          wish_of(things)};
         }},
        on_wish("GET /api/v1/rounds/{id}/wishes/{wish_id}", "open"),
        on_wish("PATCH /api/v1/rounds/{id}/wishes/{wish_id}", "open", {{"attendees", 13}}),
        on_wish("DELETE /api/v1/rounds/{id}/wishes/{wish_id}", "open"),
        on_wish("PUT /api/v1/rounds/{id}/wishes/{wish_id}/settled", "closed",
                {{"gets_nothing", true}, {"reason", "Sécurité"}}),
        on_wish("DELETE /api/v1/rounds/{id}/wishes/{wish_id}/settled", "closed"),
    };
}

}  // namespace

const std::vector<AskedRoute>& asked_routes() {
    static const auto all = [] {
        std::vector<AskedRoute> routes;
        for (auto part : {open_routes(), booking_routes(), claim_routes(), series_routes(),
                          round_routes(), organisation_routes()}) {
            routes.insert(routes.end(), part.begin(), part.end());
        }
        // A list below something: its id stands in the path.
        for (auto& asked : routes) {
            if (asked.route == "GET /api/v1/rounds/{id}/wishes") {
                asked.ask = on(asked.route, "open").ask;
            }
        }
        return routes;
    }();
    return all;
}

}  // namespace creneau::http
