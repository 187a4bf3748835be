#include "qr/picture.hpp"

#include "qr/digits.hpp"
#include "qr/mask.hpp"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

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

Grid encode(const std::string& digits, Surface surface, int mask) {
    const Shape shape = shape_for(surface);
    constexpr bool kRaiseCorrection = false;
    const auto code = qrcodegen::QrCode::encodeSegments(
        {qrcodegen::QrSegment::makeNumeric(digits.c_str())}, shape.correction, shape.version,
        shape.version, mask, kRaiseCorrection);
    Grid grid{.side = code.getSize(), .rows = {}};
    for (int y = 0; y < grid.side; ++y) {
        for (int x = 0; x < grid.side; ++x) {
            const std::uint64_t dark = code.getModule(x, y) ? 1 : 0;
            grid.rows[static_cast<std::size_t>(y)] |= dark << static_cast<unsigned>(x);
        }
    }
    return grid;
}

constexpr int kMasks = 8;
using MaskChanges = std::array<Grid, kMasks>;

Grid changed(Grid grid, const Grid& change) {
    for (std::size_t y = 0; y < grid.rows.size(); ++y) {
        grid.rows[y] ^= change.rows[y];
    }
    return grid;
}

// The modules in which mask m differs from mask 0. They do not depend on the digits, so that a code
// is encoded once, not once a mask: the library's own choice takes five times longer.
MaskChanges find_mask_changes(Surface surface) {
    const std::string any(kDigitCount, '0');
    const Grid first = encode(any, surface, 0);
    MaskChanges changes;
    for (int mask = 0; mask < kMasks; ++mask) {
        changes[static_cast<std::size_t>(mask)] = changed(encode(any, surface, mask), first);
    }
    return changes;
}

const MaskChanges& mask_changes(Surface surface) {
    static const MaskChanges kEveryday = find_mask_changes(Surface::everyday);
    static const MaskChanges kLaminated = find_mask_changes(Surface::laminated);
    return surface == Surface::everyday ? kEveryday : kLaminated;
}

// The mask with the lowest penalty, the first of equals.
Grid best_masked(const Grid& first, const MaskChanges& changes) {
    Grid best = first;
    int lowest = penalty(first);
    for (std::size_t mask = 1; mask < changes.size(); ++mask) {
        const Grid grid = changed(first, changes[mask]);
        const int badness = penalty(grid);
        if (badness < lowest) {
            lowest = badness;
            best = grid;
        }
    }
    return best;
}

void darken(std::vector<std::uint8_t>& bits, std::size_t from, std::size_t count) {
    for (std::size_t at = from; at < from + count; ++at) {
        bits[at / 8] &= static_cast<std::uint8_t>(~(0x80U >> (at % 8)));
    }
}

// One bit a pixel, 1 is white; rows follow each other without padding, as lodepng takes them.
std::vector<std::uint8_t> pixels(const Modules& modules, int scale) {
    const int side = (modules.side() + 2 * kQuietZone) * scale;
    const auto count = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
    std::vector<std::uint8_t> bits((count + 7) / 8, 0xFF);
    for (int y = 0; y < side; ++y) {
        const std::size_t row = static_cast<std::size_t>(y) * static_cast<std::size_t>(side);
        for (int module = 0; module < modules.side(); ++module) {
            if (modules.dark(module, y / scale - kQuietZone)) {
                darken(bits, row + static_cast<std::size_t>((module + kQuietZone) * scale),
                       static_cast<std::size_t>(scale));
            }
        }
    }
    return bits;
}

}  // namespace

Modules draw(const Digits& digits, Surface surface) {
    const std::string text{view(digits)};
    const Grid grid = best_masked(encode(text, surface, 0), mask_changes(surface));
    std::vector<bool> dark;
    dark.reserve(static_cast<std::size_t>(grid.side) * static_cast<std::size_t>(grid.side));
    for (unsigned y = 0; y < static_cast<unsigned>(grid.side); ++y) {
        for (unsigned x = 0; x < static_cast<unsigned>(grid.side); ++x) {
            dark.push_back((grid.rows[y] >> x & 1U) != 0);
        }
    }
    return {grid.side, std::move(dark)};
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
