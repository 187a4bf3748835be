#include "api/estate/erased_key.hpp"
#include "api/people/ids.hpp"
#include "api/privacy/erasure_types.hpp"
#include "tests/api/privacy/privacy_town.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace creneau::privacy {
namespace {

using Found = std::vector<std::pair<ObstacleKind, std::int64_t>>;

class ErasePerson : public PrivacyTown {
  protected:
    Found obstacles(people::PersonId person, people::PersonId actor = kDenis) {
        const auto erased = erase(person, actor);
        EXPECT_FALSE(erased);
        Found found;
        if (!erased) {
            EXPECT_EQ(erased.error().fault, EraseFault::obstacles);
            for (const auto& obstacle : erased.error().obstacles) {
                found.emplace_back(obstacle.kind, obstacle.subject);
            }
        }
        return found;
    }
};
CRENEAU_ON_BOTH_ENGINES(ErasePerson);

TEST_P(ErasePerson, LeavesNoTraceInAnyColumnOfAnyTable) {
    ASSERT_GT(traces().size(), 25U) << "she stands wherever somebody can";
    ASSERT_TRUE(erase());
    EXPECT_EQ(traces(), std::vector<std::string>{});
}

TEST_P(ErasePerson, KeepsWhatTheLawWantsByItsId) {
    ASSERT_TRUE(erase());
    EXPECT_EQ(number("SELECT COUNT(*) FROM bookings WHERE booker_id = 7"), 2);
    EXPECT_EQ(text("SELECT name FROM people WHERE id = 7"), "Personne effacée");
    EXPECT_EQ(number("SELECT enabled FROM people WHERE id = 7"), 0);
    EXPECT_EQ(number("SELECT erased_at FROM people WHERE id = 7"), 1'796'000'000);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE log = 'security'"
                     " AND action = 'person_erased' AND subject_id = 7 AND actor_id = 11"
                     " AND ground = 'person_request'"),
              1);
    EXPECT_EQ(text("SELECT state FROM badges WHERE id = 1"), "revoked");
    EXPECT_EQ(text("SELECT name FROM pass_holders WHERE pass_row_id = 2"), "Un ténor");
    EXPECT_EQ(number("SELECT COUNT(*) FROM people WHERE erased_at IS NULL"), 5);
}

TEST_P(ErasePerson, LeavesWhatIsOfAnAssociationWithTheSameNumber) {
    const std::string of_it[] = {
        "papers WHERE holder_kind = 'association' AND holder_id = 7 AND reference = 'Echo 12'",
        "paper_alerts WHERE paper_id = 7",
        "badges WHERE holder_kind = 'association' AND holder_id = 7 AND state = 'issued'",
        "passes WHERE holder_kind = 'association' AND holder_id = 7",
        "pass_holders WHERE pass_row_id = 7 AND name = 'Une alto'",
        "feeds WHERE kind = 'association' AND subject_id = 7",
        "bookings WHERE association_id = 7 AND purpose = 'Chants'",
        "associations WHERE id = 7 AND email = 'echo@example.org'",
        "association_managers WHERE association_id = 7"};
    for (const std::string& rows : of_it) {
        ASSERT_EQ(number("SELECT COUNT(*) FROM " + rows), 1) << rows;
    }
    ASSERT_TRUE(erase());
    for (const std::string& rows : of_it) {
        EXPECT_EQ(number("SELECT COUNT(*) FROM " + rows), 1) << rows;
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM papers WHERE holder_id = 7"), 1) << "hers are gone";
}

TEST_P(ErasePerson, TakesHerNameOutOfAnswersThatOthersAreKept) {
    ASSERT_EQ(number("SELECT COUNT(*) FROM idempotency_keys"), 4);
    ASSERT_TRUE(erase());
    EXPECT_EQ(number("SELECT COUNT(*) FROM idempotency_keys"), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM idempotency_keys WHERE person_id = 10"), 1)
        << "what tells of others is kept";
}

TEST_P(ErasePerson, GivesTheRunningAffairsOfAnAssociationToAnotherManager) {
    ASSERT_TRUE(erase());
    EXPECT_EQ(number("SELECT booker_id FROM bookings WHERE id = 3"), 12);
    EXPECT_EQ(text("SELECT purpose FROM bookings WHERE id = 3"), "Tournoi");
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'association_handed_over'"
                     " AND subject_id = 300 AND for_id = 12"),
              1);
}

TEST_P(ErasePerson, IsRefusedWithEverythingThatStillRuns) {
    session.execute(
        "UPDATE bookings SET status = 'approved' WHERE id = 2;"
        "UPDATE holds SET status = 'held', expires_at = 1900000000 WHERE id = 1;"
        "DELETE FROM association_managers WHERE person_id = 12;"
        "UPDATE associations SET email = 'Perle@Zurbriggen.Example' WHERE id = 300;"
        "UPDATE staff SET until_date = '' WHERE person_id = 7;"
        "INSERT INTO staff (person_id, town_id, department_id, line_manager_id, from_date) VALUES"
        " (8, 1, 1, 7, '2020-01-01')");
    EXPECT_EQ(obstacles(kPerle), (Found{{ObstacleKind::booking_running, 2},
                                        {ObstacleKind::hold_running, 1},
                                        {ObstacleKind::association_contact, 300},
                                        {ObstacleKind::line_manager, 8},
                                        {ObstacleKind::staff_in_service, 7},
                                        {ObstacleKind::association_without_manager, 300}}));
    EXPECT_EQ(text("SELECT name FROM people WHERE id = 7"), "Perle Zurbriggen");
    EXPECT_TRUE(ledger.read().erasures.empty());
    session.execute(
        "UPDATE bookings SET status = 'cancelled' WHERE id = 2;"
        "UPDATE holds SET status = 'released' WHERE id = 1;"
        "UPDATE associations SET enabled = 0 WHERE id = 300;"
        "UPDATE bookings SET status = 'cancelled' WHERE id = 3;"
        "UPDATE staff SET until_date = '2021-01-01' WHERE person_id IN (7, 8)");
    EXPECT_TRUE(erase());
    EXPECT_EQ(text("SELECT email FROM associations WHERE id = 300"), "") << "nor of one disabled";
}

TEST_P(ErasePerson, LeavesAnAdministrator) {
    EXPECT_EQ(obstacles(kDana), (Found{{ObstacleKind::sole_administrator, 10}}));
    EXPECT_EQ(obstacles(kDana, kDana),
              (Found{{ObstacleKind::sole_administrator, 10}, {ObstacleKind::own_account, 10}}));
    session.execute(
        "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 12, 'administrator')");
    EXPECT_TRUE(erase(kDana));
}

TEST_P(ErasePerson, IsForDataProtectionAndAdministratorsOfTheTown) {
    for (const auto actor : {kBruno, kMila, kPerle, people::PersonId{20}, people::PersonId{99}}) {
        const auto erased = erase(kPerle, actor);
        ASSERT_FALSE(erased);
        EXPECT_EQ(erased.error().fault, EraseFault::not_allowed);
    }
    for (const auto person : {people::PersonId{20}, people::PersonId{99}}) {
        const auto erased = erase(person);
        ASSERT_FALSE(erased);
        EXPECT_EQ(erased.error().fault, EraseFault::unknown_person);
    }
    EXPECT_TRUE(erase(kPerle, kDana));
}

TEST_P(ErasePerson, IsWrittenInTheLedgerOnceAndAnsweredTwice) {
    ASSERT_TRUE(erase());
    ASSERT_TRUE(erase());
    const auto content = ledger.read();
    ASSERT_EQ(content.erasures.size(), 1U);
    EXPECT_EQ(content.erasures[0].person, kPerle);
    EXPECT_EQ(content.erasures[0].at, kNow);
}

TEST_P(ErasePerson, IsNotDoneWhereTheLedgerCannotBeWritten) {
    session.execute("BEGIN");
    std::filesystem::create_directories(ledger.folder() / "erasures");  // a folder in its place
    EXPECT_ANY_THROW((void)erase());
    session.execute("ROLLBACK");
    EXPECT_EQ(text("SELECT name FROM people WHERE id = 7"), "Perle Zurbriggen");
    std::filesystem::remove(ledger.folder() / "erasures");
    EXPECT_TRUE(erase());
}

TEST_P(ErasePerson, LeavesTheKeyOnlyAsWhatTheTownsFileIsComparedWith) {
    ASSERT_TRUE(erase());
    EXPECT_EQ(text("SELECT key FROM people WHERE id = 7"), estate::erased_key("perle-zurbriggen"));
}

}  // namespace
}  // namespace creneau::privacy
