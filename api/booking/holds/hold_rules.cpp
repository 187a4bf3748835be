#include "api/booking/holds/hold_rules.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/room_rules.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

Failure room_held(const std::string& until) {
    std::string shown = until;
    std::ranges::replace(shown, 'T', ' ');
    return {
        Rule::room_held,
        "start",
        {"Une option est posée sur ce créneau jusqu'au " + shown +
             " : réessayez ensuite, ou inscrivez-vous sur la liste d'attente.",
         "This slot is held until " + shown + ": try again after that, or join the waiting list."}};
}

std::vector<Failure> check_deadline(std::optional<std::chrono::sys_seconds> deadline,
                                    const Interval& slot, std::chrono::sys_seconds now) {
    if (deadline && now < *deadline && *deadline <= slot.start) {
        return {};
    }
    return {{Rule::bad_deadline,
             "until",
             {"Indiquez une heure locale après maintenant et au plus tard au début du créneau.",
              "Say a local time after now and not after the start of the slot."}}};
}

std::chrono::sys_seconds offer_deadline(std::chrono::sys_seconds now, std::chrono::minutes patience,
                                        const Interval& slot, const RoomRules& rules) {
    return std::min(now + patience, slot.start - rules.create.least);
}

}  // namespace creneau::booking
