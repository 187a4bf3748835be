#include "api/booking/buffer_rules.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <string>
#include <vector>

namespace creneau::booking {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

std::string minutes_in(seconds time) {
    return std::to_string(std::chrono::ceil<minutes>(time).count());
}

}  // namespace

std::vector<Failure> check_buffers(const Interval& slot, const Buffers& buffers,
                                   std::span<const Neighbour> neighbours) {
    seconds too_early{0};
    seconds too_late{0};
    for (const Neighbour& other : neighbours) {
        if (other.at.end <= slot.start) {
            const auto wanted = std::max(buffers.setup, other.buffers.teardown);
            too_early = std::max(too_early, wanted - (slot.start - other.at.end));
        } else if (slot.end <= other.at.start) {
            const auto wanted = std::max(buffers.teardown, other.buffers.setup);
            too_late = std::max(too_late, wanted - (other.at.start - slot.end));
        }
    }
    std::vector<Failure> failures;
    if (too_early > seconds(0)) {
        const std::string later = minutes_in(too_early);
        failures.push_back({Rule::buffer_taken,
                            "start",
                            {"Entre deux réservations il faut le temps d'installer et de ranger : "
                             "commencez " +
                                 later + " minutes plus tard.",
                             "Between two bookings the room is cleared and set up: start " + later +
                                 " minutes later."}});
    }
    if (too_late > seconds(0)) {
        const std::string earlier = minutes_in(too_late);
        failures.push_back({Rule::buffer_taken,
                            "end",
                            {"Entre deux réservations il faut le temps d'installer et de ranger : "
                             "terminez " +
                                 earlier + " minutes plus tôt.",
                             "Between two bookings the room is cleared and set up: end " + earlier +
                                 " minutes earlier."}});
    }
    return failures;
}

}  // namespace creneau::booking
