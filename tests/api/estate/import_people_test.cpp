#include "tests/api/estate/import_fixture.hpp"
#include "tests/api/estate/town_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace creneau::estate {
namespace {

using nlohmann::json;

class TownPeople : public TownImportTest {};
CRENEAU_ON_BOTH_ENGINES(TownPeople);

TEST_P(TownPeople, LeavesTheTownAnAdministratorWhoCanComeIn) {
    json town = small_town();
    town["people"][0]["roles"] = {"administrator"};
    ASSERT_TRUE(import(town).has_value());
    json without = town;
    without["people"][0]["enabled"] = false;
    json demoted = town;
    demoted["people"][0]["roles"] = {"office"};
    for (const json& refused : {without, demoted}) {
        const auto imported = import(refused);
        ASSERT_FALSE(imported.has_value());
        EXPECT_EQ(imported.error().front().code, "last_administrator");
    }
    EXPECT_EQ(number("SELECT count(*) FROM person_roles WHERE role = 'administrator'"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM people WHERE enabled = 0"), 0);
    // Somebody whom a person made administrator stays in their place.
    execute(
        "INSERT INTO people (town_id, key, name, email, locale) VALUES"
        " (1, 'zoe', 'Zoé', 'zoe@example.org', 'fr');"
        "INSERT INTO person_roles (town_id, person_id, role, given_by_id, given_at)"
        " SELECT 1, z.id, 'administrator', a.id, 1 FROM people z, people a"
        " WHERE z.key = 'zoe' AND a.key = 'ann';"
        "INSERT INTO person_roles (town_id, person_id, role)"
        " SELECT 1, id, 'booker' FROM people WHERE key = 'zoe'");
    EXPECT_TRUE(import(demoted).has_value());
}

TEST_P(TownPeople, KeepsHowManyDaysUntilSomebodyLetInCounts) {
    json town = small_town();
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT settle_days FROM towns"), 7);
    town["town"]["settle_days"] = 30;
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(number("SELECT settle_days FROM towns"), 30);
    town["town"]["settle_days"] = 0;
    EXPECT_EQ(import(town).error().front().place, "/town/settle_days");
}

}  // namespace
}  // namespace creneau::estate
