#include "api/booking/booking_error.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/series/local_date.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace creneau::booking {

namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::minutes;

constexpr minutes kWholeDay{24 * 60};

bool has_week(const OpeningHours& opening) {
    return std::ranges::any_of(opening.week, [](const auto& hours) { return !hours.empty(); });
}

std::vector<OpenHours> hours_on(const OpeningHours& opening, local_days date) {
    const auto exception = opening.exceptions.find(date);
    if (exception != opening.exceptions.end()) {
        return exception->second;
    }
    if (!has_week(opening)) {
        return {{minutes(0), kWholeDay}};
    }
    return opening.week.at(std::chrono::weekday(date).iso_encoding() - 1);
}

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string clock_of(minutes of_day) {
    const auto within = of_day % kWholeDay;
    return two_digits(within / std::chrono::hours(1)) + ":" +
           two_digits(within % std::chrono::hours(1) / minutes(1));
}

Sentence hours_in_words(const OpeningHours& opening, local_days date) {
    const auto hours = hours_on(opening, date);
    if (hours.empty()) {
        return {"La salle est fermée le " + text_of(date) + " : choisissez un autre jour.",
                "The room is closed on " + text_of(date) + ": choose another day."};
    }
    Sentence said{"La salle est ouverte le " + text_of(date) + " de ",
                  "The room is open on " + text_of(date) + " from "};
    for (std::size_t i = 0; i < hours.size(); ++i) {
        said.fr +=
            (i == 0 ? "" : ", de ") + clock_of(hours[i].from) + " à " + clock_of(hours[i].until);
        said.en +=
            (i == 0 ? "" : ", from ") + clock_of(hours[i].from) + " to " + clock_of(hours[i].until);
    }
    return {said.fr + ".", said.en + "."};
}

}  // namespace

std::string text_of(local_days date) {
    return text_of(LocalDate(date));
}

std::vector<LocalSlot> openings_about(const OpeningHours& opening, const LocalSlot& slot,
                                      const WallClock& shown) {
    std::vector<LocalSlot> all;
    const auto last = std::chrono::floor<days>(slot.end);
    for (auto date = std::chrono::floor<days>(slot.start) - days(1); date <= last;
         date += days(1)) {
        for (const OpenHours& hours : hours_on(opening, date)) {
            all.push_back({shown(date + hours.from), shown(date + hours.until)});
        }
    }
    std::ranges::sort(all, {}, &LocalSlot::start);
    std::vector<LocalSlot> joined;
    for (const LocalSlot& next : all) {
        if (!joined.empty() && next.start <= joined.back().end) {
            joined.back().end = std::max(joined.back().end, next.end);
        } else {
            joined.push_back(next);
        }
    }
    return joined;
}

std::vector<Failure> check_opening(const OpeningHours& opening, const LocalSlot& slot,
                                   const WallClock& shown) {
    const auto openings = openings_about(opening, slot, shown);
    const auto holds = [](const LocalSlot& open, LocalMinutes at) {
        return open.start <= at && at < open.end;
    };
    const auto within = std::ranges::find_if(
        openings, [&](const LocalSlot& open) { return holds(open, slot.start); });
    if (within != openings.end() && slot.end <= within->end) {
        return {};
    }
    const bool starts_well = within != openings.end();
    // Hours that go on past midnight belong to the day on which they began.
    const auto date = std::chrono::floor<days>(starts_well ? within->start : slot.start);
    return {{Rule::outside_opening_hours, starts_well ? "end" : "start",
             hours_in_words(opening, date)}};
}

}  // namespace creneau::booking
