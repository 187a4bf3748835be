#include "api/booking/grounds.hpp"
#include "api/booking/history_store.hpp"
#include "api/booking/pass_changes.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/organisations/keep_associations.hpp"
#include "api/people/organisations/pass_on_affairs.hpp"
#include "api/people/people_store.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::booking {
namespace {

class BookingLife : public TownTest {
  protected:
    nlohmann::json last_facts() {
        return nlohmann::json::parse(text("SELECT facts FROM outbox ORDER BY id DESC LIMIT 1"));
    }
    std::string last_template() {
        return text("SELECT template FROM outbox ORDER BY id DESC LIMIT 1");
    }
    std::string last_action() { return text("SELECT action FROM audit ORDER BY id DESC LIMIT 1"); }
};
CRENEAU_ON_BOTH_ENGINES(BookingLife);

TEST_P(BookingLife, ARequestWaitsAndHoldsTheRoom) {
    const auto booking = request(wish());
    ASSERT_TRUE(booking);
    EXPECT_EQ(booking->status, Status::pending);
    EXPECT_EQ(booking->slot.at.start, std::chrono::sys_seconds{std::chrono::seconds{1796491800}});
    EXPECT_EQ(number("SELECT end_at FROM occupancies WHERE space_id = 1 AND source_id = " +
                     std::to_string(static_cast<std::int64_t>(booking->id))),
              1796491800 + 7200);
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_windows"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials"), 0);
    EXPECT_EQ(last_action(), "booking_requested");
    EXPECT_EQ(last_template(), "booking_received");
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox"), 1);
}

TEST_P(BookingLife, ItsHistorySaysWhoDidWhatForWhom) {
    const auto booking = approved();
    ASSERT_TRUE(move(booking, "2026-12-06T10:00", "2026-12-06T11:00"));
    ASSERT_TRUE(cancel(booking, kOffice, "weather_alert"));
    std::string said;
    for (const HistoryLine& line : history_of(*session_, kTown, booking.id)) {
        said += line.action + ' ' + (line.by ? line.by->name : "-") + '/' +
                (line.for_whom ? line.for_whom->name : "-") + ' ' + line.ground + '\n';
    }
    EXPECT_EQ(said,
              "booking_cancelled Bureau/Camille Roussel weather_alert\n"
              "booking_moved Bureau/Camille Roussel \n"
              "booking_approved Bureau/Camille Roussel \n"
              "booking_requested Camille Roussel/- \n");
    EXPECT_TRUE(history_of(*session_, kOtherTown, booking.id).empty());
    EXPECT_EQ(requester_of(*session_, kTown, booking).name, "Camille Roussel");
}

TEST_P(BookingLife, AnApprovalOpensTheDoorForTheSlotAndItsMargins) {
    const auto booking = approved();
    EXPECT_EQ(booking.status, Status::approved);
    EXPECT_EQ(booking.sequence, 1);
    EXPECT_EQ(booking.decided_by, kOffice);
    EXPECT_EQ(number("SELECT start_at FROM access_windows"), 1796491800 - 600);
    EXPECT_EQ(number("SELECT end_at FROM access_windows"), 1796491800 + 7200 + 600);
    EXPECT_EQ(text("SELECT holder_kind FROM access_windows"), "association");
    EXPECT_EQ(number("SELECT not_before FROM credentials"), 1796491800 - 600);
    EXPECT_EQ(number("SELECT duration_min FROM credentials"), 140);
    EXPECT_EQ(number("SELECT scope FROM credentials"), 32768);
    EXPECT_EQ(number("SELECT number FROM passes"), 1);
    EXPECT_EQ(number("SELECT credential_id FROM outbox WHERE template = 'booking_approved'"),
              number("SELECT id FROM credentials"));
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 1);
    EXPECT_EQ(number("SELECT actor_id FROM audit WHERE action = 'booking_approved'"), 1);
}

TEST_P(BookingLife, TheMailHasWhatTheBookerNeeds) {
    approved();
    const auto facts = last_facts();
    EXPECT_EQ(facts["room"], "LCR Danton");
    EXPECT_EQ(facts["local_start"], "2026-12-05T18:30");
    EXPECT_EQ(facts["window_start_local"], "2026-12-05T18:20");
    EXPECT_EQ(facts["window_end_local"], "2026-12-05T20:40");
    EXPECT_EQ(facts["association"], "Chorale du Pré");
    EXPECT_EQ(facts["booker"], "Camille Roussel");
    EXPECT_EQ(facts["doors"], nlohmann::json({"Portail", "Entrée"}));
    EXPECT_EQ(facts["pass_number"], 1);
    EXPECT_EQ(facts["sequence"], 1);
    EXPECT_EQ(facts["received_on"], "2026-11-21");
    ASSERT_EQ(facts["ways_in"].size(), 1U) << "the badge is no way in after 1 December";
    EXPECT_EQ(facts["ways_in"][0]["way"], "qr");
    EXPECT_FALSE(facts.dump().find(std::to_string(number("SELECT pass_id FROM credentials"))) !=
                 std::string::npos);
}

TEST_P(BookingLife, WithoutAQrAtEveryLockedDoorTheMailSaysHowToGetIn) {
    auto order = wish();
    order.room = kSemanaz;
    ASSERT_TRUE(approve(request(order).value()));
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_windows"), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM passes"), 0);
    const auto facts = last_facts();
    EXPECT_FALSE(facts.contains("pass_number"));
    EXPECT_EQ(facts["ways_in"][0]["note_fr"], "badge au bureau");
}

TEST_P(BookingLife, ASlotLongerThanADayGetsNoPass) {
    auto order = wish();
    order.end = "2026-12-06T18:30";
    ASSERT_TRUE(approve(request(order).value()));
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_windows"), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM passes"), 0);
    EXPECT_TRUE(last_facts()["ways_in"].empty()) << "a code that nobody gets is no way in";
}

TEST_P(BookingLife, ARoomWithoutApprovalApprovesAtOnce) {
    auto order = wish();
    order.room = kSmall;
    const auto booking = request(order);
    ASSERT_TRUE(booking);
    EXPECT_EQ(booking->status, Status::approved);
    EXPECT_EQ(last_template(), "booking_approved");
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox"), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE actor_id IS NULL"), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_windows"), 0) << "the room has no zone";
    EXPECT_EQ(last_facts()["ways_in"][0]["way"], "key");
}

TEST_P(BookingLife, AnIndividualHoldsTheirOwnPass) {
    auto order = wish();
    order.actor = kDominique;
    order.association.reset();
    ASSERT_TRUE(approve(request(order).value()));
    EXPECT_EQ(text("SELECT holder_kind FROM passes"), "person");
    EXPECT_EQ(number("SELECT holder_id FROM passes"), 3);
    EXPECT_EQ(last_facts()["association"], "");
}

TEST_P(BookingLife, TheOfficeMayAskForSomebody) {
    auto order = wish();
    order.actor = kOffice;
    order.booker = kCamille;
    const auto booking = request(order);
    ASSERT_TRUE(booking);
    EXPECT_EQ(booking->booker, kCamille);
    EXPECT_EQ(booking->requested_by, kOffice);
    EXPECT_EQ(number("SELECT for_id FROM audit"), 2);
    EXPECT_EQ(number("SELECT actor_id FROM audit"), 1);
    EXPECT_EQ(number("SELECT person_id FROM outbox"), 2) << "the booker is told";
}

TEST_P(BookingLife, ARefusalFreesTheRoomAndGivesItsGround) {
    const auto refused = refuse_it(request(wish()).value());
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, Status::refused);
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 0);
    EXPECT_EQ(last_template(), "booking_refused");
    EXPECT_EQ(last_facts()["ground"], "property_management");
    EXPECT_EQ(last_facts()["ground_fr"],
              "Nécessités de l'administration des propriétés communales");
    EXPECT_EQ(text("SELECT ground FROM audit ORDER BY id DESC LIMIT 1"), "property_management");
    EXPECT_TRUE(request(wish())) << "the slot is free again";
}

TEST_P(BookingLife, ACancellationRevokesThePassAndFreesTheRoom) {
    const auto cancelled = cancel(approved());
    ASSERT_TRUE(cancelled);
    EXPECT_EQ(cancelled->status, Status::cancelled);
    EXPECT_EQ(cancelled->ground, "booker_request");
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_windows"), 0);
    EXPECT_EQ(text("SELECT revoked_why FROM credentials"), "cancelled");
    EXPECT_EQ(number("SELECT revoked_at FROM credentials"), kNow.time_since_epoch().count());
    EXPECT_EQ(last_template(), "booking_cancelled");
    EXPECT_EQ(last_facts()["sequence"], 2);
    EXPECT_TRUE(request(wish())) << "the slot is free again";
}

TEST_P(BookingLife, AnyManagerOfTheAssociationMayCancel) {
    ASSERT_TRUE(cancel(approved(), kMaud));
    EXPECT_EQ(number("SELECT for_id FROM audit ORDER BY id DESC LIMIT 1"), 2);
}

TEST_P(BookingLife, WhoManagesTheAssociationNoMoreHasNothingOfIt) {
    const auto booking = approved();
    ASSERT_EQ(number("SELECT COUNT(*) FROM outbox WHERE person_id = 2 AND state = 'waiting'"), 2);
    const people::ChangeManager removal{{kTown, kOffice, kNow}, kChoir, kCamille, false, kNow};
    const auto removed = writer_.run(
        [=](store::Session& session) { return people::change_manager(session, removal); });
    ASSERT_TRUE(removed && *removed);
    EXPECT_EQ(number("SELECT booker_id FROM bookings"), 6);
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox WHERE person_id = 2 AND booking_id > 0"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox WHERE person_id = 6 AND booking_id > 0"), 2);
    EXPECT_EQ(cancel(booking, kCamille).error().refusal, Refusal::unknown_booking);
    const auto camille = people::find_person(*session_, kTown, kCamille).value();
    EXPECT_FALSE(list_passes(*session_, kTown, camille, booking.id));
    EXPECT_TRUE(cancel(booking, kMaud));
}

TEST_P(BookingLife, AManagerNamedAfterTheLastOneLeftTakesOver) {
    const auto booking = approved();
    const auto manage = [this](PersonId person, bool manages) {
        const people::ChangeManager order{{kTown, kOffice, kNow}, kChoir, person, manages, kNow};
        return writer_
            .run([=](store::Session& session) { return people::change_manager(session, order); })
            .value()
            .has_value();
    };
    ASSERT_TRUE(manage(kMaud, false));
    ASSERT_TRUE(manage(kCamille, false));
    EXPECT_EQ(number("SELECT booker_id FROM bookings"), 2) << "there is nobody else";
    session_->execute("UPDATE people SET active_until = 1 WHERE id = 6");
    ASSERT_TRUE(manage(kMaud, true));
    EXPECT_EQ(number("SELECT booker_id FROM bookings"), 2) << "who left takes nothing over";
    ASSERT_TRUE(manage(kAlex, true));
    EXPECT_EQ(number("SELECT booker_id FROM bookings"), 4);
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox WHERE person_id = 4 AND booking_id > 0"), 2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'association_handed_over'"
                     " AND for_id = 4 AND actor_id = 1"),
              1);
    EXPECT_TRUE(cancel(booking, kAlex));
}

TEST_P(BookingLife, AListOfManagersThatAFileReplacedPassesOnWhatIsUnderWay) {
    const auto booking = approved();
    session_->execute(
        "DELETE FROM association_managers WHERE association_id = 1;"
        "INSERT INTO association_managers (town_id, association_id, person_id) VALUES (1, 1, 4)");
    (void)writer_.run([](store::Session& session) -> tl::expected<bool, bool> {
        people::pass_on_affairs(session, {kOtherTown, {}, {}, {}, kNow});
        return true;
    });
    EXPECT_EQ(number("SELECT booker_id FROM bookings"), 2) << "another town's file";
    (void)writer_.run([](store::Session& session) -> tl::expected<bool, bool> {
        people::pass_on_affairs(session, {kTown, {}, {}, {}, kNow});
        return true;
    });
    EXPECT_EQ(number("SELECT booker_id FROM bookings"), 4);
    EXPECT_TRUE(cancel(booking, kAlex));
}

TEST_P(BookingLife, StaysInTheNameOfABookerWhoseDataIsRestricted) {
    const auto booking = approved();
    session_->execute("UPDATE people SET restricted_at = 1 WHERE id = 2");
    EXPECT_EQ(select_view(*session_, kTown, booking.id)->booker_name, "Camille Roussel");
    EXPECT_TRUE(cancel(booking, kOffice, "weather_alert")) << "and can be decided on";
}

TEST_P(BookingLife, AMoveMakesANewPassAndTellsTheBooker) {
    const auto before = approved();
    const auto old_id = number("SELECT pass_id FROM credentials");
    const auto moved = move(before, "2026-12-06T10:00", "2026-12-06T12:00");
    ASSERT_TRUE(moved);
    EXPECT_EQ(moved->status, Status::approved);
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 1);
    EXPECT_EQ(number("SELECT start_at FROM occupancies"),
              moved->slot.at.start.time_since_epoch().count());
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_windows"), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM passes"), 1) << "pass 1 keeps its number";
    EXPECT_EQ(text("SELECT revoked_why FROM credentials ORDER BY id LIMIT 1"), "moved");
    EXPECT_NE(number("SELECT pass_id FROM credentials WHERE revoked_at IS NULL"), old_id);
    EXPECT_EQ(last_template(), "booking_moved");
    EXPECT_EQ(last_facts()["previous"]["local_start"], "2026-12-05T18:30");
    EXPECT_EQ(last_facts()["previous"]["room"], "LCR Danton");
    EXPECT_EQ(number("SELECT credential_id FROM outbox ORDER BY id DESC LIMIT 1"),
              number("SELECT id FROM credentials WHERE revoked_at IS NULL"));
}

TEST_P(BookingLife, AMoveToARoomWithoutQrRevokesThePass) {
    const auto moved = move(approved(), "2026-12-05T18:30", "2026-12-05T20:30", kOffice, kSemanaz);
    ASSERT_TRUE(moved);
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), 0);
    EXPECT_EQ(number("SELECT zone_id FROM access_windows"), 2);
    EXPECT_EQ(last_facts()["room"], "LCR Semanaz");
    ASSERT_TRUE(move(*moved, "2026-12-05T18:30", "2026-12-05T20:30", kOffice, kDanton));
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), 1);
    EXPECT_EQ(number("SELECT COUNT(DISTINCT pass_id) FROM credentials"), 2);
}

TEST_P(BookingLife, TheOfficeOfOneSiteMovesNobodyToAnother) {
    const auto booking = approved();
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id)"
        " VALUES (1, 4, 'office', 'site', 1)");
    EXPECT_EQ(
        move(booking, "2026-12-05T18:30", "2026-12-05T20:30", kAlex, kSemanaz).error().refusal,
        Refusal::not_allowed);
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_windows WHERE zone_id = 1"), 1);
    EXPECT_TRUE(move(booking, "2026-12-05T19:30", "2026-12-05T20:30", kAlex));
}

TEST_P(BookingLife, WhatTheBookerMovesNeedsANewApproval) {
    const auto moved = move(approved(), "2026-12-06T10:00", "2026-12-06T12:00", kCamille);
    ASSERT_TRUE(moved);
    EXPECT_EQ(moved->status, Status::pending);
    EXPECT_FALSE(moved->decided_at);
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_windows"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 1);
    EXPECT_EQ(last_facts()["status"], "pending");
    ASSERT_TRUE(approve(*moved));
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), 1);
}

TEST_P(BookingLife, AnApprovalStaysWhenTheBookingOnlyShrinks) {
    const auto moved = move(approved(), "2026-12-05T18:30", "2026-12-05T19:30", kCamille);
    ASSERT_TRUE(moved);
    EXPECT_EQ(moved->status, Status::approved);
    EXPECT_EQ(number("SELECT duration_min FROM credentials WHERE revoked_at IS NULL"), 80);
}

TEST_P(BookingLife, ABookingMayMoveOntoPartOfItsOwnSlot) {
    ASSERT_TRUE(move(approved(), "2026-12-05T19:30", "2026-12-05T21:30"));
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 1);
}

TEST_P(BookingLife, AMoveToWhereItIsChangesNothing) {
    const auto booking = approved();
    const auto before = traces();
    const auto moved = move(booking, "2026-12-05T18:30", "2026-12-05T20:30");
    ASSERT_TRUE(moved);
    EXPECT_EQ(moved->sequence, booking.sequence);
    EXPECT_EQ(traces(), before);
}

TEST_P(BookingLife, ANightOfTheClockChangeLastsSixHours) {
    auto order = wish();
    order.now = std::chrono::sys_days{std::chrono::year{2026} / 10 / 1};
    order.start = "2026-10-24T22:00";
    order.end = "2026-10-25T03:00";
    const auto booking = request(order);
    ASSERT_TRUE(booking);
    EXPECT_EQ(number("SELECT end_at - start_at FROM occupancies"), 6 * 3600);
}

}  // namespace
}  // namespace creneau::booking
