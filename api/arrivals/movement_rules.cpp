#include "api/arrivals/movement_rules.hpp"

#include "api/arrivals/movement_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/person.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::arrivals {

namespace {

constexpr std::size_t kDateLength = 10;
constexpr std::string_view kMidnight = "T00:00";

bool is_time(std::string_view text) {
    constexpr std::string_view kShape = "Tdd:dd";
    const bool has_shape =
        text.size() == kShape.size() &&
        std::ranges::equal(text, kShape, [](char letter, char shape) {
            return shape == 'd' ? letter >= '0' && letter <= '9' : letter == shape;
        });
    return has_shape && text.substr(1, 2) < "24" && text.substr(4, 2) < "60";
}

bool waited(const std::optional<std::chrono::sys_seconds>& since, std::chrono::hours delay,
            std::chrono::sys_seconds now) {
    return since && *since + delay <= now;
}

bool is_reminder_due(const Movement& movement, const Notice& notice, std::chrono::sys_seconds now) {
    const auto last = std::max(notice.told_at, notice.reminded_at);
    return !notice.acknowledged_at && notice.reminders < kMostReminders &&
           waited(last, movement.delay, now);
}

}  // namespace

std::optional<std::string> local_moment(std::string_view typed, OfDay of_day) {
    const auto date = booking::parse_date(typed.substr(0, kDateLength));
    const auto time = typed.substr(std::min(kDateLength, typed.size()));
    if (!date || (!time.empty() && !is_time(time))) {
        return std::nullopt;
    }
    if (!time.empty()) {
        return std::string(typed);
    }
    const auto day = of_day == OfDay::end ? booking::plus_days(*date, 1) : *date;
    if (!booking::is_bookable_date(day)) {
        return std::nullopt;
    }
    std::string local = booking::text_of(day);
    local += kMidnight;
    return local;
}

std::string last_day_before(std::string_view local) {
    const auto day = local.substr(0, kDateLength);
    const auto date = booking::parse_date(day);
    const bool is_midnight = local.substr(day.size()) == kMidnight;
    return date && is_midnight ? booking::text_of(booking::plus_days(*date, -1)) : std::string(day);
}

MovementState state_of(const Movement& movement, std::chrono::sys_seconds now) {
    if (movement.withdrawn_at) {
        return MovementState::withdrawn;
    }
    return movement.done_at || movement.moment.at <= now ? MovementState::done
                                                         : MovementState::announced;
}

std::vector<DueNotice> notices_due(const Movement& movement, std::chrono::sys_seconds now) {
    std::vector<DueNotice> due;
    if (movement.withdrawn_at) {
        return due;
    }
    const bool is_near = movement.moment.at - now <= movement.delay;
    bool is_turn = true;
    for (const Notice& notice : movement.notices) {
        if (!notice.told_at && !notice.acknowledged_at && (is_turn || is_near)) {
            due.push_back({notice.step, false});
        } else if (is_reminder_due(movement, notice, now)) {
            due.push_back({notice.step, true});
        }
        is_turn =
            is_turn && (notice.acknowledged_at || waited(notice.told_at, movement.delay, now));
    }
    return due;
}

bool is_overdue(const Movement& movement, const Notice& notice, std::chrono::sys_seconds now) {
    return !movement.withdrawn_at && !notice.acknowledged_at &&
           waited(notice.told_at, movement.delay, now);
}

bool answers_for(const people::Person& person, NoticeStep step, const Movement& movement) {
    switch (step) {
        case NoticeStep::line_manager:
            return movement.line_manager == person.id;
        case NoticeStep::it:
            return people::may_give_roles(person);
        case NoticeStep::access:
            return people::may_keep_badges(person);
    }
    return false;
}

}  // namespace creneau::arrivals
