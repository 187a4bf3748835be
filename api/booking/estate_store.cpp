#include "api/booking/estate_store.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/legal/legal_rules.hpp"
#include "api/booking/room_rules_store.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::raw;

/// Prepares `query` with its numbers and runs it; `bind` says where the columns land.
template <class Bind>
void run(soci::statement& statement, const std::string& query,
         const std::vector<std::int64_t>& numbers, Bind bind) {
    bind(statement);
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(query);
    statement.define_and_bind();
    statement.execute();
}

constexpr auto kRoomColumns =
    "r.id, r.site_id, COALESCE(r.access_zone_id, 0), r.capacity, r.approval_needed,"
    " r.pending_blocks, r.individuals_may_book, r.margin_before_min, r.margin_after_min,"
    " r.key, r.name, s.time_zone";

struct RoomColumns {
    std::int64_t id = 0, site = 0, zone = 0, capacity = 0, approval = 0, pending = 0,
                 individuals = 0, before = 0, after = 0;
    std::string key, name, time_zone;

    void bind(soci::statement& statement) {
        for (auto* column :
             {&id, &site, &zone, &capacity, &approval, &pending, &individuals, &before, &after}) {
            statement.exchange(into(*column));
        }
        for (auto* column : {&key, &name, &time_zone}) {
            statement.exchange(into(*column));
        }
    }

    Room room() const {
        Room room;
        room.id = RoomId{id};
        room.site = SiteId{site};
        if (zone != 0) {
            room.zone = access::ZoneId{zone};
        }
        room.key = key;
        room.name = name;
        room.capacity = static_cast<int>(capacity);
        room.approval_needed = approval == 1;
        room.pending_blocks = pending == 1;
        room.individuals_may_book = individuals == 1;
        room.margin_before = std::chrono::minutes(before);
        room.margin_after = std::chrono::minutes(after);
        room.time_zone = time_zone;
        return room;
    }
};

constexpr auto kSiteColumns =
    "s.id, s.key, s.name, s.address, s.time_zone, s.help_contact, s.help_hours";

struct SiteColumns {
    std::int64_t id = 0;
    Site site;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        for (auto* column : {&site.key, &site.name, &site.address, &site.time_zone,
                             &site.help_contact, &site.help_hours}) {
            statement.exchange(into(*column));
        }
    }

    Site read() const {
        Site copy = site;
        copy.id = SiteId{id};
        return copy;
    }
};

struct TownColumns {
    Town town;
    std::string means;
    std::int64_t months = 0, days = 0, pass_ahead_min = 0;

    void bind(soci::statement& statement) {
        for (auto* column : {&town.name, &town.service, &town.email, &town.phone,
                             &town.legal.service_address, &means}) {
            statement.exchange(into(*column));
        }
        statement.exchange(into(months));
        statement.exchange(into(days));
        for (auto* column :
             {&town.legal.silence.decision, &town.legal.appeal_fr, &town.legal.appeal_en}) {
            statement.exchange(into(*column));
        }
        statement.exchange(into(pass_ahead_min));
    }

    Town read() const {
        Town copy = town;
        Silence& silence = copy.legal.silence;
        silence.means = store::present(silence_meaning_of(means), "meaning of silence");
        silence.months = static_cast<int>(months);
        silence.days = static_cast<int>(days);
        copy.pass_ahead = std::chrono::minutes(pass_ahead_min);
        return copy;
    }
};

std::vector<Room> rooms_where(store::Session& session, const std::string& condition,
                              const std::vector<std::int64_t>& numbers) {
    RoomColumns columns;
    soci::statement statement(session.sql());
    run(statement,
        std::string("SELECT ") + kRoomColumns +
            " FROM rooms r JOIN sites s ON s.id = r.site_id WHERE r.town_id = :town" + condition +
            " ORDER BY r.name, r.id",
        numbers, [&](soci::statement& to) { columns.bind(to); });
    std::vector<Room> rooms;
    while (statement.fetch()) {
        rooms.push_back(columns.room());
    }
    return rooms;
}

}  // namespace

std::vector<Site> list_sites(store::Session& session, TownId town) {
    SiteColumns columns;
    soci::statement statement(session.sql());
    run(statement,
        std::string("SELECT ") + kSiteColumns +
            " FROM sites s WHERE s.town_id = :town ORDER BY s.name, s.id",
        {raw(town)}, [&](soci::statement& to) { columns.bind(to); });
    std::vector<Site> sites;
    while (statement.fetch()) {
        sites.push_back(columns.read());
    }
    return sites;
}

std::vector<Room> list_rooms(store::Session& session, TownId town, std::optional<SiteId> site) {
    if (site) {
        return rooms_where(session, " AND r.site_id = :site", {raw(town), raw(*site)});
    }
    return rooms_where(session, "", {raw(town)});
}

std::optional<Room> find_room(store::Session& session, TownId town, RoomId room) {
    auto rooms = rooms_where(session, " AND r.id = :room", {raw(town), raw(room)});
    return rooms.empty() ? std::nullopt : std::optional(std::move(rooms.front()));
}

std::optional<Place> find_place(store::Session& session, TownId town, RoomId room) {
    RoomColumns room_columns;
    SiteColumns site_columns;
    TownColumns town_columns;
    soci::statement statement(session.sql());
    run(statement,
        std::string("SELECT ") + kRoomColumns + ", " + kSiteColumns +
            ", t.name, t.service, t.email, t.phone, t.service_address, t.silence_means,"
            " t.silence_months, t.silence_days, t.silence_decision, t.appeal_fr, t.appeal_en,"
            " t.pass_ahead_min"
            " FROM rooms r JOIN sites s ON s.id = r.site_id JOIN towns t ON t.id = r.town_id"
            " WHERE r.town_id = :town AND r.id = :room",
        {raw(town), raw(room)}, [&](soci::statement& to) {
            room_columns.bind(to);
            site_columns.bind(to);
            town_columns.bind(to);
        });
    if (!statement.fetch()) {
        return std::nullopt;
    }
    return Place{room_columns.room(), site_columns.read(), town_columns.read(),
                 load_rules(session, town, room), spaces_of(session, town, room)};
}

std::vector<Space> list_spaces(store::Session& session, TownId town) {
    std::int64_t id = 0;
    std::int64_t site = 0;
    Space space;
    soci::statement statement(session.sql());
    run(statement,
        "SELECT id, site_id, key, name FROM spaces WHERE town_id = :town ORDER BY name, id",
        {raw(town)}, [&](soci::statement& to) {
            to.exchange(into(id));
            to.exchange(into(site));
            to.exchange(into(space.key));
            to.exchange(into(space.name));
        });
    std::vector<Space> spaces;
    while (statement.fetch()) {
        space.id = SpaceId{id};
        space.site = SiteId{site};
        spaces.push_back(space);
    }
    return spaces;
}

std::vector<SpaceId> spaces_of(store::Session& session, TownId town, RoomId room) {
    std::int64_t space = 0;
    soci::statement statement(session.sql());
    run(statement,
        "SELECT space_id FROM room_spaces WHERE town_id = :town AND room_id = :room"
        " ORDER BY space_id",
        {raw(town), raw(room)}, [&](soci::statement& to) { to.exchange(into(space)); });
    std::vector<SpaceId> spaces;
    while (statement.fetch()) {
        spaces.push_back(SpaceId{space});
    }
    return spaces;
}

bool share_space(store::Session& session, TownId town, RoomId one, RoomId other) {
    const auto spaces = spaces_of(session, town, one);
    return std::ranges::any_of(spaces_of(session, town, other), [&](SpaceId space) {
        return std::ranges::find(spaces, space) != spaces.end();
    });
}

std::vector<access::WayIn> ways_into(store::Session& session, TownId town, RoomId room) {
    std::string way, from, until, french, english;
    soci::statement statement(session.sql());
    run(statement,
        "SELECT way, from_date, COALESCE(until_date, ''), note_fr, note_en FROM room_ways_in"
        " WHERE town_id = :town AND room_id = :room ORDER BY from_date, way",
        {raw(town), raw(room)}, [&](soci::statement& to) {
            for (auto* column : {&way, &from, &until, &french, &english}) {
                to.exchange(into(*column));
            }
        });
    std::vector<access::WayIn> ways;
    while (statement.fetch()) {
        ways.push_back({store::present(access::way_of(way), "way in"), from,
                        until.empty() ? std::nullopt : std::optional(until), french, english});
    }
    return ways;
}

}  // namespace creneau::booking
