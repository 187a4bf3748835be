// What the store can do without anything above it: the group-commit limit, PostgreSQL's EXCLUDE
// beside it, a room's week. Prints "NAME VALUE UNIT"; runs for less than a minute in a release
// build.
//
//   creneau-bench-store [postgresql_exclude_booking_8]    that row alone

#include "api/audit/audit_store.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"
#include "tests/support/test_database.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <soci/soci.h>
#include <tl/expected.hpp>

namespace {

using namespace creneau;
using SteadyClock = std::chrono::steady_clock;
using support::TestDatabase;

constexpr int kSpaces = 10;
constexpr long long kHour = 3600;
constexpr long long kDay = 24 * kHour;
constexpr auto kMeasured = std::chrono::seconds(4);
constexpr int kReads = 2000;

const char* const kBooking =
    "INSERT INTO bookings (town_id, room_id, booker_id, requested_by_id, status, local_start, "
    "local_end, start_at, end_at, attendees, purpose, requested_at) VALUES (1, :room, 1, 1, "
    "'pending', '2026-12-05T18:30', '2026-12-05T20:30', :start_at, :end_at, 12, "
    "'a purpose of usual length', 0) RETURNING id";
const char* const kOccupancy =
    "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind, source_id) "
    "VALUES (:space, :start_at, :end_at, 1, 'booking', :source)";

void add_town(store::Session& session) {
    session.execute(
        "INSERT INTO towns (id, key, name, time_zone, service, email, phone) "
        "VALUES (1, 't', 'T', 'Europe/Paris', 's', 'e', 'p');"
        "INSERT INTO sites (id, town_id, key, name, address, time_zone, help_contact, help_hours) "
        "VALUES (1, 1, 's', 'S', 'a', 'Europe/Paris', 'c', 'h');"
        "INSERT INTO people (id, town_id, key, name, email, locale) "
        "VALUES (1, 1, 'p', 'P', 'p@example.org', 'fr')");
    for (int i = 1; i <= kSpaces; ++i) {
        const auto id = std::to_string(i);
        session.execute("INSERT INTO spaces (id, town_id, site_id, key, name) VALUES (" + id +
                        ", 1, 1, 'k" + id + "', 'n');" +
                        "INSERT INTO rooms (id, town_id, site_id, key, name, capacity) VALUES (" +
                        id + ", 1, 1, 'k" + id + "', 'n', 10);" +
                        "INSERT INTO room_spaces (town_id, room_id, space_id) VALUES (1, " + id +
                        ", " + id + ")");
    }
}

/// The rows of a booking request: booking, occupancy, audit line, outbox row.
void write_booking(store::Session& session, long long slot) {
    const long long room = 1 + slot % kSpaces;
    const long long start = slot / kSpaces * kHour;
    const long long end = start + kHour;
    long long id = 0;
    auto& sql = session.sql();
    sql << kBooking, soci::use(room), soci::use(start), soci::use(end), soci::into(id);
    sql << kOccupancy, soci::use(room), soci::use(start), soci::use(end), soci::use(id);
    audit::append(session, audit::TownId{1},
                  {{}, audit::PersonId{1}, {}, "booking_requested", "booking", id, {}});
    sql << "INSERT INTO outbox (town_id, template, person_id, booking_id, facts, created_at, "
           "next_try_at) VALUES (1, 'booking_received', 1, :id, '{\"room\":\"LCR\"}', 0, 0)",
        soci::use(id);
}

/// Runs `write(client, slot)` on `clients` threads for a while; returns writes a second.
double rate(int clients, const std::function<void(int, long long)>& write) {
    std::atomic<long long> slot{0};
    const auto begin = SteadyClock::now();
    {
        std::vector<std::jthread> threads;
        for (int client = 0; client < clients; ++client) {
            threads.emplace_back([&, client] {
                while (SteadyClock::now() - begin < kMeasured) {
                    write(client, slot++);
                }
            });
        }
    }
    const std::chrono::duration<double> taken = SteadyClock::now() - begin;
    return static_cast<double>(slot) / taken.count();
}

void print(const std::string& name, double value, const char* unit) {
    std::cout << name << ' ' << value << ' ' << unit << std::endl;
}

void group_commit(int clients) {
    const TestDatabase database(store::Engine::sqlite);
    auto setup = database.open();
    add_town(setup);
    store::Writer writer(database.database());
    const double writes = rate(clients, [&](int, long long slot) {
        const auto done = writer.run([slot](store::Session& session) -> tl::expected<int, int> {
            write_booking(session, slot);
            return 0;
        });
        if (!done) {
            throw std::runtime_error("a write was lost");
        }
    });
    print("group_commit_" + std::to_string(clients), writes, "/s");
}

/// Every client its own connection, no lock but the constraint.
void exclude(int clients, bool whole_booking) {
    const TestDatabase database(store::Engine::postgresql);
    auto setup = database.open();
    add_town(setup);
    std::vector<store::Session> sessions;
    for (int i = 0; i < clients; ++i) {
        sessions.push_back(database.open());
    }
    const double writes = rate(clients, [&](int client, long long slot) {
        auto& session = sessions[static_cast<std::size_t>(client)];
        if (whole_booking) {
            session.execute("BEGIN");
            write_booking(session, slot);
            session.execute("COMMIT");
            return;
        }
        const long long space = 1 + slot % kSpaces;
        const long long start = slot / kSpaces * kHour;
        const long long end = start + kHour;
        session.sql() << kOccupancy, soci::use(space), soci::use(start), soci::use(end),
            soci::use(slot);
    });
    print((whole_booking ? "postgresql_exclude_booking_" : "postgresql_exclude_") +
              std::to_string(clients),
          writes, "/s");
}

/// Half of each day is booked, room by room, until there are `rows` bookings.
void fill(store::Session& session, long long rows) {
    session.execute("BEGIN IMMEDIATE");
    session.execute(
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " +
        std::to_string(rows) +
        ") INSERT INTO bookings (id, town_id, room_id, booker_id, requested_by_id, status, "
        "local_start, local_end, start_at, end_at, attendees, purpose, requested_at) "
        "SELECT i + 1, 1, 1 + i % 10, 1, 1, 'approved', '2026-12-05T18:30', '2026-12-05T20:30', "
        "i / 10 * 7200, i / 10 * 7200 + 3600, 12, 'a purpose of usual length', 0 FROM n");
    session.execute(
        "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind, source_id) "
        "SELECT room_id, start_at, end_at, 1, 'booking', id FROM bookings "
        "ORDER BY room_id, start_at");
    session.execute("COMMIT");
}

/// The occupied intervals of one space over a week, seeking the predecessor first.
int week(store::Session& session, long long space, long long from) {
    const long long to = from + 7 * kDay;
    long long start = 0;
    long long end = 0;
    std::string purpose;
    int found = 0;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT o.start_at, o.end_at, b.purpose FROM occupancies o "
                "JOIN bookings b ON b.id = o.source_id WHERE o.space_id = :space "
                "AND o.start_at >= coalesce((SELECT start_at FROM occupancies "
                "WHERE space_id = :same AND start_at <= :from ORDER BY start_at DESC LIMIT 1), 0) "
                "AND o.start_at < :to ORDER BY o.start_at",
         soci::use(space), soci::use(space), soci::use(from), soci::use(to), soci::into(start),
         soci::into(end), soci::into(purpose));
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        found += end > from ? 1 : 0;
    }
    return found;
}

void read_weeks(long long rows) {
    const TestDatabase database(store::Engine::sqlite);
    auto setup = database.open();
    add_town(setup);
    fill(setup, rows);
    store::Readers readers(database.database(), 1);
    const long long days = rows / kSpaces / 12;
    std::vector<double> micros;
    for (long long i = 0; i < kReads; ++i) {
        const long long from = i * 7919 % (days - 8) * kDay;
        const auto begin = SteadyClock::now();
        const int found =
            readers.read([&](store::Session& session) { return week(session, 1 + i % 10, from); });
        micros.push_back(
            std::chrono::duration<double, std::micro>(SteadyClock::now() - begin).count());
        if (found != 84) {
            throw std::runtime_error("a week of 84 bookings was read as " + std::to_string(found));
        }
    }
    std::sort(micros.begin(), micros.end());
    print("room_week_p50_" + std::to_string(rows), micros[kReads / 2], "us");
    print("room_week_p99_" + std::to_string(rows), micros[kReads * 99 / 100], "us");
}

}  // namespace

int main(int count, char** words) {
    if (count == 2 && std::string_view(words[1]) == "postgresql_exclude_booking_8") {
        exclude(8, true);
        return 0;
    }
    if (count != 1) {
        std::cerr << "usage: creneau-bench-store [postgresql_exclude_booking_8]\n";
        return 1;
    }
    group_commit(1);
    group_commit(8);
    exclude(8, false);
    exclude(8, true);
    read_weeks(10'000);
    read_weeks(1'000'000);
    return 0;
}
