#include "api/booking/booking_types.hpp"

#include "api/access/access_types.hpp"

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace creneau::booking {

access::Holder holder_of(const Booking& booking) {
    if (booking.association) {
        return {access::HolderKind::association, static_cast<std::int64_t>(*booking.association)};
    }
    return {access::HolderKind::person, static_cast<std::int64_t>(booking.booker)};
}

bool occupies(Status status, bool pending_blocks) {
    switch (status) {
        case Status::pending:
            return pending_blocks;
        case Status::approved:
            return true;
        case Status::refused:
        case Status::cancelled:
            return false;
    }
    std::abort();
}

std::string_view word_of(Status status) {
    switch (status) {
        case Status::pending:
            return "pending";
        case Status::approved:
            return "approved";
        case Status::refused:
            return "refused";
        case Status::cancelled:
            return "cancelled";
    }
    std::abort();
}

std::optional<Status> status_of(std::string_view word) {
    for (const Status status :
         {Status::pending, Status::approved, Status::refused, Status::cancelled}) {
        if (word_of(status) == word) {
            return status;
        }
    }
    return std::nullopt;
}

}  // namespace creneau::booking
