#pragma once

#include "policy/door.hpp"

namespace creneau::door {

using Service = policy::ServiceState;
using Relock = policy::Relock;

/// How one door behaves: what the policy says of it.
struct DoorOptions {
    Service service = Service::in_service;
    Relock relock = Relock::after_time;
    policy::HeldOpen held_open{};
    friend bool operator==(const DoorOptions&, const DoorOptions&) = default;
};

}  // namespace creneau::door
