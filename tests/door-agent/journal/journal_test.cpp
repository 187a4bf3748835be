#include "door-agent/journal/journal.hpp"

#include "door-agent/journal/journal_writer.hpp"
#include "tests/door-agent/journal/journal_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
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
using test::first_row;
using test::grant;
using test::JournalFile;
using test::TempFolder;
using test::with;

policy::MemoryChanges used(std::uint64_t pass) {
    const auto end = std::chrono::sys_seconds{seconds{1'900'000'000}};
    return {policy::RevisionMark{qr::PassId{pass}, 3, end},
            policy::UseMark{qr::PassId{pass}, 7, end}};
}

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

TEST_F(JournalFile, AMissingTableIsDamageAndMarksAndTimeSurvive) {
    {
        Journal journal(settings(), first_row());
        auto batch = with(grant(1));
        batch.changes.push_back(used(5));
        batch.time = KeptTime{};
        batch.time->policy.version = 77;
        batch.time->clock.floor = grant(1).at;
        journal.commit(batch);
    }
    change("DROP TABLE events");
    Journal journal(settings(), first_row());
    ASSERT_TRUE(journal.set_aside());
    ASSERT_TRUE(journal.kept_time());
    EXPECT_EQ(journal.kept_time()->policy.version, 77U);
    EXPECT_EQ(journal.kept_time()->clock.floor, grant(1).at);
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
    Batch time;
    time.time = KeptTime{};
    time.time->policy.version = 77;
    writer.post(time);
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
    SQLite::Database database(settings().file.string(), SQLite::OPEN_READONLY);
    EXPECT_EQ(database.execAndGet("SELECT version FROM kept_time").getInt(), 77);
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

/// How many grants of the journal were undone.
std::int64_t undone(const fs::path& file) {
    return std::ranges::count_if(read_events(file), [](const auto& row) {
        return row.second.kind == EventKind::grant_undone;
    });
}

TEST_F(JournalFile, AUseThatComesOnDiskAfterTheDoorRefusedIsTakenBack) {
    JournalWriter writer(settings(), first_row(), {});
    ASSERT_TRUE(writer.commit(with(grant(1)), seconds{30}));
    SQLite::Database somebody(settings().file.string(), SQLite::OPEN_READWRITE);
    const auto deadline = std::chrono::steady_clock::now() + seconds{60};
    for (std::uint64_t pass = 5; undone(settings().file) == 0; ++pass) {
        ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "no commit came late";
        Batch use = with(grant(static_cast<std::int64_t>(pass)));
        use.changes.push_back(used(pass));
        somebody.exec("BEGIN IMMEDIATE");
        EXPECT_FALSE(writer.commit(use, std::chrono::milliseconds{300}));
        somebody.exec("ROLLBACK");
        while (!writer.commit(with(grant(1)), seconds{30})) {
            ASSERT_LT(std::chrono::steady_clock::now(), deadline);
        }
        EXPECT_FALSE(read_memory(settings().file)->uses.contains({qr::PassId{pass}, 7}));
        EXPECT_TRUE(writer.commit(use, seconds{30})) << "the pass was not spent";
        EXPECT_FALSE(writer.commit(use, seconds{30})) << "and opens once";
    }
    EXPECT_FALSE(check_journal(settings().file).fault);
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
