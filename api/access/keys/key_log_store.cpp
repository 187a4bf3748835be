#include "api/access/keys/key_log_store.hpp"

#include "api/access/access_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <cstdint>

#include <soci/soci.h>

namespace creneau::access {

using soci::into;
using soci::use;
using store::raw;

std::int64_t select_key_log_read(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::int64_t read = 0;
    session.sql() << "SELECT key_log_read FROM towns WHERE id = :town", use(town_id), into(read);
    return read;
}

bool move_key_log_read(store::Session& session, TownId town, std::int64_t from, std::int64_t to) {
    const std::int64_t town_id = raw(town);
    soci::statement statement =
        (session.sql().prepare << "UPDATE towns SET key_log_read = :to WHERE id = :town"
                                  " AND key_log_read = :from",
         use(to), use(town_id), use(from));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

}  // namespace creneau::access
