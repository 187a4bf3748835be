#include "api/access/passes.hpp"
#include "api/audit/audit_keeper.hpp"
#include "api/audit/chain.hpp"
#include "api/audit/seals_file.hpp"
#include "api/audit/verify_audit.hpp"
#include "api/booking/delegations/delegation_store.hpp"
#include "api/people/account_codes.hpp"
#include "api/people/password_by_code.hpp"
#include "api/people/passwords.hpp"
#include "api/people/secret_token.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in.hpp"
#include "api/people/sign_in_store.hpp"
#include "api/people/tokens/manage_tokens.hpp"
#include "api/signer/agent_store.hpp"
#include "api/signer/credential_store.hpp"
#include "tests/api/arrivals/staff_town.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace creneau::arrivals {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr const char* kAddress = "dominique@example.org";
constexpr const char* kPassword = "un chat sur la fenêtre";

/// Dominique at work: signed in, with a token, a badge and the pass of a hall for a family day.
class Departure : public StaffTown {
  protected:
    void SetUp() override {
        session_->execute(
            "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 3, 'stage_manager')");
        people::save_password_hash(*session_, kTown, kDominique, people::hash_password(kPassword),
                                   now_);
        token_ = people::new_session_token();
        people::open_session(*session_, kTown, kDominique, {token_}, kEvening - seconds(60));
        people::MakeToken order;
        order.town = kTown;
        order.actor = kDominique;
        order.name = "Planning";
        order.scopes = {"schedule:read"};
        order.expires_at = now_ + std::chrono::days(30);
        order.secret = secret_of_token_ = people::new_secret_token();
        order.now = now_;
        ASSERT_TRUE(in_write(
            [order](store::Session& session) { return people::make_token(session, order); }));
        auto wish = booking::FilledTown::wish();
        wish.actor = kDominique;
        wish.association.reset();
        booking_ = approve(request(wish).value()).value().id;
        pass_ = access::passes_of(*session_, access::TownId{1},
                                  access::BookingRow{static_cast<std::int64_t>(booking_)})
                    .at(0);
        badge_ = static_cast<std::int64_t>(give("04:A2:19:B2").value().id);
    }

    bool is_signed_in(std::chrono::sys_seconds at) {
        return people::find_signed_in(*session_, kTown, token_, at).has_value();
    }
    bool token_works(std::chrono::sys_seconds at) {
        return people::find_bearer(*session_, kTown, secret_of_token_, at).has_value();
    }
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
    bool resets_password(std::chrono::sys_seconds at) {
        const auto kind = people::CodeKind::password_reset;
        const auto letters = people::letters_of(
            account_key_, kTown, people::mail_code(*session_, kTown, kDominique, kind, at));
        return people::check_code(*session_, account_key_, {kTown, kAddress, "192.0.2.8", at},
                                  {kind, letters})
            .has_value();
    }
    bool pass_is_signed(std::chrono::sys_seconds at) {
        return !signer::find_credential(*session_, qr::TownId{1},
                                        static_cast<std::int64_t>(pass_.credential.row), at)
                    ->revoked;
    }
    bool policy_revokes_pass(std::chrono::sys_seconds at) {
        const auto agent = signer::find_agent(*session_, qr::TownId{1}, "danton", {at, at});
        return std::ranges::any_of(agent->revocations, [this](const auto& revocation) {
            return static_cast<std::int64_t>(revocation.pass_id) == pass_.credential.pass_id &&
                   revocation.revision >= pass_.credential.revision;
        });
    }
    void expect_everything_works(std::chrono::sys_seconds at) {
        EXPECT_TRUE(is_signed_in(at));
        EXPECT_TRUE(token_works(at));
        EXPECT_TRUE(signs_in(at));
        EXPECT_TRUE(pass_is_signed(at));
        EXPECT_FALSE(policy_revokes_pass(at));
        EXPECT_EQ(in_policy(at), std::vector{badge_});
    }
    void expect_nothing_works(std::chrono::sys_seconds at) {
        EXPECT_FALSE(is_signed_in(at));
        EXPECT_FALSE(token_works(at));
        EXPECT_FALSE(signs_in(at));
        EXPECT_FALSE(pass_is_signed(at));
        EXPECT_TRUE(policy_revokes_pass(at));
        EXPECT_EQ(in_policy(at), std::vector<std::int64_t>{});
    }
    /// What stands before the code of a line's action, in the order of the log.
    std::vector<std::string> lines_of(const std::string& condition) {
        std::vector<std::string> actions;
        for (std::int64_t id = number("SELECT MIN(id) FROM audit WHERE " + condition); id > 0;
             id = number("SELECT MIN(id) FROM audit WHERE id > " + std::to_string(id) + " AND " +
                         condition)) {
            actions.push_back(text("SELECT action FROM audit WHERE id = " + std::to_string(id)));
        }
        return actions;
    }

    people::AccountKey account_key_{people::AccountKey::Bytes{3}};
    std::string token_;
    std::string secret_of_token_;
    booking::BookingId booking_{};
    access::Pass pass_;
    std::int64_t badge_ = 0;
};
CRENEAU_ON_BOTH_ENGINES(Departure);

TEST_P(Departure, ClosesEverythingAtItsInstantWithoutAnybodyThere) {
    ASSERT_EQ(depart().value().moment.at, kEvening);
    expect_everything_works(kEvening - seconds(1));
    // Neither a tick nor a restart has come yet.
    expect_nothing_works(kEvening);
    EXPECT_FALSE(resets_password(kEvening));
    now_ = kEvening + seconds(1);
    EXPECT_EQ(carry_out(), 1U);
    expect_nothing_works(kEvening + seconds(2));
    EXPECT_EQ(number("SELECT COUNT(*) FROM sessions WHERE person_id = 3"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_tokens WHERE person_id = 3"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM person_roles WHERE person_id = 3"), 0);
    EXPECT_EQ(number("SELECT enabled FROM people WHERE id = 3"), 0);
    EXPECT_EQ(text("SELECT state FROM badges"), "revoked");
    EXPECT_EQ(text("SELECT until_date FROM duties WHERE person_id = 3"), "2026-11-21");
    EXPECT_EQ(text("SELECT status FROM bookings"), "approved") << "the family day stays theirs";
    EXPECT_TRUE(people::find_person(*session_, kTown, kOffice)) << "nobody else is touched";
}

TEST_P(Departure, LeavesTheDayVerifiableAndSaysWhatEnded) {
    ASSERT_TRUE(depart());
    now_ = kEvening + seconds(1);
    carry_out();
    EXPECT_EQ(carry_out(), 0U) << "once";
    EXPECT_EQ(lines_of("ground = 'departure'"),
              (std::vector<std::string>{"account_closed", "badge_revoked", "pass_revoked",
                                        "roles_withdrawn"}));
    EXPECT_EQ(lines_of("subject_kind = 'movement'"),
              (std::vector<std::string>{"departure_announced", "departure_done"}));
    store::Readers readers(database_.database(), 1);
    const auto file = database_.folder() + "/seals";
    audit::AuditKeeper(readers, writer_, kTown, file, [](const std::string& what) {
        ADD_FAILURE() << what;
    }).tick(kEvening + hours(12));
    const audit::SealsFile seals(file);
    for (const auto log : {audit::Log::activity, audit::Log::security}) {
        const auto found = audit::verify_audit(*session_, {kTown, log}, seals, "2026-11-21");
        EXPECT_FALSE(found.broken) << found.broken->what;
        EXPECT_EQ(found.seals, 1);
        EXPECT_GT(found.lines, 0);
    }
}

TEST_P(Departure, IsHeldBackByNoOtherThatFails) {
    ASSERT_TRUE(depart(kOffice));
    ASSERT_TRUE(depart());
    // The first of the two cannot be written.
    session_->execute(GetParam() == store::Engine::sqlite
                          ? "CREATE TRIGGER broken BEFORE UPDATE OF enabled ON people WHEN NEW.id ="
                            " 1 BEGIN SELECT RAISE(ABORT, 'broken'); END"
                          : "ALTER TABLE people ADD CONSTRAINT broken"
                            " CHECK (id <> 1 OR enabled = 1) NOT VALID");
    now_ = kEvening + seconds(1);
    EXPECT_EQ(carry_out(), 1U);
    EXPECT_EQ(number("SELECT enabled FROM people WHERE id = 3"), 0);
    EXPECT_EQ(number("SELECT enabled FROM people WHERE id = 1"), 1);
    session_->execute(GetParam() == store::Engine::sqlite
                          ? "DROP TRIGGER broken"
                          : "ALTER TABLE people DROP CONSTRAINT broken");
    EXPECT_EQ(carry_out(), 1U);
    EXPECT_EQ(number("SELECT enabled FROM people WHERE id = 1"), 0);
}

TEST_P(Departure, HoldsWhateverIsDoneToTheAccountAfterwards) {
    ASSERT_TRUE(depart());
    now_ = kEvening + seconds(1);
    carry_out();
    session_->execute("UPDATE people SET enabled = 1 WHERE id = 3");
    EXPECT_FALSE(signs_in(kEvening + seconds(2)));
    session_->execute("UPDATE people SET active_until = NULL WHERE id = 3");
    EXPECT_TRUE(signs_in(kEvening + seconds(2)));
}

TEST_P(Departure, ClosesThePassesOfWhoWasDisabledBefore) {
    const auto movement = depart().value();
    session_->execute("UPDATE people SET enabled = 0 WHERE id = 3");
    EXPECT_TRUE(pass_is_signed(kEvening - seconds(1))) << "a disabled account keeps its halls";
    EXPECT_FALSE(policy_revokes_pass(kEvening - seconds(1)));
    // Nobody is there to carry it out.
    EXPECT_FALSE(pass_is_signed(kEvening));
    EXPECT_TRUE(policy_revokes_pass(kEvening));
    ASSERT_TRUE(withdraw(movement));
    EXPECT_TRUE(pass_is_signed(kEvening));
    EXPECT_FALSE(policy_revokes_pass(kEvening));
}

TEST_P(Departure, LetsTheOfficeGiveTheHallsPassAnew) {
    ASSERT_TRUE(depart());
    now_ = kEvening + seconds(1);
    carry_out();
    const access::Interval window{
        pass_.credential.not_before,
        pass_.credential.not_before + std::chrono::minutes(pass_.credential.duration_min)};
    const access::Grant grant{access::TownId{1}, pass_.booking, pass_.holder, access::ZoneId{1},
                              window};
    pass_ = access::reissue_pass(*session_, grant,
                                 access::find_pass(*session_, grant.town, pass_.row).value(), now_);
    EXPECT_TRUE(pass_is_signed(now_));
    EXPECT_FALSE(policy_revokes_pass(now_)) << "revoked are the revisions before it";
}

TEST_P(Departure, EndsTheMandatesThatTheyGaveAtTheSameInstant) {
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 3, 'office');"
        "INSERT INTO delegations (town_id, delegator_id, delegate_id, from_date, until_date,"
        " created_at) VALUES (1, 3, 2, '2026-11-01', '2026-12-31', 1)");
    const auto mandates = [this](std::chrono::sys_seconds at) {
        return booking::select_mandates(*session_, kTown, booking::kCamille, {at, "2026-11-21"})
            .size();
    };
    ASSERT_TRUE(depart());
    EXPECT_EQ(mandates(kEvening - seconds(1)), 1U);
    EXPECT_EQ(mandates(kEvening), 0U);
    now_ = kEvening;
    carry_out();
    EXPECT_EQ(number("SELECT ended_at FROM delegations"), kEvening.time_since_epoch().count());
}

TEST_P(Departure, EndsWhatTheyManageAndPassesItOn) {
    session_->execute(
        "INSERT INTO association_managers (town_id, association_id, person_id) VALUES"
        " (1, 1, 3), (1, 2, 3)");
    auto wish = booking::FilledTown::wish();
    wish.actor = kDominique;
    wish.start = "2026-12-06T18:30";
    wish.end = "2026-12-06T20:30";
    const auto of_choir = request(wish).value();
    ASSERT_TRUE(depart());
    now_ = kEvening;
    carry_out();
    EXPECT_EQ(number("SELECT COUNT(*) FROM association_managers WHERE person_id = 3"), 0);
    EXPECT_EQ(number("SELECT booker_id FROM bookings WHERE id = " +
                     std::to_string(static_cast<std::int64_t>(of_choir.id))),
              2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'manager_removed'"
                     " AND ground = 'departure' AND for_id = 3"),
              2);
    EXPECT_TRUE(cancel(of_choir, booking::kCamille));
}

TEST_P(Departure, MayBeCorrectedAndWithdrawnUntilItHappens) {
    const auto first = depart().value();
    const auto later = correct(first, "2026-11-21T20:00").value();
    EXPECT_EQ(later.moment.at, kEvening + hours(2));
    EXPECT_TRUE(signs_in(kEvening + hours(2) - seconds(1)));
    EXPECT_FALSE(signs_in(kEvening + hours(2)));
    const auto withdrawn = withdraw(later).value();
    EXPECT_EQ(state_of(withdrawn, now_), MovementState::withdrawn);
    EXPECT_TRUE(signs_in(kEvening + hours(48)));
    EXPECT_EQ(text("SELECT until_date FROM staff WHERE person_id = 3"), "");
    EXPECT_EQ(codes(withdraw(later)), Codes{"over"});
    now_ = kEvening + hours(2);
    EXPECT_EQ(carry_out(), 0U);
    const auto second = depart(kDominique, "2026-11-21T20:30").value();
    now_ += hours(1);
    EXPECT_EQ(codes(correct(second, "2026-11-21T23:00")), Codes{"over"}) << "carried out or not";
    EXPECT_EQ(codes(withdraw(second)), Codes{"over"});
    EXPECT_EQ(carry_out(), 1U);
}

TEST_P(Departure, LeavesAnAdministratorAtEveryInstant) {
    const auto successor = arrive(arrival("2026-12-01T08:00")).value();
    const auto id = std::to_string(static_cast<std::int64_t>(successor.person.id));
    session_->execute("INSERT INTO person_roles (town_id, person_id, role) VALUES (1, " + id +
                      ", 'administrator')");
    EXPECT_EQ(codes(depart(kNoa, "2026-11-30T18:00")), Codes{"last_administrator"});
    const auto noa = depart(kNoa, "2026-12-01T08:00").value();
    EXPECT_EQ(codes(correct(noa, "2026-12-01T07:59")), Codes{"last_administrator"});
    EXPECT_EQ(codes(correct(successor, "2026-12-01T08:01")), Codes{"last_administrator"});
    EXPECT_EQ(codes(withdraw(successor)), Codes{"last_administrator"});
    EXPECT_EQ(codes(depart(successor.person.id, "2027-12-01")), Codes{"last_administrator"});
    const auto later = correct(noa, "2026-12-02T08:00").value();
    EXPECT_TRUE(correct(successor, "2026-12-02T08:00"));
    ASSERT_TRUE(withdraw(later));
    EXPECT_TRUE(withdraw(successor));
}

TEST_P(Departure, IsNotAnnouncedOfWhoHasLeft) {
    ASSERT_TRUE(depart());
    now_ = kEvening;
    EXPECT_EQ(codes(depart(kDominique, "2026-11-22")), Codes{"already_announced"});
    carry_out();
    EXPECT_EQ(codes(depart(kDominique, "2026-11-22")), Codes{"has_left"});
    session_->execute("UPDATE people SET enabled = 1 WHERE id = 3");
    auto back = arrival("2026-11-23");
    back.person = kDominique;
    EXPECT_TRUE(arrive(back)) << "opening the account opened nothing";
    EXPECT_TRUE(depart(kDominique, "2026-12-31"));
}

TEST_P(Departure, IsAnnouncedByHrOfStaffAlone) {
    using people::OrganisationRefusal;
    for (const auto actor : {kOffice, kSacha, kLine, booking::kCamille}) {
        EXPECT_EQ(refusal(depart(kDominique, kEveningLocal, actor)),
                  OrganisationRefusal::not_allowed);
    }
    EXPECT_EQ(refusal(depart(kHr)), OrganisationRefusal::not_allowed) << "nobody their own";
    EXPECT_EQ(refusal(depart(booking::kCamille)), OrganisationRefusal::unknown) << "no staff";
    EXPECT_EQ(refusal(depart(booking::kOtherOffice)), OrganisationRefusal::unknown);
    EXPECT_EQ(codes(depart(kDominique, "2026-11-20T11:00")), Codes{"past"});
    EXPECT_EQ(codes(depart(kDominique, "18 h")), Codes{"bad_time"});
    EXPECT_EQ(codes(depart(kNoa)), Codes{"last_administrator"});
    const auto made = depart(kDominique, "2026-11-21").value();
    EXPECT_EQ(made.moment.local, "2026-11-22T00:00") << "a date: to its end";
    EXPECT_EQ(text("SELECT until_date FROM staff WHERE person_id = 3"), "2026-11-21");
    EXPECT_EQ(codes(depart()), Codes{"already_announced"});
}

}  // namespace
}  // namespace creneau::arrivals
