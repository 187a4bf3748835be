#include "api/estate/estate_rules.hpp"

#include "api/estate/estate_types.hpp"
#include "api/estate/import_error.hpp"
#include "api/estate/json_scan.hpp"
#include "api/estate/rules_types.hpp"
#include "policy/policy.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace creneau::estate {
namespace {

using Errors = std::vector<ImportError>;

template <class Thing>
void take(ByKey<Thing>& into, const ByKey<Thing>& from) {
    for (const auto& [key, entry] : from) {
        into.insert_or_assign(key, entry);
    }
}

template <class Thing>
const Entry<Thing>* find(const ByKey<Thing>& things, const std::string& key) {
    const auto row = things.find(key);
    return row == things.end() ? nullptr : &row->second;
}

void no_such(Errors& errors, const std::string& place, const char* kind, const std::string& key) {
    errors.push_back({place, "no_such", std::string("there is no ") + kind + " '" + key + "'"});
}

void other_site(Errors& errors, const std::string& place, const char* kind,
                const std::string& key) {
    errors.push_back(
        {place, "other_site", std::string(kind) + " '" + key + "' belongs to another site"});
}

template <class Thing>
void check_sites(const Estate& estate, const ByKey<Thing>& things, Errors& errors) {
    for (const auto& [key, entry] : things) {
        if (find(estate.sites, entry.value.site) == nullptr) {
            no_such(errors, below(entry.place, "site"), "site", entry.value.site);
        }
    }
}

void check_door(const Estate& estate, const Entry<Door>& entry, Errors& errors) {
    const Door& door = entry.value;
    if (door.agent.empty()) {
        if (!door.readers.empty()) {
            errors.push_back({below(entry.place, "agent"), "no_agent",
                              "the door has readers, so a door agent has to serve it"});
        }
        return;
    }
    const auto* agent = find(estate.agents, door.agent);
    if (agent == nullptr) {
        no_such(errors, below(entry.place, "agent"), "agent", door.agent);
    } else if (agent->value.site != door.site) {
        other_site(errors, below(entry.place, "agent"), "agent", door.agent);
    }
}

void check_zone(const Estate& estate, const Entry<Zone>& entry, Errors& errors) {
    const std::string place = below(entry.place, "doors");
    if (entry.value.doors.empty()) {
        errors.push_back({place, "missing", "a zone has at least one door"});
    }
    for (const auto& door : entry.value.doors) {
        if (find(estate.doors, door) == nullptr) {
            no_such(errors, place, "door", door);
        }
    }
}

/// A policy that is too large to be signed would leave the agent with an old one.
void check_agents(const Estate& estate, Errors& errors) {
    std::map<std::string, std::size_t> doors;
    for (const auto& [key, door] : estate.doors) {
        ++doors[door.value.agent];
    }
    std::map<std::string, std::set<std::string>> zones;
    for (const auto& [key, zone] : estate.zones) {
        for (const auto& name : zone.value.doors) {
            if (const auto* door = find(estate.doors, name)) {
                zones[door->value.agent].insert(key);
            }
        }
    }
    const auto at_most = [&](const Entry<DoorAgent>& agent, std::size_t count, std::size_t most,
                             const char* things) {
        if (count > most) {
            errors.push_back({agent.place, "too_many",
                              "a door agent serves at most " + std::to_string(most) + " " + things +
                                  "; this one would serve " + std::to_string(count)});
        }
    };
    for (const auto& [key, agent] : estate.agents) {
        at_most(agent, doors[key], policy::kMostDoors, "doors");
        at_most(agent, zones[key].size(), policy::kMostZones, "zones");
    }
}

/// A code or a badge opens nothing at a locked door that does not read it.
void check_readers(const Estate& estate, const Entry<Zone>& zone, const std::string& way,
                   const std::string& place, Errors& errors) {
    const auto unread = [&](const std::string& door) {
        return "the locked door '" + door + "' of zone '" + zone.value.key + "' has no " + way +
               " reader";
    };
    bool locked = false;
    for (const auto& key : zone.value.doors) {
        const auto* door = find(estate.doors, key);
        if (door == nullptr || !door->value.locked) {
            continue;
        }
        locked = true;
        if (!door->value.reads(way)) {
            errors.push_back({place, "no_reader", unread(key)});
        }
    }
    if (!locked && !zone.value.doors.empty()) {
        errors.push_back(
            {place, "no_reader",
             "zone '" + zone.value.key + "' has no locked door that a " + way + " could open"});
    }
}

void check_overlaps(const std::vector<WayIn>& ways, std::size_t last, const std::string& place,
                    Errors& errors) {
    const WayIn& way = ways[last];
    for (std::size_t i = 0; i < last; ++i) {
        const WayIn& other = ways[i];
        if (other.way == way.way && (other.until.empty() || way.from < other.until) &&
            (way.until.empty() || other.from < way.until)) {
            errors.push_back({place, "doubled", "two '" + way.way + "' share some days"});
        }
    }
}

void check_ways_in(const Estate& estate, const Entry<Room>& entry, Errors& errors) {
    const Room& room = entry.value;
    const Entry<Zone>* zone = room.zone.empty() ? nullptr : find(estate.zones, room.zone);
    for (std::size_t i = 0; i < room.ways_in.size(); ++i) {
        const WayIn& way = room.ways_in[i];
        const std::string place = below(below(entry.place, "ways_in"), std::to_string(i));
        check_overlaps(room.ways_in, i, place, errors);
        if (way.way != "qr" && way.way != "badge") {
            continue;
        }
        if (room.zone.empty()) {
            errors.push_back({below(entry.place, "access_zone"), "missing",
                              "a way in by " + way.way + " needs the zone of the doors to pass"});
        } else if (zone != nullptr) {
            check_readers(estate, *zone, way.way, place, errors);
        }
    }
}

void check_groups(const Estate& estate, const std::set<std::string>& groups,
                  const std::string& place, Errors& errors) {
    for (const auto& key : groups) {
        if (find(estate.groups, key) == nullptr) {
            no_such(errors, place, "group", key);
        }
    }
}

void check_quota(const Estate& estate, const Entry<Quota>& entry, Errors& errors) {
    for (const auto& key : entry.value.rooms) {
        if (find(estate.rooms, key) == nullptr) {
            no_such(errors, below(entry.place, "rooms"), "room", key);
        }
    }
}

void check_equipment(const Estate& estate, const Entry<Equipment>& entry, Errors& errors) {
    const std::string& site = entry.value.site;
    if (!site.empty() && find(estate.sites, site) == nullptr) {
        no_such(errors, below(entry.place, "site"), "site", site);
    }
}

void check_room(const Estate& estate, const Entry<Room>& entry, Errors& errors) {
    const Room& room = entry.value;
    const std::string place = below(entry.place, "spaces");
    if (room.spaces.empty()) {
        errors.push_back({place, "missing", "a room is made of at least one space"});
    }
    for (const auto& key : room.spaces) {
        const auto* space = find(estate.spaces, key);
        if (space == nullptr) {
            no_such(errors, place, "space", key);
        } else if (space->value.site != room.site) {
            other_site(errors, place, "space", key);
        }
    }
    if (!room.zone.empty() && find(estate.zones, room.zone) == nullptr) {
        no_such(errors, below(entry.place, "access_zone"), "zone", room.zone);
    }
    check_ways_in(estate, entry, errors);
    const std::string rules = below(entry.place, "rules");
    check_groups(estate, room.rules.groups, below(below(rules, "who_may_book"), "groups"), errors);
    check_groups(estate, room.rules.residents, below(below(rules, "residents_first"), "groups"),
                 errors);
}

void check_managers(const Estate& estate, Errors& errors) {
    for (const auto& [key, entry] : estate.associations) {
        for (const auto& manager : entry.value.managers) {
            if (find(estate.people, manager) == nullptr) {
                no_such(errors, below(entry.place, "managers"), "person", manager);
            }
        }
        check_groups(estate, entry.value.groups, below(entry.place, "groups"), errors);
    }
}

void check_people(const Estate& estate, Errors& errors) {
    std::map<std::string, const Entry<Person>*> by_email;
    for (const auto& [key, entry] : estate.people) {
        const auto [row, added] = by_email.try_emplace(entry.value.email, &entry);
        if (!added && !entry.value.email.empty()) {
            const bool here = entry.place.starts_with("/");
            const auto& said = here ? entry : *row->second;
            const auto& other = here ? *row->second : entry;
            errors.push_back({below(said.place, "email"), "doubled",
                              "'" + other.value.key + "' has this address too"});
        }
        if (entry.value.roles.empty()) {
            errors.push_back({below(entry.place, "roles"), "missing", "at least one is wanted"});
        }
        check_groups(estate, entry.value.groups, below(entry.place, "groups"), errors);
    }
    check_managers(estate, errors);
}

}  // namespace

Estate merged(const Estate& known, const Estate& file) {
    Estate estate = known;
    estate.town = file.town;
    take(estate.sites, file.sites);
    take(estate.agents, file.agents);
    take(estate.doors, file.doors);
    take(estate.zones, file.zones);
    take(estate.spaces, file.spaces);
    take(estate.groups, file.groups);
    take(estate.rooms, file.rooms);
    take(estate.quotas, file.quotas);
    take(estate.equipment, file.equipment);
    take(estate.booking_kinds, file.booking_kinds);
    take(estate.people, file.people);
    take(estate.associations, file.associations);
    return estate;
}

std::vector<ImportError> check(const Estate& estate) {
    Errors errors;
    check_sites(estate, estate.agents, errors);
    check_sites(estate, estate.doors, errors);
    check_sites(estate, estate.spaces, errors);
    check_sites(estate, estate.rooms, errors);
    for (const auto& [key, door] : estate.doors) {
        check_door(estate, door, errors);
    }
    for (const auto& [key, zone] : estate.zones) {
        check_zone(estate, zone, errors);
    }
    for (const auto& [key, room] : estate.rooms) {
        check_room(estate, room, errors);
    }
    for (const auto& [key, quota] : estate.quotas) {
        check_quota(estate, quota, errors);
    }
    for (const auto& [key, equipment] : estate.equipment) {
        check_equipment(estate, equipment, errors);
    }
    check_agents(estate, errors);
    check_people(estate, errors);
    return errors;
}

}  // namespace creneau::estate
