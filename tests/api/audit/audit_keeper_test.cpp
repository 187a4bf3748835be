#include "api/audit/audit_keeper.hpp"

#include "api/audit/keep_days.hpp"
#include "api/audit/seal_store.hpp"
#include "api/audit/seals_file.hpp"
#include "tests/api/audit/audit_town.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <tl/expected.hpp>

namespace creneau::audit {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

/// The same day, so many months later.
std::chrono::sys_seconds later(std::chrono::sys_seconds at, int by) {
    return sys_days(year_month_day(std::chrono::floor<std::chrono::days>(at)) + months(by)) +
           hours{12};
}

class AuditKeeping : public AuditTown {};
CRENEAU_ON_BOTH_ENGINES(AuditKeeping);

TEST_P(AuditKeeping, SealsADayOnceItIsOverAndNamesItInTheFile) {
    write(noon_of(1));
    write(noon_of(1));
    tick(noon_of(1) + hours{12} + minutes{4});
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit_seals"), 0);
    tick(noon_of(1) + hours{12} + minutes{5});
    tick(noon_of(2));
    const auto seal = select_last_seal(session_, kActivity);
    ASSERT_TRUE(seal);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit_seals"), 1);
    EXPECT_EQ(seal->text.span, (Span{"2026-11-01", 1, 2, 2}));
    const SealsFile file(file_);
    ASSERT_TRUE(file.find(kActivity, 1));
    EXPECT_EQ(file.find(kActivity, 1)->hash, seal->hash);
    EXPECT_TRUE(told_.empty());
}

TEST_P(AuditKeeping, ADayWithoutLinesNeedsNoSealAndALateLineIsOfTheNext) {
    write(noon_of(1));
    write(noon_of(4));
    write(noon_of(4) - hours{13});  // of the third, written behind one of the fourth
    write(noon_of(6));
    tick(noon_of(6));
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit_seals"), 2);
    EXPECT_EQ(text("SELECT day FROM audit_seals WHERE number = 2"), "2026-11-04");
    EXPECT_EQ(number("SELECT line_count FROM audit_seals WHERE number = 2"), 2);
    EXPECT_FALSE(first_broken());
}

TEST_P(AuditKeeping, AClockThatWasAheadStopsNothing) {
    write(noon_of(28));
    write(noon_of(2));
    tick(noon_of(2));
    EXPECT_EQ(text("SELECT day FROM audit_seals"), "2026-11-28");
    tick(noon_of(3));
    EXPECT_EQ(text("SELECT day FROM audit_seals WHERE number = 2"), "2026-11-02");
    EXPECT_FALSE(first_broken());
}

TEST_P(AuditKeeping, WhatAKillKeptFromTheFileIsAddedAndSaid) {
    fill();
    const auto sealed =
        writer_.run([&](store::Session& session) -> tl::expected<std::optional<KeptSeal>, bool> {
            return seal_day(session, kActivity, noon_of(4));
        });
    ASSERT_TRUE(sealed.has_value() && sealed->has_value() && sealed->value());
    const auto behind = verify(kActivity);
    EXPECT_FALSE(behind.broken);
    ASSERT_EQ(behind.notes.size(), 1U);
    EXPECT_NE(behind.notes[0].find("not in the seals file yet"), std::string::npos);
    told_.clear();
    tick(noon_of(4));
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_NE(told_[0].find("1 seals of the log activity were missing"), std::string::npos);
    EXPECT_TRUE(verify(kActivity).notes.empty());
    EXPECT_FALSE(first_broken());
}

TEST_P(AuditKeeping, ALineOfTheFileThatWasCutShortIsWrittenAnew) {
    fill();
    std::filesystem::resize_file(file_, std::filesystem::file_size(file_) - 5);
    tick(noon_of(3));
    EXPECT_EQ(SealsFile(file_).unreadable(), 1U);
    EXPECT_FALSE(first_broken());
}

TEST_P(AuditKeeping, AFileThatIsGoneIsMissedAndOneMadeAnewSaysSo) {
    fill();
    std::filesystem::remove(file_);
    ASSERT_TRUE(verify(kActivity).broken);
    EXPECT_NE(verify(kActivity).broken->what.find("no seals file"), std::string::npos);
    EXPECT_EQ(verify(kActivity).lines, 9);
    told_.clear();
    tick(noon_of(5));
    EXPECT_EQ(told_.size(), 2U);
    const auto found = verify(kActivity);
    EXPECT_FALSE(found.broken);
    ASSERT_EQ(found.notes.size(), 1U);
    EXPECT_NE(found.notes[0].find("later than they were made"), std::string::npos);
}

TEST_P(AuditKeeping, GoesOnWithoutAFileAndComplainsOnceAnHour) {
    write(noon_of(1));
    AuditKeeper keeper(readers_, writer_, kTown, "/nonexistent/seals",
                       [this](const std::string& what) { told_.push_back(what); });
    keeper.tick(noon_of(2));
    keeper.tick(noon_of(2) + minutes{1});
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit_seals"), 1);
    EXPECT_EQ(told_.size(), 1U);
    keeper.tick(noon_of(2) + hours{1});
    EXPECT_EQ(told_.size(), 2U);
}

TEST_P(AuditKeeping, PurgesEachLogInItsTimeAndTheRestVerifies) {
    fill();
    session_.execute(
        "INSERT INTO sites (id, town_id, key, name, address, time_zone, help_contact,"
        " help_hours) VALUES (1, 1, 's', 's', 'a', 'Europe/Paris', 'h', 'h');"
        "INSERT INTO rooms (id, town_id, site_id, key, name, capacity)"
        " VALUES (1, 1, 1, 'r', 'R', 5);"
        "INSERT INTO bookings (id, town_id, room_id, booker_id, requested_by_id,"
        " status, local_start, local_end, start_at, end_at, attendees, purpose,"
        " requested_at) VALUES (1, 1, 1, 2, 2, 'approved', 'l', 'm', 1, 2, 3, 'p', 1);"
        "INSERT INTO booking_departures (audit_id, town_id, booking_id, room_id,"
        " local_start, local_end) VALUES (1, 1, 1, 1, 'l', 'm'), (4, 1, 1, 1, 'l', 'm')");
    tick(later(noon_of(1), 12));  // the first of November was kept for twelve months: not yet
    EXPECT_EQ(verify(kSecurity).purged, 0);
    tick(later(noon_of(2), 12));
    EXPECT_EQ(verify(kSecurity).purged, 1);
    EXPECT_EQ(verify(kActivity).purged, 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE log = 'security' AND town_id = 1"
                     " AND at < 1793577600"),
              0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM booking_departures"), 2);
    EXPECT_EQ(number("SELECT subject_id FROM audit WHERE action = 'audit_purged'"), 20261101);
    EXPECT_EQ(text("SELECT ground FROM audit WHERE action = 'audit_purged'"), "security");
    EXPECT_FALSE(first_broken());
    tick(later(noon_of(2), 60));
    EXPECT_EQ(verify(kActivity).purged, 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM booking_departures"), 0);
    write(later(noon_of(2), 60));
    EXPECT_FALSE(first_broken());
}

TEST_P(AuditKeeping, ALogOfWhichEverythingWasPurgedGoesOn) {
    write(noon_of(1));
    tick(noon_of(2));
    tick(later(noon_of(3), 60));
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE log = 'activity'"), 0);
    write(later(noon_of(3), 60));
    EXPECT_FALSE(first_broken());
    EXPECT_EQ(verify(kActivity).lines, 1);
}

TEST_P(AuditKeeping, TheTownSaysHowLongItsActivityIsKept) {
    session_.execute("UPDATE towns SET audit_months = 24 WHERE id = 1");
    write(noon_of(1));
    tick(noon_of(2));
    tick(later(noon_of(1), 24));
    EXPECT_EQ(verify(kActivity).purged, 0);
    tick(later(noon_of(2), 24));
    EXPECT_EQ(verify(kActivity).purged, 1);
}

TEST_P(AuditKeeping, DeletesSoManyLinesInAWriteAndVerifiesInBetween) {
    const auto written = writer_.run([&](store::Session& session) -> tl::expected<bool, bool> {
        for (int i = 0; i < kMostPurged + 1; ++i) {
            append(session, kTown, {noon_of(1), {}, {}, "a", "b", 1, {}});
        }
        return true;
    });
    ASSERT_TRUE(written.has_value());
    tick(noon_of(2));
    const auto now = later(noon_of(2), 60);
    const auto purge = [&] {
        return *writer_
                    .run([&](store::Session& session)
                             -> tl::expected<std::optional<KeptSeal>, bool> {
                        return purge_day(session, kActivity, now);
                    })
                    .value();
    };
    EXPECT_FALSE(purge()->emptied);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE log = 'activity'"), 1);
    tick(now);  // the file learns of it, the rest goes
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE log = 'activity'"), 0);
    EXPECT_FALSE(purge());
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'audit_purged'"), 1);
    EXPECT_FALSE(first_broken());
}

TEST_P(AuditKeeping, ARestoreTakesLaterSealsBack) {
    fill();
    tick(noon_of(4));
    take_over();
    session_.execute(
        "DELETE FROM audit WHERE at >= 1793664000; DELETE FROM audit_seals WHERE number = 3");
    ASSERT_TRUE(first_broken());
    {
        SealsFile file(file_);
        for (const ChainOf& chain : {kActivity, kSecurity}) {
            file.add_restore(chain, 2, noon_of(4));
        }
        EXPECT_EQ(file.taken_back(), 2U);
    }
    EXPECT_FALSE(first_broken());
    write(noon_of(4));
    tick(noon_of(5));
    EXPECT_EQ(verify(kActivity).seals, 3);
    EXPECT_FALSE(first_broken());
}

}  // namespace
}  // namespace creneau::audit
