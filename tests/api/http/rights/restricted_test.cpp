#include "tests/api/http/rights/asked_routes.hpp"
#include "tests/api/http/rights/asking.hpp"
#include "tests/api/http/rights/rights_town.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using nlohmann::json;

/// What is kept of somebody and not used: the peer, the owner and a member of the staff.
class Restricted : public testing::Test, protected RightsTown {
  protected:
    Restricted() {
        // A paper with its file, of a person instead of an association.
        session_->execute("UPDATE papers SET holder_kind = 'person', holder_id = 3 WHERE id = " +
                          std::to_string(ours()["paper"]));
        session_->execute("UPDATE papers SET holder_kind = 'person', holder_id = 3 WHERE id IN (" +
                          std::to_string(ours()["unsent"]) + ", " +
                          std::to_string(ours()["accepted"]) + ")");
    }
    void restrict_data(bool restricted) {
        session_->execute(std::string("UPDATE people SET restricted_at = ") +
                          (restricted ? "1" : "NULL") + " WHERE id IN (1, 2, 3)");
    }
    /// Whether it is answered, and shows the thing.
    bool gets(const std::string& person, const AskedRoute& asked) {
        const auto response = answer(tokens().at(person), asked.ask(ours()));
        return response.status < 300 &&
               (!asked.shows || response.body.find(asked.shows(ours())) != std::string::npos);
    }
};

TEST_F(Restricted, DataIsReadByThemselvesAndNotByTheOffice) {
    struct Case {
        std::string reader;
        AskedRoute asked;
        std::string themselves;  ///< empty: it is not for them in any case
    };
    const auto invited = [](const Things& things) { return json{{"person_id", things["peer"]}}; };
    auto employed = plainly("GET /api/v1/staff");
    employed.shows = [](const Things& things) {
        return "\"person_id\":" + std::to_string(things["office"]) + ",";
    };
    const std::vector<Case> cases{
        {"office", on("GET /api/v1/people/{id}", "peer"), "peer"},
        {"office", on("PATCH /api/v1/people/{id}", "peer", {{"phone", "01"}}), ""},
        {"office", on("GET /api/v1/people/{id}/papers", "peer"), "peer"},
        {"office",
         on("POST /api/v1/people/{id}/papers", "peer",
            {{"kind", "deposit"}, {"valid_from", "2026-09-01"}}),
         "peer"},
        {"office", on("GET /api/v1/papers/{id}/file", "paper"), "peer"},
        {"office", on("POST /api/v1/papers/{id}/accept", "unsent", json::object()), ""},
        {"office", listing("GET /api/v1/papers", "accepted", {{"expiring_within_days", "366"}}),
         ""},
        {"office", listing("GET /api/v1/letters", "letter"), ""},
        {"office", on("GET /api/v1/messages/{id}.pdf", "letter"), "owner"},
        {"office", on("POST /api/v1/letters/{id}/printed", "letter", json::object()), ""},
        {"office", sending("POST /api/v1/invitations", invited), ""},
        {"hr", on("GET /api/v1/staff/{id}", "office"), ""},
        {"hr", employed, ""},
        {"hr", listing("GET /api/v1/duties", "duty"), ""},
    };
    for (const bool restricted : {false, true}) {
        restrict_data(restricted);
        for (const auto& [reader, asked, themselves] : cases) {
            EXPECT_EQ(gets(reader, asked), !restricted) << reader << ": " << asked.route;
            EXPECT_TRUE(themselves.empty() || gets(themselves, asked))
                << themselves << ": " << asked.route;
        }
        EXPECT_TRUE(gets("admin", on("GET /api/v1/people/{id}", "peer")));
        EXPECT_TRUE(gets("admin", on("GET /api/v1/staff/{id}", "office")))
            << "who answers for data and keeps staff";
    }
}

}  // namespace
}  // namespace creneau::http
