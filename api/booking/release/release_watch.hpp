#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"

#include <chrono>

namespace creneau::booking {

/// Gives back the rest of slots that nobody came for, some at a time: the next time goes on with
/// the bookings behind. One thread.
class ReleaseWatch {
  public:
    /// Called as often as one likes; it looks every few seconds.
    void tick(store::Readers& readers, store::Writer& writer, TownId town,
              std::chrono::sys_seconds now);

  private:
    std::chrono::sys_seconds looked_{};
    BookingId after_{};
};

}  // namespace creneau::booking
