#include "api/people/ways_in_store.hpp"

#include "api/store/session.hpp"

#include <cstdint>
#include <string>

#include <soci/soci.h>

namespace creneau::people {

namespace {

constexpr const char* kTables[] = {"sessions", "account_codes", "code_requests", "access_tokens"};

bool has_table(store::Session& session, const std::string& name) {
    std::int64_t count = 0;
    session.sql() << (session.engine() == store::Engine::sqlite
                          ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'"
                            " AND name = :name"
                          : "SELECT COUNT(*) FROM information_schema.tables"
                            " WHERE table_schema = 'public' AND table_name = :name"),
        soci::use(name), soci::into(count);
    return count != 0;
}

}  // namespace

std::int64_t delete_ways_in(store::Session& session) {
    std::int64_t deleted = 0;
    for (const std::string table : kTables) {
        if (has_table(session, table)) {
            soci::statement statement = (session.sql().prepare << "DELETE FROM " + table);
            statement.execute(true);
            deleted += statement.get_affected_rows();
        }
    }
    return deleted;
}

}  // namespace creneau::people
