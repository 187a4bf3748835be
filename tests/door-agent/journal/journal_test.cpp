#include "door-agent/journal/journal.hpp"

#include "door-agent/journal/chain.hpp"
#include "door-agent/journal/journal_writer.hpp"
#include "tests/door-agent/support/door_town.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace creneau::door {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using test::TempFolder;

Event grant(std::int64_t number) {
    Event event;
    event.kind = EventKind::granted;
    event.at = std::chrono::sys_seconds{seconds{1'800'000'000 + number}};
    event.boot = seconds{number};
    event.clock = "trusted";
    event.door = "street";
    event.reason = "granted_booking";
    event.pass = PassMark{qr::PassId{static_cast<std::uint64_t>(number)}, 1};
    return event;
}

Event first_row() {
    Event row = grant(0);
    row.kind = EventKind::journal_started;
    row.pass.reset();
    return row;
}

Batch with(Event event) {
    Batch batch;
    batch.events.push_back(std::move(event));
    return batch;
}

/// What is older than `event` goes; it is the instant of grant(1000).
Purge purge_before(const Event& event) {
    Purge purge{event.at, grant(1000).at, grant(1000)};
    purge.row.kind = EventKind::purge;
    return purge;
}

policy::MemoryChanges used(std::uint64_t pass) {
    const auto end = std::chrono::sys_seconds{seconds{1'900'000'000}};
    return {policy::RevisionMark{qr::PassId{pass}, 3, end},
            policy::UseMark{qr::PassId{pass}, 7, end}};
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

TEST_F(JournalFile, ContinuesItsChainAfterReopening) {
    JournalId id{};
    {
        Journal journal(settings(), first_row());
        id = journal.id();
        journal.commit(with(grant(1)));
    }
    Journal journal(settings(), first_row());
    EXPECT_EQ(journal.id(), id);
    journal.commit(with(grant(2)));
    const auto check = check_journal(settings().file);
    EXPECT_FALSE(check.fault) << check.fault->what;
    EXPECT_EQ(check.rows, 3);
    EXPECT_EQ(read_events(settings().file).back().second.pass, grant(2).pass);
}

TEST_F(JournalFile, AChangedRowIsFound) {
    for (const auto* column : {"reason = 'granted_command'", "count = 2", "at = at + 1",
                               "pass_id = 99", "door = 'hall'", "detail = 'x'"}) {
        TempFolder folder;
        const JournalSettings here{folder.path() / "journal.db", "danton", 1000};
        {
            Journal journal(here, first_row());
            journal.commit(with(grant(1)));
            journal.commit(with(grant(2)));
        }
        EXPECT_FALSE(check_journal(here.file).fault);
        SQLite::Database(here.file.string(), SQLite::OPEN_READWRITE)
            .exec(std::string("UPDATE events SET ") + column + " WHERE sequence = 2");
        const auto check = check_journal(here.file);
        ASSERT_TRUE(check.fault) << column;
        EXPECT_EQ(check.fault->sequence, 2);
    }
}

TEST_F(JournalFile, AMissingRowIsFound) {
    {
        Journal journal(settings(), first_row());
        for (int i = 1; i <= 5; ++i) {
            journal.commit(with(grant(i)));
        }
    }
    change("DELETE FROM events WHERE sequence = 4");
    const auto check = check_journal(settings().file);
    ASSERT_TRUE(check.fault);
    EXPECT_EQ(check.fault->what, "rows 4 to 4 are missing");
}

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
    EXPECT_TRUE(read_events(settings().file).back().second.detail.starts_with(
        "sequence 1 to 11; 11 rows gone in 1 holes, sealed "));
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

TEST_F(JournalFile, RemembersMarksThatOnlyRise) {
    {
        Journal journal(settings(), first_row());
        Batch batch;
        batch.changes.push_back(used(5));
        journal.commit(batch);
        auto lower = used(5);
        lower.revision->revision = 1;
        batch.changes = {lower};
        journal.commit(batch);
    }
    Journal journal(settings(), first_row());
    const auto memory = journal.memory();
    EXPECT_EQ(memory.revisions.at(qr::PassId{5}).revision, 3);
    EXPECT_TRUE(memory.uses.contains({qr::PassId{5}, 7}));
    Batch forget;
    forget.forget_before = std::chrono::sys_seconds{seconds{1'900'000'001}};
    journal.commit(forget);
    EXPECT_EQ(journal.memory(), policy::Memory{});
}

TEST_F(JournalFile, ADamagedFileIsSetAsideAndItsMarksAreSaved) {
    const auto damage = [&](std::streamoff at, std::size_t length) {
        std::fstream file(settings().file, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(at);
        file << std::string(length, '\x5a');
    };
    const std::pair<std::streamoff, std::size_t> damages[] = {{0, 100}, {4096, 4096}};
    for (const auto& [at, length] : damages) {
        fs::remove_all(folder_.path());
        fs::create_directories(folder_.path());
        {
            Journal journal(settings(), first_row());
            auto batch = with(grant(1));
            batch.changes.push_back(used(5));
            journal.commit(batch);
        }
        damage(at, length);
        Journal journal(settings(), first_row());
        ASSERT_TRUE(journal.set_aside());
        EXPECT_TRUE(fs::exists(*journal.set_aside()));
        journal.commit(with(grant(2)));
        EXPECT_FALSE(check_journal(settings().file).fault);
    }
}

TEST_F(JournalFile, AMissingTableIsDamageAndTheMarksSurvive) {
    {
        Journal journal(settings(), first_row());
        auto batch = with(grant(1));
        batch.changes.push_back(used(5));
        journal.commit(batch);
    }
    change("DROP TABLE events");
    Journal journal(settings(), first_row());
    ASSERT_TRUE(journal.set_aside());
    EXPECT_TRUE(journal.memory().uses.contains({qr::PassId{5}, 7}));
}

TEST_F(JournalFile, TextThatIsNoDatabaseIsSetAside) {
    std::ofstream(settings().file) << std::string(5000, 'x');
    Journal journal(settings(), first_row());
    ASSERT_TRUE(journal.set_aside());
    journal.commit(with(grant(1)));
    EXPECT_EQ(check_journal(settings().file).rows, 2);
}

TEST_F(JournalFile, AFileDamagedWhileInUseIsReplacedAndNoMarkIsLost) {
    JournalWriter writer(settings(), first_row(), {});
    Batch batch;
    batch.changes.push_back(used(5));
    for (int i = 1; i <= 10'000; ++i) {
        batch.events.push_back(grant(i));
    }
    ASSERT_TRUE(writer.commit(batch, seconds{30}));
    ASSERT_TRUE(writer.commit(with(grant(10'001)), seconds{30}));
    const auto size = fs::file_size(settings().file);
    ASSERT_GT(size, 500'000U) << "larger than what is kept in memory";
    {
        std::fstream file(settings().file, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(4096);
        file << std::string(size - 4096, 'x');
    }
    Batch reads_all = with(grant(10'002));
    reads_all.purge = Purge{std::chrono::sys_seconds{}, {}, grant(0)};
    EXPECT_TRUE(writer.commit(reads_all, seconds{30}));
    EXPECT_TRUE(fs::exists(settings().file.string() + ".damaged-1"));
    const auto memory = read_memory(settings().file);
    ASSERT_TRUE(memory);
    EXPECT_TRUE(memory->uses.contains({qr::PassId{5}, 7}));
    EXPECT_EQ(read_events(settings().file).back().second.pass, grant(10'002).pass);
}

TEST_F(JournalFile, AUseMarkedBeforeIsNotKeptAgainByAJournalThatOpensLate) {
    Batch use_of_five;
    use_of_five.changes.push_back(used(5));
    Journal(settings(), first_row()).commit(use_of_five);
    SQLite::Database somebody(settings().file.string(), SQLite::OPEN_READWRITE);
    somebody.exec("BEGIN EXCLUSIVE");
    JournalWriter writer(settings(), first_row(), {});
    EXPECT_FALSE(writer.commit(use_of_five, seconds{1}));
    somebody.exec("ROLLBACK");
    Batch use_of_six;
    use_of_six.changes.push_back(used(6));
    const auto deadline = std::chrono::steady_clock::now() + seconds{60};
    bool kept = false;
    while (!kept && std::chrono::steady_clock::now() < deadline) {
        EXPECT_FALSE(writer.commit(use_of_five, seconds{30}));
        kept = writer.commit(use_of_six, seconds{30});
    }
    EXPECT_TRUE(kept);
    EXPECT_FALSE(writer.commit(use_of_five, seconds{30}));
}

/// A child that commits until it is killed and tells each commit through a pipe.
std::int64_t last_told_before_kill(const JournalSettings& settings, int kill_after) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        Journal journal(settings, first_row());
        for (std::int64_t i = 1;; ++i) {
            auto batch = with(grant(i));
            batch.changes.push_back(used(static_cast<std::uint64_t>(i)));
            journal.commit(batch);
            if (write(ends[1], &i, sizeof i) != sizeof i) {
                _exit(1);
            }
        }
    }
    close(ends[1]);
    std::int64_t told = 0;
    std::int64_t number = 0;
    while (read(ends[0], &number, sizeof number) == sizeof number) {
        told = number;
        if (told == kill_after) {
            kill(child, SIGKILL);
        }
    }
    waitpid(child, nullptr, 0);
    close(ends[0]);
    return told;
}

TEST_F(JournalFile, NoToldEventIsLostWhenTheWriterIsKilled) {
    for (int round = 0; round < 10; ++round) {
        const auto told = last_told_before_kill(settings(), 3 + 5 * round);
        const auto check = check_journal(settings().file);
        ASSERT_FALSE(check.fault) << check.fault->what;
        Journal journal(settings(), first_row());
        EXPECT_FALSE(journal.set_aside());
        const auto memory = journal.memory();
        EXPECT_TRUE(memory.uses.contains({qr::PassId{static_cast<std::uint64_t>(told)}, 7}));
        EXPECT_GE(read_events(settings().file).back().second.pass->pass_id,
                  qr::PassId{static_cast<std::uint64_t>(told)});
    }
}

/// No file of this process may grow beyond `bytes` while it lives.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

  private:
    rlimit before_{};
};

TEST_F(JournalFile, OnAFullDiskACommitSaysNoAndPostedEventsComeLater) {
    JournalWriter writer(settings(), first_row(), {});
    {
        const FullDisk full(4096);
        Batch batch;
        batch.changes.push_back(used(5));
        EXPECT_FALSE(writer.commit(batch, seconds{5}));
        writer.post(with(grant(1)));
        EXPECT_FALSE(writer.commit(with(grant(2)), seconds{5}));
    }
    EXPECT_TRUE(writer.commit(with(grant(3)), seconds{5}));
    const auto events = read_events(settings().file);
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events.at(1).second.pass, grant(1).pass);
    EXPECT_EQ(events.at(2).second.pass, grant(3).pass);
    EXPECT_FALSE(read_memory(settings().file)->uses.contains({qr::PassId{5}, 7}));
}

TEST_F(JournalFile, EventsThatWaitTooLongAreCountedInAGap) {
    constexpr std::int64_t kMany = 6000;
    JournalWriter writer(settings(), first_row(), {});
    {
        const FullDisk full(4096);
        ASSERT_FALSE(writer.commit(with(grant(0)), seconds{5}));
        for (std::int64_t i = 1; i <= kMany; ++i) {
            writer.post(with(grant(i)));
        }
        ASSERT_FALSE(writer.commit(with(grant(0)), seconds{5}));
    }
    ASSERT_TRUE(writer.commit(with(grant(kMany + 1)), seconds{30}));
    std::int64_t counted = 0;
    for (const auto& [sequence, event] : read_events(settings().file)) {
        counted += event.kind == EventKind::journal_started ? 0 : event.count;
    }
    EXPECT_EQ(counted, kMany + 1);
    EXPECT_FALSE(check_journal(settings().file).fault);
}

TEST_F(JournalFile, StartsWithoutStorageAndTakesItUpLater) {
    const JournalSettings missing{folder_.path() / "not-yet" / "journal.db", "danton", 1000};
    std::atomic<bool> late = false;
    JournalWriter writer(missing, first_row(), {{}, [&](const policy::Memory&) { late = true; }});
    EXPECT_FALSE(writer.commit(with(grant(1)), seconds{5}));
    fs::create_directories(missing.file.parent_path());
    EXPECT_TRUE(writer.commit(with(grant(2)), seconds{5}));
    EXPECT_TRUE(late);
}

}  // namespace
}  // namespace creneau::door
