#include "door-agent/clock/boot_time.hpp"
#include "door-agent/clock/clock.hpp"
#include "door-agent/journal/batch.hpp"
#include "door-agent/journal/journal.hpp"
#include "door-agent/journal/tables.hpp"
#include "policy/memory.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace creneau::door::tables {
namespace {

using Endings = std::map<qr::PassId, policy::Memory::Ending>;

std::int64_t number_of(std::chrono::sys_seconds instant) {
    return instant.time_since_epoch().count();
}

std::int64_t number_of(qr::PassId pass) {
    return static_cast<std::int64_t>(pass);
}

std::chrono::sys_seconds instant_of(const SQLite::Column& column) {
    return std::chrono::sys_seconds{std::chrono::seconds{column.getInt64()}};
}

Endings load_endings(const SQLite::Database& database, const std::string& table) {
    Endings endings;
    SQLite::Statement query(database, "SELECT pass_id, revision, ends FROM " + table);
    while (query.executeStep()) {
        endings[static_cast<qr::PassId>(query.getColumn(0).getInt64())] = {
            static_cast<std::uint8_t>(query.getColumn(1).getInt()), instant_of(query.getColumn(2))};
    }
    return endings;
}

void store_ending(SQLite::Database& database, const std::string& table, qr::PassId pass,
                  const policy::Memory::Ending& ending) {
    SQLite::Statement insert(
        database, "INSERT INTO " + table +
                      " (pass_id, revision, ends) VALUES (?, ?, ?) ON CONFLICT (pass_id) DO UPDATE "
                      "SET revision = max(revision, excluded.revision), "
                      "ends = max(ends, excluded.ends)");
    insert.bind(1, number_of(pass));
    insert.bind(2, static_cast<std::int64_t>(ending.revision));
    insert.bind(3, number_of(ending.end));
    insert.exec();
}

void store_use(SQLite::Database& database, qr::PassId pass, std::uint16_t door,
               std::chrono::sys_seconds end) {
    SQLite::Statement insert(database,
                             "INSERT INTO use_mark (pass_id, door, ends) VALUES (?, ?, ?) "
                             "ON CONFLICT (pass_id, door) DO UPDATE SET "
                             "ends = max(ends, excluded.ends)");
    insert.bind(1, number_of(pass));
    insert.bind(2, static_cast<std::int64_t>(door));
    insert.bind(3, number_of(end));
    insert.exec();
}

void bind_boot(SQLite::Statement& statement, int at, const std::optional<BootTime>& boot) {
    if (boot) {
        statement.bind(at, static_cast<std::int64_t>(boot->count()));
    }
}

BootTime boot_of(const SQLite::Column& column) {
    return BootTime{column.getInt64()};
}

}  // namespace

policy::Memory load_memory(const SQLite::Database& database) {
    policy::Memory memory;
    memory.revisions = load_endings(database, "revision_mark");
    memory.revocations = load_endings(database, "revocation");
    SQLite::Statement query(database, "SELECT pass_id, door, ends FROM use_mark");
    while (query.executeStep()) {
        memory.uses[{static_cast<qr::PassId>(query.getColumn(0).getInt64()),
                     static_cast<std::uint16_t>(query.getColumn(1).getInt())}] =
            instant_of(query.getColumn(2));
    }
    return memory;
}

void forget_before(SQLite::Database& database, std::chrono::sys_seconds end) {
    for (const auto* table : {"revision_mark", "revocation", "use_mark"}) {
        SQLite::Statement gone(database, std::string("DELETE FROM ") + table + " WHERE ends < ?");
        gone.bind(1, number_of(end));
        gone.exec();
    }
}

void forget_use(SQLite::Database& database, const policy::UseMark& use) {
    SQLite::Statement gone(database, "DELETE FROM use_mark WHERE pass_id = ? AND door = ?");
    gone.bind(1, number_of(use.pass_id));
    gone.bind(2, static_cast<std::int64_t>(use.door));
    gone.exec();
}

void unite_memory(SQLite::Database& database, const policy::Memory& memory) {
    for (const auto& [pass, ending] : memory.revisions) {
        store_ending(database, "revision_mark", pass, ending);
    }
    for (const auto& [pass, ending] : memory.revocations) {
        store_ending(database, "revocation", pass, ending);
    }
    for (const auto& [key, end] : memory.uses) {
        store_use(database, key.first, key.second, end);
    }
}

void apply_changes(SQLite::Database& database, const policy::MemoryChanges& changes) {
    if (changes.revision) {
        store_ending(database, "revision_mark", changes.revision->pass_id,
                     {changes.revision->revision, changes.revision->end});
    }
    if (changes.use) {
        store_use(database, changes.use->pass_id, changes.use->door, changes.use->end);
    }
}

std::optional<KeptTime> load_time(const SQLite::Database& database) {
    SQLite::Statement query(database,
                            "SELECT boot_id, floor, anchor_wall, anchor_boot_ms, "
                            "synchronised_boot_ms, generation, version, policy_age, saved_boot_ms "
                            "FROM kept_time");
    if (!query.executeStep()) {
        return std::nullopt;
    }
    KeptTime time;
    time.boot_id = query.getColumn(0).getString();
    time.clock.floor = instant_of(query.getColumn(1));
    if (!query.getColumn(2).isNull()) {
        time.clock.anchor =
            ClockAnchor{instant_of(query.getColumn(2)), boot_of(query.getColumn(3))};
    }
    if (!query.getColumn(4).isNull()) {
        time.clock.last_synchronised = boot_of(query.getColumn(4));
    }
    time.policy.generation = static_cast<std::uint32_t>(query.getColumn(5).getInt64());
    time.policy.version = static_cast<std::uint64_t>(query.getColumn(6).getInt64());
    time.policy_age = std::chrono::seconds{query.getColumn(7).getInt64()};
    time.saved = boot_of(query.getColumn(8));
    return time;
}

void store_time(SQLite::Database& database, const KeptTime& time) {
    SQLite::Statement insert(
        database,
        "INSERT OR REPLACE INTO kept_time (only, boot_id, floor, anchor_wall, anchor_boot_ms, "
        "synchronised_boot_ms, generation, version, policy_age, saved_boot_ms) "
        "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, time.boot_id);
    insert.bind(2, number_of(time.clock.floor));
    if (time.clock.anchor) {
        insert.bind(3, number_of(time.clock.anchor->wall));
        insert.bind(4, static_cast<std::int64_t>(time.clock.anchor->boot.count()));
    }
    bind_boot(insert, 5, time.clock.last_synchronised);
    insert.bind(6, static_cast<std::int64_t>(time.policy.generation));
    insert.bind(7, static_cast<std::int64_t>(time.policy.version));
    insert.bind(8, static_cast<std::int64_t>(time.policy_age.count()));
    insert.bind(9, static_cast<std::int64_t>(time.saved.count()));
    insert.exec();
}

}  // namespace creneau::door::tables
