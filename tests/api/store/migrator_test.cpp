#include "api/store/migrator.hpp"

#include "tests/api/store/rows.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <exception>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace creneau::store {
namespace {

using support::kMigratedAt;
using support::TestDatabase;

class Migrator : public testing::TestWithParam<Engine> {
  protected:
    /// The program's migrations and one more.
    std::vector<Migration> with(std::string_view sql) {
        const auto embedded = embedded_migrations(GetParam());
        std::vector<Migration> known(embedded.begin(), embedded.end());
        known.push_back({static_cast<std::int64_t>(known.size()) + 1, "more", sql});
        return known;
    }
    std::int64_t latest() const {
        return static_cast<std::int64_t>(embedded_migrations(GetParam()).size());
    }

    TestDatabase database{GetParam(), TestDatabase::Content::empty};
    Session session = database.open();
};
CRENEAU_ON_BOTH_ENGINES(Migrator);

TEST_P(Migrator, BringsAnEmptyDatabaseUpToDateOnce) {
    EXPECT_EQ(schema_state(session).state, SchemaState::behind);
    EXPECT_THROW(require_current_schema(session), StoreError);
    EXPECT_EQ(migrate(session, kMigratedAt).size(), static_cast<std::size_t>(latest()));
    EXPECT_EQ(schema_state(session).state, SchemaState::current);
    EXPECT_NO_THROW(require_current_schema(session));
    EXPECT_TRUE(migrate(session, kMigratedAt).empty());
    EXPECT_EQ(number_of(session, "SELECT applied_at FROM schema_migrations WHERE version = 1"),
              kMigratedAt.time_since_epoch().count());
}

/// Every table with how many NOT NULL columns town_id it has, as `name` and `towns`.
std::string tables_on(Engine engine) {
    return engine == Engine::sqlite
               ? "(SELECT name, (SELECT count(*) FROM pragma_table_info(t.name) c "
                 "WHERE c.name = 'town_id' AND (c.\"notnull\" OR c.pk)) AS towns FROM "
                 "sqlite_schema t "
                 "WHERE type = 'table' AND name NOT LIKE 'sqlite%') tables"
               : "(SELECT table_name AS name, (SELECT count(*) FROM information_schema.columns c "
                 "WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name "
                 "AND column_name = 'town_id' AND is_nullable = 'NO') AS towns "
                 "FROM information_schema.tables t WHERE table_schema = current_schema()) tables";
}

TEST_P(Migrator, GivesEveryTableButTheTownsItsTown) {
    migrate(session, kMigratedAt);
    const auto tables = tables_on(GetParam());
    EXPECT_EQ(
        number_of(session, "SELECT count(*) FROM " + tables +
                               " WHERE towns = 1 AND name IN ('audit', 'bookings', 'outbox')"),
        3);
    const auto first_without = "SELECT coalesce(min(name), 'none') FROM " + tables +
                               " WHERE towns = 0 AND name NOT IN ('towns', 'schema_migrations')";
    EXPECT_EQ(text_of(session, first_without), "none");
    session.execute("CREATE TABLE nobodys (a BIGINT)");
    EXPECT_EQ(text_of(session, first_without), "nobodys") << "the question itself is wrong";
}

TEST_P(Migrator, KeepsOccupanciesAndTheirOverlapRuleWhenClosuresCome) {
    const auto embedded = embedded_migrations(GetParam());
    const auto closures = std::ranges::find(embedded, "closures", &Migration::name);
    ASSERT_NE(closures, embedded.end());
    migrate(session, {embedded.begin(), closures}, kMigratedAt);
    add_small_town(session);
    const std::string insert =
        "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind, source_id) "
        "VALUES ";
    session.execute(insert + "(1, 100, 200, 1, 'booking', 7), (1, 200, 300, 1, 'booking', 8)");
    migrate(session, kMigratedAt);
    EXPECT_EQ(number_of(session, "SELECT count(*) FROM occupancies WHERE expires_at IS NULL"), 2);
    EXPECT_THROW(session.execute(insert + "(1, 150, 160, 1, 'booking', 9)"), std::exception);
    EXPECT_THROW(session.execute("UPDATE occupancies SET end_at = 250 WHERE source_id = 7"),
                 std::exception);
    EXPECT_THROW(session.execute(insert + "(1, 400, 500, 1, 'hold', 1)"), std::exception)
        << "a hold has a deadline";
    session.execute(insert + "(1, 300, 400, 1, 'closure', 1)");
    EXPECT_EQ(number_of(session, "SELECT count(*) FROM occupancies"), 3);
}

TEST_P(Migrator, AppliesOnlyWhatIsMissing) {
    migrate(session, kMigratedAt);
    const auto known = with("CREATE TABLE extra (a BIGINT); CREATE TABLE more (a BIGINT)");
    EXPECT_EQ(schema_state(session, known).state, SchemaState::behind);
    EXPECT_EQ(migrate(session, known, kMigratedAt), std::vector<std::int64_t>{latest() + 1});
    EXPECT_EQ(number_of(session, "SELECT count(*) FROM more"), 0);
}

TEST_P(Migrator, RefusesADatabaseThatIsNewer) {
    migrate(session, with("CREATE TABLE extra (a BIGINT)"), kMigratedAt);
    EXPECT_EQ(schema_state(session).state, SchemaState::newer);
    EXPECT_THROW(migrate(session, kMigratedAt), StoreError);
    EXPECT_THROW(require_current_schema(session), StoreError);
    EXPECT_EQ(session.transaction_state(), TransactionState::none);
    EXPECT_EQ(number_of(session, "SELECT max(version) FROM schema_migrations"), latest() + 1);
}

TEST_P(Migrator, RefusesAMigrationThatWasEdited) {
    migrate(session, with("CREATE TABLE extra (a BIGINT)"), kMigratedAt);
    const auto edited = with("CREATE TABLE extra (a BIGINT );");
    EXPECT_EQ(schema_state(session, edited).state, SchemaState::changed);
    EXPECT_THROW(migrate(session, edited, kMigratedAt), StoreError);
    EXPECT_TRUE(migrate(session, with("CREATE TABLE extra (a BIGINT)"), kMigratedAt).empty());
}

TEST_P(Migrator, UndoesAMigrationThatFails) {
    migrate(session, kMigratedAt);
    const auto broken = with("CREATE TABLE extra (a BIGINT); SELECT nothing FROM nowhere");
    try {
        migrate(session, broken, kMigratedAt);
        FAIL() << "applied";
    } catch (const StoreError& error) {
        EXPECT_NE(std::string(error.what()).find("(more)"), std::string::npos) << error.what();
    }
    EXPECT_ANY_THROW(number_of(session, "SELECT count(*) FROM extra"));
    EXPECT_EQ(schema_state(session).state, SchemaState::current);
    EXPECT_EQ(migrate(session, with("CREATE TABLE extra (a BIGINT)"), kMigratedAt).size(), 1U);
}

TEST_P(Migrator, MayRunInSeveralProcessesAtOnce) {
    constexpr std::size_t kThreads = 4;
    std::vector<std::vector<std::int64_t>> applied(kThreads);
    {
        std::vector<std::jthread> threads;
        for (auto& versions : applied) {
            threads.emplace_back([&] {
                auto own = database.open();
                versions = migrate(own, kMigratedAt);
            });
        }
    }
    std::vector<std::int64_t> all;
    for (const auto& versions : applied) {
        all.insert(all.end(), versions.begin(), versions.end());
    }
    std::sort(all.begin(), all.end());
    std::vector<std::int64_t> each_once(static_cast<std::size_t>(latest()));
    std::iota(each_once.begin(), each_once.end(), 1);
    EXPECT_EQ(all, each_once);
    EXPECT_EQ(schema_state(session).state, SchemaState::current);
}

}  // namespace
}  // namespace creneau::store
