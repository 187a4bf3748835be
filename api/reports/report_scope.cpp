#include "api/reports/report_scope.hpp"

#include "api/booking/reach.hpp"
#include "api/reports/report_types.hpp"

#include <cstdint>
#include <string>

namespace creneau::reports {

std::string rooms_within(const Scope& scope) {
    std::string where;
    if (scope.site) {
        where += " AND r.site_id = ";
        where += std::to_string(static_cast<std::int64_t>(*scope.site));
    }
    if (scope.rooms) {
        where += " AND b.room_id IN (";
        where += booking::listed(*scope.rooms);
        where += ')';
    }
    return where;
}

}  // namespace creneau::reports
