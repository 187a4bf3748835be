// series_samples COUNT SEED: prints COUNT random series of 2024 to 2045 with what expand() and, in
// three time zones, occurrence_slot() make of them, one JSON value a line, for a test that shares
// no code with ours.

#include "api/booking/series/occurrence.hpp"
#include "api/booking/series/recurrence.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <iostream>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::booking {
namespace {

using nlohmann::json;

constexpr std::array kZones{"Europe/Paris", "America/New_York", "Australia/Lord_Howe"};
const LocalDate kFrom{std::chrono::year{2024}, std::chrono::January, std::chrono::day{1}};
const LocalDate kTo{std::chrono::year{2045}, std::chrono::December, std::chrono::day{31}};

class Samples {
  public:
    explicit Samples(unsigned seed) : random_(seed) {}

    json next() {
        const Recurrence recurrence = series();
        const std::string start = time();
        const std::string end = time();
        const int end_days = start < end ? between(0, 1) : between(1, 2);
        json sample = json_of(recurrence);
        sample["start_time"] = start;
        sample["end_time"] = end;
        sample["end_day_offset"] = end_days;
        const auto dates = expand(recurrence);
        if (!dates) {
            sample["error"] = word_of(dates.error());
            return sample;
        }
        for (const LocalDate& date : *dates) {
            sample["dates"].push_back(text_of(date));
            for (const char* zone : kZones) {
                sample["slots"][zone].push_back(
                    slot_of(occurrence_slot(date, start, end, end_days, zone)));
            }
        }
        return sample;
    }

  private:
    static json slot_of(const tl::expected<Slot, TimeError>& slot) {
        if (!slot) {
            return nullptr;
        }
        return {slot->at.start.time_since_epoch().count(), slot->at.end.time_since_epoch().count()};
    }

    struct PatternJson {
        json operator()(const Daily& daily) const {
            return {{"kind", "daily"}, {"interval", daily.interval}};
        }
        json operator()(const Weekly& weekly) const {
            json days = json::array();
            for (const auto day : weekly.days) {
                days.push_back(day.iso_encoding());
            }
            return {{"kind", "weekly"}, {"interval", weekly.interval}, {"weekdays", days}};
        }
        json operator()(const MonthlyByDate& monthly) const {
            return {{"kind", "monthly_by_date"}, {"interval", monthly.interval}};
        }
        json operator()(const MonthlyByWeekday& monthly) const {
            return {{"kind", "monthly_by_weekday"},
                    {"interval", monthly.interval},
                    {"nth", monthly.nth},
                    {"weekday", monthly.day.iso_encoding()}};
        }
        json operator()(const Yearly& yearly) const {
            return {{"kind", "yearly"}, {"interval", yearly.interval}};
        }
        json operator()(const ListedDates& listed) const {
            json dates = json::array();
            for (const LocalDate& date : listed.dates) {
                dates.push_back(text_of(date));
            }
            return {{"kind", "listed"}, {"dates", dates}};
        }
    };

    static json json_of(const Recurrence& recurrence) {
        json value{{"first", text_of(recurrence.first)},
                   {"pattern", std::visit(PatternJson{}, recurrence.pattern)}};
        if (recurrence.until) {
            value["until"] = text_of(*recurrence.until);
        }
        if (recurrence.count) {
            value["count"] = *recurrence.count;
        }
        return value;
    }

    static int days_to_end(const LocalDate& from) {
        return static_cast<int>((std::chrono::sys_days{kTo} - std::chrono::sys_days{from}).count());
    }

    Recurrence series() {
        const int all = days_to_end(kFrom);
        Recurrence recurrence{plus_days(kFrom, between(0, all)), Daily{}, {}, {}};
        recurrence.pattern = pattern(recurrence.first);
        if (between(0, 2) == 0) {
            recurrence.count = between(1, between(0, 3) == 0 ? 400 : 40);
        } else {
            const int left = days_to_end(recurrence.first);
            recurrence.until = plus_days(recurrence.first, between(0, std::min(left, 3000)));
        }
        return recurrence;
    }

    Pattern pattern(const LocalDate& first) {
        const int interval = between(0, 5) == 0 ? between(1, 99) : between(1, 4);
        switch (between(0, 5)) {
            case 0:
                return Daily{interval};
            case 1:
                return Weekly{interval, weekdays()};
            case 2:
                return MonthlyByDate{interval};
            case 3: {
                const int nth = between(0, 4);
                return MonthlyByWeekday{interval, nth == 0 ? -1 : nth,
                                        std::chrono::weekday(static_cast<unsigned>(between(0, 6)))};
            }
            case 4:
                return Yearly{interval};
            default:
                return listed(first);
        }
    }

    std::vector<std::chrono::weekday> weekdays() {
        std::vector<std::chrono::weekday> all;
        for (unsigned day = 0; day < 7; ++day) {
            all.emplace_back(day);
        }
        std::ranges::shuffle(all, random_);
        all.resize(static_cast<std::size_t>(between(1, 7)));
        return all;
    }

    ListedDates listed(const LocalDate& first) {
        ListedDates listed;
        int offset = between(-30, 0);
        for (int left = between(1, 30); left > 0; --left) {
            listed.dates.push_back(plus_days(first, offset));
            offset += between(1, 60);
        }
        std::ranges::shuffle(listed.dates, random_);
        return listed;
    }

    /// A quarter of an hour, often one that a clock change touches.
    std::string time() {
        const int quarters = between(0, 1) == 0 ? between(2, 16) : between(0, 95);
        const auto two = [](int number) {
            return std::string(number < 10 ? "0" : "") + std::to_string(number);
        };
        return two(quarters / 4) + ':' + two(quarters % 4 * 15);
    }

    // The standard's distributions differ from one library to the next.
    int between(int low, int high) {
        const auto width = static_cast<unsigned>(high - low) + 1;
        return low + static_cast<int>(random_() % width);
    }

    std::mt19937 random_;
};

}  // namespace
}  // namespace creneau::booking

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: series_samples COUNT SEED\n";
        return 2;
    }
    creneau::booking::Samples samples{static_cast<unsigned>(std::stoul(argv[2]))};
    for (int left = std::stoi(argv[1]); left > 0; --left) {
        std::cout << samples.next() << '\n';
    }
    return 0;
}
