#include "api/documents/school_events.hpp"

#include "api/documents/calendar_lines.hpp"
#include "api/documents/school_calendar.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::documents {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;
using Fault = std::optional<SchoolFileFault>;

constexpr std::string_view kCalendar = "VCALENDAR";
constexpr std::string_view kEvent = "VEVENT";
constexpr std::size_t kDeepest = 4;
constexpr std::size_t kLongestSummary = 200;
constexpr std::size_t kDateLength = 8;
constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2099;

/// The date of a DATE value (RFC 5545 3.3.4), '20261017'. The type may be left out, since nothing
/// else has eight digits.
std::optional<year_month_day> date_of(const CalendarLine& line) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool has_shape =
        line.value.size() == kDateLength && std::ranges::all_of(line.value, is_digit);
    if (!has_shape || (!line.value_type.empty() && line.value_type != "DATE")) {
        return std::nullopt;
    }
    unsigned number = 0;
    std::from_chars(line.value.data(), line.value.data() + line.value.size(), number);
    const year_month_day date{std::chrono::year{static_cast<int>(number / 10'000)},
                              std::chrono::month{number / 100 % 100},
                              std::chrono::day{number % 100}};
    const bool is_near =
        date.year() >= std::chrono::year{kFirstYear} && date.year() <= std::chrono::year{kLastYear};
    return date.ok() && is_near ? std::optional(date) : std::nullopt;
}

/// Whether a value is this word, in whatever letters (RFC 5545 2).
bool is_word(std::string_view value, std::string_view word) {
    return std::ranges::equal(value, word, [](unsigned char one, unsigned char other) {
        return std::toupper(one) == std::toupper(other);
    });
}

/// What an event's properties say, one after the other.
struct OpenEvent {
    std::string summary;
    std::optional<year_month_day> start;
    std::optional<year_month_day> end;
    bool is_cancelled = false;

    Fault take(const CalendarLine& line) {
        if (line.name == "SUMMARY") {
            return take_summary(line);
        }
        if (line.name == "DTSTART") {
            return take_date(line, start);
        }
        if (line.name == "DTEND") {
            return take_date(line, end);
        }
        if (line.name == "STATUS") {
            is_cancelled = is_cancelled || is_word(line.value, "CANCELLED");
            return std::nullopt;
        }
        const bool says_more_days = line.name == "RRULE" || line.name == "RDATE" ||
                                    line.name == "EXDATE" || line.name == "DURATION";
        return says_more_days ? Fault(SchoolFileFault::unsupported) : std::nullopt;
    }

    tl::expected<SchoolEvent, SchoolFileFault> close() const {
        if (summary.empty() || !start) {
            return tl::unexpected(SchoolFileFault::missing);
        }
        const sys_days first{*start};
        const sys_days past = end ? sys_days{*end} : first;
        const sys_days last = std::max(first, past - std::chrono::days{1});
        if (past < first || last - first >= std::chrono::days{kLongestSchoolHoliday}) {
            return tl::unexpected(SchoolFileFault::bad_interval);
        }
        return SchoolEvent{summary, first, last};
    }

  private:
    Fault take_summary(const CalendarLine& line) {
        if (!summary.empty()) {
            return SchoolFileFault::doubled;
        }
        if (line.value.size() > kLongestSummary) {
            return SchoolFileFault::bad_line;
        }
        summary = unescaped_text(line.value);
        return std::nullopt;
    }
    static Fault take_date(const CalendarLine& line, std::optional<year_month_day>& date) {
        if (date) {
            return SchoolFileFault::doubled;
        }
        date = date_of(line);
        return date ? std::nullopt : Fault(SchoolFileFault::bad_date);
    }
};

/// Follows the components of a file and keeps its events.
class EventReader {
  public:
    Fault take(const CalendarLine& line) {
        if (line.name == "BEGIN") {
            return begin(line.value);
        }
        if (open_.empty()) {
            return SchoolFileFault::not_a_calendar;
        }
        if (line.name == "END") {
            return end(line.value);
        }
        return open_.back() == kEvent ? event_.take(line) : std::nullopt;
    }
    bool is_whole() const { return has_begun_ && open_.empty(); }
    const std::string& summary() const { return event_.summary; }

    std::vector<SchoolEvent> events;

  private:
    Fault begin(const std::string& component) {
        const bool is_first = open_.empty() && !has_begun_ && component == kCalendar;
        const bool is_inside = !open_.empty() && open_.size() < kDeepest && component != kCalendar;
        // Events stand in the calendar itself: what is nested elsewhere is no event of its own.
        const bool is_misplaced = component == kEvent && open_.size() != 1;
        if ((!is_first && !is_inside) || is_misplaced) {
            return SchoolFileFault::not_a_calendar;
        }
        if (component == kEvent) {
            event_ = {};
        }
        has_begun_ = true;
        open_.push_back(component);
        return std::nullopt;
    }
    Fault end(const std::string& component) {
        if (open_.back() != component) {
            return SchoolFileFault::not_a_calendar;
        }
        open_.pop_back();
        return component == kEvent ? close_event() : std::nullopt;
    }
    Fault close_event() {
        auto event = event_.close();
        if (!event) {
            return event.error();
        }
        if (events.size() == kMostSchoolEvents) {
            return SchoolFileFault::too_large;
        }
        if (!event_.is_cancelled) {
            events.push_back(std::move(*event));
        }
        event_ = {};
        return std::nullopt;
    }

    std::vector<std::string> open_;
    bool has_begun_ = false;
    OpenEvent event_;
};

}  // namespace

tl::expected<std::vector<SchoolEvent>, SchoolFileError> read_school_events(std::string_view file) {
    if (file.size() > kLargestSchoolFile) {
        return tl::unexpected(SchoolFileError{SchoolFileFault::too_large, 0, {}});
    }
    const auto lines = calendar_lines(file);
    if (!lines) {
        return tl::unexpected(SchoolFileError{SchoolFileFault::bad_line, lines.error(), {}});
    }
    EventReader reader;
    for (const CalendarLine& line : *lines) {
        if (const Fault fault = reader.take(line)) {
            return tl::unexpected(SchoolFileError{*fault, line.number, reader.summary()});
        }
    }
    if (!reader.is_whole()) {
        return tl::unexpected(SchoolFileError{});
    }
    return std::move(reader.events);
}

}  // namespace creneau::documents
