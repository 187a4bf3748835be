#include "api/store/readers.hpp"

#include "api/store/writer.hpp"
#include "tests/api/store/rows.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include <tl/expected.hpp>

namespace creneau::store {
namespace {

enum class Refusal { rule };
using Written = tl::expected<std::int64_t, Refusal>;

std::int64_t people(Session& session) {
    return number_of(session, "SELECT count(*) FROM people");
}

class ReadersOnEngine : public testing::TestWithParam<Engine> {
  protected:
    support::TestDatabase database{GetParam()};
    Writer writer{database.database()};
    Readers readers{database.database(), 1};
};
CRENEAU_ON_BOTH_ENGINES(ReadersOnEngine);

TEST_P(ReadersOnEngine, GoOnWhileTheWriterIsInsideATransaction) {
    const auto seen = writer.run([&](Session& session) -> Written {
        add_small_town(session);
        return readers.read(people);  // would wait for ever if it waited for the writer
    });
    EXPECT_EQ(seen.value().value(), 0);
    EXPECT_EQ(readers.read(people), 1);
}

TEST_P(ReadersOnEngine, SeeOneMomentThroughoutARead) {
    const auto [before, after] = readers.read([&](Session& session) {
        const auto first = people(session);
        EXPECT_TRUE(writer
                        .run([](Session& own) -> Written {
                            add_small_town(own);
                            return 1;
                        })
                        .has_value());
        return std::pair(first, people(session));
    });
    EXPECT_EQ(before, 0);
    EXPECT_EQ(after, 0);
    EXPECT_EQ(readers.read(people), 1);
}

TEST_P(ReadersOnEngine, CannotWrite) {
    EXPECT_ANY_THROW(readers.read([](Session& session) {
        session.execute("DELETE FROM people");
        return 0;
    }));
    EXPECT_EQ(readers.read(people), 0);
}

TEST_P(ReadersOnEngine, GetTheirSessionBackAfterAnException) {
    EXPECT_THROW(readers.read([](Session&) -> int { throw std::runtime_error("no"); }),
                 std::runtime_error);
    EXPECT_EQ(readers.read(people), 0);
}

TEST(PostgresqlReaders, ReplaceASessionThatDied) {
    const support::TestDatabase database(Engine::postgresql);
    Readers readers(database.database(), 1);
    EXPECT_ANY_THROW(readers.read([](Session& session) {
        return number_of(session, "SELECT CAST(pg_terminate_backend(pg_backend_pid()) AS int)");
    }));
    EXPECT_EQ(readers.read(people), 0);
}

TEST(PostgresqlWriter, ReopensAConnectionThatDiedBetweenGroups) {
    const support::TestDatabase database(Engine::postgresql);
    Writer writer(database.database());
    database.open().execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()");
    EXPECT_EQ(
        writer.run([](Session& session) -> Written { return people(session); }).value().value(), 0);
}

TEST(PostgresqlWriter, SaysLostWhenTheServerEndsTheConnectionDuringCommit) {
    const support::TestDatabase database(Engine::postgresql);
    database.open().execute(
        "CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;"
        "CREATE TABLE fragile (a BIGINT);"
        "CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT ON fragile "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hang_up()");
    Writer writer(database.database());
    const auto lost = writer.run([](Session& session) -> Written {
        session.execute("INSERT INTO fragile VALUES (1)");
        return 1;
    });
    EXPECT_EQ(lost.error(), WriteFault::lost);
    const auto after = writer.run([](Session& session) -> Written {
        return number_of(session, "SELECT count(*) FROM fragile");
    });
    EXPECT_EQ(after.value().value(), 0);
}

TEST(PostgresqlWriter, RerunsTheGroupAfterASerializationFailureButNotForEver) {
    const support::TestDatabase database(Engine::postgresql);
    Writer writer(database.database());
    const std::string fail = "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$";
    int runs = 0;
    const auto kept = writer.run([&](Session& session) -> Written {
        if (++runs < 3) {
            session.execute(fail);
        }
        return runs;
    });
    EXPECT_EQ(kept.value().value(), 3);
    runs = 0;
    const auto lost = writer.run([&](Session& session) -> Written {
        ++runs;
        session.execute(fail);
        return 0;
    });
    EXPECT_EQ(lost.error(), WriteFault::lost);
    EXPECT_EQ(runs, 5);
}

TEST(PostgresqlWriter, LetsTownsWriteSideBySideAndOneTownInTurn) {
    const support::TestDatabase database(Engine::postgresql);
    WriterOptions first;
    first.town_id = 1;
    WriterOptions second;
    second.town_id = 2;
    Writer writer(database.database(), first);
    Writer other_town(database.database(), second);
    const auto nested = writer.run([&](Session&) -> Written {
        // Another town's writer is not kept waiting by this open transaction.
        return other_town.run([](Session& own) -> Written { return people(own); }).value();
    });
    EXPECT_EQ(nested.value().value(), 0);
    const auto locked = writer.run([&](Session&) -> Written {
        auto own = database.open();
        return number_of(own, "SELECT CAST(pg_try_advisory_lock(1) AS int)");
    });
    EXPECT_EQ(locked.value().value(), 0);
}

}  // namespace
}  // namespace creneau::store
