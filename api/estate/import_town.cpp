#include "api/estate/import_town.hpp"

#include "api/estate/erased_key.hpp"
#include "api/estate/estate_rules.hpp"
#include "api/estate/estate_types.hpp"
#include "api/estate/import_audit.hpp"
#include "api/estate/import_error.hpp"
#include "api/estate/import_store.hpp"
#include "api/estate/json_scan.hpp"
#include "api/estate/known_store.hpp"
#include "api/estate/town_file.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace creneau::estate {
namespace {

using Errors = std::vector<ImportError>;

/// The file's order of ways in is kept for its error messages only.
void sort_ways_in(Estate& estate) {
    for (auto& [key, entry] : estate.rooms) {
        std::sort(entry.value.ways_in.begin(), entry.value.ways_in.end());
    }
}

/// True when an error stands at this place or at one that holds it.
bool is_told(const Errors& errors, const std::string& place) {
    return std::any_of(errors.begin(), errors.end(), [&](const ImportError& error) {
        return place == error.place ||
               (place.starts_with(error.place) && place[error.place.size()] == '/');
    });
}

/// Adds what is not the mere consequence of an error at the same place.
void add_unless_told(Errors& errors, Errors more) {
    const Errors told = errors;
    for (auto& error : more) {
        if (!is_told(told, error.place)) {
            errors.push_back(std::move(error));
        }
    }
}

template <class Thing>
ImportCount count(const char* kind, const ByKey<Thing>& known, const ByKey<Thing>& file) {
    ImportCount counted;
    counted.kind = kind;
    for (const auto& [key, entry] : file) {
        const auto before = known.find(key);
        if (before == known.end()) {
            ++counted.added;
        } else if (before->second.value == entry.value) {
            ++counted.unchanged;
        } else {
            ++counted.changed;
        }
    }
    for (const auto& [key, entry] : known) {
        if (!file.contains(key)) {
            counted.left_alone.push_back(key);
        }
    }
    return counted;
}

ImportReport report_on(const Estate& known, const Estate& file) {
    ImportReport report;
    report.town_key = store::present(file.town, "town of the file").key;
    ImportCount town;
    town.kind = "town";
    town.added = known.town ? 0 : 1;
    town.changed = known.town && known.town != file.town ? 1 : 0;
    town.unchanged = known.town == file.town ? 1 : 0;
    if (known.town) {
        report.new_school_zone = known.town->school_zone != file.town->school_zone;
        report.new_holiday_law = known.town->holiday_law != file.town->holiday_law;
    }
    report.counts = {town,
                     count("sites", known.sites, file.sites),
                     count("agents", known.agents, file.agents),
                     count("doors", known.doors, file.doors),
                     count("zones", known.zones, file.zones),
                     count("spaces", known.spaces, file.spaces),
                     count("groups", known.groups, file.groups),
                     count("rooms", known.rooms, file.rooms),
                     count("quotas", known.quotas, file.quotas),
                     count("equipment", known.equipment, file.equipment),
                     count("booking_kinds", known.booking_kinds, file.booking_kinds),
                     count("people", known.people, file.people),
                     count("associations", known.associations, file.associations)};
    return report;
}

void check_room_use(const Entry<Room>& entry, const Room& before, const RoomUse& use,
                    Errors& errors) {
    const Room& after = entry.value;
    if (use.occupied && (after.spaces != before.spaces || after.site != before.site)) {
        errors.push_back({below(entry.place, "spaces"), "in_use",
                          "bookings occupy the room's spaces; make a new room for other spaces"});
    }
    if (use.has_pending && after.pending_blocks != before.pending_blocks) {
        errors.push_back({below(entry.place, "pending_blocks"), "in_use",
                          "requests for the room wait for a decision; decide them first"});
    }
    if (use.has_open_windows && after.zone != before.zone) {
        errors.push_back({below(entry.place, "access_zone"), "in_use",
                          "passes for the room are still good; cancel or move their bookings"});
    }
}

/// A stock as the file wants it, and as it is.
struct StockChange {
    const Entry<Equipment>& entry;
    const Equipment& before;
    std::int64_t id;
    std::chrono::sys_seconds now;
};

/// A site that the file puts into another time zone.
struct SiteChange {
    const Entry<Site>& entry;
    std::int64_t id;
    std::chrono::sys_seconds now;
};

/// Times of the site that were told in the zone it had.
void check_site_use(store::Session& session, const SiteChange& change, Errors& errors) {
    std::string uses;
    for (const std::string& use : use_of_site(session, change.id, change.now)) {
        uses += (uses.empty() ? "" : ", ") + use;
    }
    if (!uses.empty()) {
        errors.push_back(
            {below(change.entry.place, "time_zone"), "in_use",
             uses + " to come were made in the old time zone; move or end them first"});
    }
}

std::string listed(const char* word, const std::vector<std::int64_t>& ids) {
    std::string list;
    for (const std::int64_t id : ids) {
        list += (list.empty() ? word : ", ") + std::to_string(id);
    }
    return list;
}

std::string takers(const StockUse& use) {
    const auto bookings = listed("bookings ", use.bookings);
    const auto holds = listed("holds ", use.holds);
    return bookings + (bookings.empty() || holds.empty() ? "" : " and ") + holds;
}

/// Nobody is left without what was promised: the bookings and holds in the way are named.
void check_stock_use(store::Session& session, const StockChange& change, Errors& errors) {
    const Equipment& after = change.entry.value;
    const auto use = use_of_stock(session, change.id, after.stock, change.now);
    if (use.most > after.stock) {
        errors.push_back({below(change.entry.place, "stock"), "in_use",
                          std::to_string(use.most) + " are taken at once by " + takers(use) +
                              "; change or cancel them first"});
    }
    if (after.site != change.before.site && !after.site.empty()) {
        const auto any = use_of_stock(session, change.id, 0, change.now);
        if (any.most > 0) {
            errors.push_back({below(change.entry.place, "site"), "in_use",
                              takers(any) + " take it; change or cancel them first"});
        }
    }
}

/// Values that bookings, passes and numbers already given rest upon.
Errors check_use(store::Session& session, const Known& known, const Estate& file,
                 std::chrono::sys_seconds now) {
    Errors errors;
    for (const auto& [key, entry] : file.rooms) {
        const auto before = known.estate.rooms.find(key);
        if (before != known.estate.rooms.end() && before->second.value != entry.value) {
            check_room_use(entry, before->second.value,
                           use_of_room(session, known.rooms.at(key), now), errors);
        }
    }
    for (const auto& [key, entry] : file.equipment) {
        const auto before = known.estate.equipment.find(key);
        if (before != known.estate.equipment.end() && before->second.value != entry.value) {
            check_stock_use(session, {entry, before->second.value, known.equipment.at(key), now},
                            errors);
        }
    }
    for (const auto& [key, entry] : file.sites) {
        const auto before = known.estate.sites.find(key);
        if (before != known.estate.sites.end() &&
            before->second.value.time_zone != entry.value.time_zone) {
            check_site_use(session, {entry, known.sites.at(key), now}, errors);
        }
    }
    return errors;
}

/// What people changed in the application is not taken back unasked.
template <class Thing>
void check_edits(const ByKey<Thing>& known, const ByKey<Thing>& file,
                 const std::set<std::string>& edited, Errors& errors) {
    for (const auto& [key, entry] : file) {
        const auto before = known.find(key);
        if (before != known.end() && edited.contains(key) && before->second.value != entry.value) {
            errors.push_back({entry.place, "edited_here",
                              "was changed in the application since, and the file says otherwise: "
                              "correct the file, or import with --overwrite-edits"});
        }
    }
}

/// Whoever was erased does not come back by the file that named them.
void check_erased(const Known& known, const Estate& file, Errors& errors) {
    for (const auto& [key, entry] : file.people) {
        if (known.erased_people.contains(erased_key(key))) {
            errors.push_back(
                {entry.place, "erased", "was erased on request: take this person out of the file"});
        }
    }
}

template <class Thing>
void check_numbers(const ByKey<Thing>& known, const ByKey<Thing>& file, std::int64_t left,
                   Errors& errors) {
    for (const auto& [key, entry] : file) {
        if (!known.contains(key) && --left < 0) {
            errors.push_back({entry.place, "no_number_left",
                              "the signed format numbers no more things of this kind"});
        }
    }
}

template <class Thing>
void write_changed(EstateWriter& writer, const ByKey<Thing>& known, const ByKey<Thing>& file) {
    for (const auto& [key, entry] : file) {
        const auto before = known.find(key);
        if (before == known.end() || before->second.value != entry.value) {
            writer.write(entry.value);
        }
    }
}

void write_all(EstateWriter& writer, const Estate& known, const Estate& file) {
    if (known.town != file.town) {
        writer.write(store::present(file.town, "town of the file"));
    }
    write_changed(writer, known.sites, file.sites);
    write_changed(writer, known.agents, file.agents);
    write_changed(writer, known.doors, file.doors);
    write_changed(writer, known.zones, file.zones);
    write_changed(writer, known.spaces, file.spaces);
    write_changed(writer, known.groups, file.groups);
    write_changed(writer, known.rooms, file.rooms);
    write_changed(writer, known.quotas, file.quotas);
    write_changed(writer, known.equipment, file.equipment);
    write_changed(writer, known.booking_kinds, file.booking_kinds);
    for (const auto& [key, entry] : file.people) {
        const auto before = known.people.find(key);
        if (before != known.people.end() && before->second.value.email != entry.value.email) {
            writer.free_email(entry.value);
        }
    }
    write_changed(writer, known.people, file.people);
    write_changed(writer, known.associations, file.associations);
}

}  // namespace

bool ImportReport::nothing_changed() const {
    return std::all_of(counts.begin(), counts.end(), [](const ImportCount& count) {
        return count.added == 0 && count.changed == 0;
    });
}

std::string describe(const ImportReport& report) {
    std::string text;
    for (const ImportCount& count : report.counts) {
        text += count.kind + ": " + std::to_string(count.added) + " added, " +
                std::to_string(count.changed) + " changed, " + std::to_string(count.unchanged) +
                " unchanged\n";
        if (!count.left_alone.empty()) {
            text += count.kind + " left alone, not in the file:";
            for (const auto& key : count.left_alone) {
                text += " " + key;
            }
            text += "\n";
        }
    }
    if (report.nothing_changed()) {
        text += "nothing changed\n";
    }
    return text;
}

tl::expected<ImportReport, Errors> import_town(store::Session& session, std::string_view text,
                                               std::chrono::sys_seconds now, Edits edits) {
    auto [file, errors] = read_town_file(text);
    if (!file.town || file.town->key.empty()) {
        return tl::unexpected(std::move(errors));  // nothing to compare the rest with
    }
    Known known = load_known(session, file.town->key);
    add_unless_told(errors, check(merged(known.estate, file)));
    sort_ways_in(file);
    EstateWriter writer(session, known);
    check_numbers(known.estate.doors, file.doors, writer.scope_numbers_left(ScopeKind::door),
                  errors);
    check_numbers(known.estate.zones, file.zones, writer.scope_numbers_left(ScopeKind::zone),
                  errors);
    for (auto& error : check_use(session, known, file, now)) {
        errors.push_back(std::move(error));
    }
    check_erased(known, file, errors);
    if (edits == Edits::kept) {
        check_edits(known.estate.people, file.people, known.edited_people, errors);
        check_edits(known.estate.associations, file.associations, known.edited_associations,
                    errors);
    }
    if (!errors.empty()) {
        return tl::unexpected(std::move(errors));
    }
    ImportReport report = report_on(known.estate, file);
    if (!report.nothing_changed()) {
        const Estate before = known.estate;
        const bool had_administrator = writer.has_administrator(now);
        write_all(writer, before, file);
        if (had_administrator && !writer.has_administrator(now)) {
            return tl::unexpected(Errors{{"/people", "last_administrator",
                                          "nobody who can sign in would administer the town: leave "
                                          "somebody with an address the role administrator"}});
        }
        record_import(session, known, before, file, now);
    }
    return report;
}

}  // namespace creneau::estate
