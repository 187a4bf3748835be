#include "api/people/password_rules.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::people {
namespace {

const PasswordContext kContext{"camille.roussel@example.org",
                               {"Le Pré-Saint-Gervais", "le-pre", "Vie associative"}};

TEST(PasswordRules, CountCharactersAndNotBytes) {
    EXPECT_EQ(characters_of("éééé"), 4U);
    EXPECT_EQ(characters_of("🎵a"), 2U);
    EXPECT_TRUE(password_faults(std::string(12, 'x'), kContext).empty());
    EXPECT_EQ(password_faults(std::string(11, 'x'), kContext).front(), PasswordFault::too_short);
    EXPECT_TRUE(password_faults(std::string(256, 'x'), kContext).empty());
    EXPECT_EQ(password_faults(std::string(257, 'x'), kContext).front(), PasswordFault::too_long);
}

TEST(PasswordRules, RefuseTheAddressAndTheTownWithLittleElse) {
    for (const auto* password :
         {"camille.roussel@example.org", "xyzabcd Camille.Roussel@Example.ORG",
          "camille.roussel1985", "Camille-Roussel", "lepresaintgervais",
          "Le Pré-Saint-Gervais 2026!", "LEPRE-lepre-lepre", "creneau.2026.creneau",
          "Créneau123456", "vie associative", "associative 93 !!"}) {
        EXPECT_TRUE(is_guessable(password, kContext)) << password;
    }
}

TEST(PasswordRules, LeaveEverythingElseAlone) {
    for (const auto* password :
         {"correct horse battery", "828394827361", "a camille with her own words", "!!!!!!!!!!!!",
          "le chat de la voisine", "пароль из слов", "lepre mais pas seulement"}) {
        EXPECT_FALSE(is_guessable(password, kContext)) << password;
    }
}

}  // namespace
}  // namespace creneau::people
