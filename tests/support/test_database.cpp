#include "tests/support/test_database.hpp"

#include "api/store/migrator.hpp"
#include "tests/support/private_postgres.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include <unistd.h>

namespace creneau::support {
namespace {

std::string temporary_folder() {
    std::string path = std::filesystem::temp_directory_path() / "creneau-test-XXXXXX";
    if (mkdtemp(path.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    return path;
}

store::Session administration() {
    return store::Session(
        {store::Engine::postgresql, PrivatePostgres::instance().conninfo("postgres")},
        store::OpenMode::read_write);
}

/// A migrated database that others are copied from, made once per program.
const std::string& migrated_template() {
    static const std::string name = [] {
        administration().execute("CREATE DATABASE town_migrated");
        store::Session session(
            {store::Engine::postgresql, PrivatePostgres::instance().conninfo("town_migrated")},
            store::OpenMode::read_write);
        store::migrate(session, kMigratedAt);
        return std::string("town_migrated");
    }();
    return name;
}

std::string create_database(TestDatabase::Content content) {
    static int created = 0;
    const std::string name = "town_" + std::to_string(++created);
    const std::string origin =
        content == TestDatabase::Content::migrated ? migrated_template() : "template0";
    administration().execute("CREATE DATABASE " + name + " TEMPLATE " + origin);
    return name;
}

}  // namespace

TestDatabase::TestDatabase(store::Engine engine, Content content) : folder_(temporary_folder()) {
    database_.engine = engine;
    if (engine == store::Engine::postgresql) {
        name_ = create_database(content);
        database_.location = PrivatePostgres::instance().conninfo(name_);
        return;
    }
    database_.location = folder_ + "/town.db";
    if (content == Content::migrated) {
        auto session = open();
        store::migrate(session, kMigratedAt);
    }
}

TestDatabase::~TestDatabase() {
    if (!name_.empty()) {
        try {
            administration().execute("DROP DATABASE " + name_ + " WITH (FORCE)");
        } catch (const std::exception&) {
            ADD_FAILURE() << "cannot drop " << name_;
        }
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string name_of(store::Engine engine) {
    return engine == store::Engine::sqlite ? "sqlite" : "postgresql";
}

}  // namespace creneau::support
