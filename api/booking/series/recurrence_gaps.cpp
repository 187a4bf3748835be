#include "api/booking/series/recurrence_gaps.hpp"

#include "api/booking/series/local_date.hpp"
#include "api/booking/series/recurrence.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>
#include <vector>

namespace creneau::booking {

namespace {

using std::chrono::months;

constexpr months kYear{12};

/// How many months lie between two dates of a pattern that names a day; none of the others.
struct MonthsBetween {
    months operator()(const MonthlyByDate& monthly) const { return months{monthly.interval}; }
    months operator()(const Yearly& yearly) const { return yearly.interval * kYear; }
    template <class Other>
    months operator()(const Other& /*pattern*/) const {
        return months{0};
    }
};

}  // namespace

std::vector<LocalDate> dates_out_of_reach(const Recurrence& recurrence) {
    const auto* listed = std::get_if<ListedDates>(&recurrence.pattern);
    if (listed == nullptr) {
        return {};
    }
    const auto reached = expand(recurrence);
    if (!reached && reached.error() != RecurrenceError::no_occurrence) {
        return {};
    }
    std::vector<LocalDate> dates = listed->dates;
    std::ranges::sort(dates);
    std::erase_if(dates, [&reached](const LocalDate& date) {
        return reached && std::ranges::binary_search(*reached, date);
    });
    return dates;
}

RuleDates with_lacking(const Recurrence& recurrence, std::vector<LocalDate> dates) {
    RuleDates named{std::move(dates), {}};
    const months step = std::visit(MonthsBetween{}, recurrence.pattern);
    if (step == months{0} || named.dates.empty()) {
        return named;
    }
    const LocalDate last = recurrence.until.value_or(named.dates.back());
    auto month = recurrence.first.year() / recurrence.first.month();
    for (; month / std::chrono::day{1} <= last; month += step) {
        const LocalDate end = std::chrono::sys_days{month / std::chrono::last};
        if (!(month / recurrence.first.day()).ok() && end <= last) {
            named.lacking.push_back(end);
        }
    }
    return named;
}

}  // namespace creneau::booking
