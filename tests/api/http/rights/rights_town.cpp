#include "tests/api/http/rights/rights_town.hpp"

#include "api/http/admission.hpp"
#include "api/http/all_routes.hpp"
#include "api/http/problem.hpp"
#include "api/mail/mailer.hpp"
#include "api/mail/outbox_worker.hpp"
#include "api/people/sessions.hpp"

#include <chrono>
#include <stop_token>
#include <string_view>
#include <variant>

namespace creneau::http {

namespace {

using nlohmann::json;
using people::TownId;

constexpr auto kPdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

class TakingMailer final : public mail::Mailer {
  public:
    tl::expected<void, mail::SendError> send(const mail::Envelope&, std::string_view,
                                             std::stop_token) override {
        return {};
    }
};

/// Refuses every code: letters that carry one cannot be drawn here.
tl::expected<qr::PassBytes, mail::PassRefusal> sign_nothing(std::int64_t) {
    return tl::unexpected(mail::PassRefusal{mail::PassFault::unavailable, "no signer"});
}

std::string at(const std::string& path, std::int64_t id) {
    return "/api/v1/" + path + "/" + std::to_string(id);
}

json slot_of(std::int64_t room, const std::string& date) {
    return {{"room_id", room},
            {"start", date + "T18:30"},
            {"end", date + "T20:30"},
            {"attendees", 12},
            {"purpose", "Répétition secrète"}};
}

json with(json body, const json& more) {
    body.update(more);
    return body;
}

}  // namespace

RightsTown::RightsTown() : FilledTown(store::Engine::sqlite), readers_(database_.database(), 1) {
    add_people();
    ours_ = things_of({.town = booking::kTown,
                       .office = 1,
                       .owner = 2,
                       .peer = 3,
                       .stage = 24,
                       .room = 1,
                       .association = 1,
                       .site = 1});
    give_departments();
    theirs_ = things_of({.town = booking::kOtherTown,
                         .office = 9,
                         .owner = 10,
                         .peer = 11,
                         .stage = 12,
                         .room = 9,
                         .association = 9,
                         .site = 9});
}

std::vector<Route> RightsTown::routes() const {
    return all_routes(signer_, accounts_, papers_, nullptr, ledger_).all();
}

Request RightsTown::request_of(TownId town, const std::string& token, const Asked& asked) {
    Request request;
    request.method = asked.method;
    request.path = asked.path;
    request.query = asked.query;
    if (!asked.body.is_null()) {
        request.body = asked.body.dump();
    }
    if (!asked.file.empty()) {
        request.body = asked.file;
        request.headers.emplace_back("content-type", "application/pdf");
    }
    request.town = town;
    request.now = booking::kNow;
    request.language = Language::en;
    request.client = "192.0.2.7";
    if (!token.empty()) {
        request.session_token = token;
        if (auto found = people::find_signed_in(*session_, town, token, booking::kNow)) {
            request.person = std::move(found->person);
            request.session = found->session;
        }
    }
    return request;
}

Response RightsTown::run(const Request& asked, bool kept) {
    const auto routes = all_routes(signer_, accounts_, papers_, nullptr, ledger_);
    Request request = asked;
    const auto found = routes.find(request);
    if (found.route == nullptr) {
        ADD_FAILURE() << "no route for " << request.method << ' ' << request.path;
        return {};
    }
    if (found.route->access == Access::signed_in && !request.person) {
        return not_signed_in(request);  // as the dispatcher does (server_test.cpp)
    }
    if (const auto* plain = std::get_if<PlainHandler>(&found.route->handler)) {
        return (*plain)(request);
    }
    if (const auto* read = std::get_if<ReadHandler>(&found.route->handler)) {
        return (*read)(request, *session_);
    }
    const auto* slow = std::get_if<SlowHandler>(&found.route->handler);
    auto step = slow != nullptr ? (*slow)(request, readers_)
                                : std::get<StepHandler>(found.route->handler)(request);
    if (auto* response = std::get_if<Response>(&step)) {
        return std::move(*response);
    }
    session_->execute("BEGIN IMMEDIATE");
    auto result = std::get<Work>(step)(*session_);
    session_->execute(kept ? "COMMIT" : "ROLLBACK");
    return result ? *std::move(result) : std::move(result).error();
}

Response RightsTown::answer(const std::string& token, const Asked& asked) {
    return run(request_of(booking::kTown, token, asked), false);
}

Response RightsTown::answer_unproved(const std::string& token, const Asked& asked) {
    auto request = request_of(booking::kTown, token, asked);
    request.now += std::chrono::minutes(11);
    return run(request, false);
}

Response RightsTown::answer_by_token(const std::string& secret, const Asked& asked) {
    auto request = request_of(booking::kTown, "", asked);
    request.bearer_token = secret;
    const auto routes = all_routes(signer_, accounts_, papers_, nullptr, ledger_);
    const auto* const route = routes.find(request).route;
    if (route != nullptr && route->kind != Kind::plain) {
        if (auto refusal = refuse_entry(*session_, writer_, *route, request)) {
            return *std::move(refusal);
        }
    }
    return run(request, false);
}

json RightsTown::made(const Maker& maker, const std::string& token, const Asked& asked) {
    const auto response = run(request_of(maker.town, token, asked), true);
    EXPECT_LT(response.status, 300) << asked.method << ' ' << asked.path << '\n' << response.body;
    return response.body.empty() ? json() : json::parse(response.body);
}

Things RightsTown::things_of(const Maker& who) {
    Maker maker = who;
    maker.owner_token = signed_in(maker.town, maker.owner);
    maker.office_token = signed_in(maker.town, maker.office);
    maker.peer_token = signed_in(maker.town, maker.peer);
    Things things;
    things.ids = {{"room", maker.room},    {"association", maker.association},
                  {"site", maker.site},    {"owner", maker.owner},
                  {"peer", maker.peer},    {"stage", maker.stage},
                  {"office", maker.office}};
    make_bookings(maker, things);
    make_claims(maker, things);
    make_rounds(maker, things);
    make_papers(maker, things);
    make_organisations(maker, things);
    make_privacy(maker, things);
    print_letters(maker, things);
    return things;
}

void RightsTown::make_bookings(const Maker& maker, Things& things) {
    const json mine{{"association_id", maker.association}};
    const auto book = [&](const std::string& date) {
        return made(maker, maker.owner_token,
                    {"POST", "/api/v1/bookings", with(slot_of(maker.room, date), mine)})["id"];
    };
    things.ids["pending"] = book("2026-12-05");
    things.ids["approved"] = book("2026-12-08");
    made(maker, maker.office_token,
         {"POST", at("bookings", things["approved"]) + "/approve", json::object()});
    const auto passes =
        made(maker, maker.owner_token, {"GET", at("bookings", things["approved"]) + "/passes"});
    things.ids["pass"] = passes["items"][0]["id"];
    const json series = with(mine, {{"room_id", maker.room},
                                    {"pattern", "weekly"},
                                    {"weekdays", {"monday"}},
                                    {"first_date", "2027-02-01"},
                                    {"count", 3},
                                    {"start_time", "18:30"},
                                    {"end_time", "20:30"},
                                    {"attendees", 12},
                                    {"purpose", "Répétition secrète"}});
    things.ids["series"] = made(maker, maker.owner_token, {"POST", "/api/v1/series", series})["id"];
    // Its first date is taken when it is asked for, and free again afterwards.
    const auto taken = made(maker, maker.peer_token,
                            {"POST", "/api/v1/bookings", slot_of(maker.room, "2027-02-12")})["id"];
    things.ids["skipping"] = made(maker, maker.owner_token,
                                  {"POST", "/api/v1/series",
                                   with(series, {{"weekdays", {"friday"}},
                                                 {"first_date", "2027-02-12"},
                                                 {"conflicts", "skip"}})})["id"];
    made(maker, maker.peer_token, {"POST", at("bookings", taken) + "/cancel", json::object()});
}

void RightsTown::make_claims(const Maker& maker, Things& things) {
    const json mine{{"association_id", maker.association}};
    for (const std::string day : {"2026-12-15", "2026-12-16"}) {
        made(maker, maker.peer_token, {"POST", "/api/v1/bookings", slot_of(maker.room, day)});
    }
    things.ids["wait"] =
        made(maker, maker.owner_token,
             {"POST", "/api/v1/waiting-list", with(slot_of(maker.room, "2026-12-15"), mine)})["id"];
    things.ids["hold"] =
        made(maker, maker.office_token,
             {"POST", "/api/v1/holds",
              with(with(slot_of(maker.room, "2026-12-12"), mine),
                   {{"booker_id", maker.owner}, {"until", "2026-11-28T12:00"}})})["id"];
    things.ids["closure"] = made(maker, maker.office_token,
                                 {"POST",
                                  "/api/v1/closures",
                                  {{"room_id", maker.room},
                                   {"kind", "works"},
                                   {"reason", "Travaux"},
                                   {"start", "2026-12-20T08:00"},
                                   {"end", "2026-12-21T08:00"},
                                   {"meets", "refuse"}}})["id"];
    const auto feed =
        made(maker, maker.owner_token, {"POST", "/api/v1/feeds", {{"kind", "person"}}});
    things.ids["feed"] = feed["id"];
    things.feed_path = feed["path"];
    things.ids["token"] = made(maker, maker.owner_token,
                               {"POST",
                                "/api/v1/me/tokens",
                                {{"name", "Hall"},
                                 {"scopes", {"schedule:read"}},
                                 {"expires_at", "2027-01-01T00:00:00Z"}}})["id"];
    things.ids["subscription"] = made(maker, maker.office_token,
                                      {"POST",
                                       "/api/v1/subscriptions",
                                       {{"service", "Chauffage"},
                                        {"email", "chauffage@example.org"},
                                        {"changes", {"approved"}}}})["id"];
    things.ids["delegation"] = made(
        maker, maker.office_token,
        {"POST",
         "/api/v1/delegations",
         {{"delegate_id", maker.stage}, {"from", "2027-05-01"}, {"until", "2027-05-02"}}})["id"];
    const std::string session = "SELECT MAX(id) FROM sessions WHERE person_id = ";
    things.ids["session"] = number(session + std::to_string(maker.owner));
    const std::string role =
        "SELECT MIN(id) FROM person_roles WHERE role = 'office' AND town_id = ";
    things.ids["role"] = number(role + std::to_string(static_cast<std::int64_t>(maker.town)));
}

void RightsTown::make_rounds(const Maker& maker, Things& things) {
    const auto office = [&](const std::string& path, const json& body) {
        return made(maker, maker.office_token, {"POST", path, body});
    };
    const json round{
        {"name", "Saison"},
        {"wishes_from", "2026-11-21"},
        {"wishes_until", "2026-11-30"},
        {"season_first", "2027-03-01"},
        {"season_last", "2027-03-28"},
        {"criteria", json::array({{{"kind", "every_wish"}, {"text", "Chacun"}, {"weight", 10}}})}};
    const json wish{{"association_id", maker.association},
                    {"weekday", "tuesday"},
                    {"start_time", "18:30"},
                    {"end_time", "20:30"},
                    {"room_ids", {maker.room}},
                    {"attendees", 12},
                    {"purpose", "Répétition"}};
    for (const std::string word : {"draft", "open", "closed", "proposed"}) {
        const auto id = office("/api/v1/rounds", round)["id"].get<std::int64_t>();
        things.ids[word] = id;
        if (word == "draft") {
            continue;
        }
        office(at("rounds", id) + "/open", json::object());
        const auto stated =
            made(maker, maker.owner_token, {"POST", at("rounds", id) + "/wishes", wish})["id"];
        things.ids[word + "_wish"] = stated;
        if (word == "open") {
            continue;
        }
        office(at("rounds", id) + "/close", json::object());
        if (word == "closed") {
            made(maker, maker.office_token,
                 {"PUT",
                  at("rounds", id) + "/wishes/" + stated.dump() + "/settled",
                  {{"gets_nothing", true}, {"reason", "Travaux"}}});
        } else {
            office(at("rounds", id) + "/propose", json::object());
        }
    }
}

void RightsTown::make_organisations(const Maker& maker, Things& things) {
    const auto office = [&](const std::string& method, const std::string& path, const json& body) {
        return made(maker, maker.office_token, {method, "/api/v1/" + path, body});
    };
    things.ids["department"] = office("POST", "departments", {{"name", "Culture"}})["id"];
    office("PUT", "staff/" + std::to_string(maker.office),
           {{"department_id", things["department"]}, {"from_date", "2026-01-01"}});
    things.ids["duty"] = office(
        "POST", "duties",
        {{"person_id", maker.office}, {"word", "Accueil"}, {"from_date", "2026-01-01"}})["id"];
    make_movements(maker, things);
    const auto members = at("associations", maker.association) + "/members";
    things.ids["member"] =
        made(maker, maker.owner_token, {"POST", members, {{"name", "Une choriste"}}})["id"];
    made(maker, maker.owner_token,
         {"PUT", at("passes", things["pass"]) + "/holder", {{"name", "Une choriste"}}});
    made(maker, maker.office_token,
         {"PUT", at("papers", things["paper"]) + "/file", nullptr, {}, kPdf});
}

void RightsTown::print_letters(const Maker& maker, Things& things) {
    TakingMailer mailer;
    const auto town = static_cast<std::int64_t>(maker.town);
    mail::OutboxWorker worker({.writer = writer_,
                               .readers = readers_,
                               .mailer = mailer,
                               .sign_pass = sign_nothing,
                               .now = [] { return booking::kNow; },
                               .jitter = [] { return 0.5; }},
                              {.town_id = town, .from = "salles@example.org"});
    worker.run_due();
    const auto letters = made(maker, maker.office_token, {"GET", "/api/v1/letters"})["items"];
    for (const auto& letter : letters) {
        if (letter["template"] != "booking_received") {
            continue;
        }
        if (!things.ids.contains("letter")) {
            things.ids["letter"] = letter["id"];
        } else if (!things.ids.contains("bounced")) {
            things.ids["bounced"] = letter["id"];
            session_->execute("UPDATE outbox SET state = 'bounced' WHERE id = " +
                              letter["id"].dump());
        }
    }
}

}  // namespace creneau::http
