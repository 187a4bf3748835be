#include "api/documents/school_calendar.hpp"

#include "api/documents/school_events.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::documents {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::string_view kSeparator = " - ";
constexpr std::string_view kCorse = "Corse";
constexpr std::array<std::string_view, 6> kTermBegins{"Rentrée",    "rentrée",     "Prérentrée",
                                                      "prérentrée", "Pré-rentrée", "Reprise"};
constexpr std::string_view kOfTeachers = "nseignants";
constexpr std::array<std::string_view, 2> kWithoutEnd{"Début", "début"};

/// An event's name and the zones that it is for: "Vacances d'Hiver - Zones A/C - Corse".
struct Title {
    std::string name;
    bool names_zones = false;
    bool is_ours = false;
};

std::string_view letter_of(SchoolZone zone) {
    switch (zone) {
        case SchoolZone::a:
            return "A";
        case SchoolZone::b:
            return "B";
        case SchoolZone::c:
            return "C";
        case SchoolZone::corse:
            return {};
    }
    return {};
}

template <std::size_t Size>
bool begins_with_one_of(std::string_view text, const std::array<std::string_view, Size>& words) {
    return std::ranges::any_of(words, [text](auto word) { return text.starts_with(word); });
}

/// Whether the letter stands alone in "A/B/C" or "A B C".
bool lists(std::string_view letters, std::string_view letter) {
    while (!letters.empty()) {
        const std::size_t end = std::min(letters.find_first_of("/ ,"), letters.size());
        if (!letter.empty() && letters.substr(0, end) == letter) {
            return true;
        }
        letters.remove_prefix(std::min(end + 1, letters.size()));
    }
    return false;
}

/// The letters of "Zone C" or "Zones A/B/C"; nothing where a part is something else.
std::optional<std::string_view> letters_in(std::string_view part) {
    for (const std::string_view mark : {"Zones ", "Zone "}) {
        if (part.starts_with(mark)) {
            const std::string_view letters = part.substr(mark.size());
            const bool is_known = lists(letters, "A") || lists(letters, "B") || lists(letters, "C");
            return is_known ? std::optional(letters) : std::nullopt;
        }
    }
    return std::nullopt;
}

void add_part(Title& title, std::string_view part, SchoolZone zone) {
    const auto letters = letters_in(part);
    if (!letters && part != kCorse) {
        title.name += (title.name.empty() ? "" : std::string(kSeparator)) + std::string(part);
        return;
    }
    title.names_zones = true;
    const bool is_here = letters ? lists(*letters, letter_of(zone)) : zone == SchoolZone::corse;
    title.is_ours = title.is_ours || is_here;
}

Title title_of(std::string_view summary, SchoolZone zone) {
    Title title;
    while (!summary.empty()) {
        const std::size_t end = summary.find(kSeparator);
        add_part(title, summary.substr(0, end), zone);
        const bool is_last = end == std::string_view::npos;
        summary = is_last ? std::string_view{} : summary.substr(end + kSeparator.size());
    }
    return title;
}

/// What the events of one zone say.
class ZoneReader {
  public:
    explicit ZoneReader(SchoolZone zone) : zone_(zone) {}

    void take(const SchoolEvent& event) {
        const Title title = title_of(event.summary, zone_);
        if (title.names_zones && !title.is_ours) {
            return;
        }
        known_from_ = std::min(known_from_.value_or(event.first), event.first);
        const bool is_term = begins_with_one_of(title.name, kTermBegins) ||
                             title.name.find(kOfTeachers) != std::string::npos;
        if (is_term) {
            return;
        }
        const bool is_marker =
            event.first == event.last && begins_with_one_of(title.name, kWithoutEnd);
        (is_marker ? markers_ : holidays_)
            .push_back({title.name.empty() ? event.summary : title.name, event.first, event.last});
    }

    std::optional<SchoolYears> years() {
        keep_open_ends();
        if (holidays_.empty()) {
            return std::nullopt;
        }
        std::ranges::sort(holidays_, {}, &SchoolHolidayDates::first);
        SchoolYears years{{}, known_from_.value_or(holidays_.front().first), {}};
        years.known_until = holidays_.front().last;
        for (const SchoolHolidayDates& holiday : holidays_) {
            join(years.holidays, holiday);
            years.known_until = std::max(years.known_until, holiday.last);
        }
        return years;
    }

  private:
    bool is_holiday(const year_month_day& date) const {
        return std::ranges::any_of(holidays_, [&](const SchoolHolidayDates& holiday) {
            return date >= holiday.first && date <= holiday.last;
        });
    }

    /// The earliest holiday without a published end closes what is known: whether later events
    /// follow a term or another holiday cannot be told.
    void keep_open_ends() {
        std::erase_if(markers_, [this](const auto& marker) { return is_holiday(marker.first); });
        const auto open = std::ranges::min_element(markers_, {}, &SchoolHolidayDates::first);
        if (open == markers_.end()) {
            return;
        }
        std::erase_if(holidays_, [&](const auto& holiday) { return holiday.first > open->first; });
        holidays_.push_back(*open);
    }

    static void join(std::vector<SchoolHolidayDates>& joined, const SchoolHolidayDates& holiday) {
        for (SchoolHolidayDates& earlier : joined) {
            const bool touches =
                sys_days{holiday.first} <= sys_days{earlier.last} + std::chrono::days{1};
            if (earlier.name == holiday.name && touches) {
                earlier.last = std::max(earlier.last, holiday.last);
                return;
            }
        }
        joined.push_back(holiday);
    }

    SchoolZone zone_;
    std::optional<year_month_day> known_from_;
    std::vector<SchoolHolidayDates> holidays_;
    std::vector<SchoolHolidayDates> markers_;
};

}  // namespace

std::string_view word_of(SchoolFileFault fault) {
    switch (fault) {
        case SchoolFileFault::too_large:
            return "too_large";
        case SchoolFileFault::not_a_calendar:
            return "not_a_calendar";
        case SchoolFileFault::bad_line:
            return "bad_line";
        case SchoolFileFault::bad_date:
            return "bad_date";
        case SchoolFileFault::bad_interval:
            return "bad_interval";
        case SchoolFileFault::doubled:
            return "doubled";
        case SchoolFileFault::missing:
            return "missing";
        case SchoolFileFault::unsupported:
            return "unsupported";
        case SchoolFileFault::no_holiday:
            return "no_holiday";
    }
    return {};
}

tl::expected<SchoolYears, SchoolFileError> read_school_calendar(std::string_view file,
                                                                SchoolZone zone) {
    const auto events = read_school_events(file);
    if (!events) {
        return tl::unexpected(events.error());
    }
    ZoneReader reader(zone);
    for (const SchoolEvent& event : *events) {
        reader.take(event);
    }
    if (auto years = reader.years()) {
        return *years;
    }
    return tl::unexpected(SchoolFileError{SchoolFileFault::no_holiday, 0, {}});
}

}  // namespace creneau::documents
