#include "tests/api/http/rights/rights_town.hpp"

#include <cstdint>
#include <string>

namespace creneau::http {

/// Somebody who can be erased, and what was asked about them: to be confirmed by whoever may, and
/// confirmed to the administrator.
void RightsTown::make_privacy(const Maker& maker, Things& things) {
    const auto leaver =
        made(maker, maker.office_token, {"POST", "/api/v1/people", {{"name", "Un Partant"}}})["id"];
    things.ids["leaver"] = leaver;
    const bool is_ours = maker.town == booking::kTown;
    const auto town = std::to_string(static_cast<std::int64_t>(maker.town));
    const std::string every = is_ours ? "28" : "11";
    const std::string admin = is_ours ? "23" : "9";
    const std::string dpo = is_ours ? "27" : "10";
    const auto asked = [&](const std::string& by, const std::string& confirmed) {
        const auto at = std::to_string(booking::kNow.time_since_epoch().count());
        const auto id = number("SELECT COALESCE(MAX(id), 0) + 1 FROM confirmations");
        session_->execute(
            "INSERT INTO confirmations (id, town_id, kind, subject_id, asked_by_id, asked_at,"
            " ends_at, confirmed_by_id, confirmed_at) VALUES (" +
            std::to_string(id) + ", " + town + ", 'person_export', " + leaver.dump() + ", " + by +
            ", " + at + ", " + at + " + 3600, " + confirmed + ", " +
            (confirmed == "NULL" ? "NULL" : at) + ")");
        return id;
    };
    things.ids["confirmation"] = asked(every, "NULL");
    things.ids["confirmed"] = asked(admin, dpo);
}

}  // namespace creneau::http
