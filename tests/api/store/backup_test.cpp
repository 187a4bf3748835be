#include "api/store/backup.hpp"

#include "api/store/doctor.hpp"
#include "api/store/writer.hpp"
#include "tests/api/store/rows.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <sys/stat.h>

namespace creneau::store {
namespace {

namespace fs = std::filesystem;
using support::TestDatabase;

std::string content(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void put(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

std::size_t files_in(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

class Backup : public testing::TestWithParam<Engine> {
  protected:
    void SetUp() override {
        add_small_town(session);
        add_booking(session, 7, 1, "approved", 1000, 2000);
        occupy(session, {1, 1000, 2000}, 7);
        fs::create_directory(folder);
    }

    TestDatabase database{GetParam()};
    TestDatabase other{GetParam(), TestDatabase::Content::empty};
    Session session = database.open();
    const fs::path folder = fs::path(database.folder()) / "backups";
    const fs::path file = folder / "town.backup";
};
CRENEAU_ON_BOTH_ENGINES(Backup);

TEST_P(Backup, BringsEverythingBack) {
    backup(database.database(), file);
    session.execute("DELETE FROM occupancies");
    restore(other.database(), file);
    auto restored = other.open();
    EXPECT_EQ(number_of(restored, "SELECT end_at FROM occupancies WHERE source_id = 7"), 2000);
    std::ostringstream lines;
    EXPECT_TRUE(doctor(other.database(), lines)) << lines.str();
    EXPECT_ANY_THROW(occupy(restored, {1, 1500, 2500})) << "the restored rule does not hold";
    add_booking(restored, 8, 1, "refused", 1, 2);
}

TEST_P(Backup, IsReadableByItsOwnerOnlyAndAlone) {
    backup(database.database(), file);
    struct stat status{};
    ASSERT_EQ(stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_EQ(files_in(folder), 1U);
}

TEST_P(Backup, HoldsNothingOfATransactionThatIsOpen) {
    Writer writer(database.database());
    const auto done = writer.run([&](Session& own) -> tl::expected<int, int> {
        own.execute("UPDATE towns SET name = 'half done'");
        backup(database.database(), file);
        return 1;
    });
    ASSERT_TRUE(done.has_value());
    restore(other.database(), file);
    auto restored = other.open();
    EXPECT_EQ(text_of(restored, "SELECT name FROM towns"), "T");
    EXPECT_EQ(text_of(session, "SELECT name FROM towns"), "half done");
}

TEST_P(Backup, DoesNotOverwrite) {
    put(file, "precious");
    EXPECT_THROW(backup(database.database(), file), StoreError);
    EXPECT_EQ(content(file), "precious");
    EXPECT_EQ(files_in(folder), 1U);
}

TEST_P(Backup, LeavesNothingBehindWhenTheDatabaseCannotBeRead) {
    Database absent = database.database();
    absent.location = GetParam() == Engine::sqlite ? database.folder() + "/absent.db"
                                                   : absent.location + "_absent";
    EXPECT_THROW(backup(absent, file), StoreError);
    EXPECT_EQ(files_in(folder), 0U);
    EXPECT_THROW(backup(database.database(), folder / "absent" / "file"), StoreError);
}

TEST_P(Backup, IsNotRestoredOverData) {
    backup(database.database(), file);
    session.execute("UPDATE towns SET name = 'newer'");
    EXPECT_THROW(restore(database.database(), file), StoreError);
    EXPECT_EQ(text_of(session, "SELECT name FROM towns"), "newer");
}

TEST_P(Backup, IsNotRestoredWhenDamaged) {
    backup(database.database(), file);
    const std::string whole = content(file);
    std::string cut = whole;
    cut.resize(whole.size() / 2);
    const std::string without_its_end = whole.substr(0, whole.size() - 1);
    std::string scrambled = whole;
    for (std::size_t i = whole.size() / 4; i < whole.size() / 4 * 3; ++i) {
        scrambled[i] = static_cast<char>(scrambled[i] ^ 0x55);
    }
    for (const auto& bytes :
         {std::string(), std::string("not a backup"), cut, without_its_end, scrambled}) {
        put(file, bytes);
        EXPECT_THROW(restore(other.database(), file), StoreError) << bytes.size();
    }
    EXPECT_THROW(restore(other.database(), folder / "absent"), StoreError);
    put(file, whole);
    EXPECT_NO_THROW(restore(other.database(), file)) << "a failed attempt left something";
}

TEST_P(Backup, IsNotRestoredWhenItsSchemaIsNewer) {
    session.execute(
        "INSERT INTO schema_migrations (version, name, checksum, applied_at) "
        "VALUES (999, 'future', 'x', 0)");
    // This program would not make such a backup; a newer one would.
    EXPECT_THROW(backup(database.database(), file), StoreError);
    if (GetParam() == Engine::sqlite) {
        session.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        fs::copy_file(database.database().location, file);
    } else {
        const std::string command = "pg_dump --format=custom --no-comments --file='" +
                                    file.string() + "' --dbname='" + database.database().location +
                                    "'";
        ASSERT_EQ(std::system(command.c_str()), 0);
    }
    EXPECT_THROW(restore(other.database(), file), StoreError);
    session.execute("DELETE FROM schema_migrations WHERE version = 999");
    fs::remove(file);
    backup(database.database(), file);
    EXPECT_NO_THROW(restore(other.database(), file));
}

TEST(SqliteBackup, HasItsWriteAheadLogAsSoonAsItIsRestored) {
    const TestDatabase database(Engine::sqlite);
    const fs::path file = fs::path(database.folder()) / "town.backup";
    backup(database.database(), file);
    const Database restored{Engine::sqlite, database.folder() + "/restored.db"};
    restore(restored, file);
    Session opened(restored, OpenMode::read_only);
    EXPECT_EQ(text_of(opened, "PRAGMA journal_mode"), "wal");
}

TEST(SqliteBackup, IsNotRestoredBesideAnOldWriteAheadLog) {
    const TestDatabase database(Engine::sqlite);
    const fs::path file = fs::path(database.folder()) / "town.backup";
    auto session = database.open();
    add_small_town(session);
    backup(database.database(), file);
    const Database target{Engine::sqlite, database.folder() + "/target.db"};
    put(target.location + "-wal", "what somebody left");
    EXPECT_THROW(restore(target, file), StoreError);
    EXPECT_FALSE(fs::exists(target.location));
    fs::remove(target.location + "-wal");
    EXPECT_NO_THROW(restore(target, file));
}

}  // namespace
}  // namespace creneau::store
