#include "api/estate/rules_file.hpp"

#include "api/estate/import_error.hpp"
#include "api/estate/json_scan.hpp"
#include "api/estate/object_reader.hpp"
#include "api/estate/rules_types.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::estate {
namespace {

using nlohmann::json;
using Errors = std::vector<ImportError>;

constexpr std::int64_t kDayMin = 1440;
constexpr ObjectReader::Range kHours{0, 8'760};
constexpr ObjectReader::Range kDays{0, 3'650};
constexpr ObjectReader::Range kLengthMin{0, 30 * kDayMin};
constexpr ObjectReader::Range kGridMin{0, kDayMin};
constexpr ObjectReader::Range kBufferMin{0, kDayMin};
constexpr ObjectReader::Range kReleaseMin{5, 240};
constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

/// Reads the object of a name, when it is there.
template <class Read>
void each_object(ObjectReader& reader, const char* name, Errors& errors, Read read) {
    if (const json* value = reader.optional_object(name)) {
        ObjectReader members(*value, below(reader.place(), name), errors);
        read(members);
        members.finish();
    }
}

/// `from` and `until` of an object; an end that is not later is on the next day.
DayHours read_hours(ObjectReader& reader) {
    DayHours hours;
    hours.from_min = reader.clock("from");
    hours.until_min = reader.clock("until");
    if (hours.from_min == kDayMin) {
        reader.fail("from", "bad_value", "the day's last minute is 23:59");
        hours.from_min = 0;
    }
    if (hours.until_min <= hours.from_min) {
        hours.until_min += kDayMin;
    }
    return hours;
}

/// Adds hours to a day, unless they meet some that it has.
void add_hours(std::vector<DayHours>& all, const DayHours& hours, const std::string& place,
               Errors& errors) {
    const bool meets = std::any_of(all.begin(), all.end(), [&](const DayHours& other) {
        return other.day == hours.day && other.from_min < hours.until_min &&
               hours.from_min < other.until_min;
    });
    if (meets) {
        errors.push_back({place, "doubled", "these hours meet others of the same day"});
        return;
    }
    all.push_back(hours);
}

void read_week(ObjectReader& reader, RoomRules& rules, Errors& errors) {
    reader.list("opening_hours", false, [&](const json& value, const std::string& place) {
        ObjectReader members(value, place, errors);
        const auto days = members.texts(
            "days", true,
            {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"});
        DayHours hours = read_hours(members);
        members.finish();
        for (std::size_t i = 0; i < kWeekdays.size(); ++i) {
            if (days.contains(std::string(kWeekdays.at(i)))) {
                hours.day = std::to_string(i + 1);
                add_hours(rules.week, hours, place, errors);
            }
        }
    });
    std::sort(rules.week.begin(), rules.week.end());
}

void read_exceptions(ObjectReader& reader, RoomRules& rules, Errors& errors) {
    std::set<std::string> dates;
    reader.list("opening_exceptions", false, [&](const json& value, const std::string& place) {
        ObjectReader members(value, place, errors);
        const std::string date = members.date("date");
        if (!date.empty() && !dates.insert(date).second) {
            members.fail("date", "doubled", "there is an exception for " + date + " already");
        }
        bool closed = true;
        members.list("hours", false, [&](const json& hours_value, const std::string& hours_place) {
            ObjectReader hours_reader(hours_value, hours_place, errors);
            DayHours hours = read_hours(hours_reader);
            hours_reader.finish();
            hours.day = date;
            add_hours(rules.exceptions, hours, hours_place, errors);
            closed = false;
        });
        members.finish();
        if (closed) {
            rules.exceptions.push_back({date, 0, 0});
        }
    });
    std::sort(rules.exceptions.begin(), rules.exceptions.end());
}

void expect_order(ObjectReader& reader, const char* name, std::int64_t least, std::int64_t most) {
    if (most != 0 && most < least) {
        reader.fail(name, "bad_value", "the most is less than the least");
    }
}

void read_release(ObjectReader& reader, RoomRules& rules) {
    rules.release_after_min = reader.number("release_after_min", kReleaseMin, 0);
    const std::int64_t longest = rules.length_most_min;
    if (longest != 0 && rules.release_after_min >= longest) {
        reader.fail("release_after_min", "bad_value",
                    "no slot is longer than " + std::to_string(longest) +
                        " minutes: less than that would pass");
    }
}

void read_notice(ObjectReader& reader, std::int64_t& least_min, std::int64_t& most_min) {
    least_min = 60 * reader.number("least_hours", kHours, 0);
    most_min = kDayMin * reader.number("most_days", kDays, 0);
    expect_order(reader, "most_days", least_min, most_min);
}

void read_notices(ObjectReader& reader, RoomRules& rules, Errors& errors) {
    each_object(reader, "notice", errors, [&](ObjectReader& notice) {
        each_object(notice, "create", errors, [&](ObjectReader& members) {
            read_notice(members, rules.create_least_min, rules.create_most_min);
        });
        each_object(notice, "change", errors, [&](ObjectReader& members) {
            read_notice(members, rules.change_least_min, rules.change_most_min);
        });
        each_object(notice, "cancel", errors, [&](ObjectReader& members) {
            rules.cancel_least_min = 60 * members.number("least_hours", kHours, 0);
        });
    });
}

void read_layouts(ObjectReader& reader, std::int64_t largest, RoomRules& rules, Errors& errors) {
    std::set<std::string> keys;
    reader.list("layouts", false, [&](const json& value, const std::string& place) {
        ObjectReader members(value, place, errors);
        Layout layout;
        layout.key = members.key("key");
        layout.name = members.text("name");
        layout.capacity = members.number("capacity", {1, largest});
        members.finish();
        if (!layout.key.empty() && !keys.insert(layout.key).second) {
            members.fail("key", "doubled", "the room has a layout '" + layout.key + "' already");
        }
        rules.layouts.push_back(layout);
    });
    std::sort(rules.layouts.begin(), rules.layouts.end());
}

void read_bookers(ObjectReader& reader, RoomRules& rules, Errors& errors) {
    each_object(reader, "who_may_book", errors, [&](ObjectReader& members) {
        rules.associations_may_book = members.flag("associations", true);
        rules.staff_may_book = members.flag("staff", false);
        rules.groups = members.texts("groups", false);
    });
    each_object(reader, "residents_first", errors, [&](ObjectReader& members) {
        rules.residents = members.texts("groups", true);
        rules.residents_until_days = members.number("until_days", {1, kDays.most});
        if (rules.residents.empty()) {
            members.fail("groups", "missing", "at least one group is wanted");
        }
    });
}

}  // namespace

RoomRules read_rules(ObjectReader& room, std::int64_t largest, Errors& errors) {
    RoomRules rules;
    each_object(room, "rules", errors, [&](ObjectReader& reader) {
        read_week(reader, rules, errors);
        read_exceptions(reader, rules, errors);
        read_notices(reader, rules, errors);
        each_object(reader, "length", errors, [&](ObjectReader& members) {
            rules.length_least_min = members.number("least_min", kLengthMin, 0);
            rules.length_most_min = members.number("most_min", kLengthMin, 0);
            expect_order(members, "most_min", rules.length_least_min, rules.length_most_min);
        });
        rules.grid_min = reader.number("grid_min", kGridMin, 0);
        each_object(reader, "buffers", errors, [&](ObjectReader& members) {
            rules.setup_min = members.number("setup_min", kBufferMin, 0);
            rules.teardown_min = members.number("teardown_min", kBufferMin, 0);
        });
        read_release(reader, rules);
        read_layouts(reader, largest, rules, errors);
        read_bookers(reader, rules, errors);
        rules.papers = reader.texts(
            "required_papers", false,
            {"insurance", "agreement", "deposit", "statutes", "declaration", "commitment"});
    });
    return rules;
}

Quota read_quota(ObjectReader& reader) {
    constexpr ObjectReader::Range kMost{1, 100'000};
    Quota quota;
    quota.key = reader.key("key");
    quota.name = reader.text("name");
    quota.holder = reader.one_of("holder", {"association", "individual", "each"});
    quota.unit = reader.one_of("unit", {"hours", "bookings"});
    quota.most = reader.number("most", kMost);
    quota.period = reader.one_of("period", {"day", "week", "month", "season"});
    quota.rooms = reader.texts("rooms", false);
    if (quota.period == "season") {
        const ObjectReader::MonthDay day = reader.month_day("season_starts");
        quota.season_month = day.month;
        quota.season_day = day.day;
    }
    return quota;
}

}  // namespace creneau::estate
