#include "api/booking/series/recurrence.hpp"

#include "api/booking/series/local_date.hpp"

#include <algorithm>
#include <bitset>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year_month;

constexpr int kLongestInterval = 99;
constexpr int kLastNth = 4;
constexpr int kLastOfMonth = -1;
constexpr std::size_t kDaysOfWeek = 7;

/// One day, week, month or year of a pattern: its first day and the dates that the pattern names
/// in it, in order.
struct Period {
    LocalDate begins;
    std::vector<LocalDate> dates;
};

year_month month_of(const LocalDate& date) {
    return date.year() / date.month();
}

Period day_alone(LocalDate begins, LocalDate date) {
    return {begins, date.ok() ? std::vector{date} : std::vector<LocalDate>{}};
}

/// The patterns' periods, counted from 0 for the one that holds the first date.
Period period_of(const Daily& daily, const LocalDate& first, int index) {
    const LocalDate day = plus_days(first, index * daily.interval);
    return day_alone(day, day);
}

Period period_of(const Weekly& weekly, const LocalDate& first, int index) {
    const sys_days day{first};
    const sys_days monday =
        day - (weekday{day} - std::chrono::Monday) + std::chrono::weeks{index * weekly.interval};
    Period week{monday, {}};
    for (const weekday chosen : weekly.days) {
        week.dates.emplace_back(monday + (chosen - std::chrono::Monday));
    }
    std::ranges::sort(week.dates);
    return week;
}

Period period_of(const MonthlyByDate& monthly, const LocalDate& first, int index) {
    const year_month month = month_of(first) + std::chrono::months{index * monthly.interval};
    return day_alone(month / 1, month / first.day());
}

Period period_of(const MonthlyByWeekday& monthly, const LocalDate& first, int index) {
    const year_month month = month_of(first) + std::chrono::months{index * monthly.interval};
    if (monthly.nth == kLastOfMonth) {
        return day_alone(month / 1, sys_days{month / monthly.day[std::chrono::last]});
    }
    return day_alone(month / 1, sys_days{month / monthly.day[static_cast<unsigned>(monthly.nth)]});
}

Period period_of(const Yearly& yearly, const LocalDate& first, int index) {
    const std::chrono::year year = first.year() + std::chrono::years{index * yearly.interval};
    return day_alone(year / 1 / 1, year / first.month() / first.day());
}

bool are_weekdays(const std::vector<weekday>& days) {
    std::bitset<kDaysOfWeek> seen;
    for (const weekday day : days) {
        if (!day.ok() || seen.test(day.c_encoding())) {
            return false;
        }
        seen.set(day.c_encoding());
    }
    return seen.any();
}

/// What is wrong with a pattern beside its interval.
std::optional<RecurrenceError> fault_of(const Weekly& weekly) {
    return are_weekdays(weekly.days) ? std::nullopt : std::optional(RecurrenceError::bad_weekdays);
}

std::optional<RecurrenceError> fault_of(const MonthlyByWeekday& monthly) {
    if (!monthly.day.ok()) {
        return RecurrenceError::bad_weekdays;
    }
    const bool is_nth = monthly.nth >= 1 && monthly.nth <= kLastNth;
    return is_nth || monthly.nth == kLastOfMonth ? std::nullopt
                                                 : std::optional(RecurrenceError::bad_nth);
}

template <typename Plain>
std::optional<RecurrenceError> fault_of(const Plain& /*pattern*/) {
    return std::nullopt;
}

std::optional<RecurrenceError> pattern_fault(const ListedDates& listed) {
    if (listed.dates.size() > kMostOccurrences) {
        return RecurrenceError::too_many;
    }
    std::vector<LocalDate> dates = listed.dates;
    if (dates.empty() || !std::ranges::all_of(dates, is_bookable_date)) {
        return RecurrenceError::bad_dates;
    }
    std::ranges::sort(dates);
    return std::ranges::adjacent_find(dates) == dates.end()
               ? std::nullopt
               : std::optional(RecurrenceError::bad_dates);
}

template <typename Repeating>
std::optional<RecurrenceError> pattern_fault(const Repeating& pattern) {
    if (pattern.interval < 1 || pattern.interval > kLongestInterval) {
        return RecurrenceError::bad_interval;
    }
    return fault_of(pattern);
}

std::optional<RecurrenceError> bound_fault(const Recurrence& recurrence) {
    const auto& [first, pattern, until, count] = recurrence;
    const bool may_be_unbounded = std::holds_alternative<ListedDates>(pattern);
    if ((until && count) || (!until && !count && !may_be_unbounded)) {
        return RecurrenceError::bad_bound;
    }
    if (until && (!is_bookable_date(*until) || *until < first)) {
        return RecurrenceError::bad_bound;
    }
    if (count && (*count < 1 || static_cast<std::size_t>(*count) > kMostOccurrences)) {
        return RecurrenceError::bad_count;
    }
    return std::nullopt;
}

std::optional<RecurrenceError> fault_in(const Recurrence& recurrence) {
    if (!is_bookable_date(recurrence.first)) {
        return RecurrenceError::bad_first;
    }
    const auto fault =
        std::visit([](const auto& pattern) { return pattern_fault(pattern); }, recurrence.pattern);
    return fault ? fault : bound_fault(recurrence);
}

/// Dates offered in order, kept from the first date to the bound.
class Collected {
  public:
    explicit Collected(const Recurrence& recurrence)
        : first_(recurrence.first),
          last_(recurrence.until.value_or(kLastDate)),
          most_(static_cast<std::size_t>(
              recurrence.count.value_or(static_cast<int>(kMostOccurrences) + 1))) {}

    bool is_full() const { return dates.size() == most_; }
    bool is_past(const LocalDate& begins) const { return begins > last_; }
    void offer(const LocalDate& date) {
        if (date >= first_ && date <= last_ && !is_full()) {
            dates.push_back(date);
        }
    }

    std::vector<LocalDate> dates;

  private:
    LocalDate first_;
    LocalDate last_;
    std::size_t most_;
};

void collect(const ListedDates& listed, const LocalDate& /*first*/, Collected& collected) {
    std::vector<LocalDate> dates = listed.dates;
    std::ranges::sort(dates);
    for (const LocalDate& date : dates) {
        collected.offer(date);
    }
}

template <typename Repeating>
void collect(const Repeating& pattern, const LocalDate& first, Collected& collected) {
    Period period = period_of(pattern, first, 0);
    for (int index = 1; !collected.is_past(period.begins) && !collected.is_full(); ++index) {
        for (const LocalDate& date : period.dates) {
            collected.offer(date);
        }
        period = period_of(pattern, first, index);
    }
}

}  // namespace

std::string_view word_of(RecurrenceError error) {
    switch (error) {
        case RecurrenceError::bad_interval:
            return "bad_interval";
        case RecurrenceError::bad_weekdays:
            return "bad_weekdays";
        case RecurrenceError::bad_nth:
            return "bad_nth";
        case RecurrenceError::bad_dates:
            return "bad_dates";
        case RecurrenceError::bad_first:
            return "bad_first";
        case RecurrenceError::bad_bound:
            return "bad_bound";
        case RecurrenceError::bad_count:
            return "bad_count";
        case RecurrenceError::too_many:
            return "too_many";
        case RecurrenceError::too_far:
            return "too_far";
        case RecurrenceError::no_occurrence:
            return "no_occurrence";
    }
    return {};
}

tl::expected<std::vector<LocalDate>, RecurrenceError> expand(const Recurrence& recurrence) {
    if (const auto fault = fault_in(recurrence)) {
        return tl::unexpected(*fault);
    }
    Collected collected(recurrence);
    std::visit([&](const auto& pattern) { collect(pattern, recurrence.first, collected); },
               recurrence.pattern);
    if (collected.dates.size() > kMostOccurrences) {
        return tl::unexpected(RecurrenceError::too_many);
    }
    const bool falls_short = recurrence.count && !collected.is_full();
    if (falls_short && !std::holds_alternative<ListedDates>(recurrence.pattern)) {
        return tl::unexpected(RecurrenceError::too_far);
    }
    if (collected.dates.empty()) {
        return tl::unexpected(RecurrenceError::no_occurrence);
    }
    return collected.dates;
}

}  // namespace creneau::booking
