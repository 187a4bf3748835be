#include "api/booking/selection/selection_rules.hpp"

#include "api/booking/booking_types.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace creneau::booking {

namespace {

bool collide(const SelectedClaim& one, const SelectedClaim& other) {
    const bool meet = one.at.start < other.at.end && other.at.start < one.at.end;
    return meet && std::ranges::any_of(one.spaces, [&](SpaceId space) {
               return std::ranges::binary_search(other.spaces, space);
           });
}

}  // namespace

std::map<BookingId, std::vector<BookingId>> collisions(const std::vector<SelectedClaim>& claims) {
    std::map<BookingId, std::vector<BookingId>> found;
    for (const SelectedClaim& one : claims) {
        for (const SelectedClaim& other : claims) {
            if (one.id != other.id && collide(one, other)) {
                found[one.id].push_back(other.id);
            }
        }
    }
    return found;
}

}  // namespace creneau::booking
