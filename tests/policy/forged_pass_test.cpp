// Everything that must never open a door, given to decide() with a real policy. Each test ends
// with a valid read that opens.

#include "policy/decide.hpp"
#include "tests/policy/sample_town.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace creneau::policy {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class ForgedPass : public testing::Test {
  protected:
    SampleTown town_;
    Policy policy_ = town_.policy();
    qr::PassFields fields_ = qr::vector_fields();
    std::chrono::sys_seconds at_ = pass_start() + minutes{5};
    ClockState clock_{ClockTrust::trusted, seconds{0}, seconds{0}};

    [[nodiscard]] Decision show(const Credential& credential) const {
        return decide(policy_, {}, {credential, kHallDoor, at_, clock_});
    }
    [[nodiscard]] qr::PassBytes valid() const {
        return qr::sign_pass(town_.pass_key, kTown, fields_);
    }
    [[nodiscard]] std::string valid_text() const {
        return std::string{qr::view(qr::to_digits(valid()))};
    }
    void expect_refused(const Credential& credential, Reason reason, Check check) const {
        const Decision decision = show(credential);
        EXPECT_FALSE(decision.allow);
        EXPECT_EQ(word_for(decision.reason), word_for(reason));
        EXPECT_EQ(word_for(decision.check), word_for(check));
        EXPECT_TRUE(decision.changes.empty());
    }
    void TearDown() override {
        const Decision decision = show(PassText{valid_text()});
        EXPECT_TRUE(decision.allow) << word_for(decision.reason);
    }
};

TEST_F(ForgedPass, WithAnyBitFlippedNeverOpens) {
    int accepted = 0;
    for (std::size_t bit = 0; bit < 8 * qr::kPassSize; ++bit) {
        qr::PassBytes pass = valid();
        pass[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const Decision decision = show(pass);
        accepted += decision.allow ? 1 : 0;
        EXPECT_TRUE(decision.reason == Reason::malformed ||
                    decision.reason == Reason::bad_signature)
            << bit;
    }
    EXPECT_EQ(accepted, 0);
}

TEST_F(ForgedPass, WithAnyDigitChangedNeverOpens) {
    int shown = 0;
    int accepted = 0;
    for (std::size_t at = 0; at < qr::kDigitCount; ++at) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string text = valid_text();
            if (text[at] == digit) {
                continue;
            }
            text[at] = digit;
            ++shown;
            accepted += show(PassText{text}).allow ? 1 : 0;
        }
    }
    EXPECT_EQ(shown, 1'800);
    EXPECT_EQ(accepted, 0);
}

TEST_F(ForgedPass, OfAnotherLengthOrAlphabetIsMalformed) {
    const std::string text = valid_text();
    const std::vector<std::string> others{"",
                                          text.substr(1),
                                          text.substr(0, 199),
                                          text + "0",
                                          "0" + text,
                                          text.substr(0, 199) + "O",
                                          "]Q1]Q1" + text,
                                          std::string(100'000, '6')};
    for (const std::string& other : others) {
        expect_refused(PassText{other}, Reason::malformed, Check::shape);
    }
}

// 200 digits of the same value plus 2^664 would give the same low 83 bytes.
TEST_F(ForgedPass, AtOrAbove2To664IsMalformed) {
    expect_refused(PassText{std::string(200, '9')}, Reason::malformed, Check::range);
    std::string above = "9" + valid_text().substr(1);
    expect_refused(PassText{above}, Reason::malformed, Check::range);
}

TEST_F(ForgedPass, OfAnotherTownNeverOpens) {
    for (const std::uint32_t town : std::vector<std::uint32_t>{0, 93'060, 93'062, 0xFFFF'FFFF}) {
        expect_refused(qr::sign_pass(town_.pass_key, qr::TownId{town}, fields_),
                       Reason::bad_signature, Check::signature);
    }
}

TEST_F(ForgedPass, SignedUnderAnotherLabelNeverOpens) {
    const auto body = qr::encode_body(fields_).value();
    auto input = qr::signing_input(kTown, body);
    for (std::size_t at = 0; at < qr::kPassLabel.size(); ++at) {
        auto other = input;
        other[at] ^= 0x20;
        expect_refused(qr::join(body, town_.pass_key.sign(other)), Reason::bad_signature,
                       Check::signature);
    }
    expect_refused(qr::join(body, town_.pass_key.sign(body)), Reason::bad_signature,
                   Check::signature);
}

TEST_F(ForgedPass, SignedByAnotherKeyOfTheTownNeverOpens) {
    for (const TestKey* key :
         {&town_.root, &town_.spare_root, &town_.policy_key, &town_.command_key}) {
        expect_refused(qr::sign_pass(*key, kTown, fields_), Reason::bad_signature,
                       Check::signature);
    }
    for (const KeyUse use : {KeyUse::policy, KeyUse::command}) {
        fields_.key_id = town_.certificate(use).key_id;
        const TestKey& key = use == KeyUse::policy ? town_.policy_key : town_.command_key;
        expect_refused(qr::sign_pass(key, kTown, fields_), Reason::bad_signature, Check::key_known);
    }
    fields_ = qr::vector_fields();
}

TEST_F(ForgedPass, OfAnUnknownKeyNeverOpens) {
    for (unsigned key_id = 2; key_id < 256; ++key_id) {
        fields_.key_id = static_cast<std::uint8_t>(key_id);
        expect_refused(valid(), Reason::bad_signature, Check::key_known);
    }
    fields_ = qr::vector_fields();
}

TEST_F(ForgedPass, OfAKeyOutsideItsWindowNeverOpens) {
    const auto now = at_;
    for (const auto at :
         {pass_start() + kHalfWindow + seconds{120}, pass_start() - kHalfWindow - seconds{121}}) {
        at_ = at;
        fields_.not_before = at - minutes{5};
        expect_refused(valid(), Reason::bad_signature, Check::key_window);
    }
    at_ = now;
    fields_ = qr::vector_fields();
}

TEST_F(ForgedPass, WhoseWindowLeavesItsCertificateNeverOpens) {
    const auto now = at_;
    at_ = pass_start() + kHalfWindow - minutes{10};
    fields_.not_before = at_ - minutes{5};
    fields_.duration_min = 16;
    expect_refused(valid(), Reason::bad_signature, Check::pass_in_key_window);
    fields_.duration_min = 15;
    policy_.issued_at = at_;
    EXPECT_TRUE(show(valid()).allow);

    at_ = pass_start() - kHalfWindow + minutes{10};
    policy_.issued_at = at_;
    fields_.not_before = pass_start() - kHalfWindow - seconds{1};
    expect_refused(valid(), Reason::bad_signature, Check::pass_in_key_window);
    at_ = now;
    fields_ = qr::vector_fields();
    policy_ = town_.policy();
}

TEST_F(ForgedPass, LongerThanItsCertificateAllowsNeverOpens) {
    fields_.duration_min = kGuestPassMinutes + 1;
    expect_refused(valid(), Reason::bad_signature, Check::longest_pass);
    fields_.duration_min = kGuestPassMinutes;
    EXPECT_TRUE(show(valid()).allow);
    fields_ = qr::vector_fields();
}

TEST_F(ForgedPass, WithReservedValuesIsMalformedAlthoughItsSignatureHolds) {
    const auto body = qr::encode_body(fields_).value();
    for (unsigned flags = 2; flags < 256; ++flags) {
        auto other = body;
        other[18] = static_cast<std::uint8_t>(flags);
        expect_refused(qr::sign_body(town_.pass_key, kTown, other), Reason::malformed,
                       Check::fields);
    }
    for (const std::size_t zeroed : std::vector<std::size_t>{0, 1, 14, 16}) {
        auto other = body;
        other[zeroed] = 0;
        other[zeroed + (zeroed < 14 ? 0 : 1)] = 0;
        expect_refused(qr::sign_body(town_.pass_key, kTown, other), Reason::malformed,
                       Check::fields);
    }
}

// With a public key of order 1 the pair (R = 1, S = 0) "signs" every message: such a key must
// never come out of a certificate, and libsodium refuses it once more.
TEST_F(ForgedPass, OfASmallOrderKeyNeverOpens) {
    std::array<std::uint8_t, qr::kPublicKeySize> identity{1};
    EXPECT_FALSE(qr::PublicKey::load(identity).has_value());
    auto certificate = town_.certificate(KeyUse::pass);
    certificate.public_key = identity;
    EXPECT_EQ(certificate_to_be_signed(certificate).error().fault, PolicyFault::weak_key);
    qr::Signature everything{};
    everything[0] = 1;
    const auto body = qr::encode_body(fields_).value();
    expect_refused(qr::join(body, everything), Reason::bad_signature, Check::signature);
    const auto input = qr::signing_input(kTown, body);
    EXPECT_NE(
        crypto_sign_verify_detached(everything.data(), input.data(), input.size(), identity.data()),
        0);
}

// S + L satisfies the equation as well; only S below the group order L may be accepted.
TEST_F(ForgedPass, WithASecondSpellingOfItsSignatureNeverOpens) {
    constexpr std::array<std::uint8_t, 32> kOrder{0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58,
                                                  0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
                                                  0,    0,    0,    0,    0,    0,    0,    0,
                                                  0,    0,    0,    0,    0,    0,    0,    0x10};
    qr::PassBytes pass = valid();
    unsigned carry = 0;
    for (std::size_t i = 0; i < kOrder.size(); ++i) {
        const std::size_t at = qr::kPassSize - kOrder.size() + i;
        carry += pass[at] + unsigned{kOrder[i]};
        pass[at] = static_cast<std::uint8_t>(carry);
        carry >>= 8U;
    }
    expect_refused(pass, Reason::bad_signature, Check::signature);
}

TEST_F(ForgedPass, IsNotHelpedByAnUntrustedClock) {
    for (const auto at : {std::chrono::sys_seconds{}, at_, at_ + std::chrono::years{10}}) {
        const Presented presented{valid(), kHallDoor, at, {ClockTrust::untrusted, {}, {}}};
        const Decision decision = decide(policy_, {}, presented);
        EXPECT_FALSE(decision.allow);
        EXPECT_EQ(decision.reason, Reason::clock_untrusted);
    }
}

}  // namespace
}  // namespace creneau::policy
