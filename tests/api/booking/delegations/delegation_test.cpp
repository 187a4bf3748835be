#include "api/booking/delegations/delegation_store.hpp"
#include "api/booking/delegations/manage_delegations.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/booking/series/decide_series.hpp"
#include "api/booking/series/find_series.hpp"
#include "api/people/people_store.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr SiteId kDantonSite{1};
constexpr SiteId kMaison{2};

/// The office is away from 24 to 26 November 2026; Alex, of the staff, decides.
class DelegationTest : public SeriesTest {
  protected:
    DelegationTest() { give_role("human_resources", kAlex); }
    void give_role(const std::string& role, PersonId to) {
        session_->execute("INSERT INTO person_roles (town_id, person_id, role) VALUES (1, " +
                          std::to_string(static_cast<std::int64_t>(to)) + ", '" + role + "')");
    }
    tl::expected<Delegation, DelegationFaults> give(std::optional<SiteId> site = {},
                                                    PersonId delegate_id = kAlex,
                                                    PersonId actor = kOffice,
                                                    std::chrono::sys_seconds now = kNow) {
        return writer_
            .run([=](store::Session& session) {
                return delegate(session,
                                {kTown, actor, delegate_id, site, "2026-11-24", "2026-11-26", now});
            })
            .value();
    }
    bool end(DelegationId delegation, PersonId actor = kOffice) {
        return writer_
            .run([=](store::Session& session) {
                return end_delegation(session, {kTown, actor, delegation, kNow});
            })
            .value()
            .has_value();
    }
    Outcome<Booking> decide(const Booking& booking, std::chrono::sys_seconds at,
                            PersonId actor = kAlex) {
        return write(approve_booking, Change{kTown, actor, booking.id, {}, at});
    }
    Booking asked(const std::string& day = "2026-12-05") {
        auto order = wish();
        order.start = day + "T18:30";
        order.end = day + "T20:30";
        return request(order).value();
    }
    people::Person person(PersonId id) { return people::find_person(*session_, kTown, id).value(); }
    std::vector<BookingId> to_decide(PersonId reader, std::chrono::sys_seconds at) {
        BookingQuery query;
        query.town = kTown;
        query.decidable_at = at;
        std::vector<BookingId> ids;
        for (const auto& view : list_bookings(*session_, person(reader), query)) {
            ids.push_back(view.booking.id);
        }
        return ids;
    }

    // Local dates: Paris is an hour ahead.
    static constexpr std::chrono::sys_seconds kBefore = kNow + days{2} + hours{10};  // 23rd, 23:00
    static constexpr std::chrono::sys_seconds kFirst = kNow + days{2} + hours{11};   // 24th, 00:00
    static constexpr std::chrono::sys_seconds kLast =
        kNow + days{5} + hours{11} - std::chrono::seconds{1};  // 26th, 23:59:59
    static constexpr std::chrono::sys_seconds kAfter = kNow + days{5} + hours{11};  // 27th, 00:00
};
CRENEAU_ON_BOTH_ENGINES(DelegationTest);

TEST_P(DelegationTest, GivesTheDecisionOnItsDatesOnly) {
    ASSERT_TRUE(give());
    const auto booking = asked();
    EXPECT_EQ(decide(booking, kBefore).error().refusal, Refusal::unknown_booking);
    EXPECT_EQ(decide(booking, kAfter).error().refusal, Refusal::unknown_booking);
    EXPECT_TRUE(decide(booking, kFirst));
    EXPECT_TRUE(decide(asked("2026-12-06"), kLast));
}

TEST_P(DelegationTest, TheAuditAndTheAnswerSayInWhosePlace) {
    ASSERT_TRUE(give());
    const auto booking = asked();
    ASSERT_TRUE(decide(booking, kFirst));
    const auto decided = decided_by(*session_, kTown, booking.id);
    ASSERT_TRUE(decided.by && decided.in_place_of);
    EXPECT_EQ(decided.by->name, "Alex Morel");
    EXPECT_EQ(decided.in_place_of->name, "Bureau");
    EXPECT_EQ(count("audit WHERE action = 'booking_approved' AND actor_id = 4 AND for_id = 1"), 1);
    ASSERT_TRUE(move(booking, "2026-12-08T18:30", "2026-12-08T20:30", kCamille));
    EXPECT_FALSE(decided_by(*session_, kTown, booking.id).by) << "to be decided anew";
    ASSERT_TRUE(decide(booking, kFirst, kOffice));
    EXPECT_EQ(decided_by(*session_, kTown, booking.id).by->name, "Bureau");
    EXPECT_FALSE(decided_by(*session_, kTown, booking.id).in_place_of) << "in nobody's place";
}

TEST_P(DelegationTest, OfASiteIsOfThatSiteOnly) {
    ASSERT_TRUE(give(kMaison));
    const auto elsewhere = asked();
    EXPECT_EQ(decide(elsewhere, kFirst).error().refusal, Refusal::unknown_booking);
    auto order = wish();
    order.room = kSemanaz;
    const auto there = request(order).value();
    EXPECT_EQ(to_decide(kAlex, kFirst), std::vector{there.id});
    EXPECT_TRUE(decide(there, kFirst));
    ASSERT_TRUE(give(kDantonSite));
    EXPECT_TRUE(decide(elsewhere, kFirst)) << "the second one is of its site";
}

TEST_P(DelegationTest, ARefusalIsDecidedTheSameWay) {
    ASSERT_TRUE(give());
    const auto booking = asked();
    const auto refuse_at = [&](std::chrono::sys_seconds at) {
        return write(refuse_booking,
                     RefuseBooking{{kTown, kAlex, booking.id, {}, at}, "public_order", ""});
    };
    EXPECT_FALSE(refuse_at(kAfter));
    ASSERT_TRUE(refuse_at(kLast));
    EXPECT_EQ(decided_by(*session_, kTown, booking.id).in_place_of->id, kOffice);
    EXPECT_EQ(count("audit WHERE action = 'booking_refused' AND actor_id = 4 AND for_id = 1"), 1);
}

TEST_P(DelegationTest, ASeriesIsDecidedTheSameWay) {
    ASSERT_TRUE(give(kDantonSite));
    const auto series = ask(saturdays()).value();
    ChangeSeries change;
    change.town = kTown;
    change.actor = kAlex;
    change.series = series;
    change.now = kAfter;
    EXPECT_EQ(write(approve_series, ApproveSeries{change}).error().refusal,
              Refusal::unknown_booking);
    change.now = kFirst;
    EXPECT_EQ(write(cancel_series, CancelSeries{change, "other", ""}).error().refusal,
              Refusal::unknown_booking)
        << "a decision is all that is delegated";
    ASSERT_TRUE(write(approve_series, ApproveSeries{change}));
    EXPECT_EQ(count("bookings WHERE status = 'approved' AND decided_by_id = 4"
                    " AND decided_for_id = 1"),
              4);
    EXPECT_EQ(count("audit WHERE action = 'series_approved' AND actor_id = 4 AND for_id = 1"), 1);
    EXPECT_TRUE(find_series(*session_, kTown, person(kAlex), series, kFirst));
    EXPECT_FALSE(find_series(*session_, kTown, person(kAlex), series, kAfter));
}

TEST_P(DelegationTest, DatesOfASeriesOnAnotherSiteAreNamedAndLeft) {
    ASSERT_TRUE(give(kDantonSite));
    const auto series = ask(saturdays()).value();
    session_->execute(
        "UPDATE bookings SET room_id = 2 WHERE series_date IN"
        " ('2026-12-05', '2026-12-19')");
    ChangeSeries change;
    change.town = kTown;
    change.actor = kAlex;
    change.series = series;
    change.now = kFirst;
    const auto before = traces();
    const auto all = write(approve_series, ApproveSeries{change});
    EXPECT_EQ(all.error().refusal, Refusal::not_allowed);
    EXPECT_EQ(dates_of(all.error()),
              "2026-12-05:not_yours_to_decide 2026-12-19:not_yours_to_decide");
    EXPECT_EQ(dates_of(write(refuse_series, RefuseSeries{change, "public_order", ""}).error()),
              "2026-12-05:not_yours_to_decide 2026-12-19:not_yours_to_decide");
    EXPECT_EQ(codes_of(write(refuse_series, RefuseSeries{change, "whim", ""}).error()),
              "unknown_ground")
        << "what is wrong with the order comes first";
    change.scope = Scope::one;
    change.date = "2026-12-05";
    EXPECT_EQ(dates_of(write(approve_series, ApproveSeries{change, ConflictPolicy::skip}).error()),
              "2026-12-05:not_yours_to_decide");
    EXPECT_EQ(traces(), before);
    change.scope = Scope::all;
    ASSERT_TRUE(write(approve_series, ApproveSeries{change, ConflictPolicy::skip}));
    EXPECT_EQ(count("bookings WHERE status = 'approved' AND room_id = 1"), 2);
    EXPECT_EQ(count("bookings WHERE status = 'pending' AND room_id = 2"), 2);
    change.actor = kOffice;
    ASSERT_TRUE(write(approve_series, ApproveSeries{change}));
    EXPECT_EQ(count("bookings WHERE status = 'approved'"), 4);
}

TEST_P(DelegationTest, DatesOnAnotherSiteStandBesideThoseThatAreTaken) {
    ASSERT_TRUE(give(kDantonSite));
    session_->execute("UPDATE rooms SET pending_blocks = 0 WHERE id = 1");
    const auto series = ask(saturdays()).value();
    ASSERT_TRUE(approve(chess_on("2026-12-19")));
    session_->execute("UPDATE bookings SET room_id = 2 WHERE series_date = '2026-12-26'");
    ChangeSeries change;
    change.town = kTown;
    change.actor = kAlex;
    change.series = series;
    change.now = kFirst;
    EXPECT_EQ(dates_of(write(approve_series, ApproveSeries{change}).error()),
              "2026-12-19:room_taken 2026-12-26:not_yours_to_decide");
    ASSERT_TRUE(write(approve_series, ApproveSeries{change, ConflictPolicy::skip}));
    EXPECT_EQ(count("bookings WHERE status = 'approved' AND series_id IS NOT NULL"), 2);
}

TEST_P(DelegationTest, LetsTheDelegateReadButNotChangeBookings) {
    ASSERT_TRUE(give());
    const auto booking = asked();
    EXPECT_FALSE(find_booking(*session_, kTown, person(kAlex), booking.id, kBefore));
    EXPECT_TRUE(find_booking(*session_, kTown, person(kAlex), booking.id, kFirst));
    EXPECT_FALSE(find_booking(*session_, kTown, person(kAlex), booking.id, kAfter));
    EXPECT_EQ(
        write(cancel_booking, CancelBooking{{kTown, kAlex, booking.id, {}, kFirst}, "other", ""})
            .error()
            .refusal,
        Refusal::unknown_booking);
    EXPECT_FALSE(move(booking, "2026-12-08T18:30", "2026-12-08T20:30", kAlex));
}

TEST_P(DelegationTest, NobodyDecidesOnTheirOwnRequestByIt) {
    ASSERT_TRUE(give());
    auto order = wish();
    order.actor = kOffice;
    order.booker = kAlex;
    order.association = kChess;
    const auto own = request(order).value();
    EXPECT_EQ(decide(own, kFirst).error().refusal, Refusal::not_allowed);
    EXPECT_TRUE(to_decide(kAlex, kFirst).empty());
    EXPECT_EQ(to_decide(kOffice, kFirst), std::vector{own.id});
    EXPECT_TRUE(decide(own, kFirst, kOffice));
}

TEST_P(DelegationTest, IsNotPassedOn) {
    ASSERT_TRUE(give());
    const auto further = give({}, kDominique, kAlex, kFirst);
    ASSERT_FALSE(further);
    EXPECT_EQ(further.error(), DelegationFaults{DelegationFault::not_allowed});
    // A row that came in another way gives nothing either.
    give_role("human_resources", kDominique);
    session_->execute(
        "INSERT INTO delegations (town_id, delegator_id, delegate_id, from_date, until_date,"
        " created_at) VALUES (1, 4, 3, '2026-11-01', '2026-11-30', 0)");
    EXPECT_EQ(decide(asked(), kFirst, kDominique).error().refusal, Refusal::unknown_booking);
}

TEST_P(DelegationTest, EndsWhenItIsEndedAndWhenTheDelegatorMayNoLongerDecide) {
    const auto delegation = give().value();
    const auto booking = asked();
    EXPECT_FALSE(end(delegation.id, kCamille)) << "not hers";
    ASSERT_TRUE(end(delegation.id, kAlex)) << "the delegate declines";
    EXPECT_FALSE(end(delegation.id)) << "it has ended";
    EXPECT_EQ(decide(booking, kFirst).error().refusal, Refusal::unknown_booking);
    EXPECT_EQ(count("audit WHERE action = 'delegation_ended' AND actor_id = 4 AND for_id = 1"), 1);
    ASSERT_TRUE(give());
    session_->execute("DELETE FROM person_roles WHERE person_id = 1");
    EXPECT_EQ(decide(booking, kFirst).error().refusal, Refusal::unknown_booking);
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 1, 'office')");
    EXPECT_TRUE(decide(booking, kFirst));
}

TEST_P(DelegationTest, GivesNothingToWhoWorksForTheTownNoMore) {
    ASSERT_TRUE(give());
    const auto booking = asked();
    EXPECT_EQ(to_decide(kAlex, kFirst), std::vector{booking.id});
    session_->execute("DELETE FROM person_roles WHERE person_id = 4");
    EXPECT_TRUE(to_decide(kAlex, kFirst).empty());
    EXPECT_FALSE(find_booking(*session_, kTown, person(kAlex), booking.id, kFirst));
    EXPECT_EQ(decide(booking, kFirst).error().refusal, Refusal::unknown_booking);
    give_role("stage_manager", kAlex);
    EXPECT_TRUE(decide(booking, kFirst));
}

TEST_P(DelegationTest, StandsInTheSecurityLog) {
    const auto delegation = give().value();
    ASSERT_TRUE(end(delegation.id));
    EXPECT_EQ(count("audit WHERE log = 'security' AND subject_kind = 'delegation'"
                    " AND action IN ('delegation_given', 'delegation_ended')"),
              2);
}

TEST_P(DelegationTest, WhoIsTheOfficeOfASiteDelegatesThereAlone) {
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id)"
        " VALUES (1, 6, 'office', 'site', 1)");
    const DelegationFaults not_theirs{DelegationFault::not_allowed};
    EXPECT_EQ(give({}, kAlex, kMaud).error(), not_theirs) << "not in the whole town";
    EXPECT_EQ(give(kMaison, kAlex, kMaud).error(), not_theirs);
    ASSERT_TRUE(give(kDantonSite, kAlex, kMaud));
    auto order = wish();
    order.room = kSemanaz;
    const auto elsewhere = request(order).value();
    EXPECT_EQ(decide(elsewhere, kFirst).error().refusal, Refusal::unknown_booking);
    const auto booking = asked();
    EXPECT_EQ(to_decide(kAlex, kFirst), std::vector{booking.id});
    ASSERT_TRUE(decide(booking, kFirst));
    EXPECT_EQ(decided_by(*session_, kTown, booking.id).in_place_of->id, kMaud);
    // A row over the whole town, however it came in, gives no more than its giver has.
    session_->execute(
        "INSERT INTO delegations (town_id, delegator_id, delegate_id, from_date, until_date,"
        " created_at) VALUES (1, 6, 4, '2026-11-01', '2026-11-30', 0)");
    EXPECT_EQ(decide(elsewhere, kFirst).error().refusal, Refusal::unknown_booking);
    session_->execute(
        "UPDATE person_roles SET role = 'stage_manager' WHERE person_id = 6"
        " AND scope_kind = 'site'");
    EXPECT_EQ(decide(asked("2026-12-06"), kFirst).error().refusal, Refusal::unknown_booking);
    EXPECT_EQ(give(kDantonSite, kMaud).value().delegator_name, "Bureau");
}

TEST_P(DelegationTest, NamesEverythingThatIsWrong) {
    const auto faults = [&](PersonId to, std::optional<SiteId> site, const std::string& until) {
        return writer_
            .run([&](store::Session& session) {
                return delegate(session, {kTown, kOffice, to, site, "2026-11-24", until, kNow});
            })
            .value()
            .error();
    };
    EXPECT_EQ(faults(kGone, SiteId{9}, "2026-11-01"),
              (DelegationFaults{DelegationFault::until_before_from, DelegationFault::in_the_past,
                                DelegationFault::unknown_delegate, DelegationFault::unknown_site}));
    EXPECT_EQ(faults(kOffice, {}, "2026-11-24"),
              DelegationFaults{DelegationFault::delegate_is_oneself});
    EXPECT_EQ(faults(kOtherOffice, {}, "2026-11-24"),
              DelegationFaults{DelegationFault::unknown_delegate});
    EXPECT_EQ(faults(kDominique, {}, "2026-11-24"),
              DelegationFaults{DelegationFault::unknown_delegate})
        << "who does not work for the town signs in without a second factor";
    give_role("office", kMaud);
    EXPECT_EQ(faults(kMaud, {}, "2026-11-24"), DelegationFaults{DelegationFault::already_decides});
    session_->execute("UPDATE people SET has_email = 0 WHERE id = 4");
    EXPECT_EQ(faults(kAlex, {}, "2026-11-24"), DelegationFaults{DelegationFault::unknown_delegate});
    session_->execute("UPDATE people SET has_email = 1 WHERE id = 4");
    EXPECT_EQ(count("delegations"), 0);
    EXPECT_EQ(count("audit"), 0);
    const auto given = give().value();
    EXPECT_EQ(given.delegator_name, "Bureau");
    EXPECT_EQ(given.delegate_name, "Alex Morel");
    EXPECT_EQ(count("audit WHERE action = 'delegation_given' AND actor_id = 1 AND for_id = 4"), 1);
}

}  // namespace
}  // namespace creneau::booking
