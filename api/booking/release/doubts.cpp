#include "api/booking/release/doubts.hpp"

#include "api/booking/attendance/attendance_store.hpp"
#include "api/booking/release/doubt_store.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string_view>

namespace creneau::booking {

std::string_view word_of(Doubt doubt) {
    switch (doubt) {
        case Doubt::no_doors:
            return "no_doors";
        case Doubt::no_way_in:
            return "no_way_in";
        case Doubt::other_way_in:
            return "other_way_in";
        case Doubt::came:
            return "came";
        case Doubt::changed_late:
            return "changed_late";
        case Doubt::door_out:
            return "door_out";
        case Doubt::agent_silent:
            return "agent_silent";
        case Doubt::rows_missing:
            return "rows_missing";
        case Doubt::door_used:
            return "door_used";
        case Doubt::stayed_on:
            return "stayed_on";
        case Doubt::door_moved:
            return "door_moved";
        case Doubt::free_access:
            return "free_access";
        case Doubt::ordered:
            return "ordered";
        case Doubt::alarm:
            return "alarm";
        case Doubt::decided_on_door:
            return "decided_on_door";
    }
    return "";
}

std::optional<Doubt> doubt_about(store::Session& session, const Proof& proof) {
    if (has_check_in(session, proof.town, proof.booking)) {
        return Doubt::came;
    }
    if (has_other_way_in(session, proof.town, proof.booking)) {
        return Doubt::other_way_in;
    }
    return select_doubt(session, proof);
}

}  // namespace creneau::booking
