// A series of 400 dates in a room that is busy every hour, on a SQLite file that a town was
// imported into, beside the bare library. Prints "NAME MICROSECONDS", each the median of several
// runs.
//
//   creneau-bench-series FILE PERSON_ID ROOM_ID
//
// Each but the first also as "ruled_": in the same room with opening hours, buffers, a quota and
// public holidays.
//
// probes:  one seek a date and space, what no preview can do without
// preview: every rule for every date
// commit:  the series with all it writes, durable
// inserts: the very rows of that commit, durable, by prepared statements

#include "api/booking/booking_types.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/booking/series/request_series.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <sqlite3.h>

namespace {

using namespace creneau;
using SteadyClock = std::chrono::steady_clock;

constexpr booking::TownId kTown{1};
constexpr int kDates = 400;
constexpr int kRuns = 7;

template <class Work>
double micros(Work work) {
    const auto began = SteadyClock::now();
    work();
    return std::chrono::duration<double, std::micro>(SteadyClock::now() - began).count();
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

// ------------------------------------------------------------------ the bare library

struct CloseStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, CloseStatement>;

struct FreeValue {
    void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};
using Row = std::vector<std::unique_ptr<sqlite3_value, FreeValue>>;

class Bare {
  public:
    explicit Bare(const std::string& path) {
        must(sqlite3_open(path.c_str(), &database_));
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = FULL");
        run("PRAGMA busy_timeout = 10000");
    }
    ~Bare() { sqlite3_close(database_); }
    Bare(const Bare&) = delete;
    Bare& operator=(const Bare&) = delete;

    Statement prepare(const std::string& sql) {
        sqlite3_stmt* made = nullptr;
        must(sqlite3_prepare_v2(database_, sql.c_str(), -1, &made, nullptr));
        return Statement(made);
    }
    void run(const std::string& sql) {
        must(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr));
    }
    std::int64_t number(const std::string& sql) {
        const auto asked = prepare(sql);
        return sqlite3_step(asked.get()) == SQLITE_ROW ? sqlite3_column_int64(asked.get(), 0) : 0;
    }
    std::vector<Row> rows(const std::string& sql) {
        const auto asked = prepare(sql);
        std::vector<Row> all;
        while (sqlite3_step(asked.get()) == SQLITE_ROW) {
            Row row;
            for (int i = 0; i < sqlite3_column_count(asked.get()); ++i) {
                row.emplace_back(sqlite3_value_dup(sqlite3_column_value(asked.get(), i)));
            }
            all.push_back(std::move(row));
        }
        return all;
    }
    void must(int result) const {
        if (result != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(database_));
        }
    }

  private:
    sqlite3* database_ = nullptr;
};

double probe(Bare& bare, const std::string& room, std::int64_t first) {
    const auto asked = bare.prepare(
        "SELECT o.end_at FROM occupancies o WHERE o.space_id = ?1 AND o.start_at < ?2"
        " ORDER BY o.start_at DESC LIMIT 1");
    const auto spaces = bare.rows("SELECT space_id FROM room_spaces WHERE room_id = " + room);
    return micros([&] {
        for (int date = 0; date < kDates; ++date) {
            for (const Row& space : spaces) {
                sqlite3_bind_value(asked.get(), 1, space.front().get());
                sqlite3_bind_int64(asked.get(), 2, first + date * 86'400LL + 1'800);
                if (sqlite3_step(asked.get()) != SQLITE_ROW) {
                    throw std::runtime_error("a probe found nothing before it");
                }
                sqlite3_reset(asked.get());
            }
        }
    });
}

/// The rows of a table that a commit wrote.
struct Written {
    std::string table;
    std::vector<Row> rows;
};

/// Every table that has rows beyond its mark, parents first.
class Marks {
  public:
    explicit Marks(Bare& bare) {
        for (const char* table : {"series", "bookings", "audit", "outbox"}) {
            marks_.push_back(
                {table, "id > " + std::to_string(bare.number("SELECT COALESCE(MAX(id), 0) FROM " +
                                                             std::string(table)))});
        }
        marks_.push_back({"occupancies", "source_id > " + std::to_string(bare.number(
                                                              "SELECT MAX(id) FROM bookings"))});
        marks_.push_back(
            {"series_missed", "series_id > " + std::to_string(bare.number(
                                                   "SELECT COALESCE(MAX(id), 0) FROM series"))});
    }

    std::vector<Written> take(Bare& bare) const {
        std::vector<Written> all;
        for (const auto& [table, beyond] : marks_) {
            all.push_back({table, bare.rows("SELECT * FROM " + table + " WHERE " + beyond)});
        }
        return all;
    }
    void remove(Bare& bare) const {
        bare.run("BEGIN IMMEDIATE");
        for (auto mark = marks_.rbegin(); mark != marks_.rend(); ++mark) {
            bare.run("DELETE FROM " + mark->table + " WHERE " + mark->beyond);
        }
        bare.run("COMMIT");
    }

  private:
    struct Mark {
        std::string table;
        std::string beyond;
    };
    std::vector<Mark> marks_;
};

double insert(Bare& bare, const std::vector<Written>& written) {
    std::vector<Statement> inserts;
    for (const Written& one : written) {
        std::string holes;
        for (std::size_t i = 0; !one.rows.empty() && i < one.rows.front().size(); ++i) {
            holes += holes.empty() ? "?" : ", ?";
        }
        inserts.push_back(one.rows.empty() ? Statement()
                                           : bare.prepare("INSERT INTO " + one.table + " VALUES (" +
                                                          holes + ")"));
    }
    return micros([&] {
        bare.run("BEGIN IMMEDIATE");
        for (std::size_t i = 0; i < written.size(); ++i) {
            for (const Row& row : written[i].rows) {
                for (std::size_t at = 0; at < row.size(); ++at) {
                    sqlite3_bind_value(inserts[i].get(), static_cast<int>(at) + 1, row[at].get());
                }
                if (sqlite3_step(inserts[i].get()) != SQLITE_DONE) {
                    throw std::runtime_error("a row of " + written[i].table + " was refused");
                }
                sqlite3_reset(inserts[i].get());
            }
        }
        bare.run("COMMIT");
    });
}

// ------------------------------------------------------------------ the series

booking::RequestSeries request(std::span<char* const> words) {
    booking::RequestSeries asked;
    asked.town = kTown;
    asked.actor = booking::PersonId{std::stoll(words[2])};
    asked.room = booking::RoomId{std::stoll(words[3])};
    asked.recurrence = {
        booking::LocalDate{std::chrono::year{2027} / 1 / 4}, booking::Daily{1}, {}, kDates};
    asked.start_time = "10:30";
    asked.end_time = "11:00";
    asked.attendees = 5;
    asked.purpose = "Mesure";
    asked.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return asked;
}

/// Every kind of rule, each of which lets the series in: ten minutes between two bookings of the
/// room, ten free on either side.
booking::RequestSeries ruled(Bare& bare, std::span<char* const> words) {
    const std::string room = words[3];
    bare.run(
        "INSERT INTO room_rules (room_id, town_id, length_least_min, length_most_min, grid_min,"
        " setup_min, teardown_min) VALUES (" +
        room +
        ", 1, 10, 600, 10, 10, 10) ON CONFLICT (room_id) DO UPDATE SET"
        " length_least_min = 10, length_most_min = 600, grid_min = 10, setup_min = 10,"
        " teardown_min = 10");
    bare.run("DELETE FROM opening_hours WHERE room_id = " + room);
    for (int day = 1; day <= 7; ++day) {
        bare.run(
            "INSERT INTO opening_hours (town_id, room_id, weekday, from_min, until_min)"
            " VALUES (1, " +
            room + ", " + std::to_string(day) + ", 480, 1320)");
    }
    bare.run(
        "INSERT INTO quotas (town_id, key, name, holder, unit, most, period)"
        " VALUES (1, 'bench', 'Mesure', 'each', 'bookings', 100000, 'month')");
    bare.run("INSERT INTO quota_rooms (town_id, quota_id, room_id) SELECT 1, MAX(id), " + room +
             " FROM quotas");
    auto asked = request(words);
    asked.start_time = "10:40";
    asked.end_time = "10:50";
    asked.skips.public_holidays = true;
    return asked;
}

/// The room as it was, for whoever measures it next.
class KeptRules {
  public:
    KeptRules(Bare& bare, const std::string& room) : bare_(bare), room_(room) {
        for (const std::string table : kTables) {
            bare_.run("CREATE TEMP TABLE kept_" + table + " AS SELECT * FROM " + table +
                      " WHERE room_id = " + room_);
        }
    }
    void put_back() {
        for (const std::string table : kTables) {
            bare_.run("DELETE FROM " + table + " WHERE room_id = " + room_);
            bare_.run("INSERT INTO " + table + " SELECT * FROM kept_" + table);
        }
        bare_.run("DELETE FROM quotas WHERE key = 'bench'");
    }

  private:
    static constexpr const char* kTables[] = {"room_rules", "opening_hours", "quota_rooms"};
    Bare& bare_;
    std::string room_;
};

/// What a series costs in the room as it is now; the names begin with `prefix`.
void measure(std::span<char* const> words, const booking::RequestSeries& asked,
             const std::string& prefix) {
    const store::Database database{.engine = store::Engine::sqlite, .location = words[1]};
    std::vector<double> probes, previews, commits, inserts;
    store::Readers readers(database, 1);
    Bare bare(words[1]);
    // What a run wrote is taken out for the next: this guard looks at nothing else.
    bare.run("DROP TRIGGER IF EXISTS audit_no_delete");
    for (int run = 0; run < kRuns; ++run) {
        probes.push_back(probe(bare, words[3], 1'799'055'000));  // 4 January 2027, 10:30 in Paris
        previews.push_back(micros([&] {
            const auto plan = readers.read(
                [&](store::Session& session) { return booking::plan_series(session, asked); });
            if (!plan || booking::refusal_of(*plan, asked.conflicts)) {
                throw std::runtime_error("the series is refused");
            }
        }));
        const Marks marks(bare);
        {
            store::WriterOptions options;
            options.report = [](const std::string& why) { std::cerr << why << '\n'; };
            store::Writer writer(database, options);
            commits.push_back(micros([&] {
                const auto done = writer.run([&](store::Session& session) {
                    return booking::request_series(session, asked);
                });
                if (!done || !*done) {
                    throw std::runtime_error("the series was not booked");
                }
            }));
        }
        const auto written = marks.take(bare);
        marks.remove(bare);
        {
            Bare fresh(words[1]);  // as cold as the writer was
            inserts.push_back(insert(fresh, written));
        }
        marks.remove(bare);
    }
    std::cout << prefix << "probes " << median(probes) << "\n"
              << prefix << "preview " << median(previews) << "\n"
              << prefix << "commit " << median(commits) << "\n"
              << prefix << "inserts " << median(inserts) << "\n";
}

}  // namespace

int main(int count, char** words) {
    try {
        if (count != 4) {
            throw std::runtime_error("usage: creneau-bench-series FILE PERSON_ID ROOM_ID");
        }
        const std::span<char* const> all{words, static_cast<std::size_t>(count)};
        measure(all, request(all), "");
        Bare bare(words[1]);
        KeptRules rules(bare, words[3]);
        measure(all, ruled(bare, all), "ruled_");
        rules.put_back();
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "creneau-bench-series: " << error.what() << '\n';
        return 1;
    }
}
