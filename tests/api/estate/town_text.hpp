#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::estate {

/// The example town as text.
inline std::string example_text() {
    const std::ifstream file(CRENEAU_SOURCE_DIR "/examples/le-pre/town.json");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline nlohmann::json example() {
    return nlohmann::json::parse(example_text());
}

/// A town with one site, door, zone, space and room: small enough to be spoilt member by member.
inline nlohmann::json small_town() {
    return nlohmann::json::parse(R"json({
        "town": {"key": "t", "name": "T", "time_zone": "Europe/Paris", "service": "S",
                 "email": "t@example.org", "phone": "0"},
        "sites": [{"key": "hall", "name": "Hall", "address": "1 rue",
                   "help": {"contact": "Gardien", "hours": "8-20"}}],
        "agents": [{"key": "board", "site": "hall"}],
        "doors": [{"key": "entry", "site": "hall", "agent": "board", "name": "Entry",
                   "unlock_ms": 5000, "readers": [{"key": "eye", "kind": "qr"}]}],
        "zones": [{"key": "way", "name": "Way", "doors": ["entry"]}],
        "spaces": [{"key": "floor", "site": "hall", "name": "Floor"}],
        "rooms": [{"key": "room", "site": "hall", "name": "Room", "capacity": 10,
                   "spaces": ["floor"], "access_zone": "way",
                   "rules": {
                       "opening_hours": [{"days": ["monday", "friday"], "from": "08:00",
                                          "until": "02:00"}],
                       "opening_exceptions": [{"date": "2026-12-25"}],
                       "notice": {"create": {"least_hours": 1, "most_days": 30}},
                       "length": {"least_min": 30, "most_min": 60},
                       "layouts": [{"key": "dinner", "name": "Dinner", "capacity": 8}],
                       "who_may_book": {"groups": ["sport"]},
                       "required_papers": ["insurance"],
                       "residents_first": {"groups": ["sport"], "until_days": 9}},
                   "ways_in": [{"way": "qr", "from": "2026-01-01"}]}],
        "groups": [{"key": "sport", "name": "Sport"}],
        "quotas": [{"key": "week", "name": "Week", "holder": "each", "unit": "hours", "most": 6,
                    "period": "season", "season_starts": "09-01", "rooms": ["room"]}],
        "booking_kinds": [{"key": "upkeep", "name": "Entretien", "name_en": "Upkeep"}],
        "equipment": [{"key": "chairs", "name": "Chairs", "stock": 20},
                      {"key": "piano", "name": "Piano", "site": "hall", "stock": 1}],
        "people": [{"key": "ann", "name": "Ann", "email": "ann@example.org", "locale": "en",
                    "roles": ["booker"]}],
        "associations": [{"key": "club", "name": "Club", "email": "club@example.org",
                          "managers": ["ann"]}]
    })json");
}

}  // namespace creneau::estate
