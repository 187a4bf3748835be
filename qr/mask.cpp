#include "qr/mask.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>

namespace creneau::qr {
namespace {

constexpr int kRunPenalty = 3;
constexpr int kShortestRun = 5;
constexpr int kBlockPenalty = 3;
constexpr int kFinderPenalty = 40;
constexpr int kBalancePenalty = 10;

// Lengths of the runs of a line, light and dark in turn. The first and the last are light and hold
// the quiet zone, which counts as endless.
struct Runs {
    std::array<int, kLargestSide + 2> lengths{};
    std::size_t count = 0;
};

std::uint64_t low_bits(int count) {
    return (std::uint64_t{1} << static_cast<unsigned>(count)) - 1;
}

Runs runs_of(std::uint64_t line, int side) {
    Runs runs;
    bool dark = false;
    for (int at = 0; at < side; dark = !dark) {
        const std::uint64_t rest = line >> static_cast<unsigned>(at);
        int length = dark ? std::countr_one(rest) : std::countr_zero(rest);
        length = length < side - at ? length : side - at;
        runs.lengths[runs.count++] = length;
        at += length;
    }
    if (!dark) {
        runs.lengths[runs.count++] = 0;
    }
    return runs;
}

int run_penalty(const Runs& runs) {
    int sum = 0;
    for (std::size_t i = 0; i < runs.count; ++i) {
        if (runs.lengths[i] >= kShortestRun) {
            sum += kRunPenalty + runs.lengths[i] - kShortestRun;
        }
    }
    return sum;
}

// Dark, light, dark, light, dark as 1:1:3:1:1, with four units of light on one side.
int finder_penalty(const Runs& runs, int side) {
    const auto& length = runs.lengths;
    const auto light = [&](std::size_t i) {
        return length[i] + (i == 0 || i + 1 == runs.count ? side : 0);
    };
    int found = 0;
    for (std::size_t i = 1; i + 5 < runs.count; i += 2) {
        const int unit = length[i];
        if (length[i + 1] != unit || length[i + 2] != 3 * unit || length[i + 3] != unit ||
            length[i + 4] != unit) {
            continue;
        }
        const int before = light(i - 1);
        const int after = light(i + 5);
        found += before >= 4 * unit && after >= unit ? 1 : 0;
        found += after >= 4 * unit && before >= unit ? 1 : 0;
    }
    return found * kFinderPenalty;
}

int line_penalty(const Grid& grid) {
    int sum = 0;
    for (int y = 0; y < grid.side; ++y) {
        const Runs runs = runs_of(grid.rows[static_cast<std::size_t>(y)], grid.side);
        sum += run_penalty(runs) + finder_penalty(runs, grid.side);
    }
    return sum;
}

int block_penalty(const Grid& grid) {
    int blocks = 0;
    for (std::size_t y = 0; y + 1 < static_cast<std::size_t>(grid.side); ++y) {
        const std::uint64_t dark = grid.rows[y] & grid.rows[y + 1];
        const std::uint64_t light = ~(grid.rows[y] | grid.rows[y + 1]);
        const std::uint64_t starts = (dark & (dark >> 1U)) | (light & (light >> 1U));
        blocks += std::popcount(starts & low_bits(grid.side - 1));
    }
    return blocks * kBlockPenalty;
}

// Ten for each step of 5 % that the share of dark modules lies beyond 45 to 55 %.
int balance_penalty(const Grid& grid) {
    int dark = 0;
    for (const std::uint64_t row : grid.rows) {
        dark += std::popcount(row);
    }
    const int all = grid.side * grid.side;
    const int twentieths_off = std::abs(20 * dark - 10 * all);
    const int steps = (twentieths_off + all - 1) / all;
    return steps > 0 ? (steps - 1) * kBalancePenalty : 0;
}

Grid transposed(const Grid& grid) {
    Grid columns{.side = grid.side, .rows = {}};
    for (std::size_t y = 0; y < static_cast<std::size_t>(grid.side); ++y) {
        for (std::uint64_t row = grid.rows[y]; row != 0; row &= row - 1) {
            columns.rows[static_cast<std::size_t>(std::countr_zero(row))] |= std::uint64_t{1} << y;
        }
    }
    return columns;
}

}  // namespace

int penalty(const Grid& grid) {
    return line_penalty(grid) + line_penalty(transposed(grid)) + block_penalty(grid) +
           balance_penalty(grid);
}

}  // namespace creneau::qr
