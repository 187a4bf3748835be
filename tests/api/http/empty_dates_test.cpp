#include "api/http/closure_routes.hpp"
#include "api/http/paper_routes.hpp"
#include "api/http/series_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kCamille;
using booking::kOffice;
using nlohmann::json;

class EmptyDates : public CalledRoutes {
  protected:
    EmptyDates() {
        add_closure_routes(routes_);
        add_paper_routes(routes_);
        add_series_routes(routes_);
    }
    /// "field code" of every error of a refusal, which leaves no trace.
    std::vector<std::string> refused(booking::PersonId person, const std::string& path,
                                     const json& body) {
        const auto before = traces();
        std::vector<std::string> said;
        const auto problem = expect(422, person, "POST", path, body);
        for (const auto& error : problem["errors"]) {
            said.push_back(error["field"].get<std::string>() + ' ' +
                           error["code"].get<std::string>());
        }
        EXPECT_EQ(traces(), before);
        return said;
    }
    using Said = std::vector<std::string>;
};
CRENEAU_ON_BOTH_ENGINES(EmptyDates);

TEST_P(EmptyDates, AreNoDatesOfAClosure) {
    const auto path = std::string("/api/v1/closures");
    json order{{"room_id", 1}, {"kind", "works"}, {"reason", "Parquet"}};
    order["first_date"] = "";
    order["last_date"] = " ";
    EXPECT_EQ(refused(kOffice, path, order),
              (Said{"/first_date not_a_date", "/last_date not_a_date"}));
    order["first_date"] = "2026-12-05";
    EXPECT_EQ(refused(kOffice, path, order), Said{"/last_date not_a_date"});
    order["last_date"] = "2026-12-06";
    order["start"] = "";
    EXPECT_EQ(refused(kOffice, path, order), Said{"/start required"}) << "it is one or the other";
    EXPECT_EQ(refused(kOffice, path,
                      {{"room_id", 1},
                       {"kind", "works"},
                       {"reason", "Parquet"},
                       {"start", "2026-12-05T08:00"},
                       {"end", "2026-12-05T18:00"},
                       {"first_date", ""}}),
              (Said{"/first_date not_a_date", "/start required"}));
    order["start"] = nullptr;
    expect(201, kOffice, "POST", path, order);
}

TEST_P(EmptyDates, AreNoDatesOfAPaper) {
    const auto path = std::string("/api/v1/associations/1/papers");
    json order{{"kind", "insurance"}, {"valid_from", "2026-01-01"}, {"valid_until", ""}};
    EXPECT_EQ(refused(kOffice, path, order), Said{"/valid_until not_a_date"});
    order["valid_until"] = 2026;
    EXPECT_EQ(refused(kOffice, path, order), Said{"/valid_until not_a_text"});
    order["valid_until"] = nullptr;
    EXPECT_EQ(expect(201, kOffice, "POST", path, order)["valid_until"], nullptr);
}

TEST_P(EmptyDates, AreNoEndOfASeries) {
    const auto path = std::string("/api/v1/series");
    json order{{"room_id", 1},
               {"association_id", 1},
               {"pattern", "weekly"},
               {"weekdays", {"saturday"}},
               {"first_date", "2026-12-05"},
               {"count", 2},
               {"until", ""},
               {"start_time", "18:30"},
               {"end_time", "20:30"},
               {"attendees", 12},
               {"purpose", "Répétition"}};
    EXPECT_EQ(refused(kCamille, path, order), Said{"/until not_a_date"});
    order.erase("until");
    expect(201, kCamille, "POST", path, order);
}

}  // namespace
}  // namespace creneau::http
