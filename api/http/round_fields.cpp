#include "api/http/round_fields.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/pin_wish.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/state_wish.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/http/booking_fields.hpp"
#include "api/http/equipment_fields.hpp"
#include "api/http/fields.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

constexpr std::size_t kLongWord = 40;
constexpr std::size_t kMany = 100;
constexpr IntegerRange kNextDay{0, 1};

booking::LocalDate needed_date(Fields& fields, const std::string& name) {
    return date_in(fields, name).value_or(booking::kFirstDate);
}

/// A date that is there has to be one; none leaves it as it is.
std::optional<booking::LocalDate> edited_date(Fields& fields, const std::string& name) {
    const bool is_there = fields.edited_text(name, Fields::kLongText).has_value();
    return is_there ? date_in(fields, name) : std::nullopt;
}

std::optional<std::chrono::weekday> weekday_in(Fields& fields, bool required) {
    const auto word = required ? std::optional(fields.text("weekday", kLongWord))
                               : fields.edited_text("weekday", kLongWord);
    const auto day = word ? booking::weekday_of(*word) : std::nullopt;
    const bool is_missing = required && word == "";  // said already
    if (word && !day && !is_missing) {
        fields.refuse("/weekday", "not_a_weekday",
                      {"Attendu : monday à sunday.", "Expected: monday to sunday."});
    }
    return day;
}

booking::Criterion criterion_in(Fields& part) {
    booking::Criterion criterion;
    const auto word = part.text("kind", kLongWord);
    const auto kind = booking::criterion_kind_of(word);
    if (!word.empty() && !kind) {
        part.refuse(part.name_of("kind"), "unknown_kind",
                    {"Attendu : every_wish, preference, people, fill, group, continuity ou "
                     "first_wish.",
                     "Expected: every_wish, preference, people, fill, group, continuity or "
                     "first_wish."});
    }
    criterion.kind = kind.value_or(booking::CriterionKind::every_wish);
    criterion.text = part.optional_text("text", Fields::kLongText).value_or("");
    criterion.weight = static_cast<int>(part.integer("weight", kAnyCount));
    criterion.group = part.optional_id<std::int64_t>("group_id");
    return criterion;
}

std::optional<std::vector<booking::Criterion>> criteria_in(Fields& fields) {
    auto parts = fields.optional_parts("criteria", kMany);
    if (!parts) {
        return std::nullopt;
    }
    std::vector<booking::Criterion> criteria;
    for (Fields& part : *parts) {
        criteria.push_back(criterion_in(part));
        fields.join(std::move(part));
    }
    return criteria;
}

std::vector<booking::RoomId> rooms_of(const std::vector<std::int64_t>& ids) {
    std::vector<booking::RoomId> rooms;
    rooms.reserve(ids.size());
    for (const auto id : ids) {
        rooms.push_back(booking::RoomId{id});
    }
    return rooms;
}

std::optional<int> end_day_in(Fields& fields) {
    const auto days = fields.optional_integer("end_day_offset", kNextDay);
    return days ? std::optional(static_cast<int>(*days)) : std::nullopt;
}

}  // namespace

booking::Round round_in(Fields& fields) {
    booking::Round round;
    round.name = fields.optional_text("name", Fields::kLongText).value_or("");
    round.wishes_from = needed_date(fields, "wishes_from");
    round.wishes_until = needed_date(fields, "wishes_until");
    round.season_first = needed_date(fields, "season_first");
    round.season_last = needed_date(fields, "season_last");
    round.skip_holidays = fields.optional_boolean("skip_public_holidays").value_or(false);
    round.skip_school_holidays = fields.optional_boolean("skip_school_holidays").value_or(false);
    round.criteria = criteria_in(fields).value_or(std::vector<booking::Criterion>());
    return round;
}

booking::EditRound round_edit_in(Fields& fields) {
    booking::EditRound edit;
    edit.name = fields.edited_text("name", Fields::kLongText);
    edit.wishes_from = edited_date(fields, "wishes_from");
    edit.wishes_until = edited_date(fields, "wishes_until");
    edit.season_first = edited_date(fields, "season_first");
    edit.season_last = edited_date(fields, "season_last");
    edit.skip_holidays = fields.optional_boolean("skip_public_holidays");
    edit.skip_school_holidays = fields.optional_boolean("skip_school_holidays");
    if (auto criteria = criteria_in(fields)) {
        edit.criteria.emplace(*std::move(criteria));
    }
    return edit;
}

booking::WishForm wish_in(Fields& fields) {
    booking::WishForm form;
    form.association = fields.id<booking::AssociationId>("association_id");
    form.booker = fields.optional_id<booking::PersonId>("booker_id");
    form.hours.day = weekday_in(fields, true).value_or(std::chrono::Monday);
    form.hours.start = fields.text("start_time", kLongWord);
    form.hours.end = fields.text("end_time", kLongWord);
    form.hours.end_day_offset = end_day_in(fields).value_or(0);
    form.rooms = rooms_of(fields.optional_ids("room_ids", kMany));
    form.attendees = fields.integer("attendees", kAnyCount);
    form.layout = fields.optional_text("layout", Fields::kLongText).value_or("");
    form.purpose = fields.optional_text("purpose", Fields::kLongText).value_or("");
    if (auto equipment = equipment_in(fields)) {
        form.equipment = *std::move(equipment);
    }
    return form;
}

booking::EditWish wish_edit_in(Fields& fields) {
    booking::EditWish edit;
    edit.booker = fields.optional_id<booking::PersonId>("booker_id");
    edit.day = weekday_in(fields, false);
    edit.start = fields.edited_text("start_time", kLongWord);
    edit.end = fields.edited_text("end_time", kLongWord);
    edit.end_day_offset = end_day_in(fields);
    if (const auto ids = fields.edited_ids("room_ids", kMany)) {
        edit.rooms.emplace(rooms_of(*ids));
    }
    edit.attendees = fields.optional_integer("attendees", kAnyCount);
    edit.layout = fields.edited_text("layout", Fields::kLongText);
    edit.purpose = fields.edited_text("purpose", Fields::kLongText);
    if (auto equipment = equipment_in(fields)) {
        edit.equipment.emplace(*std::move(equipment));
    }
    return edit;
}

booking::PinWish pin_in(Fields& fields) {
    booking::PinWish pin;
    pin.gets_nothing = fields.optional_boolean("gets_nothing").value_or(false);
    pin.room = fields.optional_id<booking::RoomId>("room_id");
    pin.day = weekday_in(fields, false);
    pin.start = fields.edited_text("start_time", kLongWord);
    pin.end = fields.edited_text("end_time", kLongWord);
    pin.end_day_offset = end_day_in(fields);
    pin.reason = fields.optional_text("reason", Fields::kLongText).value_or("");
    return pin;
}

}  // namespace creneau::http
