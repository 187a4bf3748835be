#include "api/booking/series/recurrence.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace creneau::booking {
namespace {

bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in(int year, int month) {
    constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

/// A calendar that goes from one day to the next and counts what it passes: no arithmetic that the
/// expansion could share. 1 January 2000 was a Saturday.
struct Walker {
    int year = 2000;
    int month = 1;
    int day = 1;
    int weekday = 6;  // 0 is Sunday
    int days = 0;
    int weeks = 0;  // Mondays passed
    int months = 0;

    void step() {
        ++days;
        weekday = (weekday + 1) % 7;
        weeks += weekday == 1 ? 1 : 0;
        if (++day > days_in(year, month)) {
            day = 1;
            ++months;
            if (++month > 12) {
                month = 1;
                ++year;
            }
        }
    }
    LocalDate date() const {
        return {std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                std::chrono::day{static_cast<unsigned>(day)}};
    }
};

bool is_in(const std::vector<std::chrono::weekday>& days, int weekday) {
    return std::ranges::any_of(days, [weekday](std::chrono::weekday day) {
        return static_cast<int>(day.c_encoding()) == weekday;
    });
}

/// Whether a pattern names the day that `now` stands on, when it began on `first`.
struct Names {
    const Walker& first;
    const Walker& now;

    bool operator()(const Daily& daily) const {
        return (now.days - first.days) % daily.interval == 0;
    }
    bool operator()(const Weekly& weekly) const {
        return (now.weeks - first.weeks) % weekly.interval == 0 && is_in(weekly.days, now.weekday);
    }
    bool operator()(const MonthlyByDate& monthly) const {
        return (now.months - first.months) % monthly.interval == 0 && now.day == first.day;
    }
    bool operator()(const MonthlyByWeekday& monthly) const {
        const int nth = (now.day - 1) / 7 + 1;
        const bool is_last = now.day + 7 > days_in(now.year, now.month);
        return (now.months - first.months) % monthly.interval == 0 &&
               static_cast<int>(monthly.day.c_encoding()) == now.weekday &&
               (monthly.nth == -1 ? is_last : monthly.nth == nth);
    }
    bool operator()(const Yearly& yearly) const {
        return (now.year - first.year) % yearly.interval == 0 && now.month == first.month &&
               now.day == first.day;
    }
    bool operator()(const ListedDates& listed) const {
        return std::ranges::find(listed.dates, now.date()) != listed.dates.end();
    }
};

/// Every day to the end of 2099, asked one by one; the error's word where it is none.
struct Expected {
    std::vector<LocalDate> dates;
    std::string_view error;
};

Expected brute_force(const Recurrence& recurrence) {
    Walker first;
    while (first.date() != recurrence.first) {
        first.step();
    }
    Expected expected;
    const auto most = static_cast<std::size_t>(recurrence.count.value_or(401));
    for (Walker now = first; now.year < 2100 && expected.dates.size() < most; now.step()) {
        if (recurrence.until && now.date() > *recurrence.until) {
            break;
        }
        if (std::visit(Names{first, now}, recurrence.pattern)) {
            expected.dates.push_back(now.date());
        }
    }
    const bool is_listed = std::holds_alternative<ListedDates>(recurrence.pattern);
    if (expected.dates.size() > 400) {
        expected.error = "too_many";
    } else if (recurrence.count && expected.dates.size() < most && !is_listed) {
        expected.error = "too_far";
    } else if (expected.dates.empty()) {
        expected.error = "no_occurrence";
    }
    return expected;
}

LocalDate date_between(int low, int high) {
    const std::chrono::sys_days start{kFirstDate};
    return start + std::chrono::days{*rc::gen::inRange(low, high)};
}

int interval() {
    return *rc::gen::weightedOneOf<int>(
        {{5, rc::gen::inRange(1, 5)}, {1, rc::gen::inRange(1, 100)}});
}

std::chrono::weekday weekday() {
    return std::chrono::weekday{*rc::gen::inRange(0U, 7U)};
}

std::vector<std::chrono::weekday> weekdays() {
    const int chosen = *rc::gen::inRange(1, 128);
    std::vector<std::chrono::weekday> days;
    for (unsigned day = 0; day < 7; ++day) {
        if (((chosen >> day) & 1) != 0) {
            days.emplace_back(day);
        }
    }
    return days;
}

ListedDates listed_from(const LocalDate& first) {
    const auto offsets =
        *rc::gen::nonEmpty(rc::gen::unique<std::vector<int>>(rc::gen::inRange(-20, 400)));
    ListedDates listed;
    for (const int offset : offsets) {
        listed.dates.push_back(plus_days(first, offset));
    }
    return listed;
}

Pattern pattern_from(const LocalDate& first) {
    switch (*rc::gen::inRange(0, 6)) {
        case 0:
            return Daily{interval()};
        case 1:
            return Weekly{interval(), weekdays()};
        case 2:
            return MonthlyByDate{interval()};
        case 3:
            return MonthlyByWeekday{interval(), *rc::gen::element(1, 2, 3, 4, -1), weekday()};
        case 4:
            return Yearly{interval()};
        default:
            return listed_from(first);
    }
}

Recurrence any_series() {
    constexpr int kFirstOfLast = 36'524 - 400;  // listed dates stay before 2100
    Recurrence recurrence{date_between(20, kFirstOfLast), Daily{}, {}, {}};
    recurrence.pattern = pattern_from(recurrence.first);
    if (*rc::gen::arbitrary<bool>()) {
        recurrence.count = *rc::gen::weightedOneOf<int>(
            {{3, rc::gen::inRange(1, 30)}, {1, rc::gen::inRange(1, 401)}});
    } else {
        const int days = *rc::gen::weightedOneOf<int>(
            {{1, rc::gen::inRange(0, 40)}, {2, rc::gen::inRange(0, 4000)}});
        const LocalDate last = plus_days(recurrence.first, days);
        recurrence.until = std::min(last, kLastDate);
    }
    return recurrence;
}

/// The rules are those of the day-by-day calendar, errors included.
TEST(SeriesProperty, AgreesWithACalendarThatAsksEachDay) {
    EXPECT_TRUE(rc::check([] {
        for (int left = 10; left > 0; --left) {
            const Recurrence recurrence = any_series();
            const Expected expected = brute_force(recurrence);
            RC_CLASSIFY(!expected.error.empty(), std::string(expected.error));
            const auto dates = expand(recurrence);
            RC_ASSERT((dates ? std::string_view{} : word_of(dates.error())) == expected.error);
            if (dates) {
                RC_ASSERT(*dates == expected.dates);
            }
        }
    }));
}

/// A series that is split at one of its dates goes on as before: the day before closes the first
/// part and the date begins the second.
TEST(SeriesProperty, SplitsAtAnyOfItsDates) {
    EXPECT_TRUE(rc::check([] {
        Recurrence whole = any_series();
        const auto dates = expand(whole);
        RC_PRE(dates.has_value() && dates->size() > 1);
        const auto at = *rc::gen::inRange<std::size_t>(1, dates->size());
        Recurrence before = whole;
        before.count.reset();
        before.until = plus_days((*dates)[at], -1);
        Recurrence after = whole;
        after.first = (*dates)[at];
        if (whole.count) {
            after.count = static_cast<int>(dates->size() - at);
        }
        auto joined = expand(before).value();
        const auto rest = expand(after).value();
        joined.insert(joined.end(), rest.begin(), rest.end());
        RC_ASSERT(joined == *dates);
    }));
}

}  // namespace
}  // namespace creneau::booking
