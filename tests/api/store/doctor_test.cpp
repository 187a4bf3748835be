#include "api/store/doctor.hpp"

#include "tests/api/store/rows.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace creneau::store {
namespace {

using support::TestDatabase;

std::vector<std::string> problems(const Database& database) {
    std::vector<std::string> names;
    for (const Check& check : examine(database)) {
        if (!check.healthy) {
            names.push_back(check.name);
        }
    }
    return names;
}

using Names = std::vector<std::string>;

class Doctor : public testing::TestWithParam<Engine> {
  protected:
    void SetUp() override { add_small_town(session); }

    void allow_overlaps() {
        session.execute(GetParam() == Engine::sqlite
                            ? "DROP TRIGGER occupancies_no_overlap_insert"
                            : "ALTER TABLE occupancies DROP CONSTRAINT occupancies_no_overlap");
    }

    TestDatabase database{GetParam()};
    Session session = database.open();
};
CRENEAU_ON_BOTH_ENGINES(Doctor);

TEST_P(Doctor, PrintsOneLineACheck) {
    std::ostringstream out;
    EXPECT_TRUE(doctor(database.database(), out)) << out.str();
    std::istringstream lines(out.str());
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        EXPECT_TRUE(line.starts_with("ok ")) << line;
    }
    EXPECT_EQ(count, 11);
}

TEST_P(Doctor, FindsAnOverlapAndTheMissingRule) {
    add_booking(session, 1, 1, "approved", 100, 300);
    occupy(session, {1, 100, 300});
    add_booking(session, 2, 1, "approved", 150, 160);
    add_booking(session, 3, 1, "approved", 299, 400);
    allow_overlaps();
    occupy(session, {1, 150, 160}, 2);
    occupy(session, {1, 299, 400}, 3);
    EXPECT_EQ(problems(database.database()), (Names{"schema", "overlaps"}));
    std::ostringstream out;
    EXPECT_FALSE(doctor(database.database(), out));
    EXPECT_NE(out.str().find("PROBLEM overlaps 2 occupancies"), std::string::npos) << out.str();
}

TEST_P(Doctor, FindsABookingWithoutItsOccupancy) {
    add_booking(session, 1, 1, "approved", 100, 200);
    EXPECT_EQ(problems(database.database()), Names{"occupancies"});
    occupy(session, {1, 100, 200});
    EXPECT_EQ(problems(database.database()), Names{});
}

TEST_P(Doctor, FindsARequestWithoutItsOccupancyWhereRequestsBlock) {
    add_booking(session, 1, 2, "pending", 100, 200);
    EXPECT_EQ(problems(database.database()), Names{});
    add_booking(session, 2, 1, "pending", 100, 200);
    EXPECT_EQ(problems(database.database()), Names{"occupancies"});
}

TEST_P(Doctor, FindsAnOccupancyThatNothingOccupies) {
    add_booking(session, 1, 1, "cancelled", 100, 200);
    EXPECT_EQ(problems(database.database()), Names{});
    occupy(session, {1, 100, 200});
    EXPECT_EQ(problems(database.database()), Names{"occupancies"});
}

/// Booking 1 and hold 1 occupy and asked for equipment, as booking 2 had that is cancelled.
void add_orders(Session& session) {
    add_booking(session, 1, 1, "approved", 3600, 7200);
    add_booking(session, 2, 1, "cancelled", 7200, 10800);
    occupy(session, {1, 3600, 7200});
    session.execute(
        "INSERT INTO holds (id, town_id, room_id, booker_id, requested_by_id, local_start,"
        " local_end, start_at, end_at, attendees, purpose, layout, expires_at, placed_at)"
        " VALUES (1, 1, 2, 1, 1, '', '', 3600, 7200, 1, 'x', '', 900, 0);"
        "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind, source_id,"
        " expires_at) VALUES (2, 3600, 7200, 1, 'hold', 1, 900);"
        "INSERT INTO equipment (id, town_id, key, name, stock) VALUES (1, 1, 'c', 'C', 100);"
        "INSERT INTO booking_equipment (town_id, booking_id, equipment_id, quantity)"
        " VALUES (1, 1, 1, 5), (1, 2, 1, 7);"
        "INSERT INTO hold_equipment (town_id, hold_id, equipment_id, quantity)"
        " VALUES (1, 1, 1, 6)");
}

TEST_P(Doctor, FindsEquipmentThatIsTakenForNothingOrForgotten) {
    add_orders(session);
    const std::string booking = "(1, 1, 'booking', 1, 1800, 9000, 5, NULL)";  // buffers included
    const std::string hold = "(1, 1, 'hold', 1, 3600, 7200, 6, 900)";
    const std::string both = booking + ", " + hold;
    const auto detail = [](const std::string& missing, const std::string& extra,
                           const std::string& unlike) {
        return "equipment " + missing + " missing, " + extra + " without an occupancy, " + unlike +
               " unlike their bookings and holds";
    };
    const std::string one_missing = detail("1", "0", "0");
    const std::string one_too_many = detail("0", "1", "0");
    const std::string one_unlike = detail("0", "0", "1");
    const struct {
        const char* name;
        std::string takings;
        std::string told;  // empty: a sound town
    } rows[] = {
        {"what was asked for", both, ""},
        {"nothing for the booking", hold, one_missing},
        {"nothing for the hold", booking, one_missing},
        {"a cancelled booking", both + ", (1, 1, 'booking', 2, 7200, 10800, 7, NULL)",
         one_too_many},
        {"a booking that never was", both + ", (1, 1, 'booking', 3, 3600, 7200, 5, NULL)",
         one_too_many},
        {"a hold that never was", both + ", (1, 1, 'hold', 2, 3600, 7200, 6, 900)", one_too_many},
        {"less than asked for", hold + ", (1, 1, 'booking', 1, 1800, 9000, 4, NULL)", one_unlike},
        {"after the start", hold + ", (1, 1, 'booking', 1, 3601, 9000, 5, NULL)", one_unlike},
        {"until before the end", hold + ", (1, 1, 'booking', 1, 1800, 7199, 5, NULL)", one_unlike},
        {"beyond the deadline", booking + ", (1, 1, 'hold', 1, 3600, 7200, 6, 901)", one_unlike},
        {"twice", both + ", (1, 1, 'booking', 1, 3600, 7200, 5, NULL)", one_unlike},
        {"mended", both, ""},
    };
    for (const auto& row : rows) {
        session.execute(
            "DELETE FROM equipment_takings;"
            "INSERT INTO equipment_takings (town_id, equipment_id, source_kind, source_id,"
            " start_at, end_at, quantity, expires_at) VALUES " +
            row.takings);
        std::string found;
        for (const Check& check : examine(database.database())) {
            found += check.healthy ? "" : check.name + ' ' + check.detail;
        }
        EXPECT_EQ(found, row.told) << row.name;
    }
}

TEST_P(Doctor, FindsAPassThatNoApprovedBookingExplains) {
    add_booking(session, 1, 1, "approved", 100'000, 200'000);
    occupy(session, {1, 100'000, 200'000});
    session.execute("INSERT INTO zones (id, town_id, key, name, scope) VALUES (1, 1, 'z', 'Z', 1)");
    session.execute(
        "INSERT INTO access_windows (id, town_id, source_kind, source_id, zone_id,"
        " holder_kind, holder_id, start_at, end_at)"
        " VALUES (1, 1, 'booking', 1, 1, 'person', 1, 99000, 201000)");
    session.execute(
        "INSERT INTO passes (id, town_id, number, booking_id, holder_kind, holder_id,"
        " created_at) VALUES (1, 1, 1, 1, 'person', 1, 0)");
    session.execute(
        "INSERT INTO credentials (id, town_id, pass_row_id, pass_id, revision, scope,"
        " not_before, duration_min) VALUES (1, 1, 1, 7, 0, 1, 99000, 1700)");
    EXPECT_EQ(problems(database.database()), Names{});
    session.execute("UPDATE credentials SET duration_min = 10000");
    EXPECT_EQ(problems(database.database()), Names{"doors"});
    session.execute("UPDATE credentials SET revoked_at = 1");
    EXPECT_EQ(problems(database.database()), Names{});
    session.execute("UPDATE access_windows SET start_at = 1");
    EXPECT_EQ(problems(database.database()), Names{"doors"});
    session.execute("UPDATE access_windows SET start_at = 99000, source_id = 5");
    EXPECT_EQ(problems(database.database()), Names{"doors"});
}

TEST_P(Doctor, FindsAMailThatWasGivenUp) {
    session.execute(
        "INSERT INTO outbox (town_id, template, person_id, facts, created_at, state, "
        "next_try_at) VALUES (1, 'booking_received', 1, '{}', 0, 'dead', 0)");
    EXPECT_EQ(problems(database.database()), Names{"outbox"});
}

TEST_P(Doctor, FindsASchemaOfAnotherProgram) {
    session.execute(
        "INSERT INTO schema_migrations (version, name, checksum, applied_at) "
        "VALUES (999, 'future', 'x', 0)");
    EXPECT_EQ(problems(database.database()), Names{"schema"});
}

TEST_P(Doctor, SaysThatADatabaseCannotBeOpened) {
    Database absent = database.database();
    absent.location = GetParam() == Engine::sqlite ? database.folder() + "/absent.db"
                                                   : absent.location + "_absent";
    EXPECT_EQ(problems(absent), Names{"open"});
}

TEST(SqliteDoctor, FindsADanglingReference) {
    const TestDatabase database(Engine::sqlite);
    auto session = database.open();
    session.execute("PRAGMA foreign_keys=OFF");
    session.execute("INSERT INTO spaces (town_id, site_id, key, name) VALUES (1, 1, 'k', 'n')");
    EXPECT_EQ(problems(database.database()), Names{"references"});
}

TEST(SqliteDoctor, FindsAnotherJournalMode) {
    const TestDatabase database(Engine::sqlite);
    database.open().execute("PRAGMA journal_mode=DELETE");
    std::filesystem::remove(database.database().location + "-wal");
    EXPECT_EQ(problems(database.database()), Names{"durability"});
}

TEST(SqliteDoctor, FindsADamagedPage) {
    const TestDatabase database(Engine::sqlite);
    {
        auto session = database.open();
        add_small_town(session);
        session.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    std::fstream file(database.database().location,
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096 * 2);
    file << std::string(2000, '\x7f');
    file.close();
    const auto names = problems(database.database());
    ASSERT_FALSE(names.empty());
    EXPECT_EQ(names.front(), "integrity");
}

}  // namespace
}  // namespace creneau::store
