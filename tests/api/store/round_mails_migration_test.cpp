#include "api/store/doctor.hpp"
#include "api/store/migrator.hpp"
#include "tests/api/store/rows.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::store {
namespace {

/// A database as two towns had filled it before mails named their round; migrate() brings it up to
/// date. Town 1 published round 1 at 100 and round 2 at 200, town 2 its round 3 at 100.
class RoundMailsMigration : public testing::TestWithParam<Engine> {
  protected:
    void SetUp() override {
        const auto embedded = embedded_migrations(GetParam());
        const auto next = std::ranges::find(embedded, "rounds_told", &Migration::name);
        ASSERT_NE(next, embedded.end());
        migrate(session_, {embedded.begin(), next}, support::kMigratedAt);
        add_small_town(session_);
        session_.execute(
            "INSERT INTO towns (id, key, name, time_zone, service, email, phone)"
            " VALUES (2, 'u', 'U', 'Europe/Paris', 's', 'e', 'p');"
            "INSERT INTO people (id, town_id, key, name, email, locale)"
            " VALUES (2, 2, 'p', 'P', 'p@example.org', 'fr')");
        add_round(1, 1);
        add_round(2, 1);
        add_round(3, 2);
        add_line(1, 1, 100, "round_published");
        add_line(1, 2, 150, "round_proposed");
        add_line(1, 2, 200, "round_published");
        add_line(2, 3, 100, "round_published");
    }
    void add_round(int id, int town) {
        session_.sql() << "INSERT INTO rounds (id, town_id, name, status, wishes_from,"
                          " wishes_until, season_first, season_last, created_at, created_by_id)"
                          " VALUES (:id, :town, 'n', 'published', '2026-03-01', '2026-04-30',"
                          " '2026-09-01', '2027-06-30', 5, :by)",
            soci::use(id), soci::use(town), soci::use(town);
    }
    void add_line(int town, int round, int at, const std::string& action) {
        session_.sql() << "INSERT INTO audit (town_id, at, actor_id, action, subject_kind,"
                          " subject_id) VALUES (:town, :at, :actor, :action, 'round', :round)",
            soci::use(town), soci::use(at), soci::use(town), soci::use(action), soci::use(round);
    }
    void add_mail(int id, int town, int at, const std::string& name = "round_result") {
        const std::string token = "t" + std::to_string(id);
        session_.sql() << "INSERT INTO outbox (id, town_id, template, person_id, facts, created_at,"
                          " next_try_at, token) VALUES (:id, :town, :template, :person, '{}', :at,"
                          " 0, :token)",
            soci::use(id), soci::use(town), soci::use(name), soci::use(town), soci::use(at),
            soci::use(token);
    }
    /// Of each mail by id: its round, or "-".
    std::vector<std::string> rounds_of_mails() {
        std::string row;
        soci::statement statement =
            (session_.sql().prepare << "SELECT COALESCE(CAST(round_id AS TEXT), '-') FROM outbox"
                                       " ORDER BY id",
             soci::into(row));
        std::vector<std::string> rows;
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            rows.push_back(row);
        }
        return rows;
    }

    support::TestDatabase database_{GetParam(), support::TestDatabase::Content::empty};
    Session session_ = database_.open();
};
CRENEAU_ON_BOTH_ENGINES(RoundMailsMigration);

TEST_P(RoundMailsMigration, EachResultNamesTheRoundThatWasPublishedWithIt) {
    add_mail(1, 1, 100);
    add_mail(2, 1, 100);
    add_mail(3, 1, 200);
    add_mail(4, 2, 100);
    migrate(session_, support::kMigratedAt);
    EXPECT_EQ(rounds_of_mails(), (std::vector<std::string>{"1", "1", "2", "3"}));
}

TEST_P(RoundMailsMigration, WhatNoPublicationExplainsAndOtherMailsNameNone) {
    add_mail(1, 1, 150);
    add_mail(2, 2, 200);
    add_mail(3, 1, 100, "news");
    add_mail(4, 1, 200);
    migrate(session_, support::kMigratedAt);
    EXPECT_EQ(rounds_of_mails(), (std::vector<std::string>{"-", "-", "-", "2"}));
}

TEST_P(RoundMailsMigration, AnEmptyOutboxAndTheRoundsAreKept) {
    migrate(session_, support::kMigratedAt);
    EXPECT_EQ(number_of(session_, "SELECT count(*) FROM outbox"), 0);
    EXPECT_EQ(number_of(session_, "SELECT count(*) FROM rounds WHERE skip_school_holidays = 0"), 3);
    add_mail(1, 1, 300);
    EXPECT_THROW(session_.execute("UPDATE outbox SET round_id = 9"), std::exception);
    session_.execute("UPDATE outbox SET round_id = 2");
    std::ostringstream told;
    EXPECT_TRUE(doctor(database_.database(), told)) << told.str();
}

}  // namespace
}  // namespace creneau::store
