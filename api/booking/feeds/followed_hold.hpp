#pragma once

#include "api/booking/holds/hold_types.hpp"

namespace creneau::booking {

/// A hold in a feed. It never changes; when it ends, the feed has it no more.
struct FollowedHold {
    Hold hold;
    bool open = false;  ///< its reader may see more than that the slot is held
};

}  // namespace creneau::booking
