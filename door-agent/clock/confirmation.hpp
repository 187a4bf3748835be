#pragma once

#include "door-agent/clock/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace creneau::door {

/// A person's word for the machine's time: what both clocks said when it was given, and in which
/// start of the machine.
struct ClockWord {
    std::string boot_id;
    ClockAnchor at;
    friend bool operator==(const ClockWord&, const ClockWord&) = default;
};

/// The file of the state folder that carries a word from `confirm-clock` to the running agent.
inline constexpr std::string_view kClockWordFile = "clock-confirmed";

/// One line: boot id, Unix seconds, milliseconds of the boot clock.
[[nodiscard]] std::string text_of(const ClockWord& word);
[[nodiscard]] std::optional<ClockWord> clock_word_from(std::string_view text);

/// What is remembered once a person has vouched for the time; absent when the clock has moved
/// since, or is below `lowest`, which nobody's word lowers. A floor above the word comes down.
[[nodiscard]] std::optional<ClockMemory> take_word(const ClockAnchor& word,
                                                   const ClockSample& sample, ClockMemory memory,
                                                   std::chrono::sys_seconds lowest);

}  // namespace creneau::door
