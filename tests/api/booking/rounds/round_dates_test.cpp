#include "api/booking/calendars/import_holidays.hpp"
#include "api/booking/rounds/check_form.hpp"
#include "api/booking/rounds/drop_proposals.hpp"
#include "api/booking/rounds/round_store.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {
namespace {

using namespace std::chrono_literals;

/// A season of four weeks in January 2027, in which the second and third are school holidays.
class RoundDates : public TownTest {
  protected:
    RoundDates() { session_->execute("UPDATE towns SET school_zone = 'c' WHERE id = 1"); }

    static Round january() {
        Round round;
        round.name = "Saison";
        round.status = RoundStatus::proposed;
        round.wishes_from = 2026y / 11 / 1;
        round.wishes_until = 2026y / 11 / 20;
        round.season_first = 2027y / 1 / 4;
        round.season_last = 2027y / 1 / 31;
        round.created_at = kNow;
        round.created_by = kOffice;
        return round;
    }
    RoundId added(RoundStatus status, bool skips_school, bool skips_public = false) {
        Round round = january();
        round.status = status;
        round.skip_school_holidays = skips_school;
        round.skip_holidays = skips_public;
        return insert_round(*session_, kTown, round);
    }
    HolidaysImported import(LocalDate last, SchoolZone zone = SchoolZone::c) {
        const SchoolCalendar calendar{
            {}, {{"Fictives", 2027y / 1 / 9, last}}, 2026y / 9 / 1, 2027y / 8 / 31};
        return writer_
            .run([&](store::Session& session) -> tl::expected<HolidaysImported, bool> {
                return import_holidays(session, {kTown, zone, calendar, kNow});
            })
            .value()
            .value();
    }
    std::vector<RoundId> drop(DaysOff days) {
        return writer_
            .run([&](store::Session& session) -> tl::expected<std::vector<RoundId>, bool> {
                return drop_proposals(session, kTown, days, kNow);
            })
            .value()
            .value();
    }
    std::string status_of(RoundId round) {
        return text("SELECT status FROM rounds WHERE id = " + number_of(round));
    }
    std::int64_t lines_of(RoundId round) {
        return number(
            "SELECT COUNT(*) FROM audit WHERE action = 'round_proposal_dropped'"
            " AND subject_kind = 'round' AND town_id = 1 AND subject_id = " +
            number_of(round));
    }
    static std::string number_of(RoundId round) {
        return std::to_string(static_cast<std::int64_t>(round));
    }
    static WishForm tuesdays() {
        WishForm form;
        form.association = kChoir;
        form.booker = kCamille;
        form.hours = {std::chrono::Tuesday, "18:30", "20:30", 0};
        form.rooms = {kDanton};
        form.attendees = 12;
        form.purpose = "Répétition";
        return form;
    }
    std::vector<std::string> codes_of(const Round& round) {
        std::vector<std::string> codes;
        for (const RoundFailure& failure : check_form(*session_, kTown, round, tuesdays())) {
            codes.emplace_back(failure.code);
        }
        return codes;
    }
};
CRENEAU_ON_BOTH_ENGINES(RoundDates);

TEST_P(RoundDates, AProposalThatACalendarOvertakesIsDroppedWithALineOfItsRound) {
    const auto first = added(RoundStatus::proposed, true);
    const auto other = added(RoundStatus::proposed, true);
    const auto blind = added(RoundStatus::proposed, false);
    const auto closed = added(RoundStatus::closed, true);
    const auto published = added(RoundStatus::published, true);
    EXPECT_TRUE(import(2027y / 1 / 24, SchoolZone::a).dropped.empty()) << "not the town's zone";
    EXPECT_EQ(status_of(first), "proposed");
    EXPECT_EQ(import(2027y / 1 / 24).dropped, (std::vector<RoundId>{first, other}));
    EXPECT_EQ(status_of(first), "closed");
    EXPECT_EQ(status_of(blind), "proposed");
    EXPECT_EQ(status_of(published), "published");
    EXPECT_EQ(lines_of(first), 1);
    EXPECT_EQ(lines_of(other), 1);
    EXPECT_EQ(lines_of(blind) + lines_of(closed) + lines_of(published), 0);
    EXPECT_EQ(number("SELECT version FROM rounds WHERE id = " + number_of(closed)), 1)
        << "a proposal that is being computed is for other dates, too";
    EXPECT_TRUE(import(2027y / 1 / 24).dropped.empty()) << "nothing changed";
    EXPECT_EQ(lines_of(first), 1);
}

TEST_P(RoundDates, AnotherHolidayLawDropsThoseThatSkipPublicHolidays) {
    const auto school = added(RoundStatus::proposed, true);
    const auto both = added(RoundStatus::proposed, true, true);
    EXPECT_EQ(drop(DaysOff::public_holidays), std::vector<RoundId>{both});
    EXPECT_EQ(status_of(school), "proposed");
    EXPECT_EQ(drop(DaysOff::school), std::vector<RoundId>{school});
    EXPECT_EQ(status_of(school), "closed");
    EXPECT_EQ(lines_of(both), 1);
}

TEST_P(RoundDates, ARoomThatOpensOnSkippedDatesOnlyIsNotToBeWishedFor) {
    (void)import(2027y / 1 / 24);
    // Closed on Tuesdays but for the 12th and the 19th, which are holidays.
    session_->execute(
        "INSERT INTO room_rules (town_id, room_id) VALUES (1, 1);"
        "INSERT INTO opening_hours (town_id, room_id, weekday, from_min, until_min)"
        " VALUES (1, 1, 1, 480, 1320);"
        "INSERT INTO opening_exceptions (town_id, room_id, on_date, from_min, until_min)"
        " VALUES (1, 1, '2027-01-12', 480, 1320), (1, 1, '2027-01-19', 480, 1320)");
    Round round = january();
    round.skip_school_holidays = true;
    EXPECT_EQ(codes_of(round), std::vector<std::string>{"outside_opening_hours"});
    round.skip_school_holidays = false;
    EXPECT_TRUE(codes_of(round).empty()) << "two dates are open";
    round.skip_school_holidays = true;
    session_->execute(
        "UPDATE opening_exceptions SET on_date = '2027-01-26'"
        " WHERE on_date = '2027-01-19'");
    EXPECT_TRUE(codes_of(round).empty()) << "one date is open";
}

}  // namespace
}  // namespace creneau::booking
