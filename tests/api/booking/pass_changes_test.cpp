#include "api/booking/pass_changes.hpp"

#include "api/booking/holders/hand_pass.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/people/people_store.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <soci/soci.h>

namespace creneau::booking {
namespace {

using access::RevokeReason;

class PassChanges : public TownTest {
  protected:
    access::Pass pass_of(const Booking& booking) {
        const auto office = people::find_person(*session_, kTown, kOffice).value();
        return list_passes(*session_, kTown, office, booking.id).value().at(0);
    }
    static PassChange change_of_pass(const access::Pass& pass, PersonId actor) {
        return {kTown, actor, pass.row, kNow};
    }
    Outcome<access::Pass> revoke(const access::Pass& pass, PersonId actor, RevokeReason reason) {
        return writer_
            .run([=](store::Session& session) {
                return revoke_pass(session, change_of_pass(pass, actor), reason);
            })
            .value();
    }
    Outcome<access::Pass> reissue(const access::Pass& pass, PersonId actor,
                                  std::chrono::sys_seconds now = kNow) {
        return writer_
            .run([=](store::Session& session) {
                auto change = change_of_pass(pass, actor);
                change.now = now;
                return reissue_pass(session, change);
            })
            .value();
    }
    Outcome<access::Pass> show(const access::Pass& pass, PersonId actor) {
        return pass_to_show(*session_, change_of_pass(pass, actor));
    }
    template <class T>
    static std::string word(const Outcome<T>& answer) {
        return answer ? "yes" : std::string(word_of(answer.error().refusal));
    }
};
CRENEAU_ON_BOTH_ENGINES(PassChanges);

TEST_P(PassChanges, AReissueRaisesTheRevisionAndRevokesTheOldRow) {
    const auto pass = pass_of(approved());
    const auto next = reissue(pass, kCamille);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->credential.pass_id, pass.credential.pass_id);
    EXPECT_EQ(next->credential.revision, 1);
    EXPECT_EQ(next->credential.not_before, pass.credential.not_before);
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), 1);
    EXPECT_EQ(text("SELECT revoked_why FROM credentials WHERE revision = 0"), "reissued");
    EXPECT_EQ(number("SELECT credential_id FROM outbox ORDER BY id DESC LIMIT 1"),
              static_cast<std::int64_t>(next->credential.row));
    EXPECT_EQ(text("SELECT action FROM audit ORDER BY id DESC LIMIT 1"), "pass_reissued");
}

TEST_P(PassChanges, AfterTheLastRevisionComesANewPassId) {
    const auto pass = pass_of(approved());
    session_->execute("UPDATE credentials SET revision = 254");
    const auto last = reissue(pass, kOffice).value();
    EXPECT_EQ(last.credential.revision, 255);
    EXPECT_EQ(last.credential.pass_id, pass.credential.pass_id);
    const auto fresh = reissue(pass, kOffice).value();
    EXPECT_EQ(fresh.credential.revision, 0);
    EXPECT_NE(fresh.credential.pass_id, pass.credential.pass_id);
}

TEST_P(PassChanges, TheOwnerMayReportALossAndGetANewCode) {
    const auto pass = pass_of(approved());
    const auto revoked = revoke(pass, kMaud, RevokeReason::lost);
    ASSERT_TRUE(revoked);
    EXPECT_EQ(revoked->credential.revoked_why, RevokeReason::lost);
    EXPECT_EQ(word(show(pass, kCamille)), "wrong_state");
    EXPECT_EQ(word(revoke(pass, kCamille, RevokeReason::lost)), "wrong_state");
    EXPECT_EQ(word(reissue(pass, kCamille)), "yes");
    EXPECT_EQ(word(show(pass, kCamille)), "yes");
}

TEST_P(PassChanges, WhatTheTownTookAwayOnlyTheTownGivesBack) {
    const auto booking = approved();
    const auto pass = pass_of(booking);
    EXPECT_EQ(word(revoke(pass, kCamille, RevokeReason::misuse)), "not_allowed");
    ASSERT_TRUE(revoke(pass, kOffice, RevokeReason::misuse));
    EXPECT_EQ(word(reissue(pass, kCamille)), "not_allowed");
    ASSERT_TRUE(move(booking, "2026-12-05T18:30", "2026-12-05T20:00", kCamille));
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), 0)
        << "a move is no way round";
    EXPECT_EQ(word(reissue(pass, kOffice)), "yes");
}

TEST_P(PassChanges, ANewPassDoesNotMakeUpForOneThatTheTownTookAway) {
    const auto booking = approved();
    const auto add = [&] { return write(add_pass, MorePasses{kTown, kCamille, booking.id, kNow}); };
    const auto second = add();
    ASSERT_TRUE(second);
    ASSERT_TRUE(revoke(*second, kOffice, RevokeReason::misuse));
    EXPECT_EQ(word(add()), "wrong_state");
    ASSERT_TRUE(reissue(*second, kOffice));
    EXPECT_EQ(word(add()), "yes");
}

TEST_P(PassChanges, AReportedLossDoesNotKeepTheTownFromTakingThePassAway) {
    const auto pass = pass_of(approved());
    ASSERT_TRUE(revoke(pass, kCamille, RevokeReason::lost));
    const auto taken = revoke(pass, kOffice, RevokeReason::misuse);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->credential.revoked_why, RevokeReason::misuse);
    EXPECT_EQ(word(reissue(pass, kCamille)), "not_allowed");
    EXPECT_EQ(word(reissue(pass, kOffice)), "yes");
}

TEST_P(PassChanges, AreClosedToStrangers) {
    const auto pass = pass_of(approved());
    EXPECT_EQ(word(revoke(pass, kDominique, RevokeReason::lost)), "unknown_booking");
    EXPECT_EQ(word(reissue(pass, kAlex)), "unknown_booking");
    EXPECT_EQ(word(show(pass, kDominique)), "unknown_booking");
    EXPECT_EQ(word(show(pass, kOffice)), "not_allowed") << "the town does not see the code";
    EXPECT_EQ(word(show(pass, kMaud)), "yes");
    auto elsewhere = change_of_pass(pass, kOtherOffice);
    elsewhere.town = kOtherTown;
    EXPECT_EQ(word(pass_to_show(*session_, elsewhere)), "unknown_booking");
}

TEST_P(PassChanges, EndWithTheWindowAndTheBooking) {
    const auto booking = approved();
    const auto pass = pass_of(booking);
    EXPECT_EQ(word(reissue(pass, kCamille, booking.slot.at.end + std::chrono::minutes(10))),
              "ended");
    ASSERT_TRUE(cancel(booking));
    EXPECT_EQ(word(reissue(pass, kOffice)), "wrong_state");
    EXPECT_EQ(word(show(pass, kCamille)), "wrong_state");
}

TEST_P(PassChanges, AMoveToARoomWithoutQrLeavesNothingToReissue) {
    const auto booking = approved();
    const auto pass = pass_of(booking);
    ASSERT_TRUE(move(booking, "2026-12-05T18:30", "2026-12-05T20:30", kOffice, kSemanaz));
    EXPECT_EQ(word(reissue(pass, kOffice)), "wrong_state");
}

TEST_P(PassChanges, GiveOutTheMovedWindowAfterATakenPassComesBack) {
    const auto booking = approved();
    const auto pass = pass_of(booking);
    ASSERT_TRUE(revoke(pass, kOffice, RevokeReason::other));
    const auto moved = move(booking, "2026-12-06T10:00", "2026-12-06T11:00").value();
    const auto again = reissue(pass, kOffice).value();
    EXPECT_EQ(again.credential.not_before, moved.slot.at.start - std::chrono::minutes(10));
    EXPECT_EQ(again.credential.duration_min, 80);
    EXPECT_NE(again.credential.pass_id, pass.credential.pass_id);
}

}  // namespace
}  // namespace creneau::booking
