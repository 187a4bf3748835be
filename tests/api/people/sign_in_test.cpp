#include "api/people/sign_in.hpp"

#include "api/people/passwords.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in_store.hpp"
#include "api/people/throttle_rules.hpp"
#include "tests/api/people/town_fixture.hpp"

namespace creneau::people {
namespace {

constexpr const char* kPassword = "correct horse battery";

class SigningIn : public TownTest {
  protected:
    SigningIn() {
        static const std::string kHash = hash_password(kPassword);
        save_password_hash(session, kTown, kAmelie, kHash, kNow);
        save_password_hash(session, kTown, kChloe, kHash, kNow);
    }
    Attempt attempt(const std::string& email) const { return {kTown, email, client, now}; }
    tl::expected<PersonId, SignInRefusal> check(const std::string& email,
                                                const std::string& password) {
        return judge(find_account(session, attempt(email)), {attempt(email), password});
    }
    void fail(const std::string& email, int times) {
        for (int i = 0; i < times; ++i) {
            (void)refuse_sign_in(session, attempt(email));
        }
    }

    const AccountKey key{AccountKey::Bytes{1, 2, 3}};
    std::string client = "203.0.113.7";
    std::chrono::sys_seconds now = kNow;
};
CRENEAU_ON_BOTH_ENGINES(SigningIn);

TEST_P(SigningIn, NeedsTheRightPasswordOfSomebodyWhoIsThere) {
    EXPECT_EQ(check("AMELIE@example.org", kPassword), kAmelie);
    for (const auto& [email, password] : std::vector<std::pair<std::string, std::string>>{
             {"amelie@example.org", "wrong"},
             {"amelie@example.org", ""},
             {"bruno@example.org", kPassword},  // has no password
             {"chloe@example.org", kPassword},  // has left
             {"nobody@example.org", kPassword}}) {
        const auto refused = check(email, password);
        ASSERT_FALSE(refused) << email;
        EXPECT_EQ(refused.error().error, SignInError::wrong);
    }
}

TEST_P(SigningIn, DoesTheSameWorkForWhoeverIsNotThere) {
    (void)check("amelie@example.org",
                "wrong");  // the hash that stands in for a missing one is made
    const auto runs_of = [&](const std::string& email) {
        const auto before = argon2_runs();
        EXPECT_FALSE(check(email, "wrong")) << email;
        return argon2_runs() - before;
    };
    const std::vector<std::string> emails{"amelie@example.org", "bruno@example.org",
                                          "chloe@example.org", "nobody@example.org", ""};
    for (const auto& email : emails) {
        EXPECT_EQ(runs_of(email), 1U) << email;
    }
    for (const auto& email : emails) {
        fail(email, 5);
    }
    for (const auto& email : emails) {
        EXPECT_EQ(runs_of(email), 0U) << "throttled: " << email;
    }
    now += std::chrono::hours{25};
    EXPECT_TRUE(check("amelie@example.org", kPassword));
}

TEST_P(SigningIn, WaitsLongerAfterEachFailure) {
    fail("amelie@example.org", 4);
    EXPECT_TRUE(check("amelie@example.org", kPassword));
    for (const int delay : {2, 4, 8, 16}) {
        fail("amelie@example.org", 1);
        const auto refused = check("amelie@example.org", kPassword);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().error, SignInError::throttled);
        EXPECT_EQ(refused.error().retry_after, std::chrono::seconds{delay});
    }
    now += std::chrono::seconds{16};
    EXPECT_TRUE(check("amelie@example.org", kPassword));
}

TEST_P(SigningIn, ThrottlesAnUnknownAddressLikeAKnownOne) {
    fail("nobody@example.org", 5);
    EXPECT_EQ(check("nobody@example.org", "x").error().error, SignInError::throttled);
    EXPECT_EQ(check("amelie@example.org", kPassword), kAmelie);
}

TEST_P(SigningIn, ThrottlesAClientThatTriesManyAccounts) {
    for (int i = 0; i < 25; ++i) {
        fail("person" + std::to_string(i) + "@example.org", 1);
    }
    EXPECT_EQ(check("amelie@example.org", kPassword).error().error, SignInError::throttled);
    client = "203.0.113.8";
    EXPECT_EQ(check("amelie@example.org", kPassword), kAmelie);
}

TEST_P(SigningIn, OpensASessionAndForgetsTheAccountsFailures) {
    fail("amelie@example.org", 4);
    const auto token = new_session_token();
    const auto opened =
        open_signed_in(session, key, attempt("amelie@example.org"), kAmelie, {.token = token});
    ASSERT_TRUE(opened);
    EXPECT_EQ(find_signed_in(session, kTown, token, now)->person.id, kAmelie);
    fail("amelie@example.org", 4);
    EXPECT_TRUE(check("amelie@example.org", kPassword));
}

TEST_P(SigningIn, OpensNothingWhenTheThrottleClosedInBetween) {
    fail("amelie@example.org", 5);
    const auto token = new_session_token();
    EXPECT_FALSE(
        open_signed_in(session, key, attempt("amelie@example.org"), kAmelie, {.token = token}));
    EXPECT_FALSE(find_signed_in(session, kTown, token, now));
    now += std::chrono::seconds{2};
    EXPECT_TRUE(
        open_signed_in(session, key, attempt("amelie@example.org"), kAmelie, {.token = token}));
}

TEST_P(SigningIn, OpensNothingWhenThePasswordChangedInBetween) {
    const auto judged = find_account(session, attempt("amelie@example.org")).password_hash;
    save_password_hash(session, kTown, kAmelie, hash_password("another horse battery"), now);
    NewSession opened{.token = new_session_token(), .password_hash = judged};
    EXPECT_FALSE(open_signed_in(session, key, attempt("amelie@example.org"), kAmelie, opened));
    EXPECT_FALSE(find_signed_in(session, kTown, opened.token, now));
    opened.password_hash = find_account(session, attempt("amelie@example.org")).password_hash;
    EXPECT_TRUE(open_signed_in(session, key, attempt("amelie@example.org"), kAmelie, opened));
}

TEST_P(SigningIn, ForgetsFailuresAfterADay) {
    fail("amelie@example.org", 20);
    now += kFailuresForgotten + std::chrono::seconds{1};
    EXPECT_EQ(refuse_sign_in(session, attempt("amelie@example.org")), std::chrono::seconds{0});
}

}  // namespace
}  // namespace creneau::people
