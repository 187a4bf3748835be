#include "api/audit/day.hpp"

#include <chrono>
#include <string>

namespace creneau::audit {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

namespace {

std::string padded(unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string text_of(sys_days day) {
    const year_month_day date(day);
    return std::to_string(static_cast<int>(date.year())) + '-' +
           padded(static_cast<unsigned>(date.month())) + '-' +
           padded(static_cast<unsigned>(date.day()));
}

DayRun run_of(sys_seconds first, sys_seconds now) {
    const auto today = floor<days>(now);
    const auto day = floor<days>(first);
    if (day > today) {
        return {today + days{1}, sys_seconds::max()};
    }
    return {sys_seconds::min(), day + days{1}};
}

sys_days kept_from(sys_seconds now, std::chrono::months months) {
    const year_month_day date(floor<days>(now));
    const auto then = date - months;
    return then.ok() ? sys_days(then) : sys_days(then.year() / then.month() / std::chrono::last);
}

}  // namespace creneau::audit
