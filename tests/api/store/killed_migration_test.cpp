#include "api/store/migrator.hpp"
#include "api/store/native.hpp"
#include "tests/api/store/rows.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <map>

#include <sys/wait.h>
#include <unistd.h>

namespace creneau::store {
namespace {

using support::TestDatabase;

constexpr int kStepsBetweenChances = 20;
constexpr int kKills = 60;

int die_when_zero(void* countdown) {
    if (--*static_cast<int*>(countdown) == 0) {
        kill(getpid(), SIGKILL);
    }
    return 0;
}

int count_up(void* count) {
    ++*static_cast<int*>(count);
    return 0;
}

/// How many opportunities to die a whole migration has.
int all_chances() {
    const TestDatabase database(Engine::sqlite, TestDatabase::Content::empty);
    auto session = database.open();
    int count = 0;
    sqlite_api::sqlite3_progress_handler(sqlite_handle(session), kStepsBetweenChances, count_up,
                                         &count);
    migrate(session, support::kMigratedAt);
    sqlite_api::sqlite3_progress_handler(sqlite_handle(session), 0, nullptr, nullptr);
    return count;
}

/// Migrates in a process of its own, which kills itself at its `chance`-th opportunity.
/// Returns false when it got to the end before.
bool killed_at(const Database& database, int chance) {
    const pid_t child = fork();
    if (child == 0) {
        Session session(database, OpenMode::read_write);
        sqlite_api::sqlite3_progress_handler(sqlite_handle(session), kStepsBetweenChances,
                                             die_when_zero, &chance);
        migrate(session, support::kMigratedAt);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) == 0));
    return WIFSIGNALED(status);
}

long long objects_in(Session& session) {
    return number_of(session, "SELECT count(*) FROM sqlite_master");
}

/// How many tables, indexes and triggers each version of the schema has; 0 at version 0.
std::map<std::int64_t, long long> objects_by_version() {
    std::map<std::int64_t, long long> objects{{0, 0}};
    const auto all = embedded_migrations(Engine::sqlite);
    const TestDatabase database(Engine::sqlite, TestDatabase::Content::empty);
    auto session = database.open();
    for (std::size_t count = 1; count <= all.size(); ++count) {
        migrate(session, all.first(count), support::kMigratedAt);
        objects[all[count - 1].version] = objects_in(session);
    }
    return objects;
}

TEST(SqliteMigrator, LeavesTheOldOrTheNewSchemaWhereverItIsKilled) {
    const auto objects = objects_by_version();
    const int chances = all_chances();
    ASSERT_GT(chances, kKills) << "the migration was too short to be killed in its midst";
    int kills = 0;
    for (int i = 0; i <= kKills; ++i) {
        const int chance = 1 + i * chances / kKills;  // the last one comes too late
        const TestDatabase database(Engine::sqlite, TestDatabase::Content::empty);
        kills += killed_at(database.database(), chance) ? 1 : 0;
        auto session = database.open();
        const auto report = schema_state(session);
        EXPECT_TRUE(report.state == SchemaState::behind || report.state == SchemaState::current);
        EXPECT_EQ(objects_in(session), objects.at(report.version)) << "killed at chance " << chance;
        migrate(session, support::kMigratedAt);
        EXPECT_EQ(text_of(session, "PRAGMA integrity_check"), "ok");
    }
    EXPECT_GT(kills, kKills / 2);
}

TEST(PostgresqlMigrator, LeavesTheOldSchemaWhenItsConnectionIsCut) {
    const TestDatabase database(Engine::postgresql, TestDatabase::Content::empty);
    {
        auto session = database.open();
        const Migration cut[] = {
            {1, "cut",
             "CREATE TABLE half (a BIGINT); SELECT pg_terminate_backend(pg_backend_pid())"}};
        EXPECT_THROW(migrate(session, cut, support::kMigratedAt), StoreError);
    }
    auto session = database.open();
    EXPECT_EQ(number_of(session,
                        "SELECT count(*) FROM information_schema.tables "
                        "WHERE table_schema = 'public'"),
              0);
    EXPECT_FALSE(migrate(session, support::kMigratedAt).empty());
}

}  // namespace
}  // namespace creneau::store
