#include "api/people/second_factor/second_factor_rules.hpp"

#include "api/people/second_factor/totp.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

namespace creneau::people {
namespace {

/// RFC 6238, appendix B.
TotpSecret secret_of_the_rfc() {
    constexpr std::string_view kText = "12345678901234567890";
    TotpSecret secret{};
    std::ranges::copy(kText, secret.begin());
    return secret;
}

std::chrono::sys_seconds at(std::int64_t seconds) {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

TEST(Totp, MakesTheCodesOfTheRfc) {
    struct Row {
        std::int64_t seconds;
        const char* code;  // the last six of eight digits
    };
    for (const auto& [seconds, code] : {Row{59, "287082"},
                                        {1111111109, "081804"},
                                        {1111111111, "050471"},
                                        {1234567890, "005924"},
                                        {2000000000, "279037"},
                                        {20000000000, "353130"}}) {
        EXPECT_EQ(totp_code(secret_of_the_rfc(), seconds / 30), code) << seconds;
        EXPECT_EQ(step_of_code(secret_of_the_rfc(), code, at(seconds), 0), seconds / 30);
    }
}

TEST(Totp, TakesAStepBeforeAndBehindAndNoFurther) {
    const auto secret = secret_of_the_rfc();
    constexpr std::int64_t kStep = 1111111111 / 30;
    const auto code = totp_code(secret, kStep);
    for (const auto step : {kStep - 1, kStep, kStep + 1}) {
        EXPECT_EQ(step_of_code(secret, code, at(step * 30), 0), kStep);
        EXPECT_EQ(step_of_code(secret, code, at(step * 30 + 29), 0), kStep);
    }
    EXPECT_FALSE(step_of_code(secret, code, at((kStep - 1) * 30 - 1), 0));
    EXPECT_FALSE(step_of_code(secret, code, at((kStep + 2) * 30), 0));
    EXPECT_TRUE(step_of_code(secret, code, at(kStep * 30), 0));
}

TEST(Totp, TakesNoStepThatHasServed) {
    const auto secret = secret_of_the_rfc();
    constexpr std::int64_t kStep = 1111111111 / 30;
    const auto now = at(kStep * 30);
    EXPECT_FALSE(step_of_code(secret, totp_code(secret, kStep), now, kStep));
    EXPECT_FALSE(step_of_code(secret, totp_code(secret, kStep - 1), now, kStep));
    EXPECT_EQ(step_of_code(secret, totp_code(secret, kStep + 1), now, kStep), kStep + 1);
}

TEST(Totp, TakesNothingButSixDigits) {
    const auto secret = secret_of_the_rfc();
    for (const auto* nonsense : {"", "28708", "2870820", "28708x", "éééé", "------"}) {
        EXPECT_FALSE(step_of_code(secret, nonsense, at(59), 0)) << nonsense;
    }
    EXPECT_EQ(typed_totp(" 287 082 "), "287082");
    EXPECT_TRUE(step_of_code(secret, typed_totp("287 082"), at(59), 0));
}

TEST(Totp, WritesASecretAsAppsReadIt) {
    EXPECT_EQ(base32_of(secret_of_the_rfc()), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    EXPECT_NE(new_totp_secret(), new_totp_secret());
}

TEST(Totp, NamesTheTownAndTheAccountInTheAddressForAQrCode) {
    EXPECT_EQ(otpauth_uri({"Le Pré", "amelie+x@example.org"}, "GEZDGNBV"),
              "otpauth://totp/Le%20Pr%C3%A9%3Aamelie%2Bx%40example.org?secret=GEZDGNBV"
              "&issuer=Le%20Pr%C3%A9&algorithm=SHA1&digits=6&period=30");
    EXPECT_EQ(otpauth_uri({"A&secret=B", "c"}, "D").find("A&"), std::string::npos);
}

TEST(RecoveryCodes, AreReadAsPeopleTypeThem) {
    RecoveryBytes bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes.at(i) = static_cast<std::uint8_t>(i * 7);
    }
    const auto letters = recovery_letters(bytes);
    EXPECT_EQ(letters.size(), 29U);
    auto typed = letters;
    std::ranges::replace(typed, '-', ' ');
    std::ranges::replace(typed, '0', 'o');
    std::ranges::replace(typed, '1', 'l');
    EXPECT_EQ(typed_recovery_code(typed), letters);
    EXPECT_FALSE(typed_recovery_code(letters.substr(1)));
    EXPECT_FALSE(typed_recovery_code(letters + "A"));
    EXPECT_FALSE(typed_recovery_code(""));
}

TEST(FactorStates, HaveTheWordsOfTheInterface) {
    EXPECT_EQ(word_of(FactorState::off), "off");
    EXPECT_EQ(word_of(FactorState::on), "on");
    EXPECT_EQ(word_of(FactorState::must_enrol), "must_enrol");
}

}  // namespace
}  // namespace creneau::people
