#include "api/people/set_password.hpp"

#include "api/people/passwords.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in_store.hpp"
#include "tests/api/people/town_fixture.hpp"
#include "tests/support/breached_list.hpp"

namespace creneau::people {
namespace {

class SettingAPassword : public TownTest {
  protected:
    auto set(const std::string& email, const std::string& password) {
        return set_password(session, {kTown, email, password, kNow, list});
    }
    /// The faults of a refused password.
    std::vector<PasswordFault> faults(const std::string& password) {
        const auto done = set("amelie@example.org", password);
        return done ? std::vector<PasswordFault>() : done.error().faults;
    }
    const BreachedPasswords* list = &support::breached_list();
};
CRENEAU_ON_BOTH_ENGINES(SettingAPassword);

TEST_P(SettingAPassword, ReplacesTheOldOneAndEndsSessions) {
    ASSERT_TRUE(set("amelie@example.org", "correct horse battery"));
    const auto token = new_session_token();
    open_session(session, kTown, kAmelie, {.token = token}, kNow);
    ASSERT_TRUE(set("Amelie@example.org", "another long password"));
    const auto hash = find_password_hash(session, kTown, kAmelie).value();
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
    EXPECT_TRUE(password_matches("another long password", hash));
    EXPECT_FALSE(password_matches("correct horse battery", hash));
    EXPECT_FALSE(find_signed_in(session, kTown, token, kNow));
}

TEST_P(SettingAPassword, NeedsTwelveCharactersAndAKnownPerson) {
    using Faults = std::vector<PasswordFault>;
    EXPECT_EQ(faults("éééééééééé"), Faults{PasswordFault::too_short});
    EXPECT_EQ(faults(std::string(257, 'a')), Faults{PasswordFault::too_long});
    EXPECT_EQ(faults("password"), (Faults{PasswordFault::too_short, PasswordFault::breached}));
    EXPECT_EQ(faults("Password1234"), Faults{PasswordFault::breached});
    EXPECT_EQ(faults("amelie@example.org"), Faults{PasswordFault::guessable});
    for (const auto* nobody : {"nobody@example.org", "chloe@example.org"}) {
        EXPECT_EQ(set(nobody, "correct horse battery").error().error,
                  SetPasswordError::unknown_person);
    }
    EXPECT_FALSE(find_password_hash(session, kTown, kAmelie));
    EXPECT_TRUE(set("amelie@example.org", "éééééééééééé"));
}

TEST_P(SettingAPassword, NeedsTheListOfBreachedOnes) {
    list = nullptr;
    EXPECT_EQ(set("amelie@example.org", "correct horse battery").error().error,
              SetPasswordError::no_list);
    EXPECT_FALSE(find_password_hash(session, kTown, kAmelie));
    list = &support::breached_list();
    EXPECT_TRUE(set("amelie@example.org", "correct horse battery"));
}

TEST(Passwords, NeverMatchAMissingHash) {
    EXPECT_FALSE(password_matches("", ""));
    EXPECT_FALSE(password_matches("anything", ""));
    EXPECT_FALSE(password_matches("\x01 nobody's password \x02", ""));
}

}  // namespace
}  // namespace creneau::people
