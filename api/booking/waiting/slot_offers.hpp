#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <map>

namespace creneau::booking {

/// Makes offers to those who wait, one after the other in one transaction; what it needs to know of
/// the town is read once.
class SlotOffers {
  public:
    SlotOffers(store::Session& session, TownId town, std::chrono::sys_seconds now);

    /// Offers the slot by a hold with a deadline and a mail, where the whole wish can be had now.
    /// False: something is in the way, and nothing was written.
    bool offer(const Wait& wait);

    /// A room that somebody waits for.
    const Place& place_of(RoomId room);
    std::chrono::sys_seconds now() const { return now_; }

  private:
    store::Session& session_;
    TownId town_;
    std::chrono::sys_seconds now_;
    std::chrono::minutes patience_;
    std::map<RoomId, Place> places_;
};

}  // namespace creneau::booking
