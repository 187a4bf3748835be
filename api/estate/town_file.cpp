#include "api/estate/town_file.hpp"

#include "api/estate/estate_types.hpp"
#include "api/estate/import_error.hpp"
#include "api/estate/json_scan.hpp"
#include "api/estate/object_reader.hpp"
#include "api/estate/postal_address.hpp"
#include "api/estate/rules_file.hpp"
#include "api/estate/rules_types.hpp"
#include "policy/policy.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::estate {
namespace {

using nlohmann::json;
using Errors = std::vector<ImportError>;

constexpr ObjectReader::Range kCapacity{1, 100'000};
constexpr ObjectReader::Range kUnlockMs{500, 60'000};
constexpr ObjectReader::Range kMarginMin{0, 240};
constexpr ObjectReader::Range kStock{0, 100'000};
// A day at least: mails promise the code by the day before.
constexpr ObjectReader::Range kPassAheadMin{1440, 43'200};
constexpr ObjectReader::Range kReminderAheadMin{0, 43'200};
constexpr std::int64_t kUsualMargin = 10;

template <class Thing>
void keep(ByKey<Thing>& things, Thing thing, const ObjectReader& reader, Errors& errors) {
    if (thing.key.empty()) {
        return;  // reported already
    }
    const std::string key = thing.key;
    const auto [row, added] =
        things.try_emplace(key, Entry<Thing>{std::move(thing), reader.place()});
    if (!added) {
        errors.push_back({below(reader.place(), "key"), "doubled",
                          "'" + key + "' is at " + row->second.place + " already"});
    }
}

/// What the lack of an answer means, and after how many months or days.
void read_silence(ObjectReader& reader, Town& town, Errors& errors) {
    const json* silence = reader.optional_object("silence");
    if (silence == nullptr) {
        return;
    }
    ObjectReader members(*silence, below(reader.place(), "silence"), errors);
    town.silence_means = members.one_of("means", {"unsaid", "accepted", "refused"});
    town.silence_months = members.number("months", {1, 12}, 0);
    town.silence_days = members.number("days", {1, 366}, 0);
    town.silence_decision = members.text("decision", "");
    members.finish();
    const bool is_said = town.silence_means == "accepted" || town.silence_means == "refused";
    if (is_said && !silence->contains("months") && !silence->contains("days")) {
        members.fail("months", "missing", "say after how many months, or days");
    }
    if (silence->contains("months") && silence->contains("days")) {
        members.fail("days", "bad_value", "either months or days");
    } else if (town.silence_means == "unsaid" && town.silence_months + town.silence_days > 0) {
        members.fail("means", "bad_value", "a time is given, so say what silence means after it");
    }
}

void read_appeal(ObjectReader& reader, Town& town, Errors& errors) {
    if (const json* appeal = reader.optional_object("appeal")) {
        ObjectReader members(*appeal, below(reader.place(), "appeal"), errors);
        town.appeal_fr = members.text("fr");
        town.appeal_en = members.text("en", "");
        members.finish();
    }
}

/// For how many months the town keeps the audit of its activity, and by whose decision.
void read_audit(ObjectReader& reader, Town& town, Errors& errors) {
    if (const json* audit = reader.optional_object("audit")) {
        ObjectReader members(*audit, below(reader.place(), "audit"), errors);
        town.audit_months = members.number("months", {12, 1200}, town.audit_months);
        town.audit_decision = members.text("decision", "");
        members.finish();
    }
}

Town read_town(ObjectReader& reader, Errors& errors) {
    Town town;
    town.key = reader.key("key");
    town.name = reader.text("name");
    town.time_zone = reader.time_zone("time_zone");
    town.service = reader.text("service");
    town.email = reader.email("email");
    town.phone = reader.text("phone");
    town.offer_stands_min = reader.number("offer_stands_min", {1, 43'200}, town.offer_stands_min);
    town.pass_ahead_min = reader.number("pass_ahead_min", kPassAheadMin, town.pass_ahead_min);
    town.reminder_ahead_min =
        reader.number("reminder_ahead_min", kReminderAheadMin, town.reminder_ahead_min);
    town.letter_ahead_min = reader.number("letter_ahead_min", {0, 43'200}, town.letter_ahead_min);
    town.school_zone = reader.one_of("school_zone", {"a", "b", "c", "corse"}, "");
    town.holiday_law = reader.one_of("holiday_law", {"france", "alsace_moselle"}, "france");
    town.settle_days = reader.number("settle_days", {1, 90}, town.settle_days);
    town.service_address = reader.text("service_address", "");
    read_silence(reader, town, errors);
    read_appeal(reader, town, errors);
    read_audit(reader, town, errors);
    return town;
}

Site read_site(ObjectReader& reader, const std::string& town_zone, Errors& errors) {
    Site site;
    site.key = reader.key("key");
    site.name = reader.text("name");
    site.address = reader.text("address");
    site.time_zone = reader.time_zone("time_zone", town_zone.c_str());
    if (const json* help = reader.object("help")) {
        ObjectReader members(*help, below(reader.place(), "help"), errors);
        site.help_contact = members.text("contact");
        site.help_hours = members.text("hours");
        members.finish();
    }
    return site;
}

DoorAgent read_agent(ObjectReader& reader, const std::string&, Errors&) {
    return {reader.key("key"), reader.key("site")};
}

Door read_door(ObjectReader& reader, const std::string&, Errors& errors) {
    Door door;
    door.key = reader.key("key");
    door.site = reader.key("site");
    door.agent = reader.optional_key("agent");
    door.name = reader.short_text("name", policy::kLongestDoorName);
    door.locked = reader.flag("locked", true);
    door.enabled = reader.flag("enabled", true);
    door.unlock_ms = reader.number("unlock_ms", kUnlockMs);
    reader.list("readers", door.locked, [&](const json& value, const std::string& place) {
        ObjectReader members(value, place, errors);
        const std::string key = members.key("key");
        const std::string kind = members.one_of("kind", {"qr", "badge"});
        members.finish();
        if (!key.empty() && !door.readers.try_emplace(key, kind).second) {
            members.fail("key", "doubled", "the door has a reader '" + key + "' already");
        }
    });
    return door;
}

Zone read_zone(ObjectReader& reader, const std::string&, Errors&) {
    Zone zone;
    zone.key = reader.key("key");
    zone.name = reader.text("name");
    zone.doors = reader.texts("doors", true);
    return zone;
}

Space read_space(ObjectReader& reader, const std::string&, Errors&) {
    return {reader.key("key"), reader.key("site"), reader.text("name")};
}

WayIn read_way_in(const json& value, const std::string& place, Errors& errors) {
    ObjectReader reader(value, place, errors);
    WayIn way;
    way.way = reader.one_of("way", {"qr", "badge", "key", "staff"});
    way.from = reader.date("from");
    way.until = reader.date("until", "");
    way.note_fr = reader.text("note_fr", "");
    way.note_en = reader.text("note_en", "");
    reader.finish();
    if (!way.until.empty() && way.until <= way.from) {
        reader.fail("until", "bad_value", "it is the first day no more, so later than `from`");
    }
    return way;
}

Room read_room(ObjectReader& reader, const std::string&, Errors& errors) {
    Room room;
    room.key = reader.key("key");
    room.site = reader.key("site");
    room.name = reader.text("name");
    const auto told = errors.size();
    room.capacity = reader.number("capacity", kCapacity);
    // Layouts are not measured by a capacity that was wrong itself.
    const auto largest = errors.size() == told ? room.capacity : kCapacity.most;
    room.zone = reader.optional_key("access_zone");
    room.approval_needed = reader.flag("approval_needed", true);
    room.pending_blocks = reader.flag("pending_blocks", true);
    room.individuals_may_book = reader.flag("individuals_may_book", true);
    room.margin_before_min = reader.number("margin_before_min", kMarginMin, kUsualMargin);
    room.margin_after_min = reader.number("margin_after_min", kMarginMin, kUsualMargin);
    room.spaces = reader.texts("spaces", true);
    room.rules = read_rules(reader, largest, errors);
    reader.list("ways_in", true, [&](const json& value, const std::string& place) {
        room.ways_in.push_back(read_way_in(value, place, errors));
    });
    return room;
}

Person read_person(ObjectReader& reader, const std::string&, Errors& errors) {
    Person person;
    person.key = reader.key("key");
    person.name = reader.text("name");
    person.email = reader.optional_email("email");
    person.postal_address = read_postal_address(reader, errors);
    if (person.email.empty() && person.postal_address.empty()) {
        reader.fail("postal_address", "missing",
                    "who has no `email` gets letters, and they need an address");
    }
    person.locale = reader.one_of("locale", {"fr", "en"});
    person.enabled = reader.flag("enabled", true);
    person.roles = reader.texts("roles", true,
                                {"booker", "office", "administrator", "stage_manager",
                                 "access_administrator", "human_resources", "data_protection"});
    person.groups = reader.texts("groups", false);
    return person;
}

Association read_association(ObjectReader& reader, const std::string&, Errors&) {
    Association association;
    association.key = reader.key("key");
    association.name = reader.text("name");
    association.email = reader.optional_email("email");
    association.managers = reader.texts("managers", true);
    association.groups = reader.texts("groups", false);
    return association;
}

Group read_group(ObjectReader& reader, const std::string&, Errors&) {
    return {reader.key("key"), reader.text("name")};
}

Equipment read_equipment(ObjectReader& reader, const std::string&, Errors&) {
    Equipment equipment;
    equipment.key = reader.key("key");
    equipment.site = reader.optional_key("site");
    equipment.name = reader.text("name");
    equipment.stock = reader.number("stock", kStock);
    return equipment;
}

BookingKind read_booking_kind(ObjectReader& reader, const std::string&, Errors&) {
    return {reader.key("key"), reader.text("name"), reader.text("name_en")};
}

Quota read_one_quota(ObjectReader& reader, const std::string&, Errors&) {
    return read_quota(reader);
}

/// One list of things of a kind; `read` makes one of an object.
template <class Thing>
void read_all(ObjectReader& root, const char* name, ByKey<Thing>& things,
              Thing (*read)(ObjectReader&, const std::string&, Errors&),
              std::pair<const std::string&, Errors&> context) {
    root.list(name, false, [&](const json& value, const std::string& place) {
        ObjectReader reader(value, place, context.second);
        Thing thing = read(reader, context.first, context.second);
        reader.finish();
        keep(things, std::move(thing), reader, context.second);
    });
}

Estate read_estate(const json& document, Errors& errors) {
    Estate estate;
    ObjectReader root(document, "", errors);
    std::string zone;
    if (const json* town = root.object("town")) {
        ObjectReader reader(*town, "/town", errors);
        estate.town = read_town(reader, errors);
        reader.finish();
        zone = estate.town->time_zone;
    }
    const std::pair<const std::string&, Errors&> context{zone, errors};
    read_all(root, "sites", estate.sites, read_site, context);
    read_all(root, "agents", estate.agents, read_agent, context);
    read_all(root, "doors", estate.doors, read_door, context);
    read_all(root, "zones", estate.zones, read_zone, context);
    read_all(root, "spaces", estate.spaces, read_space, context);
    read_all(root, "groups", estate.groups, read_group, context);
    read_all(root, "rooms", estate.rooms, read_room, context);
    read_all(root, "quotas", estate.quotas, read_one_quota, context);
    read_all(root, "equipment", estate.equipment, read_equipment, context);
    read_all(root, "booking_kinds", estate.booking_kinds, read_booking_kind, context);
    read_all(root, "people", estate.people, read_person, context);
    read_all(root, "associations", estate.associations, read_association, context);
    root.finish();
    return estate;
}

/// The parser's own words without its error number and its count of bytes.
std::string why(const std::string& message) {
    const auto colon = message.find(": ");
    return colon == std::string::npos ? message : message.substr(colon + 2);
}

}  // namespace

TownFile read_town_file(std::string_view text) {
    Errors errors = scan_json(text);
    const bool unfit = std::any_of(errors.begin(), errors.end(), [](const ImportError& error) {
        return error.code != "doubled";
    });
    if (unfit) {
        return {{}, std::move(errors)};
    }
    json document;
    try {
        document = json::parse(text);
    } catch (const json::parse_error& error) {
        const std::size_t byte = error.byte > 0 ? error.byte - 1 : 0;
        return {{}, {{place_of_byte(text, byte), "syntax", "not JSON: " + why(error.what())}}};
    }
    Estate estate = read_estate(document, errors);
    return {std::move(estate), std::move(errors)};
}

}  // namespace creneau::estate
