#include "tests/api/http/rights/rights_town.hpp"

#include <cstdint>
#include <string>

namespace creneau::http {

void RightsTown::make_movements(const Maker& maker, Things& things) {
    const auto town = std::to_string(static_cast<std::int64_t>(maker.town));
    const auto whose = std::to_string(maker.office);
    session_->execute(
        "INSERT INTO staff_movements (town_id, person_id, kind, at, local_at, delay_h,"
        " announced_by_id, announced_at) VALUES (" +
        town + ", " + whose + ", 'arrival', 1800000000, '2027-01-15T09:00', 24, " + whose +
        ", 1);"
        "INSERT INTO movement_notices (town_id, movement_id, step)"
        " SELECT town_id, id, 'it' FROM staff_movements WHERE town_id = " +
        town +
        ";"
        "INSERT INTO movement_notices (town_id, movement_id, step)"
        " SELECT town_id, id, 'access' FROM staff_movements WHERE town_id = " +
        town +
        ";"
        "INSERT INTO badges (town_id, number_sealed, number_mark, holder_kind, holder_id, from_at,"
        " changed_at) VALUES (" +
        town + ", '', '', 'person', " + whose + ", 1, 1)");
    things.ids["movement"] = number("SELECT id FROM staff_movements WHERE town_id = " + town);
    things.ids["badge"] = number("SELECT id FROM badges WHERE town_id = " + town);
}

}  // namespace creneau::http
