#include "api/audit/audit_keeper.hpp"
#include "api/audit/audit_store.hpp"
#include "api/audit/seals_file.hpp"
#include "api/audit/verify_audit.hpp"
#include "api/store/migrator.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>

#include <soci/soci.h>

namespace creneau::audit {
namespace {

constexpr ChainOf kActivity{TownId{1}, Log::activity};
constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'795'000'000}};

/// A database of the version before the chain, with lines of two towns.
class AuditMigration : public testing::TestWithParam<store::Engine> {
  protected:
    void SetUp() override {
        const auto embedded = store::embedded_migrations(GetParam());
        const auto next = std::ranges::find(embedded, "audit_chain", &store::Migration::name);
        ASSERT_NE(next, embedded.end());
        store::migrate(session_, {embedded.begin(), next}, support::kMigratedAt);
        session_.execute(
            "INSERT INTO towns (id, key, name, time_zone, service, email, phone) VALUES"
            " (1, 'a', 'A', 'Europe/Paris', 's', 'a@example.org', '1'),"
            " (2, 'b', 'B', 'Europe/Paris', 's', 'b@example.org', '2');"
            "INSERT INTO people (id, town_id, key, name, email, locale)"
            " VALUES (1, 1, 'o', 'Office', 'o@example.org', 'fr');"
            "INSERT INTO audit (id, town_id, at, actor_id, action, subject_kind, subject_id, "
            "ground)"
            " VALUES (3, 1, 1790000000, 1, 'booking_refused', 'booking', 4, 'property_management'),"
            " (5, 1, 1790000001, 1, 'buffers_overridden', 'booking', 4, 'Déménagement prévu'),"
            " (6, 2, 1790000002, NULL, 'hold_expired', 'hold', 1, ''),"
            " (7, 1, 1790000003, 1, 'closure_created', 'closure', 2, 'Travaux'),"
            " (8, 1, 1790000004, 1, 'round_wish_excluded', 'round_wish', 9, 'plus d''adhérents'),"
            " (9, 1, 1790000005, 1, 'round_wish_settled', 'round_wish', 9, 'accord')");
        if (GetParam() == store::Engine::postgresql) {
            session_.execute("SELECT setval(pg_get_serial_sequence('audit', 'id'), 9)");
        }
        store::migrate(session_, support::kMigratedAt);
    }
    std::int64_t number(const std::string& query) {
        long long number = 0;
        session_.sql() << query, soci::into(number);
        return number;
    }
    void append_one() {
        session_.execute("BEGIN");
        append(session_, TownId{1}, {kNow, {}, {}, "a", "b", 1, {}});
        session_.execute("COMMIT");
    }
    Verified verify() {
        const SealsFile file(database_.folder() + "/seals");
        return verify_audit(session_, kActivity, file, {});
    }

    support::TestDatabase database_{GetParam(), support::TestDatabase::Content::empty};
    store::Session session_ = database_.open();
};
CRENEAU_ON_BOTH_ENGINES(AuditMigration);

TEST_P(AuditMigration, MovesWhatPeopleWroteToTheReasons) {
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE ground <> ''"), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM reasons"), 3);
    EXPECT_EQ(number("SELECT COUNT(*) FROM reasons WHERE subject_kind = 'booking'"
                     " AND subject_id = 4 AND at = 1790000001 AND by_id = 1"
                     " AND action = 'buffers_overridden' AND reason = 'Déménagement prévu'"),
              1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM reasons WHERE subject_kind = 'round_wish'"), 2);
}

TEST_P(AuditMigration, ItsChainBeginsAfterTheLinesThatAreOlder) {
    const auto before = verify();
    EXPECT_EQ(before.older, 5);
    EXPECT_FALSE(before.broken);
    append_one();
    EXPECT_EQ(verify().lines, 1);
    EXPECT_FALSE(verify().broken);
}

TEST_P(AuditMigration, NobodyPassesLaterLinesOffAsOlder) {
    append_one();
    append_one();
    EXPECT_THROW(session_.execute("INSERT INTO audit (town_id, at, action, subject_kind,"
                                  " subject_id) VALUES (1, 1, 'a', 'b', 1)"),
                 std::exception);
    const bool is_sqlite = GetParam() == store::Engine::sqlite;
    const auto tamper = [&](const std::string& statements) {
        session_.execute(is_sqlite ? "DROP TRIGGER IF EXISTS audit_no_update;"
                                     "DROP TRIGGER IF EXISTS audit_seals_no_update;" +
                                         statements
                                   : "SET session_replication_role TO replica;" + statements);
    };
    tamper(
        "UPDATE audit SET hash = '' WHERE id = 10;"
        "UPDATE audit_seals SET last_id = 10, line_count = 6 WHERE town_id = 1");
    EXPECT_TRUE(verify().broken);
    tamper("UPDATE audit_seals SET last_id = 9, line_count = 5 WHERE town_id = 1");
    EXPECT_EQ(verify().broken.value_or(Broken{}).line, 10);
}

TEST_P(AuditMigration, OlderLinesArePurgedInTheirTime) {
    append_one();
    store::Readers readers(database_.database(), 1);
    store::Writer writer(database_.database(), {.limits = {}, .town_id = 1, .report = {}});
    AuditKeeper keeper(readers, writer, TownId{1}, database_.folder() + "/seals", {});
    keeper.tick(kNow);
    keeper.tick(kNow + std::chrono::days{1800});
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE town_id = 1 AND hash = ''"), 0);
    EXPECT_EQ(verify().older, 0);
    EXPECT_EQ(verify().lines, 1);
    EXPECT_FALSE(verify().broken);
}

}  // namespace
}  // namespace creneau::audit
