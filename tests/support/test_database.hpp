#pragma once

#include "api/store/session.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace creneau::support {

/// A database of one test's own, on the real engine with the real migrations; removed with it.
/// SQLite: a file, so that several connections see it. PostgreSQL: a database of the private
/// server.
///
///     class BookingStore : public testing::TestWithParam<store::Engine> {
///       protected:
///         support::TestDatabase database{GetParam()};
///     };
///     CRENEAU_ON_BOTH_ENGINES(BookingStore);
class TestDatabase {
  public:
    enum class Content { migrated, empty };

    explicit TestDatabase(store::Engine engine, Content content = Content::migrated);
    ~TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    /// What Session, Writer and Readers open.
    const store::Database& database() const { return database_; }
    store::Session open(store::OpenMode mode = store::OpenMode::read_write) const {
        return store::Session(database_, mode);
    }
    /// A folder for files of this test, removed with the database.
    const std::string& folder() const { return folder_; }

  private:
    store::Database database_;
    std::string folder_;
    std::string name_;  // PostgreSQL: the database to drop
};

/// "sqlite" or "postgresql".
std::string name_of(store::Engine engine);

/// When the migrations of a TestDatabase were applied.
inline constexpr std::chrono::sys_seconds kMigratedAt{std::chrono::seconds{1'790'000'000}};

}  // namespace creneau::support

/// Tests that need PostgreSQL have "postgresql" or "Postgresql" in their name: see creneau_test().
#define CRENEAU_ON_BOTH_ENGINES(suite)                                                       \
    INSTANTIATE_TEST_SUITE_P(                                                                \
        Engines, suite,                                                                      \
        testing::Values(creneau::store::Engine::sqlite, creneau::store::Engine::postgresql), \
        [](const auto& row) { return creneau::support::name_of(row.param); })
