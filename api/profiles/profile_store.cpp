#include "api/profiles/profile_store.hpp"

#include "api/access/access_types.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/profiles/hours_store.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::profiles {
namespace {

using soci::into;
using soci::use;
using store::raw;

HoursOwner owner_of(ProfileId id) {
    return {HoursOwnerKind::profile, raw(id)};
}

std::vector<access::ZoneId> zones_of(store::Session& session, std::int64_t town,
                                     std::int64_t profile) {
    std::int64_t zone = 0;
    soci::statement rows =
        (session.sql().prepare << "SELECT zone_id FROM access_profile_zones WHERE town_id = :town"
                                  " AND profile_id = :profile ORDER BY zone_id",
         use(town), use(profile), into(zone));
    rows.execute();
    std::vector<access::ZoneId> zones;
    while (rows.fetch()) {
        zones.push_back(access::ZoneId{zone});
    }
    return zones;
}

std::vector<std::string> duties_of(store::Session& session, std::int64_t town,
                                   std::int64_t profile) {
    std::string word;
    soci::statement rows =
        (session.sql().prepare << "SELECT word FROM access_profile_duties WHERE town_id = :town"
                                  " AND profile_id = :profile ORDER BY word",
         use(town), use(profile), into(word));
    rows.execute();
    std::vector<std::string> words;
    while (rows.fetch()) {
        words.push_back(word);
    }
    return words;
}

std::vector<AccessProfile> profiles_where(store::Session& session, const std::string& condition,
                                          TownId town, const people::Page& page) {
    const std::int64_t town_id = raw(town);
    std::int64_t id = 0;
    std::int64_t of_public = 0;
    std::int64_t of_school = 0;
    AccessProfile profile;
    std::vector<AccessProfile> profiles;
    soci::statement rows =
        (session.sql().prepare << "SELECT id, name, skip_public_holidays, skip_school_holidays,"
                                  " version FROM access_profiles WHERE town_id = :town AND " +
                                      condition + " ORDER BY id LIMIT :limit",
         use(town_id), use(page.after), use(page.limit), into(id), into(profile.name),
         into(of_public), into(of_school), into(profile.version));
    rows.execute();
    while (rows.fetch()) {
        profile.id = ProfileId{id};
        profile.timetable.off = {of_public == 1, of_school == 1};
        profiles.push_back(profile);
    }
    for (auto& one : profiles) {
        one.zones = zones_of(session, town_id, raw(one.id));
        one.duties = duties_of(session, town_id, raw(one.id));
        one.timetable.hours = select_weekly_hours(session, town, owner_of(one.id));
    }
    return profiles;
}

void insert_parts(store::Session& session, TownId town, ProfileId id,
                  const AccessProfile& profile) {
    const std::int64_t town_id = raw(town);
    const std::int64_t profile_id = raw(id);
    for (const auto zone : profile.zones) {
        const std::int64_t zone_id = raw(zone);
        session.sql() << "INSERT INTO access_profile_zones (town_id, profile_id, zone_id)"
                         " VALUES (:town, :profile, :zone)",
            use(town_id), use(profile_id), use(zone_id);
    }
    for (const auto& word : profile.duties) {
        session.sql() << "INSERT INTO access_profile_duties (town_id, profile_id, word)"
                         " VALUES (:town, :profile, :word)",
            use(town_id), use(profile_id), use(word);
    }
    replace_weekly_hours(session, town, owner_of(id), profile.timetable.hours);
}

void delete_parts(store::Session& session, std::int64_t town, std::int64_t profile) {
    session.sql() << "DELETE FROM access_profile_zones WHERE town_id = :town"
                     " AND profile_id = :profile",
        use(town), use(profile);
    session.sql() << "DELETE FROM access_profile_duties WHERE town_id = :town"
                     " AND profile_id = :profile",
        use(town), use(profile);
}

}  // namespace

std::vector<AccessProfile> select_profiles(store::Session& session, TownId town,
                                           const people::Page& page) {
    return profiles_where(session, "id > :after", town, page);
}

std::optional<AccessProfile> select_profile(store::Session& session, TownId town, ProfileId id) {
    people::Page one;
    one.limit = 1;
    one.after = raw(id);
    auto found = profiles_where(session, "id = :id", town, one);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

bool is_name_taken(store::Session& session, TownId town, const std::string& name, ProfileId but) {
    const std::int64_t town_id = raw(town);
    const std::int64_t but_id = raw(but);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM access_profiles WHERE town_id = :town AND name = :name"
                     " AND id <> :but",
        use(town_id), use(name), use(but_id), into(count);
    return count > 0;
}

ProfileId insert_profile(store::Session& session, TownId town, const AccessProfile& profile) {
    const std::int64_t town_id = raw(town);
    const std::int64_t of_public = profile.timetable.off.public_holidays ? 1 : 0;
    const std::int64_t of_school = profile.timetable.off.school_holidays ? 1 : 0;
    const ProfileId id{store::insert_row(
        session,
        "INSERT INTO access_profiles (town_id, name, skip_public_holidays, skip_school_holidays)"
        " VALUES (:town, :name, :of_public, :of_school)",
        use(town_id), use(profile.name), use(of_public), use(of_school))};
    insert_parts(session, town, id, profile);
    return id;
}

bool update_profile(store::Session& session, TownId town, const AccessProfile& profile) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(profile.id);
    const std::int64_t of_public = profile.timetable.off.public_holidays ? 1 : 0;
    const std::int64_t of_school = profile.timetable.off.school_holidays ? 1 : 0;
    soci::statement statement =
        (session.sql().prepare
             << "UPDATE access_profiles SET name = :name, skip_public_holidays = :of_public,"
                " skip_school_holidays = :of_school, version = version + 1"
                " WHERE town_id = :town AND id = :id AND version = :version",
         use(profile.name), use(of_public), use(of_school), use(town_id), use(id),
         use(profile.version));
    statement.execute(true);
    if (statement.get_affected_rows() != 1) {
        return false;
    }
    delete_parts(session, town_id, id);
    insert_parts(session, town, profile.id, profile);
    return true;
}

void delete_profile(store::Session& session, TownId town, ProfileId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t profile_id = raw(id);
    delete_parts(session, town_id, profile_id);
    replace_weekly_hours(session, town, owner_of(id), {});
    replace_hours_ahead(session, town, owner_of(id), {});
    session.sql() << "DELETE FROM access_profiles WHERE town_id = :town AND id = :id", use(town_id),
        use(profile_id);
}

std::vector<access::ZoneId> select_known_zones(store::Session& session, TownId town,
                                               const std::vector<std::int64_t>& zones) {
    const std::int64_t town_id = raw(town);
    std::vector<access::ZoneId> known;
    for (const std::int64_t zone : zones) {
        std::int64_t count = 0;
        session.sql() << "SELECT COUNT(*) FROM zones WHERE town_id = :town AND id = :id",
            use(town_id), use(zone), into(count);
        if (count == 1) {
            known.push_back(access::ZoneId{zone});
        }
    }
    return known;
}

std::vector<ZoneRecord> select_zones(store::Session& session, TownId town,
                                     const people::Page& page) {
    const std::int64_t town_id = raw(town);
    std::int64_t id = 0;
    std::int64_t door = 0;
    std::string key;
    std::string name;
    soci::statement rows =
        (session.sql().prepare
             << "SELECT z.id, z.key, z.name, COALESCE(m.door_id, 0) FROM (SELECT id, key, name"
                " FROM zones WHERE town_id = :town AND id > :after ORDER BY id LIMIT :limit) z"
                " LEFT JOIN zone_doors m ON m.zone_id = z.id ORDER BY z.id, m.door_id",
         use(town_id), use(page.after), use(page.limit), into(id), into(key), into(name),
         into(door));
    rows.execute();
    std::vector<ZoneRecord> zones;
    while (rows.fetch()) {
        if (zones.empty() || raw(zones.back().id) != id) {
            zones.push_back({access::ZoneId{id}, key, name, {}});
        }
        if (door != 0) {
            zones.back().doors.push_back(door);
        }
    }
    return zones;
}

}  // namespace creneau::profiles
