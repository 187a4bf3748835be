#include "api/http/hours_json.hpp"

#include "api/booking/series/series_types.hpp"
#include "api/http/fields.hpp"
#include "api/profiles/hours_rules.hpp"
#include "api/profiles/profile_rules.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

namespace {

constexpr std::size_t kLongWord = 40;

}  // namespace

nlohmann::json json_of(const std::vector<profiles::WeeklyHours>& hours) {
    auto list = nlohmann::json::array();
    for (const auto& one : hours) {
        list.push_back({{"weekday", booking::word_of(one.day)},
                        {"start_time", profiles::text_of(one.from)},
                        {"end_time", profiles::text_of(one.until)}});
    }
    return list;
}

std::vector<profiles::HoursForm> hours_in(Fields& fields, const std::string& name) {
    std::vector<profiles::HoursForm> hours;
    auto parts = fields.optional_parts(name, profiles::kMostHours);
    if (!parts) {
        return hours;
    }
    for (auto& part : *parts) {
        hours.push_back({part.text("weekday", kLongWord), part.text("start_time", kLongWord),
                         part.text("end_time", kLongWord)});
        fields.join(std::move(part));
    }
    return hours;
}

}  // namespace creneau::http
