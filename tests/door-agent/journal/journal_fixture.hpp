#pragma once

#include "door-agent/journal/journal.hpp"
#include "tests/door-agent/support/door_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>

namespace creneau::door::test {

inline Event grant(std::int64_t number) {
    Event event;
    event.kind = EventKind::granted;
    event.at = std::chrono::sys_seconds{std::chrono::seconds{1'800'000'000 + number}};
    event.boot = std::chrono::seconds{number};
    event.clock = "trusted";
    event.door = "street";
    event.reason = "granted_booking";
    event.pass = PassMark{qr::PassId{static_cast<std::uint64_t>(number)}, 1};
    return event;
}

inline Event first_row() {
    Event row = grant(0);
    row.kind = EventKind::journal_started;
    row.pass.reset();
    return row;
}

inline Batch with(Event event) {
    Batch batch;
    batch.events.push_back(std::move(event));
    return batch;
}

/// What is older than `event` goes; it is the instant of grant(1000).
inline Purge purge_before(const Event& event) {
    Purge purge{event.at, grant(1000).at, grant(1000)};
    purge.row.kind = EventKind::purge;
    return purge;
}

class JournalFile : public testing::Test {
  protected:
    [[nodiscard]] JournalSettings settings(std::int64_t capacity = 200'000) const {
        return {folder_.path() / "journal.db", "danton", capacity};
    }
    void change(const std::string& statement) const {
        SQLite::Database database(settings().file.string(), SQLite::OPEN_READWRITE);
        database.exec(statement);
    }
    TempFolder folder_;
};

}  // namespace creneau::door::test
