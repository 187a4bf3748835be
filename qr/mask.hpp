#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace creneau::qr {

inline constexpr int kLargestSide = 64;

/// The modules of a code, a word a row: bit x of row y is set where the module is dark.
struct Grid {
    int side = 0;  ///< at most kLargestSide - 1
    std::array<std::uint64_t, kLargestSide> rows{};

    bool operator==(const Grid&) const = default;
};

/// How badly a masked code reads, by the four rules of ISO/IEC 18004, 7.8.3: runs of one colour,
/// blocks of 2 × 2, patterns like a finder, and the share of dark modules. Lower is better.
[[nodiscard]] int penalty(const Grid& grid);

}  // namespace creneau::qr
