#include "tests/api/estate/import_fixture.hpp"
#include "tests/api/estate/town_text.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#include <nlohmann/json.hpp>

namespace creneau::estate {
namespace {

using nlohmann::json;

class ImportOfRights : public TownImportTest {
  protected:
    /// A session, a code to sign in and a token for everybody.
    void open_ways_in() {
        execute(
            "INSERT INTO sessions (town_id, person_id, token_hash, device, created_at, seen_at,"
            " ends_at, proved_at) SELECT town_id, id, 'h', 'unknown', 1, 1, 2000000000, 1"
            " FROM people;"
            "INSERT INTO account_codes (town_id, person_id, kind, salt, created_at, ends_at)"
            " SELECT town_id, id, 'sign_in', 's', 1, 2000000000 FROM people;"
            "INSERT INTO access_tokens (town_id, person_id, name, token_hash, scopes, created_at,"
            " expires_at) SELECT town_id, id, 'Agenda', 'h', 'schedule:read', 1, 2000000000"
            " FROM people");
    }
    std::int64_t ways_in() {
        return number("SELECT COUNT(*) FROM sessions") +
               number("SELECT COUNT(*) FROM account_codes") +
               number("SELECT COUNT(*) FROM access_tokens");
    }
};
CRENEAU_ON_BOTH_ENGINES(ImportOfRights);

TEST_P(ImportOfRights, EndsWhatAMailboxOpenedOnceSomebodyWorksForTheTown) {
    json town = small_town();
    town["people"][0]["roles"] = {"booker"};
    ASSERT_TRUE(import(town).has_value());
    open_ways_in();
    const auto all = ways_in();
    town["people"][0]["name"] = "Another name";
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(ways_in(), all) << "a name opens nothing";
    town["people"][0]["roles"] = {"booker", "office"};
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(ways_in(), all - 3);
    execute(
        "INSERT INTO sessions (town_id, person_id, token_hash, device, created_at, seen_at, "
        "ends_at,"
        " proved_at) SELECT town_id, person_id, 'i', 'unknown', 1, 1, 2000000000, 1"
        " FROM person_roles WHERE role = 'office'");
    town["people"][0]["roles"] = {"office", "administrator"};
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(ways_in(), all - 2) << "who works for the town already stays signed in";
}

TEST_P(ImportOfRights, EndsWhatAnAddressOpenedThatIsNoMoreTheirs) {
    json town = small_town();
    ASSERT_TRUE(import(town).has_value());
    open_ways_in();
    const auto all = ways_in();
    town["people"][0]["locale"] = "fr";
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(ways_in(), all);
    town["people"][0]["email"] = "ann@elsewhere.example";
    ASSERT_TRUE(import(town).has_value());
    EXPECT_EQ(ways_in(), all - 3);
}

}  // namespace
}  // namespace creneau::estate
