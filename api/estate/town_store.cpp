#include "api/estate/town_store.hpp"

#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::estate {

std::int64_t find_town(store::Session& session, const std::string& key) {
    std::vector<long long> ids(2);
    session.sql() << "SELECT id FROM towns WHERE key = :key OR :every = '' ORDER BY id LIMIT 2",
        soci::use(key), soci::use(key), soci::into(ids);
    if (ids.empty()) {
        throw store::StoreError(key.empty() ? "the database holds no town: creneau-api import FILE"
                                            : "the database holds no town with the key '" + key +
                                                  "': see `town` in the configuration");
    }
    if (ids.size() > 1) {
        throw store::StoreError(
            "the database holds several towns: say which one this process "
            "serves with `town = \"KEY\"` in the configuration");
    }
    return ids.front();
}

std::optional<std::int64_t> find_door_agent(store::Session& session, std::int64_t town,
                                            const std::string& key) {
    std::int64_t id = 0;
    session.sql() << "SELECT id FROM door_agents WHERE town_id = :town AND key = :key",
        soci::use(town), soci::use(key), soci::into(id);
    return session.sql().got_data() ? std::optional(id) : std::nullopt;
}

}  // namespace creneau::estate
