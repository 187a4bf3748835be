#include "door-agent/journal/chain.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/journal.hpp"
#include "tests/door-agent/journal/journal_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <exception>
#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

namespace creneau::door {
namespace {

namespace fs = std::filesystem;
using test::first_row;
using test::grant;
using test::JournalFile;
using test::purge_before;
using test::TempFolder;
using test::with;

TEST_F(JournalFile, WhenFullTheOldestOrdinaryRowsMakeWayAndAGapSaysSo) {
    Journal journal(settings(100), first_row());
    Event fault = grant(1);
    fault.kind = EventKind::lock_fault;
    journal.commit(with(fault));
    for (int i = 2; i < 500; ++i) {
        journal.commit(with(grant(i)));
    }
    const auto check = check_journal(settings().file);
    EXPECT_FALSE(check.fault) << check.fault->what;
    EXPECT_LE(check.rows, 100);
    const auto events = read_events(settings().file);
    EXPECT_EQ(events.at(1).second.kind, EventKind::lock_fault);
    std::int64_t lost = 0;
    std::int64_t granted = 0;
    for (const auto& [sequence, event] : events) {
        lost += event.kind == EventKind::gap ? event.count : 0;
        granted += event.kind == EventKind::granted ? 1 : 0;
    }
    EXPECT_EQ(lost + granted, 498);
    EXPECT_EQ(events.back().second.pass, grant(499).pass);
}

/// A journal that was full: five of its six oldest rows are holes around security rows.
class FullJournal : public JournalFile {
  protected:
    FullJournal() {
        Journal journal(settings(100), first_row());
        for (int i = 1; i < 300; ++i) {
            Event event = grant(i);
            event.kind = i % 6 == 0 ? EventKind::lock_fault : EventKind::granted;
            journal.commit(with(event));
        }
    }
    /// The security row in the middle of the holes.
    [[nodiscard]] std::int64_t middle() const {
        const auto events = read_events(settings().file);
        return events.at(10).first;
    }
    [[nodiscard]] bool is_intact() const { return !check_journal(settings().file).fault; }
};

TEST_F(FullJournal, ASecurityRowTakenOutBetweenItsHolesIsFoundForEver) {
    ASSERT_TRUE(is_intact());
    change("DELETE FROM events WHERE sequence = " + std::to_string(middle()));
    EXPECT_FALSE(is_intact());
    Journal journal(settings(100), first_row());
    for (int i = 300; i < 500; ++i) {
        journal.commit(with(grant(i)));
    }
    const auto check = check_journal(settings().file);
    ASSERT_TRUE(check.fault);
    EXPECT_NE(check.fault->what.find("rows gone in"), std::string::npos) << check.fault->what;
}

TEST_F(FullJournal, EveryRowIsVouchedForByTheSeal) {
    for (const auto& [sequence, event] : read_events(settings().file)) {
        if (event.reason == "granted_booking" && event.kind == EventKind::lock_fault) {
            const TempFolder copies;
            const auto copy = copies.path() / "journal.db";
            fs::copy_file(settings().file, copy);
            SQLite::Database(copy.string(), SQLite::OPEN_READWRITE)
                .exec("DELETE FROM events WHERE sequence = " + std::to_string(sequence));
            EXPECT_TRUE(check_journal(copy).fault) << sequence;
        }
    }
    EXPECT_TRUE(is_intact());
}

TEST_F(FullJournal, ARowBetweenHolesThatWasRewrittenWithItsHashIsFound) {
    const auto sequence = middle();
    const auto events = read_events(settings().file);
    auto event = events.at(10).second;
    ASSERT_GT(events.at(11).first, sequence + 1) << "a hole must follow";
    event.door = "cellar";
    SQLite::Database database(settings().file.string(), SQLite::OPEN_READWRITE);
    SQLite::Statement row(database, "SELECT previous FROM events WHERE sequence = ?");
    row.bind(1, sequence);
    ASSERT_TRUE(row.executeStep());
    Hash previous{};
    std::memcpy(previous.data(), row.getColumn(0).getBlob(), previous.size());
    const auto hash = chain_hash(previous, sequence, event);
    SQLite::Statement rewrite(database,
                              "UPDATE events SET door = 'cellar', hash = ? WHERE sequence = ?");
    rewrite.bind(1, hash.data(), static_cast<int>(hash.size()));
    rewrite.bind(2, sequence);
    rewrite.exec();
    const auto check = check_journal(settings().file);
    ASSERT_TRUE(check.fault);
    EXPECT_NE(check.fault->what.find("sealed"), std::string::npos) << check.fault->what;
}

TEST_F(FullJournal, HolesThatWereDoctoredAreNotSealedAgain) {
    Journal journal(settings(100), first_row());
    change("DELETE FROM hole WHERE first = (SELECT max(first) FROM hole)");
    try {
        for (int i = 300; i < 500; ++i) {
            journal.commit(with(grant(i)));
        }
        FAIL() << "a removal must look at the seal first";
    } catch (const std::exception& error) {
        EXPECT_TRUE(means_damage(error));
    }
    EXPECT_TRUE(Journal(settings(100), first_row()).set_aside());
}

TEST_F(FullJournal, AChainThatWasBrokenStaysBrokenWhenItsRowsMakeWay) {
    change(
        "UPDATE events SET hash = zeroblob(32) WHERE sequence = "
        "(SELECT min(sequence) FROM events WHERE security = 0)");
    ASSERT_FALSE(is_intact());
    Journal journal(settings(100), first_row());
    for (int i = 300; i < 900; ++i) {
        journal.commit(with(grant(i)));
    }
    EXPECT_FALSE(is_intact());
    EXPECT_FALSE(journal.set_aside());
}

TEST_F(FullJournal, GoesOnAfterReopeningAndAPurge) {
    Journal journal(settings(100), first_row());
    Batch batch;
    batch.purge = purge_before(grant(250));
    journal.commit(batch);
    EXPECT_TRUE(is_intact());
    for (int i = 300; i < 500; ++i) {
        journal.commit(with(grant(i)));
    }
    const auto check = check_journal(settings().file);
    EXPECT_FALSE(check.fault) << check.fault->what;
    EXPECT_EQ(check.unsealed, 0);
}

TEST_F(JournalFile, AJournalOfTheFirstFormatIsTakenOverAndSaysWhatCannotBeVerified) {
    {
        Journal journal(settings(), first_row());
        for (int i = 1; i <= 9; ++i) {
            journal.commit(with(grant(i)));
        }
        change("DELETE FROM events WHERE sequence BETWEEN 3 AND 5");
        Event gap = grant(10);
        gap.kind = EventKind::gap;
        gap.reason = "full";
        gap.detail = "sequence 3 to 5";
        gap.count = 3;
        journal.commit(with(gap));
    }
    change("DROP TABLE hole");
    change("DROP INDEX events_removals");
    change("PRAGMA user_version = 1");
    auto check = check_journal(settings().file);
    EXPECT_FALSE(check.fault) << check.fault->what;
    EXPECT_EQ(check.unsealed, 3);
    {
        Journal journal(settings(), first_row());
        EXPECT_FALSE(journal.set_aside());
        journal.commit(with(grant(11)));
    }
    check = check_journal(settings().file);
    EXPECT_FALSE(check.fault) << check.fault->what;
    EXPECT_EQ(check.unsealed, 3);
    change("DELETE FROM events WHERE sequence = 2");
    EXPECT_TRUE(check_journal(settings().file).fault);
}

TEST_F(JournalFile, PurgesRowsPastTheirRetentionAndSaysSo) {
    Journal journal(settings(), first_row());
    for (int i = 1; i <= 20; ++i) {
        journal.commit(with(grant(i)));
    }
    Batch batch;
    batch.purge = purge_before(grant(11));
    journal.commit(batch);
    const auto check = check_journal(settings().file);
    EXPECT_FALSE(check.fault) << check.fault->what;
    EXPECT_EQ(check.rows, 11);
    EXPECT_TRUE(
        read_events(settings().file)
            .back()
            .second.detail.starts_with("sequence 1 to 11; 11 rows gone in 1 holes, sealed "));
}

/// A row as `clock` dated it, and whether a purge of what is older than 90 days takes it.
struct Dated {
    std::string clock;
    std::int64_t days_ago;
    bool goes;
};

TEST_F(JournalFile, APurgeJudgesRowsOfAnUnbelievedClockByThoseAroundThem) {
    const std::vector<std::vector<Dated>> journals{
        {{"untrusted", 20'000, true}, {"trusted", 120, true}, {"trusted", 80, false}},
        {{"trusted", 120, true}, {"untrusted", 0, true}, {"trusted", 110, true}},
        {{"trusted", 120, true}, {"untrusted", 20'000, false}, {"trusted", 80, false}},
        {{"trusted", 80, false}, {"trusted", 500, false}, {"trusted", 1, false}},
        {{"trusted", -3650, false}, {"trusted", 80, false}},
        {{"holdover", 120, true}, {"trusted", -3650, true}, {"holdover", 100, true}},
        {{"untrusted", 20'000, false}, {"untrusted", 20'000, false}},
    };
    const auto now = grant(0).at;
    for (const auto& rows : journals) {
        fs::remove(settings().file);
        Journal journal(settings(), [] {
            auto row = first_row();
            row.clock = "untrusted";
            return row;
        }());
        std::vector<std::int64_t> stay;
        for (std::int64_t i = 0; i < std::ssize(rows); ++i) {
            const auto& row = rows.at(static_cast<std::size_t>(i));
            Event event = grant(i + 1);
            event.kind = EventKind::lock_fault;
            event.clock = row.clock;
            event.at = now - std::chrono::days{row.days_ago};
            journal.commit(with(event));
            if (!row.goes) {
                stay.push_back(i + 2);
            }
        }
        Batch batch;
        batch.purge = Purge{now - std::chrono::days{90}, now, grant(1000)};
        batch.purge->row.kind = EventKind::purge;
        journal.commit(batch);
        std::vector<std::int64_t> left;
        for (const auto& [sequence, event] : read_events(settings().file)) {
            if (event.kind == EventKind::lock_fault) {
                left.push_back(sequence);
            }
        }
        EXPECT_EQ(left, stay);
        EXPECT_FALSE(check_journal(settings().file).fault);
    }
}

}  // namespace
}  // namespace creneau::door
