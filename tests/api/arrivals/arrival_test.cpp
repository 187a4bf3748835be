#include "api/people/account_codes.hpp"
#include "api/people/password_by_code.hpp"
#include "api/people/passwords.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in.hpp"
#include "tests/api/arrivals/staff_town.hpp"

#include <chrono>
#include <string>

namespace creneau::arrivals {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

constexpr const char* kAddress = "jo@le-pre.example.org";
constexpr const char* kPassword = "un chat sur la fenêtre";
/// 8:00 in Paris on 1 December.
constexpr std::chrono::sys_seconds kFirstDay{
    std::chrono::sys_days{std::chrono::year{2026} / 12 / 1} + hours(7)};

class Arrival : public StaffTown {
  protected:
    bool signs_in(std::chrono::sys_seconds at) {
        const people::SignIn sign_in{{kTown, kAddress, "192.0.2.7", at}, kPassword};
        const auto person =
            people::judge(people::find_account(*session_, sign_in.attempt), sign_in);
        return person &&
               in_write([&](store::Session& session) {
                   return people::open_signed_in(session, key_of_accounts_, sign_in.attempt,
                                                 *person, {people::new_session_token()});
               }).has_value();
    }
    /// Opens the account by the code of the mail.
    bool accepts_invitation(PersonId person, std::chrono::sys_seconds at) {
        const auto kind = people::CodeKind::invitation;
        const auto letters = people::letters_of(
            key_of_accounts_, kTown, people::mail_code(*session_, kTown, person, kind, at));
        const people::PasswordByCode order{
            {kTown, kAddress, "192.0.2.7", at}, {kind, letters}, people::hash_password(kPassword)};
        return in_write([&](store::Session& session) {
                   return people::set_password_by_code(session, key_of_accounts_, order);
               })
            .has_value();
    }
    std::int64_t invitations() {
        return number("SELECT COUNT(*) FROM outbox WHERE template = 'account_invitation'");
    }
};
CRENEAU_ON_BOTH_ENGINES(Arrival);

TEST_P(Arrival, OpensTheAccountAtItsInstantAndNotBefore) {
    const auto movement = arrive(arrival("2026-12-01T08:00")).value();
    EXPECT_EQ(movement.moment.at, kFirstDay);
    EXPECT_TRUE(accepts_invitation(movement.person.id, now_)) << "a password ahead";
    EXPECT_FALSE(signs_in(now_));
    EXPECT_FALSE(signs_in(kFirstDay - seconds(1)));
    EXPECT_TRUE(signs_in(kFirstDay)) << "nobody was there, no tick came";
    now_ = kFirstDay + seconds(1);
    EXPECT_EQ(carry_out(), 1U);
    EXPECT_EQ(carry_out(), 0U);
    EXPECT_TRUE(signs_in(now_));
    EXPECT_EQ(text("SELECT from_date FROM staff WHERE person_id > 13"), "2026-12-01");
    EXPECT_EQ(text("SELECT word FROM duties WHERE person_id > 13"), "Accueil");
}

TEST_P(Arrival, GivesNoCodeToSignInAndNoBadgeInThePolicyAhead) {
    const auto movement = arrive(arrival("2026-12-01T08:00")).value();
    const auto by_code = [&](people::CodeKind kind, std::chrono::sys_seconds at) {
        const auto letters =
            people::letters_of(key_of_accounts_, kTown,
                               people::mail_code(*session_, kTown, movement.person.id, kind, at));
        return people::check_code(*session_, key_of_accounts_, {kTown, kAddress, "192.0.2.9", at},
                                  {kind, letters})
            .has_value();
    };
    EXPECT_FALSE(by_code(people::CodeKind::password_reset, kFirstDay - seconds(1)));
    EXPECT_FALSE(by_code(people::CodeKind::sign_in, kFirstDay))
        << "who works for the town has a second factor, with a role or without";
    EXPECT_TRUE(by_code(people::CodeKind::password_reset, kFirstDay));
    const auto badge = give("04A219B2", movement.person.id).value();
    EXPECT_TRUE(in_policy(kFirstDay - seconds(1)).empty());
    EXPECT_EQ(in_policy(kFirstDay), std::vector{static_cast<std::int64_t>(badge.id)});
}

TEST_P(Arrival, InvitesFiveDaysAheadAndOnce) {
    ASSERT_TRUE(arrive(arrival("2026-12-01T08:00")));
    tell();
    EXPECT_EQ(invitations(), 0);
    now_ = kFirstDay - days(5);
    tell();
    tell();
    EXPECT_EQ(invitations(), 1);
}

TEST_P(Arrival, AnnouncesItsEndWithIt) {
    auto order = arrival("2026-12-01");
    order.ends = "2026-12-31";
    const auto movement = arrive(order).value();
    EXPECT_EQ(movement.moment.local, "2026-12-01T00:00");
    EXPECT_EQ(text("SELECT local_at FROM staff_movements WHERE kind = 'departure'"),
              "2027-01-01T00:00");
    EXPECT_EQ(text("SELECT until_date FROM staff WHERE person_id > 13"), "2026-12-31");
    ASSERT_TRUE(accepts_invitation(movement.person.id, now_));
    EXPECT_TRUE(signs_in(kFirstDay));
    EXPECT_FALSE(signs_in(kFirstDay + days(31)));
}

TEST_P(Arrival, WithdrawnClosesTheAccountAndMayBeAnnouncedAgain) {
    auto order = arrival("2026-12-01T08:00");
    order.ends = "2026-12-31";
    const auto movement = arrive(order).value();
    ASSERT_TRUE(accepts_invitation(movement.person.id, now_));
    EXPECT_EQ(correct(movement, "2026-12-02T08:00").value().moment.at, kFirstDay + days(1));
    EXPECT_FALSE(signs_in(kFirstDay));
    ASSERT_TRUE(withdraw(movement));
    EXPECT_EQ(number("SELECT COUNT(*) FROM staff_movements WHERE withdrawn_at IS NULL"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM staff WHERE person_id > 13"), 0);
    EXPECT_FALSE(signs_in(kFirstDay + days(2)));
    EXPECT_EQ(codes(arrive(arrival("2026-12-03T08:00"))), Codes{"email_taken"});
    auto again = arrival("2026-12-03T08:00");
    again.person = movement.person.id;
    ASSERT_TRUE(arrive(again));
    EXPECT_FALSE(signs_in(kFirstDay + days(1)));
    EXPECT_TRUE(signs_in(kFirstDay + days(2)));
}

TEST_P(Arrival, WithdrawnLeavesNoDatesBehind) {
    auto order = arrival("2026-12-01T08:00");
    order.ends = "2026-12-31";
    const auto movement = arrive(order).value();
    ASSERT_TRUE(withdraw(movement));
    const auto id = std::to_string(static_cast<std::int64_t>(movement.person.id));
    EXPECT_EQ(number("SELECT COUNT(*) FROM people WHERE active_from IS NULL"
                     " AND active_until IS NULL AND enabled = 0 AND id = " +
                     id),
              1);
    // The office takes them on by itself.
    session_->execute("UPDATE people SET enabled = 1 WHERE id = " + id +
                      ";"
                      "INSERT INTO staff (person_id, town_id, department_id, from_date) VALUES (" +
                      id + ", 1, 1, '2026-12-01')");
    EXPECT_TRUE(depart(movement.person.id, "2026-12-31"));
}

TEST_P(Arrival, WithdrawnReturnLeavesTheDepartureBefore) {
    ASSERT_TRUE(depart());
    now_ = kEvening;
    carry_out();
    auto order = arrival("2026-12-01T08:00");
    order.person = kDominique;
    ASSERT_TRUE(withdraw(arrive(order).value()));
    EXPECT_EQ(number("SELECT active_until FROM people WHERE id = 3"),
              kEvening.time_since_epoch().count());
    EXPECT_TRUE(arrive(order));
    EXPECT_EQ(number("SELECT COUNT(*) FROM people WHERE id = 3 AND active_until IS NULL"), 1);
}

TEST_P(Arrival, BringsBackWhoLeftAndNobodyElse) {
    const auto left = depart().value();
    auto order = arrival("2026-12-01T08:00");
    order.person = left.person.id;
    EXPECT_EQ(codes(arrive(order)), Codes{"has_not_left"});
    session_->execute("UPDATE people SET enabled = 0 WHERE id = 2");
    order.person = booking::kCamille;
    EXPECT_EQ(codes(arrive(order)), Codes{"has_not_left"}) << "disabled for another reason";
    now_ = kEvening;
    carry_out();
    order.person = left.person.id;
    const auto back = arrive(order).value();
    EXPECT_EQ(people::find_person(*session_, kTown, kDominique)->is_active(kFirstDay - seconds(1)),
              false);
    EXPECT_TRUE(people::find_person(*session_, kTown, kDominique)->is_active(kFirstDay));
    EXPECT_EQ(back.line_manager, kLine);
}

TEST_P(Arrival, InADepartmentHasALineManagerFromTheStaff) {
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id, given_by_id)"
        " VALUES (1, 6, 'human_resources', 'department', 1, 11)");
    auto order = arrival("2026-12-01T08:00");
    order.actor.person = booking::kMaud;
    order.line_manager = booking::kCamille;
    EXPECT_EQ(codes(arrive(order)), Codes{"not_on_staff"});
    order.line_manager = kLine;
    EXPECT_TRUE(arrive(order));
}

TEST_P(Arrival, IsRefusedWithEverythingThatIsWrong) {
    auto order = arrival("2026-12-01T08:00");
    order.name = " ";
    order.email = "dominique@example.org";
    order.department = people::DepartmentId{9};
    order.line_manager = booking::kOtherOffice;
    order.duties = {" "};
    order.starts = "2026-12-01T25:00";
    EXPECT_EQ(codes(arrive(order)), (Codes{"name_missing", "email_taken", "unknown_department",
                                           "unknown_person", "duty_missing", "bad_time"}));
    order = arrival("2026-12-01T08:00");
    order.ends = "2026-12-01T08:00";
    EXPECT_EQ(codes(arrive(order)), Codes{"end_before_start"});
    order.actor.person = kOffice;
    EXPECT_EQ(refusal(arrive(order)), people::OrganisationRefusal::not_allowed);
    EXPECT_EQ(number("SELECT COUNT(*) FROM staff_movements"), 0);
    EXPECT_TRUE(arrive(arrival("2026-12-01T08:00")));
}

}  // namespace
}  // namespace creneau::arrivals
