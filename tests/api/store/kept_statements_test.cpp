// One text many times through one connection: what a kept statement must never bring along.

#include "api/store/kept_statements.hpp"

#include "api/store/session.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::store {
namespace {

class RepeatedText : public testing::TestWithParam<Engine> {
  protected:
    RepeatedText() { session.execute("CREATE TABLE notes (id BIGINT UNIQUE, words TEXT)"); }

    void add(long long id, const std::string& words) {
        session.sql() << "INSERT INTO notes (id, words) VALUES (:id, :words)", soci::use(id),
            soci::use(words);
    }

    std::vector<long long> ids() {
        std::vector<long long> found(10);
        session.sql() << "SELECT id FROM notes ORDER BY id", soci::into(found);
        return found;
    }

    support::TestDatabase database{GetParam()};
    Session session = database.open();
};
CRENEAU_ON_BOTH_ENGINES(RepeatedText);

TEST_P(RepeatedText, TakesNewValuesEachTime) {
    add(1, "one");
    add(2, "two");
    EXPECT_EQ(ids(), (std::vector<long long>{1, 2}));
}

TEST_P(RepeatedText, RunsAgainAfterItFailed) {
    add(1, "one");
    EXPECT_THROW(add(1, "again"), soci::soci_error);
    add(2, "two");
    EXPECT_EQ(ids(), (std::vector<long long>{1, 2}));
}

TEST_P(RepeatedText, SurvivesAChangeOfTheTable) {
    add(1, "one");
    EXPECT_EQ(ids(), std::vector<long long>{1});
    session.execute("ALTER TABLE notes ADD COLUMN author TEXT");
    session.execute("ALTER TABLE notes DROP COLUMN words");
    EXPECT_EQ(ids(), std::vector<long long>{1});
    EXPECT_THROW(add(2, "two"), soci::soci_error);
    session.execute("ALTER TABLE notes ADD COLUMN words TEXT");
    add(2, "two");
    EXPECT_EQ(ids(), (std::vector<long long>{1, 2}));
}

TEST_P(RepeatedText, MayRunInsideARunOfItself) {
    add(1, "one");
    add(2, "two");
    const std::string text = "SELECT id FROM notes ORDER BY id";
    long long outer = 0;
    soci::statement walk = (session.sql().prepare << text, soci::into(outer));
    walk.execute();
    std::vector<long long> seen;
    while (walk.fetch()) {
        long long inner = 0;
        session.sql() << text, soci::into(inner);
        EXPECT_EQ(inner, 1);
        seen.push_back(outer);
    }
    EXPECT_EQ(seen, (std::vector<long long>{1, 2}));
}

TEST(KeptStatement, HoldsNoLockOnceItsReaderIsDone) {
    const support::TestDatabase database(Engine::sqlite);
    auto reader = database.open();
    auto writer = database.open();
    writer.execute("CREATE TABLE notes (id BIGINT); INSERT INTO notes VALUES (1), (2)");
    {
        long long id = 0;
        soci::statement half = (reader.sql().prepare << "SELECT id FROM notes", soci::into(id));
        half.execute();
        EXPECT_TRUE(half.fetch());
    }
    // A reader that still read would keep the truncation waiting.
    int busy = 1;
    writer.sql() << "PRAGMA wal_checkpoint(TRUNCATE)", soci::into(busy);
    EXPECT_EQ(busy, 0);
}

TEST(KeptStatement, IsForgottenAfterManyOthers) {
    const support::TestDatabase database(Engine::sqlite);
    auto session = database.open();
    for (int round = 0; round < 2; ++round) {
        for (std::size_t i = 0; i < KeptStatements::kKept + 10; ++i) {
            std::size_t number = 0;
            session.sql() << "SELECT " + std::to_string(i), soci::into(number);
            EXPECT_EQ(number, i);
        }
    }
}

}  // namespace
}  // namespace creneau::store
