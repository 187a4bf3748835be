#include "qr/pass.hpp"

#include "tests/qr/signing.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace creneau::qr {
namespace {

struct FieldCase {
    std::string name;
    std::function<void(PassFields&)> change;
    PassError error;
};

struct ByteCase {
    std::string name;
    std::size_t at;
    std::vector<std::uint8_t> bytes;
    PassError error;
};

const auto kCaseName = [](const auto& info) { return info.param.name; };

class PassFieldsRefused : public testing::TestWithParam<FieldCase> {};
class PassBytesRefused : public testing::TestWithParam<ByteCase> {};

std::chrono::sys_seconds unix_time(std::int64_t seconds) {
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

BodyBytes vector_body() {
    return encode_body(vector_fields()).value();
}

TEST(Pass, PutsFieldsAtTheirBigEndianOffsets) {
    const BodyBytes expected{0xD1, 0x01, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0x00,
                             0x6B, 0x14, 0x47, 0xC0, 0x00, 0x8C, 0x80, 0x01, 0x00};
    EXPECT_EQ(vector_body(), expected);
}

TEST(Pass, ReadsBackEveryBoundaryOfItsFields) {
    const PassFields smallest{1, PassId{0}, 0, unix_time(0), 1, 1, Use::many};
    const PassFields largest{255,    PassId{kLargestPassId}, 255, unix_time(0xFFFF'FFFF), 44'640,
                             0xFFFF, Use::once_per_door};
    for (PassFields fields : {smallest, largest}) {
        for (const std::uint16_t scope : std::vector<std::uint16_t>{1, 0x7FFF, 0x8000, 0xFFFF}) {
            fields.scope = scope;
            EXPECT_EQ(decode_body(encode_body(fields).value()).value(), fields);
        }
    }
}

TEST(Pass, EndsAfterItsMinutes) {
    PassFields fields = vector_fields();
    fields.not_before = unix_time(0xFFFF'FFFF);
    fields.duration_min = kLongestPassMinutes;
    EXPECT_EQ(end_of(fields), unix_time(0xFFFF'FFFFLL + 44'640LL * 60));
}

TEST_P(PassFieldsRefused, WhenTheFormatReservesThem) {
    PassFields fields = vector_fields();
    GetParam().change(fields);
    ASSERT_FALSE(encode_body(fields).has_value());
    EXPECT_EQ(encode_body(fields).error(), GetParam().error);
    EXPECT_TRUE(encode_body(vector_fields()).has_value());
}

INSTANTIATE_TEST_SUITE_P(
    Pass, PassFieldsRefused,
    testing::Values(
        FieldCase{"key_id_0", [](PassFields& f) { f.key_id = 0; }, PassError::reserved_key_id},
        FieldCase{"pass_id_2_to_56", [](PassFields& f) { f.pass_id = PassId{kLargestPassId + 1}; },
                  PassError::pass_id_too_large},
        FieldCase{"before_1970", [](PassFields& f) { f.not_before = unix_time(-1); },
                  PassError::not_before_out_of_range},
        FieldCase{"after_2106", [](PassFields& f) { f.not_before = unix_time(0x1'0000'0000); },
                  PassError::not_before_out_of_range},
        FieldCase{"no_minutes", [](PassFields& f) { f.duration_min = 0; },
                  PassError::duration_out_of_range},
        FieldCase{"over_31_days", [](PassFields& f) { f.duration_min = 44'641; },
                  PassError::duration_out_of_range},
        FieldCase{"scope_0", [](PassFields& f) { f.scope = 0; }, PassError::reserved_scope},
        FieldCase{"use_2", [](PassFields& f) { f.use = static_cast<Use>(2); },
                  PassError::reserved_flags}),
    kCaseName);

TEST_P(PassBytesRefused, WhenTheFormatReservesThem) {
    BodyBytes body = vector_body();
    std::copy(GetParam().bytes.begin(), GetParam().bytes.end(),
              body.begin() + static_cast<std::ptrdiff_t>(GetParam().at));
    ASSERT_FALSE(decode_body(body).has_value());
    EXPECT_EQ(decode_body(body).error(), GetParam().error);
    EXPECT_TRUE(decode_body(vector_body()).has_value());
}

INSTANTIATE_TEST_SUITE_P(
    Pass, PassBytesRefused,
    testing::Values(ByteCase{"version_d0", 0, {0xD0}, PassError::wrong_version},
                    ByteCase{"version_0", 0, {0x00}, PassError::wrong_version},
                    ByteCase{"key_id_0", 1, {0x00}, PassError::reserved_key_id},
                    ByteCase{"no_minutes", 14, {0, 0}, PassError::duration_out_of_range},
                    ByteCase{"over_31_days", 14, {0xAE, 0x61}, PassError::duration_out_of_range},
                    ByteCase{"scope_0", 16, {0, 0}, PassError::reserved_scope},
                    ByteCase{"use_2", 18, {2}, PassError::reserved_flags},
                    ByteCase{"use_3", 18, {3}, PassError::reserved_flags},
                    ByteCase{"top_flag", 18, {0x80}, PassError::reserved_flags}),
    kCaseName);

TEST(Pass, RefusesEveryReservedFlagByte) {
    BodyBytes body = vector_body();
    int accepted = 0;
    for (unsigned flags = 0; flags < 256; ++flags) {
        body[18] = static_cast<std::uint8_t>(flags);
        accepted += decode_body(body).has_value() ? 1 : 0;
    }
    EXPECT_EQ(accepted, 2);
}

TEST(Pass, SignsLabelTownAndBody) {
    const SigningInput input = signing_input(TownId{0x01020304}, vector_body());
    const std::string expected_start{"RDQ1\0door-credential\x01\x02\x03\x04", 24};
    EXPECT_EQ(std::string(input.begin(), input.begin() + 24), expected_start);
    EXPECT_TRUE(std::equal(input.begin() + 24, input.end(), vector_body().begin()));
}

TEST(PassSignature, FailsForEveryFlippedBitAndHoldsUntouched) {
    const TestKey key{kVectorSeed};
    const PassBytes pass = sign_pass(key, kVectorTown, vector_fields());
    int accepted = 0;
    for (std::size_t bit = 0; bit < 8 * kPassSize; ++bit) {
        PassBytes flipped = pass;
        flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        accepted += verify_pass(key.public_key(), kVectorTown, flipped) ? 1 : 0;
    }
    EXPECT_EQ(accepted, 0);
    EXPECT_TRUE(verify_pass(key.public_key(), kVectorTown, pass));
}

TEST(PassSignature, FailsForAnotherTownKeyOrLabel) {
    const TestKey key{kVectorSeed};
    const PassBytes pass = sign_pass(key, kVectorTown, vector_fields());
    EXPECT_FALSE(verify_pass(key.public_key(), TownId{93'062}, pass));
    EXPECT_FALSE(verify_pass(TestKey{0x43}.public_key(), kVectorTown, pass));

    SigningInput other_label = signing_input(kVectorTown, vector_body());
    other_label[19] = 'L';
    EXPECT_FALSE(
        verify_pass(key.public_key(), kVectorTown, join(vector_body(), key.sign(other_label))));
    EXPECT_FALSE(
        verify_pass(key.public_key(), kVectorTown, join(vector_body(), key.sign(vector_body()))));
    EXPECT_TRUE(verify_pass(key.public_key(), kVectorTown, pass));
}

// Order 1, 2, 4 and 8, with the non-canonical spellings of y = 0, 1, -1.
TEST(PublicKey, RefusesKeysOfSmallOrder) {
    const std::vector<std::string> small{
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    };
    for (const std::string& hex : small) {
        PublicKeyBytes raw{};
        ASSERT_EQ(sodium_hex2bin(raw.data(), raw.size(), hex.data(), hex.size(), nullptr, nullptr,
                                 nullptr),
                  0);
        EXPECT_FALSE(PublicKey::load(raw).has_value()) << hex;
    }
    EXPECT_TRUE(PublicKey::load(TestKey{kVectorSeed}.public_bytes).has_value());
}

TEST(PublicKey, RefusesAnyOtherLength) {
    const auto raw = TestKey{kVectorSeed}.public_bytes;
    EXPECT_FALSE(PublicKey::load(std::span{raw}.first(31)).has_value());
    EXPECT_FALSE(PublicKey::load({}).has_value());
    EXPECT_TRUE(PublicKey::load(raw).has_value());
}

}  // namespace
}  // namespace creneau::qr
