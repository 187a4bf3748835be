// Bookings without HTTP, on a SQLite file that a town was imported into. Prints "NAME VALUE UNIT".
//
//   creneau-bench-booking write FILE PERSON_ID ROOM_ID CLIENTS REQUESTS FIRST_SLOT
//   creneau-bench-booking fill FILE PERSON_ID ROOM_ID COUNT
//   creneau-bench-booking week FILE REQUESTS BOOKINGS ROOM_ID...

#include "api/booking/request_booking.hpp"
#include "api/booking/schedule.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace creneau;
using SteadyClock = std::chrono::steady_clock;
using Words = std::vector<std::string>;

constexpr booking::TownId kTown{1};

store::Database sqlite_file(const std::string& path) {
    return {.engine = store::Engine::sqlite, .location = path};
}

std::string two(unsigned value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

/// The second half of the `number`-th hour from 1 January 2030, between 08:00 and 20:00.
booking::RequestBooking request(const Words& words, std::size_t number) {
    const auto day = std::chrono::sys_days{std::chrono::year{2030} / 1 / 1} +
                     std::chrono::days{static_cast<int>(number / 12)};
    const std::chrono::year_month_day date{day};
    const auto hour = static_cast<unsigned>(8 + number % 12);
    const auto stamp = std::to_string(static_cast<int>(date.year())) + "-" +
                       two(static_cast<unsigned>(date.month())) + "-" +
                       two(static_cast<unsigned>(date.day())) + "T";
    booking::RequestBooking asked;
    asked.town = kTown;
    asked.actor = booking::PersonId{std::stoll(words[2])};
    asked.room = booking::RoomId{std::stoll(words[3])};
    asked.start = stamp + two(hour) + ":30";
    asked.end = stamp + two(hour + 1) + ":00";
    asked.attendees = 5;
    asked.purpose = "Mesure";
    asked.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return asked;
}

int write(const Words& words) {
    store::Writer writer(sqlite_file(words[1]));
    const auto clients = std::stoul(words[4]);
    const auto requests = std::stoul(words[5]);
    const auto first = std::stoul(words[6]);
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> refused = 0;
    const auto client = [&] {
        for (auto number = next++; number < requests; number = next++) {
            const auto done =
                writer.run([asked = request(words, first + number)](store::Session& session) {
                    return booking::request_booking(session, asked);
                });
            refused += static_cast<std::size_t>(!done || !*done);
        }
    };
    const auto began = SteadyClock::now();
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < clients; ++i) {
        threads.emplace_back(client);
    }
    for (auto& thread : threads) {
        thread.join();
    }
    const auto seconds = std::chrono::duration<double>(SteadyClock::now() - began).count();
    std::cout << "rate " << static_cast<double>(requests) / seconds << " /s\n";
    if (refused > 0) {
        std::cerr << refused << " bookings were refused\n";
        return 1;
    }
    return 0;
}

/// COUNT approved bookings of half an hour, one an hour, half of them before November 2026.
int fill(const Words& words) {
    store::Session session(sqlite_file(words[1]), store::OpenMode::read_write);
    const auto count = std::stoll(words[4]);
    const auto first = std::to_string(1'793'491'200 - count / 2 * 3600);
    const std::string numbers =
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n "
        "WHERE i + 1 < " +
        words[4] + ") ";
    const std::string start = "(" + first + " + i * 3600)";
    const std::string stamp = "strftime('%Y-%m-%dT%H:%M', ";
    session.execute("BEGIN IMMEDIATE");
    session.execute(
        "INSERT INTO bookings (town_id, room_id, booker_id, requested_by_id, status, local_start, "
        "local_end, start_at, end_at, attendees, purpose, requested_at) " +
        numbers + "SELECT 1, " + words[3] + ", " + words[2] + ", " + words[2] + ", 'approved', " +
        stamp + start + ", 'unixepoch'), " + stamp + start + " + 1800, 'unixepoch'), " + start +
        ", " + start + " + 1800, 5, 'Mesure', 0 FROM n");
    session.execute(
        "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind, source_id) "
        "SELECT s.space_id, b.start_at, b.end_at, 1, 'booking', b.id FROM bookings b JOIN "
        "room_spaces s ON s.room_id = b.room_id WHERE b.room_id = " +
        words[3]);
    session.execute("COMMIT");
    session.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    return 0;
}

/// The week from 1 November 2026 of all the rooms in one snapshot; it holds BOOKINGS of them.
int week(const Words& words) {
    store::Readers readers(sqlite_file(words[1]), 1);
    const auto requests = std::stoul(words[2]);
    const std::chrono::sys_seconds monday{std::chrono::seconds{1'793'491'200}};
    std::vector<double> micros;
    for (std::size_t i = 0; i < requests; ++i) {
        const auto began = SteadyClock::now();
        const auto bookings = readers.read([&](store::Session& session) {
            std::size_t count = 0;
            for (std::size_t word = 4; word < words.size(); ++word) {
                count +=
                    booking::read_schedule(session, kTown, booking::RoomId{std::stoll(words[word])},
                                           {monday, monday + std::chrono::days{7}})
                        .size();
            }
            return count;
        });
        micros.push_back(
            std::chrono::duration<double, std::micro>(SteadyClock::now() - began).count());
        if (bookings != std::stoul(words[3])) {
            throw std::runtime_error("the week holds " + std::to_string(bookings) +
                                     " bookings instead of " + words[3]);
        }
    }
    std::sort(micros.begin(), micros.end());
    std::cout << "p50 " << micros[micros.size() / 2] << " us\n"
              << "p99 " << micros[micros.size() * 99 / 100] << " us\n";
    return 0;
}

}  // namespace

int main(int argc, char** argv) try {
    const Words words(argv + 1, argv + argc);
    if (words.size() == 7 && words[0] == "write") {
        return write(words);
    }
    if (words.size() == 5 && words[0] == "fill") {
        return fill(words);
    }
    if (words.size() > 4 && words[0] == "week") {
        return week(words);
    }
    std::cerr << "write FILE PERSON_ID ROOM_ID CLIENTS REQUESTS FIRST_SLOT | fill FILE PERSON_ID "
                 "ROOM_ID COUNT | week FILE REQUESTS BOOKINGS ROOM_ID...\n";
    return 2;
} catch (const std::exception& problem) {
    std::cerr << problem.what() << "\n";
    return 1;
}
