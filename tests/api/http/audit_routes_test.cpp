#include "api/http/audit_routes.hpp"

#include "api/audit/audit_store.hpp"
#include "api/http/booking_routes.hpp"
#include "api/http/refusal_log.hpp"
#include "tests/api/booking/town_fixture.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <string>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kAlex;
using booking::kCamille;
using booking::kOffice;

constexpr auto kAudit = "/api/v1/audit";
constexpr auto kAdministrator = kAlex;

class AuditRoutes : public CalledRoutes {
  protected:
    AuditRoutes() {
        add_audit_routes(routes_);
        add_booking_routes(routes_);
        session_->execute(
            "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 4, 'administrator')");
    }
    nlohmann::json read(const Query& more, int status = 200,
                        booking::PersonId reader = kAdministrator) {
        Query query = more;
        query.insert(query.end(), {{"purpose", "rights_check"}});
        return expect(status, reader, "GET", kAudit, nullptr, query);
    }
};
CRENEAU_ON_BOTH_ENGINES(AuditRoutes);

TEST_P(AuditRoutes, AnAdministratorReadsWhatHappenedAndThatTheyRead) {
    const auto booking = approved();
    const auto lines = read({{"log", "activity"}})["items"];
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0]["action"], "booking_approved");
    EXPECT_EQ(lines[0]["actor_id"], 1);
    EXPECT_EQ(lines[0]["subject_id"], static_cast<std::int64_t>(booking.id));
    EXPECT_EQ(lines[0]["chained"], true);
    EXPECT_EQ(lines[1]["for_id"], nullptr);
    const auto readings = read({{"log", "security"}})["items"];
    ASSERT_EQ(readings.size(), 1U);
    EXPECT_EQ(readings[0]["action"], "audit_read");
    EXPECT_EQ(readings[0]["actor_id"], static_cast<std::int64_t>(kAdministrator));
    EXPECT_EQ(readings[0]["ground"], "rights_check");
    EXPECT_EQ(readings[0]["subject_kind"], "log.activity");
}

TEST_P(AuditRoutes, PagesAndNarrows) {
    const auto booking = approved();
    const auto first = read({{"log", "activity"}, {"limit", "1"}});
    ASSERT_TRUE(first["next"].is_string());
    const auto second = read({{"log", "activity"}, {"limit", "1"}, {"cursor", first["next"]}});
    EXPECT_EQ(second["items"][0]["action"], "booking_requested");
    EXPECT_EQ(read({{"log", "activity"}, {"cursor", second["next"]}})["next"], nullptr);
    const auto id = std::to_string(static_cast<std::int64_t>(booking.id));
    EXPECT_EQ(read({{"log", "activity"}, {"subject_kind", "booking"}, {"subject_id", id}})["items"]
                  .size(),
              2U);
    EXPECT_EQ(read({{"log", "activity"}, {"subject_kind", "person"}})["items"].size(), 0U);
    EXPECT_EQ(read({{"log", "activity"}, {"from", "2026-11-22T00:00:00Z"}})["items"].size(), 0U);
    EXPECT_EQ(text("SELECT subject_kind FROM audit WHERE action = 'audit_read'"
                   " AND subject_kind = 'booking'"),
              "booking");
}

TEST_P(AuditRoutes, NobodyElseReadsItAndNobodyWithoutAPurpose) {
    read({{"log", "activity"}}, 403, kOffice);
    read({{"log", "activity"}}, 403, kCamille);
    const auto codes = [&](const Query& query) {
        return codes_of(expect(422, kAdministrator, "GET", kAudit, nullptr, query)["errors"]);
    };
    EXPECT_EQ(codes({}), (std::vector<std::string>{"required", "required"}));
    EXPECT_EQ(codes({{"log", "all"}, {"purpose", "curiosity"}, {"subject_id", "3"}}),
              (std::vector<std::string>{"unknown_log", "unknown_purpose", "missing"}));
    EXPECT_EQ(codes({{"log", "security"}, {"purpose", "complaint"}, {"subject_kind", "A b"}}),
              (std::vector<std::string>{"not_a_code"}));
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit"), 0);
    read({{"log", "activity"}});
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit"), 1);
}

TEST_P(AuditRoutes, TheOfficeReadsWhyRulesWereSetAside) {
    const auto booking = approved();
    session_->execute(
        "INSERT INTO reasons (town_id, subject_kind, subject_id, action, at, by_id, reason) VALUES"
        " (1, 'booking', 1, 'buffers_overridden', 1795262400, 1, 'Même association'),"
        " (2, 'booking', 1, 'buffers_overridden', 1795262400, 9, 'autre ville')");
    const auto path = "/api/v1/bookings/" + std::to_string(static_cast<std::int64_t>(booking.id));
    const auto shown = expect(200, kOffice, "GET", path);
    ASSERT_EQ(shown["overrides"].size(), 1U);
    EXPECT_EQ(shown["overrides"][0]["reason"], "Même association");
    EXPECT_EQ(shown["overrides"][0]["by"]["id"], 1);
    EXPECT_FALSE(expect(200, kCamille, "GET", path).contains("overrides"));
}

TEST_P(AuditRoutes, ARefusalIsNotedOnceAMinuteForEachRoute) {
    RefusalLog refusals(writer_);
    Request request;
    request.method = "POST";
    request.town = booking::kTown;
    request.now = now_;
    request.person = people::find_person(*session_, booking::kTown, kCamille);
    for (int i = 0; i < 3; ++i) {
        refusals.note(request, "/api/v1/bookings/:id/approve", Refused::forbidden);
    }
    refusals.note(request, "/api/v1/bookings/:id/refuse", Refused::forbidden);
    request.now += std::chrono::minutes{1};
    refusals.note(request, "/api/v1/bookings/:id/approve", Refused::forbidden);
    for (int i = 0; i < 300; ++i) {
        refusals.note(request, "/api/v1/" + std::to_string(i), Refused::forbidden);
    }
    (void)writer_.run([](store::Session&) -> tl::expected<bool, bool> { return true; });
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'forbidden' AND log = 'security'"
                     " AND actor_id = 2 AND ground = 'post.bookings.:id.approve'"),
              2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit"), 2 + 200);
    EXPECT_EQ(route_code("GET", "/feeds/:token.ics"), "get.feeds.:token.ics");
    EXPECT_EQ(route_code("GET", "/" + std::string(100, 'a')).size(), 64U);
}

}  // namespace
}  // namespace creneau::http
