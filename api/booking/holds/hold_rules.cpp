#include "api/booking/holds/hold_rules.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/room_rules.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

namespace {

/// 'YYYY-MM-DD HH:MM'.
std::string shown_at(std::string local) {
    std::ranges::replace(local, 'T', ' ');
    return local;
}

}  // namespace

Failure room_held(const std::string& until) {
    const std::string shown = shown_at(until);
    return {
        Rule::room_held,
        "start",
        {"Une option est posée sur ce créneau jusqu'au " + shown +
             " : réessayez ensuite, ou inscrivez-vous sur la liste d'attente.",
         "This slot is held until " + shown + ": try again after that, or join the waiting list."}};
}

Failure room_held(const Hold& hold) {
    const std::string number = std::to_string(static_cast<std::int64_t>(hold.id));
    const std::string until = shown_at(local_time_of(hold.expires_at, hold.time_zone));
    const std::string whose = hold.association_name.empty()
                                  ? hold.booker_name
                                  : hold.association_name + " (" + hold.booker_name + ")";
    const bool is_offer = hold.wait.has_value();
    return {
        Rule::room_held,
        "start",
        {(is_offer ? "Ce créneau est proposé à " : "Ce créneau est en option pour ") + whose +
             " jusqu'au " + until + " : attendez sa réponse, ou retirez l'option n° " + number +
             " pour approuver.",
         (is_offer ? "This slot is offered to " : "This slot is held for ") + whose + " until " +
             until + ": wait for their answer, or withdraw hold no. " + number + " to approve."}};
}

std::vector<Failure> check_deadline(std::optional<std::chrono::sys_seconds> deadline,
                                    std::chrono::sys_seconds last, std::chrono::sys_seconds now) {
    if (deadline && now < *deadline && *deadline <= last) {
        return {};
    }
    return {
        {Rule::bad_deadline,
         "until",
         {"Indiquez une heure locale après maintenant, et au plus tard au début du créneau moins "
          "le préavis de la salle.",
          "Say a local time after now and not after the start of the slot less the room's "
          "notice."}}};
}

std::chrono::sys_seconds last_booked_at(const Interval& slot, const RoomRules& rules) {
    return slot.start - rules.create.least;
}

std::chrono::sys_seconds offer_deadline(std::chrono::sys_seconds now, std::chrono::minutes patience,
                                        const Interval& slot, const RoomRules& rules) {
    return std::min(now + patience, last_booked_at(slot, rules));
}

}  // namespace creneau::booking
