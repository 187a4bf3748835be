#pragma once

#include "api/arrivals/movement_types.hpp"
#include "api/people/person.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::arrivals {

/// Times in which an acknowledgement is awaited, unless HR says otherwise.
inline constexpr std::chrono::hours kUsualDelay{24};
inline constexpr std::int64_t kLongestDelayHours = 720;
/// After that many reminders nobody is written to any more.
inline constexpr std::int64_t kMostReminders = 3;
/// How far back HR may announce what has happened already.
inline constexpr std::chrono::hours kLatestNews{24};

/// What a date without a time means.
enum class OfDay : std::uint8_t { start, end };

/// 'YYYY-MM-DDTHH:MM' of that, or of a date 'YYYY-MM-DD': its first minute, or the first one of the
/// day after. Nothing for anything else.
[[nodiscard]] std::optional<std::string> local_moment(std::string_view typed, OfDay of_day);

/// The last local date on which somebody is there who departs at that local time, 'YYYY-MM-DD'.
[[nodiscard]] std::string last_day_before(std::string_view local);

/// Done once its instant has come, whatever has been carried out of it.
[[nodiscard]] MovementState state_of(const Movement& movement, std::chrono::sys_seconds now);

/// Somebody to write to.
struct DueNotice {
    NoticeStep step = NoticeStep::line_manager;
    bool reminder = false;

    friend bool operator==(const DueNotice&, const DueNotice&) = default;
};

/// Whom to write to at `now`: the first step at once, each next one when the one before has
/// acknowledged or had the delay to, all of them when the movement is nearer than the delay. Who
/// was told and is silent for the delay is reminded, kMostReminders times.
[[nodiscard]] std::vector<DueNotice> notices_due(const Movement& movement,
                                                 std::chrono::sys_seconds now);

/// Told, and silent for longer than the delay.
[[nodiscard]] bool is_overdue(const Movement& movement, const Notice& notice,
                              std::chrono::sys_seconds now);

/// Whether a person answers for a step: the line manager, administrators, access administrators.
[[nodiscard]] bool answers_for(const people::Person& person, NoticeStep step,
                               const Movement& movement);

}  // namespace creneau::arrivals
