#include "api/http/association_routes.hpp"
#include "api/http/people_routes.hpp"
#include "api/http/staff_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace creneau::http {
namespace {

using booking::kAlex;
using booking::kCamille;
using booking::kDominique;
using booking::kOffice;
using nlohmann::json;

class OrganisationRoutes : public CalledRoutes {
  protected:
    OrganisationRoutes() {
        add_association_routes(routes_);
        add_people_routes(routes_);
        add_staff_routes(routes_);
        if (GetParam() == store::Engine::postgresql) {
            // The town's rows brought their own ids.
            session_->execute(
                "ALTER TABLE associations ALTER COLUMN id RESTART WITH 100;"
                "ALTER TABLE people ALTER COLUMN id RESTART WITH 100");
        }
        session_->execute(
            "INSERT INTO associations (id, town_id, key, name, email)"
            " VALUES (9, 2, 'autre', 'Autre', '');"
            "INSERT INTO people (id, town_id, key, name, email, locale)"
            " VALUES (7, 1, 'it', 'Noa', 'noa@example.org', 'fr');"
            "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 7, 'administrator');"
            "INSERT INTO booker_groups (id, town_id, key, name) VALUES (1, 1, 'sport', 'Sport')");
    }
    static std::string etag(const Response& response) {
        const auto found = std::ranges::find(response.headers, "ETag",
                                             &std::pair<std::string, std::string>::first);
        return found == response.headers.end() ? "" : found->second;
    }

    static constexpr booking::PersonId kNoa{7};
};
CRENEAU_ON_BOTH_ENGINES(OrganisationRoutes);

TEST_P(OrganisationRoutes, KeepAssociationsForTheOffice) {
    const auto made = expect(201, kOffice, "POST", "/api/v1/associations",
                             {{"name", "Club d'échecs"},
                              {"declaration", "W931234567"},
                              {"groups", {"sport"}},
                              {"phone", "01 48 12 34 56"}});
    EXPECT_EQ(made["groups"], json::array({"sport"}));
    const auto path = "/api/v1/associations/" + made["id"].dump();
    const auto changed = expect(200, kOffice, "PATCH", path, {{"email", "club@example.org"}});
    EXPECT_EQ(changed["name"], "Club d'échecs") << "what is left out stays";
    EXPECT_EQ(changed["groups"], json::array({"sport"}));
    expect(200, kOffice, "PUT", path + "/managers/3");
    EXPECT_EQ(expect(200, kDominique, "GET", path)["managers"][0]["person_id"], 3);
    expect(200, kOffice, "DELETE", path + "/managers/3");
    expect(404, kDominique, "GET", path);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE subject_kind = 'association'"), 4);
    const auto found =
        expect(200, kOffice, "GET", "/api/v1/associations", nullptr, {{"q", "CLUB"}});
    ASSERT_EQ(found["items"].size(), 1U);
    EXPECT_EQ(expect(200, kOffice, "GET", "/api/v1/associations", nullptr, {{"q", "%"}})["items"],
              json::array());
    const auto page =
        expect(200, kOffice, "GET", "/api/v1/associations", nullptr, {{"limit", "2"}});
    EXPECT_EQ(page["next"], "2");
}

TEST_P(OrganisationRoutes, AreClosedToOtherAssociationsAndTowns) {
    for (const auto person : {kAlex, kDominique}) {
        expect(404, person, "GET", "/api/v1/associations/1");
        expect(404, person, "PATCH", "/api/v1/associations/1", {{"name", "x"}});
        expect(403, person, "GET", "/api/v1/associations");
        expect(403, person, "POST", "/api/v1/associations", {{"name", "x"}});
        expect(403, person, "GET", "/api/v1/people");
        expect(403, person, "POST", "/api/v1/people", {{"name", "x"}});
        expect(404, person, "GET", "/api/v1/people/2");
        expect(403, person, "PATCH", "/api/v1/people/2", {{"name", "x"}});
        expect(403, person, "GET", "/api/v1/staff");
        expect(403, person, "GET", "/api/v1/departments");
        expect(403, person, "GET", "/api/v1/duties");
    }
    expect(404, kAlex, "PUT", "/api/v1/associations/1/managers/4");
    expect(403, kCamille, "PATCH", "/api/v1/associations/1", {{"name", "x"}});
    expect(403, kCamille, "PUT", "/api/v1/associations/1/managers/3");
    for (const auto* path : {"/api/v1/associations/9", "/api/v1/people/9"}) {
        expect(404, kOffice, "GET", path);
        expect(404, kOffice, "PATCH", path, {{"name", "x"}});
    }
    expect(404, kOffice, "PUT", "/api/v1/associations/1/managers/9");
    expect(404, kOffice, "PUT", "/api/v1/associations/9/managers/2");
    expect(200, kCamille, "GET", "/api/v1/associations/1");
    expect(200, kDominique, "GET", "/api/v1/people/3");
}

TEST_P(OrganisationRoutes, RefuseFieldsThatAreNotTheirsByName) {
    for (const auto& body : std::vector<json>{{{"roles", {"office"}}},
                                              {{"town_id", 2}},
                                              {{"id", 1}},
                                              {{"key", "x"}},
                                              {{"password", "x"}},
                                              {{"has_email", false}},
                                              {{"version", 1}}}) {
        const auto errors = expect(422, kOffice, "PATCH", "/api/v1/people/3", body)["errors"];
        EXPECT_EQ(errors[0]["field"], '/' + body.begin().key());
        expect(422, kOffice, "PATCH", "/api/v1/associations/1", body);
    }
    const auto errors =
        expect(422, kOffice, "POST", "/api/v1/people",
               {{"name", " "}, {"email", "nobody"}, {"phone", "call"}, {"locale", "de"}})["errors"];
    expect(422, kOffice, "POST", "/api/v1/people",
           {{"name", "x"}, {"email", "x@example.org\r\nBcc: y@example.org"}});
    EXPECT_EQ(errors.size(), 4U) << "all at once";
    EXPECT_EQ(number("SELECT COUNT(*) FROM person_roles WHERE person_id = 3"), 1);
    expect(200, kOffice, "PATCH", "/api/v1/people/3", {{"phone", "01"}});
}

TEST_P(OrganisationRoutes, LetAnAdministratorAloneChangeStaff) {
    expect(403, kOffice, "PATCH", "/api/v1/people/7", {{"email", "mine@example.org"}});
    expect(403, kOffice, "PATCH", "/api/v1/people/1", {{"email", "mine@example.org"}});
    expect(200, kNoa, "PATCH", "/api/v1/people/1", {{"phone", "01"}});
}

TEST_P(OrganisationRoutes, TellTheAddressThatWasSomebodysOfAnotherOne) {
    now_ += std::chrono::minutes(10);
    const json moved{{"email", "accueil@le-pre.example.org"}};
    EXPECT_EQ(expect(403, kNoa, "PATCH", "/api/v1/people/1", moved)["code"], "proof_needed");
    expect(200, kNoa, "PATCH", "/api/v1/people/1", {{"phone", "01"}});
    for (const json& way_in :
         std::vector<json>{{{"email", "domi@example.org"}}, {{"enabled", false}}}) {
        EXPECT_EQ(expect(403, kOffice, "PATCH", "/api/v1/people/3", way_in)["code"], "proof_needed")
            << "of a booker as well: " << way_in;
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM passing_addresses"), 0);
    proved_at_ = now_;
    expect(200, kNoa, "PATCH", "/api/v1/people/1", moved);
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox o JOIN passing_addresses h ON h.outbox_id = o.id"
                     " WHERE o.template = 'account_address_changed' AND o.person_id = 1"
                     " AND h.address = 'bureau@le-pre.example.org'"),
              1);
}

TEST_P(OrganisationRoutes, SignOutWhomTheyDisable) {
    session_->execute(
        "INSERT INTO sessions (token_hash, town_id, person_id, device, created_at, seen_at, "
        "ends_at,"
        " proved_at) VALUES ('a', 1, 3, 'unknown', 0, 0, 9000000000, 0),"
        " ('b', 1, 2, 'unknown', 0, 0, 9000000000, 0)");
    expect(200, kOffice, "PATCH", "/api/v1/people/3", {{"phone", "01"}});
    EXPECT_EQ(number("SELECT COUNT(*) FROM sessions"), 2);
    expect(200, kOffice, "PATCH", "/api/v1/people/3", {{"enabled", false}});
    EXPECT_EQ(number("SELECT COUNT(*) FROM sessions WHERE person_id = 3"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM sessions"), 1);
}

TEST_P(OrganisationRoutes, RefuseAStaleChangeAndATakenAddress) {
    const auto read = call(kOffice, "GET", "/api/v1/people/3");
    Call first{kOffice, "PATCH", "/api/v1/people/3", {{"phone", "01"}}, {{"if-match", etag(read)}}};
    EXPECT_EQ(call(first).status, 200);
    EXPECT_EQ(call(first).status, 412);
    const auto taken = expect(422, kOffice, "PATCH", "/api/v1/people/3",
                              {{"email", "Camille@Example.org"}})["errors"];
    EXPECT_EQ(codes_of(taken), std::vector<std::string>{"email_taken"});
}

TEST_P(OrganisationRoutes, KeepSomebodyNewWhoMayBookAndMayHaveNoAddress) {
    const auto made = expect(201, kOffice, "POST", "/api/v1/people", {{"name", "Rose Durand"}});
    EXPECT_EQ(made["email"], nullptr);
    EXPECT_EQ(made["roles"], json({"booker"}));
    const auto path = "/api/v1/people/" + made["id"].dump();
    EXPECT_EQ(expect(200, kOffice, "PATCH", path, {{"email", "Rose@Example.org"}})["email"],
              "rose@example.org");
    EXPECT_EQ(expect(200, kOffice, "PATCH", path, {{"email", ""}})["email"], nullptr);
}

TEST_P(OrganisationRoutes, ShowAnAssociationsMembersToItsManagersOnly) {
    const std::string members = "/api/v1/associations/1/members";
    const auto made = expect(201, kCamille, "POST", members, {{"name", "Sacha"}});
    EXPECT_EQ(expect(200, kCamille, "GET", members)["items"][0]["name"], "Sacha");
    for (const auto stranger : {kOffice, kNoa, kAlex, kDominique}) {
        expect(404, stranger, "GET", members);
        expect(404, stranger, "POST", members, {{"name", "x"}});
        expect(404, stranger, "DELETE", members + '/' + made["id"].dump());
    }
    expect(404, kAlex, "DELETE", "/api/v1/associations/2/members/" + made["id"].dump());
    expect(204, kCamille, "DELETE", members + '/' + made["id"].dump());
    EXPECT_EQ(number("SELECT COUNT(*) FROM association_members"), 0);
}

TEST_P(OrganisationRoutes, TakeADisabledAssociationFromItsManagers) {
    expect(200, kOffice, "PATCH", "/api/v1/associations/1", {{"enabled", false}});
    expect(404, kCamille, "GET", "/api/v1/associations/1");
    EXPECT_FALSE(request(wish()));
    expect(200, kOffice, "PATCH", "/api/v1/associations/1", {{"enabled", true}});
    EXPECT_TRUE(request(wish()));
}

TEST_P(OrganisationRoutes, SayWhereStaffWorkAndWhatFor) {
    const auto department =
        expect(201, kOffice, "POST", "/api/v1/departments", {{"name", "Vie associative"}});
    expect(422, kOffice, "POST", "/api/v1/departments", {{"name", "Vie associative"}});
    const json wanted{
        {"department_id", department["id"]}, {"line_manager_id", 1}, {"from_date", "2026-12-01"}};
    expect(422, kOffice, "POST", "/api/v1/duties",
           {{"person_id", 7}, {"word", "Régie"}, {"from_date", "2026-12-01"}});
    const auto staff = expect(200, kOffice, "PUT", "/api/v1/staff/7", wanted);
    EXPECT_EQ(staff["until_date"], nullptr);
    auto over = wanted;
    over["until_date"] = "2026-11-30";
    over["line_manager_id"] = 7;
    const auto errors = expect(422, kOffice, "PUT", "/api/v1/staff/7", over)["errors"];
    EXPECT_EQ(codes_of(errors), (std::vector<std::string>{"end_before_start", "own_manager"}));
    auto foreign = wanted;
    foreign["line_manager_id"] = 9;
    expect(422, kOffice, "PUT", "/api/v1/staff/7", foreign);
    expect(422, kOffice, "PUT", "/api/v1/staff/9", wanted);
    const auto duty = expect(201, kOffice, "POST", "/api/v1/duties",
                             {{"person_id", 7}, {"word", "Régie"}, {"from_date", "2026-12-01"}});
    EXPECT_EQ(expect(200, kOffice, "GET", "/api/v1/duties", nullptr, {{"person_id", "7"}})["items"]
                  .size(),
              1U);
    expect(204, kOffice, "DELETE", "/api/v1/duties/" + duty["id"].dump());
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action IN ('staff_made', 'duty_added',"
                     " 'duty_removed') AND for_id = 7"),
              3);
}

}  // namespace
}  // namespace creneau::http
