#include "api/store/db_error.hpp"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace creneau::store {
namespace {

// As SOCI 4.0 words it: `… while executing "INSERT …" with :name="value", ….`
constexpr std::string_view kBeforeQuery = " while ";
constexpr std::size_t kLongestQuery = 200;

DbFault fault_of_sqlite(int code, std::string_view text) {
    switch (code) {
        case SQLITE_CONSTRAINT_TRIGGER:
            return text.find("occupancy_overlap") != text.npos ? DbFault::overlap : DbFault::other;
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_ROWID:
            return text.find("occupancies.space_id") != text.npos ? DbFault::overlap
                                                                  : DbFault::unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return DbFault::foreign_key;
        default:
            break;
    }
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return DbFault::busy;
        case SQLITE_FULL:
            return DbFault::full;
        default:
            return DbFault::other;
    }
}

DbFault fault_of_sqlstate(std::string_view sqlstate) {
    if (sqlstate == "23P01") {
        return DbFault::overlap;
    }
    if (sqlstate == "23505") {
        return DbFault::unique;
    }
    if (sqlstate == "23503") {
        return DbFault::foreign_key;
    }
    if (sqlstate == "40001" || sqlstate == "40P01") {
        return DbFault::serialization;
    }
    if (sqlstate == "55P03" || sqlstate == "57014") {
        return DbFault::busy;
    }
    if (sqlstate == "53100") {
        return DbFault::full;
    }
    return DbFault::other;
}

}  // namespace

std::string told(const std::exception& error) {
    const auto* fault = dynamic_cast<const soci::soci_error*>(&error);
    if (fault == nullptr) {
        return error.what();
    }
    const std::string message = fault->get_error_message();
    std::string first_line = message.substr(0, message.find('\n'));
    const std::string all = error.what();
    const auto context = all.rfind(kBeforeQuery);
    const auto opening = all.find('"', std::min(context, all.size()));
    if (opening == std::string::npos) {
        return first_line;
    }
    const auto query = all.substr(opening + 1, all.find('"', opening + 1) - opening - 1);
    return first_line + " in " + query.substr(0, kLongestQuery);
}

DbFault fault_of(const std::exception& error) noexcept {
    if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
        return fault_of_sqlite(sqlite->result(), sqlite->what());
    }
    if (const auto* postgresql = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
        return fault_of_sqlstate(postgresql->sqlstate());
    }
    return DbFault::other;
}

}  // namespace creneau::store
