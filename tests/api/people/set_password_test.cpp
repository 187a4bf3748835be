#include "api/people/set_password.hpp"

#include "api/people/passwords.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in_store.hpp"
#include "tests/api/people/town_fixture.hpp"

namespace creneau::people {
namespace {

class SettingAPassword : public TownTest {
  protected:
    auto set(const std::string& email, const std::string& password) {
        return set_password(session, {kTown, email, password, kNow});
    }
};
CRENEAU_ON_BOTH_ENGINES(SettingAPassword);

TEST_P(SettingAPassword, ReplacesTheOldOneAndEndsSessions) {
    ASSERT_TRUE(set("amelie@example.org", "correct horse battery"));
    const auto token = new_session_token();
    open_session(session, kTown, kAmelie, token, kNow);
    ASSERT_TRUE(set("Amelie@example.org", "another long password"));
    const auto hash = find_password_hash(session, kTown, kAmelie).value();
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
    EXPECT_TRUE(password_matches("another long password", hash));
    EXPECT_FALSE(password_matches("correct horse battery", hash));
    EXPECT_FALSE(find_signed_in(session, kTown, token, kNow));
}

TEST_P(SettingAPassword, NeedsTwelveCharactersAndAKnownPerson) {
    EXPECT_EQ(set("amelie@example.org", "éééééééééé").error(), SetPasswordError::too_short);
    EXPECT_EQ(set("amelie@example.org", std::string(257, 'a')).error(), SetPasswordError::too_long);
    EXPECT_EQ(set("nobody@example.org", "correct horse battery").error(),
              SetPasswordError::unknown_person);
    EXPECT_EQ(set("chloe@example.org", "correct horse battery").error(),
              SetPasswordError::unknown_person);
    EXPECT_FALSE(find_password_hash(session, kTown, kAmelie));
    EXPECT_TRUE(set("amelie@example.org", "éééééééééééé"));
}

TEST(Passwords, NeverMatchAMissingHash) {
    EXPECT_FALSE(password_matches("", ""));
    EXPECT_FALSE(password_matches("anything", ""));
    EXPECT_FALSE(password_matches("\x01 nobody's password \x02", ""));
}

}  // namespace
}  // namespace creneau::people
