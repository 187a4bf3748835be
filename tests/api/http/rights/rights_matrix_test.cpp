#include "tests/api/http/rights/asked_routes.hpp"
#include "tests/api/http/rights/rights_town.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::http {
namespace {

/// One line of the table written by hand: a route and what each person gets.
struct Row {
    std::string route;
    std::map<std::string, std::string> cells;
};

struct Table {
    std::vector<std::string> people;
    std::vector<Row> rows;
};

Table read_table() {
    std::ifstream in(RIGHTS_MATRIX);
    EXPECT_TRUE(in) << RIGHTS_MATRIX;
    Table table;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') {
            continue;
        }
        std::istringstream words(line);
        std::string method;
        std::string path;
        words >> method >> path;
        std::vector<std::string> cells;
        for (std::string cell; words >> cell;) {
            cells.push_back(cell);
        }
        if (table.people.empty()) {
            table.people = cells;
            continue;
        }
        EXPECT_EQ(cells.size(), table.people.size()) << line;
        Row row{method + ' ' + path, {}};
        for (std::size_t at = 0; at < std::min(cells.size(), table.people.size()); ++at) {
            row.cells[table.people[at]] = cells[at];
        }
        table.rows.push_back(row);
    }
    return table;
}

/// "GET /api/v1/passes/:id.png" as the document writes it.
std::string documented(const Route& route) {
    std::string path;
    bool in_name = false;
    for (const char c : route.pattern) {
        const bool of_name = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
        path += in_name && !of_name ? "}" : "";
        in_name = c == ':' || (in_name && of_name);
        path += c == ':' ? '{' : c;
    }
    return route.method + ' ' + path + (in_name ? "}" : "");
}

class RightsMatrix : public testing::Test, protected RightsTown {
  protected:
    /// What a person got: "yes", "none" (a list that leaves the thing out) or the status.
    std::string got(const std::string& person, const AskedRoute& asked) {
        const Things& things = person == "theirs" ? theirs() : ours();
        return in_words(answer(tokens().at(person), asked.ask(things)), asked, things);
    }
    std::string in_words(const Response& response, const AskedRoute& asked, const Things& things) {
        last_ = response.body.substr(0, 300);
        if (response.status >= 300) {
            return std::to_string(response.status);
        }
        const bool shown =
            !asked.shows || response.body.find(asked.shows(things)) != std::string::npos;
        return shown ? "yes" : "none";
    }

    std::string last_;
};

TEST_F(RightsMatrix, HasARowForEveryRouteAndACellForEverybody) {
    std::set<std::string> served;
    for (const auto& route : routes()) {
        served.insert(documented(route));
    }
    std::set<std::string> asked;
    for (const auto& one : asked_routes()) {
        asked.insert(one.route);
    }
    EXPECT_EQ(asked, served);
    const auto table = read_table();
    const std::set<std::string> people(table.people.begin(), table.people.end());
    std::set<std::string> known;
    for (const auto& [person, token] : tokens()) {
        known.insert(person);
    }
    EXPECT_EQ(people, known);
    ASSERT_EQ(table.rows.size(), asked_routes().size());
    for (std::size_t at = 0; at < table.rows.size(); ++at) {
        EXPECT_EQ(table.rows[at].route, asked_routes()[at].route) << "line " << at;
    }
}

TEST_F(RightsMatrix, EverybodyGetsWhatTheTableSays) {
    const auto table = read_table();
    ASSERT_EQ(table.rows.size(), asked_routes().size());
    for (std::size_t at = 0; at < table.rows.size(); ++at) {
        for (const auto& person : table.people) {
            const auto& asked = asked_routes()[at];
            const auto answered = got(person, asked);
            EXPECT_EQ(answered, table.rows[at].cells.at(person))
                << person << ": " << asked.route << " (row " << at << ")\n"
                << last_;
        }
    }
}

/// Written by hand: the first part of the paths that programs reach, and what they do not do there
/// because it wants a fresh proof.
const std::set<std::string> kForPrograms{
    "booking-kinds", "bookings",    "calendars",     "closures",       "delegations", "equipment",
    "feeds",         "grounds",     "holds",         "letters",        "messages",    "papers",
    "passes",        "preparation", "rooms",         "rounds",         "schedule",    "series",
    "sites",         "spaces",      "subscriptions", "time-conflicts", "waiting-list"};
const std::set<std::string> kForPeopleAtAScreen{"POST /api/v1/delegations",
                                                "POST /api/v1/subscriptions"};

bool is_for_programs(const std::string& route) {
    constexpr std::string_view kRoot = " /api/v1/";
    const auto at = route.find(kRoot);
    if (at == std::string::npos) {
        return false;
    }
    const auto path = route.substr(at + kRoot.size());
    const auto area = path.substr(0, path.find('/'));
    return kForPrograms.contains(area) && (area != "sites" || route.starts_with("GET "));
}

TEST_F(RightsMatrix, AProgramGetsWhatItsPersonGetsWhereThereAreScopesAndNothingElsewhere) {
    const auto table = read_table();
    ASSERT_EQ(table.rows.size(), asked_routes().size());
    const auto secret = token_of(1);  // of the office, for everything
    for (std::size_t at = 0; at < table.rows.size(); ++at) {
        const auto& asked = asked_routes()[at];
        const auto& cells = table.rows[at].cells;
        const auto answered = in_words(answer_by_token(secret, asked.ask(ours())), asked, ours());
        if (kForPeopleAtAScreen.contains(asked.route)) {
            EXPECT_EQ(answered, "403") << asked.route << '\n' << last_;
        } else if (is_for_programs(asked.route)) {
            EXPECT_EQ(answered, cells.at("office")) << asked.route << '\n' << last_;
        } else {
            EXPECT_TRUE(answered == "403" || answered == cells.at("nobody"))
                << answered << ": " << asked.route << '\n'
                << last_;
        }
    }
}

}  // namespace
}  // namespace creneau::http
