#include "api/store/insert_row.hpp"

#include "api/store/session.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>

#include <soci/soci.h>

namespace creneau::store {
namespace {

class RowInsertOnEngine : public testing::TestWithParam<Engine> {
  protected:
    RowInsertOnEngine() {
        session.execute("CREATE TABLE things (id " +
                        std::string(GetParam() == Engine::sqlite
                                        ? "INTEGER PRIMARY KEY"
                                        : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY") +
                        ", name TEXT NOT NULL UNIQUE, owner BIGINT)");
    }

    std::string rows() {
        soci::rowset<soci::row> all =
            (session.sql().prepare << "SELECT name, owner FROM things ORDER BY id");
        std::string text;
        for (const auto& row : all) {
            text += row.get<std::string>(0);
            text += row.get_indicator(1) == soci::i_null
                        ? " of nobody;"
                        : " of " + std::to_string(row.get<long long>(1)) + ";";
        }
        return text;
    }

    support::TestDatabase database{GetParam()};
    Session session{database.open()};
};

/// The insert of a thing and what it binds.
struct ThingInsert {
    std::string name;
    std::int64_t owner = 0;
    soci::indicator has_owner = soci::i_null;
    RowInsert insert;

    explicit ThingInsert(Session& session)
        : insert(session, "INSERT INTO things (name, owner) VALUES (:name, :owner)",
                 RowInsert::Id::wanted, soci::use(name), soci::use(owner, has_owner)) {}

    std::int64_t run(Session& session, const std::string& of, std::int64_t owned_by) {
        name = of;
        owner = owned_by;
        has_owner = owned_by == 0 ? soci::i_null : soci::i_ok;
        return insert.run(session);
    }
};

TEST_P(RowInsertOnEngine, RunsForManyRowsAndTellsTheIdOfEach) {
    auto& things = session.kept<ThingInsert>();
    const auto first = things.run(session, "a", 7);
    const auto second = things.run(session, "b", 0);
    EXPECT_LT(first, second);
    EXPECT_EQ(rows(), "a of 7;b of nobody;");
    EXPECT_EQ(&things, &session.kept<ThingInsert>());
}

TEST_P(RowInsertOnEngine, AFailedRowLeavesNothingToTheNext) {
    auto& things = session.kept<ThingInsert>();
    things.run(session, "a", 0);
    session.execute("BEGIN; SAVEPOINT before");
    EXPECT_ANY_THROW(things.run(session, "a", 8));
    session.execute("ROLLBACK TO SAVEPOINT before");
    things.run(session, "b", 0);
    things.run(session, "c", 9);
    session.execute("COMMIT");
    EXPECT_EQ(rows(), "a of nobody;b of nobody;c of 9;");
}

TEST_P(RowInsertOnEngine, StaysUsableWhenItsSessionIsMoved) {
    session.kept<ThingInsert>().run(session, "a", 1);
    Session moved(std::move(session));
    moved.kept<ThingInsert>().run(moved, "b", 2);
    session = std::move(moved);
    session.kept<ThingInsert>().run(session, "c", 3);
    EXPECT_EQ(rows(), "a of 1;b of 2;c of 3;");
}

CRENEAU_ON_BOTH_ENGINES(RowInsertOnEngine);

}  // namespace
}  // namespace creneau::store
