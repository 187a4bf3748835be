#include "api/people/account_code_rules.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>

namespace creneau::people {
namespace {

constexpr std::chrono::sys_seconds kNow{std::chrono::hours{500'000}};

std::array<std::uint8_t, 32> bytes_from(std::uint8_t first) {
    std::array<std::uint8_t, 32> bytes{};
    for (auto& byte : bytes) {
        byte = first++;
    }
    return bytes;
}

TEST(AccountCodeRules, LettersComeInGroupsWithoutLookAlikes) {
    EXPECT_EQ(letters_of(CodeKind::invitation, bytes_from(0)), "0123-4567-89AB");
    EXPECT_EQ(letters_of(CodeKind::password_reset, bytes_from(16)), "GHJK-MNPQ-RSTV");
    EXPECT_EQ(letters_of(CodeKind::sign_in, bytes_from(0)).size(), 8U);
    EXPECT_EQ(letters_of(CodeKind::sign_in, std::array<std::uint8_t, 32>{}), "00000000");
}

TEST(AccountCodeRules, ReadWhatPeopleType) {
    for (const auto* typed :
         {"0123-4567-89AB", "0123456789ab", " o l23 4567 89aB ", "OI23-4567-89AB"}) {
        EXPECT_EQ(typed_letters(CodeKind::invitation, typed), "0123-4567-89AB") << typed;
    }
    for (const auto* wrong :
         {"", "0123-4567-89A", "0123-4567-89ABC", "0123-4567-89AU", "é123456789AB"}) {
        EXPECT_FALSE(typed_letters(CodeKind::invitation, wrong)) << wrong;
    }
    EXPECT_EQ(typed_letters(CodeKind::sign_in, "1234 5678"), "12345678");
    EXPECT_FALSE(typed_letters(CodeKind::sign_in, "1234567A"));
    EXPECT_FALSE(typed_letters(CodeKind::sign_in, "0123-4567-89AB"));
}

TEST(AccountCodeRules, ACodeLivesUntilItIsUsedOverOrTriedTooOften) {
    AccountCode code;
    code.ends_at = kNow + std::chrono::seconds{1};
    EXPECT_TRUE(lives(code, kNow));
    EXPECT_FALSE(lives(code, kNow + std::chrono::seconds{1}));
    code.tries = kMostTries - 1;
    EXPECT_TRUE(lives(code, kNow));
    code.tries = kMostTries;
    EXPECT_FALSE(lives(code, kNow));
    code.tries = 0;
    code.used = true;
    EXPECT_FALSE(lives(code, kNow));
}

}  // namespace
}  // namespace creneau::people
