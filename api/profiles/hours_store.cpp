#include "api/profiles/hours_store.hpp"

#include "api/profiles/hours_rules.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::profiles {
namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

std::string word_of(HoursOwnerKind kind) {
    switch (kind) {
        case HoursOwnerKind::profile:
            return "profile";
        case HoursOwnerKind::door:
            return "door";
    }
    std::abort();
}

/// 'YYYY-MM-DD'.
std::string text_of(std::chrono::local_days day) {
    const std::chrono::year_month_day date(day);
    std::string text = std::to_string(static_cast<int>(date.year()));
    for (const unsigned part :
         {static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())}) {
        text += part < 10 ? "-0" : "-";
        text += std::to_string(part);
    }
    return text;
}

}  // namespace

std::vector<WeeklyHours> select_weekly_hours(store::Session& session, TownId town,
                                             const HoursOwner& owner) {
    const std::int64_t town_id = raw(town);
    const auto kind = word_of(owner.kind);
    std::int64_t weekday = 0;
    std::int64_t from = 0;
    std::int64_t until = 0;
    soci::statement rows =
        (session.sql().prepare << "SELECT weekday, from_min, until_min FROM weekly_hours"
                                  " WHERE town_id = :town AND owner_kind = :kind"
                                  " AND owner_id = :owner ORDER BY weekday, from_min, until_min",
         use(town_id), use(kind), use(owner.id), into(weekday), into(from), into(until));
    rows.execute();
    std::vector<WeeklyHours> hours;
    while (rows.fetch()) {
        hours.push_back({std::chrono::weekday(static_cast<unsigned>(weekday)),
                         std::chrono::minutes(from), std::chrono::minutes(until)});
    }
    return hours;
}

void replace_weekly_hours(store::Session& session, TownId town, const HoursOwner& owner,
                          const std::vector<WeeklyHours>& hours) {
    const std::int64_t town_id = raw(town);
    const auto kind = word_of(owner.kind);
    session.sql() << "DELETE FROM weekly_hours WHERE town_id = :town AND owner_kind = :kind"
                     " AND owner_id = :owner",
        use(town_id), use(kind), use(owner.id);
    for (const auto& one : hours) {
        const auto weekday = static_cast<std::int64_t>(one.day.iso_encoding());
        const std::int64_t from = one.from.count();
        const std::int64_t until = one.until.count();
        session.sql() << "INSERT INTO weekly_hours (town_id, owner_kind, owner_id, weekday,"
                         " from_min, until_min) VALUES (:town, :kind, :owner, :weekday, :from,"
                         " :until)",
            use(town_id), use(kind), use(owner.id), use(weekday), use(from), use(until);
    }
}

void replace_hours_ahead(store::Session& session, TownId town, const HoursOwner& owner,
                         const std::vector<ZoneHours>& ahead) {
    const std::int64_t town_id = raw(town);
    const auto kind = word_of(owner.kind);
    session.sql() << "DELETE FROM hours_ahead WHERE town_id = :town AND owner_kind = :kind"
                     " AND owner_id = :owner",
        use(town_id), use(kind), use(owner.id);
    std::string zone;
    std::string date;
    std::int64_t start = 0;
    std::int64_t end = 0;
    soci::statement insert =
        (session.sql().prepare << "INSERT INTO hours_ahead (town_id, owner_kind, owner_id,"
                                  " time_zone, local_date, start_at, end_at) VALUES (:town, :kind,"
                                  " :owner, :zone, :date, :start, :end)",
         use(town_id), use(kind), use(owner.id), use(zone), use(date), use(start), use(end));
    for (const auto& of_zone : ahead) {
        zone = of_zone.time_zone;
        for (const auto& one : of_zone.hours) {
            date = text_of(one.day);
            start = unix_seconds(one.interval.start);
            end = unix_seconds(one.interval.end);
            insert.execute(true);
        }
    }
}

std::vector<std::string> select_time_zones(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::string zone;
    soci::statement rows = (session.sql().prepare << "SELECT DISTINCT time_zone FROM sites"
                                                     " WHERE town_id = :town ORDER BY time_zone",
                            use(town_id), into(zone));
    rows.execute();
    std::vector<std::string> zones;
    while (rows.fetch()) {
        zones.push_back(zone);
    }
    return zones;
}

HoursMade select_hours_made(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    HoursMade made;
    session.sql() << "SELECT hours_made_on, time_zone FROM towns WHERE id = :town", use(town_id),
        into(made.on), into(made.time_zone);
    return made;
}

void mark_hours_made(store::Session& session, TownId town, const std::string& local_date) {
    const std::int64_t town_id = raw(town);
    session.sql() << "UPDATE towns SET hours_made_on = :date WHERE id = :town", use(local_date),
        use(town_id);
}

std::vector<OwnedTimetable> select_timetables(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::int64_t of_door = 0;
    std::int64_t id = 0;
    std::int64_t of_public = 0;
    std::int64_t of_school = 0;
    soci::statement rows =
        (session.sql().prepare
             << "SELECT 0, id, skip_public_holidays, skip_school_holidays FROM access_profiles"
                " WHERE town_id = :town UNION ALL SELECT 1, door_id, skip_public_holidays,"
                " skip_school_holidays FROM door_options WHERE town_id = :same_town",
         use(town_id), use(town_id), into(of_door), into(id), into(of_public), into(of_school));
    rows.execute();
    std::vector<OwnedTimetable> timetables;
    while (rows.fetch()) {
        const auto kind = of_door == 1 ? HoursOwnerKind::door : HoursOwnerKind::profile;
        timetables.push_back({{kind, id}, {{}, {of_public == 1, of_school == 1}}});
    }
    for (auto& one : timetables) {
        one.timetable.hours = select_weekly_hours(session, town, one.owner);
    }
    return timetables;
}

}  // namespace creneau::profiles
