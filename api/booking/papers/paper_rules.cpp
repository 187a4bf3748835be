#include "api/booking/papers/paper_rules.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/series/local_date.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

namespace {

constexpr std::size_t kDateLength = 10;

std::string first_date(const Slot& slot) {
    return slot.local_start.substr(0, kDateLength);
}

std::string last_date(const Slot& slot) {
    const std::string date = slot.local_end.substr(0, kDateLength);
    const bool at_midnight = std::string_view(slot.local_end).substr(kDateLength) == "T00:00";
    const auto day = parse_date(date);
    return at_midnight && day ? text_of(plus_days(*day, -1)) : date;
}

}  // namespace

bool covers(const Paper& paper, const Slot& slot) {
    return paper.accepted_at && paper.valid_from <= first_date(slot) &&
           (paper.valid_until.empty() || last_date(slot) <= paper.valid_until);
}

std::vector<PaperKind> missing_of(std::span<const PaperKind> required,
                                  std::span<const Paper> papers, const Slot& slot) {
    std::vector<PaperKind> missing;
    std::ranges::copy_if(required, std::back_inserter(missing), [&](PaperKind kind) {
        return std::ranges::none_of(
            papers, [&](const Paper& paper) { return paper.kind == kind && covers(paper, slot); });
    });
    return missing;
}

LocalDate local_date_of(std::chrono::sys_seconds at, const std::string& zone) {
    return LocalDate{std::chrono::floor<std::chrono::days>(local_minutes_of(at, zone))};
}

std::optional<int> alert_due(const LocalDate& valid_until, const LocalDate& today) {
    constexpr int kToldAfter = 7;
    const auto left =
        (std::chrono::local_days(valid_until) - std::chrono::local_days(today)).count();
    if (left < 0) {
        return left < -kToldAfter ? std::nullopt : std::optional(0);
    }
    std::optional<int> due;
    for (const int days : kAlertDays) {
        if (days > 0 && left <= days) {
            due = days;
        }
    }
    return due;
}

}  // namespace creneau::booking
