#include "api/documents/date_rule.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::documents {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::weekday;
using std::chrono::weeks;

constexpr std::array<std::string_view, 7> kDays{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

local_days monday_of(local_days date) {
    return date - (weekday(date) - std::chrono::Monday);
}

/// Every so many weeks there is a date; 0 when all are of one week.
weeks interval_of(const std::vector<local_days>& dates) {
    long interval = 0;
    for (const local_days date : dates) {
        const auto apart = monday_of(date) - monday_of(dates.front());
        interval = std::gcd(interval, std::chrono::duration_cast<weeks>(apart).count());
    }
    return weeks(interval);
}

}  // namespace

DateRule rule_of(const std::vector<local_days>& dates) {
    const weeks interval = interval_of(dates);
    if (interval == weeks(0)) {
        return {};
    }
    std::set<days> offsets;  // from a week's Monday
    for (const local_days date : dates) {
        offsets.insert(date - monday_of(date));
    }
    DateRule found;
    for (auto week = monday_of(dates.front()); week <= dates.back(); week += interval) {
        for (const days offset : offsets) {
            const local_days date = week + offset;
            if (date > dates.front() && date < dates.back() &&
                !std::binary_search(dates.begin(), dates.end(), date)) {
                found.left_out.push_back(date);
            }
        }
    }
    if (found.left_out.size() > dates.size()) {
        return {};
    }
    found.rule = "FREQ=WEEKLY;INTERVAL=" + std::to_string(interval.count()) +
                 ";COUNT=" + std::to_string(dates.size() + found.left_out.size()) +
                 ";WKST=MO;BYDAY=";
    for (const days offset : offsets) {
        found.rule += offset == *offsets.begin() ? "" : ",";
        found.rule += kDays.at(static_cast<std::size_t>(offset.count()));
    }
    return found;
}

}  // namespace creneau::documents
