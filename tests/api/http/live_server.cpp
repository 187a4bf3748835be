#include "tests/api/http/live_server.hpp"

#include "api/http/account_routes.hpp"
#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/second_factor_routes.hpp"
#include "api/http/session_routes.hpp"
#include "api/http/token_routes.hpp"
#include "api/people/account_code_store.hpp"
#include "api/people/account_codes.hpp"
#include "api/people/asked_codes.hpp"
#include "api/people/session_store.hpp"
#include "api/people/set_password.hpp"
#include "tests/support/breached_list.hpp"

#include <utility>

#include <nlohmann/json.hpp>
#include <soci/soci.h>

namespace creneau::http {

namespace {

constexpr people::TownId kTown{1};

Response text(const Request& request) {
    return json_response(200, {{"path", request.path}, {"body", request.body}});
}

using Answered = tl::expected<Response, Response>;

Step create_thing(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto name = fields.text("name", 20);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([name](store::Session& session) -> Answered {
        session.execute("INSERT INTO associations (town_id, key, name, email) VALUES (1, '" + name +
                        "', '" + name + "', 'a@example.org')");
        return created("/things/" + name, {{"name", name}});
    });
}

}  // namespace

void Gate::pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    opened_.wait(lock, [this] { return open_; });
    --waiting_;
}

void Gate::open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    opened_.notify_all();
}

LiveServer::LiveServer(store::Engine engine, store::WriterLimits limits) : database_(engine) {
    add_person();
    readers_ = std::make_unique<store::Readers>(database_.database(), 4);
    writer_ = std::make_unique<store::Writer>(
        database_.database(), store::WriterOptions{.limits = limits, .town_id = {}, .report = {}});
    ServerSettings settings;
    settings.town = kTown;
    settings.slow_threads = 2;
    settings.slow_queued = 8;
    settings.clock = [this] { return now(); };
    settings.after_commit = [this] { ++commits; };
    server_ = std::make_unique<Server>(settings, routes(), *readers_, *writer_);
    server_->start();
}

LiveServer::~LiveServer() {
    gate.open();
    server_.reset();
}

void LiveServer::add_person() {
    auto session = database_.open();
    session.execute(
        "INSERT INTO towns (id, key, name, time_zone, service, email, phone)"
        " VALUES (1, 'le-pre', 'Le Pré', 'Europe/Paris', 'Vie associative', 'salles@example.org',"
        " '+33 1 00 00 00 00');"
        "INSERT INTO people (id, town_id, key, name, email, locale)"
        " VALUES (7, 1, 'amelie', 'Amélie Roche', 'amelie@example.org', 'fr'),"
        " (8, 1, 'nils', 'Nils Orr', 'nils@example.org', 'en');"
        "INSERT INTO associations (id, town_id, key, name, email)"
        " VALUES (300, 1, 'jeu', 'Les Amis du Jeu', 'jeu@example.org');"
        "INSERT INTO association_managers (town_id, association_id, person_id) VALUES (1, 300, 7);"
        "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 7, 'booker')");
    const auto done =
        people::set_password(session, {kTown, kEmail, kPassword, kNow, &support::breached_list()});
    if (!done) {
        throw std::runtime_error(people::explain(done.error()));
    }
}

Routes LiveServer::routes() {
    Routes routes;
    const auto noted = [this](const Request& request) {
        note(request);
        return text(request);
    };
    const auto slow = [this, noted](const Request& request, store::Readers&) -> Step {
        auto answer = noted(request);
        gate.pass();
        return answer;
    };
    routes.plain("GET", "/plain", noted);
    routes.read(
        "GET", "/read", [noted](const Request& request, store::Session&) { return noted(request); },
        Access::anyone);
    routes.read("GET", "/whoami", [](const Request& request, store::Session&) {
        return json_response(200, {{"email", request.signed_in().email}});
    });
    const auto whoever = [](const Request& request, store::Session&) {
        return json_response(200, {{"email", request.person ? request.person->email : ""}});
    };
    routes.read("GET", "/api/v1/bookings", whoever);
    routes.read("GET", "/api/v1/schedule", whoever, Access::anyone);
    routes.write("POST", "/api/v1/bookings", [noted](const Request& request) -> Step {
        return Work([answer = noted(request)](store::Session&) -> Answered { return answer; });
    });
    add_token_routes(routes);
    routes.plain("GET", "/large", [this](const Request& request) {
        note(request);
        return json_response(200, std::string(500 * 1000, 'x'));
    });
    routes.plain("GET", "/too-large",
                 [](const Request&) { return json_response(200, std::string(600 * 1024, 'x')); });
    routes.plain("GET", "/throws",
                 [](const Request&) -> Response { throw std::runtime_error("a secret"); });
    routes.write(
        "POST", "/echo",
        [noted](const Request& request) -> Step {
            return Work([answer = noted(request)](store::Session&) -> Answered { return answer; });
        },
        Access::anyone);
    routes.write(
        "POST", "/refused",
        [](const Request&) -> Step {
            return Work([](store::Session&) -> Answered {
                return tl::unexpected(json_response(409, {{"code", "refused"}}));
            });
        },
        Access::anyone);
    routes.write(
        "POST", "/held",
        [this, noted](const Request& request) -> Step {
            return Work([this, answer = noted(request)](store::Session&) -> Answered {
                gate.pass();
                return answer;
            });
        },
        Access::anyone);
    routes.write(
        "POST", "/lost",
        [noted](const Request& request) -> Step {
            return Work([answer = noted(request)](store::Session& session) -> Answered {
                session.execute("ROLLBACK");
                return answer;
            });
        },
        Access::anyone);
    routes.write_with_query("POST", "/asked",
                            [noted](const Request& request) -> Step { return noted(request); });
    routes.slow("GET", "/slow", slow, Access::anyone);
    routes.slow("POST", "/slow", slow, Access::anyone);
    routes.create("/things", create_thing);
    add_service_routes(routes);
    add_session_routes(routes, {key_, &support::breached_list()});
    add_account_routes(routes, {key_, &support::breached_list()});
    add_second_factor_routes(routes, {key_, &support::breached_list()});
    return routes;
}

std::string LiveServer::mail_code(people::CodeKind kind, people::PersonId person) {
    auto session = database_.open();
    return people::letters_of(key_, kTown, people::mail_code(session, kTown, person, kind, now()));
}

std::string LiveServer::asked_code(people::CodeKind kind) {
    people::answer_code_requests(*readers_, *writer_, kTown, now());
    auto session = database_.open();
    const auto codes = people::find_newest_codes(session, kTown, people::PersonId{7}, kind);
    return codes.empty() ? "" : people::letters_of(key_, kTown, codes.front());
}

void LiveServer::employ_nils() {
    auto session = database_.open();
    session.execute(
        "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 8, 'administrator')");
    const auto done = people::set_password(
        session, {kTown, kEmailOfNils, kPassword, kNow, &support::breached_list()});
    if (!done) {
        throw std::runtime_error(people::explain(done.error()));
    }
}

std::chrono::sys_seconds LiveServer::proved_at() {
    auto session = database_.open();
    const people::SessionOwner owner{kTown, people::PersonId{7}};
    return people::find_sessions_of(session, owner, now(), {}).at(0).proved_at;
}

std::int64_t LiveServer::lines_of_security(const std::string& where, std::int64_t least) {
    auto session = database_.open();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    std::int64_t count = 0;
    do {
        (void)writer_->run([](store::Session&) -> tl::expected<bool, bool> { return true; });
        session.sql() << "SELECT COUNT(*) FROM audit WHERE log = 'security' AND " + where,
            soci::into(count);
    } while (count < least && std::chrono::steady_clock::now() < deadline);
    return count;
}

void LiveServer::note(const Request& request) {
    const std::lock_guard lock(mutex_);
    handled_.push_back(request.method + ' ' + request.path);
}

std::vector<std::string> LiveServer::handled() const {
    const std::lock_guard lock(mutex_);
    return handled_;
}

std::string LiveServer::request(const std::string& method, const std::string& path,
                                const std::string& headers, const std::string& body) const {
    auto text = method + ' ' + path + " HTTP/1.1\r\nHost: " + host() + "\r\nOrigin: http://" +
                host() + "\r\n" + headers;
    if (!body.empty()) {
        text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n";
    }
    return text + "\r\n" + body;
}

}  // namespace creneau::http
