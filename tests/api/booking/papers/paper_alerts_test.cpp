#include "api/booking/papers/paper_alerts.hpp"

#include "api/booking/papers/keep_papers.hpp"
#include "api/mail/paper_facts.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace creneau::booking {
namespace {

using std::chrono::days;

/// kDanton asks for an insurance certificate; the choir has a booking there on 5 December.
class PaperAlertsTest : public SeriesTest {
  protected:
    PaperAlertsTest() {
        session_->execute(
            "INSERT INTO room_rules (town_id, room_id) VALUES (1, 1);"
            "INSERT INTO room_papers (town_id, room_id, kind) VALUES (1, 1, 'insurance')");
    }
    PaperId give(const std::string& until, bool accepted = true,
                 PaperKind kind = PaperKind::insurance) {
        return write(record_paper, RecordPaper{kTown,
                                               kOffice,
                                               {access::HolderKind::association, 1},
                                               kind,
                                               "",
                                               "2026-01-01",
                                               until,
                                               accepted,
                                               kNow})
            .value()
            .id;
    }
    std::size_t queue(std::chrono::sys_seconds now) {
        return writer_
            .run([&](store::Session& session) -> tl::expected<std::size_t, bool> {
                return queue_paper_alerts(session, kTown, now);
            })
            .value()
            .value();
    }
    std::int64_t mails() { return count("outbox WHERE template = 'paper_expiring'"); }
};
CRENEAU_ON_BOTH_ENGINES(PaperAlertsTest);

TEST_P(PaperAlertsTest, GoToEachManagerOnceAThreshold) {
    request(wish()).value();
    give("2026-12-20");
    EXPECT_EQ(queue(kNow - days(2)), 0U) << "31 days before";
    EXPECT_EQ(queue(kNow - days(1)), 1U);
    EXPECT_EQ(mails(), 2) << "Camille and Maud manage the choir";
    EXPECT_EQ(queue(kNow), 0U);
    EXPECT_EQ(queue(kNow + days(21)), 0U) << "nothing rests on it after 5 December";
    EXPECT_EQ(count("outbox WHERE template = 'paper_expiring' AND person_id IN (2, 6)"), 2);
    const auto facts = mail::parse_paper(facts_of_mail("paper_expiring")).value();
    EXPECT_EQ(facts.association, "Chorale du Pré");
    EXPECT_EQ(facts.valid_until, "2026-12-20");
    EXPECT_EQ(facts.first_day, "");
    EXPECT_FALSE(facts.expired);
    ASSERT_EQ(facts.helps.size(), 1U) << "the site of the booking, and no other";
    EXPECT_EQ(facts.helps[0].site, text("SELECT name FROM sites WHERE id = 1"));
    EXPECT_EQ(facts.helps[0].contact, text("SELECT help_contact FROM sites WHERE id = 1"));
    EXPECT_EQ(facts.helps[0].hours, text("SELECT help_hours FROM sites WHERE id = 1"));
}

TEST_P(PaperAlertsTest, ComeAgainSevenDaysBeforeAndWhenItHasExpired) {
    request(wish()).value();
    give("2026-12-01");
    EXPECT_EQ(queue(kNow), 1U);
    EXPECT_EQ(queue(kNow + days(2)), 0U);
    EXPECT_EQ(queue(kNow + days(3)), 1U) << "24 November";
    EXPECT_EQ(queue(kNow + days(10)), 0U) << "its last day";
    EXPECT_EQ(queue(kNow + days(11)), 1U);
    EXPECT_EQ(queue(kNow + days(12)), 0U);
    EXPECT_EQ(mails(), 6);
    EXPECT_EQ(count("paper_alerts"), 3);
    const auto facts = mail::parse_paper(facts_of_mail("paper_expiring")).value();
    EXPECT_EQ(facts.first_day, "2026-12-05");
}

TEST_P(PaperAlertsTest, LeaveOutWhatNothingRestsOnOrIsRenewed) {
    give("2026-12-01");
    EXPECT_EQ(queue(kNow), 0U) << "no booking to come";
    request(wish()).value();
    give("2026-12-02", true, PaperKind::statutes);
    give("2026-11-30", false);
    EXPECT_EQ(queue(kNow), 1U) << "the insurance alone, not statutes, not what waits";
    give("2026-12-01", true);
    EXPECT_EQ(queue(kNow), 1U);
    give("2027-12-01");
    EXPECT_EQ(queue(kNow + days(4)), 0U);
}

TEST_P(PaperAlertsTest, GoToTheAssociationItselfWhereNobodyManagesIt) {
    request(wish()).value();
    give("2026-12-01");
    session_->execute("UPDATE people SET enabled = 0 WHERE id IN (2, 6)");
    EXPECT_EQ(queue(kNow), 1U);
    EXPECT_EQ(count("outbox WHERE template = 'paper_expiring' AND association_id = 1"), 1);
    EXPECT_EQ(mails(), 1);
}

}  // namespace
}  // namespace creneau::booking
