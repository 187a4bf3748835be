#include "api/mail/outbox_store.hpp"

#include "tests/api/mail/outbox_town.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

namespace creneau::mail {
namespace {

using std::chrono::seconds;

class OutboxStore : public testing::TestWithParam<store::Engine> {
  protected:
    void SetUp() override { fill_town(session); }

    std::optional<ClaimedMail> claim(seconds after = seconds{0}) {
        return claim_due_mail(session, kTown, kNow + after, kNow + after + seconds{120});
    }

    support::TestDatabase database{GetParam()};
    store::Session session = database.open();
};

TEST_P(OutboxStore, GivesAClaimedMailWhatItNeedsToLeave) {
    const auto id = queue(session, Template::booking_approved, true);
    const auto mail = claim();
    ASSERT_TRUE(mail);
    EXPECT_EQ(mail->id, id);
    EXPECT_EQ(mail->template_word, "booking_approved");
    EXPECT_EQ(mail->booking_id, 1);
    EXPECT_EQ(mail->credential_id, 1);
    EXPECT_EQ(mail->created_at, kNow);
    EXPECT_EQ(mail->attempts, 1);
    EXPECT_EQ(mail->to_address, "camille@example.org");
    EXPECT_EQ(mail->to_name, "Camille Éluard");
    EXPECT_EQ(mail->locale, "fr");
    EXPECT_EQ(mail->town_key, "le-pre");
    EXPECT_FALSE(mail->credential_revoked);
    EXPECT_FALSE(mail->overtaken);
    EXPECT_TRUE(parse_facts(mail->facts));
}

TEST_P(OutboxStore, GivesEachMailATokenThatNobodyGuesses) {
    queue(session, Template::booking_approved, true);
    queue(session, Template::booking_received);
    const auto first = claim();
    const auto second = claim();
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->token.size(), 32U);
    EXPECT_EQ(second->token.size(), 32U);
    EXPECT_NE(first->token, second->token);
    add_pass_mail(session, first->id, kNow);
    const auto third = claim();
    ASSERT_TRUE(third);
    EXPECT_EQ(third->token.size(), 32U);
    EXPECT_NE(third->token, first->token);
}

TEST_P(OutboxStore, GivesARowToOneWorkerUntilItsLeaseEnds) {
    queue(session, Template::booking_received);
    ASSERT_TRUE(claim());
    EXPECT_FALSE(claim());
    EXPECT_FALSE(has_due_mail(session, kTown, kNow + seconds{119}));
    EXPECT_FALSE(claim(seconds{119}));
    EXPECT_TRUE(has_due_mail(session, kTown, kNow + seconds{120}));
    const auto again = claim(seconds{120});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->attempts, 2);
}

TEST_P(OutboxStore, GivesTheOldestDueRowOfItsTownFirst) {
    const auto late = queue(session, Template::booking_received, false, kNow + seconds{5});
    const auto early = queue(session, Template::booking_received);
    EXPECT_FALSE(has_due_mail(session, kOtherTown, kNow + seconds{60}));
    EXPECT_EQ(claim(seconds{5})->id, early);
    EXPECT_EQ(claim(seconds{5})->id, late);
    EXPECT_FALSE(claim(seconds{5}));
}

TEST_P(OutboxStore, NeverTakesAClosedRowAgain) {
    for (const MailEnd end : {MailEnd::sent, MailEnd::dead, MailEnd::superseded}) {
        const auto id = queue(session, Template::booking_received);
        ASSERT_EQ(claim()->id, id);
        close_mail(session, id, end, kNow, "why");
        EXPECT_FALSE(claim(seconds{1000}));
        close_mail(session, id, MailEnd::sent, kNow, "");  // a second worker comes too late
        EXPECT_EQ(row_of(session, id).last_error, "why");
    }
    queue(session, Template::booking_received);
    EXPECT_TRUE(claim());
}

TEST_P(OutboxStore, QueuesTheCodeAsIfCreatedWhenDue) {
    const auto id = queue(session, Template::booking_approved, true);
    const auto first = claim();
    ASSERT_TRUE(first);
    EXPECT_TRUE(close_mail(session, id, MailEnd::sent, kNow, ""));
    EXPECT_FALSE(close_mail(session, id, MailEnd::sent, kNow, "")) << "closed already";
    add_pass_mail(session, id, kNow + seconds{1000});
    EXPECT_FALSE(claim(seconds{999}));
    const auto later = claim(seconds{1000});
    ASSERT_TRUE(later);
    EXPECT_EQ(later->template_word, word_of(Template::pass_ready));
    EXPECT_EQ(later->booking_id, 1);
    EXPECT_EQ(later->credential_id, 1);
    EXPECT_EQ(later->to_address, first->to_address);
    EXPECT_EQ(later->facts, first->facts);
    EXPECT_EQ(later->created_at, kNow + seconds{1000});
    EXPECT_EQ(later->attempts, 1);
}

TEST_P(OutboxStore, KeepsAPostponedRowUntilItsTime) {
    const auto id = queue(session, Template::booking_received);
    ASSERT_TRUE(claim());
    postpone_mail(session, id, kNow + seconds{60}, "smtp: busy");
    EXPECT_EQ(row_of(session, id).last_error, "smtp: busy");
    EXPECT_FALSE(claim(seconds{59}));
    EXPECT_TRUE(claim(seconds{60}));
}

TEST_P(OutboxStore, ReleasesOnlyTheRowsThatAnEndedProcessHeld) {
    const auto cut = queue(session, Template::booking_received);
    ASSERT_EQ(claim()->id, cut);
    const auto waiting = queue(session, Template::booking_received);
    ASSERT_EQ(claim()->id, waiting);
    postpone_mail(session, waiting, kNow + seconds{60}, "smtp: busy");
    release_interrupted(session, kTown, kNow);
    EXPECT_EQ(claim()->id, cut);
    EXPECT_FALSE(claim());
}

TEST_P(OutboxStore, LeavesAMailThatKeepsEndingTheProcessToItsLease) {
    const auto id = queue(session, Template::booking_received);
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(claim()) << i;
        release_interrupted(session, kTown, kNow);
    }
    EXPECT_FALSE(claim());
    EXPECT_EQ(row_of(session, id).attempts, 10);
    EXPECT_TRUE(claim(seconds{120}));
}

TEST_P(OutboxStore, TellsWhatALaterChangeMadeUntrue) {
    queue(session, Template::booking_approved, true);
    queue(session, Template::booking_cancelled);
    revoke_credential(session);
    const auto approved = claim();
    ASSERT_TRUE(approved);
    EXPECT_TRUE(approved->credential_revoked);
    EXPECT_TRUE(approved->overtaken);
    const auto cancelled = claim();
    ASSERT_TRUE(cancelled);
    EXPECT_FALSE(cancelled->credential_revoked);
    EXPECT_FALSE(cancelled->overtaken);
}

CRENEAU_ON_BOTH_ENGINES(OutboxStore);

}  // namespace
}  // namespace creneau::mail
