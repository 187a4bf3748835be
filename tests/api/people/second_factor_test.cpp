#include "api/people/account_code_store.hpp"
#include "api/people/account_codes.hpp"
#include "api/people/asked_codes.hpp"
#include "api/people/password_by_code.hpp"
#include "api/people/passwords.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/prove.hpp"
#include "api/people/second_factor/enrol.hpp"
#include "api/people/second_factor/factor_secret.hpp"
#include "api/people/second_factor/recovery_codes.hpp"
#include "api/people/second_factor/reset_second_factor.hpp"
#include "api/people/second_factor/second_factor_store.hpp"
#include "api/people/session_store.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in.hpp"
#include "api/people/sign_in_store.hpp"
#include "tests/api/people/town_fixture.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::people {
namespace {

constexpr const char* kPassword = "correct horse battery";
constexpr PersonId kBruno{8};

class SecondFactors : public TownTest {
  protected:
    SecondFactors() {
        save_password_hash(session, kTown, kAmelie, kHash, kNow);
        save_password_hash(session, kTown, kBruno, kHash, kNow);
        session.execute(
            "INSERT INTO person_roles (town_id, person_id, role) VALUES"
            " (1, 8, 'administrator'), (2, 20, 'administrator')");
    }

    static std::string email_of(PersonId person) {
        return person == kBruno ? "bruno@example.org" : "amelie@example.org";
    }
    Attempt attempt(PersonId person) const { return {kTown, email_of(person), "203.0.113.7", now}; }
    std::int64_t step() const { return now.time_since_epoch() / kTotpStep; }
    std::string code_at(std::int64_t ahead = 0) const { return totp_code(secret, step() + ahead); }

    /// A session opened just now, and its id.
    struct Open {
        std::string token;
        SessionId id{};
    };
    Open opened(PersonId person, ProvedBy proved_by = ProvedBy::password) {
        Open open{new_session_token(), {}};
        open_session(session, kTown, person, {.token = open.token, .proved_by = proved_by}, now);
        open.id = find_signed_in(session, kTown, open.token, now)->session.id;
        return open;
    }
    Enrolling who(PersonId person, const Open& open) const {
        return {attempt(person), person, open.id};
    }
    /// Switches it on at `now`: the present step is used up. Its recovery codes.
    std::vector<std::string> enrolled(PersonId person) {
        const auto open = opened(person);
        EXPECT_TRUE(start_second_factor(session, key, who(person, open), secret));
        auto codes = new_recovery_codes();
        EXPECT_TRUE(
            confirm_second_factor(session, key, {who(person, open), code_at(), hashes_of(codes)}));
        close_session(session, kTown, open.token);
        return codes;
    }
    /// How a sign-in with the right password ends.
    tl::expected<Opened, SignInRefusal> come_in(PersonId person, const EnteredFactor& factor = {}) {
        return open_signed_in(
            session, key, attempt(person), person,
            {.token = new_session_token(), .password_hash = kHash, .factor = factor});
    }
    tl::expected<Opened, SignInRefusal> by_code(PersonId person, const std::string& code) {
        return come_in(person, {code, ""});
    }
    std::optional<SessionRow> row_of(PersonId person, const Open& open) {
        return find_session_of(session, {kTown, person}, open.id);
    }
    std::vector<std::string> words(const std::string& column, const std::string& from) {
        soci::rowset<std::string> rows =
            (session.sql().prepare << "SELECT " + column + " FROM " + from + " ORDER BY id");
        return {rows.begin(), rows.end()};
    }
    bool logged(const std::string& action) {
        const auto actions = words("action", "audit");
        return std::ranges::find(actions, action) != actions.end();
    }
    bool told(const std::string& word) {
        const auto mails = words("template", "outbox");
        return std::ranges::find(mails, word) != mails.end();
    }

    static inline const std::string kHash = hash_password(kPassword);
    const AccountKey key{AccountKey::Bytes{1, 2, 3}};
    const TotpSecret secret = new_totp_secret();
    std::chrono::sys_seconds now = kNow;
};
CRENEAU_ON_BOTH_ENGINES(SecondFactors);

TEST_P(SecondFactors, AreSwitchedOnByTheFirstCodeOfTheApp) {
    const auto open = opened(kAmelie);
    const auto other = opened(kAmelie);
    const auto setup = start_second_factor(session, key, who(kAmelie, open), secret);
    ASSERT_TRUE(setup);
    EXPECT_EQ(setup->secret, base32_of(secret));
    EXPECT_NE(setup->uri.find(setup->secret), std::string::npos);
    EXPECT_FALSE(has_second_factor(session, {kTown, kAmelie}));
    EXPECT_TRUE(come_in(kAmelie)) << "it only waits";

    const auto wrong = confirm_second_factor(session, key, {who(kAmelie, open), "000000", {}});
    EXPECT_EQ(wrong.error().error, EnrolError::wrong);
    ASSERT_TRUE(confirm_second_factor(session, key, {who(kAmelie, open), code_at(), {}}));
    EXPECT_TRUE(has_second_factor(session, {kTown, kAmelie}));
    EXPECT_EQ(row_of(kAmelie, open)->proved_by, ProvedBy::second_factor);
    EXPECT_FALSE(row_of(kAmelie, other)) << "what was opened without it ends";
    EXPECT_TRUE(told("account_second_factor_on"));
    EXPECT_TRUE(logged("second_factor_started"));
    EXPECT_TRUE(logged("second_factor_on"));
    EXPECT_FALSE(confirm_second_factor(session, key, {who(kAmelie, open), code_at(1), {}}))
        << "nothing waits";
}

TEST_P(SecondFactors, NeedAFreshProofByThePassword) {
    const auto by_mail = opened(kAmelie, ProvedBy::code);
    const auto open = opened(kAmelie);
    const auto old = who(kAmelie, open);
    now += kProofServes;
    for (const auto& enrolling : {who(kAmelie, by_mail), who(kAmelie, open)}) {
        const auto refused = start_second_factor(session, key, enrolling, secret);
        EXPECT_EQ(refused.error().error, EnrolError::proof_needed);
    }
    now = kNow;
    EXPECT_EQ(start_second_factor(session, key, who(kAmelie, by_mail), secret).error().error,
              EnrolError::proof_needed);
    EXPECT_FALSE(start_second_factor(session, key, {attempt(kBruno), kBruno, open.id}, secret))
        << "somebody else's session proves nothing";
    EXPECT_TRUE(start_second_factor(session, key, old, secret));
}

TEST_P(SecondFactors, AreConfirmedByFewTries) {
    const auto open = opened(kAmelie);
    ASSERT_TRUE(start_second_factor(session, key, who(kAmelie, open), secret));
    const FirstCode wrong{who(kAmelie, open), "000000", {}};
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(confirm_second_factor(session, key, wrong).error().error, EnrolError::wrong);
    }
    const auto refused = confirm_second_factor(session, key, {who(kAmelie, open), code_at(), {}});
    EXPECT_EQ(refused.error().error, EnrolError::throttled);
    now += refused.error().retry_after;
    EXPECT_TRUE(confirm_second_factor(session, key, {who(kAmelie, open), code_at(), {}}));
}

TEST_P(SecondFactors, RestSealedForTheirPersonAndTown) {
    const auto open = opened(kAmelie);
    ASSERT_TRUE(start_second_factor(session, key, who(kAmelie, open), secret));
    const auto sealed = find_second_factor(session, {kTown, kAmelie})->pending;
    EXPECT_EQ(unseal_secret(key, {kTown, kAmelie}, sealed), secret);
    EXPECT_FALSE(unseal_secret(key, {kTown, kBruno}, sealed));
    EXPECT_FALSE(unseal_secret(key, {kOtherTown, kAmelie}, sealed));
    EXPECT_FALSE(unseal_secret(AccountKey{AccountKey::Bytes{1, 2, 4}}, {kTown, kAmelie}, sealed));
    auto altered = sealed;
    altered.back() = altered.back() == '0' ? '1' : '0';
    EXPECT_FALSE(unseal_secret(key, {kTown, kAmelie}, altered));
    EXPECT_FALSE(unseal_secret(key, {kTown, kAmelie}, "12"));
    EXPECT_NE(seal_secret(key, {kTown, kAmelie}, secret), sealed) << "a nonce of its own";
    EXPECT_FALSE(find_second_factor(session, {kOtherTown, kAmelie}));
}

TEST_P(SecondFactors, AreAskedForBesideThePassword) {
    enrolled(kAmelie);
    EXPECT_EQ(come_in(kAmelie).error().error, SignInError::second_factor_needed);
    EXPECT_EQ(by_code(kAmelie, "000000").error().error, SignInError::wrong);
    const auto opened = by_code(kAmelie, code_at(1));
    ASSERT_TRUE(opened);
    EXPECT_EQ(find_signed_in(session, kTown, opened->token, now)->proved_by,
              ProvedBy::second_factor);
    EXPECT_TRUE(come_in(kBruno)) << "who has none comes in without";
}

TEST_P(SecondFactors, TakeEachCodeOnce) {
    enrolled(kAmelie);
    EXPECT_FALSE(by_code(kAmelie, code_at())) << "it has switched the factor on";
    EXPECT_TRUE(by_code(kAmelie, code_at(1)));
    EXPECT_FALSE(by_code(kAmelie, code_at(1)));
    EXPECT_FALSE(by_code(kAmelie, code_at(-1))) << "nor one from before";
    EXPECT_FALSE(use_step(session, {kTown, kAmelie}, step() + 1)) << "whoever else looked at it";
    now += kTotpStep;
    EXPECT_FALSE(by_code(kAmelie, code_at()));
    EXPECT_TRUE(by_code(kAmelie, code_at(1)));
}

TEST_P(SecondFactors, AreThrottledWithThePassword) {
    enrolled(kAmelie);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(by_code(kAmelie, "000000").error().error, SignInError::wrong);
        EXPECT_EQ(come_in(kAmelie).error().error == SignInError::second_factor_needed, i < 4)
            << "a right password alone forgets no failure";
    }
    EXPECT_EQ(by_code(kAmelie, code_at(1)).error().error, SignInError::throttled);
    const auto account = find_account(session, attempt(kAmelie));
    EXPECT_GT(account.blocked_for.count(), 0) << "the password waits with it";
    now += account.blocked_for;
    EXPECT_TRUE(by_code(kAmelie, code_at(1)));
}

TEST_P(SecondFactors, AreReplacedOnceByEachRecoveryCode) {
    const auto codes = enrolled(kAmelie);
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), kRecoveryCodes);
    EXPECT_FALSE(come_in(kAmelie, {"", "0000-0000-0000-0000-0000-0000"}));
    EXPECT_FALSE(come_in(kAmelie, {"", "nonsense"}));
    EXPECT_TRUE(come_in(kAmelie, {"", codes[0]}));
    EXPECT_TRUE(told("account_recovery_code_used"));
    EXPECT_TRUE(logged("recovery_code_used"));
    EXPECT_FALSE(come_in(kAmelie, {"", codes[0]}));
    EXPECT_TRUE(come_in(kAmelie, {"", codes[9]}));
    for (const auto& hash : words("code_hash", "recovery_codes")) {
        EXPECT_EQ(std::ranges::find(codes, hash), codes.end());
    }
}

TEST_P(SecondFactors, RenewTheirRecoveryCodes) {
    const auto open = opened(kBruno);
    const auto fresh = new_recovery_codes();
    EXPECT_EQ(renew_recovery_codes(session, who(kBruno, open), hashes_of(fresh)).error().error,
              EnrolError::not_on);
    const auto codes = enrolled(kAmelie);
    const auto session_of_hers = opened(kAmelie, ProvedBy::second_factor);
    now += kProofServes;
    EXPECT_EQ(renew_recovery_codes(session, who(kAmelie, session_of_hers), hashes_of(fresh))
                  .error()
                  .error,
              EnrolError::proof_needed);
    now = kNow;
    EXPECT_TRUE(renew_recovery_codes(session, who(kAmelie, session_of_hers), hashes_of(fresh)));
    EXPECT_FALSE(come_in(kAmelie, {"", codes[0]}));
    EXPECT_TRUE(come_in(kAmelie, {"", fresh[0]}));
}

TEST_P(SecondFactors, StayWhenTheKeyIsLostAndRecoveryCodesServe) {
    const auto codes = enrolled(kAmelie);
    const AccountKey other{AccountKey::Bytes{9}};
    const auto with_other = [&](const EnteredFactor& factor) {
        return open_signed_in(
            session, other, attempt(kAmelie), kAmelie,
            {.token = new_session_token(), .password_hash = kHash, .factor = factor});
    };
    EXPECT_FALSE(with_other({code_at(1), ""}));
    EXPECT_TRUE(with_other({"", codes[0]}));
}

TEST_P(SecondFactors, AreNeededToProveAnew) {
    enrolled(kAmelie);
    const auto open = opened(kAmelie, ProvedBy::second_factor);
    now += kProofServes;
    const auto prove = [&](const EnteredFactor& factor) {
        return keep_password_proof(session, key, {attempt(kAmelie), kAmelie, open.id, factor});
    };
    EXPECT_EQ(prove({}).error().error, SignInError::second_factor_needed);
    EXPECT_EQ(prove({"000000", ""}).error().error, SignInError::wrong);
    EXPECT_FALSE(is_fresh(row_of(kAmelie, open)->proved_at, now));
    EXPECT_TRUE(prove({code_at(), ""}));
    EXPECT_TRUE(is_fresh(row_of(kAmelie, open)->proved_at, now));
    EXPECT_EQ(row_of(kAmelie, open)->proved_by, ProvedBy::second_factor);
}

TEST_P(SecondFactors, LetNoMailboxStandForThePassword) {
    const auto letters = [&] {
        return letters_of(key, kTown, mail_code(session, kTown, kAmelie, CodeKind::sign_in, now));
    };
    const auto by_mail = [&] {
        return sign_in_by_code(session, key, attempt(kAmelie), letters(),
                               {.token = new_session_token()});
    };
    const auto before = by_mail();
    ASSERT_TRUE(before);
    EXPECT_EQ(find_signed_in(session, kTown, before->token, now)->proved_by, ProvedBy::code);
    const auto codes = enrolled(kAmelie);
    EXPECT_EQ(by_mail().error().error, SignInError::wrong);
    EXPECT_TRUE(come_in(kAmelie, {"", codes[0]}));
}

TEST_P(SecondFactors, OutliveAPasswordReset) {
    const auto codes = enrolled(kAmelie);
    const auto reset = mail_code(session, kTown, kAmelie, CodeKind::password_reset, now);
    ASSERT_TRUE(set_password_by_code(
        session, key,
        {attempt(kAmelie), {CodeKind::password_reset, letters_of(key, kTown, reset)}, kHash}));
    EXPECT_EQ(come_in(kAmelie).error().error, SignInError::second_factor_needed);
    EXPECT_TRUE(come_in(kAmelie, {"", codes[0]}));
}

TEST_P(SecondFactors, AreTakenAwayByAnotherAdministrator) {
    enrolled(kAmelie);
    enrolled(kBruno);
    const auto open = opened(kAmelie, ProvedBy::second_factor);
    ResetSecondFactor order{kTown, kBruno, kAmelie, now, now};
    const auto error_of = [&](const ResetSecondFactor& asked) {
        const auto done = reset_second_factor(session, asked);
        return done ? std::optional<ResetError>() : std::optional(done.error());
    };
    EXPECT_EQ(error_of({kTown, kAmelie, kBruno, now, now}), ResetError::forbidden);
    EXPECT_EQ(error_of({kTown, kBruno, kBruno, now, now}), ResetError::forbidden);
    EXPECT_EQ(error_of({kTown, kBruno, kAmelie, now - kProofServes, now}),
              ResetError::proof_needed);
    EXPECT_EQ(error_of({kTown, kBruno, PersonId{20}, now, now}), ResetError::unknown);
    EXPECT_EQ(error_of({kOtherTown, PersonId{20}, kAmelie, now, now}), ResetError::unknown);
    ASSERT_TRUE(row_of(kAmelie, open));
    EXPECT_EQ(error_of(order), std::nullopt);
    EXPECT_FALSE(row_of(kAmelie, open)) << "signed out everywhere";
    EXPECT_TRUE(told("account_second_factor_reset"));
    EXPECT_TRUE(logged("second_factor_reset"));
    EXPECT_TRUE(words("code_hash", "recovery_codes WHERE person_id = 7").empty());
    EXPECT_TRUE(come_in(kAmelie));
    EXPECT_EQ(error_of(order), ResetError::unknown) << "there is none any more";
}

TEST_P(SecondFactors, AreTakenAwayByWhoRunsTheServer) {
    enrolled(kBruno);
    EXPECT_FALSE(reset_second_factor_of(session, kTown, "amelie@example.org", now));
    EXPECT_FALSE(reset_second_factor_of(session, kTown, "nobody@example.org", now));
    EXPECT_FALSE(reset_second_factor_of(session, kOtherTown, "bruno@example.org", now));
    EXPECT_EQ(reset_second_factor_of(session, kTown, "Bruno@example.org", now), kBruno);
    EXPECT_TRUE(come_in(kBruno));
}

TEST_P(SecondFactors, AreReplacedByAnotherAppAndServeUntilThen) {
    const auto codes = enrolled(kAmelie);
    const auto open = opened(kAmelie, ProvedBy::second_factor);
    const auto other = new_totp_secret();
    ASSERT_TRUE(start_second_factor(session, key, who(kAmelie, open), other));
    EXPECT_TRUE(by_code(kAmelie, code_at(1))) << "the one that is on";
    ASSERT_TRUE(
        confirm_second_factor(session, key, {who(kAmelie, open), totp_code(other, step()), {}}));
    now += kTotpStep;
    EXPECT_FALSE(by_code(kAmelie, code_at(1)));
    EXPECT_FALSE(come_in(kAmelie, {"", codes[0]})) << "the codes went with it";
    EXPECT_TRUE(by_code(kAmelie, totp_code(other, step())));
}

}  // namespace
}  // namespace creneau::people
