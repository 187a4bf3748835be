#include "api/booking/rounds/round_wish_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

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
using store::raw_or_zero;

/// A place of the week in columns; room 0 stands for none.
struct PlaceColumns {
    std::int64_t room = 0, end_day = 0;
    std::string weekday, start, end;

    PlaceColumns() = default;

    explicit PlaceColumns(const std::optional<WeekPlace>& place) {
        if (place) {
            room = raw(place->room);
            end_day = place->hours.end_day_offset;
            weekday = word_of(place->hours.day);
            start = place->hours.start;
            end = place->hours.end;
        }
    }

    [[nodiscard]] WeekHours hours() const {
        return {store::present(weekday_of(weekday), "weekday of a wish"), start, end,
                static_cast<int>(end_day)};
    }
    [[nodiscard]] std::optional<WeekPlace> place() const {
        return room == 0 ? std::nullopt : std::optional(WeekPlace{RoomId{room}, hours()});
    }
};

struct WishColumns {
    std::int64_t id = 0, round = 0, association = 0, booker = 0, stated_by = 0, stated_at = 0,
                 withdrawn = 0, attendees = 0, version = 0, points = 0, series = 0, waits = 0;
    std::string layout, purpose, pin, pin_reason, verdict, why_fr, why_en, association_name,
        booker_name;
    PlaceColumns wished, settled, given;

    void bind(soci::statement& statement) {
        for (auto* column : {&id, &round, &association, &booker, &stated_by, &stated_at, &withdrawn,
                             &attendees, &version, &points, &series, &waits, &wished.end_day,
                             &settled.room, &settled.end_day, &given.room, &given.end_day}) {
            statement.exchange(into(*column));
        }
        for (auto* column :
             {&layout, &purpose, &pin, &pin_reason, &verdict, &why_fr, &why_en, &association_name,
              &booker_name, &wished.weekday, &wished.start, &wished.end, &settled.weekday,
              &settled.start, &settled.end, &given.weekday, &given.start, &given.end}) {
            statement.exchange(into(*column));
        }
    }

    [[nodiscard]] RoundWish wish() const {
        RoundWish read;
        read.id = RoundWishId{id};
        read.round = RoundId{round};
        read.form.association = AssociationId{association};
        read.form.booker = PersonId{booker};
        read.form.hours = wished.hours();
        read.form.attendees = attendees;
        read.form.layout = layout;
        read.form.purpose = purpose;
        read.stated_by = PersonId{stated_by};
        read.stated_at = std::chrono::sys_seconds(std::chrono::seconds(stated_at));
        read.withdrawn = withdrawn != 0;
        read.version = version;
        if (!pin.empty()) {
            read.pin = RoundPin{settled.place(), pin_reason};
        }
        if (!verdict.empty()) {
            read.decision =
                RoundDecision{store::present(round_verdict_of(verdict), "verdict on a wish"),
                              given.place(),
                              points,
                              {why_fr, why_en}};
        }
        if (series != 0) {
            read.series = SeriesId{series};
        }
        read.waits = waits;
        read.association_name = association_name;
        read.booker_name = booker_name;
        return read;
    }
};

// Ids of ours are positive: 0 stands for NULL.
constexpr auto kSelect =
    "SELECT w.id, w.round_id, w.association_id, w.booker_id, w.stated_by_id, w.stated_at,"
    " w.withdrawn, w.attendees, w.version, w.points, COALESCE(w.series_id, 0), w.waits,"
    " w.end_day_offset, COALESCE(w.pin_room_id, 0), w.pin_end_day, COALESCE(w.room_id, 0),"
    " w.given_end_day, w.layout, w.purpose, w.pin, w.pin_reason, w.verdict, w.why_fr, w.why_en,"
    " a.name, p.name, w.weekday, w.start_time, w.end_time, w.pin_weekday, w.pin_start, w.pin_end,"
    " w.given_weekday, w.given_start, w.given_end FROM round_wishes w"
    " JOIN associations a ON a.id = w.association_id JOIN people p ON p.id = w.booker_id"
    " WHERE w.town_id = :town";

void read_lists(store::Session& session, TownId town, RoundWish& wish) {
    const std::int64_t town_id = raw(town);
    const std::int64_t wish_id = raw(wish.id);
    std::int64_t id = 0;
    std::int64_t quantity = 0;
    soci::statement rooms =
        (session.sql().prepare << "SELECT room_id FROM round_wish_rooms WHERE town_id = :town"
                                  " AND wish_id = :wish ORDER BY position",
         use(town_id), use(wish_id), into(id));
    rooms.execute();
    while (rooms.fetch()) {
        wish.form.rooms.push_back(RoomId{id});
    }
    soci::statement equipment =
        (session.sql().prepare
             << "SELECT equipment_id, quantity FROM round_wish_equipment"
                " WHERE town_id = :town AND wish_id = :wish ORDER BY equipment_id",
         use(town_id), use(wish_id), into(id), into(quantity));
    equipment.execute();
    while (equipment.fetch()) {
        wish.form.equipment.push_back({EquipmentId{id}, quantity});
    }
}

void insert_lists(store::Session& session, TownId town, RoundWishId wish, const WishForm& form) {
    const std::int64_t town_id = raw(town);
    const std::int64_t wish_id = raw(wish);
    std::int64_t position = 0;
    for (const RoomId room : form.rooms) {
        const std::int64_t room_id = raw(room);
        session.sql() << "INSERT INTO round_wish_rooms (town_id, wish_id, position, room_id)"
                         " VALUES (:town, :wish, :position, :room)",
            use(town_id), use(wish_id), use(position), use(room_id);
        ++position;
    }
    for (const EquipmentOrder& order : form.equipment) {
        const std::int64_t equipment = raw(order.id);
        session.sql() << "INSERT INTO round_wish_equipment (town_id, wish_id, equipment_id,"
                         " quantity) VALUES (:town, :wish, :equipment, :quantity)",
            use(town_id), use(wish_id), use(equipment), use(order.quantity);
    }
}

std::vector<RoundWish> wishes_where(store::Session& session, TownId town, const std::string& tail,
                                    const std::vector<std::int64_t>& numbers) {
    WishColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(kSelect + tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<RoundWish> wishes;
    while (statement.fetch()) {
        wishes.push_back(columns.wish());
    }
    for (RoundWish& wish : wishes) {
        read_lists(session, town, wish);
    }
    return wishes;
}

}  // namespace

RoundWishId insert_wish(store::Session& session, TownId town, const RoundWish& wish) {
    const std::int64_t town_id = raw(town);
    const std::int64_t round = raw(wish.round);
    const WishForm& form = wish.form;
    const std::int64_t association = raw(form.association);
    const std::int64_t booker = raw(store::present(form.booker, "booker of a wish"));
    const std::int64_t stated_by = raw(wish.stated_by);
    const std::int64_t stated_at = wish.stated_at.time_since_epoch().count();
    const std::string weekday(word_of(form.hours.day));
    const RoundWishId id{store::insert_row(
        session,
        "INSERT INTO round_wishes (town_id, round_id, association_id, booker_id, stated_by_id,"
        " stated_at, weekday, start_time, end_time, end_day_offset, attendees, layout, purpose)"
        " VALUES (:town, :round, :association, :booker, :by, :at, :weekday, :start, :end, :offset,"
        " :attendees, :layout, :purpose)",
        use(town_id), use(round), use(association), use(booker), use(stated_by), use(stated_at),
        use(weekday), use(form.hours.start), use(form.hours.end), use(form.hours.end_day_offset),
        use(form.attendees), use(form.layout), use(form.purpose))};
    insert_lists(session, town, id, form);
    return id;
}

bool update_wish(store::Session& session, TownId town, const RoundWish& before,
                 const RoundWish& after) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(before.id);
    const WishForm& form = after.form;
    const std::int64_t booker = raw(store::present(form.booker, "booker of a wish"));
    const std::int64_t withdrawn = after.withdrawn ? 1 : 0;
    const std::string weekday(word_of(form.hours.day));
    soci::statement statement =
        (session.sql().prepare
             << "UPDATE round_wishes SET booker_id = :booker, withdrawn = :withdrawn,"
                " weekday = :weekday, start_time = :start, end_time = :end,"
                " end_day_offset = :offset, attendees = :attendees, layout = :layout,"
                " purpose = :purpose, version = version + 1 WHERE town_id = :town AND id = :id"
                " AND version = :expected AND withdrawn = 0",
         use(booker), use(withdrawn), use(weekday), use(form.hours.start), use(form.hours.end),
         use(form.hours.end_day_offset), use(form.attendees), use(form.layout), use(form.purpose),
         use(town_id), use(id), use(before.version));
    statement.execute(true);
    if (statement.get_affected_rows() != 1) {
        return false;
    }
    session.sql() << "DELETE FROM round_wish_rooms WHERE town_id = :town AND wish_id = :wish",
        use(town_id), use(id);
    session.sql() << "DELETE FROM round_wish_equipment WHERE town_id = :town AND wish_id = :wish",
        use(town_id), use(id);
    insert_lists(session, town, before.id, form);
    return true;
}

void set_pin(store::Session& session, TownId town, RoundWishId wish,
             const std::optional<RoundPin>& pin) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(wish);
    const PlaceColumns place(pin ? pin->place : std::nullopt);
    const std::string kind = !pin ? "" : pin->place ? "place" : "out";
    const std::string reason = pin ? pin->reason : "";
    session.sql() << "UPDATE round_wishes SET pin = :pin, pin_reason = :reason,"
                     " pin_room_id = NULLIF(CAST(:room AS BIGINT), 0), pin_weekday = :weekday,"
                     " pin_start = :start, pin_end = :end, pin_end_day = :offset,"
                     " version = version + 1 WHERE town_id = :town AND id = :id",
        use(kind), use(reason), use(place.room), use(place.weekday), use(place.start),
        use(place.end), use(place.end_day), use(town_id), use(id);
}

void set_decision(store::Session& session, TownId town, RoundWishId wish,
                  const RoundDecision& decision) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(wish);
    const PlaceColumns place(decision.place);
    const std::string verdict(word_of(decision.verdict));
    session.sql() << "UPDATE round_wishes SET verdict = :verdict, points = :points, why_fr = :fr,"
                     " why_en = :en, room_id = NULLIF(CAST(:room AS BIGINT), 0),"
                     " given_weekday = :weekday, given_start = :start, given_end = :end,"
                     " given_end_day = :offset WHERE town_id = :town AND id = :id",
        use(verdict), use(decision.points), use(decision.why.fr), use(decision.why.en),
        use(place.room), use(place.weekday), use(place.start), use(place.end), use(place.end_day),
        use(town_id), use(id);
}

void set_result(store::Session& session, TownId town, RoundWishId wish,
                const std::optional<SeriesId>& series, std::int64_t waits) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(wish);
    const std::int64_t series_id = raw_or_zero(series);
    session.sql() << "UPDATE round_wishes SET series_id = NULLIF(CAST(:series AS BIGINT), 0),"
                     " waits = :waits, version = version + 1 WHERE town_id = :town AND id = :id",
        use(series_id), use(waits), use(town_id), use(id);
}

std::optional<RoundWish> select_wish(store::Session& session, TownId town, RoundWishId wish) {
    auto found = wishes_where(session, town, " AND w.id = :id", {raw(town), raw(wish)});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<RoundWish> select_wishes(store::Session& session, TownId town,
                                     const RoundWishQuery& query) {
    std::string tail = " AND w.round_id = :round AND w.id > :after";
    std::vector<std::int64_t> numbers{raw(town), raw(query.round), raw_or_zero(query.after)};
    if (!query.withdrawn) {
        tail += " AND w.withdrawn = 0";
    }
    if (query.manager) {
        tail +=
            " AND w.association_id IN (SELECT m.association_id FROM association_managers m"
            " JOIN associations e ON e.id = m.association_id AND e.enabled = 1"
            " WHERE m.person_id = :manager)";
        numbers.push_back(raw(*query.manager));
    }
    numbers.push_back(query.limit);
    return wishes_where(session, town, tail + " ORDER BY w.id LIMIT :limit", numbers);
}

std::optional<WeekPlace> given_to_series(store::Session& session, TownId town, SeriesId series) {
    const auto found = wishes_where(
        session, town,
        " AND w.series_id IN (WITH RECURSIVE line (id) AS (SELECT CAST(:series AS BIGINT) UNION"
        " SELECT s.split_from_id FROM series s JOIN line ON s.id = line.id"
        " WHERE s.split_from_id IS NOT NULL) SELECT id FROM line) LIMIT 1",
        {raw(town), raw(series)});
    const auto& decision = found.empty() ? std::nullopt : found.front().decision;
    return decision ? decision->place : std::nullopt;
}

std::int64_t count_wishes(store::Session& session, TownId town, RoundId round,
                          const std::optional<AssociationId>& association) {
    const std::int64_t town_id = raw(town);
    const std::int64_t round_id = raw(round);
    const std::int64_t association_id = raw_or_zero(association);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM round_wishes WHERE town_id = :town"
                     " AND round_id = :round AND withdrawn = 0"
                     " AND (CAST(:any AS BIGINT) = 0 OR association_id = :association)",
        use(town_id), use(round_id), use(association_id), use(association_id), into(count);
    return count;
}

std::vector<PersonId> managers_of(store::Session& session, TownId town, AssociationId association) {
    const std::int64_t town_id = raw(town);
    const std::int64_t association_id = raw(association);
    std::int64_t id = 0;
    soci::statement statement =
        (session.sql().prepare << "SELECT p.id FROM association_managers m"
                                  " JOIN people p ON p.id = m.person_id AND p.enabled = 1"
                                  " WHERE m.town_id = :town AND m.association_id = :association"
                                  " ORDER BY p.id",
         use(town_id), use(association_id), into(id));
    statement.execute();
    std::vector<PersonId> managers;
    while (statement.fetch()) {
        managers.push_back(PersonId{id});
    }
    return managers;
}

std::vector<std::pair<std::string, std::string>> select_past_slots(store::Session& session,
                                                                   TownId town,
                                                                   AssociationId association,
                                                                   RoomId room,
                                                                   const Interval& during) {
    const std::int64_t town_id = raw(town);
    const std::int64_t association_id = raw(association);
    const std::int64_t room_id = raw(room);
    const std::int64_t from = during.start.time_since_epoch().count();
    const std::int64_t to = during.end.time_since_epoch().count();
    std::pair<std::string, std::string> slot;
    soci::statement statement =
        (session.sql().prepare << "SELECT local_start, local_end FROM bookings"
                                  " WHERE town_id = :town AND association_id = :association"
                                  " AND room_id = :room AND status = 'approved'"
                                  " AND start_at >= :from AND start_at < :to ORDER BY start_at",
         use(town_id), use(association_id), use(room_id), use(from), use(to), into(slot.first),
         into(slot.second));
    statement.execute();
    std::vector<std::pair<std::string, std::string>> slots;
    while (statement.fetch()) {
        slots.push_back(slot);
    }
    return slots;
}

}  // namespace creneau::booking
