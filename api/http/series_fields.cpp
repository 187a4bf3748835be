#include "api/http/series_fields.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/series/edit_series.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/booking/series/retry_series.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/http/booking_fields.hpp"
#include "api/http/equipment_fields.hpp"
#include "api/http/fields.hpp"
#include "api/http/request.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace creneau::http {

namespace {

constexpr IntegerRange kId{1, std::numeric_limits<std::int64_t>::max()};
// Wider than any rule: what is too much is for the rules to say, with what would pass.
constexpr std::size_t kLongText = 20'000;
constexpr std::size_t kLongWord = 40;
constexpr std::size_t kManyDates = 1000;
constexpr std::size_t kManyWords = 20;

std::vector<booking::LocalDate> dates_in(Fields& fields, const std::string& name) {
    std::vector<booking::LocalDate> dates;
    for (const auto& text : fields.optional_texts(name, kManyDates)) {
        if (const auto date = date_of(fields, name, text)) {
            dates.push_back(*date);
        }
    }
    return dates;
}

std::vector<std::chrono::weekday> weekdays_in(Fields& fields) {
    std::vector<std::chrono::weekday> days;
    for (const auto& word : fields.optional_texts("weekdays", kManyWords)) {
        const auto day = booking::weekday_of(word);
        if (day) {
            days.push_back(*day);
        } else {
            fields.refuse("/weekdays", "not_a_weekday",
                          {"Attendu : monday à sunday.", "Expected: monday to sunday."});
        }
    }
    return days;
}

/// What a pattern says nothing with is refused, not dropped: its sender expects it to count.
void refuse_idle(Fields& fields, const std::string& name, bool is_idle) {
    if (is_idle) {
        fields.refuse(fields.name_of(name), "not_of_pattern",
                      {"Cette forme de série n’emploie pas ce champ : ôtez-le, ou changez pattern.",
                       "This pattern does not use this field: take it off, or change pattern."});
    }
}

booking::Pattern pattern_in(Fields& fields) {
    booking::PatternParts parts;
    parts.word = fields.text("pattern", kLongWord);
    const auto interval = fields.optional_integer("interval", kAnyCount);
    const auto nth = fields.optional_integer("nth", kAnyCount);
    parts.interval = static_cast<int>(interval.value_or(1));
    parts.nth = static_cast<int>(nth.value_or(0));
    parts.weekdays = weekdays_in(fields);
    auto dates = dates_in(fields, "dates");
    auto pattern = booking::pattern_of(parts);
    if (!pattern && !parts.word.empty()) {
        fields.refuse("/pattern", "unknown_pattern",
                      {"Attendu : daily, weekly, monthly, monthly_weekday (avec un seul jour dans "
                       "weekdays), yearly ou dates.",
                       "Expected: daily, weekly, monthly, monthly_weekday (with just one day in "
                       "weekdays), yearly or dates."});
    }
    const bool is_list = parts.word == "dates";
    const bool is_by_weekday = parts.word == "monthly_weekday";
    if (pattern) {
        refuse_idle(fields, "interval", interval.value_or(1) != 1 && is_list);
        refuse_idle(fields, "nth", nth.value_or(0) != 0 && !is_by_weekday);
        refuse_idle(fields, "weekdays",
                    !parts.weekdays.empty() && !is_by_weekday && parts.word != "weekly");
        refuse_idle(fields, "dates", !dates.empty() && !is_list);
    }
    if (auto* listed = pattern ? std::get_if<booking::ListedDates>(&*pattern) : nullptr) {
        listed->dates = std::move(dates);
    }
    return pattern.value_or(booking::Daily{});
}

booking::Recurrence recurrence_in(Fields& fields) {
    booking::Recurrence recurrence;
    recurrence.pattern = pattern_in(fields);
    recurrence.first = date_in(fields, "first_date").value_or(booking::kFirstDate);
    recurrence.until = optional_date_in(fields, "until");
    if (const auto count = fields.optional_integer("count", kAnyCount)) {
        recurrence.count = static_cast<int>(*count);
    }
    return recurrence;
}

booking::Skips skips_in(Fields& fields) {
    booking::Skips skips;
    for (const auto& word : fields.optional_texts("skip", kManyWords)) {
        if (!booking::add_skip(skips, word)) {
            fields.refuse("/skip", "unknown_calendar",
                          {"Attendu : public_holidays, school_holidays ou closures.",
                           "Expected: public_holidays, school_holidays or closures."});
        }
    }
    return skips;
}

template <class Id>
std::optional<Id> optional_id(Fields& fields, const std::string& name) {
    const auto number = fields.optional_integer(name, kId);
    return number ? std::optional(Id{*number}) : std::nullopt;
}

}  // namespace

booking::ConflictPolicy conflicts_in(Fields& fields) {
    const auto word = fields.optional_text("conflicts", kLongWord);
    const auto policy = word ? booking::policy_of(*word) : booking::ConflictPolicy::fail;
    if (!policy) {
        fields.refuse("/conflicts", "unknown_policy",
                      {"Attendu : fail, skip ou replace.", "Expected: fail, skip or replace."});
    }
    return policy.value_or(booking::ConflictPolicy::fail);
}

booking::RequestSeries series_in(Fields& fields, const Request& request) {
    booking::RequestSeries order;
    order.town = request.town;
    order.actor = request.signed_in().id;
    order.booker = optional_id<booking::PersonId>(fields, "booker_id");
    order.room = booking::RoomId{fields.integer("room_id", kId)};
    order.association = optional_id<booking::AssociationId>(fields, "association_id");
    order.recurrence = recurrence_in(fields);
    order.left_out = dates_in(fields, "left_out");
    order.skips = skips_in(fields);
    order.start_time = fields.text("start_time", kLongWord);
    order.end_time = fields.text("end_time", kLongWord);
    order.end_day_offset =
        static_cast<int>(fields.optional_integer("end_day_offset", kAnyCount).value_or(0));
    order.attendees = fields.integer("attendees", kAnyCount);
    order.purpose = fields.optional_text("purpose", kLongText).value_or("");
    order.layout = fields.optional_text("layout", kLongText).value_or("");
    order.kind = fields.optional_text("kind", kLongText).value_or("");
    order.equipment = equipment_in(fields).value_or(order.equipment);
    order.conflicts = conflicts_in(fields);
    order.displace_ground = fields.optional_text("reason", kLongText).value_or("");
    order.displace_text = fields.optional_text("text", kLongText).value_or("");
    order.override_reason = fields.optional_text("override_reason", kLongText).value_or("");
    order.now = request.now;
    return order;
}

booking::EditSeries edit_in(Fields& fields) {
    booking::EditSeries edit;
    edit.room = optional_id<booking::RoomId>(fields, "room_id");
    edit.start_time = fields.edited_text("start_time", kLongWord);
    edit.end_time = fields.edited_text("end_time", kLongWord);
    if (const auto days = fields.optional_integer("end_day_offset", kAnyCount)) {
        edit.end_day_offset = static_cast<int>(*days);
    }
    edit.attendees = fields.optional_integer("attendees", kAnyCount);
    if (fields.edited_text("pattern", kLongWord)) {
        edit.pattern.emplace(pattern_in(fields));
    }
    edit.until = optional_date_in(fields, "until");
    if (const auto count = fields.optional_integer("count", kAnyCount)) {
        edit.count = static_cast<int>(*count);
    }
    edit.purpose = fields.edited_text("purpose", kLongText);
    edit.layout = fields.edited_text("layout", kLongText);
    edit.equipment = equipment_in(fields);
    return edit;
}

booking::RetrySeries retry_in(Fields& fields, const Request& request) {
    booking::RetrySeries retry;
    retry.town = request.town;
    retry.actor = request.signed_in().id;
    retry.series = booking::SeriesId{request.number("id")};
    retry.dates = dates_in(fields, "dates");
    retry.now = request.now;
    retry.override_reason = fields.optional_text("override_reason", kLongText).value_or("");
    return retry;
}

booking::ChangeSeries change_in(Fields& fields, const Request& request) {
    booking::ChangeSeries change;
    change.town = request.town;
    change.actor = request.signed_in().id;
    change.series = booking::SeriesId{request.number("id")};
    const auto word = fields.optional_text("scope", kLongWord);
    const auto scope = word ? booking::scope_of(*word) : booking::Scope::all;
    if (!scope) {
        fields.refuse(fields.name_of("scope"), "unknown_scope",
                      {"Attendu : this, following ou all.", "Expected: this, following or all."});
    }
    change.scope = scope.value_or(booking::Scope::all);
    change.date = fields.optional_text("date", kLongWord).value_or("");
    if (scope == booking::Scope::all && !change.date.empty()) {
        fields.refuse(
            fields.name_of("date"), "not_of_scope",
            {"Une date va avec scope=this ou following ; sans date, c’est toute la série.",
             "A date goes with scope=this or following; without one it is the series."});
    }
    change.now = request.now;
    return change;
}

}  // namespace creneau::http
