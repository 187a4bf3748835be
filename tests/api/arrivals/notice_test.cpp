#include "api/arrivals/movement_store.hpp"
#include "api/mail/message_store.hpp"
#include "api/mail/movement_facts.hpp"
#include "api/mail/movement_words_store.hpp"
#include "api/store/column.hpp"
#include "tests/api/arrivals/staff_town.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::arrivals {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

class Notices : public StaffTown {
  protected:
    /// The person of the last mail, and how many there are.
    std::int64_t mails() {
        return number("SELECT COUNT(*) FROM outbox WHERE template = 'staff_movement'");
    }
    std::int64_t last_reader() {
        return number(
            "SELECT person_id FROM outbox WHERE template = 'staff_movement'"
            " ORDER BY id DESC LIMIT 1");
    }
    mail::MovementFacts last_facts() {
        return mail::parse_movement(
                   mail::with_words_of_movement(*session_, store::raw(kTown), stored_facts()))
            .value();
    }
    std::string stored_facts() {
        return text(
            "SELECT facts FROM outbox WHERE template = 'staff_movement' ORDER BY id DESC LIMIT 1");
    }
    Movement read(const Movement& movement) {
        return select_movement(*session_, kTown, movement.id).value();
    }
};
CRENEAU_ON_BOTH_ENGINES(Notices);

TEST_P(Notices, GoToLineManagerThenItThenAccessAsEachAcknowledges) {
    const auto movement = depart(kDominique, "2026-12-31").value();
    EXPECT_EQ(tell(), 1U);
    EXPECT_EQ(last_reader(), 13);
    EXPECT_EQ(tell(), 0U) << "once";
    ASSERT_TRUE(acknowledge(movement, kLine));
    EXPECT_EQ(tell(), 1U);
    EXPECT_EQ(last_reader(), 11);
    now_ += hours(24) - seconds(1);
    EXPECT_EQ(tell(), 0U);
    now_ += seconds(1);
    EXPECT_EQ(tell(), 2U) << "a reminder, and the next without waiting longer";
    EXPECT_EQ(last_reader(), 12);
    const auto read_back = read(movement);
    EXPECT_EQ(read_back.notices.at(0).acknowledged_by->name, "Line Morin");
    EXPECT_EQ(read_back.notices.at(0).acknowledged_at, kNow);
    EXPECT_EQ(read_back.notices.at(1).reminders, 1);
    EXPECT_TRUE(is_overdue(read_back, read_back.notices.at(1), now_));
    EXPECT_FALSE(is_overdue(read_back, read_back.notices.at(2), now_));
}

TEST_P(Notices, GoToAllAtOnceWhenTheMovementIsNear) {
    ASSERT_TRUE(depart());
    EXPECT_EQ(tell(), 3U);
    EXPECT_EQ(mails(), 3);
    EXPECT_EQ(tell(), 0U);
}

TEST_P(Notices, RemindThreeTimesAndNoMore) {
    ASSERT_TRUE(depart());
    tell();
    for (int day = 0; day < 10; ++day) {
        now_ += days(1);
        tell();
    }
    EXPECT_EQ(mails(), 3 + 3 * kMostReminders);
    EXPECT_TRUE(last_facts().reminder);
}

TEST_P(Notices, SayWhatTheirReaderHasToKnowAndNothingSecret) {
    ASSERT_TRUE(depart());
    tell();
    const auto facts = last_facts();
    EXPECT_EQ(facts.person, "Dominique Petit");
    EXPECT_EQ(facts.reader, "Sacha");
    EXPECT_EQ(facts.department, "Culture");
    EXPECT_EQ(facts.duties, std::vector<std::string>{"Régie"});
    EXPECT_EQ(facts.local_at, kEveningLocal);
    EXPECT_EQ(facts.step, "access");
    EXPECT_FALSE(facts.arrival);
}

TEST_P(Notices, KeepNoWordAboutWhoMovesOnceTheyAreErased) {
    ASSERT_TRUE(depart());
    tell();
    for (const char* const word : {"Dominique", "Petit", "Régie"}) {
        EXPECT_EQ(stored_facts().find(word), std::string::npos) << word;
    }
    session_->execute(
        "UPDATE people SET name = 'Personne effacée' WHERE id = 3;"
        "UPDATE duties SET word = '' WHERE person_id = 3");
    EXPECT_EQ(last_facts().person, "Personne effacée");
    EXPECT_TRUE(last_facts().duties.empty());
    const auto letter = number("SELECT MAX(id) FROM outbox WHERE template = 'staff_movement'");
    EXPECT_NE(mail::find_message(*session_, store::raw(kTown), letter)->facts.find("effacée"),
              std::string::npos);
    EXPECT_EQ(
        mail::with_words_of_movement(*session_, store::raw(booking::kOtherTown), stored_facts())
            .find("effacée"),
        std::string::npos);
}

TEST_P(Notices, AreAcknowledgedByWhoAnswersForTheStep) {
    const auto movement = depart().value();
    tell();
    EXPECT_EQ(refusal(acknowledge(movement, kDominique)), people::OrganisationRefusal::unknown);
    EXPECT_EQ(refusal(acknowledge(movement, kHr)), people::OrganisationRefusal::not_allowed);
    EXPECT_EQ(refusal(acknowledge(movement, kOffice)), people::OrganisationRefusal::not_allowed);
    ASSERT_TRUE(acknowledge(movement, kSacha));
    now_ += hours(1);
    const auto again = acknowledge(movement, kSacha).value();
    EXPECT_EQ(again.notices.at(2).acknowledged_at, kNow) << "the first time counts";
    EXPECT_FALSE(again.notices.at(0).acknowledged_at);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'movement_acknowledged'"), 1);
}

TEST_P(Notices, StartAnewWithACorrectionAndEndWithAWithdrawal) {
    const auto movement = depart().value();
    tell();
    ASSERT_TRUE(acknowledge(movement, kSacha));
    ASSERT_TRUE(correct(movement, "2026-11-21T20:00"));
    EXPECT_EQ(tell(), 3U);
    EXPECT_TRUE(last_facts().corrected);
    EXPECT_EQ(last_facts().local_at, "2026-11-21T20:00");
    ASSERT_TRUE(withdraw(movement));
    EXPECT_EQ(mails(), 9);
    EXPECT_TRUE(last_facts().withdrawn);
    now_ += days(2);
    EXPECT_EQ(tell(), 0U);
}

TEST_P(Notices, PassOverAStepThatNobodyAnswersFor) {
    session_->execute("DELETE FROM person_roles WHERE person_id = 11");
    const auto movement = depart(kDominique, "2026-12-31").value();
    ASSERT_TRUE(acknowledge(movement, kLine));
    EXPECT_EQ(tell(), 0U);
    EXPECT_EQ(tell(), 1U);
    EXPECT_EQ(last_reader(), 12);
    EXPECT_FALSE(read(movement).notices.at(1).acknowledged_by);
}

TEST_P(Notices, AreListedForWhoHasToKnow) {
    ASSERT_TRUE(depart());
    const auto seen = [this](PersonId reader) {
        return list_movements(*session_, kTown,
                              people::find_person(*session_, kTown, reader).value(), {})
            .size();
    };
    for (const auto reader : {kHr, kNoa, kSacha, kLine, kOffice}) {
        EXPECT_EQ(seen(reader), 1U);
    }
    EXPECT_EQ(seen(booking::kCamille), 0U);
    EXPECT_EQ(seen(kDominique), 0U);
}

TEST(MovementRules, ReadLocalMomentsAndDates) {
    EXPECT_EQ(local_moment("2026-12-05T18:30", OfDay::end), "2026-12-05T18:30");
    EXPECT_EQ(local_moment("2026-12-31", OfDay::end), "2027-01-01T00:00");
    EXPECT_EQ(local_moment("2026-12-31", OfDay::start), "2026-12-31T00:00");
    for (const auto* nonsense :
         {"", "2026-12-5", "2026-13-01", "2026-02-30T10:00", "2026-12-05T24:00", "2026-12-05T10:60",
          "2026-12-05 10:00", "2026-12-05T10:00Z", "2099-12-31"}) {
        EXPECT_FALSE(local_moment(nonsense, OfDay::end)) << nonsense;
    }
    EXPECT_EQ(last_day_before("2027-01-01T00:00"), "2026-12-31");
    EXPECT_EQ(last_day_before("2026-12-05T18:30"), "2026-12-05");
}

}  // namespace
}  // namespace creneau::arrivals
