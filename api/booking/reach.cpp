#include "api/booking/reach.hpp"

#include "api/store/column.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

std::string within(const Reach& reach, std::string_view table, std::vector<std::int64_t>& numbers) {
    const std::string row(table);
    std::string condition =
        " AND ((" + row + ".booker_id = :booker AND " + row + ".association_id IS NULL) OR " + row +
        ".association_id IN"
        " (SELECT m.association_id FROM association_managers m JOIN associations e"
        " ON e.id = m.association_id AND e.enabled = 1 WHERE m.person_id = :manager)";
    numbers.insert(numbers.end(), {store::raw(reach.person), store::raw(reach.person)});
    if (!reach.rooms.empty()) {
        condition += " OR " + row + ".room_id IN (" + listed(reach.rooms) + ")";
    }
    return condition + ")";
}

}  // namespace creneau::booking
