#include "api/booking/quota_rules.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/room_rules.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace creneau::booking {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::months;
using std::chrono::seconds;
using std::chrono::year_month_day;
using std::chrono::years;

DateRange season_of(std::chrono::month_day from, local_days date) {
    const auto year = year_month_day(date).year();
    const auto start_in = [from](std::chrono::year in) { return local_days(in / from); };
    return date < start_in(year) ? DateRange{start_in(year - years(1)), start_in(year)}
                                 : DateRange{start_in(year), start_in(year + years(1))};
}

/// '1 h 30'
std::string in_hours(seconds time) {
    const auto whole = std::chrono::floor<hours>(time);
    const auto rest = std::chrono::floor<minutes>(time - whole).count();
    return std::to_string(whole.count()) + " h" +
           (rest == 0 ? "" : " " + std::string(rest < 10 ? "0" : "") + std::to_string(rest));
}

Failure exceeded(const Quota& quota, const DateRange& period, const Sentence& most,
                 const Sentence& left) {
    // The last day, as people say it.
    const std::string from = text_of(period.from);
    const std::string to = text_of(period.until - days(1));
    return {Rule::quota_exceeded,
            "start",
            {quota.name + " : au plus " + most.fr + " du " + from + " au " + to + " ; il reste " +
                 left.fr + ".",
             quota.name + ": at most " + most.en + " from " + from + " to " + to + "; " + left.en +
                 " left."}};
}

Sentence in_bookings(std::int64_t count) {
    const std::string number = std::to_string(count);
    return {number + (count > 1 ? " réservations" : " réservation"),
            number + (count == 1 ? " booking" : " bookings")};
}

}  // namespace

bool binds(const Quota& quota, bool is_association) {
    return quota.holder == QuotaHolder::each ||
           (quota.holder == QuotaHolder::association) == is_association;
}

DateRange period_of(const Quota& quota, local_days date) {
    switch (quota.period) {
        case QuotaPeriod::day:
            return {date, date + days(1)};
        case QuotaPeriod::week: {
            const auto monday = date - (std::chrono::weekday(date) - std::chrono::Monday);
            return {monday, monday + days(7)};
        }
        case QuotaPeriod::month: {
            const year_month_day day(date);
            const auto first = day.year() / day.month() / 1;
            return {local_days(first), local_days(first + months(1))};
        }
        case QuotaPeriod::season:
            return season_of(quota.season_from, date);
    }
    std::abort();
}

std::vector<Failure> check_quota(const Quota& quota, const DateRange& period, const Held& held,
                                 seconds wished) {
    switch (quota.unit) {
        case QuotaUnit::hours: {
            const seconds most = hours(quota.most);
            if (held.time + wished <= most) {
                return {};
            }
            const std::string bound = in_hours(most);
            const std::string left = in_hours(std::max(most - held.time, seconds(0)));
            return {exceeded(quota, period, {bound, bound}, {left, left})};
        }
        case QuotaUnit::bookings: {
            if (held.bookings < quota.most) {
                return {};
            }
            return {exceeded(quota, period, in_bookings(quota.most), in_bookings(0))};
        }
    }
    std::abort();
}

}  // namespace creneau::booking
