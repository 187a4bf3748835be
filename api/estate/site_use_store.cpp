#include "api/estate/known_store.hpp"
#include "api/store/session.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::estate {
namespace {

struct Use {
    const char* what;
    const char* count;
};

constexpr std::array kUses{
    Use{"bookings",
        "SELECT COUNT(*) FROM bookings b JOIN rooms r ON r.id = b.room_id WHERE r.site_id = :site"
        " AND b.end_at > :now AND b.status IN ('pending', 'approved')"},
    Use{"closures",
        "SELECT COUNT(*) FROM closures WHERE site_id = :site AND end_at > :now"
        " AND removed_at IS NULL"},
    Use{"holds",
        "SELECT COUNT(*) FROM holds h JOIN rooms r ON r.id = h.room_id WHERE r.site_id = :site"
        " AND h.expires_at > :now AND h.status = 'held'"},
    Use{"waits",
        "SELECT COUNT(*) FROM waits w JOIN rooms r ON r.id = w.room_id WHERE r.site_id = :site"
        " AND w.start_at > :now AND w.status IN ('waiting', 'offered')"},
};

}  // namespace

std::vector<std::string> use_of_site(store::Session& session, std::int64_t site_id,
                                     std::chrono::sys_seconds now) {
    const std::int64_t at = now.time_since_epoch().count();
    std::vector<std::string> found;
    for (const Use& use : kUses) {
        std::int64_t count = 0;
        session.sql() << use.count, soci::use(site_id), soci::use(at), soci::into(count);
        if (count > 0) {
            found.emplace_back(use.what);
        }
    }
    return found;
}

}  // namespace creneau::estate
