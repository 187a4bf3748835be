#include "tests/api/http/rights/asked_routes.hpp"
#include "tests/api/http/rights/asking.hpp"
#include "tests/api/http/rights/rights_town.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using nlohmann::json;

/// Written by hand: what a session that somebody left open, or stole, does not do any more ten
/// minutes after its last proof.
const std::set<std::string> kWantAProof{
    "POST /api/v1/me/tokens",
    "POST /api/v1/me/totp",
    "POST /api/v1/me/totp/confirm",
    "POST /api/v1/me/recovery-codes",
    "GET /api/v1/me/export",
    "DELETE /api/v1/people/{id}/totp",
    "DELETE /api/v1/people/{id}/sessions",
    "POST /api/v1/delegations",
    "POST /api/v1/subscriptions",
    "POST /api/v1/roles",
    "DELETE /api/v1/roles/{id}",
    "PUT /api/v1/associations/{id}/managers/{person_id}",
    "POST /api/v1/people/{id}/erase",
    "PUT /api/v1/people/{id}/restriction",
    "PUT /api/v1/retention",
    "GET /api/v1/people/{id}/export",
    "POST /api/v1/confirmations",
    "POST /api/v1/confirmations/{id}/confirm",
    "POST /api/v1/staff/arrivals",
    "POST /api/v1/staff/{id}/departure",
    "PATCH /api/v1/staff/movements/{id}",
    "DELETE /api/v1/staff/movements/{id}",
    "POST /api/v1/badges",
    "POST /api/v1/door-agents/{id}/enrolment-code",
    "POST /api/v1/door-agents/{id}/confirm",
    "POST /api/v1/door-agents/{id}/revoke",
    "POST /api/v1/doors/{id}/enable",
    "POST /api/v1/doors/{id}/open",
    "POST /api/v1/doors/{id}/free-access",
    "POST /api/v1/sites/{id}/lockdown/end",
};

class Proofs : public testing::Test, protected RightsTown {
  protected:
    bool is_refused(const std::string& person, const AskedRoute& asked) {
        const auto response = answer_unproved(tokens().at(person), asked.ask(ours()));
        return response.status == 403 &&
               response.body.find("\"code\":\"proof_needed\"") != std::string::npos;
    }
    bool is_done(const std::string& person, const AskedRoute& asked) {
        return answer(tokens().at(person), asked.ask(ours())).status < 300;
    }
    /// Whether somebody may do it, and needs a fresh proof for that.
    bool wants_a_proof(const AskedRoute& asked) {
        for (const std::string person : {"peer", "office", "admin", "access", "hr"}) {
            if (is_refused(person, asked)) {
                return true;
            }
        }
        return false;
    }
};

TEST_F(Proofs, AreWantedByEachRouteOfTheListAndByNoOther) {
    std::set<std::string> wanting;
    for (const auto& asked : asked_routes()) {
        if (wants_a_proof(asked)) {
            wanting.insert(asked.route);
        }
    }
    EXPECT_EQ(wanting, kWantAProof);
}

TEST_F(Proofs, AreWantedForEachWayIntoAnAccount) {
    const std::string change = "PATCH /api/v1/people/{id}";
    const std::string invite = "POST /api/v1/invitations";
    const auto of_staff = [](const Things& things) { return json{{"person_id", things["stage"]}}; };
    struct Case {
        std::string person;
        AskedRoute asked;
    };
    const std::vector<Case> cases{
        {"office", on(change, "peer", {{"email", "other@example.org"}})},
        {"office", on(change, "peer", {{"enabled", false}})},
        {"admin", on(change, "office", {{"email", "other@example.org"}})},
        {"admin", on(change, "stage", {{"enabled", false}})},
        {"admin", sending(invite, of_staff)},
    };
    for (const auto& [person, asked] : cases) {
        EXPECT_TRUE(is_refused(person, asked)) << person << ": " << asked.route;
        EXPECT_TRUE(is_done(person, asked)) << person << ": " << asked.route;
    }
    EXPECT_FALSE(is_refused("office", on(change, "peer", {{"phone", "06 00 00 00 00"}})));
}

}  // namespace
}  // namespace creneau::http
