#pragma once

#include "qr/digits.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace creneau::qr {

/// Where the code will be shown. Everyday: version 5, ECC M. Laminated: version 7, ECC Q, for
/// scratches and glare.
enum class Surface : std::uint8_t { everyday, laminated };

inline constexpr int kQuietZone = 4;
inline constexpr int kDefaultScale = 8;
inline constexpr int kLargestScale = 64;

/// The modules of a code, without its quiet zone.
class Modules {
  public:
    Modules(int side, std::vector<bool> dark) : side_(side), dark_(std::move(dark)) {}

    /// Modules along one side: 37 (everyday) or 45 (laminated).
    [[nodiscard]] int side() const { return side_; }

    /// Is the module dark? Light outside the code.
    [[nodiscard]] bool dark(int x, int y) const {
        return x >= 0 && y >= 0 && x < side_ && y < side_ &&
               dark_[static_cast<std::size_t>(y) * static_cast<std::size_t>(side_) +
                     static_cast<std::size_t>(x)];
    }

  private:
    int side_;
    std::vector<bool> dark_;
};

/// One numeric segment, automatic mask.
[[nodiscard]] Modules draw(const Digits& digits, Surface surface = Surface::everyday);

/// A 1-bit grey PNG, opaque, with the quiet zone painted white inside the picture. `scale` is the
/// number of pixels along a module, 1 to kLargestScale.
[[nodiscard]] std::vector<std::uint8_t> to_png(const Modules& modules, int scale = kDefaultScale);

}  // namespace creneau::qr
