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
        const auto response = answer(tokens().at(person), asked.ask(things));
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

}  // namespace
}  // namespace creneau::http
