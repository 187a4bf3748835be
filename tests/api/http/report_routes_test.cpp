#include "api/http/report_routes.hpp"

#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace creneau::http {
namespace {

using booking::kCamille;
using booking::kOffice;

class ReportRoutes : public CalledRoutes {
  protected:
    ReportRoutes() {
        add_report_routes(routes_);
        approved();
        session_->execute("UPDATE rooms SET name = '=Danton;1' WHERE id = 1");
    }
    static Query asking(const Query& more) {
        Query query{{"from", "2026-12-01"}, {"to", "2027-12-01"}};
        query.insert(query.end(), more.begin(), more.end());
        return query;
    }
    Response usage(const Query& query, booking::PersonId person = kOffice) {
        return call(person, "GET", "/api/v1/reports/usage", nullptr, query);
    }
};
CRENEAU_ON_BOTH_ENGINES(ReportRoutes);

TEST_P(ReportRoutes, SayWhatWasBooked) {
    const auto report =
        expect(200, kOffice, "GET", "/api/v1/reports/usage", nullptr, asking({{"by", "room"}}));
    ASSERT_EQ(report["items"].size(), 1U);
    EXPECT_EQ(report["items"][0]["key"], "1");
    EXPECT_EQ(report["items"][0]["minutes"], 120);
    EXPECT_EQ(report["items"][0]["checked_in_minutes"], 0);
    EXPECT_EQ(report["total"]["bookings"], 1);
    EXPECT_EQ(report["from"], "2026-12-01");
}

TEST_P(ReportRoutes, AreASpreadsheetInWhichNoNameIsAFormula) {
    const auto sheet = usage(asking({{"by", "room"}, {"format", "csv"}}));
    EXPECT_EQ(sheet.status, 200);
    EXPECT_NE(sheet.body.find("\r\n1;\"'=Danton;1\";1;120;12;0\r\n"), std::string::npos)
        << sheet.body;
    const auto decided = call(kOffice, "GET", "/api/v1/reports/decisions", nullptr,
                              {{"from", "2026-11-01"}, {"to", "2026-12-01"}, {"format", "csv"}});
    EXPECT_NE(decided.body.find("\r\n2026-11;1;1;0;0;0;"), std::string::npos) << decided.body;
}

TEST_P(ReportRoutes, RefuseWhatTheyCannotCount) {
    const std::vector<Query> wrong{
        {{"from", "2026-12-01"}, {"to", "2026-12-01"}, {"by", "room"}},
        {{"from", "2026-12-01"}, {"to", "2028-12-02"}, {"by", "room"}},
        {{"from", "2026-12-01"}, {"by", "room"}},
        asking({}),
        asking({{"by", "person"}}),
        asking({{"by", "room"}, {"format", "xls"}}),
        asking({{"by", "room"}, {"site", "x"}}),
    };
    for (const Query& query : wrong) {
        EXPECT_EQ(usage(query).status, 422);
    }
    EXPECT_EQ(usage(asking({{"by", "room"}}), kCamille).status, 403);
    EXPECT_EQ(usage({{"from", "2026-12-01"}, {"to", "2028-12-01"}, {"by", "room"}}).status, 200)
        << "two years are the most";
}

}  // namespace
}  // namespace creneau::http
