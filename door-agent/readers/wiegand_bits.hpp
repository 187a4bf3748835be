#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::door {

/// The lengths of a frame that are known, with both parities.
enum class WiegandForm : std::uint8_t { bits26 = 26, bits34 = 34, bits37 = 37 };

/// A pulse of D0 (false) or D1 (true), and when the kernel saw it begin.
struct WiegandPulse {
    std::chrono::nanoseconds at{};
    bool bit = false;
};

/// The number between the parities, big-endian. Nothing when a parity or the length is wrong.
/// The first bit makes the first half even, the last one the second half odd; with an odd number of
/// bits between them (37) the middle one counts in both (SIA AC-01-1996.10; HID H10302).
[[nodiscard]] std::optional<std::uint64_t> wiegand_number(const std::vector<bool>& bits,
                                                          WiegandForm form);

/// How many whole bytes hold such a number.
[[nodiscard]] std::size_t wiegand_bytes(WiegandForm form);

/// Cuts pulses into frames. Pulses come in any order within a frame, as two lines are read one
/// after the other: their instants order them. Pure.
class WiegandBits {
  public:
    /// Silence that ends a frame: the slowest reader sends a bit every 20 ms.
    static constexpr std::chrono::milliseconds kSilence{30};
    /// Two pulses closer than this are noise, or nobody can tell which was first: no reader sends
    /// a bit sooner than 200 us after the one before.
    static constexpr std::chrono::microseconds kClosest{50};
    /// More pulses than this without a silence are noise.
    static constexpr std::size_t kMost = 128;

    explicit WiegandBits(WiegandForm form) : form_(form) {}

    /// What the frames were that have ended.
    struct Ended {
        std::vector<std::uint64_t> numbers;
        unsigned spoiled = 0;  ///< noise, a wrong length or parity
    };

    void take(WiegandPulse pulse);
    /// When the silence after the last pulse will be long enough; absent while nothing waits.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const;
    /// Ends what is silent at `now`, by the kernel's clock. Every pulse until then must be taken.
    /// A noise that does not end is told once, and then again after a silence.
    [[nodiscard]] Ended end(std::chrono::nanoseconds now);
    void clear();

  private:
    void judge(const std::vector<WiegandPulse>& frame, Ended& ended) const;

    WiegandForm form_;
    std::vector<WiegandPulse> pulses_;
    std::chrono::nanoseconds last_{};
    unsigned floods_ = 0;  ///< to be told
    bool noisy_ = false;   ///< too many: thrown away up to the next silence
};

}  // namespace creneau::door
