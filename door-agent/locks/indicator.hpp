#pragma once

#include <chrono>

namespace creneau::door {

/// A light or a buzzer on a relay that is nobody's lock.
class Indicator {
  public:
    Indicator() = default;
    Indicator(const Indicator&) = delete;
    Indicator& operator=(const Indicator&) = delete;
    virtual ~Indicator() = default;

    /// On for so long from now, or off when zero; a later call replaces it. Returns at once, from
    /// any thread; it comes after whatever locks need, and not at all once it is a second late.
    virtual void show(std::chrono::milliseconds duration) = 0;
};

/// What a door answers to a read: each outcome is seen and heard.
struct DoorSignals {
    Indicator* green = nullptr;
    Indicator* red = nullptr;
    Indicator* tone = nullptr;

    static constexpr std::chrono::milliseconds kLight{2000};
    static constexpr std::chrono::milliseconds kShortTone{200};
    static constexpr std::chrono::milliseconds kLongTone{1000};

    /// Green and a short tone, or red and a long one.
    void show(bool granted) const;
};

}  // namespace creneau::door
