#include "api/http/round_answers.hpp"

#include "api/booking/booking_rights.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/rounds/round_demand.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_rules.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/http/json_values.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/time_text.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

using http::or_null;
using store::raw;

nlohmann::json to_json(const booking::WeekHours& hours) {
    return {{"weekday", booking::word_of(hours.day)},
            {"start_time", hours.start},
            {"end_time", hours.end},
            {"end_day_offset", hours.end_day_offset}};
}

nlohmann::json or_null(const std::optional<booking::WeekPlace>& place) {
    if (!place) {
        return nullptr;
    }
    auto json = to_json(place->hours);
    json["room_id"] = raw(place->room);
    return json;
}

nlohmann::json or_null(const std::optional<booking::RoundPin>& pin) {
    if (!pin) {
        return nullptr;
    }
    return {{"place", or_null(pin->place)}, {"reason", pin->reason}};
}

nlohmann::json or_null(const std::optional<booking::RoundDecision>& decision, Language language) {
    if (!decision) {
        return nullptr;
    }
    return {{"verdict", booking::word_of(decision->verdict)},
            {"place", or_null(decision->place)},
            {"points", decision->points},
            {"why", language == Language::en ? decision->why.en : decision->why.fr}};
}

std::string clock_text(std::chrono::minutes minutes) {
    const auto two = [](std::int64_t number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return two(minutes.count() / 60) + ':' + two(minutes.count() % 60);
}

nlohmann::json to_json(const booking::DayDemand& day) {
    auto collisions = nlohmann::json::array();
    for (const auto& collision : day.collisions) {
        auto wishes = nlohmann::json::array();
        for (const auto wish : collision.wishes) {
            wishes.push_back(raw(wish));
        }
        collisions.push_back({{"start_time", clock_text(collision.at.from)},
                              {"end_time", clock_text(collision.at.until)},
                              {"wish_ids", std::move(wishes)}});
    }
    return {{"weekday", booking::word_of(day.day)},
            {"wishes", day.wishes},
            {"first_choices", day.first_choices},
            {"wished_min", day.wished.count()},
            {"collisions", std::move(collisions)}};
}

std::vector<FieldError> errors_of(const booking::RoundError& error) {
    std::vector<FieldError> errors;
    errors.reserve(error.failures.size());
    for (const auto& failure : error.failures) {
        errors.push_back(
            {'/' + failure.field, failure.code, {failure.detail.fr, failure.detail.en}});
    }
    return errors;
}

}  // namespace

nlohmann::json to_json(const booking::Round& round, const people::Person& reader) {
    auto criteria = nlohmann::json::array();
    for (const auto& criterion : round.criteria) {
        criteria.push_back({{"kind", booking::word_of(criterion.kind)},
                            {"text", criterion.text},
                            {"weight", criterion.weight},
                            {"group_id", or_null(criterion.group)}});
    }
    const bool is_decided = booking::shows_decisions(round.status, booking::may_run_rounds(reader));
    return {{"id", raw(round.id)},
            {"name", round.name},
            {"status", booking::word_of(round.status)},
            {"wishes_from", booking::text_of(round.wishes_from)},
            {"wishes_until", booking::text_of(round.wishes_until)},
            {"season_first", booking::text_of(round.season_first)},
            {"season_last", booking::text_of(round.season_last)},
            {"skip_public_holidays", round.skip_holidays},
            {"skip_school_holidays", round.skip_school_holidays},
            {"criteria", std::move(criteria)},
            {"points", is_decided ? nlohmann::json(round.points) : nlohmann::json(nullptr)},
            {"is_optimal", is_decided ? nlohmann::json(round.is_optimal) : nlohmann::json(nullptr)},
            {"version", round.version},
            {"created_at", to_rfc3339(round.created_at)}};
}

nlohmann::json to_json(const booking::RoundWish& wish, Language language) {
    auto json = to_json(wish.form.hours);
    json["id"] = raw(wish.id);
    json["round_id"] = raw(wish.round);
    json["association_id"] = raw(wish.form.association);
    json["association_name"] = wish.association_name;
    json["booker_id"] = or_null(wish.form.booker);
    json["booker_name"] = wish.booker_name;
    json["stated_by_id"] = raw(wish.stated_by);
    json["stated_at"] = to_rfc3339(wish.stated_at);
    json["withdrawn"] = wish.withdrawn;
    json["room_ids"] = nlohmann::json::array();
    for (const auto room : wish.form.rooms) {
        json["room_ids"].push_back(raw(room));
    }
    json["attendees"] = wish.form.attendees;
    json["layout"] = wish.form.layout;
    json["purpose"] = wish.form.purpose;
    json["equipment"] = nlohmann::json::array();
    for (const auto& order : wish.form.equipment) {
        json["equipment"].push_back(
            {{"equipment_id", raw(order.id)}, {"quantity", order.quantity}});
    }
    json["settled"] = or_null(wish.pin);
    json["decision"] = or_null(wish.decision, language);
    json["series_id"] = or_null(wish.series);
    json["waits"] = wish.waits;
    json["version"] = wish.version;
    return json;
}

nlohmann::json to_json(const booking::RoomDemand& demand) {
    auto days = nlohmann::json::array();
    for (const auto& day : demand.days) {
        days.push_back(to_json(day));
    }
    return {
        {"room_id", raw(demand.room)}, {"room_name", demand.room_name}, {"days", std::move(days)}};
}

Response refused(const Request& request, const booking::RoundError& error) {
    switch (error.refusal) {
        case booking::RoundRefusal::rules:
            return unprocessable(request, errors_of(error));
        case booking::RoundRefusal::not_allowed:
            return forbidden(request);
        case booking::RoundRefusal::unknown:
            return not_found(request);
        case booking::RoundRefusal::stale:
            return stale(request);
        case booking::RoundRefusal::wrong_state:
            return problem_response(request, {409,
                                              "wrong_state",
                                              {"Son état ne le permet pas, ou plus.",
                                               "Its state does not allow this."}});
        case booking::RoundRefusal::changed:
            return problem_response(
                request, {409,
                          "round_changed",
                          {"La campagne a changé entre-temps : relisez-la et recommencez.",
                           "The round changed meanwhile: read it again and start over."}});
    }
    std::abort();
}

}  // namespace creneau::http
