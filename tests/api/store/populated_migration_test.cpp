#include "api/store/doctor.hpp"
#include "api/store/migrator.hpp"
#include "tests/api/store/rows.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <exception>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::store {
namespace {

struct Kept {
    const char* table;
    std::vector<const char*> columns;
};

/// What the migrations leave as it is.
const Kept kKept[] = {
    {"bookings",
     {"id", "room_id", "booker_id", "status", "start_at", "end_at", "attendees", "purpose"}},
    {"occupancies", {"space_id", "start_at", "end_at", "source_kind", "source_id", "expires_at"}},
    {"equipment", {"id", "site_id", "key", "name", "stock"}},
    {"booking_equipment", {"booking_id", "equipment_id", "quantity"}},
    {"waits",
     {"id", "room_id", "booker_id", "status", "local_start", "local_end", "start_at", "end_at",
      "attendees", "purpose", "layout", "asked_at"}},
    {"holds",
     {"id", "room_id", "booker_id", "wait_id", "status", "start_at", "end_at", "attendees",
      "purpose", "layout", "expires_at", "placed_at", "ended_at", "booking_id"}},
    {"subscriptions",
     {"id", "service", "email", "locale", "rhythm", "daily_at", "site_id", "room_id", "holders",
      "created_by_id", "created_at", "ended_at", "told_until", "told_on"}},
    {"subscription_changes", {"subscription_id", "change"}},
    {"audit", {"id", "at", "actor_id", "action", "subject_kind", "subject_id"}},
    {"outbox",
     {"id", "template", "person_id", "booking_id", "facts", "created_at", "state", "attempts",
      "next_try_at", "subscription_id", "token"}},
};

struct Rule {
    const char* name;
    std::string statement;
    std::string refusal;  ///< what the database says; empty: it obeys
};

/// A database as a town had filled it before services followed kinds of booking and holds carried
/// equipment; migrate() brings it up to date.
class PopulatedMigration : public testing::TestWithParam<Engine> {
  protected:
    void SetUp() override {
        const auto embedded = embedded_migrations(GetParam());
        const auto next = std::ranges::find(embedded, "who_is_told", &Migration::name);
        ASSERT_NE(next, embedded.end());
        migrate(session, {embedded.begin(), next}, support::kMigratedAt);
        add_small_town(session);
        add_bookings();
        add_line();
        add_mails();
    }

    /// Booking 1 takes six chairs of ten with an hour around its slot; booking 2 follows, and
    /// booking 3 was cancelled.
    void add_bookings() {
        add_booking(session, 1, 1, "approved", 36'000, 43'200);
        add_booking(session, 2, 2, "approved", 46'800, 50'400);
        add_booking(session, 3, 2, "cancelled", 36'000, 43'200);
        occupy(session, {1, 36'000, 43'200}, 1);
        occupy(session, {2, 46'800, 50'400}, 2);
        session.execute(
            "INSERT INTO equipment (id, town_id, site_id, key, name, stock)"
            " VALUES (1, 1, 1, 'chairs', 'Chaises', 10), (2, 1, NULL, 'piano', 'Piano', 1);"
            "INSERT INTO booking_equipment (town_id, booking_id, equipment_id, quantity)"
            " VALUES (1, 1, 1, 6), (1, 1, 2, 1), (1, 2, 1, 10), (1, 3, 1, 9);"
            "INSERT INTO equipment_takings (equipment_id, start_at, booking_id, end_at, quantity,"
            " town_id) VALUES (1, 32400, 1, 46800, 6, 1), (2, 32400, 1, 46800, 1, 1),"
            " (1, 46800, 2, 50400, 10, 1)");
    }
    /// Wait 1 is offered hold 1, of room 2 at the hours of booking 1; wait 2 waits.
    void add_line() {
        session.execute(
            "INSERT INTO waits (id, town_id, room_id, booker_id, requested_by_id, status,"
            " local_start, local_end, start_at, end_at, attendees, purpose, layout, asked_at)"
            " VALUES (1, 1, 2, 1, 1, 'offered', 'l', 'm', 36000, 43200, 5, 'w', 'rows', 7),"
            " (2, 1, 1, 1, 1, 'waiting', 'l', 'm', 36000, 43200, 5, 'w', '', 8);"
            "INSERT INTO holds (id, town_id, room_id, booker_id, requested_by_id, wait_id,"
            " local_start, local_end, start_at, end_at, attendees, purpose, layout, expires_at,"
            " placed_at) VALUES (1, 1, 2, 1, 1, 1, 'l', 'm', 36000, 43200, 5, 'w', 'rows', 900, 9);"
            "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind, source_id,"
            " expires_at) VALUES (2, 36000, 43200, 1, 'hold', 1, 900)");
    }
    void add_mails() {
        session.execute(
            "INSERT INTO subscriptions (id, town_id, service, email, locale, rhythm, daily_at,"
            " room_id, holders, created_by_id, created_at, told_until, told_on)"
            " VALUES (1, 1, 'Gardiens', 'g@example.org', 'fr', 'daily', '07:30', 1, 'all', 1, 3,"
            " 11, '2026-11-20');"
            "INSERT INTO subscription_changes (town_id, subscription_id, change)"
            " VALUES (1, 1, 'approved'), (1, 1, 'moved');"
            "INSERT INTO audit (id, town_id, at, actor_id, action, subject_kind, subject_id)"
            " VALUES (11, 1, 5, 1, 'booking_approved', 'booking', 1);"
            "INSERT INTO outbox (id, town_id, template, person_id, booking_id, facts, created_at,"
            " state, attempts, next_try_at, subscription_id, token) VALUES"
            " (1, 1, 'booking_approved', 1, 1, '{}', 5, 'waiting', 2, 65, NULL, 'a'),"
            " (2, 1, 'news', 1, NULL, '{}', 6, 'printed', 0, 66, 1, 'b')");
    }

    std::vector<std::string> lines(const Kept& kept) {
        std::string line;
        for (const char* column : kept.columns) {
            line += (line.empty() ? "" : " || ' ' || ") +
                    ("coalesce(CAST(" + std::string(column) + " AS TEXT), 'NULL')");
        }
        std::string row;
        soci::statement statement =
            (session.sql().prepare << "SELECT " << line << " FROM " << kept.table << " ORDER BY 1",
             soci::into(row));
        std::vector<std::string> rows;
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            rows.push_back(row);
        }
        return rows;
    }
    std::vector<std::vector<std::string>> everything() {
        std::vector<std::vector<std::string>> tables;
        for (const Kept& kept : kKept) {
            tables.push_back(lines(kept));
        }
        return tables;
    }
    /// What the database says to a statement, in lower case; empty when it obeys.
    std::string refusal_of(const std::string& statement) {
        try {
            session.execute(statement);
        } catch (const std::exception& error) {
            std::string told = error.what();
            std::ranges::transform(told, told.begin(), [](unsigned char letter) {
                return static_cast<char>(std::tolower(letter));
            });
            return told;
        }
        return "";
    }

    void expect_obeyed(std::span<const Rule> rules) {
        for (const Rule& rule : rules) {
            const std::string told = refusal_of(rule.statement);
            EXPECT_EQ(told.empty(), rule.refusal.empty()) << rule.name << ": " << told;
            EXPECT_NE(told.find(rule.refusal), std::string::npos) << rule.name << ": " << told;
        }
    }
    void expect_sound() {
        std::ostringstream told;
        EXPECT_TRUE(doctor(database.database(), told)) << told.str();
    }
    static std::string hold_asks(const std::string& hold_and_quantity) {
        return "INSERT INTO hold_equipment (town_id, equipment_id, hold_id, quantity)"
               " VALUES (1, 1, " +
               hold_and_quantity + ")";
    }

    support::TestDatabase database{GetParam(), support::TestDatabase::Content::empty};
    Session session = database.open();
};
CRENEAU_ON_BOTH_ENGINES(PopulatedMigration);

TEST_P(PopulatedMigration, KeepsEveryRowAndTellsServicesOfEveryKind) {
    const auto before = everything();
    for (const auto& rows : before) {
        EXPECT_FALSE(rows.empty());
    }
    migrate(session, support::kMigratedAt);
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(number_of(session, "SELECT count(*) FROM bookings WHERE kind <> ''"), 0);
    EXPECT_EQ(number_of(session, "SELECT count(*) FROM subscription_kinds"), 0);
    EXPECT_EQ(number_of(session, "SELECT count(*) FROM outbox WHERE association_id IS NOT NULL"),
              0);
}

TEST_P(PopulatedMigration, WhatWasTakenIsItsBookingsAndTheTownIsSound) {
    const Kept before{"equipment_takings",
                      {"equipment_id", "start_at", "end_at", "booking_id", "quantity", "town_id"}};
    Kept after = before;
    after.columns[3] = "source_id";
    const auto taken = lines(before);
    EXPECT_EQ(taken, (std::vector<std::string>{"1 32400 46800 1 6 1", "1 46800 50400 2 10 1",
                                               "2 32400 46800 1 1 1"}));
    migrate(session, support::kMigratedAt);
    EXPECT_EQ(lines(after), taken);
    EXPECT_EQ(number_of(session,
                        "SELECT count(*) FROM equipment_takings"
                        " WHERE source_kind = 'booking' AND expires_at IS NULL"),
              3);
    expect_sound();
}

TEST_P(PopulatedMigration, WhatIsTakenAfterwardsMeetsWhatWasTaken) {
    migrate(session, support::kMigratedAt);
    const std::string take =
        "INSERT INTO equipment_takings (equipment_id, town_id, source_kind, source_id, start_at,"
        " end_at, quantity, expires_at) VALUES ";
    const Rule rules[] = {
        {"five of four chairs", take + "(1, 1, 'hold', 1, 36000, 43200, 5, 900)",
         "equipment_oversold"},
        {"five in the last second", take + "(1, 1, 'booking', 3, 46799, 46800, 5, NULL)",
         "equipment_oversold"},
        {"one of none", take + "(1, 1, 'booking', 3, 39600, 46801, 1, NULL)", "equipment_oversold"},
        {"a moved taking", "UPDATE equipment_takings SET source_id = 2 WHERE source_id = 1",
         "taking_is_moved_by_delete_and_insert"},
        {"the same twice", take + "(1, 1, 'booking', 1, 32400, 46800, 1, NULL)",
         "unique constraint"},
        {"a closure", take + "(1, 1, 'closure', 1, 36000, 43200, 1, NULL)", "check constraint"},
        {"a hold without a deadline", take + "(1, 1, 'hold', 1, 36000, 43200, 1, NULL)",
         "check constraint"},
        {"no such equipment", take + "(9, 1, 'booking', 3, 36000, 43200, 1, NULL)", "foreign key"},
        {"no such town", take + "(1, 9, 'booking', 3, 36000, 43200, 1, NULL)", "foreign key"},
        {"four of four", take + "(1, 1, 'hold', 1, 36000, 43200, 4, 900)", ""},
        {"what the hold asked for", hold_asks("1, 4"), ""},
    };
    expect_obeyed(rules);
    EXPECT_EQ(number_of(session, "SELECT count(*) FROM equipment_takings"), 4);
    expect_sound();
}

TEST_P(PopulatedMigration, WhatIsAddedAfterwardsRefersToWhatWasThere) {
    migrate(session, support::kMigratedAt);
    const std::string wait_asks =
        "INSERT INTO wait_equipment (town_id, equipment_id, quantity, wait_id) VALUES (1, 1, 4, ";
    const std::string follow =
        "INSERT INTO subscription_kinds (town_id, kind, subscription_id) VALUES (1, 'k', ";
    const std::string leave =
        "INSERT INTO booking_departures (town_id, room_id, local_start, local_end, audit_id,"
        " booking_id) VALUES (1, 1, 'l', 'm', ";
    const Rule rules[] = {
        {"no such hold", hold_asks("9, 4"), "foreign key"},
        {"no such wait", wait_asks + "9)", "foreign key"},
        {"a wait", wait_asks + "2)", ""},
        {"no such subscription", follow + "9)", "foreign key"},
        {"a subscription", follow + "1)", ""},
        {"no such audit line", leave + "9, 1)", "foreign key"},
        {"no such booking", leave + "11, 9)", "foreign key"},
        {"a move", leave + "11, 1)", ""},
        {"no such association", "UPDATE outbox SET association_id = 9", "foreign key"},
        {"equipment that is taken", "DELETE FROM equipment WHERE id = 2", "foreign key"},
        {"a room that is held", "DELETE FROM rooms WHERE id = 2", "foreign key"},
    };
    expect_obeyed(rules);
    expect_sound();
}

}  // namespace
}  // namespace creneau::store
