#include "tests/api/store/rows.hpp"

#include <soci/soci.h>

namespace creneau::store {

std::int64_t number_of(Session& session, const std::string& query) {
    long long number = -1;
    session.sql() << query, soci::into(number);
    return number;
}

std::string text_of(Session& session, const std::string& query) {
    std::string text;
    session.sql() << query, soci::into(text);
    return text;
}

void add_small_town(Session& session) {
    session.execute(
        "INSERT INTO towns (id, key, name, time_zone, service, email, phone) "
        "VALUES (1, 't', 'T', 'Europe/Paris', 's', 'e', 'p');"
        "INSERT INTO sites (id, town_id, key, name, address, time_zone, help_contact, help_hours) "
        "VALUES (1, 1, 's', 'S', 'a', 'Europe/Paris', 'c', 'h');"
        "INSERT INTO spaces (id, town_id, site_id, key, name) "
        "VALUES (1, 1, 1, 'a', 'A'), (2, 1, 1, 'b', 'B'), (3, 1, 1, 'c', 'C');"
        "INSERT INTO rooms (id, town_id, site_id, key, name, capacity, pending_blocks) "
        "VALUES (1, 1, 1, 'one', 'One', 10, 1), (2, 1, 1, 'two', 'Two', 10, 0);"
        "INSERT INTO room_spaces (town_id, room_id, space_id) VALUES (1, 1, 1), (1, 2, 2);"
        "INSERT INTO people (id, town_id, key, name, email, locale) "
        "VALUES (1, 1, 'p', 'P', 'p@example.org', 'fr')");
}

void add_booking(Session& session, int id, int room, const std::string& status,
                 std::int64_t start_at, std::int64_t end_at) {
    session.sql() << "INSERT INTO bookings (id, town_id, room_id, booker_id, requested_by_id, "
                     "status, local_start, local_end, start_at, end_at, attendees, purpose, "
                     "requested_at) VALUES (:id, 1, :room, 1, 1, :status, '', '', :start_at, "
                     ":end_at, 1, 'x', 0)",
        soci::use(id), soci::use(room), soci::use(status), soci::use(start_at), soci::use(end_at);
}

void occupy(Session& session, const Interval& interval, int source) {
    session.sql() << "INSERT INTO occupancies "
                     "(space_id, start_at, end_at, town_id, source_kind, source_id) "
                     "VALUES (:space, :start_at, :end_at, 1, 'booking', :source)",
        soci::use(interval.space), soci::use(interval.start_at), soci::use(interval.end_at),
        soci::use(source);
}

}  // namespace creneau::store
