#include "api/reports/report_rules.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/reports/report_types.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::reports {

namespace {

constexpr std::array<std::pair<UsageBy, std::string_view>, 5> kWords{
    {{UsageBy::room, "room"},
     {UsageBy::association, "association"},
     {UsageBy::kind, "kind"},
     {UsageBy::month, "month"},
     {UsageBy::weekday, "weekday"}}};

/// The least of `delays` that a share of `tenths` in ten do not pass; they are in order.
std::optional<std::int64_t> within(const std::vector<std::int64_t>& delays, std::size_t tenths) {
    if (delays.empty()) {
        return std::nullopt;
    }
    const std::size_t needed = (delays.size() * tenths + 9) / 10;
    return delays[std::max<std::size_t>(needed, 1) - 1];
}

void count(Requests& sum, booking::Status status) {
    switch (status) {
        case booking::Status::pending:
            ++sum.pending;
            return;
        case booking::Status::approved:
            ++sum.approved;
            return;
        case booking::Status::refused:
            ++sum.refused;
            return;
        case booking::Status::cancelled:
            ++sum.cancelled;
            return;
    }
}

}  // namespace

std::string_view word_of(UsageBy by) {
    return std::ranges::find(kWords, by, &std::pair<UsageBy, std::string_view>::first)->second;
}

std::optional<UsageBy> usage_by_of(std::string_view word) {
    const auto* const found =
        std::ranges::find(kWords, word, &std::pair<UsageBy, std::string_view>::second);
    return found == kWords.end() ? std::nullopt : std::optional(found->first);
}

Booked& Booked::operator+=(const Booked& other) {
    bookings += other.bookings;
    minutes += other.minutes;
    attendees += other.attendees;
    checked_in_minutes += other.checked_in_minutes;
    return *this;
}

std::string weekday_of(const std::string& date) {
    const auto day = booking::parse_date(date);
    return day ? std::to_string(std::chrono::weekday(std::chrono::sys_days(*day)).iso_encoding())
               : std::string();
}

std::vector<UsageRow> by_weekday(const std::vector<UsageRow>& by_date) {
    std::map<std::string, Booked> days;
    for (const UsageRow& row : by_date) {
        days[weekday_of(row.key)] += row.booked;
    }
    std::vector<UsageRow> rows;
    rows.reserve(days.size());
    for (const auto& [day, booked] : days) {
        rows.push_back({day, {}, booked});
    }
    return rows;
}

Booked sum_of(const std::vector<UsageRow>& rows) {
    Booked sum;
    for (const UsageRow& row : rows) {
        sum += row.booked;
    }
    return sum;
}

Requests summed_up(const std::vector<Decided>& requests) {
    Requests sum;
    std::vector<std::int64_t> delays;
    for (const Decided& request : requests) {
        ++sum.received;
        count(sum, request.status);
        if (request.delay_min) {
            delays.push_back(*request.delay_min);
        }
    }
    std::ranges::sort(delays);
    sum.median_delay = within(delays, 5);
    sum.longest_of_nine_tenths = within(delays, 9);
    return sum;
}

std::vector<GroundCount> grounds_of(const std::vector<Decided>& requests) {
    std::map<std::string, GroundCount> counts;
    for (const Decided& request : requests) {
        if (request.ground.empty()) {
            continue;
        }
        GroundCount& ground = counts[request.ground];
        ground.code = request.ground;
        ground.refused += request.status == booking::Status::refused ? 1 : 0;
        ground.cancelled += request.status == booking::Status::cancelled ? 1 : 0;
    }
    std::vector<GroundCount> grounds;
    grounds.reserve(counts.size());
    for (auto& [code, ground] : counts) {
        grounds.push_back(std::move(ground));
    }
    std::ranges::stable_sort(grounds, std::ranges::greater(), [](const GroundCount& ground) {
        return ground.refused + ground.cancelled;
    });
    return grounds;
}

}  // namespace creneau::reports
