#include "tests/api/booking/town_fixture.hpp"

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

constexpr auto kTowns = R"sql(
INSERT INTO towns (id, key, name, time_zone, service, email, phone) VALUES
 (1, 'le-pre', 'Le Pré', 'Europe/Paris', 'Vie associative', 'salles@le-pre.example.org', '01'),
 (2, 'autre', 'Autre', 'Europe/Paris', 'Mairie', 'salles@autre.example.org', '02');
INSERT INTO sites (id, town_id, key, name, address, time_zone, help_contact, help_hours) VALUES
 (1, 1, 'danton', 'LCR Danton', '1 rue Danton', 'Europe/Paris', '06', '9 h - 22 h'),
 (2, 1, 'maison', 'Maison des associations', '2 place', 'Europe/Paris', '06', '9 h - 22 h'),
 (9, 2, 'autre', 'Autre', 'ailleurs', 'Europe/Paris', '07', '');
INSERT INTO door_agents (id, town_id, site_id, key) VALUES
 (1, 1, 1, 'danton'), (2, 1, 2, 'maison'), (9, 2, 9, 'autre');
INSERT INTO doors (id, town_id, site_id, agent_id, key, name, scope, locked, unlock_ms) VALUES
 (1, 1, 1, 1, 'gate', 'Portail', 1, 0, 5000), (2, 1, 1, 1, 'entrance', 'Entrée', 2, 1, 5000),
 (3, 1, 2, 2, 'semanaz', 'Porte Semanaz', 3, 1, 5000), (9, 2, 9, 9, 'autre', 'Porte', 1, 1, 5000);
INSERT INTO door_readers (town_id, door_id, key, kind) VALUES
 (1, 2, 'entrance-qr', 'qr'), (1, 2, 'entrance-badge', 'badge'), (1, 3, 'semanaz-badge', 'badge'),
 (2, 9, 'qr', 'qr');
INSERT INTO zones (id, town_id, key, name, scope) VALUES
 (1, 1, 'danton', 'Danton', 32768), (2, 1, 'semanaz', 'Semanaz', 32769),
 (9, 2, 'autre', 'Autre', 32768);
INSERT INTO zone_doors (town_id, zone_id, door_id) VALUES (1, 1, 1), (1, 1, 2), (1, 2, 3), (2, 9, 9);
INSERT INTO spaces (id, town_id, site_id, key, name) VALUES
 (1, 1, 1, 'danton', 'Danton'), (2, 1, 2, 'semanaz', 'Semanaz'), (3, 1, 2, 'half-a', 'Moitié A'),
 (4, 1, 2, 'half-b', 'Moitié B'), (5, 1, 2, 'open', 'Atelier'), (9, 2, 9, 'autre', 'Autre');
)sql";

constexpr auto kRooms = R"sql(
INSERT INTO rooms (id, town_id, site_id, access_zone_id, key, name, capacity, approval_needed,
                   pending_blocks, individuals_may_book) VALUES
 (1, 1, 1, 1, 'danton', 'LCR Danton', 60, 1, 1, 1),
 (2, 1, 2, 2, 'semanaz', 'LCR Semanaz', 40, 1, 1, 1),
 (3, 1, 2, NULL, 'small', 'Petite salle', 20, 0, 1, 1),
 (4, 1, 2, NULL, 'open', 'Atelier', 30, 1, 0, 1),
 (5, 1, 2, NULL, 'hall', 'Grande salle', 100, 1, 1, 0),
 (9, 2, 9, 9, 'autre', 'Autre salle', 60, 1, 1, 1);
INSERT INTO room_spaces (town_id, room_id, space_id) VALUES
 (1, 1, 1), (1, 2, 2), (1, 3, 3), (1, 4, 5), (1, 5, 3), (1, 5, 4), (2, 9, 9);
INSERT INTO room_ways_in (town_id, room_id, way, from_date, until_date, note_fr, note_en) VALUES
 (1, 1, 'qr', '2026-09-01', NULL, '', ''),
 (1, 1, 'badge', '2025-01-01', '2026-12-01', 'badge au bureau', 'badge at the office'),
 (1, 2, 'badge', '2025-01-01', NULL, 'badge au bureau', 'badge at the office'),
 (1, 3, 'key', '2025-01-01', NULL, 'clé au gardien', 'key at the caretaker''s'),
 (2, 9, 'qr', '2025-01-01', NULL, '', '');
)sql";

constexpr auto kPeople = R"sql(
INSERT INTO associations (id, town_id, key, name, email) VALUES
 (1, 1, 'choir', 'Chorale du Pré', 'chorale@example.org'),
 (2, 1, 'chess', 'Échecs du Pré', 'echecs@example.org');
INSERT INTO people (id, town_id, key, name, email, locale, enabled) VALUES
 (1, 1, 'office', 'Bureau', 'bureau@le-pre.example.org', 'fr', 1),
 (2, 1, 'camille', 'Camille Roussel', 'camille@example.org', 'fr', 1),
 (3, 1, 'dominique', 'Dominique Petit', 'dominique@example.org', 'en', 1),
 (4, 1, 'alex', 'Alex Morel', 'alex@example.org', 'fr', 1),
 (5, 1, 'gone', 'Parti', 'parti@example.org', 'fr', 0),
 (6, 1, 'maud', 'Maud Leroy', 'maud@example.org', 'fr', 1),
 (9, 2, 'office', 'Autre bureau', 'bureau@autre.example.org', 'fr', 1);
INSERT INTO association_managers (town_id, association_id, person_id) VALUES
 (1, 1, 2), (1, 1, 6), (1, 2, 4);
INSERT INTO person_roles (town_id, person_id, role) VALUES
 (1, 1, 'office'), (1, 2, 'booker'), (1, 3, 'booker'), (1, 5, 'booker'), (1, 6, 'booker'),
 (2, 9, 'office');
)sql";

constexpr std::size_t kMostTables = 300;

/// A query whose answer is all of a table, in an order that does not depend on the engine's mood.
std::string rows_of(store::Session& session, const std::string& table) {
    if (session.engine() == store::Engine::postgresql) {
        return "SELECT COALESCE(string_agg(one::text, ';' ORDER BY one::text), '') FROM " + table +
               " one";
    }
    std::string columns;
    session.sql() << "SELECT group_concat('quote(\"' || name || '\")', ' || '','' || ')"
                     " FROM pragma_table_info(:table)",
        soci::use(table), soci::into(columns);
    std::string query = "SELECT COALESCE(group_concat(one, ';'), '') FROM (SELECT ";
    query.append(columns).append(" AS one FROM ").append(table).append(" ORDER BY one)");
    return query;
}

std::int64_t digest_of(const std::string& rows) {
    return static_cast<std::int64_t>(std::hash<std::string>{}(rows));
}

}  // namespace

void fill_in(store::Session& session) {
    session.execute(kTowns);
    session.execute(kRooms);
    session.execute(kPeople);
}

FilledTown::FilledTown(store::Engine engine)
    : database_(engine),
      session_(database_.open()),
      writer_(database_.database(), {.limits = {}, .town_id = 1, .report = {}}) {
    fill_in(*session_);
}

RequestBooking FilledTown::wish() {
    RequestBooking order;
    order.town = kTown;
    order.actor = kCamille;
    order.room = kDanton;
    order.association = kChoir;
    order.start = "2026-12-05T18:30";
    order.end = "2026-12-05T20:30";
    order.attendees = 12;
    order.purpose = "Répétition";
    order.now = kNow;
    return order;
}

Change FilledTown::change_of(const Booking& booking, PersonId actor) {
    return {kTown, actor, booking.id, {}, kNow};
}

Outcome<Booking> FilledTown::refuse_it(const Booking& booking, const std::string& ground) {
    return write(refuse_booking, RefuseBooking{change_of(booking, kOffice), ground, ""});
}

Outcome<Booking> FilledTown::cancel(const Booking& booking, PersonId actor,
                                    const std::string& ground) {
    return write(cancel_booking, CancelBooking{change_of(booking, actor), ground, ""});
}

Outcome<Booking> FilledTown::move(const Booking& booking, const std::string& start,
                                  const std::string& end, PersonId actor,
                                  std::optional<RoomId> room) {
    return write(move_booking, MoveBooking{change_of(booking, actor), room, start, end});
}

Booking FilledTown::approved() {
    return approve(request(wish()).value()).value();
}

std::int64_t FilledTown::number(const std::string& query) {
    std::int64_t value = -1;
    soci::indicator there = soci::i_null;
    session_->sql() << query, soci::into(value, there);
    return session_->sql().got_data() && there == soci::i_ok ? value : -1;
}

std::string FilledTown::text(const std::string& query) {
    std::string value;
    session_->sql() << query, soci::into(value);
    return session_->sql().got_data() ? value : "(no row)";
}

std::map<std::string, std::int64_t> FilledTown::traces() {
    const std::string catalogue =
        session_->engine() == store::Engine::sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            : "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
    std::vector<std::string> tables(kMostTables);
    session_->sql() << catalogue, soci::into(tables);
    EXPECT_LT(tables.size(), kMostTables);
    std::map<std::string, std::int64_t> found;
    for (const std::string& table : tables) {
        found[table] = digest_of(text(rows_of(*session_, table)));
    }
    return found;
}

std::string codes_of(const BookingError& error) {
    std::string codes;
    for (const Failure& failure : error.failures) {
        codes += (codes.empty() ? "" : ",") + std::string(word_of(failure.rule));
    }
    return codes;
}

}  // namespace creneau::booking
