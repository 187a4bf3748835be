#include "api/booking/lapses/lapse_ground.hpp"

#include "api/booking/grounds.hpp"

namespace creneau::booking {

namespace {

constexpr Ground kNoAnswer{"no_answer", "Le créneau s’est achevé sans que le service ait répondu",
                           "The slot ended before the service had answered"};

}  // namespace

const Ground& lapse_ground() {
    return kNoAnswer;
}

}  // namespace creneau::booking
