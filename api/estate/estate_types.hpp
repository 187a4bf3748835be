#pragma once

#include "api/estate/rules_types.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace creneau::estate {
// A town as its file and its database describe it. Things refer to one another by key; equality
// says whether a row is to be written.

struct Town {
    std::string key, name, time_zone, service, email, phone;
    std::int64_t offer_stands_min = 1440;    ///< how long a slot is kept for the first in line
    std::int64_t pass_ahead_min = 4320;      ///< how long before its slot a code leaves by itself
    std::int64_t reminder_ahead_min = 1440;  ///< and a reminder; 0: none
    std::int64_t letter_ahead_min = 7200;    ///< what is on paper is made so much earlier
    std::string school_zone;                 ///< "a", "b", "c", "corse"; empty: not said
    std::string holiday_law = "france";      ///< or "alsace_moselle"
    std::string service_address;             ///< by post; empty: mails name none
    std::string silence_means = "unsaid";    ///< what the lack of an answer means
    std::int64_t silence_months = 0;         ///< one of the two, where something is said
    std::int64_t silence_days = 0;
    std::string silence_decision;      ///< of the council
    std::int64_t settle_days = 7;      ///< until whoever others let in counts as a second person
    std::int64_t audit_months = 60;    ///< how long the audit of its activity is kept
    std::string audit_decision;        ///< of the council, too
    std::string appeal_fr, appeal_en;  ///< how to contest a refusal; empty: the usual words
    bool operator==(const Town&) const = default;
};

struct Site {
    std::string key, name, address, time_zone, help_contact, help_hours;
    bool operator==(const Site&) const = default;
};

struct DoorAgent {
    std::string key, site;
    bool operator==(const DoorAgent&) const = default;
};

struct Door {
    std::string key, site, agent, name;  // agent: empty for a door without one
    bool locked = true;
    bool enabled = true;
    std::int64_t unlock_ms = 0;
    std::map<std::string, std::string> readers;  // key: kind
    bool operator==(const Door&) const = default;

    bool reads(const std::string& kind) const {
        for (const auto& [reader, its_kind] : readers) {
            if (its_kind == kind) {
                return true;
            }
        }
        return false;
    }
};

struct Zone {
    std::string key, name;
    std::set<std::string> doors;
    bool operator==(const Zone&) const = default;
};

struct Space {
    std::string key, site, name;
    bool operator==(const Space&) const = default;
};

/// How people get in, by local date: [from, until), ISO dates; an empty until is open.
struct WayIn {
    std::string way, from, until, note_fr, note_en;
    auto operator<=>(const WayIn&) const = default;
};

struct Room {
    std::string key, site, zone, name;  // zone: empty for a room without access zone
    std::int64_t capacity = 0;
    bool approval_needed = true;
    bool pending_blocks = true;
    bool individuals_may_book = true;
    std::int64_t margin_before_min = 10;
    std::int64_t margin_after_min = 10;
    std::set<std::string> spaces;
    std::vector<WayIn> ways_in;  // sorted
    RoomRules rules;
    bool operator==(const Room&) const = default;
};

/// What bookings are for, as the town sorts them: upkeep, events, …
struct BookingKind {
    std::string key, name, name_en;
    bool operator==(const BookingKind&) const = default;
};

/// A counted stock; site: empty for what is movable.
struct Equipment {
    std::string key, site, name;
    std::int64_t stock = 0;
    bool operator==(const Equipment&) const = default;
};

struct Person {
    std::string key, name, email, locale;  // email: empty for who gets letters
    std::string postal_address;            // lines
    bool enabled = true;
    std::set<std::string> roles;
    std::set<std::string> groups;
    bool operator==(const Person&) const = default;
};

struct Association {
    std::string key, name, email;
    std::set<std::string> managers;
    std::set<std::string> groups;
    bool operator==(const Association&) const = default;
};

/// A thing and where the file says it, as a JSON pointer; "(database)/rooms/KEY" when it does not.
template <class Thing>
struct Entry {
    Thing value;
    std::string place;
};

template <class Thing>
using ByKey = std::map<std::string, Entry<Thing>>;

struct Estate {
    std::optional<Town> town;
    ByKey<Site> sites;
    ByKey<DoorAgent> agents;
    ByKey<Door> doors;
    ByKey<Zone> zones;
    ByKey<Space> spaces;
    ByKey<Group> groups;
    ByKey<Room> rooms;
    ByKey<Quota> quotas;
    ByKey<Equipment> equipment;
    ByKey<BookingKind> booking_kinds;
    ByKey<Person> people;
    ByKey<Association> associations;
};

}  // namespace creneau::estate
