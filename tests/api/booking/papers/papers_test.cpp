#include "api/access/passes.hpp"
#include "api/booking/holders/hand_pass.hpp"
#include "api/booking/papers/keep_papers.hpp"
#include "api/booking/papers/missing_papers.hpp"
#include "api/booking/pass_changes.hpp"
#include "api/booking/series/decide_series.hpp"
#include "api/booking/series/find_series.hpp"
#include "api/people/people_store.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace creneau::booking {
namespace {

/// kDanton asks for an insurance certificate and a signed agreement.
class PapersTest : public SeriesTest {
  protected:
    PapersTest() {
        session_->execute(
            "INSERT INTO room_rules (town_id, room_id) VALUES (1, 1);"
            "INSERT INTO room_papers (town_id, room_id, kind) VALUES (1, 1, 'insurance'),"
            " (1, 1, 'agreement')");
    }

    static access::Holder choir() { return {access::HolderKind::association, 1}; }

    Outcome<Paper> give(PaperKind kind, const std::string& until = "", bool accepted = true,
                        PersonId actor = kOffice, access::Holder holder = choir()) {
        return write(record_paper, RecordPaper{kTown, actor, holder, kind, "", "2026-01-01", until,
                                               accepted, kNow});
    }
    Outcome<Paper> accept(const Paper& paper, PersonId actor = kOffice) {
        return write(accept_paper, AcceptPaper{kTown, actor, paper.id, kNow});
    }
    std::vector<PaperKind> missing(const Booking& booking) {
        return missing_papers(*session_, kTown, booking,
                              {PaperKind::insurance, PaperKind::agreement});
    }
    std::int64_t living() { return count("credentials WHERE revoked_at IS NULL"); }
    std::int64_t mails(const std::string& condition) { return count("outbox WHERE " + condition); }
};
CRENEAU_ON_BOTH_ENGINES(PapersTest);

TEST_P(PapersTest, ThatAreMissingLetTheRequestInAndAreListed) {
    const auto booking = request(wish()).value();
    EXPECT_EQ(missing(booking),
              (std::vector<PaperKind>{PaperKind::insurance, PaperKind::agreement}));
    const auto facts = facts_of_mail("booking_received");
    EXPECT_NE(facts.find("convention signée"), std::string::npos) << facts;
    EXPECT_NE(facts.find("valid insurance certificate"), std::string::npos) << facts;
}

TEST_P(PapersTest, ThatAreMissingHoldThePassBackUntilTheLastIsAccepted) {
    const auto booking = approved();
    EXPECT_EQ(booking.status, Status::approved);
    EXPECT_EQ(count("access_windows"), 0);
    EXPECT_EQ(count("passes"), 0);
    EXPECT_EQ(mails("template = 'booking_approved' AND credential_id IS NULL"), 1);
    give(PaperKind::insurance).value();
    const auto agreement = give(PaperKind::agreement, "", false).value();
    EXPECT_EQ(count("passes"), 0) << "noted is not accepted";
    ASSERT_TRUE(accept(agreement));
    EXPECT_EQ(count("access_windows"), 1);
    EXPECT_EQ(living(), 1);
    EXPECT_EQ(mails("template = 'booking_approved' AND credential_id IS NOT NULL"), 1);
    EXPECT_EQ(count("audit WHERE action = 'papers_complete' AND subject_kind = 'booking'"), 1);
    EXPECT_EQ(count("audit WHERE action = 'paper_accepted' AND actor_id = 1"), 2);
    EXPECT_EQ(count("audit WHERE action = 'paper_recorded'"), 2);
    EXPECT_EQ(accept(agreement).error().refusal, Refusal::wrong_state);
    EXPECT_EQ(living(), 1);
}

TEST_P(PapersTest, ThatAreThereLeaveTheApprovalAsItWas) {
    give(PaperKind::insurance).value();
    give(PaperKind::agreement).value();
    const auto booking = approved();
    EXPECT_TRUE(missing(booking).empty());
    EXPECT_EQ(living(), 1);
    EXPECT_EQ(mails("template = 'booking_approved' AND credential_id IS NOT NULL"), 1);
    EXPECT_EQ(facts_of_mail("booking_approved").find("missing_papers"), std::string::npos);
}

TEST_P(PapersTest, OfOneHolderFiftyMayWait) {
    Paper last;
    for (int number = 0; number < 50; ++number) {
        last = give(PaperKind::agreement, "", false).value();
    }
    const auto more = give(PaperKind::insurance, "", false);
    ASSERT_FALSE(more);
    EXPECT_EQ(codes_of(more.error()), "too_many_papers");
    ASSERT_TRUE(accept(last));
    EXPECT_TRUE(give(PaperKind::insurance, "", false));
}

TEST_P(PapersTest, OfSomebodyElseDoNotCount) {
    give(PaperKind::insurance, "", true, kOffice, {access::HolderKind::association, 2}).value();
    give(PaperKind::agreement, "", true, kOffice, {access::HolderKind::person, 2}).value();
    approved();
    EXPECT_EQ(count("passes"), 0);
    auto own = wish();
    own.association.reset();
    own.start = "2026-12-06T18:30";
    own.end = "2026-12-06T20:30";
    const auto booking = approve(request(own).value()).value();
    EXPECT_EQ(missing(booking), std::vector<PaperKind>{PaperKind::insurance});
}

TEST_P(PapersTest, ThatExpireInsideASeriesWithholdFromThatDate) {
    give(PaperKind::agreement).value();
    give(PaperKind::insurance, "2026-12-12").value();
    const auto id = ask(saturdays()).value();
    ASSERT_TRUE(
        write(approve_series, ApproveSeries{{kTown, kOffice, id, Scope::all, "", kNow}, {}}));
    EXPECT_EQ(living(), 2) << "5 and 12 December";
    EXPECT_EQ(mails("template = 'pass_ready'"), 2);
    const auto facts = facts_of_mail("series_approved");
    EXPECT_NE(facts.find("\"from\":\"2026-12-19\""), std::string::npos) << facts;
    const auto office = people::find_person(*session_, kTown, kOffice).value();
    const auto view = find_series(*session_, kTown, office, id).value();
    ASSERT_EQ(view.missing_papers.size(), 1U);
    EXPECT_EQ(view.missing_papers.front().date, "2026-12-19");
    give(PaperKind::insurance, "2026-12-19").value();
    EXPECT_EQ(living(), 3) << "a longer one releases what it covers";
    EXPECT_EQ(mails("template = 'pass_ready'"), 3);
    give(PaperKind::insurance).value();
    EXPECT_EQ(living(), 4);
    give(PaperKind::insurance).value();
    EXPECT_EQ(living(), 4) << "nothing twice";
    EXPECT_EQ(mails("template = 'pass_ready'"), 4);
}

TEST_P(PapersTest, TellTheBookerAndNotTheServicesWhatTheyOpen) {
    session_->execute(
        "INSERT INTO subscriptions (id, town_id, created_by_id, service, email, rhythm,"
        " holders, locale, created_at, told_until)"
        " VALUES (1, 1, 1, 'Chauffage', 'c@b.fr', 'at_once', 'all', 'fr', 0, 0);"
        "INSERT INTO subscription_changes (town_id, subscription_id, change)"
        " VALUES (1, 1, 'approved')");
    give(PaperKind::agreement).value();
    approved();
    EXPECT_EQ(mails("template = 'news'"), 1);
    give(PaperKind::insurance).value();
    EXPECT_EQ(mails("template = 'booking_approved'"), 2) << "the second says how to come in";
    EXPECT_EQ(mails("template = 'news'"), 1) << "nothing new to heat";
}

TEST_P(PapersTest, ThatOpenDatesOfASeriesWithoutACodeAreToldInOneMail) {
    session_->execute(
        "DELETE FROM room_ways_in; INSERT INTO room_ways_in (town_id, room_id, way,"
        " from_date) VALUES (1, 1, 'key', '2026-01-01')");
    give(PaperKind::agreement).value();
    const auto id = ask(saturdays()).value();
    ASSERT_TRUE(
        write(approve_series, ApproveSeries{{kTown, kOffice, id, Scope::all, "", kNow}, {}}));
    EXPECT_EQ(living(), 0);
    EXPECT_EQ(mails("template = 'series_approved'"), 1);
    give(PaperKind::insurance).value();
    EXPECT_EQ(living(), 0);
    EXPECT_EQ(mails("template = 'series_approved'"), 2) << "one mail for all its dates";
}

TEST_P(PapersTest, AreAskedForAgainWhereABookingMoves) {
    give(PaperKind::agreement).value();
    give(PaperKind::insurance, "2026-12-10").value();
    const auto booking = approved();
    EXPECT_EQ(living(), 1);
    ASSERT_TRUE(move(booking, "2026-12-20T18:30", "2026-12-20T20:30"));
    EXPECT_EQ(living(), 0);
    EXPECT_EQ(count("access_windows"), 0);
    EXPECT_NE(facts_of_mail("booking_moved").find("missing_papers"), std::string::npos);
    give(PaperKind::insurance).value();
    EXPECT_EQ(living(), 1);
    EXPECT_EQ(count("passes"), 1) << "the same pass, a new code";
}

TEST_P(PapersTest, DoNotGiveBackWhatWasTakenAwayAndNoNewCodeComesWithoutThem) {
    session_->execute("DELETE FROM room_papers");
    const auto booking = approved();
    session_->execute(
        "INSERT INTO room_papers (town_id, room_id, kind) VALUES (1, 1, 'insurance')");
    const auto passes = access::passes_of(*session_, access_id(kTown), access_id(booking.id));
    const PassChange change{kTown, kCamille, passes.front().row, kNow};
    EXPECT_EQ(write(reissue_pass, change).error().refusal, Refusal::wrong_state);
    ASSERT_TRUE(writer_
                    .run([&](store::Session& session) {
                        return revoke_pass(session, change, access::RevokeReason::lost);
                    })
                    .value());
    give(PaperKind::insurance).value();
    EXPECT_EQ(living(), 0);
    EXPECT_TRUE(write(reissue_pass, change));
    EXPECT_EQ(living(), 1);
}

TEST_P(PapersTest, GiveEachPassBackByItselfAfterAMove) {
    give(PaperKind::agreement).value();
    give(PaperKind::insurance, "2026-12-10").value();
    const auto booking = approved();
    const auto add = [&] {
        return write(add_pass, MorePasses{kTown, kCamille, booking.id, kNow}).value();
    };
    const auto lost = add();
    const auto taken = add();
    const auto revoke = [&](const access::Pass& pass, PersonId actor, access::RevokeReason why) {
        const PassChange change{kTown, actor, pass.row, kNow};
        return writer_
            .run([&](store::Session& session) { return revoke_pass(session, change, why); })
            .value()
            .has_value();
    };
    ASSERT_TRUE(revoke(lost, kCamille, access::RevokeReason::lost));
    ASSERT_TRUE(revoke(taken, kOffice, access::RevokeReason::misuse));
    ASSERT_TRUE(move(booking, "2026-12-20T18:30", "2026-12-20T20:30"));
    EXPECT_EQ(living(), 0);
    give(PaperKind::insurance).value();
    const auto passes = access::passes_of(*session_, access_id(kTown), access_id(booking.id));
    ASSERT_EQ(passes.size(), 3U);
    EXPECT_FALSE(passes[0].credential.revoked_at) << "only the move had taken it away";
    EXPECT_EQ(passes[1].credential.revoked_why, access::RevokeReason::lost);
    EXPECT_EQ(passes[2].credential.revoked_why, access::RevokeReason::misuse);
    EXPECT_EQ(mails("template = 'booking_approved' AND credential_id = " +
                    std::to_string(static_cast<std::int64_t>(passes[0].credential.row))),
              1);
}

TEST_P(PapersTest, AreKeptByTheOfficeAndSeenByTheirHolders) {
    const auto before = traces();
    EXPECT_EQ(give(PaperKind::insurance, "", true, kCamille).error().refusal, Refusal::not_allowed);
    EXPECT_EQ(give(PaperKind::insurance, "", true, kOtherOffice).error().refusal,
              Refusal::not_allowed);
    EXPECT_EQ(codes_of(give(PaperKind::insurance, "2025-12-31").error()), "end_before_start");
    EXPECT_EQ(give(PaperKind::insurance, "", true, kOffice, {access::HolderKind::person, 9})
                  .error()
                  .refusal,
              Refusal::unknown_booking)
        << "of the other town";
    EXPECT_EQ(traces(), before);
    const auto paper = give(PaperKind::insurance, "", false).value();
    EXPECT_EQ(accept(paper, kCamille).error().refusal, Refusal::not_allowed);
    const auto list = [&](PersonId reader) {
        return list_papers(*session_, people::find_person(*session_, kTown, reader).value(),
                           {kTown, choir(), {}});
    };
    EXPECT_EQ(list(kCamille)->size(), 1U);
    EXPECT_EQ(list(kOffice)->size(), 1U);
    EXPECT_EQ(list(kAlex).error().refusal, Refusal::unknown_booking);
}

}  // namespace
}  // namespace creneau::booking
