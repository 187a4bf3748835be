#include "api/booking/closures/close_rooms.hpp"
#include "api/booking/retiming/list_time_conflicts.hpp"
#include "api/booking/retiming/recompute_times.hpp"
#include "api/booking/retiming/retiming_store.hpp"
#include "api/booking/series/decide_series.hpp"
#include "api/booking/view_store.hpp"
#include "api/booking/waiting/join_line.hpp"
#include "api/people/people_store.hpp"
#include "tests/api/booking/equipment/equipment_fixture.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {
namespace {

using std::chrono::hours;

/// Bookings as a process left them that knew Paris an hour off: what a real change of the time zone
/// database leaves behind (tests/system/tz_change_test.py makes one).
class Retiming : public SeriesTest {
  protected:
    TimesRecomputed recompute(std::chrono::sys_seconds now = kNow) {
        return *writer_
                    .run([=](store::Session& session) -> tl::expected<TimesRecomputed, bool> {
                        return recompute_times(session, {kTown, "2031b", now});
                    })
                    .value();
    }
    /// The bookings and what they occupy were resolved an hour later, by another version.
    void resolved_later(const std::string& which) {
        const std::string ids = "(SELECT id FROM bookings WHERE " + which + ")";
        session_->sql() << "UPDATE bookings SET start_at = start_at + 3600, end_at = end_at + 3600,"
                           " tz_version = '2031a' WHERE id IN " +
                               ids;
        session_->sql()
            << "CREATE TEMPORARY TABLE shifted AS SELECT space_id, start_at + 3600 AS a,"
               " end_at + 3600 AS b, town_id, source_id FROM occupancies"
               " WHERE source_kind = 'booking' AND source_id IN " +
                   ids;
        session_->sql()
            << "DELETE FROM occupancies WHERE source_kind = 'booking' AND source_id IN " + ids;
        session_->sql() << "INSERT INTO occupancies (space_id, start_at, end_at, town_id,"
                           " source_kind, source_id) SELECT space_id, a, b, town_id, 'booking',"
                           " source_id FROM shifted";
        session_->sql() << "DROP TABLE shifted";
        session_->sql() << "CREATE TEMPORARY TABLE shifted AS SELECT equipment_id,"
                           " start_at + 3600 AS a, source_id, end_at + 3600 AS b, quantity,"
                           " town_id FROM equipment_takings"
                           " WHERE source_kind = 'booking' AND source_id IN " +
                               ids;
        session_->sql() << "DELETE FROM equipment_takings"
                           " WHERE source_kind = 'booking' AND source_id IN " +
                               ids;
        session_->sql() << "INSERT INTO equipment_takings (equipment_id, start_at, source_kind,"
                           " source_id, end_at, quantity, town_id) SELECT equipment_id, a,"
                           " 'booking', source_id, b, quantity, town_id FROM shifted";
        session_->sql() << "DROP TABLE shifted";
    }
    Booking stored(BookingId id) { return select_view(*session_, kTown, id)->booking; }
    /// A pending booking of kDanton that evening.
    Booking asked(const std::string& start, const std::string& end) {
        auto order = wish();
        order.start = "2026-12-05T" + start;
        order.end = "2026-12-05T" + end;
        return request(order).value();
    }
    std::vector<StandingConflict> conflicts(ConflictQuery query = {kNow, 50, {}}) {
        return list_time_conflicts(*session_, kTown,
                                   *people::find_person(*session_, kTown, kOffice), query)
            .value();
    }
    void expect_occupancies_fit() {
        EXPECT_EQ(count("occupancies"), count("bookings b JOIN occupancies o ON o.source_id = b.id"
                                              " AND o.start_at = b.start_at AND o.end_at = b.end_at"
                                              " WHERE b.status IN ('pending', 'approved')"));
    }
};
CRENEAU_ON_BOTH_ENGINES(Retiming);

TEST_P(Retiming, AnApprovedBookingKeepsItsHoursAndGetsANewPassAndAMail) {
    const Booking before = approved();
    resolved_later("id = 1");
    const auto done = recompute();
    EXPECT_EQ(done.moved, 1U);
    const Booking after = stored(before.id);
    EXPECT_EQ(after.slot, before.slot);
    EXPECT_EQ(after.status, Status::approved);
    EXPECT_EQ(after.sequence, before.sequence + 1);
    EXPECT_EQ(after.tz_version, "2031b");
    EXPECT_EQ(count("credentials WHERE revoked_at IS NULL"), 1);
    EXPECT_EQ(count("credentials WHERE revoked_at IS NOT NULL"), 1);
    EXPECT_EQ(count("access_windows"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'booking_retimed' AND credential_id IS NOT NULL"), 1);
    EXPECT_EQ(count("audit WHERE action = 'booking_retimed' AND actor_id IS NULL"), 1);
    expect_occupancies_fit();
}

TEST_P(Retiming, OfASeriesOneMailTellsAllDates) {
    const SeriesId series = ask(saturdays()).value();
    ASSERT_TRUE(
        write(approve_series, ApproveSeries{{kTown, kOffice, series, Scope::all, "", kNow}}));
    resolved_later("series_date > '2026-12-12'");
    EXPECT_EQ(recompute().moved, 2U);
    EXPECT_EQ(count("outbox WHERE template = 'series_retimed'"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'booking_retimed'"), 0);
    EXPECT_EQ(count("bookings WHERE tz_version = '2031b'"), 4);
    EXPECT_EQ(count("credentials WHERE revoked_at IS NULL"), 4);
    expect_occupancies_fit();
}

TEST_P(Retiming, OfASeriesWhatIsGivenAndWhatAwaitsAnAnswerAreToldApart) {
    const SeriesId series = ask(saturdays()).value();
    ASSERT_TRUE(write(approve_series, ApproveSeries{{kTown, kOffice, series, Scope::following,
                                                     "2026-12-19", kNow}}));
    resolved_later("id > 0");
    EXPECT_EQ(recompute().moved, 4U);
    const auto told = [this](const std::string& status, const std::string& part) {
        return count("outbox WHERE template = 'series_retimed' AND facts LIKE '%\"status\":\"" +
                     status + "\"%' AND facts LIKE '%" + part + "%'");
    };
    EXPECT_EQ(count("outbox WHERE template = 'series_retimed'"), 2);
    EXPECT_EQ(told("approved", "2026-12-26T18:30"), 1);
    EXPECT_EQ(told("approved", "2026-12-05T18:30"), 0);
    EXPECT_EQ(told("pending", "2026-12-12T18:30"), 1);
    EXPECT_EQ(told("pending", "2026-12-19T18:30"), 0);
    EXPECT_EQ(told("approved", "\"way\":\"qr\""), 1) << "how to get in";
}

TEST_P(Retiming, NeighboursMakeRoomForEachOther) {
    asked("08:00", "10:00");
    asked("10:00", "12:00");
    asked("12:00", "13:00");
    resolved_later("id > 0");
    EXPECT_EQ(recompute().moved, 3U);
    EXPECT_TRUE(conflicts().empty());
    expect_occupancies_fit();
}

TEST_P(Retiming, ACollisionKeepsEverybodyWhereTheyWereAndIsListedForTheOffice) {
    const Booking first = asked("08:00", "10:00");
    const Booking second = asked("10:00", "12:00");
    resolved_later("id > 0");
    // At 08:00 sharp by now: it was asked for when the first had left that hour.
    const Booking blocking = asked("08:00", "09:00");
    const auto done = recompute();
    EXPECT_EQ(done.moved, 0U);
    EXPECT_EQ(done.in_conflict, (std::vector<BookingId>{first.id, second.id}));
    EXPECT_EQ(stored(first.id).slot.at.start, first.slot.at.start + hours{1});
    EXPECT_EQ(stored(blocking.id).slot, blocking.slot);
    expect_occupancies_fit();
    const auto listed = conflicts();
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0].conflict.rule, "room_taken");
    EXPECT_EQ(listed[0].conflict.kept.start, first.slot.at.start + hours{1});
    EXPECT_EQ(listed[0].view.booking.slot.local_start, first.slot.local_start);
    EXPECT_EQ(conflicts({kNow, 50, first.id}).size(), 1U);
    EXPECT_EQ(conflicts({kNow, 1, {}}).size(), 1U);
    const auto camille = people::find_person(*session_, kTown, kCamille);
    EXPECT_EQ(list_time_conflicts(*session_, kTown, *camille, {kNow, 50, {}}).error().refusal,
              Refusal::not_allowed);
    auto office_there = *camille;
    office_there.local_roles = {{people::Role::office, {people::ScopeKind::room, 1}, {1}}};
    auto office_elsewhere = *camille;
    office_elsewhere.local_roles = {{people::Role::office, {people::ScopeKind::room, 2}, {2}}};
    const auto told = [&](const people::Person& office) {
        return list_time_conflicts(*session_, kTown, office, {kNow, 50, {}})->size();
    };
    EXPECT_EQ(told(office_there), 2U);
    EXPECT_EQ(told(office_elsewhere), 0U);
    ASSERT_TRUE(cancel(blocking));
    EXPECT_EQ(recompute().moved, 2U) << "what was in the way is gone";
    EXPECT_TRUE(conflicts().empty());
    expect_occupancies_fit();
}

TEST_P(Retiming, WhatStaysKeepsTheBuffersThatItsEquipmentWasTakenWith) {
    add_equipment(*session_);
    auto order = wish();
    order.equipment = {{kChairs, 6}};
    order.start = "2026-12-05T08:00";
    order.end = "2026-12-05T10:00";
    const Booking first = request(order).value();
    order.room = kSemanaz;
    order.start = "2026-12-05T11:00";
    order.end = "2026-12-05T12:00";
    request(order).value();
    resolved_later("id = 1");  // until 11:00
    asked("08:00", "09:00");
    session_->execute(
        "INSERT INTO room_rules (town_id, room_id, setup_min, teardown_min)"
        " VALUES (1, 1, 0, 60)");
    EXPECT_EQ(recompute().in_conflict, std::vector<BookingId>{first.id});
    EXPECT_EQ(stored(first.id).slot.at.start, first.slot.at.start + hours{1});
    EXPECT_EQ(count("equipment_takings"), 2);
    expect_occupancies_fit();
}

TEST_P(Retiming, AClosureKeepsItsLocalHours) {
    CloseRooms order;
    order.town = kTown;
    order.actor = kOffice;
    order.room = kDanton;
    order.kind = ClosureKind::works;
    order.reason = "Peinture";
    order.start = "2026-12-05T08:00";
    order.end = "2026-12-05T20:00";
    order.now = kNow;
    ASSERT_TRUE(*writer_.run([&](store::Session& session) { return close_rooms(session, order); }));
    session_->execute("UPDATE closures SET start_at = start_at + 3600, end_at = end_at + 3600");
    session_->execute(
        "CREATE TEMPORARY TABLE shifted AS SELECT space_id, start_at + 3600 AS a,"
        " end_at + 3600 AS b, town_id, source_id FROM occupancies");
    session_->execute("DELETE FROM occupancies");
    session_->execute(
        "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind,"
        " source_id) SELECT space_id, a, b, town_id, 'closure', source_id"
        " FROM shifted");
    session_->execute("DROP TABLE shifted");
    (void)recompute();
    auto evening = wish();
    evening.start = "2026-12-05T19:15";
    evening.end = "2026-12-05T19:45";
    EXPECT_EQ(request(evening).error().refusal, Refusal::room_closed);
    evening.start = "2026-12-05T20:00";
    evening.end = "2026-12-05T20:30";
    EXPECT_TRUE(request(evening));
    asked("07:15", "07:45");
    EXPECT_EQ(count("audit WHERE action = 'closure_retimed'"), 1);
}

TEST_P(Retiming, WhoWaitsKeepsTheirPlaceAndAnOfferOfOtherInstantsIsWithdrawn) {
    const Booking booking = asked("18:30", "20:30");
    auto order = wish();
    order.actor = kAlex;
    order.association = kChess;
    add_equipment(*session_);
    order.equipment = {{kChairs, 10}};
    ASSERT_TRUE(write(join_line, order));
    ASSERT_TRUE(cancel(booking));  // the slot is offered now
    ASSERT_EQ(count("waits WHERE status = 'offered'"), 1);
    session_->execute("UPDATE waits SET start_at = start_at + 3600, end_at = end_at + 3600");
    session_->execute("UPDATE holds SET start_at = start_at + 3600, end_at = end_at + 3600");
    (void)recompute();
    EXPECT_EQ(count("waits WHERE status = 'offered'"), 1) << "anew, at the instants of today";
    EXPECT_EQ(count("holds WHERE status = 'released'"), 1);
    EXPECT_EQ(count("holds WHERE status = 'held'"), 1);
    EXPECT_EQ(count("equipment_takings"), 1);
    EXPECT_EQ(count("equipment_takings t JOIN holds h ON t.source_kind = 'hold'"
                    " AND h.id = t.source_id WHERE h.status = 'held'"
                    " AND t.start_at = h.start_at AND t.quantity = 10"),
              1);
    EXPECT_EQ(count("outbox WHERE template = 'hold_withdrawn'"), 1);
    EXPECT_EQ(count("waits w JOIN bookings b ON b.start_at = w.start_at AND b.end_at = w.end_at"),
              1);
}

TEST_P(Retiming, WhoWaitsForATimeThatIsNoMoreReadsSo) {
    asked("18:30", "20:30");
    auto order = wish();
    order.actor = kAlex;
    order.association = kChess;
    ASSERT_TRUE(write(join_line, order));
    session_->execute(
        "UPDATE waits SET local_start = '2027-03-28T02:30', local_end = '2027-03-28T03:15'");
    (void)recompute();
    EXPECT_EQ(text("SELECT status FROM waits"), "left");
    EXPECT_EQ(count("outbox WHERE template = 'wait_ended' AND person_id = 4"), 1);
    EXPECT_NE(text("SELECT facts FROM outbox WHERE template = 'wait_ended'").find("no_such_time"),
              std::string::npos);
}

TEST_P(Retiming, TheOfficeSettlesAConflictByAMove) {
    const Booking first = asked("08:00", "10:00");
    resolved_later("id > 0");
    asked("08:00", "09:00");
    EXPECT_EQ(recompute().in_conflict.size(), 1U);
    ASSERT_TRUE(move(stored(first.id), "2026-12-06T08:00", "2026-12-06T10:00"));
    EXPECT_TRUE(conflicts().empty());
    EXPECT_EQ(recompute().in_conflict.size(), 0U);
}

TEST_P(Retiming, ATimeThatIsNoMoreIsAConflictToo) {
    const Booking booking = asked("08:00", "10:00");
    // 02:30 to 03:15 of 28 March 2027: the clocks go from two to three.
    session_->sql() << "UPDATE bookings SET local_start = '2027-03-28T02:30',"
                       " local_end = '2027-03-28T03:15', tz_version = '2031a'";
    EXPECT_EQ(recompute().in_conflict, std::vector<BookingId>{booking.id});
    EXPECT_EQ(conflicts().at(0).conflict.rule, "no_such_time");
    expect_occupancies_fit();
}

TEST_P(Retiming, LeavesAloneWhatHasBegunAndWhatIsTheSame) {
    const Booking begun = asked("08:00", "10:00");
    const Booking same = asked("20:00", "21:00");
    resolved_later("id = 1");
    const auto at_nine = begun.slot.at.start + hours{1};
    const auto mails = count("outbox");
    const auto done = recompute(at_nine);
    EXPECT_EQ(done.moved, 0U);
    EXPECT_EQ(done.compared, 1U);
    EXPECT_EQ(stored(begun.id).tz_version, "2031a");
    EXPECT_EQ(stored(same.id).tz_version, "2031b");
    EXPECT_EQ(stored(same.id).sequence, same.sequence);
    EXPECT_EQ(count("outbox"), mails);
    EXPECT_EQ(recompute(at_nine).compared, 0U);
}

TEST_P(Retiming, WhatARunningServerBooksAfterTheCommandIsComparedAtItsNextStart) {
    asked("08:00", "10:00");
    resolved_later("id = 1");
    EXPECT_EQ(recompute().moved, 1U);
    asked("14:00", "16:00");
    resolved_later("id = 2");
    store::Readers readers(database_.database(), 1);
    const RecomputeTimes order{kTown, "2031b", kNow};
    EXPECT_EQ(recompute_outdated_times(readers, writer_, order)->moved, 1U);
    EXPECT_FALSE(recompute_outdated_times(readers, writer_, order));
}

TEST_P(Retiming, IsDoneAtTheStartOnceForEachVersion) {
    asked("08:00", "10:00");
    resolved_later("id = 1");
    store::Readers readers(database_.database(), 1);
    const RecomputeTimes order{kTown, "2031b", kNow};
    EXPECT_EQ(recompute_outdated_times(readers, writer_, order)->moved, 1U);
    EXPECT_FALSE(recompute_outdated_times(readers, writer_, order));
    EXPECT_FALSE(recompute_outdated_times(readers, writer_, {kTown, "", kNow}));
    EXPECT_EQ(recompute_outdated_times(readers, writer_, {kOtherTown, "2031b", kNow})->compared,
              0U);
}

}  // namespace
}  // namespace creneau::booking
