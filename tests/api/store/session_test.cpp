#include "api/store/session.hpp"

#include "api/store/db_error.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include <soci/soci.h>

namespace creneau::store {
namespace {

std::string text_of(Session& session, const std::string& query) {
    std::string text;
    session.sql() << query, soci::into(text);
    return text;
}

std::int64_t number_of(Session& session, const std::string& query) {
    long long number = 0;
    session.sql() << query, soci::into(number);
    return number;
}

class SessionOnEngine : public testing::TestWithParam<Engine> {
  protected:
    support::TestDatabase database{GetParam()};
};
CRENEAU_ON_BOTH_ENGINES(SessionOnEngine);

TEST_P(SessionOnEngine, ReturnsTheIdOfAnInsert) {
    auto session = database.open();
    long long id = 0;
    session.sql() << "INSERT INTO towns (key, name, time_zone, service, email, phone) "
                     "VALUES ('le-pre', 'Le Pré', 'Europe/Paris', 's', 'e', 'p') RETURNING id",
        soci::into(id);
    EXPECT_GT(id, 0);
    EXPECT_EQ(text_of(session, "SELECT name FROM towns WHERE id = " + std::to_string(id)),
              "Le Pré");
}

TEST_P(SessionOnEngine, RefusesToWriteWhenReadOnly) {
    auto reader = database.open(OpenMode::read_only);
    EXPECT_THROW(reader.execute("DELETE FROM towns"), soci::soci_error);
    EXPECT_EQ(number_of(reader, "SELECT count(*) FROM towns"), 0);
    auto writer = database.open();
    EXPECT_NO_THROW(writer.execute("DELETE FROM towns"));
}

TEST_P(SessionOnEngine, TellsWhereItsTransactionStands) {
    auto session = database.open();
    EXPECT_EQ(session.transaction_state(), TransactionState::none);
    session.execute("BEGIN");
    EXPECT_EQ(session.transaction_state(), TransactionState::open);
    EXPECT_THROW(session.execute("SELECT nothing FROM nowhere"), soci::soci_error);
    EXPECT_EQ(session.transaction_state(),
              GetParam() == Engine::sqlite ? TransactionState::open : TransactionState::aborted);
    session.execute("ROLLBACK");
    EXPECT_EQ(session.transaction_state(), TransactionState::none);
}

TEST_P(SessionOnEngine, RefusesADanglingReference) {
    auto session = database.open();
    try {
        session.execute(
            "INSERT INTO spaces (town_id, site_id, key, name) VALUES (77, 77, 'k', 'n')");
        FAIL() << "accepted";
    } catch (const std::exception& error) {
        EXPECT_EQ(fault_of(error), DbFault::foreign_key) << error.what();
    }
}

TEST_P(SessionOnEngine, NamesADuplicate) {
    auto session = database.open();
    const std::string insert =
        "INSERT INTO towns (key, name, time_zone, service, email, phone) "
        "VALUES ('k', 'n', 'UTC', 's', 'e', 'p')";
    session.execute(insert);
    for (const bool through_soci : {false, true}) {
        try {
            if (through_soci) {
                session.sql() << insert;
            } else {
                session.execute(insert);
            }
            FAIL() << "accepted";
        } catch (const std::exception& error) {
            EXPECT_EQ(fault_of(error), DbFault::unique) << error.what();
        }
    }
}

TEST(SqliteSession, IsDurableAndGuarded) {
    const support::TestDatabase database(Engine::sqlite);
    auto session = database.open();
    EXPECT_EQ(text_of(session, "PRAGMA journal_mode"), "wal");
    EXPECT_EQ(number_of(session, "PRAGMA synchronous"), 2);
    EXPECT_EQ(number_of(session, "PRAGMA foreign_keys"), 1);
    EXPECT_EQ(number_of(session, "PRAGMA trusted_schema"), 0);
    EXPECT_EQ(number_of(session, "PRAGMA busy_timeout"), 5000);
}

TEST(SqliteSession, CanBeReadAfterTheLastWriterClosed) {
    const support::TestDatabase database(Engine::sqlite);
    {
        auto writer = database.open();
    }
    EXPECT_TRUE(std::filesystem::exists(database.database().location + "-wal"));
    auto reader = database.open(OpenMode::read_only);
    EXPECT_EQ(number_of(reader, "SELECT count(*) FROM towns"), 0);
}

TEST(SqliteSession, OpensAPathWithSpacesAndRefusesOneWithAQuote) {
    const support::TestDatabase database(Engine::sqlite);
    const std::string spaced = database.folder() + "/la mairie = ici.db";
    {
        const Session session({Engine::sqlite, spaced}, OpenMode::read_write);
    }
    EXPECT_TRUE(std::filesystem::exists(spaced));
    EXPECT_THROW(Session({Engine::sqlite, database.folder() + "/a\"b.db"}, OpenMode::read_write),
                 StoreError);
}

TEST(SqliteSession, SaysWhichFileCannotBeOpened) {
    try {
        const Session session({Engine::sqlite, "/nowhere/town.db"}, OpenMode::read_write);
        FAIL() << "opened";
    } catch (const StoreError& error) {
        EXPECT_NE(std::string(error.what()).find("/nowhere/town.db"), std::string::npos);
    }
}

TEST(SqliteSession, DoesNotCreateAFileToRead) {
    const support::TestDatabase database(Engine::sqlite);
    const std::string absent = database.folder() + "/absent.db";
    EXPECT_THROW(Session({Engine::sqlite, absent}, OpenMode::read_only), StoreError);
    EXPECT_FALSE(std::filesystem::exists(absent));
}

TEST(PostgresqlSession, SpeaksUtcAndGivesUpOnLocks) {
    const support::TestDatabase database(Engine::postgresql);
    auto session = database.open();
    EXPECT_EQ(text_of(session, "SHOW timezone"), "UTC");
    EXPECT_EQ(text_of(session, "SHOW search_path"), "public");
    EXPECT_EQ(text_of(session, "SHOW lock_timeout"), "5s");
    EXPECT_EQ(text_of(session, "SHOW statement_timeout"), "30s");
}

}  // namespace
}  // namespace creneau::store
