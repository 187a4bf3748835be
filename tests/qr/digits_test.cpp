#include "qr/digits.hpp"

#include "tests/qr/signing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace creneau::qr {
namespace {

// The oracle: schoolbook arithmetic on one decimal digit at a time, sharing nothing with the codec.
std::string decimal_of(const std::vector<std::uint8_t>& bytes) {
    std::vector<int> digits(kDigitCount, 0);
    for (const std::uint8_t byte : bytes) {
        int carry = byte;
        for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
            carry += *digit * 256;
            *digit = carry % 10;
            carry /= 10;
        }
    }
    std::string text;
    for (const int digit : digits) {
        text += static_cast<char>('0' + digit);
    }
    return text;
}

PassBytes bytes_from(const std::vector<std::uint8_t>& values) {
    PassBytes bytes{};
    std::copy_n(values.begin(), bytes.size(), bytes.begin());
    return bytes;
}

std::string text_of(const PassBytes& bytes) {
    return std::string{view(to_digits(bytes))};
}

// 2^664, one more than the largest pass.
std::string first_out_of_range() {
    std::string text = decimal_of(std::vector<std::uint8_t>(kPassSize, 0xFF));
    for (auto digit = text.rbegin(); ++*digit > '9'; ++digit) {
        *digit = '0';
    }
    return text;
}

auto any_pass() {
    return rc::gen::container<std::vector<std::uint8_t>>(kPassSize,
                                                         rc::gen::arbitrary<std::uint8_t>());
}

RC_GTEST_PROP(Digits, AgreeWithSchoolbookArithmetic, ()) {
    const auto values = *any_pass();
    RC_ASSERT(text_of(bytes_from(values)) == decimal_of(values));
}

RC_GTEST_PROP(Digits, ComeBackAsTheSameBytes, ()) {
    const PassBytes bytes = bytes_from(*any_pass());
    RC_ASSERT(from_digits(text_of(bytes)).value() == bytes);
}

RC_GTEST_PROP(Digits, AreReadOrRefusedAsTheirValueSays, ()) {
    const auto text = *rc::gen::container<std::string>(kDigitCount, rc::gen::inRange('0', ':'));
    const auto read = from_digits(text);
    RC_ASSERT(read.has_value() == (text < first_out_of_range()));
    if (read) {
        RC_ASSERT(text_of(*read) == text);
    }
}

RC_GTEST_PROP(Digits, RefuseEveryTextOfAnotherShape, ()) {
    const auto text = *rc::gen::arbitrary<std::string>();
    RC_PRE(text.size() != kDigitCount);
    RC_ASSERT(from_digits(text).error() == DigitsError::wrong_shape);
}

TEST(Digits, CoverZeroOneAndTheLargestValue) {
    PassBytes bytes{};
    EXPECT_EQ(text_of(bytes), std::string(200, '0'));
    bytes.back() = 1;
    EXPECT_EQ(text_of(bytes), std::string(199, '0') + "1");
    bytes.fill(0xFF);
    EXPECT_EQ(text_of(bytes), decimal_of(std::vector<std::uint8_t>(kPassSize, 0xFF)));
    EXPECT_EQ(from_digits(text_of(bytes)).value(), bytes);
}

TEST(Digits, KeepRunsOfZerosAtEveryPlace) {
    for (std::size_t at = 0; at < kPassSize; ++at) {
        PassBytes bytes{};
        bytes[at] = 1;
        const std::string text = text_of(bytes);
        EXPECT_EQ(text, decimal_of({bytes.begin(), bytes.end()}));
        EXPECT_EQ(from_digits(text).value(), bytes);
    }
}

TEST(Digits, RefuseTwoToThe664AndAbove) {
    EXPECT_EQ(from_digits(first_out_of_range()).error(), DigitsError::out_of_range);
    EXPECT_EQ(from_digits(std::string(200, '9')).error(), DigitsError::out_of_range);
    std::string largest = decimal_of(std::vector<std::uint8_t>(kPassSize, 0xFF));
    EXPECT_TRUE(from_digits(largest).has_value());
}

TEST(Digits, Refuse199And201AndForeignCharacters) {
    const std::string good = text_of(sign_pass(TestKey{1}, kVectorTown, vector_fields()));
    for (const std::string& text : {std::string{}, good.substr(1), good + "0", "+" + good.substr(1),
                                    " " + good.substr(1), good.substr(0, 199) + "a",
                                    good.substr(0, 199) + '\0', good.substr(0, 198) + "\xC2\xB2"}) {
        EXPECT_EQ(from_digits(text).error(), DigitsError::wrong_shape) << text;
    }
    EXPECT_TRUE(from_digits(good).has_value());
}

TEST(Digits, OfEveryPassBeginWith62) {
    PassBytes bytes{};
    bytes[0] = 0xD1;
    EXPECT_TRUE(text_of(bytes).starts_with("62"));
    bytes.fill(0xFF);
    bytes[0] = 0xD1;
    EXPECT_TRUE(text_of(bytes).starts_with("62"));
}

TEST(ReaderMarks, AreTakenOffOnceInFrontAndAllBehind) {
    const std::string good = text_of(sign_pass(TestKey{1}, kVectorTown, vector_fields()));
    for (const std::string& text :
         {good, "]Q1" + good, good + "\r\n", good + "\t", "]Q1" + good + "\r", good + "\n\r\t\n"}) {
        EXPECT_TRUE(from_reader(text).has_value()) << text;
    }
    for (const std::string& text : {"]Q1]Q1" + good, "]Q0" + good, "]Q" + good, "\r\n" + good,
                                    good + " ", good + "\r\nx", " " + good, "]Q1" + good + "]Q1"}) {
        EXPECT_EQ(from_reader(text).error(), DigitsError::wrong_shape) << text;
    }
    EXPECT_TRUE(from_reader(good).has_value());
}

}  // namespace
}  // namespace creneau::qr
