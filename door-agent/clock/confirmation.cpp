#include "door-agent/clock/confirmation.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/clock/clock.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace creneau::door {

using std::chrono::seconds;

std::string text_of(const ClockWord& word) {
    return word.boot_id + " " + std::to_string(word.at.wall.time_since_epoch().count()) + " " +
           std::to_string(word.at.boot.count()) + "\n";
}

std::optional<ClockWord> clock_word_from(std::string_view text) {
    std::istringstream stream{std::string(text)};
    ClockWord word;
    std::int64_t wall = 0;
    std::int64_t boot = 0;
    std::string more;
    if (!(stream >> word.boot_id >> wall >> boot) || stream >> more) {
        return std::nullopt;
    }
    word.at = {std::chrono::sys_seconds{seconds{wall}}, BootTime{boot}};
    return word;
}

std::optional<ClockMemory> take_word(const ClockAnchor& word, const ClockSample& sample,
                                     ClockMemory memory, std::chrono::sys_seconds lowest) {
    const bool moved = word.boot > sample.boot || deviation(word, sample) > kStepLimit;
    if (moved || word.wall < lowest || sample.wall < lowest) {
        return std::nullopt;
    }
    memory.anchor = word;
    memory.last_synchronised = word.boot;
    memory.believed_since.reset();
    memory.floor = std::max(lowest, std::min(memory.floor, word.wall - kFloorMargin));
    return memory;
}

}  // namespace creneau::door
