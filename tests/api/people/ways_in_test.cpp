#include "api/people/ways_in_store.hpp"
#include "tests/api/people/town_fixture.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include <soci/soci.h>

namespace creneau::people {
namespace {

class WaysIn : public TownTest {
  protected:
    WaysIn() {
        session.execute(
            "INSERT INTO sessions (town_id, person_id, token_hash, device, created_at, seen_at,"
            " ends_at, proved_at) VALUES (1, 7, 'a', 'unknown', 1, 1, 2000000000, 1),"
            " (2, 20, 'b', 'unknown', 1, 1, 2000000000, 1);"
            "INSERT INTO account_codes (town_id, person_id, kind, salt, created_at, ends_at)"
            " VALUES (1, 7, 'invitation', 'c', 1, 2000000000);"
            "INSERT INTO code_requests (town_id, kind, email, requested_at)"
            " VALUES (1, 'sign_in', 'amelie@example.org', 1);"
            "INSERT INTO access_tokens (town_id, person_id, name, token_hash, scopes, created_at,"
            " expires_at) VALUES (1, 7, 'Affichage', 'd', 'schedule:read', 1, 2000000000);"
            "INSERT INTO passwords (person_id, town_id, hash, set_at) VALUES (7, 1, 'e', 1)");
    }
    std::int64_t count(const std::string& table) {
        std::int64_t rows = 0;
        session.sql() << "SELECT COUNT(*) FROM " + table, soci::into(rows);
        return rows;
    }
};
CRENEAU_ON_BOTH_ENGINES(WaysIn);

TEST_P(WaysIn, AreOverInEveryTownButForPasswords) {
    EXPECT_EQ(delete_ways_in(session), 5);
    for (const char* const table :
         {"sessions", "account_codes", "code_requests", "access_tokens"}) {
        EXPECT_EQ(count(table), 0) << table;
    }
    EXPECT_EQ(count("passwords"), 1);
    EXPECT_EQ(delete_ways_in(session), 0);
}

TEST_P(WaysIn, AreOverInASchemaThatIsOlderThanTheProgram) {
    session.execute("DROP TABLE access_tokens");
    EXPECT_EQ(delete_ways_in(session), 4);
    EXPECT_EQ(count("sessions"), 0);
}

}  // namespace
}  // namespace creneau::people
