#include "api/estate/object_reader.hpp"

#include "api/estate/field_rules.hpp"
#include "api/estate/import_error.hpp"
#include "api/estate/json_scan.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::estate {

using nlohmann::json;

ObjectReader::ObjectReader(const json& value, std::string place, std::vector<ImportError>& errors)
    : value_(value), place_(std::move(place)), errors_(errors), is_object_(value.is_object()) {
    if (!is_object_) {
        errors_.push_back({place_, "wrong_type", "an object is wanted"});
    }
}

void ObjectReader::fail(const char* name, const char* code, const std::string& detail) {
    errors_.push_back({below(place_, name), code, detail});
}

const json* ObjectReader::find(const char* name, bool required) {
    asked_.insert(name);
    if (!is_object_) {
        return nullptr;
    }
    const auto member = value_.find(name);
    if (member == value_.end()) {
        if (required) {
            fail(name, "missing", "it has to be said");
        }
        return nullptr;
    }
    return &*member;
}

std::string ObjectReader::text(const char* name, const char* fallback) {
    const json* member = find(name, fallback == nullptr);
    if (member == nullptr) {
        return fallback != nullptr ? fallback : "";
    }
    if (!member->is_string()) {
        fail(name, "wrong_type", "a text is wanted");
        return "";
    }
    const auto& value = member->get_ref<const std::string&>();
    if (fallback == nullptr && !has_letters(value)) {
        fail(name, "bad_value", "it is empty");
    } else if (!is_plain_text(value)) {
        fail(name, "bad_value",
             "at most " + std::to_string(kLongestText) + " bytes without control characters");
    }
    return value;
}

std::string ObjectReader::short_text(const char* name, std::size_t most) {
    auto value = text(name);
    const bool told = value.size() > kLongestText;
    if (!told && value.size() > most) {
        fail(name, "bad_value", "at most " + std::to_string(most) + " bytes");
    }
    return value;
}

bool ObjectReader::matches(const char* name, const std::string& value, bool good,
                           const char* wanted) {
    // An empty text has been reported as missing or empty already.
    if (!good && !value.empty()) {
        fail(name, "bad_value", wanted);
    }
    return good;
}

std::string ObjectReader::key(const char* name) {
    auto value = text(name);
    matches(name, value, is_key(value), kKeyRule);
    return value;
}

std::string ObjectReader::optional_key(const char* name) {
    auto value = text(name, "");
    matches(name, value, is_key(value), kKeyRule);
    return value;
}

std::string ObjectReader::one_of(const char* name, std::initializer_list<std::string_view> allowed,
                                 const char* fallback) {
    auto value = text(name, fallback);
    if (!value.empty() && std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
        fail(name, "bad_value", "one of " + joined(allowed) + " is wanted");
    }
    return value;
}

std::string ObjectReader::email(const char* name) {
    auto value = lower_case(text(name));
    matches(name, value, is_email(value), "an e-mail address like salle@example.org is wanted");
    return value;
}

std::string ObjectReader::time_zone(const char* name, const char* fallback) {
    auto value = text(name, fallback);
    matches(name, value, is_time_zone(value), "an IANA time zone like Europe/Paris is wanted");
    return value;
}

std::string ObjectReader::date(const char* name, const char* fallback) {
    auto value = text(name, fallback);
    matches(name, value, is_date(value), "a date like 2026-09-01 is wanted");
    return value;
}

std::int64_t ObjectReader::clock(const char* name) {
    const auto value = text(name);
    const auto minutes = minutes_of_clock(value);
    matches(name, value, minutes.has_value(), "a time like 08:30, at most 24:00, is wanted");
    return minutes.value_or(0);
}

ObjectReader::MonthDay ObjectReader::month_day(const char* name) {
    constexpr std::size_t kMonthAt = 0;
    constexpr std::size_t kDayAt = 3;
    constexpr std::string_view kLastDay = "28";
    const auto value = text(name);
    const bool good = is_date("2001-" + value) && value.substr(kDayAt) <= kLastDay;
    if (!matches(name, value, good, "a month and day like 09-01, at most the 28th, is wanted")) {
        return {};
    }
    return {std::stoi(value.substr(kMonthAt, 2)), std::stoi(value.substr(kDayAt, 2))};
}

std::int64_t ObjectReader::number(const char* name, Range range) {
    const json* member = find(name, true);
    if (member == nullptr) {
        return range.least;
    }
    const bool fits = member->is_number_integer() &&
                      !(member->is_number_unsigned() &&
                        member->get<std::uint64_t>() > static_cast<std::uint64_t>(range.most)) &&
                      member->get<std::int64_t>() >= range.least &&
                      member->get<std::int64_t>() <= range.most;
    if (!fits) {
        fail(name, member->is_number_integer() ? "out_of_range" : "wrong_type",
             "a whole number from " + std::to_string(range.least) + " to " +
                 std::to_string(range.most) + " is wanted");
        return range.least;
    }
    return member->get<std::int64_t>();
}

std::int64_t ObjectReader::number(const char* name, Range range, std::int64_t fallback) {
    return find(name, false) == nullptr ? fallback : number(name, range);
}

bool ObjectReader::flag(const char* name, bool fallback) {
    const json* member = find(name, false);
    if (member == nullptr) {
        return fallback;
    }
    if (!member->is_boolean()) {
        fail(name, "wrong_type", "true or false is wanted");
        return fallback;
    }
    return member->get<bool>();
}

const json* ObjectReader::array(const char* name, bool required) {
    const json* member = find(name, required);
    if (member != nullptr && !member->is_array()) {
        fail(name, "wrong_type", "a list is wanted");
        return nullptr;
    }
    return member;
}

std::size_t ObjectReader::size_of(const json& values) {
    return values.size();
}

const json& ObjectReader::at(const json& values, std::size_t index) {
    return values[index];
}

std::string ObjectReader::element_place(const char* name, std::size_t index) const {
    return below(below(place_, name), std::to_string(index));
}

std::set<std::string> ObjectReader::texts(const char* name, bool required,
                                          std::initializer_list<std::string_view> allowed) {
    std::set<std::string> found;
    list(name, required, [&](const json& element, const std::string& place) {
        if (!element.is_string()) {
            errors_.push_back({place, "wrong_type", "a text is wanted"});
            return;
        }
        const auto& value = element.get_ref<const std::string&>();
        if (allowed.size() == 0 && !is_key(value)) {
            errors_.push_back({place, "bad_value", kKeyRule});
        } else if (allowed.size() != 0 &&
                   std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
            errors_.push_back({place, "bad_value", "one of " + joined(allowed) + " is wanted"});
        } else if (!found.insert(value).second) {
            errors_.push_back({place, "doubled", "'" + value + "' is in the list already"});
        }
    });
    return found;
}

const json* ObjectReader::object(const char* name) {
    return object_at(name, true);
}

const json* ObjectReader::optional_object(const char* name) {
    return object_at(name, false);
}

const json* ObjectReader::object_at(const char* name, bool required) {
    const json* member = find(name, required);
    if (member != nullptr && !member->is_object()) {
        fail(name, "wrong_type", "an object is wanted");
        return nullptr;
    }
    return member;
}

void ObjectReader::finish() {
    if (!is_object_) {
        return;
    }
    for (const auto& [name, ignored] : value_.items()) {
        if (!asked_.contains(name)) {
            std::string known;
            for (const auto& word : asked_) {
                known += (known.empty() ? "" : ", ") + word;
            }
            fail(name.c_str(), "unknown", "no such member; there are: " + known);
        }
    }
}

}  // namespace creneau::estate
