#include "api/booking/papers/missing_papers.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_rules.hpp"
#include "api/booking/papers/paper_store.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace creneau::booking {

namespace {

constexpr std::size_t kDateLength = 10;

/// What one holder lacks in one room after another; reads each thing once.
class Desk {
  public:
    Desk(store::Session& session, TownId town) : session_(session), town_(town) {}

    std::vector<PaperKind> missing(const Booking& booking) {
        const auto& required = required_in(booking.room);
        if (required.empty()) {
            return {};
        }
        if (!papers_) {
            papers_ = select_papers(session_, town_, holder_of(booking));
        }
        return missing_of(required, *papers_, booking.slot);
    }

  private:
    const std::vector<PaperKind>& required_in(RoomId room) {
        const auto found = required_.find(room);
        return found != required_.end()
                   ? found->second
                   : required_.emplace(room, required_papers(session_, town_, room)).first->second;
    }

    store::Session& session_;
    TownId town_;
    std::map<RoomId, std::vector<PaperKind>> required_;
    std::optional<std::vector<Paper>> papers_;
};

}  // namespace

std::vector<PaperKind> missing_papers(store::Session& session, TownId town, const Booking& booking,
                                      const std::vector<PaperKind>& required) {
    if (required.empty()) {
        return {};
    }
    return missing_of(required, select_papers(session, town, holder_of(booking)), booking.slot);
}

std::vector<MissingFrom> missing_papers(store::Session& session, TownId town,
                                        std::span<const Booking> bookings) {
    Desk desk(session, town);
    std::vector<MissingFrom> missing;
    for (const Booking& booking : bookings) {
        for (const PaperKind kind : desk.missing(booking)) {
            if (std::ranges::find(missing, kind, &MissingFrom::kind) == missing.end()) {
                missing.push_back({kind, booking.slot.local_start.substr(0, kDateLength),
                                   &booking == &bookings.front()});
            }
        }
    }
    return missing;
}

}  // namespace creneau::booking
