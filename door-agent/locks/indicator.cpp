#include "door-agent/locks/indicator.hpp"

#include <chrono>

namespace creneau::door {

void DoorSignals::show(bool granted) const {
    constexpr std::chrono::milliseconds kOff{0};
    green->show(granted ? kLight : kOff);
    red->show(granted ? kOff : kLight);
    tone->show(granted ? kShortTone : kLongTone);
}

}  // namespace creneau::door
