#include "qr/picture.hpp"

#include "tests/qr/signing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <lodepng.h>
#include <qrcodegen/qrcodegen.hpp>

namespace creneau::qr {
namespace {

struct Pixels {
    unsigned width = 0;
    unsigned height = 0;
    std::vector<unsigned char> grey_alpha;

    [[nodiscard]] unsigned grey(unsigned x, unsigned y) const {
        return grey_alpha[2 * (y * width + x)];
    }
    [[nodiscard]] unsigned alpha(unsigned x, unsigned y) const {
        return grey_alpha[2 * (y * width + x) + 1];
    }
};

Pixels pixels_of(const std::vector<std::uint8_t>& png) {
    Pixels pixels;
    EXPECT_EQ(lodepng::decode(pixels.grey_alpha, pixels.width, pixels.height, png, LCT_GREY_ALPHA),
              0U);
    return pixels;
}

Digits vector_digits() {
    return to_digits(sign_pass(TestKey{kVectorSeed}, kVectorTown, vector_fields()));
}

TEST(Picture, IsVersion5EverydayAndVersion7Laminated) {
    EXPECT_EQ(draw(vector_digits()).side(), 37);
    EXPECT_EQ(draw(vector_digits(), Surface::laminated).side(), 45);
}

// The two bits of error correction in the format information, unmasked (ISO/IEC 18004): 00 is M,
// 11 is Q.
TEST(Picture, CarriesItsErrorCorrectionLevel) {
    const auto level = [](const Modules& code) {
        const unsigned masked = (code.dark(0, 8) ? 2U : 0U) | (code.dark(1, 8) ? 1U : 0U);
        return masked ^ 0b10U;
    };
    EXPECT_EQ(level(draw(vector_digits())), 0b00U);
    EXPECT_EQ(level(draw(vector_digits(), Surface::laminated)), 0b11U);
}

TEST(Picture, PaintsItsQuietZoneWhiteAndOpaque) {
    for (const int scale : {1, 2, 8}) {
        const Modules code = draw(vector_digits());
        const Pixels pixels = pixels_of(to_png(code, scale));
        const auto module = static_cast<unsigned>(scale);
        ASSERT_EQ(pixels.width, 45U * module);
        ASSERT_EQ(pixels.height, 45U * module);
        for (unsigned y = 0; y < pixels.height; ++y) {
            for (unsigned x = 0; x < pixels.width; ++x) {
                const int column = static_cast<int>(x / module) - kQuietZone;
                const int row = static_cast<int>(y / module) - kQuietZone;
                ASSERT_EQ(pixels.grey(x, y), code.dark(column, row) ? 0U : 255U);
                ASSERT_EQ(pixels.alpha(x, y), 255U);
            }
        }
    }
}

TEST(Picture, IsOneBitGreyAndSmall) {
    const auto png = to_png(draw(vector_digits()));
    lodepng::State state;
    unsigned width = 0;
    unsigned height = 0;
    ASSERT_EQ(lodepng_inspect(&width, &height, &state, png.data(), png.size()), 0U);
    EXPECT_EQ(state.info_png.color.colortype, LCT_GREY);
    EXPECT_EQ(state.info_png.color.bitdepth, 1U);
    EXPECT_EQ(width, 360U);
    EXPECT_LT(png.size(), 900U);
}

// The library's automatic choice is the oracle of ours.
RC_GTEST_PROP(Picture, WearsTheMaskThatTheStandardChooses, ()) {
    using qrcodegen::QrCode;
    const auto text = *rc::gen::container<std::string>(kDigitCount, rc::gen::inRange('0', ':'));
    Digits digits{};
    std::copy(text.begin(), text.end(), digits.begin());
    for (const Surface surface : {Surface::everyday, Surface::laminated}) {
        const bool everyday = surface == Surface::everyday;
        const int version = everyday ? 5 : 7;
        const auto expected = QrCode::encodeSegments(
            {qrcodegen::QrSegment::makeNumeric(text.c_str())},
            everyday ? QrCode::Ecc::MEDIUM : QrCode::Ecc::QUARTILE, version, version, -1, false);
        const Modules drawn = draw(digits, surface);
        RC_ASSERT(drawn.side() == expected.getSize());
        for (int y = 0; y < drawn.side(); ++y) {
            for (int x = 0; x < drawn.side(); ++x) {
                RC_ASSERT(drawn.dark(x, y) == expected.getModule(x, y));
            }
        }
    }
}

TEST(Picture, IsTheSameForTheSameDigits) {
    EXPECT_EQ(to_png(draw(vector_digits())), to_png(draw(vector_digits())));
}

}  // namespace
}  // namespace creneau::qr
